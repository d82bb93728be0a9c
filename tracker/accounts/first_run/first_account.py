"""The first account of an office: administrator and governance of its body, which is founded with
it where there is none yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.accounts import user_accounts
from tracker.accounts.user import User
from tracker.acts import bodies, people
from tracker.acts.act_context import for_body
from tracker.record.bodies import Body
from tracker.rules.codes import Role
from tracker.rules.permissions import COMMAND_LINE
from tracker.rules.settings import DEFAULTS

ROLES = (Role.ADMINISTRATOR, Role.GOVERNANCE)


@dataclass(frozen=True, kw_only=True)
class NewBody:
    name: str
    slug: str
    time_zone: str
    currency: str


def found(session: Session, new: NewBody, now: datetime) -> Body:
    """With closed pages: only people with a role see them, until somebody opens them. Raises
    Refused where the slug is taken or reserved.
    """
    settings = {
        "name": new.name,
        "time_zone": new.time_zone,
        "currency": new.currency,
        "pages": DEFAULTS["pages"],
    }
    return bodies.found_body(session, new.slug, settings, now)


def create(
    session: Session, body: Body, *, name: str, address: str, password: str, now: datetime
) -> User:
    """It is recorded as done by the command line, which has made the link."""
    context = for_body(session, body.id, COMMAND_LINE, now)
    user = user_accounts.create_account(session, address, name, password)
    fitting = people.without_account(context, name, None)
    person = fitting[0] if len(fitting) == 1 else people.add(context, name)
    people.join_account(context, person, user.id)
    for role in ROLES:
        people.give_role(context, person, role)
    return user
