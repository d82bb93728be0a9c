"""Columns of lists for which the record has no field.

What is on record of them, and which are open to readers now.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.codes import ColumnVisibility

from .conventions import OpenedColumn
from .items import Item, SourceCell
from .ledger_tables import Event


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """Of one convention.

    `items` have a cell under the heading; `ever_opened` counts closed ones as well.
    """

    convention_id: int
    heading: str
    items: int
    visibilities: frozenset[ColumnVisibility | None]
    opening_id: int | None  # the fact that opens it now
    opened_at: datetime | None
    ever_opened: bool


def columns(session: Session, convention_ids: Collection[int]) -> list[SourceColumn]:
    """By convention and heading. Openness is of today, whatever day is asked for elsewhere."""
    counted = session.execute(
        sa.select(Item.convention_id, SourceCell.heading, SourceCell.visibility, SourceCell.item_id)
        .join(Item, Item.id == SourceCell.item_id)
        .where(Item.convention_id.in_(convention_ids), SourceCell.retracted_by.is_(None))
        .distinct()
    )
    cells: dict[tuple[int, str], tuple[set[int], set[ColumnVisibility | None]]] = {}
    for convention_id, heading, visibility, item_id in counted:
        items, visibilities = cells.setdefault((convention_id, heading), (set(), set()))
        items.add(item_id)
        visibilities.add(visibility)
    openings = session.execute(
        sa.select(OpenedColumn, Event.recorded_at)
        .join(Event, Event.id == OpenedColumn.recorded_by)
        .where(OpenedColumn.convention_id.in_(convention_ids))
    ).all()
    ever_opened = {(opened.convention_id, opened.heading) for opened, _ in openings}
    open_now = {
        (opened.convention_id, opened.heading): (opened.id, recorded_at)
        for opened, recorded_at in openings
        if opened.ended_by is None and opened.retracted_by is None
    }
    headings = []
    for (convention_id, heading), (items, visibilities) in sorted(cells.items()):
        opening_id, opened_at = open_now.get((convention_id, heading), (None, None))
        headings.append(
            SourceColumn(
                convention_id=convention_id,
                heading=heading,
                items=len(items),
                visibilities=frozenset(visibilities),
                opening_id=opening_id,
                opened_at=opened_at,
                ever_opened=(convention_id, heading) in ever_opened,
            )
        )
    return headings
