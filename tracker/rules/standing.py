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


def _decision_not_known(look: ClauseState) -> Reason | None:
    if look.effect is not Effect.UNKNOWN or look.bequest:
        return None
    if not look.floor:
        return because(ReasonCode.NO_FLOOR_ACTION, look.clause)
    open_ = look.floor[0].action.effect is Effect.OPEN
    return because(
        ReasonCode.OPEN_WHEN_CLOSED if open_ else ReasonCode.FLOOR_UNKNOWN, look.floor[0]
    )


def _not_decided(look: ClauseState) -> Reason | None:
    return (
        because(ReasonCode.FLOOR_OPEN, look.floor[0], action=look.floor[0].action)
        if look.effect is Effect.OPEN
        else None
    )


def _not_due(look: ClauseState) -> Reason | None:
    if look.effect is Effect.ENDS:
        return because(
            ReasonCode.FLOOR_ENDED, look.floor[0], action=look.floor[0].action, on=look.floor[0].on
        )
    if look.clause.declaration:
        return because(ReasonCode.DECLARATION, look.clause, *look.floor[:1])
    if look.facts.follows_through or look.referral or look.bequest:
        return None
    return because(ReasonCode.KIND_NEEDS_NONE, look.facts.item, *look.floor[:1])


def _not_tracked(look: ClauseState) -> Reason | None:
    kept = look.facts.clock.kept_from
    return (
        because(ReasonCode.NOT_KEPT, look.facts.item)
        if kept is None or kept > look.facts.today
        else None
    )


def _done(look: ClauseState) -> Reason | None:
    done = look.done
    return (
        because(ReasonCode.CONFIRMED, done.entry, done.review, on=done.entry.on, by=done.review.by)
        if done and done.review
        else None
    )


def _superseded(look: ClauseState) -> Reason | None:
    if look.link and look.stays_in(look.link):
        return because(ReasonCode.MERGED, look.link, target=look.link.target_id)
    if look.effect is Effect.MERGES and not look.link:
        return because(
            ReasonCode.MERGED_OUTSIDE_THE_RECORD
            if not look.mine(look.facts.links)
            else ReasonCode.MERGED,
            look.floor[0],
        )
    return None


def _carried_over(look: ClauseState) -> Reason | None:
    return (
        because(ReasonCode.CARRIED_ON, look.link, target=look.link.target_id) if look.link else None
    )


def _will_not_be_done(look: ClauseState) -> Reason | None:
    claim = look.claims_now(Claimed.WILL_NOT_BE_DONE)
    if claim and look.last_said == claim.claim:
        return because(ReasonCode.SAID_WILL_NOT, claim.entry, on=claim.entry.on)
    return (
        because(ReasonCode.RESCINDED, look.rescission, on=look.rescission.on)
        if look.rescission
        else None
    )


def _declined(look: ClauseState) -> Reason | None:
    said = look.last_said
    if (
        not look.duty_is_to_decide
        or not isinstance(said, ReferralDecisionFact)
        or said == look.acceptance
    ):
        return None
    return because(ReasonCode.DECLINED, said, on=said.on, unit=said.unit_id)


def _reported_done(look: ClauseState) -> Reason | None:
    claim = look.claims_now(Claimed.DONE)
    return (
        because(
            ReasonCode.CLAIMED_DONE, claim.entry, on=claim.entry.on, since=claim.release.heard_on
        )
        if claim
        else None
    )


def _lapsed(look: ClauseState) -> Reason | None:
    due_ahead = look.due is not None and look.due.due_on >= look.facts.today
    if not look.term_over or due_ahead or not look.quiet:
        return None
    return because(
        ReasonCode.TERM_ENDED,
        look.duty_from,
        look.word.fact if look.word else None,
        on=look.facts.clock.term_ends_on,
        since=look.quiet_since,
    )


