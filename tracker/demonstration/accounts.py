"""The people of the made-up union: their roles, and the accounts of those who can sign in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from tracker.accounts.account_list import bodies_of_account
from tracker.accounts.invitations import make_link
from tracker.accounts.user_accounts import create_account, find_account
from tracker.acts import people
from tracker.acts.act_context import ActContext, for_body
from tracker.config import Settings
from tracker.rules.codes import Role
from tracker.rules.permissions import COMMAND_LINE, Actor, Grant

from .people import DANA, NOOR, PEOPLE

READER_FIRST = timedelta(days=60)  # how long one of the staff was a reader, too
PASSWORD_BYTES = 9  # drawn at random: too many to be tried, however quick a try is
QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
"""The slow hash is for passwords that people think of; ten of them would take a quarter of all
loading.
"""


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """Somebody of the made-up union who can sign in.

    `units`: names of the units of a manager or of staff.
    """

    email: str
    name: str
    role: Role
    password: str
    units: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """All of them, in words."""
        return " and ".join(self.units)


def mail_links(session: Session, now: datetime, settings: Settings) -> None:
    """Who was invited gets a new link, so that the page of outgoing mail has one to read. With a
    mail server no mail goes to made-up addresses.
    """
    if settings.mail_server is not None:
        return
    for somebody in PEOPLE:
        account = find_account(session, somebody.email or "") if somebody.is_invited else None
        if account is not None:
            for body_id in bodies_of_account(session, account.id):
                make_link(for_body(session, body_id, COMMAND_LINE, now), account)


def welcome(
    context: ActContext, units: Mapping[str, int], today: date
) -> Iterator[tuple[str, Actor, DemoAccount | None]]:
    """Each person by name, with the roles given and the account made.

    `today` is the day on which the demonstration is looked at.
    """
    last_days = {NOOR: date(today.year + 1, 12, 31)}
    for somebody in PEOPLE:
        unit_id = units[somebody.units[0]] if somebody.units else None
        person = people.add(context, somebody.former_name or somebody.name, unit_id)
        if somebody.former_name:
            people.rename(context, person, somebody.name)
        grants = [Grant(somebody.role, units[unit]) for unit in somebody.units] or [
            Grant(somebody.role)
        ]
        for grant in grants:
            last_day = last_days.get(somebody.name)
            people.give_role(context, person, grant.role, grant.unit_id, until_on=last_day)
        if somebody.name == DANA:
            until = context.today + READER_FIRST
            people.give_role(context, person, Role.READER, until_on=until)
        account = None
        if somebody.email and somebody.is_invited:
            invited = create_account(context.session, somebody.email, somebody.name)
            people.join_account(context, person, invited.id)
        elif somebody.email:
            account = DemoAccount(
                email=somebody.email,
                name=somebody.name,
                role=somebody.role,
                password=secrets.token_urlsafe(PASSWORD_BYTES),
                units=somebody.units,
            )
            user = create_account(context.session, somebody.email, somebody.name)
            user.password = QUICK.hash(account.password)
            people.join_account(context, person, user.id)
        yield somebody.name, Actor(person.id, frozenset(grants)), account
