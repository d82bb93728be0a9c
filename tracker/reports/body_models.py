"""The frozen data of reports of several conventions of a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.reading.convention import ConventionPage, ItemListRow
from tracker.reading.models import ConventionDetails, DecisionLine, FloorLine
from tracker.reading.rates import ConventionRates
from tracker.reading.same_age import SameAge
from tracker.rules.codes import Verdict

from .models import CollectedReport

COUNT_COLUMNS: Mapping[str, tuple[Verdict, ...]] = {
    "carried_out": (Verdict.CARRIED_OUT,),
    "in_part": (Verdict.PARTLY_CARRIED_OUT,),
    "reported_done": (Verdict.REPORTED_DONE,),
    "not_yet": (Verdict.NOT_YET,),
    "no_word": (Verdict.NO_WORD,),
    "ended": (Verdict.WILL_NOT_BE_DONE, Verdict.DECLINED, Verdict.UNFINISHED),
    "not_due": (Verdict.NOT_DUE,),
    "not_known": (Verdict.DECISION_NOT_KNOWN, Verdict.NOT_DECIDED, Verdict.NOT_TRACKED),
}
"""Each verdict is in one of them, so that a line adds up to its items."""


@dataclass(frozen=True)
class VerdictCounts:
    """How many items there are of each verdict."""

    by_verdict: Mapping[Verdict, int]

    @classmethod
    def of(cls, rows: Iterable[ItemListRow]) -> VerdictCounts:
        verdicts = [row.verdict for row in rows]
        return cls({verdict: verdicts.count(verdict) for verdict in Verdict})

    @property
    def items(self) -> int:
        return sum(self.by_verdict.values())

    def column(self, name: str) -> int:
        """One of COUNT_COLUMNS."""
        return sum(self.by_verdict[verdict] for verdict in COUNT_COLUMNS[name])


@dataclass(frozen=True, kw_only=True)
class ConventionRows:
    """The items of one convention that a report of several has, as its readers see them."""

    page: ConventionPage  # its rows are those of the report alone; its figures are of all its items
    edition: int | None  # the number of the edition that is read
    of: int  # how many rows there are without a selection

    @property
    def convention(self) -> ConventionDetails:
        return self.page.convention

    @property
    def counts(self) -> VerdictCounts:
        return VerdictCounts.of(self.page.rows)


@dataclass(frozen=True, kw_only=True)
class BodyReport(CollectedReport):
    """A report of several conventions, each as its readers see it."""

    # Those that were asked for and are not in it: there is no edition, or they were not on record.
    without: tuple[str, ...] = ()  # their names


@dataclass(frozen=True, kw_only=True)
class GivenToUnit:
    """What a unit was given of an item."""

    leads: bool  # it has the lead of a clause
    led_from: date | None  # None: it never had the lead, or the day is not known
    led_once: bool  # it had the lead, and has it no more
    referral: FloorLine | None  # the newest to it
    decisions: tuple[DecisionLine, ...]  # its own, about the item

    @property
    def owes_a_decision(self) -> bool:
        return self.referral is not None and not self.decisions


@dataclass(frozen=True, kw_only=True)
class ListReport(BodyReport):
    """Rows of items, by convention: what a delegation moved, or what a unit was given."""

    subject: str  # the name of the delegation or unit
    also_called: tuple[str, ...]  # names that it had, and those of what was merged into it
    groups: tuple[ConventionRows, ...]  # the newest first; one may have no rows
    parts: Mapping[int, GivenToUnit]  # of a unit: by item, of each row

    @property
    def conventions(self) -> tuple[ConventionDetails, ...]:
        return tuple(group.convention for group in self.groups)

    @property
    def rows(self) -> tuple[ItemListRow, ...]:
        return tuple(row for group in self.groups for row in group.page.rows)

    @property
    def counts(self) -> VerdictCounts:
        return VerdictCounts.of(self.rows)


@dataclass(frozen=True, kw_only=True)
class YearsReport(BodyReport):
    """Conventions at the same age: of the youngest, a year after closing, and as they are."""

    same_age: SameAge
    after_a_year: SameAge
    at_present: tuple[ConventionRates, ...]  # on the day, as the page of the body has them

    @property
    def conventions(self) -> tuple[ConventionDetails, ...]:
        return tuple(rates.convention for rates in self.at_present)
