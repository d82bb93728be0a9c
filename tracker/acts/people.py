"""People of a body: adding one, giving and ending roles, joining a person with an account."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record.ledger_tables import Text
from tracker.record.people import Person, PersonAccount, RoleHeld
from tracker.rules import refusals
from tracker.rules.codes import Role
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

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


def join_account(context: ActContext, person: Person, user_id: int) -> None:
    """This person signs in with that account."""
    context.require(Permission.ADMINISTER)
    with context.record("account_joined", person) as act:
        act.add(PersonAccount(person_id=person.id, user_id=user_id))


def give_role(context: ActContext, person: Person, role: Role, unit_id: int | None = None) -> bool:
    """Gives the role unless it is held already; tells whether it was given.

    Manager and staff are of a unit, the others of the body.
    """
    context.require(Permission.ADMINISTER)
    refusals.need((role in OF_A_UNIT) == (unit_id is not None), Refusal.ROLE_AND_UNIT)
    if context.session.connection().scalar(_held(person, role, unit_id)) is not None:
        return False
    with context.record("role_given", person) as act:
        act.add(RoleHeld(person_id=person.id, role=role, unit_id=unit_id))
    return True


def _held(person: Person, role: Role, unit_id: int | None) -> sa.Select[int]:
    return sa.select(RoleHeld.id).where(
        RoleHeld.person_id == person.id,
        RoleHeld.role == role,
        RoleHeld.unit_id.is_not_distinct_from(unit_id),
        RoleHeld.ended_by.is_(None),
    )


def end_role(context: ActContext, person: Person, role: Role, unit_id: int | None = None) -> bool:
    """From today on; tells whether it was held."""
    context.require(Permission.ADMINISTER)
    if context.session.connection().scalar(_held(person, role, unit_id)) is None:
        return False
    with context.record("role_ended", person) as act:
        act.end(RoleHeld, *context.session.connection().scalars(_held(person, role, unit_id)))
    return True


def without_account(context: ActContext, name: str, unit_id: int | None) -> list[Person]:
    """People of that name, in that unit or in none, whom a list has brought and who do not sign in
    yet.
    """
    joined = sa.select(PersonAccount.person_id)
    people = (
        sa.select(Person)
        .join(Text, Text.digest == Person.name)
        .where(
            Person.body_id == context.body_id,
            Text.words == name,
            Person.id.not_in(joined),
            sa.true()
            if unit_id is None
            else sa.or_(Person.unit_id == unit_id, Person.unit_id.is_(None)),
        )
    )
    return list(context.session.scalars(people.order_by(Person.id)))
