"""Settling who may read a convention, and whether they read it live or by edition; making the
editions, signing them off, publishing them at once or at a set hour.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.editions import EditionRecord, edition_record, editions_of
from tracker.record.publications import (
    Edition,
    EditionPublication,
    EditionSchedule,
    EditionSignOff,
    Publication,
)
from tracker.record.surroundings import settings
from tracker.rules import publication, refusals
from tracker.rules.codes import Visibility
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext


def set_publication(
    context: ActContext, convention: Convention, visibility: Visibility, *, by_edition: bool = False
) -> Publication:
    """It holds at once, whatever day is asked for. Refused where somebody has settled it since the
    form was loaded.
    """
    context.require(Permission.GOVERN)
    with context.record("publication_set", convention) as act:
        if context.seen is not None:
            newest = context.session.connection().scalar(
                sa.select(sa.func.max(Publication.recorded_by)).where(
                    Publication.convention_id == convention.id
                )
            )
            refusals.need((newest or 0) <= context.seen, Refusal.CHANGED_MEANWHILE)
        return act.add(
            Publication(convention_id=convention.id, visibility=visibility, by_edition=by_edition)
        )


def pin_edition(context: ActContext, convention: Convention) -> Edition:
    """The next edition: the record as it is now. What is recorded from here on waits for the one
    after it.

    One that is not published yet is made anew: its sign-off counts no more, and its set hour is
    stopped. Refused where somebody has made or published one since the form was loaded.
    """
    context.require(Permission.GOVERN)
    with context.record("edition_made") as act:
        editions = editions_of(context.session, convention.id)
        known = [edition.newest_event for edition in (editions.pinned, editions.newest) if edition]
        _need_seen(context, *known)
        if editions.pinned:
            act.retract(Edition, editions.pinned.id)
            if editions.pinned.schedule:
                act.end(EditionSchedule, editions.pinned.schedule.id)
        act.subject = edition = act.add(
            Edition(convention_id=convention.id, number=editions.next_number, up_to=act.key - 1)
        )
    return edition


def sign_edition(
    context: ActContext,
    edition: Edition,
    note: str | None = None,
    copy_sha256: str | None = None,
) -> EditionSignOff:
    """By somebody else than whoever made its copy, and of that copy alone."""
    context.require(Permission.GOVERN)
    with context.record("edition_signed_off", edition) as act:
        publication.sign_off(_now(context, edition).state, context.actor_id)
        return act.add(
            EditionSignOff(
                edition_id=edition.id, note=act.keep_optional_text(note), copy_sha256=copy_sha256
            )
        )


def publish_edition(
    context: ActContext, edition: Edition, line: str | None = None
) -> EditionPublication:
    """Readers see it from now on. A set hour is stopped by it."""
    context.require(Permission.GOVERN)
    with context.record("edition_published", edition) as act:
        record = _now(context, edition)
        publication.publish(record.state, needs_sign_off=_needs_sign_off(context))
        _need_seen(context, record.newest_event)
        if record.schedule:
            act.end(EditionSchedule, record.schedule.id)
        return act.add(EditionPublication(edition_id=edition.id, line=act.keep_optional_text(line)))


def schedule_edition(
    context: ActContext, edition: Edition, at: datetime, line: str | None = None
) -> EditionSchedule:
    """The worker publishes it at that hour. An hour that was set before is stopped."""
    context.require(Permission.GOVERN)
    with context.record("edition_scheduled", edition) as act:
        record = _now(context, edition)
        publication.schedule(
            record.state, needs_sign_off=_needs_sign_off(context), at=at, now=context.now
        )
        _need_seen(context, record.newest_event)
        if record.schedule:
            act.end(EditionSchedule, record.schedule.id)
        return act.add(
            EditionSchedule(edition_id=edition.id, at=at, line=act.keep_optional_text(line))
        )


def stop_schedule(context: ActContext, edition: Edition) -> None:
    """It waits until somebody publishes it, or sets another hour."""
    context.require(Permission.GOVERN)
    with context.record("edition_schedule_stopped", edition) as act:
        record = _now(context, edition)
        refusals.need(record.publication is None, Refusal.ALREADY_PUBLISHED)
        refusals.need(record.schedule is not None, Refusal.NOT_THERE)
        assert record.schedule is not None
        act.end(EditionSchedule, record.schedule.id)


def publish_at_its_hour(context: ActContext, edition: Edition) -> EditionPublication:
    """The worker does, once the set hour is past; with the line that was written then."""
    context.require(Permission.GOVERN)
    with context.record("edition_published", edition) as act:
        record = _now(context, edition)
        publication.publish(record.state, needs_sign_off=_needs_sign_off(context))
        is_due = record.schedule is not None and record.schedule.at <= context.now
        refusals.need(is_due, Refusal.NOT_FROM_THERE)
        assert record.schedule is not None
        planned = context.session.get_one(EditionSchedule, record.schedule.id)
        return act.add(
            EditionPublication(edition_id=edition.id, line=planned.line, schedule_id=planned.id)
        )


def _now(context: ActContext, edition: Edition) -> EditionRecord:
    """Under the lock."""
    record = edition_record(context.session, edition.id)
    assert record is not None
    return record


def _needs_sign_off(context: ActContext) -> bool:
    return settings(context.session, context.body_id, AsOf(context.today)).sign_off


def _need_seen(context: ActContext, *events: int) -> None:
    """Nothing about the edition was recorded since the form was loaded."""
    is_seen = context.seen is None or max(events, default=0) <= context.seen
    refusals.need(is_seen, Refusal.CHANGED_MEANWHILE)
