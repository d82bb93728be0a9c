"""What all rows of a list have in common, and what of it had to be assumed.

Where no column says the year, the meeting or the kind, the names of file and sheets, the titles
above the tables and the days of the floor's actions may.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Remedy, Severity
from tracker.importing.rows.file_reading import FileReading, SheetContext
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.tables import column_reader, headings
from tracker.importing.tables.columns import Column
from tracker.importing.tables.item_tables import Table
from tracker.importing.tables.sources import Source
from tracker.importing.values import dates, kinds, meetings
from tracker.importing.values.dates import Order
from tracker.importing.values.meetings import ListedMeeting
from tracker.rules.codes import Kind
from tracker.translation import gettext as _

from .conventions import Conventions

LONGEST_TITLE = 200  # characters above a table that are read as its title
LONGEST_KIND = 80  # characters of a heading or title that may name the kind
LONGEST_MEETING = 30  # days between floor actions of one convention; more is asked about


@dataclass(frozen=True, kw_only=True)
class ListTable:
    """A table with how its columns are understood, and what the office says of it."""

    source: Source
    table: Table
    columns: tuple[Column, ...]
    mapping: ListMapping
    orders: Mapping[int, Order | None]  # of day and month, by place of the column

    @classmethod
    def with_orders(
        cls, source: Source, table: Table, columns: tuple[Column, ...], mapping: ListMapping
    ) -> ListTable:
        orders = {
            column.place: dates.order_of(
                [row.cells[column.place] for row in table.rows if column.place < len(row.cells)]
            )
            for column in columns
        }
        return cls(source=source, table=table, columns=columns, mapping=mapping, orders=orders)

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(column.field for column in self.columns)

    def cells(self, column: Column) -> list[str]:
        """Those of a column that are not empty."""
        cells = (row.cells[column.place] for row in self.table.rows)
        return [cell for cell in cells if cell]

    def days(self, column: Column) -> Iterator[date]:
        order = self.mapping.date_order or self.orders.get(column.place)
        for cell in self.cells(column):
            if day := dates.read(cell, order).on:
                yield day


def list_reading(
    table: ListTable, today: date, conventions: Conventions
) -> tuple[FileReading, list[Problem]]:
    """How the rows are to be read, and what had to be assumed for that."""
    problems: list[Problem] = []
    year = table.mapping.year or conventions.year
    sheets = _sheet_contexts(table, command_names_convention=conventions.wanted is not None)
    if year is None and not table.fields & {Field.YEAR, Field.CONVENTION}:
        year, assumed = _assumed_year(table, sheets)
        problems += assumed
    if conventions.wanted:
        problems += _file_of_another_year(table.source, conventions)
    if Field.CONVENTION not in table.fields:
        problems += _special_meetings_assumed(sheets.values())
    problems += _days_far_apart(table)
    kind = _kind(table)
    reading = FileReading(
        columns=table.columns,
        mapping=table.mapping,
        today=today,
        orders=table.orders,
        year=year,
        kind=kind or Kind.NEW_BUSINESS_ITEM,
        kind_named=kind is not None,
        added_kinds=conventions.added_kinds,
        currency=conventions.currency,
        first_days=conventions.begins,
        sheets=sheets,
        is_export=column_reader.is_export(table.table.headings),
    )
    return reading, problems


def _warning(what: str, to_do: str | Remedy, column: str | None = None) -> Problem:
    return Problem(severity=Severity.WARNING, what=what, to_do=to_do, column=column)


# --- sheets and their titles ------------------------------------------------------------------


def _sheet_contexts(table: ListTable, command_names_convention: bool) -> dict[str, SheetContext]:
    """What the name of each sheet, else the title above its table, says of year and meeting.

    A special meeting the name of the file may say too, where the command line names no convention.
    """
    file_meeting = None
    if not command_names_convention:
        file_meeting = meetings.inside(table.source.file_name.rpartition(".")[0])
    contexts = {}
    for sheet in dict.fromkeys(row.sheet for row in table.table.rows):
        context = _sheet_context(sheet, table.table.titles_of.get(sheet, ()))
        if context.meeting is None and file_meeting and file_meeting.special:
            named_by = context.named_by or _("The name of the file")
            context = SheetContext(context.year, file_meeting, named_by)
        contexts[sheet] = context
    return contexts


def _sheet_context(sheet: str, titles: Sequence[str]) -> SheetContext:
    title = "; ".join(words for words in titles if len(words) < LONGEST_TITLE)
    by_name = _named(sheet, _("The sheet %(name)r", name=sheet), is_title=False)
    by_title = _named(title, _("The title %(words)r", words=title[:80]), is_title=True)
    return SheetContext(
        by_name.year or by_title.year,
        by_name.meeting or by_title.meeting,
        by_name.named_by or by_title.named_by,
    )


def _named(words: str, named_by: str, is_title: bool) -> SheetContext:
    """What these words say of year and meeting; a title is read as a meeting's name only where it
    says that it is special, or its year."""
    year, meeting = meetings.year_of(words), meetings.inside(words)
    if meeting and not _may_be_named(meeting, year, is_title):
        meeting = None
    if not year and not meeting:
        return SheetContext()
    return SheetContext(year, meeting, named_by)


def _may_be_named(meeting: ListedMeeting, year: int | None, is_title: bool) -> bool:
    if meeting.year not in (None, year):
        return False
    return bool(meeting.special or meeting.year or not is_title)


def _special_meetings_assumed(contexts: Collection[SheetContext]) -> list[Problem]:
    """Special meetings that no column names."""
    names = dict.fromkeys(
        context.meeting.words for context in contexts if context.meeting and context.meeting.special
    )
    return [
        _warning(
            _("No column says the meeting: taken as %(words)r.", words=words),
            remedies.say_the_meeting(),
        )
        for words in names
    ]


# --- the year ---------------------------------------------------------------------------------


def _assumed_year(
    table: ListTable, sheets: Mapping[str, SheetContext]
) -> tuple[int | None, list[Problem]]:
    """The year of rows that nothing nearer dates, and what is assumed of any row."""
    sheets_without_meetings = {row.sheet for row in table.table.rows if not row.meeting}
    # a set that keeps its order: a year, and what says it
    assumed: dict[tuple[int, str], None] = {}
    for sheet, context in sheets.items():
        if sheet in sheets_without_meetings and context.year:
            is_named = meetings.year_of(sheet)
            says_it = _("the sheet %(name)r", name=sheet) if is_named else _("the title")
            assumed[context.year, says_it] = None
    year = None
    if any(sheets[sheet].year is None for sheet in sheets_without_meetings):
        year, says_it = _year_of_the_file(table)
        if year:
            assumed[year, says_it] = None
    problems = [
        _warning(
            _(
                "No column says the year: taken as %(year)s, from %(source)s.",
                year=assumed_year,
                source=says_it,
            ),
            remedies.say_another_convention(),
        )
        for assumed_year, says_it in assumed
    ]
    return year, problems


def _year_of_the_file(table: ListTable) -> tuple[int | None, str]:
    """By the name of the file, else by the numbers of the items, else by the floor's days."""
    of_file = meetings.year_of(table.source.file_name)
    of_days = {
        day.year
        for column in table.columns
        if column.field is Field.FLOOR_DATE
        for day in table.days(column)
    }
    for says_it, years in (
        (_("the name of the file"), {of_file} if of_file else set()),
        (_("the numbers of the items"), _years_of_numbers(table)),
        (_("the days of the floor's actions"), of_days),
    ):
        if len(years) == 1:
            return years.pop(), says_it
    return None, ""


