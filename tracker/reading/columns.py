"""The columns of a body's lists for which the record has no field, for the office.

What they hold, and whether readers see them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import columns as record
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.record.surroundings import zone_of
from tracker.rules.columns import Guard, guard


@dataclass(frozen=True, kw_only=True)
class ColumnDetails:
    body: str  # its slug
    convention: str  # its slug
    convention_id: int
    heading: str
    items: int  # how many have a cell under it
    guard: Guard | None  # why it opens only by itself
    opened_on: date | None  # None: closed
    # Earlier versions showed its cells to everybody, and nobody has opened it since.
    closed_by_upgrade: bool

    @property
    def open(self) -> bool:
        return self.opened_on is not None


def columns(
    session: Session, body: Body, convention_slug: str | None = None
) -> list[ColumnDetails]:
    """Of one convention, or of all that the body has; in the order of their slugs and headings."""
    zone = zone_of(session, body.id)
    only = Convention.slug == convention_slug if convention_slug is not None else sa.true()
    slugs = {
        key: slug
        for key, slug in session.execute(
            sa.select(Convention.id, Convention.slug).where(Convention.body_id == body.id, only)
        )
    }
    details = [
        ColumnDetails(
            body=body.slug,
            convention=slugs[column.convention_id],
            convention_id=column.convention_id,
            heading=column.heading,
            items=column.items,
            guard=guard(column.heading, column.visibilities),
            opened_on=column.opened_at.astimezone(zone).date() if column.opened_at else None,
            closed_by_upgrade=None in column.visibilities and not column.ever_opened,
        )
        for column in record.columns(session, list(slugs))
    ]
    return sorted(details, key=lambda column: (column.convention, column.heading))
