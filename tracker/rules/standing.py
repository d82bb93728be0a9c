"""Standings: of a clause, the first line of STANDINGS that holds; of an item, what its clauses amount to.

The lines are those of domain.md section 4, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .clause_state import ClauseState, clause_states
from .codes import Claimed, Effect, Standing
from .facts import ClaimFact, Facts, FloorActionFact, ReferralDecisionFact
from .reasons import Reason, ReasonCode, adding, because, events_of

ASIDE = (Standing.CARRIED_OVER, Standing.SUPERSEDED, Standing.NOT_DUE)
UNSETTLED = (Standing.DECISION_NOT_KNOWN, Standing.NOT_DECIDED)
CLOSED = (
    Standing.DONE,
    Standing.PARTLY_DONE,
    Standing.WILL_NOT_BE_DONE,
    Standing.DECLINED,
    Standing.LAPSED,
)
LEAST_ADVANCED_FIRST = (
    Standing.UNASSIGNED,
    Standing.SILENT,
    Standing.BLOCKED,
    Standing.WITH_ANOTHER_BODY,
    Standing.ASSIGNED,
    Standing.UNDER_WAY,
    Standing.REPORTED_DONE,
)


def _decision_not_known(state: ClauseState) -> Reason | None:
    if state.effect is not Effect.UNKNOWN or state.bequest:
        return None
    if not state.floor:
        return because(ReasonCode.NO_FLOOR_ACTION, state.clause)
    open_ = state.floor[0].action.effect is Effect.OPEN
    return because(
        ReasonCode.OPEN_WHEN_CLOSED if open_ else ReasonCode.FLOOR_UNKNOWN, state.floor[0]
    )


def _not_decided(state: ClauseState) -> Reason | None:
    return (
        because(ReasonCode.FLOOR_OPEN, state.floor[0], action=state.floor[0].action)
        if state.effect is Effect.OPEN
        else None
    )


def _not_due(state: ClauseState) -> Reason | None:
    if state.effect is Effect.ENDS:
        return because(
            ReasonCode.FLOOR_ENDED,
            state.floor[0],
            action=state.floor[0].action,
            on=state.floor[0].on,
        )
    if state.clause.declaration:
        return because(ReasonCode.DECLARATION, state.clause, *state.floor[:1])
    if state.facts.follows_through or state.referral or state.bequest:
        return None
    return because(ReasonCode.KIND_NEEDS_NONE, state.facts.item, *state.floor[:1])


def _not_tracked(state: ClauseState) -> Reason | None:
    kept = state.facts.clock.kept_from
    return (
        because(ReasonCode.NOT_KEPT, state.facts.item)
        if kept is None or kept > state.facts.today
        else None
    )


def _done(state: ClauseState) -> Reason | None:
    done = state.done
    return (
        because(ReasonCode.CONFIRMED, done.entry, done.review, on=done.entry.on, by=done.review.by)
        if done and done.review
        else None
    )


def _superseded(state: ClauseState) -> Reason | None:
    if state.link and state.stays_in(state.link):
        return because(ReasonCode.MERGED, state.link, target=state.link.target_id)
    if state.effect is Effect.MERGES and not state.link:
        return because(
            ReasonCode.MERGED_OUTSIDE_THE_RECORD
            if not state.mine(state.facts.links)
            else ReasonCode.MERGED,
            state.floor[0],
        )
    return None


def _carried_over(state: ClauseState) -> Reason | None:
    return (
        because(ReasonCode.CARRIED_ON, state.link, target=state.link.target_id)
        if state.link
        else None
    )


def _will_not_be_done(state: ClauseState) -> Reason | None:
    claim = state.claims_now(Claimed.WILL_NOT_BE_DONE)
    if claim and state.last_said == claim.claim:
        return because(ReasonCode.SAID_WILL_NOT, claim.entry, on=claim.entry.on)
    return (
        because(ReasonCode.RESCINDED, state.rescission, on=state.rescission.on)
        if state.rescission
        else None
    )


def _declined(state: ClauseState) -> Reason | None:
    said = state.last_said
    if (
        not state.duty_is_to_decide
        or not isinstance(said, ReferralDecisionFact)
        or said == state.acceptance
    ):
        return None
    return because(ReasonCode.DECLINED, said, on=said.on, unit=said.unit_id)


def _reported_done(state: ClauseState) -> Reason | None:
    claim = state.claims_now(Claimed.DONE)
    return (
        because(
            ReasonCode.CLAIMED_DONE, claim.entry, on=claim.entry.on, since=claim.release.heard_on
        )
        if claim
        else None
    )


def _lapsed(state: ClauseState) -> Reason | None:
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
    if not state.referral or not state.waits_elsewhere:
        return None
    back = state.reported_back
    return because(
        ReasonCode.REFERRED,
        state.referral,
        on=state.referral.on,
        unit=state.referral.unit_id,
        by=state.referral.decides_by,
        purpose=state.referral.purpose,
        reported_back=back.on if back else None,
    )


def _unassigned(state: ClauseState) -> Reason | None:
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
    return (
        because(
            ReasonCode.QUIET,
            state.word.fact if state.word else state.duty_start,
            since=state.quiet_since,
        )
        if state.quiet
        else None
    )


def _blocked(state: ClauseState) -> Reason | None:
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
    claim = state.claims_now(Claimed.STARTED, Claimed.PROGRESS)
    return because(ReasonCode.CLAIMED_WORK, claim.entry, on=claim.entry.on) if claim else None


def _assigned(state: ClauseState) -> Reason | None:
    return because(
        ReasonCode.LEAD_BUT_NO_CLAIM, state.lead, unit=state.lead.unit_id if state.lead else None
    )


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


@dataclass(frozen=True)
class ClauseStanding:
    state: ClauseState
    code: Standing
    reason: Reason
    late: bool
    past_term: bool

    @property
    def unheard(self) -> bool:
        return unheard(self.code, self.state.word)


def unheard(code: Standing, word: object) -> bool:
    """Lapsed without a word ever: it is shown as that, since a missing word is never taken for failure."""
    return code is Standing.LAPSED and not word


@dataclass(frozen=True)
class ItemStanding:
    code: Standing
    reason: Reason
    clauses: tuple[ClauseStanding, ...]

    @property
    def heard(self) -> bool:
        """Whether there ever was a word."""
        return any(each.state.word for each in self.clauses)

    @property
    def unheard(self) -> bool:
        return unheard(self.code, self.heard)

    @property
    def undecided(self) -> ClauseState | None:
        """An open clause whose referral has had no answer, whoever has the lead."""
        open_ = (
            each.state
            for each in self.counted
            if each.code in (*LEAST_ADVANCED_FIRST, Standing.LAPSED)
        )
        return next((state for state in open_ if state.referral and not state.decided), None)

    @property
    def late(self) -> bool:
        return any(each.late for each in self.clauses)

    @property
    def counted(self) -> list[ClauseStanding]:
        """The clauses with a duty here."""
        return [each for each in self.clauses if each.code not in ASIDE + UNSETTLED]

    @property
    def done_on(self) -> date | None:
        """The last act, where all that was due is done."""
        return (
            max(
                (each.state.done.entry.on for each in self.counted if each.state.done), default=None
            )
            if self.code is Standing.DONE
            else None
        )


def clause_standing(state: ClauseState) -> ClauseStanding:
    code, reason = next((code, reason) for code, holds in STANDINGS if (reason := holds(state)))
    late = code is Standing.DONE and state.done is not None and state.late(state.done)
    return ClauseStanding(
        state, code, reason, late, state.term_over and code in LEAST_ADVANCED_FIRST
    )


def to_confirm(standing: ItemStanding) -> list[ClaimFact]:
    """What lies on the confirmer's desk of an item: claims of done that were released, and neither confirmed nor returned."""
    return [
        clause.state.claim.claim
        for clause in standing.clauses
        if clause.code is Standing.REPORTED_DONE
        and clause.state.claim
        and clause.state.claim.review is None
    ]