def _years_of_numbers(table: ListTable) -> set[int]:
    """The one year that all numbers hold: "R-2021-1", "2021/2"."""
    column = _first(table, Field.NUMBER)
    cells = table.cells(column) if column else []
    years: set[int] = set()
    for cell in cells:
        held = re.findall(r"(?<!\d)(?:19|20)\d\d(?=\D+\d)", cell)
        if len(held) != 1:
            return set()
        years.add(int(held[0]))
    return years if len(cells) > 1 else set()


def _first(table: ListTable, field: Field) -> Column | None:
    return next((column for column in table.columns if column.field is field), None)


def _file_of_another_year(source: Source, conventions: Conventions) -> list[Problem]:
    """The name of the file says another year than --convention: no row is refused for that."""
    of_file = meetings.year_of(source.file_name)
    if of_file is None or conventions.year in (None, of_file):
        return []
    return [
        _warning(
            _(
                "The name of the file says %(year)s, and the list is said to be of %(slug)s.",
                year=of_file,
                slug=conventions.wanted,
            ),
            _("Is it the right file?"),
        )
    ]


def _days_far_apart(table: ListTable) -> list[Problem]:
    """Floor actions of one year that lie far from each other may be of two meetings."""
    column = _first(table, Field.FLOOR_DATE)
    if column is None or Field.CONVENTION in table.fields or table.mapping.conventions:
        return []
    if headings.names_the_meeting(column.heading):
        return []
    for one, two in pairwise(sorted(set(table.days(column)))):
        if one.year == two.year and (two - one).days > LONGEST_MEETING:
            return [_far_apart(one, two, column)]
    return []


def _far_apart(one: date, two: date, column: Column) -> Problem:
    return _warning(
        _(
            "Its days of %(year)s lie far from each other (%(one)s, %(two)s): taken as of one"
            " meeting.",
            year=one.year,
            one=one,
            two=two,
        ),
        _(
            "If there were two, give a column convention (such as %(year)s and %(year)s-special).",
            year=one.year,
        ),
        column.heading,
    )


# --- the kind ---------------------------------------------------------------------------------


def _kind(table: ListTable) -> Kind | None:
    """By a heading ("NBI #", "Motion no."), else by what stands above the table."""
    named_headings = [
        column.heading
        for column in table.columns
        if column.field in (Field.NUMBER, Field.TITLE, Field.TEXT)
    ]
    for words in (*named_headings, *table.table.titles):
        kind = kinds.kind_of(words) if len(words) < LONGEST_KIND else None
        if kind:
            return kind
    return None
