"""A row that goes on below its item without a number: what names the item is copied into it from
the row above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.importing.codes import Field
from tracker.importing.tables.item_rows import TableRow
from tracker.importing.values import statuses

from .cells import Cells
from .file_reading import FileReading

_IDENTITY = (Field.NUMBER, Field.CODE, Field.TITLE, Field.TEXT)
_COPIED = (Field.NUMBER, Field.CODE, Field.TITLE, Field.YEAR, Field.CONVENTION, Field.KIND)
_REPORTS = (Field.PROGRESS, Field.COMPLETE)


def name_continued_rows(reading: FileReading, rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows, with what names the item copied into those that only go on reporting of it."""
    if reading.is_export:
        return list(rows)
    named: list[TableRow] = []
    for row in rows:
        above = named[-1] if named else None
        if above and _are_together(above, row) and _goes_on(reading, row):
            named.append(_named_as(reading, row, above))
        else:
            named.append(row)
    return named


def _are_together(above: TableRow, row: TableRow) -> bool:
    return above.sheet == row.sheet and above.section == row.section


def _goes_on(reading: FileReading, row: TableRow) -> bool:
    """The row reports, and names no item. A decision of the floor is no report."""
    cells = Cells(reading, row)
    if any(cells[field] for field in _IDENTITY):
        return False
    if any(cells[field] for field in _REPORTS):
        return True
    if any(cells.at(column) for column in cells.updates):
        return True
    return bool(cells[Field.STATUS]) and not statuses.read(cells[Field.STATUS]).floor


def _named_as(reading: FileReading, row: TableRow, above: TableRow) -> TableRow:
    """The text names the item where nothing else does."""
    words = list(row.cells)
    cells_above = Cells(reading, above)
    fields: tuple[Field, ...] = _COPIED
    if not any(cells_above[field] for field in _IDENTITY if field is not Field.TEXT):
        fields = (*_COPIED, Field.TEXT)
    for column in reading.columns:
        if column.field in fields and column.place < len(words) and not words[column.place]:
            words[column.place] = above.cells[column.place]
    return replace(row, cells=tuple(words))
