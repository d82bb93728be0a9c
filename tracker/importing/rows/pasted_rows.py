"""Rows that were copied out of a spreadsheet, with or without a row of headings: which item each is
of, and what its cells say of the floor's action, the lead and the due date. The record is not asked
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity
from tracker.importing.tables import text_files
from tracker.importing.tables.headings import letter, named, plain
from tracker.importing.values import dates, kinds, statuses
from tracker.importing.values.dates import Order
from tracker.importing.values.kinds import Code
from tracker.rules.codes import Floor
from tracker.translation import gettext as _

from . import doubts

FIELDS = (
    Field.NUMBER,
    Field.FLOOR_ACTION,
    Field.FLOOR_DATE,
    Field.LEAD,
    Field.PERSON,
    Field.DUE,
)
"""In this order where no row has headings."""
_TAKEN_AS = {
    Field.CODE: Field.NUMBER,
    Field.STATUS: Field.FLOOR_ACTION,
    Field.REFERRED_TO: Field.LEAD,
}
_HEADINGS_OF_THE_PAGE = {"on": Field.FLOOR_DATE}
_DAYS = (Field.FLOOR_DATE, Field.DUE)


@dataclass(frozen=True, kw_only=True)
class PastedRow:
    """None, or "": the cell says nothing, or was not understood."""

    number: int  # of the row, counted from 1
    item: str  # as it was pasted
    code: Code
    action: Floor | None
    acted_on: date | None
    unit: str
    person: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class PastedTable:
    rows: tuple[PastedRow, ...]
    headings: Mapping[Field, str]
    left_out: tuple[str, ...] = ()  # columns that hold nothing of this
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PasteReading:
    """How the rows are to be read; `own_headings` are plain, `statuses` by their key."""

    year: int | None  # of the convention
    order: Order | None = None  # of day and month; None: as the rows prove it
    statuses: Mapping[str, str] = field(default_factory=dict)
    own_headings: Mapping[str, Field] = field(default_factory=dict)


def read_pasted(words: str, reading: PasteReading) -> PastedTable:
    """Raises Unreadable where it is no table."""
    delimiter = "\t" if "\t" in words else None
    records = text_files.records(words, _("What was pasted"), delimiter).rows
    numbered = [(number, row) for number, row in enumerate(records, 1) if any(row)]
    if not numbered:
        return PastedTable(rows=(), headings={})
    first_row = numbered[0][1]
    if _has_headings(first_row, reading):
        places, left_out = _places(first_row, reading)
        headings = {field_: first_row[place] for field_, place in places.items()}
        numbered = numbered[1:]
    else:
        places = {field_: place for place, field_ in enumerate(FIELDS) if place < len(first_row)}
        headings = {field_: letter(place) for field_, place in places.items()}
        left_out = [letter(place) for place in range(len(FIELDS), len(first_row))]
    order = reading.order or dates.order_of(
        row[places[field_]] for _number, row in numbered for field_ in _DAYS if field_ in places
    )
    readers = [
        _PastedRowReader(number, {field_: row[place] for field_, place in places.items()}, headings)
        for number, row in numbered
    ]
    rows = [reader.read(reading, order) for reader in readers]
    return PastedTable(
        rows=tuple(rows),
        headings=headings,
        left_out=tuple(left_out),
        problems=tuple(problem for reader in readers for problem in reader.problems),
    )


def _field(heading: str, reading: PasteReading) -> Field | None:
    words = plain(heading)
    field_ = reading.own_headings.get(words) or _HEADINGS_OF_THE_PAGE.get(words)
    if field_ is None:
        field_and_sure = named(heading)
        field_ = field_and_sure[0] if field_and_sure else None
    field_ = _TAKEN_AS.get(field_, field_) if field_ else None
    return field_ if field_ in FIELDS else None


def _has_headings(row: Sequence[str], reading: PasteReading) -> bool:
    """One of its cells names the column of numbers, and is no number itself."""
    return any(
        _field(cell, reading) is Field.NUMBER
        for cell in row
        if cell and not any(sign.isdigit() for sign in cell)
    )


def _places(row: Sequence[str], reading: PasteReading) -> tuple[dict[Field, int], list[str]]:
    """The first column of each field; and those that hold nothing of this."""
    places: dict[Field, int] = {}
    left_out = []
    for place, heading in enumerate(row):
        field_ = _field(heading, reading)
        if field_ is None or field_ in places:
            left_out.append(heading or letter(place))
        else:
            places[field_] = place
    return places, left_out


class _PastedRowReader:
    """The cells of one row, and what was not understood of them."""

    def __init__(
        self, number: int, cells: Mapping[Field, str], headings: Mapping[Field, str]
    ) -> None:
        self.number, self.cells, self.headings = number, cells, headings
        self.problems: list[Problem] = []

    def read(self, reading: PasteReading, order: Order | None) -> PastedRow:
        action, day, unit = self._action(reading.statuses)
        acted_on = self._day(Field.FLOOR_DATE, order, reading.year)
        if acted_on is None and day and not self.cells.get(Field.FLOOR_DATE):
            acted_on = dates.read(day, order, reading.year).on
        item = self.cells.get(Field.NUMBER, "")
        return PastedRow(
            number=self.number,
            item=item,
            code=kinds.code_of(item, reading.year),
            action=action,
            acted_on=acted_on,
            unit=" ".join((self.cells.get(Field.LEAD) or unit or "").split()),
            person=" ".join(self.cells.get(Field.PERSON, "").split()),
            due_on=self._day(Field.DUE, order, None),
        )

    def _action(self, table: Mapping[str, str]) -> tuple[Floor | None, str | None, str | None]:
        """The action, its day and the unit to which it was referred, as the cell has them."""
        cell = self.cells.get(Field.FLOOR_ACTION, "")
        status = statuses.read(cell, table)
        if not cell or (status.clear and not status.floor and not status.followed):
            return None, None, None
        if not status.clear or not status.floor:
            self._say(
                Field.FLOOR_ACTION,
                _("“%(cell)s” is no floor action that we know.", cell=cell[:60]),
                _("Choose it in the row."),
            )
            return None, None, None
        word = status.floor[-1]
        if len(status.floor) > 1 or status.followed or status.not_understood:
            self._say(
                Field.FLOOR_ACTION,
                _("Of “%(cell)s” only the last floor action is taken.", cell=cell[:60]),
                _("Add what else it says on the item’s own page."),
                Severity.WARNING,
            )
        return word.action, word.day, word.referred_to

    def _day(self, field_: Field, order: Order | None, year: int | None) -> date | None:
        cell = self.cells.get(field_, "")
        day = dates.read(cell, order, year) if cell else dates.Day()
        if day.doubt == "order":
            what, _to_do = doubts.of_a_day(day.doubt, cell[:60])
            self._say(field_, what, _("Say below how days are written."))
        elif day.doubt:
            what, _to_do = doubts.of_a_day(day.doubt, cell[:60])
            self._say(field_, what, _("Write year, month and day: 2025-03-31."))
        return day.on

    def _say(
        self, field_: Field, what: str, to_do: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(
            Problem(
                severity=severity,
                what=what,
                to_do=to_do,
                row=self.number,
                column=self.headings.get(field_),
            )
        )
