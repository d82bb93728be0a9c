"""What the page "Going public" shows of a convention's editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import request, url_for
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.formatting import worker_words
from tracker.jobs.heartbeat import worker_state
from tracker.office.conventions.convention_page import OfficeConventionTarget
from tracker.office.reports.lines import CopyLine, copy_line
from tracker.reading.edition_changes import EditionChanges, edition_changes, items_that_wait
from tracker.record.editions import EditionRecord, Editions, editions_of
from tracker.reports.making.tasks import copies_by_edition
from tracker.rules.permissions import Permission, is_permitted

from .edition_forms import AT, EditionForm, PublishForm, SignOffForm

LONGEST_LINE = 200


@dataclass(frozen=True, kw_only=True)
class EditionBox:
    """`sign_off` and `publish` are None where this person cannot do it, or nobody can yet."""

    path: str  # of the page
    editions: Editions
    changes: EditionChanges | None
    copies: Mapping[int, CopyLine]  # of the board's copies, by the edition's key
    waiting: Mapping[int, int]  # what was released since the copy: by item, how many
    needs_sign_off: bool
    is_maker: bool  # this person made the copy
    people: Mapping[int, str]
    zone: ZoneInfo
    now: datetime  # in that zone
    newest_event: int
    worker_waits: str | None  # what is said of the worker where it is down
    sign_off: SignOffForm | None
    publish: PublishForm | None
    errors: Sequence[str]

    @property
    def pinned(self) -> EditionRecord | None:
        return self.editions.pinned

    @property
    def may_be_published(self) -> bool:
        """Nothing is missing any more."""
        pinned = self.pinned
        return pinned is not None and (not self.needs_sign_off or pinned.sign_off is not None)

    @property
    def is_busy(self) -> bool:
        """The copy of the next edition is being made."""
        copy = self.copies.get(self.pinned.id) if self.pinned else None
        return copy is not None and not copy.is_over


def edition_box(
    session: Session,
    target: OfficeConventionTarget,
    sent: EditionForm | None = None,
    errors: Sequence[str] = (),
) -> EditionBox:
    """:param sent: the form that is shown with what was written"""
    context, convention_id = target.found.context, target.convention.id
    zone, at = context.settings.zone, now()
    editions = editions_of(session, convention_id)
    pinned = editions.pinned
    worker = worker_state(current_settings(), at)
    waits = worker_words.waits(worker, at, zone) if worker.is_down else None
    may_govern = is_permitted(target.found.actor, Permission.GOVERN)
    is_maker = pinned is not None and pinned.made_by == target.found.actor.person_id
    needs_sign_off = context.settings.sign_off
    may_sign = may_govern and needs_sign_off and not is_maker
    return EditionBox(
        path=url_for(
            "office.going_public",
            body=context.body.slug,
            convention_slug=target.convention.slug,
        ),
        editions=editions,
        changes=edition_changes(session, context, convention_id, editions, target.found.today),
        copies={
            edition_id: copy_line(job, current_settings(), waits)
            for edition_id, job in copies_by_edition(
                session, convention_id, context.body.id
            ).items()
        },
        waiting=items_that_wait(session, convention_id, pinned) if pinned else {},
        needs_sign_off=needs_sign_off,
        is_maker=is_maker,
        people=context.people,
        zone=zone,
        now=at.astimezone(zone),
        newest_event=context.head,
        worker_waits=waits,
        sign_off=_sign_off(pinned, context.head, sent) if may_sign else None,
        publish=_publish(pinned, context.head, zone, sent) if may_govern else None,
        errors=errors,
    )


def _sign_off(
    pinned: EditionRecord | None, newest_event: int, sent: EditionForm | None
) -> SignOffForm | None:
    if pinned is None or pinned.sign_off is not None:
        return None
    if isinstance(sent, SignOffForm):
        return sent
    return SignOffForm(pinned, newest_event)


def _publish(
    pinned: EditionRecord | None, newest_event: int, zone: ZoneInfo, sent: EditionForm | None
) -> PublishForm | None:
    """With the hour and the line that were set before."""
    if pinned is None:
        return None
    if isinstance(sent, PublishForm):
        return sent
    if pinned.schedule is None:
        line = request.args.get("line", "")[:LONGEST_LINE]
        return PublishForm(pinned, newest_event, zone, line=line)
    at = pinned.schedule.at.astimezone(zone)
    return PublishForm(
        pinned,
        newest_event,
        zone,
        when=AT,
        day=at.date(),
        hour=at.time(),
        line=pinned.schedule.line or "",
    )
