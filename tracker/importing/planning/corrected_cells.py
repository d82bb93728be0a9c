"""Cells that the office corrected while it looked at a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.importing.tables.item_rows import TableRow
from tracker.importing.tables.item_tables import Table

from .options import RowPlace


def with_cells(table: Table, cells: Mapping[RowPlace, Mapping[str, str]]) -> Table:
    """The table with these in place of its own, by row and heading; what it has not is left."""
    if not cells:
        return table
    return replace(table, rows=tuple(_corrected(row, table, cells) for row in table.rows))


def _corrected(
    row: TableRow, table: Table, cells: Mapping[RowPlace, Mapping[str, str]]
) -> TableRow:
    corrected = cells.get((row.sheet, row.number))
    if corrected is None:
        return row
    return replace(
        row,
        cells=tuple(
            corrected.get(heading, cell)
            for heading, cell in zip(table.headings, row.cells, strict=False)
        ),
    )
