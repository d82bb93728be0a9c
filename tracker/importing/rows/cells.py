"""The cells of one row by the fields that they fill, and what a row says once it is understood; understanding it is in `rows` and `floors`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from tracker.acts.floor import VoteCount
from tracker.importing.codes import Field, Followed
from tracker.importing.problems import Problem, Severity
from tracker.importing.tables.columns import Column
from tracker.importing.tables.item_tables import TableRow
from tracker.importing.values import dates, texts
from tracker.importing.values.amounts import currencies, exact
from tracker.importing.values.costs import Cost
from tracker.importing.values.dates import Order
from tracker.importing.values.meetings import Meeting
from tracker.importing.vocabulary.text_words import SAYS_NOTHING
from tracker.rules.codes import Decision, Floor, Kind, Purpose

from . import doubts
from .mapping import ListMapping

NAME = 200  # characters of the name of a unit, a delegation, a fund
_SENTENCES = frozenset((Field.COST, Field.ESTIMATE_AMOUNT))
Person = tuple[str, str | None]  # a name, and the delegation


@dataclass(frozen=True, kw_only=True, slots=True)
class Floored:
    """One floor action of a row. `target` is the item into which it was merged, as published."""

    action: Floor
    on: date | None = None
    unit: str | None = None
    whom_said: str | None = None  # the words of a referral that name no unit
    purpose: Purpose | None = None
    target: str | None = None


@dataclass(frozen=True)
class Update:
    words: str
    on: date | None
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemRow:
    """None and empty mean that the row says nothing of it: nothing is erased by that."""

    number_of_row: int
    sheet: str
    year: int | None
    convention: Meeting | None  # as the row, its sheet or its title names it
    kind: str
    number: str  # normalised; "" without one
    published: str | None
    title: str | None = None
    text: str | None = None
    truncated: bool | None = None  # as a column says
    seems_cut_off: bool = False
    rationale: str | None = None
    delegations: tuple[str, ...] = ()
    makers: tuple[Person, ...] = ()
    seconders: tuple[Person, ...] = ()
    contacts: tuple[Person, ...] = ()
    floor: tuple[Floored, ...] = ()
    vote: VoteCount | None = None
    recommendation: str | None = None
    sentence: str | None = None
    cost: Cost | None = None
    cost_told: frozenset[str] = frozenset()  # what columns of its own say of the estimate
    lead: str | None = None
    person: str | None = None
    due: date | None = None
    followed: Followed | None = None
    followed_words: str = ""
    updates: tuple[Update, ...] = ()
    updated_on: date | None = None
    claimed_on: date | None = None  # the day of what is claimed, where the row names it
    spent: Decimal | None = None
    appropriated: Decimal | None = None
    fund: str | None = None
    merged_into: str | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    revision: int | None = None
    cells: tuple[tuple[str, str], ...] = ()  # what has no field, kept as published
    asked: tuple[
        tuple[str, str], ...
    ] = ()  # cells that wait for the office to say the order of day and month
    published_cells: tuple[tuple[str, str], ...] = ()  # the whole row
    problems: tuple[Problem, ...] = ()
    meeting_is_blank: bool = False  # there is a column for it, and it is empty
    named_by: str | None = (
        None  # the sheet or the title, where the row's year or meeting is from there
    )
    place: str | None = (
        None  # of an item without a number, in the code of an export: "unnumbered-1"
    )
    kind_is_assumed: bool = False  # neither the row nor the list says it
    unclear_people: tuple[
        str, ...
    ] = ()  # headings of cells in which delegations and persons cannot be told apart

    @property
    def rejected(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self.problems)


@dataclass(frozen=True)
class SheetContext:
    """What the name of a sheet, or the title above its table, says of the rows in it. `named_by` tells which of them that is."""

    year: int | None = None
    meeting: Meeting | None = None
    named_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """What all rows of a file have in common."""

    columns: tuple[Column, ...]
    told: ListMapping
    today: date
    orders: Mapping[int, Order | None] = field(default_factory=dict)  # by place of a column of days
    year: int | None = None  # of all rows that say none
    kind: Kind = Kind.NEW_BUSINESS_ITEM
    kind_named: bool = False  # by a heading or a title, and not only taken so
    added_kinds: frozenset[str] = frozenset()
    currency: str | None = None  # the body's
    begins: Mapping[int, date] = field(
        default_factory=dict
    )  # the first day of a convention, by its year: nothing was adopted before it
    sheets: Mapping[str, SheetContext] = field(
        default_factory=dict
    )  # by the name of the sheet; "" for a file without sheets
    ours: bool = False  # an export of the record: nothing in it has to be repaired


class Cells:
    """The cells of one row by field, the problems found in them, and those that stay as published."""

    def __init__(self, reading: FileReading, row: TableRow) -> None:
        self.reading, self.row = reading, row
        self.problems: list[Problem] = []
        self.kept: list[tuple[str, str]] = []
        self.asked: list[tuple[str, str]] = []  # days that wait for `date_order`
        self.asked_of: set[Field] = set()
        self.unclear: list[Column] = []  # of people: delegations or persons
        self.place: dict[Field, Column] = {}
        self.updates = [column for column in reading.columns if column.field is Field.UPDATE]
        for column in reading.columns:
            self.place.setdefault(column.field, column)

    def at(self, column: Column) -> str:
        return unmarked(self.row.cells[column.place]) if column.place < len(self.row.cells) else ""

    def __getitem__(self, which: Field) -> str:
        column = self.place.get(which)
        return self.at(column) if column else ""

    def words(self, which: Field) -> str | None:
        """What a cell says; None where it is blank, or only says so: "N/A", "-", "TBD". Of a cost, that is a sentence all the same."""
        words = self.repaired(self[which]).strip()
        return words if words and (which in _SENTENCES or not self.says_nothing(words)) else None

    def says_nothing(self, words: str) -> bool:
        return not self.reading.ours and bool(SAYS_NOTHING.fullmatch(words))

    def repaired(self, cell: str) -> str:
        return cell if self.reading.ours else texts.repaired(cell)

    def warn(
        self,
        which: Field | Column,
        what: str,
        to_do: str = "",
        keep: bool = True,
        severity: Severity = Severity.WARNING,
    ) -> None:
        column = which if isinstance(which, Column) else self.place.get(which)
        self.problems.append(
            Problem(
                severity=severity,
                what=what,
                to_do=to_do,
                row=self.row.number,
                column=column.heading if column else None,
            )
        )
        if column and keep and severity is Severity.WARNING:
            self.keep(column)

    def keep(self, which: Field | Column) -> None:
        """As published, under Source."""
        column = which if isinstance(which, Column) else self.place.get(which)
        words = self.repaired(self.at(column)) if column else ""
        if (
            column
            and words
            and words.casefold().strip() != "none"
            and (column.heading, words) not in self.kept
        ):
            self.kept.append((column.heading, words))

    def day(
        self,
        which: Field,
        year: int | None,
        not_before: date | None = None,
        not_after: date | None = None,
    ) -> date | None:
        """A day that can be; else a warning, and the cell as published."""
        column = self.place.get(which)
        if column is None or not (cell := self.at(column)):
            return None
        found = dates.read(
            cell, self.reading.told.date_order or self.reading.orders.get(column.place), year
        )
        doubt = found.doubt
        if found.on and not_after and found.on > not_after:
            doubt = "future"
        elif found.on and not_before and found.on < not_before and not self.reading.ours:
            doubt = "too_early"
        if doubt == "order":
            self.warn(column, *doubts.of_a_day(doubt, cell[:60]), keep=False)
            self.asked.append((column.heading, self.repaired(cell)))
            self.asked_of.add(which)
            return None
        if doubt:
            self.warn(column, *doubts.of_a_day(doubt, cell[:60]))
            return None
        return found.on

    def money(self, which: Field) -> Decimal | None:
        column = self.place.get(which)
        if (
            column is None
            or not (cell := self.at(column))
            or re.fullmatch(r"\W*(?:n/?a|tbd|none|-+)?\W*", cell, re.I)
        ):
            return None
        if self.foreign(cell):
            self.warn(column, *doubts.of_a_currency(cell, self.reading.currency or ""))
            return None
        amount = exact(cell)
        if amount is None or amount < 0:
            self.warn(column, *doubts.of_money(cell))
            return None
        return amount

    def foreign(self, words: str) -> bool:
        """An amount in another currency than the body's."""
        said = currencies(words)
        return bool(said and self.reading.currency and self.reading.currency not in said)

    def name(self, which: Field) -> str | None:
        """Of a unit, a fund, a person: one line, not too long."""
        words = " ".join((self.words(which) or "").split())
        if len(words) > NAME:
            self.warn(
                which,
                _(
                    "The name has %(length)s characters, the most is %(most)s.",
                    length=len(words),
                    most=NAME,
                ),
                _("Shorten it."),
            )
            return None
        return words or None


def unmarked(cell: str) -> str:
    """Without the apostrophe by which an export keeps a spreadsheet from reading a formula."""
    is_marked = cell.startswith("'") and re.match(r"'+[=+\-@]", cell)
    return cell[1:] if is_marked else cell


def marked(cell: str) -> str:
    """The other way round: what a spreadsheet would read as a formula is written as text."""
    return "'" + cell if re.match(r"'*[=+\-@]", cell) else cell
