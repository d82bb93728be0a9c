"""Standings: how far the follow-through of a clause, and of an item, has come.

Of a clause, the first line of `STANDINGS` that holds; of an item, what `item_standing` makes of
its clauses. The codes are explained in docs/glossary.md, "What follows from it".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .clause_state import ClauseState, clause_states
from .codes import Claimed, Effect, Standing
from .facts import ClaimFact, Facts, FloorActionFact, ReferralDecisionFact
from .reasons import Reason, ReasonCode, adding, because, events_of

# Clauses that are left out of the standing of an item: the duty is not here, or never was.
ASIDE = (Standing.CARRIED_OVER, Standing.SUPERSEDED, Standing.NOT_DUE)

# What the floor did is not settled: named beside the standing of an item.
UNSETTLED = (Standing.DECISION_NOT_KNOWN, Standing.NOT_DECIDED)

CLOSED = (
    Standing.DONE,
    Standing.PARTLY_DONE,
    Standing.WILL_NOT_BE_DONE,
    Standing.DECLINED,
    Standing.LAPSED,
)

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


# --- of an item ---


@dataclass(frozen=True)
class ItemStanding:
    code: Standing
    reason: Reason
    clauses: tuple[ClauseStanding, ...]

    @property
    def heard(self) -> bool:
        """Whether there ever was a word."""
        return any(clause.state.word for clause in self.clauses)

    @property
    def unheard(self) -> bool:
        return unheard(self.code, self.heard)

    @property
    def undecided(self) -> ClauseState | None:
        """The first open clause whose referral has had no answer, whoever has the lead."""
        for clause in self.counted:
            is_open = clause.code in OPEN or clause.code is Standing.LAPSED
            if is_open and clause.state.referral and not clause.state.decided:
                return clause.state
        return None

    @property
    def late(self) -> bool:
        return any(clause.late for clause in self.clauses)

    @property
    def counted(self) -> list[ClauseStanding]:
        """The clauses with a duty here."""
        return [clause for clause in self.clauses if _counts(clause.code)]

    @property
    def done_on(self) -> date | None:
        """The day of the last act, where all that was due is done."""
        if self.code is not Standing.DONE:
            return None
        days = [clause.state.done.entry.on for clause in self.counted if clause.state.done]
        return max(days, default=None)


def _counts(code: Standing) -> bool:
    return code not in ASIDE and code not in UNSETTLED


def item_standing(facts: Facts, every: Mapping[int, Facts]) -> ItemStanding:
    """What the standings of the clauses amount to.

    Left out are clauses that are superseded, carried over or not due, and unknown or undecided
    ones, which are named beside it; unless there are no others. Not tracked makes the whole item
    so. An item with an open clause has the standing of the least advanced; without one it is
    done, partly done, lapsed, declined, or will not be done.

    :param every: facts by item, of all items that links join with this one
    """
    clauses = tuple(clause_standing(state) for state in clause_states(facts, every))
    codes = [clause.code for clause in clauses]
    counted = [code for code in codes if _counts(code)]

    if all(code in ASIDE for code in codes):
        return _with_first_of(ASIDE, clauses)
    if not counted:
        return _with_first_of(UNSETTLED, clauses)
    if Standing.NOT_TRACKED in counted:
        return _with_first_of([Standing.NOT_TRACKED], clauses)
    if any(code not in CLOSED for code in counted):
        return _with_first_of(LEAST_ADVANCED_FIRST, clauses)
    if Standing.DONE in counted:
        all_done = set(counted) == {Standing.DONE} and Standing.CARRIED_OVER not in codes
        return ItemStanding(
            Standing.DONE if all_done else Standing.PARTLY_DONE,
            _done_of_due(clauses),
            clauses,
        )
    if Standing.LAPSED in counted:
        return _with_first_of([Standing.LAPSED], clauses)
    return _with_first_of([Standing.WILL_NOT_BE_DONE, Standing.DECLINED], clauses)


def _with_first_of(
    candidates: Collection[Standing], clauses: tuple[ClauseStanding, ...]
) -> ItemStanding:
    """The item has the first of these standings that any of its clauses has."""
    codes = [clause.code for clause in clauses]
    code = next(code for code in candidates if code in codes)
    these = [clause for clause in clauses if clause.code is code]
    reason = these[0].reason
    if code in OPEN or code is Standing.LAPSED:
        counted = [clause for clause in clauses if _counts(clause.code)]
        reason = _reason_of_several(these, others_differ=len(these) < len(counted))
    return ItemStanding(code, reason, clauses)


def _done_of_due(clauses: tuple[ClauseStanding, ...]) -> Reason:
    """How many clauses are done, of how many that were due in this cohort."""
    done = [clause for clause in clauses if clause.code is Standing.DONE]
    due = [
        clause for clause in clauses if _counts(clause.code) or clause.code is Standing.CARRIED_OVER
    ]
    return Reason(
        ReasonCode.SOME_DONE,
        events_of(clause.reason for clause in done),
        (("done", len(done)), ("of", len(due))),
    )


def _reason_of_several(clauses: list[ClauseStanding], others_differ: bool) -> Reason:
    """The reason of an item that rests on these clauses: that of the last day, since it is true
    of all of them.

    It names no unit where theirs differ, and where other clauses stand otherwise it names its
    own. "Last reported on" is the newest word of any, so that the record below it bears it out.
    """
    reason = max((clause.reason for clause in clauses), key=_last_day)
    units = {dict(clause.reason.values).get("unit") for clause in clauses}
    if len(units) > 1:
        without_unit = tuple((name, value) for name, value in reason.values if name != "unit")
        reason = replace(reason, values=without_unit)
    numbers = [clause.state.clause.number for clause in clauses] if others_differ else []
    reported_on = [clause.state.reported_on for clause in clauses]
    names_last_report = reason.code in (ReasonCode.LEAD_BUT_NO_CLAIM, ReasonCode.CLAIMED_WORK)
    return adding(
        reason,
        clause=numbers[0] if len(numbers) == 1 else None,
        clauses=" ".join(map(str, numbers)) if len(numbers) > 1 else None,
        last=max((day for day in reported_on if day), default=None) if names_last_report else None,
    )


def _last_day(reason: Reason) -> date:
    """The one that it names: since when, else when."""
    values = dict(reason.values)
    name = "on" if reason.code is ReasonCode.CLAIMED_DONE else "since"
    day = values.get(name, values.get("on"))
    return day if isinstance(day, date) else date.min


def to_confirm(standing: ItemStanding) -> list[ClaimFact]:
    """What waits for a confirmer: claims of done that were released, and neither confirmed nor
    returned."""
    claims = []
    for clause in standing.clauses:
        claim = clause.state.claim
        if clause.code is Standing.REPORTED_DONE and claim and claim.review is None:
            claims.append(claim.claim)
    return claims
