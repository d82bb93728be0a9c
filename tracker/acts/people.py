"""People of a body: adding one, giving and ending roles, joining a person with an account."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.ledger_tables import Text
from tracker.record.people import (
    IS_RENAMED,
    NAME_OF_TODAY,
    Person,
    PersonAccount,
    PersonName,
    RoleHeld,
)
from tracker.record.rosters import unit_mergers
from tracker.rules import refusals, roles
from tracker.rules.codes import Role
from tracker.rules.permissions import Actor, Grant, Permission
from tracker.rules.refusals import Refusal
from tracker.rules.rosters import family

from .act_context import ActContext

OF_A_UNIT = (Role.MANAGER, Role.STAFF)


def add(context: ActContext, name: str, unit_id: int | None = None) -> Person:
    """A list may bring persons along, named as leads; they have no account and no role."""
    context.require(Permission.GOVERN if context.importing else Permission.ADMINISTER)
    with context.record("person_added") as act:
        act.subject = person = act.add(
            Person(body_id=context.body_id, name=act.keep_text(name), unit_id=unit_id)
        )
    return person


def rename(context: ActContext, person: Person, name: str) -> bool:
    """One's own name, or another's, of today and of all days before; tells whether it is new.

    What was recorded under the old name shows the new one; texts that hold it stay as they are.
    """
    if context.actor_id != person.id:
        context.require(Permission.ADMINISTER)
    session = context.session
    current = (
        sa.select(Text.words)
        .select_from(Person)
        .outerjoin(PersonName, IS_RENAMED)
        .join(Text, Text.digest == NAME_OF_TODAY)
        .where(Person.id == person.id)
    )
    if session.scalar(current) == name:
        return False
    before = session.scalars(
        sa.select(PersonName.id).where(
            PersonName.person_id == person.id, PersonName.ended_by.is_(None)
        )
    ).all()
    with context.record("person_named", person) as act:
        act.end(PersonName, *before)
        act.add(PersonName(person_id=person.id, name=act.keep_text(name)))
    return True


def join_account(context: ActContext, person: Person, user_id: int) -> None:
    """This person signs in with that account."""
    context.require(Permission.ADMINISTER)
    with context.record("account_joined", person) as act:
        act.add(PersonAccount(person_id=person.id, user_id=user_id))


def give_role(
    context: ActContext,
    person: Person,
    role: Role,
    unit_id: int | None = None,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
) -> bool:
    """Gives the role unless it is held already; tells whether it was given.

    Manager and staff are of a unit, the others of the body. It holds from today, or from another
    day on; until its last day, where one is named.
    """
    context.require(Permission.ADMINISTER)
    refusals.need((role in OF_A_UNIT) == (unit_id is not None), Refusal.ROLE_AND_UNIT)
    refusals.need(
        roles.is_in_order(context.today, from_on, until_on), Refusal.ENDS_BEFORE_IT_BEGINS
    )
    if context.session.connection().scalar(_held(context, person, role, unit_id)) is not None:
        return False
    began_on = from_on if from_on is not None and from_on <= context.today else None
    with context.record("role_given", person, began_on) as act:
        if unit_id is not None:
            context.need_open_unit(unit_id)
        act.add(
            RoleHeld(
                person_id=person.id,
                role=role,
                unit_id=unit_id,
                from_on=None if began_on else from_on,
                until_on=until_on,
            )
        )
    return True


def _held(context: ActContext, person: Person, role: Role, unit_id: int | None) -> sa.Select[int]:
    """Held now, or from a later day on; in a unit, or in what was merged into it."""
    in_unit = (
        RoleHeld.unit_id.is_(None)
        if unit_id is None
        else RoleHeld.unit_id.in_(family(unit_id, unit_mergers(context.session)))
    )
    return sa.select(RoleHeld.id).where(
        RoleHeld.person_id == person.id,
        RoleHeld.role == role,
        in_unit,
        RoleHeld.ended_by.is_(None),
        sa.or_(RoleHeld.until_on.is_(None), RoleHeld.until_on >= context.today),
    )


def end_role(
    context: ActContext,
    person: Person,
    role: Role,
    unit_id: int | None = None,
    *,
    last_day: date | None = None,
) -> bool:
    """From now on, or after a last day that is today or ahead; tells whether it was held.

    Refused for the last administrator, unless the command line does it.
    """
    context.require(Permission.ADMINISTER)
    refusals.need(roles.is_in_order(context.today, None, last_day), Refusal.ENDS_BEFORE_IT_BEGINS)
    held = context.session.scalars(
        sa.select(RoleHeld).where(RoleHeld.id.in_(_held(context, person, role, unit_id)))
    ).all()
    if not held:
        return False
    if role is Role.ADMINISTRATOR and context.actor_id:
        refusals.need(
            not roles.is_last_administrator(person.id, administrators(context)),
            Refusal.LAST_ADMINISTRATOR,
        )
    ended = [row.id for row in held]
    if last_day is None:
        with context.record("role_ended", person) as act:
            act.end(RoleHeld, *ended)
        return True
    from_on = held[0].from_on
    refusals.need(from_on is None or from_on <= last_day, Refusal.ENDS_BEFORE_IT_BEGINS)
    # It goes on under the day on which it began.
    with context.record("role_limited", person, context.day_of(held[0])) as act:
        act.end(RoleHeld, *ended)
        act.add(
            RoleHeld(
                person_id=person.id,
                role=role,
                unit_id=unit_id,
                from_on=from_on,
                until_on=last_day,
            )
        )
    return True


def actor_of(session: Session, person_id: int, on: date) -> Actor:
    """A person with the roles held on a day: for what the worker does in their name."""
    held = session.scalars(
        sa.select(RoleHeld).where(
            RoleHeld.person_id == person_id,
            RoleHeld.ended_by.is_(None),
            RoleHeld.retracted_by.is_(None),
        )
    )
    grants = [
        Grant(row.role, row.unit_id)
        for row in held
        if roles.holds_on(on, row.from_on, row.until_on)
    ]
    return Actor(person_id, frozenset(grants))


def administrators(context: ActContext) -> frozenset[int]:
    """People who are administrators now, with no end named, and who have an account."""
    held = (
        sa.select(RoleHeld.person_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .join(PersonAccount, PersonAccount.person_id == Person.id)
        .where(
            Person.body_id == context.body_id,
            RoleHeld.role == Role.ADMINISTRATOR,
            RoleHeld.ended_by.is_(None),
            RoleHeld.retracted_by.is_(None),
            sa.or_(RoleHeld.from_on.is_(None), RoleHeld.from_on <= context.today),
            RoleHeld.until_on.is_(None),
            PersonAccount.ended_by.is_(None),
            PersonAccount.retracted_by.is_(None),
        )
    )
    return frozenset(context.session.connection().scalars(held))


def without_account(context: ActContext, name: str, unit_id: int | None) -> list[Person]:
    """People of that name, in that unit or in none, whom a list has brought and who do not sign in
    yet.
    """
    joined = sa.select(PersonAccount.person_id)
    unit_ids = frozenset() if unit_id is None else family(unit_id, unit_mergers(context.session))
    people = (
        sa.select(Person)
        .outerjoin(PersonName, IS_RENAMED)
        .join(Text, Text.digest == NAME_OF_TODAY)
        .where(
            Person.body_id == context.body_id,
            Text.words == name,
            Person.id.not_in(joined),
            sa.true()
            if unit_id is None
            else sa.or_(Person.unit_id.in_(unit_ids), Person.unit_id.is_(None)),
        )
    )
    return list(context.session.scalars(people.order_by(Person.id)))
