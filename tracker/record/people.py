"""Fact tables: people, their roles in a body, and which account is theirs.

Sign-in itself is no fact (accounts/).
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.rules.codes import Role

from .ledger_tables import FactTable

COMMAND_LINE = 0  # the actor of what was done at the terminal
FROM_OUTSIDE = -2  # the actor of what was decided by a one-time link; no person of the body


class Person(FactTable):
    """Somebody who acts, or who is named as an item's lead; the id is the actor of events in the
    body's chain.
    """

    __tablename__ = "person"
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), default=None)


class PersonName(FactTable):
    """Another name of a person, until the next one ends it. Which one shows is judged by today."""

    __tablename__ = "person_name"
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))


IS_RENAMED = sa.and_(
    PersonName.person_id == Person.id,
    PersonName.ended_by.is_(None),
    PersonName.retracted_by.is_(None),
)
"""By this a statement about people is joined, outer, with their new names."""
NAME_OF_TODAY = sa.func.coalesce(PersonName.name, Person.name)
"""The text that is the name of a person, in a statement that is so joined."""


class PersonAccount(FactTable):
    """This person signs in with that account. The account's address stays outside the ledger."""

    __tablename__ = "person_account"
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    user_id: Mapped[int] = mapped_column(index=True)


class RoleHeld(FactTable):
    """A role in the body, for manager and staff in a unit; from its event's date until the one that
    ends it, or until its last day, where one was named.
    """

    __tablename__ = "role_held"
    __table_args__ = (
        sa.CheckConstraint(
            "(role IN ('manager', 'staff')) = (unit_id IS NOT NULL)", name="unit_of_role"
        ),
    )
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), default=None)
    # Days in the body's zone. None: from its event's date, and with no end named.
    from_on: Mapped[date | None] = mapped_column(default=None)
    until_on: Mapped[date | None] = mapped_column(default=None)  # the last day
