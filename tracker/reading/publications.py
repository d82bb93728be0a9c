"""Who may read each convention of a body, and which edition of it readers see.

It is of today, whatever day is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.extensions import Instant
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.ledger_tables import Event, Text
from tracker.record.prepared import Prepared
from tracker.record.publications import (
    Edition,
    EditionPublication,
    EditionSchedule,
    Publication,
)
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
    set_hour: datetime | None = None  # at which the next edition is published


def readers_as_of(state: PublicationState, as_of: AsOf) -> AsOf | None:
    """What of a convention readers are shown who ask for it as of a day; None: there is no edition.

    By edition: a day from that of the newest edition on is answered as of the edition, an earlier
    one as known then, as far as the edition knows of it.
    """
    if not state.by_edition:
        return as_of
    if state.edition is None:
        return None
    return edition_as_of(state.edition.on, state.edition.up_to, as_of)


def edition_as_of(on: date, up_to: int, as_of: AsOf) -> AsOf:
    """A day, as an edition of the day `on` answers it."""
    if as_of.happened:
        return replace(as_of, on=min(as_of.on, on), up_to=up_to)
    if as_of.is_now or as_of.on >= on:
        return AsOf(on, up_to=up_to)
    return replace(as_of, up_to=up_to)


LAST_EVENT = 2**63 - 1
"""After every event."""

UNSETTLED = PublicationState()
"""A convention of which nobody has said who may read it: everybody, and live."""


def visibility_of(
    session: Session, body_id: int, up_to: int = LAST_EVENT
) -> Mapping[int, PublicationState]:
    """Of every convention of the body, by its key; in one statement.

    :param up_to: an event; the newest edition is that of then, while who may read is of today
    """
    states = {}
    rows = _publications().rows(session.connection(), {"body": body_id, "up_to": up_to})
    for convention_id, visibility, by_edition, recorded_by, set_hour, *of_edition in rows:
        edition = _published(*of_edition)
        states[convention_id] = (
            PublicationState(edition=edition, set_hour=set_hour)
            if visibility is None
            else PublicationState(
                visibility=visibility,
                by_edition=by_edition,
                edition=edition,
                recorded_by=recorded_by,
                set_hour=set_hour,
            )
        )  # the last read wins
    return states


def _published(
    number: int | None, up_to: int, on: date, line: str | None
) -> PublishedEdition | None:
    if number is None:
        return None
    return PublishedEdition(number=number, up_to=up_to, on=on, line=line)


@cache
def _publications() -> Prepared:
    settled = sa.and_(
        Publication.convention_id == Convention.id, Publication.retracted_by.is_(None)
    )
    published = aliased(Edition)
    newest = (
        sa.select(sa.func.max(EditionPublication.edition_id))
        .join(published, published.id == EditionPublication.edition_id)
        .where(
            published.convention_id == Convention.id,
            EditionPublication.recorded_by <= sa.bindparam("up_to", type_=sa.BigInteger),
        )
        .correlate(Convention)
        .scalar_subquery()
    )
    return Prepared(
        sa.select(
            Convention.id,
            Publication.visibility,
            Publication.by_edition,
            Publication.recorded_by,
            _set_hour(),
            Edition.number,
            Edition.up_to,
            Event.effective_on,
            Text.words,
        )
        .outerjoin(Publication, settled)
        .outerjoin(Edition, Edition.id == newest)
        .outerjoin(EditionPublication, EditionPublication.edition_id == Edition.id)
        .outerjoin(Event, Event.id == Edition.recorded_by)
        .outerjoin(Text, Text.digest == EditionPublication.line)
        .where(Convention.body_id == sa.bindparam("body"))
        .order_by(Convention.id, Publication.recorded_by, Publication.id)
    )


def _set_hour() -> sa.ScalarSelect[datetime]:
    """Of the next edition of a convention, where one stands."""
    pinned, published = aliased(Edition), aliased(EditionPublication)
    is_published = sa.select(published.id).where(published.edition_id == pinned.id)
    return (
        sa.select(sa.func.min(EditionSchedule.at, type_=Instant()))
        .join(pinned, pinned.id == EditionSchedule.edition_id)
        .where(
            pinned.convention_id == Convention.id,
            pinned.retracted_by.is_(None),
            EditionSchedule.ended_by.is_(None),
            EditionSchedule.retracted_by.is_(None),
            ~is_published.correlate(pinned).exists(),
        )
        .correlate(Convention)
        .scalar_subquery()
    )