def _of_several(mine: list[ClauseStanding], some: bool) -> Reason:
    """The reason of an item that rests on these clauses: that of the last day, since it is true of all of them. `some`: other clauses stand
    otherwise; then it names its own. What it tells of the record, the record below it must bear out."""
    reason = max((each.reason for each in mine), key=_last_day)
    numbers = [each.state.clause.number for each in mine] if some else []
    if len({dict(each.reason.values).get("unit") for each in mine}) > 1:
        reason = replace(
            reason, values=tuple((name, value) for name, value in reason.values if name != "unit")
        )
    last = max((day for each in mine if (day := each.state.reported_on)), default=None)
    return adding(
        reason,
        clause=numbers[0] if len(numbers) == 1 else None,
        clauses=" ".join(map(str, numbers)) if len(numbers) > 1 else None,
        last=last
        if reason.code in (ReasonCode.LEAD_BUT_NO_CLAIM, ReasonCode.CLAIMED_WORK)
        else None,
    )


def _last_day(reason: Reason) -> date:
    """The one that it names: since when, else when."""
    values = dict(reason.values)
    day = values.get("on" if reason.code is ReasonCode.CLAIMED_DONE else "since", values.get("on"))
    return day if isinstance(day, date) else date.min


def item_standing(facts: Facts, every: Mapping[int, Facts]) -> ItemStanding:
    clauses = tuple(clause_standing(state) for state in clause_states(facts, every))
    found = [each.code for each in clauses]
    counted = [code for code in found if code not in ASIDE + UNSETTLED]

    def first(*codes: Standing) -> ItemStanding:
        code = next(code for code in codes if code in found)
        mine = [each for each in clauses if each.code is code]
        return ItemStanding(
            code,
            _of_several(mine, len(mine) < len(counted))
            if code in (*LEAST_ADVANCED_FIRST, Standing.LAPSED)
            else mine[0].reason,
            clauses,
        )

    def some(code: Standing) -> ItemStanding:
        done = [each for each in clauses if each.code is Standing.DONE]
        due = len(counted) + found.count(Standing.CARRIED_OVER)
        reason = Reason(
            ReasonCode.SOME_DONE,
            events_of(each.reason for each in done),
            (("done", len(done)), ("of", due)),
        )
        return ItemStanding(code, reason, clauses)

    if all(code in ASIDE for code in found):
        return first(*ASIDE)
    if not counted:
        return first(*UNSETTLED)
    if Standing.NOT_TRACKED in counted:
        return first(Standing.NOT_TRACKED)
    if any(code not in CLOSED for code in counted):
        return first(*LEAST_ADVANCED_FIRST)
    if Standing.DONE in counted:
        all_done = set(counted) == {Standing.DONE} and Standing.CARRIED_OVER not in found
        return some(Standing.DONE if all_done else Standing.PARTLY_DONE)
    if Standing.LAPSED in counted:
        return first(Standing.LAPSED)
    return first(Standing.WILL_NOT_BE_DONE, Standing.DECLINED)
