"""The accounts of an installation with the roles that they hold, for whoever runs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.bodies import Body
from tracker.record.ledger_tables import Event
from tracker.record.people import Person, PersonAccount, RoleHeld
from tracker.record.rosters import names_of_all_bodies
from tracker.rules import slugs
from tracker.rules.codes import Role

from . import sessions
from .user import User

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, kw_only=True)
class RoleDetails:
    person_id: int
    body_id: int
    body: str  # its slug
    role: Role
    unit_id: int | None
    unit: str | None
    since: date
    until: date | None  # its last day

    def as_data(self) -> dict[str, object]:
        return {
            "body": self.body,
            "role": self.role.value,
            "unit": self.unit,
            "since": self.since.isoformat(),
            **({"until": self.until.isoformat()} if self.until else {}),
        }


@dataclass(frozen=True, kw_only=True)
class AccountDetails:
    address: str
    name: str
    open: bool
    has_password: bool
    sessions: int
    seen_at: datetime | None  # the newest use of a session that lives
    body_ids: frozenset[int]  # where it is somebody, with a role or without
    roles: tuple[RoleDetails, ...]

    def as_data(self) -> dict[str, object]:
        return {
            "email": self.address,
            "name": self.name,
            "open": self.open,
            "has_password": self.has_password,
            "sessions": self.sessions,
            "seen_at": self.seen_at.isoformat(timespec="minutes") if self.seen_at else None,
            "roles": [role.as_data() for role in self.roles],
        }


def list_accounts(session: Session, now: datetime) -> list[AccountDetails]:
    """All of them, by address. Five statements, however many there are."""
    living = sessions.living(session, now)
    roles = _roles_by_account(session, sa.true(), now)
    bodies = _bodies_by_account(session)
    accounts = []
    for user in session.scalars(sa.select(User).order_by(User.email)):
        session_count, seen_at = living.get(user.id, (0, None))
        account = AccountDetails(
            address=user.email,
            name=user.name,
            open=user.active,
            has_password=user.password is not None,
            sessions=session_count,
            seen_at=seen_at,
            body_ids=frozenset(bodies[user.id]),
            roles=tuple(roles[user.id]),
        )
        accounts.append(account)
    return accounts


def roles_of_account(session: Session, user_id: int, now: datetime) -> list[RoleDetails]:
    """Those that an account holds now, or from a later day on, in every body."""
    return _roles_by_account(session, PersonAccount.user_id == user_id, now)[user_id]


def roles_in_offices(session: Session, user_id: int, now: datetime) -> list[RoleDetails]:
    """As `roles_of_account`, without those in a body that was put in to try things out."""
    roles = roles_of_account(session, user_id, now)
    return [role for role in roles if not slugs.is_for_trying(role.body)]


def bodies_of_account(session: Session, user_id: int) -> frozenset[int]:
    """In which bodies it is somebody."""
    return frozenset(_bodies_by_account(session).get(user_id, ()))


def _bodies_by_account(session: Session) -> Mapping[int, set[int]]:
    """In which bodies each account is somebody. One that was put in to try things out guards
    nothing: it does not count.
    """
    bodies: dict[int, set[int]] = defaultdict(set)
    query = _of_joined_people(sa.select(PersonAccount.user_id, Person.body_id, Body.slug)).join(
        Body, Body.id == Person.body_id
    )
    for user_id, body_id, slug in session.execute(query):
        if not slugs.is_for_trying(slug):
            bodies[user_id].add(body_id)
    return bodies


def _roles_by_account(
    session: Session, condition: sa.ColumnElement[bool], now: datetime
) -> Mapping[int, list[RoleDetails]]:
    """The roles of these accounts. Two statements."""
    query = (
        _of_joined_people(
            sa.select(
                PersonAccount.user_id,
                Person.id.label("person_id"),
                Body.id.label("body_id"),
                Body.slug.label("body"),
                RoleHeld.role,
                RoleHeld.unit_id,
                sa.func.coalesce(RoleHeld.from_on, Event.effective_on).label("since"),
                RoleHeld.until_on.label("until"),
            )
        )
        .join(Body, Body.id == Person.body_id)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .join(Event, Event.id == RoleHeld.recorded_by)
        .where(
            condition,
            RoleHeld.ended_by.is_(None),
            RoleHeld.retracted_by.is_(None),
            # a day earlier somewhere: whoever holds a role on its last day is named
            sa.or_(
                RoleHeld.until_on.is_(None),
                RoleHeld.until_on >= now.date() - timedelta(days=1),
            ),
        )
        .order_by(Body.slug, RoleHeld.id)
    )
    roles: dict[int, list[RoleDetails]] = defaultdict(list)
    units = names_of_all_bodies(session.connection()).units.shown
    for row in session.execute(query).mappings():
        values = {**row, "unit": units.get(row["unit_id"])}
        roles[values.pop("user_id")].append(RoleDetails(**values))
    return roles


def _of_joined_people(select: sa.Select[*Columns]) -> sa.Select[*Columns]:
    """For people who are joined with an account now."""
    return (
        select.select_from(Person)
        .join(PersonAccount, PersonAccount.person_id == Person.id)
        .where(PersonAccount.ended_by.is_(None), PersonAccount.retracted_by.is_(None))
    )
