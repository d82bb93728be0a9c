"""The rows of a report as plain frozen data: codes and days beside the words of the pages.

Members whose name ends in `_words` are sentences of this program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto

from tracker.rules.codes import Change, Floor, Group, Standing, Verdict
from tracker.rules.reasons import ReasonCode


@dataclass(frozen=True, kw_only=True)
class ItemDataRow:
    """One item. None: nothing on record. Amounts are in the currency of the row."""

    convention: str  # its slug
    code: str
    kind: str
    kind_words: str
    number: str | None  # as published
    title: str
    title_is_ours: bool
    delegations: tuple[str, ...]
    floor: tuple[Floor, ...]  # in force
    floor_words: tuple[str, ...]
    floor_on: date | None
    referred_to: str | None
    unit: str | None  # that has the lead
    group: Group | None
    due: bool  # whether it counts in the rates
    standing: Standing
    standing_words: str
    late: bool
    past_term: bool
    verdict: Verdict
    verdict_words: str
    reason: ReasonCode
    reason_values: Mapping[str, str | int | date]
    reason_words: str
    change: Change | None
    change_words: str | None
    what_changed: str | None  # of the outcome that says so, as recorded
    done_on: date | None
    last_word: date | None
    silent_since: date | None
    silent_days: int | None
    estimated: Decimal | None
    appropriated: Decimal | None
    spent: Decimal | None
    currency: str
    money_not_accounted_for: bool
    leads: bool | None  # of a report on one unit: whether it has the lead of a clause
    led_from: date | None
    owes_a_decision: bool | None  # of what was referred to it
    given_words: str | None
    path: str  # of its page, below the address of the installation


class MeasuredAt(StrEnum):
    """On which day a convention is measured."""

    DAY = auto()  # that of the report
    SAME_AGE = auto()  # as many days after its closing as the youngest has come to
    AFTER_A_YEAR = auto()


@dataclass(frozen=True, kw_only=True)
class FigureDataRow:
    """A rate of a convention, or a field of its chart (`chart.done`)."""

    convention: str
    convention_name: str
    at: MeasuredAt
    measured_on: date
    age_days: int | None  # days after its closing; None: as it is on the day
    name: str
    of: str
    name_words: str
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True, kw_only=True)
class FundDataRow:
    convention: str
    name: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, kw_only=True)
class ConventionDataRow:
    """A convention of which the report is."""

    slug: str
    name: str
    closes_on: date | None
    kept_from: date | None
    term_ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class HeadData:
    """The head of the record from which the rows were collected."""

    event: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """All of it, in the order in which it is printed."""

    kind: str  # "progress", or a code of ReportKind
    body: str  # its slug
    as_of: date
    reading: str
    selection: Mapping[str, str]  # what was asked for, by the names of its parts
    head: HeadData
    conventions: tuple[ConventionDataRow, ...]
    rows: tuple[ItemDataRow, ...]
    figures: tuple[FigureDataRow, ...]
    funds: tuple[FundDataRow, ...]
