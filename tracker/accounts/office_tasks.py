"""What waits for whoever administers a body, and for its governance office beside the entries that
stand on "My work". Links and words are made where it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.config import Settings
from tracker.installation import backup
from tracker.jobs.heartbeat import worker_state
from tracker.reading.body_context import BodyContext
from tracker.record.bodies import Body, BodySetting
from tracker.record.items import Assignment, Item
from tracker.record.outgoing_mail import MailState, OutgoingMail
from tracker.record.summary import ItemSummary, on_day
from tracker.rules.clause_standing import OPEN
from tracker.rules.codes import Part, Role
from tracker.rules.office_tasks import (
    ENDS_SOON,
    MAIL_WAITS_FOR,
    MANY_TRIES,
    OF_GOVERNANCE,
    OLD_BACKUP,
    OfficeTaskKind,
)
from tracker.rules.permissions import Actor, Permission, is_permitted

from . import attempts
from .body_people import AccountState, BodyPerson, HeldRole, list_people
from .report_tasks import drafts_that_wait


@dataclass(frozen=True, kw_only=True)
class TaskSubject:
    """Whom or what it is about."""

    name: str
    person_id: int | None = None
    day: date | None = None  # on which the link or the role ends
    role: HeldRole | None = None
    count: int | None = None  # of items that are led, of tries


@dataclass(frozen=True, kw_only=True)
class OfficeTask:
    kind: OfficeTaskKind
    subjects: tuple[TaskSubject, ...] = ()
    at: datetime | None = None  # when the worker was last seen, or the last backup made

    @classmethod
    def about(cls, kind: OfficeTaskKind, subjects: Iterable[TaskSubject]) -> Iterator[OfficeTask]:
        """One where there are subjects, else none."""
        found = tuple(subjects)
        if found:
            yield cls(kind=kind, subjects=found)


def tasks_of_installation(
    settings: Settings, now: datetime, *, since: date, zone: ZoneInfo, keeps_backups: bool
) -> tuple[OfficeTask, ...]:
    """What whoever runs the server is to be asked for. Moments are in the zone.

    :param since: when the record began
    :param keeps_backups: false of a made-up installation
    """
    tasks = []
    worker = worker_state(settings, now)
    if worker.is_down:
        seen_at = worker.seen_at.astimezone(zone) if worker.seen_at else None
        tasks.append(OfficeTask(kind=OfficeTaskKind.WORKER_DOWN, at=seen_at))
    made_at = backup.made_at(settings)
    if keeps_backups and made_at is not None and made_at < now - OLD_BACKUP:
        tasks.append(OfficeTask(kind=OfficeTaskKind.BACKUP_OLD, at=made_at.astimezone(zone)))
    if keeps_backups and made_at is None and since < (now - OLD_BACKUP).date():
        tasks.append(OfficeTask(kind=OfficeTaskKind.NO_BACKUP))
    return tuple(tasks)


def tasks_of_body(
    session: Session, body_context: BodyContext, actor: Actor, now: datetime
) -> tuple[OfficeTask, ...]:
    """Those that the actor can do something about. Ten statements at most, however many people."""
    administers = is_permitted(actor, Permission.ADMINISTER)
    if not administers and not actor.governs:
        return ()
    zone = body_context.settings.zone
    today = now.astimezone(zone).date()
    people = list_people(session, body_context.body.id, now, zone)
    tasks = [
        *_of_pages(session, body_context),
        *_of_roles(session, body_context, people, today),
        *_of_closed_accounts(session, people, today),
        *_of_accounts(people, today),
        *_of_mail(session, body_context.body.id, now),
        *_of_reports(session, body_context, actor, now),
    ]
    order = list(OfficeTaskKind)
    return tuple(
        sorted(
            (task for task in tasks if administers or task.kind in OF_GOVERNANCE),
            key=lambda task: order.index(task.kind),
        )
    )


def _of_pages(session: Session, body_context: BodyContext) -> Iterator[OfficeTask]:
    """A body that has never opened its pages; one that closed them again wants it so."""
    was_opened = session.scalar(
        sa.select(BodySetting.id)
        .where(
            BodySetting.body_id == body_context.body.id,
            BodySetting.name == "pages",
            BodySetting.value == "open",
            BodySetting.retracted_by.is_(None),
        )
        .limit(1)
    )
    if was_opened is None and not body_context.body.open:
        yield OfficeTask(kind=OfficeTaskKind.NOT_OPENED)


def _of_roles(
    session: Session, body_context: BodyContext, people: Collection[BodyPerson], today: date
) -> Iterator[OfficeTask]:
    held = [role for person in people for role in person.roles_now]
    if not any(role.role is Role.CONFIRMER for role in held):
        yield OfficeTask(kind=OfficeTaskKind.NOBODY_CONFIRMS)
    managed = {role.unit_id for role in held if role.role is Role.MANAGER}
    leading = session.scalars(
        sa.select(ItemSummary.lead_unit_id)
        .join(Item, Item.id == ItemSummary.item_id)
        .where(
            Item.body_id == body_context.body.id,
            on_day(today),
            ItemSummary.standing.in_(OPEN),
            ItemSummary.lead_unit_id.is_not(None),
        )
        .distinct()
    )
    names = sorted(
        body_context.units[unit_id]
        for unit_id in leading
        if unit_id is not None and unit_id not in managed and unit_id in body_context.units
    )
    yield from OfficeTask.about(
        OfficeTaskKind.UNIT_WITHOUT_MANAGER, (TaskSubject(name=name) for name in names)
    )


def _of_closed_accounts(
    session: Session, people: Collection[BodyPerson], today: date
) -> Iterator[OfficeTask]:
    """Who leads something open under an account that is closed: the newest lead counts."""
    closed = {person.id: person for person in people if person.state is AccountState.CLOSED}
    later = aliased(Assignment)
    followed = sa.exists().where(
        later.item_id == Assignment.item_id,
        later.part == Part.LEAD,
        later.id > Assignment.id,
        later.retracted_by.is_(None),
        sa.or_(later.clause_id.is_(None), later.clause_id == Assignment.clause_id),
    )
    counts = session.execute(
        sa.select(Assignment.person_id, sa.func.count(sa.distinct(Assignment.item_id)))
        .join(ItemSummary, ItemSummary.item_id == Assignment.item_id)
        .where(
            Assignment.part == Part.LEAD,
            Assignment.person_id.in_(closed),
            Assignment.ended_by.is_(None),
            Assignment.retracted_by.is_(None),
            ~followed,
            on_day(today),
            ItemSummary.standing.in_(OPEN),
        )
        .group_by(Assignment.person_id)
    )
    count_of = {person_id: count for person_id, count in counts}
    subjects = (
        TaskSubject(name=person.name, person_id=person.id, count=count_of[person.id])
        for person in closed.values()
        if person.id in count_of
    )
    yield from OfficeTask.about(OfficeTaskKind.CLOSED_LEAD, subjects)


def _of_reports(
    session: Session, body_context: BodyContext, actor: Actor, now: datetime
) -> Iterator[OfficeTask]:
    """For governance alone."""
    if not actor.governs:
        return
    waiting = drafts_that_wait(session, body_context, actor, now)
    for kind, titles in (
        (OfficeTaskKind.DRAFT_TO_SIGN_OFF, waiting.to_sign_off),
        (OfficeTaskKind.DRAFT_TO_ISSUE, waiting.to_issue),
    ):
        yield from OfficeTask.about(kind, (TaskSubject(name=title) for title in titles))


def _of_accounts(people: Collection[BodyPerson], today: date) -> Iterator[OfficeTask]:
    with_role = [person for person in people if person.roles_now]
    invited = [person for person in with_role if person.state is AccountState.INVITED]
    yield from OfficeTask.about(
        OfficeTaskKind.NO_ACCOUNT,
        (_subject(person) for person in with_role if person.state is AccountState.NONE),
    )
    yield from OfficeTask.about(
        OfficeTaskKind.INVITATION_OVER,
        (_subject(person) for person in invited if person.link_until is None),
    )
    yield from OfficeTask.about(
        OfficeTaskKind.INVITATION_WAITS,
        (
            _subject(person, day=person.link_until.date())
            for person in invited
            if person.link_until is not None
        ),
    )
    yield from OfficeTask.about(
        OfficeTaskKind.ROLE_ENDS,
        (
            _subject(person, day=role.until, role=role)
            for person in with_role
            for role in person.roles_now
            if role.until is not None and role.until <= today + ENDS_SOON
        ),
    )
    tries = (
        _subject(person, count=attempts.failures_of(person.address))
        for person in with_role
        if person.state is AccountState.OPEN and person.address
    )
    yield from OfficeTask.about(
        OfficeTaskKind.PASSWORD_TRIED,
        (subject for subject in tries if (subject.count or 0) >= MANY_TRIES),
    )


def _subject(
    person: BodyPerson,
    *,
    day: date | None = None,
    role: HeldRole | None = None,
    count: int | None = None,
) -> TaskSubject:
    return TaskSubject(name=person.name, person_id=person.id, day=day, role=role, count=count)


def _of_mail(session: Session, body_id: int, now: datetime) -> Iterator[OfficeTask]:
    """Given up of late, and nothing has reached the address since. Mail in nobody's name is the
    body's where it is the only one.
    """
    is_only_body = sa.select(sa.func.count()).select_from(Body).scalar_subquery() == 1
    later = aliased(OutgoingMail)
    reached = sa.exists().where(
        later.to_address == OutgoingMail.to_address,
        later.id > OutgoingMail.id,
        later.state == MailState.SENT,
    )
    addresses = session.scalars(
        sa.select(OutgoingMail.to_address)
        .where(
            sa.or_(
                OutgoingMail.body_id == body_id,
                sa.and_(OutgoingMail.body_id.is_(None), is_only_body),
            ),
            OutgoingMail.state == MailState.GIVEN_UP,
            OutgoingMail.ended_at >= now - MAIL_WAITS_FOR,
            ~reached,
        )
        .distinct()
        .order_by(OutgoingMail.to_address)
    )
    yield from OfficeTask.about(
        OfficeTaskKind.MAIL_GIVEN_UP, (TaskSubject(name=address) for address in addresses)
    )
