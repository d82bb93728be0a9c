"""The commands about people.

`user create`, `user list`, `user end-role`, `user end-sessions`, `user close`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.acts import people as acts
from tracker.acts.act_context import ActContext
from tracker.clock import now
from tracker.config import Settings
from tracker.record.bodies import Body, Unit
from tracker.record.people import Person
from tracker.rules.codes import Role
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import Problem
from .opened import body_of, context_for, echo, instance, session

if TYPE_CHECKING:
    from tracker.accounts.account_list import AccountDetails
    from tracker.accounts.user import User

OF_A_UNIT = [role.value for role in acts.OF_A_UNIT]


@click.group()
def user() -> None:
    """Accounts and roles of the people who act."""


@user.command()
@click.argument("email")
@click.option(
    "--name",
    required=True,
    help="As the lists write it: the person whom a list has brought is taken over.",
)
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="manager and staff need --unit",
)
@click.option(
    "--body", "body_slug", help="The body's slug; may be left out where there is only one."
)
@click.option("--unit", "unit_name", help="The department, center, committee or board.")
@click.pass_obj
def create(
    path: Path, email: str, name: str, role: str, body_slug: str | None, unit_name: str | None
) -> None:
    """Give EMAIL an account and a role, and print a one-time link by which the person sets a
    password.

    Again for the same EMAIL: one more role, and a new link (for a password that was forgotten,
    too).
    """
    from tracker.accounts import user_accounts as accounts

    address = _address(email)
    with instance(path) as app:
        body = body_of(body_slug) if body_slug else _only_body(session())
        unit = _unit(session(), body, unit_name)
        if role in OF_A_UNIT and unit is None:
            raise Problem(
                _(
                    "The role %(role)s is held in a unit: say --unit. %(units)s",
                    role=role,
                    units=_units(session(), body),
                )
            )
        context = context_for(body)
        account = accounts.find_account(session(), address)
        person = accounts.find_person(session(), account.id, body.id) if account else None
        taken_over = False
        if person is None:
            person, taken_over = _person(context, name, unit)
        created = account is None
        if account is None:
            account = accounts.create_account(session(), address, name)
        if not account.active:
            raise Problem(
                _("The account of %(address)s is closed; use another address.", address=address)
            )
        if accounts.find_person(session(), account.id, body.id) is None:
            acts.join_account(context, person, account.id)
        is_new_role = acts.give_role(
            context, person, Role(role), unit.id if unit and role in OF_A_UNIT else None
        )
        token = accounts.make_link(session(), account, now())
        session().commit()
        for event in (
            *([SecurityEvent.ACCOUNT_CREATED] if created else []),
            SecurityEvent.LINK_MADE,
        ):
            security_log.record(event, account=account.id)
        settings: Settings = app.config["SETTINGS"]
        where = _(
            "%(role)s of %(where)s",
            role=role,
            where=unit.name if unit and role in OF_A_UNIT else body.slug,
        )
        if is_new_role:
            sentence = _(
                "%(name)s <%(address)s> is now %(role)s.", name=name, address=address, role=where
            )
        else:
            sentence = _(
                "%(name)s <%(address)s> was already %(role)s.",
                name=name,
                address=address,
                role=where,
            )
        echo(sentence + (" " + _("Taken over from the list.") if taken_over else ""))
        echo(_("One-time link, good for 7 days, to set a password:"))
        echo(f"{settings.base_url or 'http://127.0.0.1:5000'}/account/password/{token}")


@user.command("list")
@click.option("--body", "body_slug", help="Only those who are somebody in this body.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.pass_obj
def list_users(path: Path, body_slug: str | None, as_json: bool) -> None:
    """The accounts, whether each is open, its roles, and how many sessions it has."""
    from tracker.accounts import account_list

    with instance(path):
        only = body_of(body_slug).id if body_slug else None
        accounts = [
            account
            for account in account_list.list_accounts(session(), now())
            if only is None or only in account.body_ids
        ]
    if as_json:
        echo(json.dumps([account.as_data() for account in accounts], ensure_ascii=False, indent=1))
        return
    for account in accounts:
        echo(
            _(
                "%(name)s <%(address)s>: %(state)s",
                name=account.name,
                address=account.address,
                state="; ".join(_state(account)),
            )
        )
    if not accounts:
        echo(_("There is no account yet: `tracker user create` makes one."))


def _state(account: AccountDetails) -> Iterator[str]:
    if not account.open:
        yield _("closed")
    elif not account.has_password:
        yield _("no password yet")
    yield ", ".join(
        _(
            "%(role)s of %(where)s since %(day)s",
            role=role.role.value,
            where=role.unit or role.body,
            day=role.since,
        )
        for role in account.roles
    ) or _("no role")
    if account.sessions:
        yield ngettext("%(num)s session", "%(num)s sessions", account.sessions)


@user.command("end-role")
@click.argument("email")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="manager and staff need --unit",
)
@click.option(
    "--body", "body_slug", help="The body's slug; may be left out where there is only one."
)
@click.option("--unit", "unit_name", help="The department, center, committee or board.")
@click.pass_obj
def end_role(
    path: Path, email: str, role: str, body_slug: str | None, unit_name: str | None
) -> None:
    """End a role of EMAIL from today on. What was done in it stays. With the last role its sessions
    end.
    """
    from tracker.accounts import account_list, sessions
    from tracker.accounts import user_accounts as accounts

    with instance(path):
        account = _account(email)
        body = body_of(body_slug) if body_slug else _only_body(session())
        unit = _unit(session(), body, unit_name)
        if role in OF_A_UNIT and unit is None:
            raise Problem(
                _(
                    "The role %(role)s is held in a unit: say --unit. %(units)s",
                    role=role,
                    units=_units(session(), body),
                )
            )
        person = accounts.find_person(session(), account.id, body.id)
        ended = person is not None and acts.end_role(
            context_for(body), person, Role(role), unit.id if unit and role in OF_A_UNIT else None
        )
        left = account_list.roles_of_account(session(), account.id)
        if not ended:
            held = ", ".join(
                _(
                    "%(role)s of %(where)s",
                    role=role_held.role.value,
                    where=role_held.unit or role_held.body,
                )
                for role_held in left
            ) or _("none")
            raise Problem(
                _(
                    "%(address)s does not hold this role. Roles held: %(held)s.",
                    address=account.email,
                    held=held,
                )
            )
        over = 0 if left else sessions.end_all(session(), account.id)
        session().commit()
        where = _(
            "%(role)s of %(where)s",
            role=role,
            where=unit.name if unit and role in OF_A_UNIT else body.slug,
        )
        echo(_("%(address)s is no longer %(role)s.", address=account.email, role=where))
        if not left:
            echo(_("It was the last role.") + " " + _sessions_ended(over))
        _note_sessions(account.id, over)


@user.command("end-sessions")
@click.argument("email", required=False)
@click.option("--all", "everybody", is_flag=True, help="Of every account: all sign in again.")
@click.pass_obj
def end_sessions(path: Path, email: str | None, everybody: bool) -> None:
    """Sign EMAIL out everywhere, at once. The password stays."""
    from tracker.accounts import sessions

    if (email is None) != everybody:
        raise click.UsageError(_("Say an e-mail address, or --all."))
    with instance(path):
        account = _account(email) if email is not None else None
        over = sessions.end_all(session(), account.id if account else None)
        session().commit()
        echo(_sessions_ended(over))
        _note_sessions(account.id if account else None, over)


@user.command()
@click.argument("email")
@click.pass_obj
def close(path: Path, email: str) -> None:
    """Close the account of EMAIL: its sessions, its link and its roles end, and nobody signs in
    with it again. What was done stays.
    """
    from tracker.accounts import account_list
    from tracker.accounts import user_accounts as accounts

    with instance(path):
        account = _account(email)
        if not account.active:
            raise Problem(_("The account of %(address)s is closed already.", address=account.email))
        for role in account_list.roles_of_account(session(), account.id):
            body = body_of(role.body)
            acts.end_role(
                context_for(body),
                session().get_one(Person, role.person_id),
                role.role,
                role.unit_id,
            )
            echo(
                _(
                    "No longer %(role)s of %(where)s.",
                    role=role.role.value,
                    where=role.unit or role.body,
                )
            )
        over = accounts.close_account(session(), account)
        session().commit()
        security_log.record(SecurityEvent.ACCOUNT_CLOSED, account=account.id)
        echo(
            _("The account of %(address)s is closed.", address=account.email)
            + " "
            + _sessions_ended(over)
        )


def _sessions_ended(over: int) -> str:
    if not over:
        return _("No session was open.")
    return ngettext("%(num)s session ended.", "%(num)s sessions ended.", over)


def _note_sessions(account_id: int | None, over: int) -> None:
    if over:
        security_log.record(SecurityEvent.SESSIONS_ENDED, account=account_id, sessions=over)


def _address(email: str) -> str:
    from tracker.accounts import user_accounts as accounts

    try:
        return accounts.normalized_address(
            validate_email(email, check_deliverability=False).normalized
        )
    except EmailNotValidError as wrong:
        raise Problem(
            _("%(email)s is no e-mail address: %(wrong)s", email=repr(email), wrong=wrong)
        ) from wrong


def _account(email: str) -> User:
    from tracker.accounts import user_accounts as accounts

    account = accounts.find_account(session(), email)
    if account is None:
        raise Problem(
            _(
                "There is no account of %(email)s: `tracker user list` names them.",
                email=repr(email),
            )
        )
    return account


def _only_body(session: Session) -> Body:
    bodies = session.scalars(sa.select(Body).order_by(Body.slug)).all()
    if not bodies:
        raise Problem(_("There is no body yet: import a list with --create-conventions first."))
    if len(bodies) > 1:
        raise Problem(
            _(
                "More than one body is on record: say --body, one of %(bodies)s.",
                bodies=", ".join(body.slug for body in bodies),
            )
        )
    return bodies[0]


def _units(session: Session, body: Body) -> str:
    names = session.scalars(
        sa.select(Unit.name).where(Unit.body_id == body.id).order_by(Unit.name)
    ).all()
    if names:
        return _("Units of %(body)s: %(units)s.", body=body.slug, units=", ".join(names))
    return _(
        "%(body)s has no units yet: a list brings them in its column of leads.", body=body.slug
    )


def _unit(session: Session, body: Body, name: str | None) -> Unit | None:
    if name is None:
        return None
    exact = session.scalars(
        sa.select(Unit).where(
            Unit.body_id == body.id, sa.func.lower(Unit.name) == name.strip().lower()
        )
    ).all()
    if not exact:
        raise Problem(
            _("There is no unit %(name)s. %(units)s", name=repr(name), units=_units(session, body))
        )
    return exact[0]


def _person(context: ActContext, name: str, unit: Unit | None) -> tuple[Person, bool]:
    """The person of that name whom a list has brought, else a new one."""
    fitting = acts.without_account(context, name, unit.id if unit else None)
    if unit and any(person.unit_id == unit.id for person in fitting):
        fitting = [person for person in fitting if person.unit_id == unit.id]
    if len(fitting) > 1:
        units = context.session.scalars(
            sa.select(Unit.name)
            .where(Unit.id.in_([person.unit_id for person in fitting]))
            .order_by(Unit.name)
        ).all()
        if units:
            raise Problem(
                _(
                    "Two fit: %(count)s people named %(name)s are on record, in %(units)s. "
                    "Say --unit, or write the name as the list has it.",
                    count=len(fitting),
                    name=repr(name),
                    units=", ".join(units),
                )
            )
        raise Problem(
            _(
                "Two fit: %(count)s people named %(name)s are on record. "
                "Say --unit, or write the name as the list has it.",
                count=len(fitting),
                name=repr(name),
            )
        )
    if fitting:
        return fitting[0], True
    return acts.add(context, name, unit.id if unit else None), False


commands = [user]
