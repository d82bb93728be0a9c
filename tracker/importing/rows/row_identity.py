"""Which item a row is of: its number, kind, year and meeting. All that say the year must agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.problems import Severity
from tracker.importing.values import kinds, meetings
from tracker.importing.values.kinds import Code
from tracker.importing.values.meetings import ListedMeeting
from tracker.rules import item_code
from tracker.translation import gettext as _

from .cells import Cells
from .row_meetings import RowMeeting, row_meeting


@dataclass(frozen=True, kw_only=True)
class RowIdentity:
    """`title` is what stood beside the number; `unnumbered` is "unnumbered-1", of an item without
    a number in an export."""

    year: int | None
    meeting: ListedMeeting | None
    meeting_is_blank: bool
    named_by: str | None
    kind: str
    kind_is_assumed: bool
    number: str
    published: str | None
    title: str | None
    unnumbered: str | None


def row_identity(cells: Cells) -> RowIdentity:
    """What contradicts itself is added to the problems of the row."""
    reading = cells.reading
    year = _year_in_cell(cells)
    meeting = row_meeting(cells, year)
    year = _with_year_of_meeting(cells, year, meeting)
    code = _code(cells, year or reading.year)
    _check_code(cells, code, year)
    kind = _kind(cells, code)
    return RowIdentity(
        year=year or code.year or reading.mapping.year or meeting.year or reading.year,
        meeting=meeting.meeting,
        meeting_is_blank=meeting.is_blank,
        named_by=meeting.named_by,
        kind=kind,
        kind_is_assumed=_kind_is_assumed(cells, code),
        number=_number(code, kind),
        published=code.published or None,
        title=code.title,
        unnumbered=_unnumbered(cells),
    )


# --- year -------------------------------------------------------------------------------------


def _year_in_cell(cells: Cells) -> int | None:
    year = re.search(r"(?:19|20)\d\d", cells[Field.YEAR])
    return int(year[0]) if year else None


def _with_year_of_meeting(cells: Cells, year: int | None, meeting: RowMeeting) -> int | None:
    """The year of the row's cell, else that of the meeting which the row itself names."""
    if meeting.meeting is None or meeting.named_by:
        return year
    of_meeting = meeting.meeting.year
    names_one_year = len(meetings.YEAR.findall(cells[Field.CONVENTION])) == 1
    if year and of_meeting and year != of_meeting and names_one_year:
        cells.warn(
            Field.CONVENTION,
            _("The meeting is of %(one)s, the row is of %(other)s.", one=of_meeting, other=year),
            _("Correct one of them."),
            severity=Severity.ERROR,
        )
    return year or of_meeting


# --- number -----------------------------------------------------------------------------------


def _code(cells: Cells, year: int | None) -> Code:
    """What the number says; a column of codes speaks where the number does not."""
    number = cells.words(Field.NUMBER) or ""
    code_cell = cells.words(Field.CODE) or ""
    code = kinds.code_of(number, year) if number else Code(published="", normalised="")
    if not code_cell:
        return code
    by_code = kinds.code_of(code_cell, year)
    has_number = by_code.normalised and not by_code.normalised.startswith(item_code.UNNUMBERED)
    if not code.normalised and has_number:
        return replace(
            by_code,
            published=number or by_code.published,
            kind=code.kind or by_code.kind,
            title=code.title,
        )
    if by_code.kind and not code.kind:
        return Code(
            published=code.published,
            normalised=code.normalised,
            kind=by_code.kind,
            year=code.year or by_code.year,
            title=code.title,
        )
    return code


def _check_code(cells: Cells, code: Code, year: int | None) -> None:
    if code.year and year and code.year != year:
        cells.warn(
            Field.NUMBER,
            _("The number is of %(one)s, the row is of %(other)s.", one=code.year, other=year),
            _("Correct one of them."),
            severity=Severity.ERROR,
        )
    if code.several:
        cells.warn(
            Field.NUMBER,
            _(
                "%(cell)r names more than one item, and a row is one: it is taken without a"
                " number.",
                cell=code.published[:60],
            ),
            _("Write a row for each."),
        )
    if len(code.normalised) > item_code.LONGEST:
        cells.warn(
            Field.NUMBER,
            _("%(cell)r is too long for a number.", cell=code.published[:60]),
            remedies.say_it_is_the_title(),
            severity=Severity.ERROR,
        )


def _number(code: Code, kind: str) -> str:
    """Letters that do not mean the kind are part of the number: SR1 and LR1 are two resolutions."""
    return code.lettered if code.lettered and kind != code.kind else code.normalised


def _unnumbered(cells: Cells) -> str | None:
    parsed = item_code.parse(cells[Field.CODE]) if cells[Field.CODE] else None
    if parsed is None:
        return None
    _prefix, number = parsed
    return number if number.startswith(item_code.UNNUMBERED) else None


# --- kind -------------------------------------------------------------------------------------


def _kind(cells: Cells, code: Code) -> str:
    """By its cell, else by the letters of the number, by the section, or by the list."""
    in_cell = _kind_in_cell(cells, code)
    if in_cell:
        return in_cell
    reading = cells.reading
    section = kinds.kind_of(cells.row.section) if cells.row.section else None
    of_the_list = reading.mapping.kind or (reading.kind if reading.kind_named else None)
    if code.lettered and code.kind and (section or of_the_list):
        kind = section or of_the_list or code.kind
        if not section and kind != code.kind:
            _warn_of_letters(cells, code, kind)
        return kind
    return code.kind or section or reading.mapping.kind or reading.kind


def _kind_in_cell(cells: Cells, code: Code) -> str | None:
    cell = cells[Field.KIND]
    if not cell:
        return None
    added = re.sub(r"\W+", "_", cell.casefold()).strip("_")
    if added in cells.reading.added_kinds:
        return added
    kind = kinds.kind_of(cell)
    if kind is None:
        cells.warn(
            Field.KIND,
            _("%(cell)r is no kind of item that we know.", cell=cell[:60]),
            _(
                "Taken as %(kind)s; say the kind in the file.",
                kind=_spaced(code.kind or cells.reading.kind),
            ),
        )
    return kind


def _warn_of_letters(cells: Cells, code: Code, kind: str) -> None:
    cells.warn(
        Field.NUMBER,
        _(
            "%(cell)r is taken as %(kind)s, as the list says; its letters may mean %(other)s.",
            cell=code.published[:40],
            kind=_spaced(kind),
            other=_spaced(code.kind or ""),
        ),
        _("If so, give a column kind."),
        keep=False,
    )


def _spaced(kind: str) -> str:
    return kind.replace("_", " ")


def _kind_is_assumed(cells: Cells, code: Code) -> bool:
    """Neither the row nor the list says it."""
    named_by_row = code.kind or cells.row.section or cells[Field.KIND]
    return not (named_by_row or cells.reading.mapping.kind or cells.reading.kind_named)
