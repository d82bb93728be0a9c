"""Checks of `tracker doctor` for what the proof of the record cannot see: who holds a role, which
one-time links are open, since when, and who lacks a second factor.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.config import Settings
from tracker.engine import READING
from tracker.extensions import db
from tracker.installation.doctor import CheckState, StateAndWords
from tracker.record.as_of import NOW
from tracker.record.bodies import Body
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
from tracker.record.surroundings import settings, zone_of
from tracker.rules.codes import FactorKind
from tracker.translation import gettext as _

from . import body_people
from .body_people import AccountState
from .user import OneTimeLink, User
from .user_accounts import LINK_LIFETIME


def _roles(__: Settings) -> StateAndWords:
    """The newest first: a role that nobody remembers giving stands at the beginning."""
    query = (
        sa.select(
            Body.slug,
            RoleHeld.role,
            RoleHeld.unit_id,
            Text.words,
            User.email,
            User.active,
            Event.recorded_at,
        )
        .select_from(RoleHeld)
        .join(Event, Event.id == RoleHeld.recorded_by)
        .join(Person, Person.id == RoleHeld.person_id)
        .join(Body, Body.id == Person.body_id)
        .outerjoin(PersonName, IS_RENAMED)
        .outerjoin(Text, Text.digest == NAME_OF_TODAY)
        .outerjoin(PersonAccount, PersonAccount.person_id == Person.id)
        .outerjoin(User, User.id == PersonAccount.user_id)
        .where(RoleHeld.ended_by.is_(None), RoleHeld.retracted_by.is_(None))
        .order_by(Event.recorded_at.desc(), RoleHeld.id.desc())
    )
    with db.engine.connect().execution_options(**READING) as connection:
        rows = connection.execute(query).all()
        units = names_of_all_bodies(connection).units.shown
    words = []
    for body, role, unit_id, name, email, active, given_at in rows:
        holder = email or name or _("a name that was erased")
        if email and not active:
            holder = _("%(email)s, closed", email=email)
        what = role.value
        if unit_id is not None:
            what = _("%(role)s of %(unit)s", role=role.value, unit=units[unit_id])
        words.append(
            _(
                "%(what)s in %(body)s (%(holder)s) since %(day)s",
                what=what,
                body=body,
                holder=holder,
                day=given_at.date(),
            )
        )
    return CheckState.WELL, "; ".join(words) or _("nobody holds one yet")


def _links(__: Settings) -> StateAndWords:
    query = (
        sa.select(User.email, OneTimeLink.expires_at)
        .join(User, User.id == OneTimeLink.user_id)
        .order_by(OneTimeLink.expires_at.desc())
    )
    with db.engine.connect().execution_options(**READING) as connection:
        rows = connection.execute(query).all()
    words = [
        _(
            "for %(email)s, made on %(day)s, good until %(until)s",
            email=email,
            day=(expires_at - LINK_LIFETIME).date(),
            until=expires_at.date(),
        )
        for email, expires_at in rows
    ]
    return CheckState.WELL, "; ".join(words) or _("none is open")


def _second_factors(__: Settings) -> StateAndWords:
    """Where a body requires them: who has none."""
    words = []
    with (
        db.engine.connect().execution_options(**READING) as connection,
        Session(connection) as session,
    ):
        for body_id, slug in session.execute(sa.select(Body.id, Body.slug).order_by(Body.slug)):
            if not settings(session, body_id, NOW).second_factor:
                continue
            people = body_people.list_people(session, body_id, now(), zone_of(session, body_id))
            lacking = [
                person.address or person.name
                for person in people
                if person.is_in_need
                and person.state is AccountState.OPEN
                and person.second_factor is FactorKind.NONE
            ]
            words.append(
                _("%(body)s: not set up by %(names)s", body=slug, names=", ".join(lacking))
                if lacking
                else _("%(body)s: set up by all who need one", body=slug)
            )
    return CheckState.WELL, "; ".join(words) or _("no body requires one")


CHECKS: dict[str, Callable[[Settings], StateAndWords]] = {
    "roles": _roles,
    "links": _links,
    "second factors": _second_factors,
}
