"""What the words of a command about people name: an account, a body, a unit, a person.

Each raises `Problem`, with what can be said instead, where they name nothing, or more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from tracker.acts import people as acts
from tracker.acts.act_context import ActContext
from tracker.record.bodies import Body
from tracker.record.people import Person
from tracker.record.rosters import roster_names
from tracker.rules import slugs
from tracker.rules.rosters import NamedRow
from tracker.translation import gettext as _

from . import CommandProblem
from .opened import session

if TYPE_CHECKING:
    from tracker.accounts.user import User


def checked_address(email: str) -> str:
    """The address as accounts keep it."""
    from tracker.accounts import user_accounts as accounts

    try:
        return accounts.normalized_address(
            validate_email(email, check_deliverability=False).normalized
        )
    except EmailNotValidError as wrong:
        raise CommandProblem(
            _("%(email)s is no e-mail address: %(wrong)s", email=repr(email), wrong=wrong)
        ) from wrong


def account_of(email: str) -> User:
    from tracker.accounts import user_accounts as accounts

    account = accounts.find_account(session(), email)
    if account is None:
        raise CommandProblem(
            _(
                "There is no account of %(email)s: `tracker user list` names them.",
                email=repr(email),
            )
        )
    return account


def only_body(session: Session) -> Body:
    """The body of an instance that has one, beside those that were put in to try things out."""
    every = session.scalars(sa.select(Body).order_by(Body.slug)).all()
    bodies = [body for body in every if not slugs.is_for_trying(body.slug)] or every
    if not bodies:
        raise CommandProblem(
            _("There is no body yet: import a list with --create-conventions first.")
        )
    if len(bodies) > 1:
        raise CommandProblem(
            _(
                "More than one body is on record: say --body, one of %(bodies)s.",
                bodies=", ".join(body.slug for body in bodies),
            )
        )
    return bodies[0]


def sentence_of_units(session: Session, body: Body) -> str:
    """The units that a command can name."""
    names = sorted(roster_names(session, body.id).units.offered.values())
    if names:
        return _("Units of %(body)s: %(units)s.", body=body.slug, units=", ".join(names))
    return _(
        "%(body)s has no units yet: a list brings them in its column of leads.", body=body.slug
    )


def unit_of(session: Session, body: Body, name: str | None) -> NamedRow | None:
    """The body's unit of that name, in whatever case, or the one that had it, or has what had it.

    None: no name was said.
    """
    if name is None:
        return None
    units = roster_names(session, body.id).units
    unit_id = units.find(name)
    if unit_id is None:
        raise CommandProblem(
            _(
                "There is no unit %(name)s. %(units)s",
                name=repr(name),
                units=sentence_of_units(session, body),
            )
        )
    return units.rows[unit_id]


def person_named(context: ActContext, name: str, unit: NamedRow | None) -> tuple[Person, bool]:
    """The person of that name whom a list has brought, else a new one.

    The second value says whether a list has brought it.
    """
    fitting = acts.without_account(context, name, unit.id if unit else None)
    if unit:
        of_the_unit = [person for person in fitting if person.unit_id == unit.id]
        fitting = of_the_unit or fitting
    if len(fitting) > 1:
        names = roster_names(context.session, context.body_id).units.shown
        units = sorted({names[person.unit_id] for person in fitting if person.unit_id is not None})
        if units:
            raise CommandProblem(
                _(
                    "Two fit: %(count)s people named %(name)s are on record, in %(units)s. "
                    "Say --unit, or write the name as the list has it.",
                    count=len(fitting),
                    name=repr(name),
                    units=", ".join(units),
                )
            )
        raise CommandProblem(
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
