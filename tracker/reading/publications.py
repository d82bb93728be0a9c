"""Who may read each convention of a body, and which edition of it readers see.

It is of today, whatever day is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.conventions import Convention
from tracker.record.prepared import Prepared
from tracker.record.publications import Publication
from tracker.rules.codes import Visibility


@dataclass(frozen=True, kw_only=True)
class PublishedEdition:
    """The newest edition of a convention that is published."""

    number: int
    up_to: int  # the event at which it stops
    on: date  # the day of that event in the body's zone
    line: str | None  # for readers, beside its date


@dataclass(frozen=True, kw_only=True)
class PublicationState:
    visibility: Visibility = Visibility.PUBLIC
    by_edition: bool = False
    edition: PublishedEdition | None = None
    recorded_by: int | None = None  # the event that settled it; None: nobody did


UNSETTLED = PublicationState()
"""A convention of which nobody has said who may read it: everybody, and live."""


def visibility_of(session: Session, body_id: int) -> Mapping[int, PublicationState]:
    """Of every convention of the body, by its key; in one statement."""
    states = {}
    rows = _publications().rows(session.connection(), {"body": body_id})
    for convention_id, visibility, by_edition, recorded_by in rows:  # the last read wins
        states[convention_id] = (
            UNSETTLED
            if visibility is None
            else PublicationState(
                visibility=visibility, by_edition=by_edition, recorded_by=recorded_by
            )
        )
    return states


@cache
def _publications() -> Prepared:
    settled = sa.and_(
        Publication.convention_id == Convention.id, Publication.retracted_by.is_(None)
    )
    return Prepared(
        sa.select(
            Convention.id, Publication.visibility, Publication.by_edition, Publication.recorded_by
        )
        .outerjoin(Publication, settled)
        .where(Convention.body_id == sa.bindparam("body"))
        .order_by(Convention.id, Publication.recorded_by, Publication.id)
    )
