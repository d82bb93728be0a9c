"""The commands about people: `user create`."""
from __future__ import annotations

from pathlib import Path

import click
import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from tracker.acts import people as acts
from tracker.acts.desk import Desk
from tracker.clock import now
from tracker.config import Settings
from tracker.record.bodies import Body, Unit
from tracker.record.people import Person
from tracker.rules.codes import Role

from . import Problem
from .opened import at_desk, body_of, echo, instance, session

OF_A_UNIT = [role.value for role in acts.OF_A_UNIT]


@click.group()
def user() -> None:
    """Accounts and roles of the people who act."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="As the lists write it: the person whom a list has brought is taken over.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="manager and staff need --unit")
@click.option("--body", "body_slug", help="The body's slug; may be left out where there is only one.")
@click.option("--unit", "unit_name", help="The department, center, committee or board.")
@click.pass_obj
def create(path: Path, email: str, name: str, role: str, body_slug: str | None, unit_name: str | None) -> None:
    """Give EMAIL an account and a role, and print a one-time link by which the person sets a password.

    Again for the same EMAIL: one more role, and a new link (for a password that was forgotten, too).
    """
    from tracker.accounts import people as accounts

    try:
        address = accounts.address(validate_email(email, check_deliverability=False).normalized)
    except EmailNotValidError as wrong:
        raise Problem(_("%(email)s is no e-mail address: %(wrong)s", email=repr(email), wrong=wrong)) from wrong
    with instance(path) as app:
        body = body_of(body_slug) if body_slug else _only_body(session())
        unit = _unit(session(), body, unit_name)
        if role in OF_A_UNIT and unit is None:
            raise Problem(_("The role %(role)s is held in a unit: say --unit. %(units)s", role=role, units=_units(session(), body)))
        desk = at_desk(body)
        account = accounts.account_of(session(), address)
        person = accounts.person_of(session(), account.id, body.id) if account else None
        taken_over = False
        if person is None:
            person, taken_over = _person(desk, name, unit)
        if account is None:
            account = accounts.create_account(session(), address, name)
        if not account.active:
            raise Problem(_("The account of %(address)s is closed; use another address.", address=address))
        if accounts.person_of(session(), account.id, body.id) is None:
            acts.join_account(desk, person, account.id)
        given = acts.give_role(desk, person, Role(role), unit.id if unit and role in OF_A_UNIT else None)
        token = accounts.make_link(session(), account, now())
        session().commit()
        settings: Settings = app.config["SETTINGS"]
        where = _("%(role)s of %(where)s", role=role, where=unit.name if unit and role in OF_A_UNIT else body.slug)
        if given:
            said = _("%(name)s <%(address)s> is now %(role)s.", name=name, address=address, role=where)
        else:
            said = _("%(name)s <%(address)s> was already %(role)s.", name=name, address=address, role=where)
        echo(said + (" " + _("Taken over from the list.") if taken_over else ""))
        echo(_("One-time link, good for 7 days, to set a password:"))
        echo(f"{settings.base_url or 'http://127.0.0.1:5000'}/account/password/{token}")


def _only_body(found: Session) -> Body:
    bodies = found.scalars(sa.select(Body).order_by(Body.slug)).all()
    if not bodies:
        raise Problem(_("There is no body yet: import a list with --create-conventions first."))
    if len(bodies) > 1:
        raise Problem(_("More than one body is on record: say --body, one of %(bodies)s.", bodies=", ".join(each.slug for each in bodies)))
    return bodies[0]


def _units(found: Session, body: Body) -> str:
    names = found.scalars(sa.select(Unit.name).where(Unit.body_id == body.id).order_by(Unit.name)).all()
    if names:
        return _("Units of %(body)s: %(units)s.", body=body.slug, units=", ".join(names))
    return _("%(body)s has no units yet: a list brings them in its column of leads.", body=body.slug)


def _unit(found: Session, body: Body, name: str | None) -> Unit | None:
    if name is None:
        return None
    exact = found.scalars(sa.select(Unit).where(Unit.body_id == body.id, sa.func.lower(Unit.name) == name.strip().lower())).all()
    if not exact:
        raise Problem(_("There is no unit %(name)s. %(units)s", name=repr(name), units=_units(found, body)))
    return exact[0]


def _person(desk: Desk, name: str, unit: Unit | None) -> tuple[Person, bool]:
    """The person of that name whom a list has brought, else a new one."""
    fitting = acts.without_account(desk, name, unit.id if unit else None)
    if unit and any(each.unit_id == unit.id for each in fitting):
        fitting = [each for each in fitting if each.unit_id == unit.id]
    if len(fitting) > 1:
        units = desk.session.scalars(sa.select(Unit.name).where(Unit.id.in_([each.unit_id for each in fitting])).order_by(Unit.name)).all()
        if units:
            raise Problem(_("Two fit: %(count)s people named %(name)s are on record, in %(units)s. "
                            "Say --unit, or write the name as the list has it.", count=len(fitting), name=repr(name), units=", ".join(units)))
        raise Problem(_("Two fit: %(count)s people named %(name)s are on record. "
                        "Say --unit, or write the name as the list has it.", count=len(fitting), name=repr(name)))
    if fitting:
        return fitting[0], True
    return acts.add(desk, name, unit.id if unit else None), False


commands = [user]
