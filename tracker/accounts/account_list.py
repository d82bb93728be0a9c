"""The accounts of an installation with the roles that they hold: for whoever runs it. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.bodies import Body, Unit
from tracker.record.ledger_tables import Event
from tracker.record.people import Person, PersonAccount, RoleHeld
from tracker.rules.codes import Role

from . import sessions
from .user import User


@dataclass(frozen=True)
class RoleDetails:
    person_id: int
    body_id: int
    body: str  # its slug
    role: Role
    unit_id: int | None
    unit: str | None
    since: date

    def as_data(self) -> dict[str, Any]:
        return {
            "body": self.body,
            "role": self.role.value,
            "unit": self.unit,
            "since": self.since.isoformat(),
        }


@dataclass(frozen=True)
class AccountDetails:
    address: str
    name: str
    open: bool
    has_password: bool
    sessions: int
    seen_at: datetime | None  # the newest use of a session that lives
    body_ids: frozenset[int]  # where it is somebody, with a role or without
    roles: tuple[RoleDetails, ...]

    def as_data(self) -> dict[str, Any]:
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
    """All of them, by address. Four statements, however many there are."""
    living = sessions.living(session, now)
    held = _held(session, sa.true())
    somebody: dict[int, set[int]] = {}
    for user_id, body_id in session.execute(
        _of_people(sa.select(PersonAccount.user_id, Person.body_id))
    ):
        somebody.setdefault(user_id, set()).add(body_id)
    found = []
    for user in session.scalars(sa.select(User).order_by(User.email)):
        count, seen_at = living.get(user.id, (0, None))
        found.append(
            AccountDetails(
                user.email,
                user.name,
                user.active,
                user.password is not None,
                count,
                seen_at,
                frozenset(somebody.get(user.id, ())),
                tuple(held.get(user.id, ())),
            )
        )
    return found


def roles_of_account(session: Session, user_id: int) -> list[RoleDetails]:
    """Those that an account holds now, in every body."""
    return _held(session, PersonAccount.user_id == user_id).get(user_id, [])


def _held(session: Session, of: sa.ColumnElement[bool]) -> dict[int, list[RoleDetails]]:
    """The roles of these accounts, by account. One statement."""
    held = _of_people(
        sa.select(
            PersonAccount.user_id,
            Person.id,
            Body.id,
            Body.slug,
            RoleHeld.role,
            RoleHeld.unit_id,
            Unit.name,
            Event.effective_on,
        )
    )
    held = held.join(Body, Body.id == Person.body_id).join(
        RoleHeld, RoleHeld.person_id == Person.id
    )
    held = held.join(Event, Event.id == RoleHeld.recorded_by).outerjoin(
        Unit, Unit.id == RoleHeld.unit_id
    )
    held = held.where(of, RoleHeld.ended_by.is_(None), RoleHeld.retracted_by.is_(None))
    found: dict[int, list[RoleDetails]] = {}
    for user_id, *role in session.execute(held.order_by(Body.slug, RoleHeld.id)):
        found.setdefault(user_id, []).append(RoleDetails(*role))
    return found


def _of_people(wanted: Any) -> Any:
    return (
        wanted.select_from(Person)
        .join(PersonAccount, PersonAccount.person_id == Person.id)
        .where(PersonAccount.ended_by.is_(None), PersonAccount.retracted_by.is_(None))
    )
