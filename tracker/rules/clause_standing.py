"""The standing of a clause: how far its follow-through has come.

It is the first line of `STANDINGS` that holds. The codes are explained in docs/glossary.md, "What
follows from it".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .clause_state import ClauseState
from .codes import Claimed, Effect, Standing
from .facts import FloorActionFact, ReferralDecisionFact
from .reasons import Reason, ReasonCode, because

# An item has the standing of its least advanced open clause.
LEAST_ADVANCED_FIRST = (
    Standing.UNASSIGNED,
    Standing.SILENT,
    Standing.BLOCKED,
    Standing.WITH_ANOTHER_BODY,
    Standing.ASSIGNED,
    Standing.UNDER_WAY,
    Standing.REPORTED_DONE,
)
OPEN = LEAST_ADVANCED_FIRST


# --- the lines of the table: each gives its reason where it holds, else None ---


def _decision_not_known(state: ClauseState) -> Reason | None:
    """The effect of the floor's newest action is unknown."""
    if state.effect is not Effect.UNKNOWN or state.inherited_from:
        return None
    if not state.floor:
        return because(ReasonCode.NO_FLOOR_ACTION, state.clause)
    newest_action = state.floor[0]
    if newest_action.action.effect is Effect.OPEN:
        return because(ReasonCode.OPEN_WHEN_CLOSED, newest_action)
    return because(ReasonCode.FLOOR_UNKNOWN, newest_action)


def _not_decided(state: ClauseState) -> Reason | None:
    """The effect is open, and the convention has not closed."""
    if state.effect is not Effect.OPEN:
        return None
    newest_action = state.floor[0]
    return because(ReasonCode.FLOOR_OPEN, newest_action, action=newest_action.action)


def _not_due(state: ClauseState) -> Reason | None:
    """The floor ended it; or it is a declaration; or its kind needs no follow-through, it was not
    referred, and no other item's duty came here."""
    if state.effect is Effect.ENDS:
        newest_action = state.floor[0]
        return because(
            ReasonCode.FLOOR_ENDED,
            newest_action,
            action=newest_action.action,
            on=newest_action.on,
        )
    if state.clause.declaration:
        return because(ReasonCode.DECLARATION, state.clause, *state.floor[:1])
    if state.facts.follows_through or state.referral or state.inherited_from:
        return None
    return because(ReasonCode.KIND_NEEDS_NONE, state.facts.item, *state.floor[:1])


def _not_tracked(state: ClauseState) -> Reason | None:
    """Follow-through of the convention is not kept."""
    kept_from = state.facts.clock.kept_from
    if kept_from is None or kept_from > state.facts.today:
        return because(ReasonCode.NOT_KEPT, state.facts.item)
    return None


def _done(state: ClauseState) -> Reason | None:
    """The newest claim of done is confirmed, and not reopened since."""
    done = state.done
    if not done or not done.review:
        return None
    return because(
        ReasonCode.CONFIRMED,
        done.entry,
        done.review,
        on=done.entry.on,
        by=done.review.by,
    )


def _superseded(state: ClauseState) -> Reason | None:
    """Merged by the floor, or linked to an item of the same convention. The link counts first."""
    if state.link and state.stays_in_convention(state.link):
        return because(ReasonCode.MERGED, state.link, target=state.link.target_id)
    if state.effect is Effect.MERGES and not state.link:
        was_linked = bool(state.of_this_clause(state.facts.links))
        code = ReasonCode.MERGED if was_linked else ReasonCode.MERGED_OUTSIDE_THE_RECORD
        return because(code, state.floor[0])
    return None


def _carried_over(state: ClauseState) -> Reason | None:
    """Linked to an item of another convention, whose floor has not ended it."""
    if not state.link:
        return None
    return because(ReasonCode.CARRIED_ON, state.link, target=state.link.target_id)


def _will_not_be_done(state: ClauseState) -> Reason | None:
    """The newest of claims and decisions is a claim that says so; or it was rescinded after the
    closing."""
    claim = state.claims_now(Claimed.WILL_NOT_BE_DONE)
    if claim and state.last_said == claim.claim:
        return because(ReasonCode.SAID_WILL_NOT, claim.entry, on=claim.entry.on)
    if state.rescission:
        return because(ReasonCode.RESCINDED, state.rescission, on=state.rescission.on)
    return None


def _declined(state: ClauseState) -> Reason | None:
    """The duty is to decide, and the newest of claims and decisions is that unit's "declined"."""
    decision = state.last_said
    if not state.to_decide or not isinstance(decision, ReferralDecisionFact):
        return None
    if decision == state.acceptance:
        return None
    return because(ReasonCode.DECLINED, decision, on=decision.on, unit=decision.unit_id)


