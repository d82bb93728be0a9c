"""The sheets of a source become one table of items, with headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.importing import remedies
from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.translation import gettext as _

from .heading_rows import (
    are_alike,
    heading_row,
    names,
    place_of,
    score,
    titles,
    with_the_row_above,
)
from .item_rows import TableRow, item_rows
from .sources import Sheet, Source

MOST_ROWS = 20_000


@dataclass(frozen=True, kw_only=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    titles: tuple[str, ...] = ()  # what stands above the headings, and the names of the sheets
    problems: tuple[Problem, ...] = ()  # of rows and sheets that are left out
    # by sheet: what stands above its headings
    titles_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # places of columns that the workbook hides; None: it does not tell
    hidden: frozenset[int] | None = frozenset()


@dataclass(frozen=True)
class _SheetWithHeadings:
    sheet: Sheet
    place: int  # of the row of headings

    @property
    def heading_row(self) -> Sequence[str]:
        return self.sheet.rows[self.place]


def table(source: Source, header_row: int | None = None, sheet: str | None = None) -> Table:
    """The table of a source, from all sheets whose columns are alike.

    `header_row` (counted from 1) and `sheet` are what a mapping file says. Raises Unreadable
    where no row has headings, or there are too many rows.
    """
    sheets = _sheets(source, sheet)
    candidates = [_with_headings(candidate_sheet, header_row) for candidate_sheet in sheets]
    first = _best(candidates, source.file_name)
    if sum(len(candidate_sheet.rows) for candidate_sheet in sheets) > MOST_ROWS:
        raise Unreadable(
            _(
                "%(file)s has more than %(most)s rows: is it the right file? "
                "A list may come in several files.",
                file=source.file_name,
                most=MOST_ROWS,
            )
        )
    headings = names(with_the_row_above(first.sheet, first.place))
    items = item_rows(first.sheet, first.place, headings)
    rows, problems = items.rows, items.problems
    problems += [_hidden_sheet(name) for name in source.hidden_sheets]
    hidden = first.sheet.hidden_columns
    titles_of = {first.sheet.name: titles(first.sheet, first.place)}
    for other_sheet, other in zip(sheets, candidates, strict=True):
        if other_sheet is first.sheet:
            continue
        if other is None or not are_alike(first.heading_row, other.heading_row):
            problems.append(_sheet_with_other_columns(other_sheet.name))
            continue
        other_headings = names(other.heading_row)
        order = [place_of(other_headings, heading) for heading in headings]
        other_items = item_rows(other_sheet, other.place, other_headings)
        rows += [_in_order(row, order) for row in other_items.rows]
        problems += other_items.problems
        titles_of[other_sheet.name] = titles(other_sheet, other.place)
        hidden = _hidden_in_either(hidden, other_sheet, order)
    name_of_sheet = (first.sheet.name,) if first.sheet.name else ()
    return Table(
        headings=headings,
        rows=tuple(rows),
        titles=titles_of[first.sheet.name] + name_of_sheet,
        problems=tuple(problems),
        titles_of=titles_of,
        hidden=hidden,
    )


def _sheets(source: Source, name: str | None) -> list[Sheet]:
    """The sheets that are not empty, or the one that the mapping file names."""
    sheets = [sheet for sheet in source.sheets if any(map(any, sheet.rows))]
    if name is not None:
        sheets = [sheet for sheet in sheets if sheet.name == name]
        if not sheets:
            raise Unreadable(
                _(
                    "%(file)s has no sheet %(sheet)r: it has %(known)s.",
                    file=source.file_name,
                    sheet=name,
                    known=", ".join(sheet.name for sheet in source.sheets),
                )
            )
    if not sheets:
        raise Unreadable(_("%(file)s is empty: export the table again.", file=source.file_name))
    return sheets


def _with_headings(sheet: Sheet, header_row: int | None) -> _SheetWithHeadings | None:
    place = header_row - 1 if header_row else heading_row(sheet)
    if place is None or place >= len(sheet.rows):
        return None
    return _SheetWithHeadings(sheet, place)


def _best(candidates: Sequence[_SheetWithHeadings | None], file_name: str) -> _SheetWithHeadings:
    """The sheet that looks most like a table of items; of equals the longest, then the first."""
    with_headings = [candidate for candidate in candidates if candidate is not None]
    if not with_headings:
        raise Unreadable(
            _(
                "%(file)s: no row has headings such as Number, Title, Text, Status.",
                file=file_name,
            ),
            remedies.name_the_columns(),
        )
    return max(
        with_headings,
        key=lambda candidate: (score(candidate.heading_row), len(candidate.sheet.rows)),
    )


def _in_order(row: TableRow, order: Sequence[int | None]) -> TableRow:
    """A row with its cells under the headings of the first sheet."""
    cells = tuple("" if place is None else row.cells[place] for place in order)
    return replace(row, cells=cells)


def _hidden_in_either(
    hidden: frozenset[int] | None, other: Sheet, order: Sequence[int | None]
) -> frozenset[int] | None:
    """`order` has the place in the other sheet of each column of the first."""
    if hidden is None or other.hidden_columns is None:
        return None
    hidden_in_other = other.hidden_columns
    return hidden | {
        place for place, other_place in enumerate(order) if other_place in hidden_in_other
    }


def _hidden_sheet(name: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_("The sheet %(sheet)r is hidden, and is left out.", sheet=name),
        to_do=_("If it has items, show it, and save the workbook again."),
    )


def _sheet_with_other_columns(name: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_("The sheet %(sheet)r has other columns, and is left out.", sheet=name),
        to_do=remedies.choose_the_sheet(name),
    )
