"""How rates are counted (docs/glossary.md).

What is in which column, the year, what is left out, and when there is no percentage.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tracker.rules.codes import Change, Group, Standing, Verdict
from tracker.rules.rates import Counted, Rate, cohort
from tracker.rules.terms import Clock

CLOSES = date(2017, 7, 5)
CLOCK = Clock(CLOSES, date(2018, 12, 31), CLOSES, True)
DONE = Counted(
    standing=Standing.DONE,
    verdict=Verdict.CARRIED_OUT,
    change=Change.CHANGE_FOLLOWED,
    due=True,
    group=Group.ADOPTED,
    decided=False,
    done_on=CLOSES + timedelta(days=100),
    clauses=2,
    clauses_done=2,
)
OPEN = Counted(
    standing=Standing.SILENT,
    verdict=Verdict.NO_WORD,
    change=Change.NOTHING_ON_RECORD,
    due=True,
    group=Group.ADOPTED,
    decided=False,
    done_on=None,
    clauses=3,
    clauses_done=1,
)
WAITS = replace(OPEN, standing=Standing.REPORTED_DONE, verdict=Verdict.REPORTED_DONE)
REFERRED = Counted(
    standing=Standing.WITH_ANOTHER_BODY,
    verdict=Verdict.NOT_YET,
    change=Change.NOTHING_ON_RECORD,
    due=True,
    group=Group.REFERRED,
    decided=False,
    done_on=None,
    clauses=1,
    clauses_done=0,
)
DECLINED = replace(REFERRED, standing=Standing.DECLINED, verdict=Verdict.DECLINED, decided=True)
ACCEPTED = replace(DONE, group=Group.ACCEPTED, decided=True)
ENDED = Counted(
    standing=Standing.NOT_DUE,
    verdict=Verdict.NOT_DUE,
    change=None,
    due=False,
    group=None,
    decided=False,
    done_on=None,
    clauses=0,
    clauses_done=0,
)
MERGED = replace(ENDED, standing=Standing.SUPERSEDED)
UNKNOWN = replace(ENDED, standing=Standing.DECISION_NOT_KNOWN, verdict=Verdict.DECISION_NOT_KNOWN)
UNDECIDED = replace(ENDED, standing=Standing.NOT_DECIDED, verdict=Verdict.NOT_DECIDED)


def test_each_item_of_a_cohort_counts_in_its_columns() -> None:
    figures = cohort(
        CLOCK,
        dict(
            enumerate(
                [DONE, OPEN, WAITS, REFERRED, DECLINED, ACCEPTED, ENDED, MERGED, UNKNOWN, UNDECIDED]
            )
        ),
    )
    assert figures
    adopted = figures.adopted
    third = Decimal(100) / 3
    assert adopted.due == 3
    assert (
        adopted.carried_out,
        adopted.change_followed,
        adopted.no_word,
        adopted.reported_done,
    ) == (Rate(1, 3, third),) * 4
    assert adopted.within_the_year == Rate(1, 3, third)
    assert adopted.clauses_carried_out == Rate(4, 8, Decimal(50))
    assert (figures.referred, figures.decided) == (3, Rate(2, 3, Decimal(200) / 3))
    assert (figures.accepted.due, figures.accepted.carried_out) == (1, Rate(1, 1, Decimal(100)))
    assert (figures.not_known, figures.not_decided, figures.missing) == ((8,), (9,), 0)


@pytest.mark.parametrize(("days", "counts"), [(0, 1), (364, 1), (365, 1), (366, 0)])
def test_within_the_year(days: int, counts: int) -> None:
    """Carried out by an act at most 365 days after closing."""
    figures = cohort(CLOCK, {1: replace(DONE, done_on=CLOSES + timedelta(days=days))})
    assert figures and figures.adopted.within_the_year == Rate(counts, 1, Decimal(100 * counts))


def test_not_carried_out_is_not_within_the_year() -> None:
    figures = cohort(CLOCK, {1: replace(OPEN, done_on=CLOSES), 2: replace(DONE, done_on=None)})
    assert figures and figures.adopted.within_the_year == Rate(0, 2, Decimal(0))


def test_within_the_year_needs_known_dates() -> None:
    figures = cohort(replace(CLOCK, dated=False), {1: DONE})
    assert (
        figures
        and figures.adopted.within_the_year is None
        and figures.adopted.carried_out.part == 1
    )


def test_none_due_is_no_items() -> None:
    figures = cohort(CLOCK, {1: ENDED})
    assert (
        figures
        and figures.adopted.carried_out
        == figures.adopted.clauses_carried_out
        == figures.decided
        == Rate(0, 0, None)
    )
    assert cohort(CLOCK, {}) is not None


def test_no_rates_where_follow_through_is_not_kept() -> None:
    """Neither where it never was, nor on a day before."""
    assert cohort(replace(CLOCK, kept_from=None), {1: ENDED}) is None
    assert cohort(CLOCK, {1: replace(ENDED, standing=Standing.NOT_TRACKED), 2: DONE}) is None


def test_fewer_than_were_published() -> None:
    figures = cohort(CLOCK, {1: DONE, 2: OPEN}, published=5)
    assert figures and (figures.missing, figures.adopted.carried_out) == (3, Rate(1, 2, None))
    for published in (2, 1, None):
        figures = cohort(CLOCK, {1: DONE, 2: OPEN}, published)
        assert figures and (figures.missing, figures.adopted.carried_out.share) == (0, Decimal(50))
