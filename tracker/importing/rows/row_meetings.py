"""Which meeting a row names: in its cells, in a line above it, in its sheet or its title."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.importing.codes import Field
from tracker.importing.tables.headings import names_the_meeting
from tracker.importing.values import dates, meetings
from tracker.importing.values.meetings import ListedMeeting
from tracker.translation import gettext as _

from .cells import Cells
from .file_reading import SheetContext
from .mapping import ListMapping


@dataclass(frozen=True, kw_only=True)
class RowMeeting:
    """`year` is that of the row where its cells say none; `named_by` is what names the meeting,
    where that is no cell of the row."""

    meeting: ListedMeeting | None = None
    year: int | None = None
    is_blank: bool = False  # there is a column for it, and it is empty
    named_by: str | None = None


def row_meeting(cells: Cells, year: int | None) -> RowMeeting:
    """The meeting that the row names, else a line above it, else its sheet or its title."""
    mapping = cells.reading.mapping
    cell = cells[Field.CONVENTION]
    if not cell and meetings.read(cells[Field.YEAR]).special is not None:
        cell = cells[Field.YEAR]
    if cell:
        return RowMeeting(meeting=_named(mapping, cell, year))
    if cells.row.meeting:
        meeting = _named(mapping, cells.row.meeting, year)
        named_by = _("The line %(words)r above the row", words=cells.row.meeting[:60])
        return RowMeeting(meeting=meeting, year=meeting.year, named_by=named_by)
    sheet = cells.row.sheet
    if slug := mapping.convention(sheet):
        return RowMeeting(meeting=_at_address(slug, sheet), year=meetings.year_of(slug))
    if on_a_day := _by_day(cells, year):
        return RowMeeting(meeting=on_a_day)
    is_blank = Field.CONVENTION in cells.columns_by_field
    context = cells.reading.sheets.get(sheet, SheetContext())
    return RowMeeting(
        meeting=context.meeting,
        year=context.year,
        is_blank=is_blank and not context.meeting,
        named_by=context.named_by,
    )


def _named(mapping: ListMapping, words: str, year: int | None) -> ListedMeeting:
    """As the mapping says it, else as the words do."""
    slug = mapping.convention(words)
    return _at_address(slug, words) if slug else meetings.read(words, year)


def _at_address(slug: str, words: str) -> ListedMeeting:
    return ListedMeeting(
        words=" ".join(words.split()),
        year=meetings.year_of(slug),
        special=meetings.read(slug).special,
        slug=slug,
    )


def _by_day(cells: Cells, year: int | None) -> ListedMeeting | None:
    """The day in a column that is named for the meeting ("Meeting date").

    Days far from each other are of two meetings.
    """
    mapping = cells.reading.mapping
    column = cells.columns_by_field.get(Field.FLOOR_DATE)
    if column is None:
        return None
    is_named = names_the_meeting(column.heading)
    if not mapping.conventions and not is_named:
        return None
    cell = cells.at(column)
    if slug := mapping.convention(cell):
        return _at_address(slug, cell)
    order = mapping.date_order or cells.reading.orders.get(column.place)
    day = dates.read(cell, order, year).on
    if day is None or not is_named:
        return None
    if year and day.year != year:
        return None
    return ListedMeeting(words=day.isoformat(), year=day.year, month=day.month, day=day)
