"""The commands about people.

`user create`, `user list`, `user end-role`, `user end-sessions`, `user reset-second-factor`, `user
close`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import security_log
from tracker.acts import people as acts
from tracker.clock import now
from tracker.config import Settings
from tracker.record.bodies import Body
from tracker.record.people import Person
from tracker.rules.codes import Role
from tracker.rules.rosters import NamedRow
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem
from .lookup import account_of, checked_address, only_body, person_named, sentence_of_units, unit_of
from .opened import body_of, context_for, echo, instance, session

if TYPE_CHECKING:
    from tracker.accounts.account_list import AccountDetails, RoleDetails

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
    from tracker.accounts import invitations, user_accounts

    address = checked_address(email)
    with instance(path) as app:
        body = _body(body_slug)
        unit = _unit_of_role(body, role, unit_name)
        context = context_for(body)
        newcomer = invitations.Newcomer(
            name=name, address=address, role=Role(role), unit_id=_id_in_role(role, unit)
        )
        admission = invitations.let_in(context, newcomer, lambda: person_named(context, name, unit))
        account = admission.account
        token = user_accounts.make_link(session(), account, now())
        session().commit()
        if admission.is_new_account:
            security_log.record(SecurityEvent.ACCOUNT_CREATED, account=account.id)
        security_log.record(SecurityEvent.LINK_MADE, account=account.id)
        sentence = _role_sentence(name, address, _role_in(role, body, unit), admission.is_new_role)
        echo(sentence + (" " + _("Taken over from the list.") if admission.is_from_a_list else ""))
        echo(_("One-time link, good for 7 days, to set a password:"))
        settings: Settings = app.config["SETTINGS"]
        echo(f"{settings.base_url or 'http://127.0.0.1:5000'}/account/password/{token}")


def _role_sentence(name: str, address: str, role: str, is_new: bool) -> str:
    if is_new:
        return _("%(name)s <%(address)s> is now %(role)s.", name=name, address=address, role=role)
    return _("%(name)s <%(address)s> was already %(role)s.", name=name, address=address, role=role)


def _body(slug: str | None) -> Body:
    return body_of(slug) if slug else only_body(session())


def _unit_of_role(body: Body, role: str, unit_name: str | None) -> NamedRow | None:
    """The unit that is named; the role of a unit needs one."""
    unit = unit_of(session(), body, unit_name)
    if role in OF_A_UNIT and unit is None:
        raise CommandProblem(
            _(
                "The role %(role)s is held in a unit: say --unit. %(units)s",
                role=role,
                units=sentence_of_units(session(), body),
            )
        )
    return unit


def _id_in_role(role: str, unit: NamedRow | None) -> int | None:
    """The unit with which the role is recorded: other roles are for the whole body."""
    return unit.id if unit and role in OF_A_UNIT else None


def _role_in(role: str, body: Body, unit: NamedRow | None) -> str:
    """staff of Center for Research; auditor of nea"""
    where = unit.name if unit and role in OF_A_UNIT else body.slug
    return _("%(role)s of %(where)s", role=role, where=where)


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
        account = account_of(email)
        body = _body(body_slug)
        unit = _unit_of_role(body, role, unit_name)
        person = accounts.find_person(session(), account.id, body.id)
        has_ended = person is not None and acts.end_role(
            context_for(body), person, Role(role), _id_in_role(role, unit)
        )
        roles_left = account_list.roles_of_account(session(), account.id, now())
        if not has_ended:
            raise CommandProblem(
                _(
                    "%(address)s does not hold this role. Roles held: %(held)s.",
                    address=account.email,
                    held=_roles_held(roles_left),
                )
            )
        sessions_ended = 0 if roles_left else sessions.end_all(session(), account.id)
        session().commit()
        role_name = _role_in(role, body, unit)
        echo(_("%(address)s is no longer %(role)s.", address=account.email, role=role_name))
        if not roles_left:
            echo(_("It was the last role.") + " " + _sessions_ended(sessions_ended))
        _note_sessions(account.id, sessions_ended)


def _roles_held(roles: Sequence[RoleDetails]) -> str:
    names = [
        _("%(role)s of %(where)s", role=role.role.value, where=role.unit or role.body)
        for role in roles
    ]
    return ", ".join(names) or _("none")


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
        account = account_of(email) if email is not None else None
        ended = sessions.end_all(session(), account.id if account else None)
        session().commit()
        echo(_sessions_ended(ended))
        _note_sessions(account.id if account else None, ended)


@user.command("reset-second-factor")
@click.argument("email")
@click.pass_obj
def reset_second_factor(path: Path, email: str) -> None:
    """Take away the second factor of EMAIL, which is lost: the app, passkeys and recovery codes.
    Its sessions end; the password stays.

    An administrator does it on the person's page; this is for the last one.
    """
    from tracker.accounts import sessions
    from tracker.accounts.second_factors import second_factor

    with instance(path):
        account = account_of(email)
        second_factor.lock(session(), account.id)
        if not second_factor.of_account(session(), account.id).any:
            raise CommandProblem(_("%(address)s has no second factor.", address=account.email))
        second_factor.reset(session(), account.id)
        ended = sessions.end_all(session(), account.id)
        session().commit()
        security_log.record(SecurityEvent.SECOND_FACTOR_RESET, account=account.id)
        echo(
            _("The second factor of %(address)s is reset.", address=account.email)
            + " "
            + _sessions_ended(ended)
        )
        _note_sessions(account.id, ended)


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
        account = account_of(email)
        if not account.active:
            raise CommandProblem(
                _("The account of %(address)s is closed already.", address=account.email)
            )
        for role in account_list.roles_of_account(session(), account.id, now()):
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
        ended = accounts.close_account(session(), account)
        session().commit()
        security_log.record(SecurityEvent.ACCOUNT_CLOSED, account=account.id)
        echo(
            _("The account of %(address)s is closed.", address=account.email)
            + " "
            + _sessions_ended(ended)
        )


def _sessions_ended(ended: int) -> str:
    if not ended:
        return _("No session was open.")
    return ngettext("%(num)s session ended.", "%(num)s sessions ended.", ended)


def _note_sessions(account_id: int | None, ended: int) -> None:
    if ended:
        security_log.record(SecurityEvent.SESSIONS_ENDED, account=account_id, sessions=ended)


commands = [user]
