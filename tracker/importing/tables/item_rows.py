"""Which rows below the headings are items; others are lines between them, totals, repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity
from tracker.importing.values import kinds, meetings
from tracker.importing.vocabulary.meeting_words import QUALIFIER
from tracker.importing.vocabulary.text_words import LEFT_EMPTY
from tracker.translation import gettext as _

from .column_reader import is_export
from .columns import Sure
from .headings import named, plain
from .sources import Sheet

# in a narrower table, words in one place only are a row of their own
LEAST_HEADINGS_OF_A_LINE = 4
LEAST_HEADINGS_OF_A_MEETING = 3
LONGEST_LINE = 1000  # characters of a line between the rows that are looked at
LONGEST_SECTION = 60  # characters
LONGEST_TOTAL = 40  # characters
LONGEST_MEETING = 100  # characters
_TOTAL = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|summe|gesamt|summa|suma|totaux|totale|totaal|count|anzahl"
    r"|average|mean)\b",
    re.IGNORECASE,
)
_AMOUNT_OF_A_TOTAL = re.compile(r"[^\W\d_]{0,3}[\s$€£]*[-(]?[\d.,'\s]+\)?\s*%?[^\W\d_]{0,5}")
_BESIDE_A_MEETING = QUALIFIER | {
    "motions",
    "items",
    "item",
    "business",
    "new",
    "proposals",
    "agenda",
    "list",
    "held",
    "submitted",
    "presented",
    "considered",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One row of a table."""

    number: int  # of its row in the sheet or file, counted from 1
    cells: tuple[str, ...]
    sheet: str = ""
    # what lines between the rows say above it: of its kind, and of its meeting
    section: str | None = None
    meeting: str | None = None


@dataclass
class ItemRows:
    """The rows of items of a sheet, and what is left out."""

    rows: list[TableRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A row that has words in one place only."""

    words: str
    heading: str


def item_rows(sheet: Sheet, heading_place: int, names: Sequence[str]) -> ItemRows:
    """The rows below the headings. `names` are the headings as the table calls them."""
    return _RowReader(sheet, heading_place, names).read()


class _RowReader:
    """Goes down the rows of a sheet; a line between them is said of all rows below it."""

    def __init__(self, sheet: Sheet, heading_place: int, names: Sequence[str]) -> None:
        self.sheet = sheet
        self.heading_place = heading_place
        self.names = names
        self.headings = [plain(cell) for cell in sheet.rows[heading_place]]
        self.heading_count = len([heading for heading in self.headings if heading])
        self.is_export = is_export(names)
        self.section: str | None = None
        self.meeting: str | None = None
        self.result = ItemRows()

    def read(self) -> ItemRows:
        first = self.heading_place + 1
        for place, published in enumerate(self.sheet.rows[first:], first):
            cells = published if self.is_export else _without_error_values(published)
            if any(cells) and not self._repeats_headings(cells):
                self._read_row(place, cells)
        return self.result

    def _read_row(self, place: int, cells: tuple[str, ...]) -> None:
        if place in self.sheet.hidden_rows:
            self.result.problems.append(_hidden(place))
            return
        filled = [(column, cell) for column, cell in enumerate(cells) if cell]
        column, cell = filled[0]
        line = _Line(cell[:LONGEST_LINE], self.names[column])
        if len(filled) == 1:
            if self._is_of_a_meeting(line):
                self.meeting = line.words
                return
            if (
                self.heading_count >= LEAST_HEADINGS_OF_A_LINE
                and not kinds.code_of(line.words).normalised
            ):
                self._read_line(place, cells, line)
                return
        if self._is_total(line, filled):
            self._leave_out(place, line, _("is a total"))
            return
        self._add(place, cells)

    def _read_line(self, place: int, cells: tuple[str, ...], line: _Line) -> None:
        """A line without a number: a section, or a report on the item above; or it is left out."""
        if _is_section(line.words):
            self.section = line.words
        elif self.result.rows and not self.is_export and _reports(line.heading):
            self._add(place, cells)
        else:
            why = _("holds nothing but %(words)r", words=line.words[:60])
            self._leave_out(place, line, why)

    def _add(self, place: int, cells: tuple[str, ...]) -> None:
        row = TableRow(
            number=place + 1,
            cells=cells,
            sheet=self.sheet.name,
            section=self.section,
            meeting=self.meeting,
        )
        self.result.rows.append(row)

    def _leave_out(self, place: int, line: _Line, why: str) -> None:
        problem = Problem(
            severity=Severity.WARNING,
            what=_("Row %(row)s %(why)s, and is left out.", row=place + 1, why=why),
            to_do=_("If it is an item, give it a number, a title or a text."),
            row=place + 1,
            column=line.heading,
        )
        self.result.problems.append(problem)

    def _repeats_headings(self, cells: Sequence[str]) -> bool:
        """A row that has the headings once more, as printed lists do on each page."""
        filled = [
            plain(cell) == heading
            for cell, heading in zip(cells, self.headings, strict=False)
            if cell
        ]
        return len(filled) > 1 and sum(filled) >= 0.8 * len(filled)

    def _is_of_a_meeting(self, line: _Line) -> bool:
        return (
            self.heading_count >= LEAST_HEADINGS_OF_A_MEETING
            and not self.is_export
            and _names_a_meeting(line.words)
        )

    def _is_total(self, line: _Line, filled: Sequence[tuple[int, str]]) -> bool:
        if not _TOTAL.match(line.words.strip(" *#:")) or len(line.words) >= LONGEST_TOTAL:
            return False
        is_nearly_empty = len(filled) <= max(3, len(self.headings) // 2)
        return is_nearly_empty and all(
            _AMOUNT_OF_A_TOTAL.fullmatch(cell) for _column, cell in filled[1:]
        )


def _without_error_values(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Cells without what spreadsheets write into empty ones: "nan", "#REF!"."""
    return tuple("" if LEFT_EMPTY.fullmatch(cell.strip()) else cell for cell in cells)


def _hidden(place: int) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_("The row is hidden in the workbook, and is left out."),
        to_do=_("If it is an item, show it, and save the workbook again."),
        row=place + 1,
    )


def _is_section(words: str) -> bool:
    """A line that says of which kind the rows below it are: "Bylaw amendments"."""
    if len(words) >= LONGEST_SECTION or re.search(r"\d{3}", words) or _TOTAL.match(words):
        return False
    return kinds.kind_of(words) is not None


def _names_a_meeting(words: str) -> bool:
    """A line that says of which meeting the rows below it are; a year alone says that too."""
    if re.fullmatch(r"(?:19|20)\d\d", words) or meetings.is_a_name(words):
        return True
    meeting = meetings.inside(words) if len(words) < LONGEST_MEETING else None
    if meeting is None:
        return False
    words_beside = re.findall(r"[^\W_]+", words.replace(meeting.words, " "))
    return all(word.casefold() in _BESIDE_A_MEETING or kinds.kind_of(word) for word in words_beside)


def _reports(heading: str) -> bool:
    """A column of words on the follow-through; a plain "Status" may be the floor's."""
    field_and_sure = named(heading)
    if field_and_sure is None:
        return False
    is_report = field_and_sure[0] in (Field.UPDATE, Field.PROGRESS, Field.COMPLETE)
    return is_report or field_and_sure == (Field.STATUS, Sure.LIKELY)
