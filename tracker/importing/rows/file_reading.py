"""What all rows of a file have in common when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.importing.tables.columns import Column
from tracker.importing.values.dates import Order
from tracker.importing.values.meetings import ListedMeeting
from tracker.rules.codes import Kind

from .mapping import ListMapping


@dataclass(frozen=True)
class SheetContext:
    """What the name of a sheet, or the title above its table, says of the rows in it.

    `named_by` tells which of the two it is.
    """

    year: int | None = None
    meeting: ListedMeeting | None = None
    named_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """What all rows of a file have in common."""

    columns: tuple[Column, ...]
    mapping: ListMapping
    today: date
    orders: Mapping[int, Order | None] = field(default_factory=dict)  # by place of a column of days
    year: int | None = None  # of all rows that say none
    kind: Kind = Kind.NEW_BUSINESS_ITEM
    kind_named: bool = False  # by a heading or a title, and not only taken so
    added_kinds: frozenset[str] = frozenset()
    currency: str | None = None  # the body's
    # the first day of a convention, by its year: nothing was adopted before it
    first_days: Mapping[int, date] = field(default_factory=dict)
    # by the name of the sheet; "" for a file without sheets
    sheets: Mapping[str, SheetContext] = field(default_factory=dict)
    is_export: bool = False  # of the record: nothing in it has to be repaired