def _with_another_body(look: ClauseState) -> Reason | None:
    if not look.referral or not look.waits_elsewhere:
        return None
    back = look.reported_back
    return because(
        ReasonCode.REFERRED,
        look.referral,
        on=look.referral.on,
        unit=look.referral.unit_id,
        by=look.referral.decides_by,
        purpose=look.referral.purpose,
        reported_back=back.on if back else None,
    )


def _unassigned(look: ClauseState) -> Reason | None:
    if look.lead:
        return None
    duty = look.duty_from
    return because(
        ReasonCode.NOBODY_LEADS,
        duty,
        since=duty.on if duty else None,
        act=duty.action.effect if isinstance(duty, FloorActionFact) else None,
    )


def _silent(look: ClauseState) -> Reason | None:
    return (
        because(
            ReasonCode.QUIET,
            look.word.fact if look.word else look.duty_from,
            since=look.quiet_since,
        )
        if look.quiet
        else None
    )


def _blocked(look: ClauseState) -> Reason | None:
    claim, first = look.claims_now(Claimed.BLOCKED), look.blocked_first
    if not claim or not first:
        return None
    return because(
        ReasonCode.CLAIMED_BLOCKED,
        first.entry,
        claim.entry if claim != first else None,
        on=first.entry.on,
    )


def _under_way(look: ClauseState) -> Reason | None:
    claim = look.claims_now(Claimed.STARTED, Claimed.PROGRESS)
    return because(ReasonCode.CLAIMED_WORK, claim.entry, on=claim.entry.on) if claim else None


def _assigned(look: ClauseState) -> Reason | None:
    return because(
        ReasonCode.LEAD_BUT_NO_CLAIM, look.lead, unit=look.lead.unit_id if look.lead else None
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
    look: ClauseState
    code: Standing
    reason: Reason
    late: bool
    past_term: bool

    @property
    def unheard(self) -> bool:
        return unheard(self.code, self.look.word)


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
        return any(each.look.word for each in self.clauses)

    @property
    def unheard(self) -> bool:
        return unheard(self.code, self.heard)

    @property
    def undecided(self) -> ClauseState | None:
        """An open clause whose referral has had no answer, whoever has the lead."""
        open_ = (
            each.look
            for each in self.counted
            if each.code in (*LEAST_ADVANCED_FIRST, Standing.LAPSED)
        )
        return next((look for look in open_ if look.referral and not look.decided), None)

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
            max((each.look.done.entry.on for each in self.counted if each.look.done), default=None)
            if self.code is Standing.DONE
            else None
        )


def clause_standing(look: ClauseState) -> ClauseStanding:
    code, reason = next((code, reason) for code, holds in STANDINGS if (reason := holds(look)))
    late = code is Standing.DONE and look.done is not None and look.late(look.done)
    return ClauseStanding(look, code, reason, late, look.term_over and code in LEAST_ADVANCED_FIRST)


def to_confirm(standing: ItemStanding) -> list[ClaimFact]:
    """What lies on the confirmer's desk of an item: claims of done that were released, and neither confirmed nor returned."""
    return [
        clause.look.claim.claim
        for clause in standing.clauses
        if clause.code is Standing.REPORTED_DONE
        and clause.look.claim
        and clause.look.claim.review is None
    ]


def _of_several(mine: list[ClauseStanding], some: bool) -> Reason:
    """The reason of an item that rests on these clauses: that of the last day, since it is true of all of them. `some`: other clauses stand
    otherwise; then it names its own. What it tells of the record, the record below it must bear out."""
    reason = max((each.reason for each in mine), key=_last_day)
    numbers = [each.look.clause.number for each in mine] if some else []
    if len({dict(each.reason.values).get("unit") for each in mine}) > 1:
        reason = replace(
            reason, values=tuple((name, value) for name, value in reason.values if name != "unit")
        )
    last = max((day for each in mine if (day := each.look.reported_on)), default=None)
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
    clauses = tuple(clause_standing(look) for look in clause_states(facts, every))
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
