"""Letting somebody in: a person of the body, an account, a role, and a one-time link by which they
choose a password of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.acts import people as acts
from tracker.acts.act_context import ActContext
from tracker.current_settings import current_settings
from tracker.mail import outbox
from tracker.mail.messages import MailTemplate
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import MailState
from tracker.record.people import Person
from tracker.rules import refusals
from tracker.rules.codes import Role
from tracker.rules.refusals import Refusal

from . import account_list, user_accounts
from .user import User
from .user_accounts import LINK_LIFETIME


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Who is to have a role in a body, and which."""

    name: str
    address: str
    role: Role
    unit_id: int | None = None  # of the role
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Admission:
    person: Person
    account: User
    is_new_account: bool
    is_new_role: bool
    is_from_a_list: bool


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A link that is shown once."""

    name: str
    address: str
    token: str
    until: datetime
    is_mailed: bool  # it leaves by mail, too


@dataclass(frozen=True, kw_only=True)
class Invited:
    person_id: int
    account_id: int
    is_new_account: bool
    is_new_role: bool
    link: NewLink | None  # None: the account has a password already


def invite(context: ActContext, newcomer: Newcomer) -> Invited:
    """Gives an address a role, and a link where its account has no password yet. A person of that
    name whom a list has brought is taken over, where only one fits.
    """

    def person_named() -> tuple[Person, bool]:
        fitting = acts.without_account(context, newcomer.name, newcomer.unit_id)
        if len(fitting) == 1:
            return fitting[0], True
        return acts.add(context, newcomer.name, newcomer.unit_id), False

    admission = let_in(context, newcomer, person_named)
    account = admission.account
    return Invited(
        person_id=admission.person.id,
        account_id=account.id,
        is_new_account=admission.is_new_account,
        is_new_role=admission.is_new_role,
        link=None if account.password else make_link(context, account),
    )


def let_in(
    context: ActContext, newcomer: Newcomer, person_named: Callable[[], tuple[Person, bool]]
) -> Admission:
    """An account of that address that is somebody in the body, with the role.

    `person_named` is asked where the account is nobody there yet: who is of that name, and whether
    a list has brought them. Raises Refused for a closed account, and as `acts.people.give_role`
    does.
    """
    session = context.session
    account = user_accounts.find_account(session, newcomer.address)
    is_new_account = account is None
    if account is None:
        account = user_accounts.create_account(session, newcomer.address, newcomer.name)
    refusals.need(account.active, Refusal.ACCOUNT_IS_CLOSED)
    person = user_accounts.find_person(session, account.id, context.body_id)
    is_from_a_list = False
    if person is None:
        person, is_from_a_list = person_named()
        acts.join_account(context, person, account.id)
    is_new_role = acts.give_role(
        context,
        person,
        newcomer.role,
        newcomer.unit_id,
        from_on=newcomer.from_on,
        until_on=newcomer.until_on,
    )
    return Admission(
        person=person,
        account=account,
        is_new_account=is_new_account,
        is_new_role=is_new_role,
        is_from_a_list=is_from_a_list,
    )


def make_link(context: ActContext, account: User) -> NewLink:
    """A new one-time link, mailed where mail is set up; earlier ones stop working."""
    template = MailTemplate.NEW_LINK if account.password else MailTemplate.INVITATION
    body = context.session.get_one(Body, context.body_id)
    return _make_link(context.session, account, context.now, template, body)


def make_reset_link(session: Session, account: User, now: datetime) -> NewLink:
    """For somebody who has forgotten the password; in the name of a body of theirs."""
    body_ids = account_list.bodies_of_account(session, account.id)
    body = session.get(Body, min(body_ids)) if body_ids else None
    return _make_link(session, account, now, MailTemplate.PASSWORD_RESET, body)


def _make_link(
    session: Session, account: User, now: datetime, template: MailTemplate, body: Body | None
) -> NewLink:
    token = user_accounts.make_link(session, account, now)
    until = now + LINK_LIFETIME
    mail = outbox.send(
        session,
        template,
        account.email,
        {"name": account.name, "link": link_address(token), "until": until},
        body,
    )
    return NewLink(
        name=account.name,
        address=account.email,
        token=token,
        until=until,
        is_mailed=mail is not None and mail.state is MailState.WAITING,
    )


def link_address(token: str) -> str:
    """Absolute, for a mail: where the installation says that it is found. What a request says of
    its host is not believed: whoever asks for somebody's link could name a site of theirs.
    """
    base = current_settings().base_url or "http://127.0.0.1:5000"
    return f"{base}/account/password/{token}"
