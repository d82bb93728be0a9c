"""The people of one body with their roles and accounts, for its administrator."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.ledger_tables import Event, Text
from tracker.record.people import (
    IS_RENAMED,
    NAME_OF_TODAY,
    Person,
    PersonAccount,
    PersonName,
    RoleHeld,
)
from tracker.record.rosters import names_of_all_bodies
from tracker.rules.codes import FactorKind, Role
from tracker.rules.roles import holds_on, is_over

from .second_factors import second_factor
from .user import AuthenticatorApp, OneTimeLink, Passkey, User


class AccountState(StrEnum):
    NONE = auto()  # a person whom a list has brought
    INVITED = auto()  # no password yet
    OPEN = auto()
    CLOSED = auto()


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    """Days are in the body's zone."""

    id: int
    role: Role
    unit_id: int | None
    unit: str | None
    since: date
    until: date | None  # its last day; None: no end is named
    holds: bool  # today
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class BodyPerson:
    id: int
    name: str
    account_id: int | None
    address: str | None
    state: AccountState
    link_until: datetime | None  # of a one-time link that nobody used yet
    signed_in_at: datetime | None  # the last time; None: never
    second_factor: FactorKind
    roles: tuple[HeldRole, ...]  # those held now or from a later day on first, then ended ones

    @property
    def roles_now(self) -> tuple[HeldRole, ...]:
        """Held today, or from a later day on."""
        return tuple(role for role in self.roles if not role.is_over)

    @property
    def is_in_need(self) -> bool:
        """Whether a second factor is needed where the body requires one."""
        return any(role.holds and role.role in second_factor.NEEDED_BY for role in self.roles)

    @property
    def version(self) -> str:
        """Differs when the name, a role or the account was changed."""
        name = hashlib.sha256(self.name.encode()).hexdigest()[:8]
        roles = "-".join(f"{role.id}{'x' if role.is_over else ''}" for role in self.roles)
        return f"{name}.{self.state}.{self.second_factor}.{roles}"


def list_people(session: Session, body_id: int, now: datetime, zone: ZoneInfo) -> list[BodyPerson]:
    """Everybody who has or had a role or an account in the body, by name. Three statements.

    Moments are in the zone.
    """
    return [
        person
        for person in _people(session, Person.body_id == body_id, now, zone)
        if person.roles or person.account_id is not None
    ]


def closed_accounts(session: Session, body_id: int) -> frozenset[int]:
    """The keys of those whose account is closed."""
    return frozenset(
        session.scalars(
            sa.select(Person.id)
            .join(PersonAccount, PersonAccount.person_id == Person.id)
            .join(User, User.id == PersonAccount.user_id)
            .where(
                Person.body_id == body_id,
                PersonAccount.ended_by.is_(None),
                PersonAccount.retracted_by.is_(None),
                User.active.is_(False),
            )
        )
    )


def find_person(
    session: Session, body_id: int, person_id: int, now: datetime, zone: ZoneInfo
) -> BodyPerson | None:
    where = sa.and_(Person.body_id == body_id, Person.id == person_id)
    people = _people(session, where, now, zone)
    return people[0] if people else None


def count_factors(session: Session, body_id: int, now: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """How many administrators and people of governance can sign in, and how many of them have a
    second factor."""
    in_need = [
        person
        for person in list_people(session, body_id, now, zone)
        if person.is_in_need and person.state is AccountState.OPEN
    ]
    return len(in_need), sum(person.second_factor is not FactorKind.NONE for person in in_need)


def _people(
    session: Session, where: sa.ColumnElement[bool], now: datetime, zone: ZoneInfo
) -> list[BodyPerson]:
    roles = _roles(session, where, now.astimezone(zone).date())
    joined = sa.and_(
        PersonAccount.person_id == Person.id,
        PersonAccount.ended_by.is_(None),
        PersonAccount.retracted_by.is_(None),
    )
    links = sa.and_(OneTimeLink.user_id == User.id, OneTimeLink.expires_at >= now)
    rows = session.execute(
        sa.select(
            Person.id,
            Text.words,
            User,
            sa.func.max(OneTimeLink.expires_at),
            sa.exists().where(Passkey.user_id == User.id),
            sa.exists().where(AuthenticatorApp.user_id == User.id),
        )
        .select_from(Person)
        .outerjoin(PersonName, IS_RENAMED)
        .join(Text, Text.digest == NAME_OF_TODAY)
        .outerjoin(PersonAccount, joined)
        .outerjoin(User, User.id == PersonAccount.user_id)
        .outerjoin(OneTimeLink, links)
        .where(where)
        .group_by(Person.id, Text.words, User.id)
    )
    people = [
        BodyPerson(
            id=person_id,
            name=name or (user.name if user is not None else ""),
            account_id=user.id if user is not None else None,
            address=user.email if user is not None else None,
            state=_state(user),
            link_until=link_until.astimezone(zone) if link_until else None,
            signed_in_at=_in_zone(user, zone),
            second_factor=_factor_kind(has_passkey, has_app),
            roles=tuple(roles[person_id]),
        )
        for person_id, name, user, link_until, has_passkey, has_app in rows
    ]
    return sorted(people, key=lambda person: (person.name.casefold(), person.id))


def _in_zone(user: User | None, zone: ZoneInfo) -> datetime | None:
    if user is None or user.signed_in_at is None:
        return None
    return user.signed_in_at.astimezone(zone)


def _factor_kind(has_passkey: bool, has_app: bool) -> FactorKind:
    if has_passkey:
        return FactorKind.PASSKEY
    return FactorKind.APP if has_app else FactorKind.NONE


def _state(user: User | None) -> AccountState:
    if user is None:
        return AccountState.NONE
    if not user.active:
        return AccountState.CLOSED
    return AccountState.OPEN if user.password else AccountState.INVITED


def _roles(
    session: Session, where: sa.ColumnElement[bool], today: date
) -> defaultdict[int, list[HeldRole]]:
    ending = sa.orm.aliased(Event)
    rows = session.execute(
        sa.select(RoleHeld, Event.effective_on, ending.effective_on)
        .join(Person, Person.id == RoleHeld.person_id)
        .join(Event, Event.id == RoleHeld.recorded_by)
        .outerjoin(ending, ending.id == RoleHeld.ended_by)
        .where(where, RoleHeld.retracted_by.is_(None))
        .order_by(RoleHeld.id.desc())
    )
    by_person: defaultdict[int, list[HeldRole]] = defaultdict(list)
    units = names_of_all_bodies(session.connection()).units.shown
    for held, recorded_on, ended_on in rows:
        since = held.from_on or recorded_on
        if ended_on is not None and ended_on <= since:
            continue  # it goes on under another last day, or ended before it began
        until = ended_on or held.until_on
        over = ended_on is not None or is_over(today, held.until_on)
        role = HeldRole(
            id=held.id,
            role=held.role,
            unit_id=held.unit_id,
            unit=units[held.unit_id] if held.unit_id is not None else None,
            since=since,
            until=until,
            holds=not over and holds_on(today, held.from_on, held.until_on),
            is_over=over,
        )
        by_person[held.person_id].append(role)
    for roles in by_person.values():
        roles.sort(key=lambda role: role.is_over)
    return by_person
