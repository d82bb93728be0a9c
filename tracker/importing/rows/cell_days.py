"""The day that a cell names beside what it says."""

from __future__ import annotations

from datetime import date

from tracker.importing.codes import Field
from tracker.importing.values import dates

from . import doubts
from .cells import Cells


def day_inside(cells: Cells, field: Field, words: str | None, year: int | None) -> date | None:
    """The day that a cell names beside what was done; one that cannot be told is asked for, and
    stays empty.
    """
    if not words:
        return None
    day = dates.read(words, _order(cells, field), year)
    doubt = "future" if day.on and day.on > cells.reading.today else day.doubt
    if doubt and field in cells.columns_by_field:
        cells.warn(field, *doubts.of_a_day(doubt, words))
    return None if doubt else day.on


def _order(cells: Cells, field: Field) -> dates.Order | None:
    """Of a day inside a cell: as the mapping says, else as all columns of the list that prove an
    order do.
    """
    as_mapped, column = cells.reading.mapping.date_order, cells.columns_by_field.get(field)
    proved = {order for order in cells.reading.orders.values() if order}
    own = cells.reading.orders.get(column.place) if column else None
    return as_mapped or own or (next(iter(proved)) if len(proved) == 1 else None)
