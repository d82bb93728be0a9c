"""Rates of one convention's cohort. Each has its numerator within its denominator; none due is "no items", never 0 %."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import Change, Group, Standing, Verdict
from .standing import UNSETTLED
from .terms import Clock
from .verdict import Answer

YEAR = 365


@dataclass(frozen=True)
class Counted:
    """What the rates ask of one item: made of its Answer, or read from what is kept for lists."""

    standing: Standing
    verdict: Verdict
    change: Change | None
    due: bool
    group: Group | None
    decided: bool
    done_on: date | None
    clauses: int  # that were due in this cohort
    clauses_done: int


def counted(answer: Answer) -> Counted:
    clauses = _clauses(answer)
    return Counted(
        answer.standing.code,
        answer.verdict,
        answer.change,
        answer.due,
        answer.group,
        answer.decided,
        answer.done_on,
        len(clauses),
        sum(clauses),
    )


@dataclass(frozen=True)
class Rate:
    part: int
    of: int
    share: Decimal | None  # None: no items, or the record has fewer items than were published


@dataclass(frozen=True)
class Column:
    due: int
    carried_out: Rate
    change_followed: Rate
    no_word: Rate
    reported_done: Rate
    within_the_year: Rate | None  # None: the closing is not known
    clauses_carried_out: Rate


@dataclass(frozen=True)
class Cohort:
    adopted: Column
    accepted: Column  # of what was only referred
    referred: int
    decided: Rate
    not_known: tuple[int, ...]  # items counted apart, and named
    not_decided: tuple[int, ...]
    missing: int  # published, and not in the record


def cohort(
    clock: Clock, answers: Mapping[int, Counted], published: int | None = None
) -> Cohort | None:
    """None where the follow-through of the convention is not kept. `answers` are those of the convention's items."""
    if clock.kept_from is None or any(
        each.standing is Standing.NOT_TRACKED for each in answers.values()
    ):
        return None
    missing = max((published or 0) - len(answers), 0)

    def rate(part: int, of: int) -> Rate:
        return Rate(part, of, Decimal(100 * part) / of if of and not missing else None)

    def column(due: Collection[Counted]) -> Column:
        def share(holds: Callable[[Counted], bool]) -> Rate:
            return rate(sum(map(holds, due)), len(due))

        def within_the_year(each: Counted) -> bool:
            return each.verdict is Verdict.CARRIED_OUT and bool(
                each.done_on and clock.closes_on and (each.done_on - clock.closes_on).days <= YEAR
            )

        return Column(
            len(due),
            share(lambda each: each.verdict is Verdict.CARRIED_OUT),
            share(lambda each: each.change is Change.CHANGE_FOLLOWED),
            share(lambda each: each.verdict is Verdict.NO_WORD),
            share(lambda each: each.verdict is Verdict.REPORTED_DONE),
            share(within_the_year) if clock.dated else None,
            rate(sum(each.clauses_done for each in due), sum(each.clauses for each in due)),
        )

    due = [each for each in answers.values() if each.due]
    referred = [each for each in due if each.group in (Group.REFERRED, Group.ACCEPTED)]
    not_known, not_decided = (
        tuple(key for key, each in answers.items() if each.standing is code) for code in UNSETTLED
    )
    return Cohort(
        column([each for each in due if each.group is Group.ADOPTED]),
        column([each for each in due if each.group is Group.ACCEPTED]),
        len(referred),
        rate(sum(each.decided for each in referred), len(referred)),
        not_known,
        not_decided,
        missing,
    )


def _clauses(item: Answer) -> list[bool]:
    """Of each clause that was due in this cohort, whether it is carried out; one that is carried over counts with the item's verdict."""
    due = [
        each.code
        for each in item.standing.clauses
        if each.code not in (Standing.NOT_DUE, Standing.SUPERSEDED, *UNSETTLED)
    ]
    whole = item.standing.code is Standing.CARRIED_OVER and item.verdict is Verdict.CARRIED_OUT
    return [code is Standing.DONE or (whole and code is Standing.CARRIED_OVER) for code in due]