def _reported_done(state: ClauseState) -> Reason | None:
    """The newest released claim is done, and neither confirmed nor returned."""
    claim = state.claims_now(Claimed.DONE)
    if not claim:
        return None
    return because(
        ReasonCode.CLAIMED_DONE, claim.entry, on=claim.entry.on, since=claim.release.heard_on
    )


def _lapsed(state: ClauseState) -> Reason | None:
    """The term has ended, no due date is ahead, and it is quiet."""
    due_ahead = state.due is not None and state.due.due_on >= state.facts.today
    if not state.term_over or due_ahead or not state.quiet:
        return None
    return because(
        ReasonCode.TERM_ENDED,
        state.duty_start,
        state.word.fact if state.word else None,
        on=state.facts.clock.term_ends_on,
        since=state.quiet_since,
    )


def _with_another_body(state: ClauseState) -> Reason | None:
    """Referred, not decided, and nobody else has the lead."""
    if not state.referral or not state.waits_elsewhere:
        return None
    return because(
        ReasonCode.REFERRED,
        state.referral,
        on=state.referral.on,
        unit=state.referral.unit_id,
        by=state.referral.decides_by,
        purpose=state.referral.purpose,
        reported_back=state.reported_back.on if state.reported_back else None,
    )


def _unassigned(state: ClauseState) -> Reason | None:
    """Nobody has the lead."""
    if state.lead:
        return None
    duty = state.duty_start
    return because(
        ReasonCode.NOBODY_LEADS,
        duty,
        since=duty.on if duty else None,
        act=duty.action.effect if isinstance(duty, FloorActionFact) else None,
    )


def _silent(state: ClauseState) -> Reason | None:
    """Quiet."""
    if not state.quiet:
        return None
    last = state.word.fact if state.word else state.duty_start
    return because(ReasonCode.QUIET, last, since=state.quiet_since)


def _blocked(state: ClauseState) -> Reason | None:
    """The newest released claim is blocked; the reason names the day since when it is."""
    claim, first = state.claims_now(Claimed.BLOCKED), state.blocked_first
    if not claim or not first:
        return None
    return because(
        ReasonCode.CLAIMED_BLOCKED,
        first.entry,
        claim.entry if claim != first else None,
        on=first.entry.on,
    )


def _under_way(state: ClauseState) -> Reason | None:
    """The newest released claim is started or progress."""
    claim = state.claims_now(Claimed.STARTED, Claimed.PROGRESS)
    return because(ReasonCode.CLAIMED_WORK, claim.entry, on=claim.entry.on) if claim else None


def _assigned(state: ClauseState) -> Reason | None:
    """All else: there is a lead, and no claim yet."""
    unit_id = state.lead.unit_id if state.lead else None
    return because(ReasonCode.LEAD_BUT_NO_CLAIM, state.lead, unit=unit_id)


# The first line that holds, from the top, is the standing of the clause; the last one always holds.
STANDINGS: tuple[tuple[Standing, Callable[[ClauseState], Reason | None]], ...] = (
    (Standing.DECISION_NOT_KNOWN, _decision_not_known),
    (Standing.NOT_DECIDED, _not_decided),
    (Standing.NOT_DUE, _not_due),
    (Standing.NOT_TRACKED, _not_tracked),
    (Standing.DONE, _done),
    (Standing.SUPERSEDED, _superseded),
    (Standing.CARRIED_OVER, _carried_over),
    (Standing.WILL_NOT_BE_DONE, _will_not_be_done),
    (Standing.DECLINED, _declined),
    (Standing.REPORTED_DONE, _reported_done),
    (Standing.LAPSED, _lapsed),
    (Standing.WITH_ANOTHER_BODY, _with_another_body),
    (Standing.UNASSIGNED, _unassigned),
    (Standing.SILENT, _silent),
    (Standing.BLOCKED, _blocked),
    (Standing.UNDER_WAY, _under_way),
    (Standing.ASSIGNED, _assigned),
)


@dataclass(frozen=True, kw_only=True)
class ClauseStanding:
    state: ClauseState
    code: Standing
    reason: Reason
    late: bool  # done, and after its due date or, without one, after its term
    past_term: bool  # open, and its term is over

    @property
    def unheard(self) -> bool:
        return unheard(self.code, self.state.word)


def unheard(code: Standing, word: object) -> bool:
    """Lapsed without a word ever: shown as that, since a missing word is never taken for
    failure."""
    return code is Standing.LAPSED and not word


def clause_standing(state: ClauseState) -> ClauseStanding:
    code, reason = _first_that_holds(state)
    return ClauseStanding(
        state=state,
        code=code,
        reason=reason,
        late=code is Standing.DONE and state.done is not None and state.late(state.done),
        past_term=state.term_over and code in OPEN,
    )


def _first_that_holds(state: ClauseState) -> tuple[Standing, Reason]:
    for code, reason_if_it_holds in STANDINGS:
        reason = reason_if_it_holds(state)
        if reason:
            return code, reason
    raise AssertionError("the last line of STANDINGS always holds")
