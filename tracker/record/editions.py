"""The editions of a convention as they are now: who made each, who signed it off, when it was
published or is to be.

What an edition says of the items is not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.rules.publication import EditionState

from .conventions import Convention
from .ledger_tables import Event, Text
from .publications import Edition, EditionPublication, EditionSchedule, EditionSignOff


@dataclass(frozen=True, kw_only=True)
class SignOffRecord:
    by: int  # a person of the body
    at: datetime
    note: str | None
    copy_sha256: str | None
    event: int


@dataclass(frozen=True, kw_only=True)
class ScheduleRecord:
    """The set hour that stands."""

    id: int
    at: datetime
    by: int
    line: str | None
    event: int


@dataclass(frozen=True, kw_only=True)
class PublicationRecord:
    at: datetime
    by: int
    line: str | None
    by_worker: bool
    event: int


@dataclass(frozen=True, kw_only=True)
class EditionRecord:
    id: int
    convention_id: int
    number: int
    up_to: int
    on: date  # the day on which it was made, in the body's zone
    made_at: datetime
    made_by: int
    event: int  # that recorded it
    is_replaced: bool  # its copy was made anew
    sign_off: SignOffRecord | None
    schedule: ScheduleRecord | None
    publication: PublicationRecord | None

    @property
    def state(self) -> EditionState:
        return EditionState(
            made_by=self.made_by,
            is_replaced=self.is_replaced,
            is_signed_off=self.sign_off is not None,
            is_published=self.publication is not None,
        )

    @property
    def newest_event(self) -> int:
        """The newest that is about it."""
        parts = (self.sign_off, self.schedule, self.publication)
        return max([self.event, *(part.event for part in parts if part is not None)])


@dataclass(frozen=True, kw_only=True)
class Editions:
    """Of one convention, those that count."""

    pinned: EditionRecord | None  # the next one: its copy is made, and it is not published
    published: tuple[EditionRecord, ...]  # the newest first

    @property
    def newest(self) -> EditionRecord | None:
        """That readers see."""
        return self.published[0] if self.published else None

    @property
    def next_number(self) -> int:
        """Of the one that is published next."""
        return self.newest.number + 1 if self.newest else 1

    def numbered(self, number: int) -> EditionRecord | None:
        """Published, or made to be."""
        every = (*self.published, *([self.pinned] if self.pinned else []))
        return next((edition for edition in every if edition.number == number), None)


def editions_of(session: Session, convention_id: int) -> Editions:
    """In one statement, whatever their number."""
    rows = _records(session, Edition.convention_id == convention_id, Edition.retracted_by.is_(None))
    records = sorted(rows, key=lambda record: record.number, reverse=True)
    return Editions(
        pinned=next((record for record in records if record.publication is None), None),
        published=tuple(record for record in records if record.publication is not None),
    )


def edition_record(session: Session, edition_id: int) -> EditionRecord | None:
    """One, be it made anew since."""
    return next(_records(session, Edition.id == edition_id), None)


def due(session: Session, now: datetime) -> list[tuple[int, EditionRecord]]:
    """Of all bodies, those whose set hour is past, each with its body's key; oldest hour first."""
    body_of = {
        edition_id: body_id
        for edition_id, body_id in session.execute(
            sa.select(Edition.id, Convention.body_id)
            .join(Convention, Convention.id == Edition.convention_id)
            .join(EditionSchedule, EditionSchedule.edition_id == Edition.id)
            .outerjoin(EditionPublication, EditionPublication.edition_id == Edition.id)
            .where(
                EditionSchedule.ended_by.is_(None),
                EditionSchedule.retracted_by.is_(None),
                EditionSchedule.at <= now,
                Edition.retracted_by.is_(None),
                EditionPublication.id.is_(None),
            )
            .order_by(EditionSchedule.at, EditionSchedule.id)
        )
    }
    if not body_of:
        return []
    by_id = {record.id: record for record in _records(session, Edition.id.in_(body_of))}
    return [(body_id, by_id[edition_id]) for edition_id, body_id in body_of.items()]


def _records(session: Session, *where: sa.ColumnElement[bool]) -> Iterator[EditionRecord]:
    made, signed, planned, published = (aliased(Event) for _ in range(4))
    note, planned_line, line = (aliased(Text) for _ in range(3))
    stands = sa.and_(
        EditionSchedule.edition_id == Edition.id,
        EditionSchedule.ended_by.is_(None),
        EditionSchedule.retracted_by.is_(None),
    )
    rows = session.execute(
        sa.select(Edition, made.recorded_at, made.effective_on, made.actor_id)
        .add_columns(EditionSignOff, signed.recorded_at, signed.actor_id, note.words)
        .add_columns(EditionSchedule, planned.actor_id, planned_line.words)
        .add_columns(EditionPublication, published.recorded_at, published.actor_id, line.words)
        .join(made, made.id == Edition.recorded_by)
        .outerjoin(EditionSignOff, EditionSignOff.edition_id == Edition.id)
        .outerjoin(signed, signed.id == EditionSignOff.recorded_by)
        .outerjoin(note, note.digest == EditionSignOff.note)
        .outerjoin(EditionSchedule, stands)
        .outerjoin(planned, planned.id == EditionSchedule.recorded_by)
        .outerjoin(planned_line, planned_line.digest == EditionSchedule.line)
        .outerjoin(EditionPublication, EditionPublication.edition_id == Edition.id)
        .outerjoin(published, published.id == EditionPublication.recorded_by)
        .outerjoin(line, line.digest == EditionPublication.line)
        .where(*where)
    )
    for edition, made_at, on, made_by, *others in rows:
        yield EditionRecord(
            id=edition.id,
            convention_id=edition.convention_id,
            number=edition.number,
            up_to=edition.up_to,
            on=on,
            made_at=made_at,
            made_by=made_by,
            event=edition.recorded_by,
            is_replaced=edition.retracted_by is not None,
            sign_off=_sign_off(*others[:4]),
            schedule=_schedule(*others[4:7]),
            publication=_publication(*others[7:]),
        )


def _sign_off(
    fact: EditionSignOff | None, at: datetime, by: int, note: str | None
) -> SignOffRecord | None:
    if fact is None:
        return None
    return SignOffRecord(
        by=by, at=at, note=note, copy_sha256=fact.copy_sha256, event=fact.recorded_by
    )


def _schedule(fact: EditionSchedule | None, by: int, line: str | None) -> ScheduleRecord | None:
    if fact is None:
        return None
    return ScheduleRecord(id=fact.id, at=fact.at, by=by, line=line, event=fact.recorded_by)


def _publication(
    fact: EditionPublication | None, at: datetime, by: int, line: str | None
) -> PublicationRecord | None:
    if fact is None:
        return None
    return PublicationRecord(
        at=at, by=by, line=line, by_worker=fact.schedule_id is not None, event=fact.recorded_by
    )
