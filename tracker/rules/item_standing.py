"""The standing of an item: what those of its clauses amount to.

The codes are explained in docs/glossary.md, "What follows from it".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .clause_standing import LEAST_ADVANCED_FIRST, OPEN, ClauseStanding, clause_standing, unheard
from .clause_state import ClauseState, clause_states
from .codes import Standing
from .facts import ClaimFact
from .item_facts import Facts
from .reasons import Reason, ReasonCode, adding, events_of

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
