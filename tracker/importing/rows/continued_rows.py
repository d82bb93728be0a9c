"""A row that goes on below its item without a number: what names the item is copied into it from the row above."""

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


def continued(reading: FileReading, rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows, with what names the item copied into one that only goes on reporting of the item above."""
    found: list[TableRow] = []
    for row in rows:
        above = (
            found[-1]
            if found and found[-1].sheet == row.sheet and found[-1].section == row.section
            else None
        )
        found.append(
            _named_as(reading, row, above)
            if above and not reading.is_export and _goes_on(reading, row)
            else row
        )
    return found


def _goes_on(reading: FileReading, row: TableRow) -> bool:
    cells = Cells(reading, row)
    reports = any(cells[which] for which in _REPORTS) or any(
        cells.at(column) for column in cells.updates
    )
    reports = reports or (
        bool(cells[Field.STATUS]) and not statuses.read(cells[Field.STATUS]).floor
    )  # a decision is no report
    return reports and not any(cells[which] for which in _IDENTITY)


def _named_as(reading: FileReading, row: TableRow, above: TableRow) -> TableRow:
    words = list(row.cells)
    fields = (
        _COPIED
        if any(Cells(reading, above)[which] for which in _IDENTITY[:3])
        else (*_COPIED, Field.TEXT)
    )
    for column in reading.columns:
        if column.field in fields and column.place < len(words) and not words[column.place]:
            words[column.place] = above.cells[column.place]
    return replace(row, cells=tuple(words))
