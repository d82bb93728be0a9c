"""Units, delegations and people of a body by name, to find those that a list names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.importing.values.texts import name_key
from tracker.record.bodies import Delegation, Unit
from tracker.record.ledger_tables import Text
from tracker.record.people import Person


@dataclass(frozen=True, kw_only=True)
class NamesByKey:
    """Names of a body by the keys of its rows. `unit_of` is the unit of each person."""

    units: Mapping[int, str]
    delegations: Mapping[int, str]
    people: Mapping[int, str | None]
    unit_of: Mapping[int, int | None]


@dataclass(frozen=True)
class BodyNames:
    """Units, delegations and people of the body by `name_key` of their names.

    A unit or delegation has its key and its name; a person the key and that of the unit.
    """

    units: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    delegations: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    people: Mapping[str, tuple[tuple[int, int | None], ...]] = field(default_factory=dict)

    def unit_id(self, name: str) -> int | None:
        known = self.units.get(name_key(name))
        return known[0] if known else None

    def delegation_id(self, name: str) -> int | None:
        known = self.delegations.get(name_key(name))
        return known[0] if known else None

    def person_id(self, name: str, unit: str) -> int | None:
        """The person of that name in that unit, or else the one of no unit."""
        unit_id = self.unit_id(unit)
        of_no_unit = []
        in_the_unit = []
        for person_id, person_unit in self.people.get(name_key(name), ()):
            if person_unit is None:
                of_no_unit.append(person_id)
            elif person_unit == unit_id:
                in_the_unit.append(person_id)
        candidates = in_the_unit or of_no_unit
        return min(candidates) if candidates else None


def names_by_key(session: Session, body_id: int) -> NamesByKey:
    units = session.execute(
        sa.select(Unit.id, Unit.name).where(Unit.body_id == body_id).order_by(Unit.id)
    )
    delegations = session.execute(
        sa.select(Delegation.id, Delegation.name)
        .where(Delegation.body_id == body_id)
        .order_by(Delegation.id)
    )
    people = session.execute(
        sa.select(Person.id, Person.unit_id, Text.words)
        .join(Text, Text.digest == Person.name)
        .where(Person.body_id == body_id)
        .order_by(Person.id)
    ).all()
    return NamesByKey(
        units={row.id: row.name for row in units},
        delegations={row.id: row.name for row in delegations},
        people={row.id: row.words for row in people},
        unit_of={row.id: row.unit_id for row in people},
    )


def body_names(session: Session, body_id: int) -> BodyNames:
    names = names_by_key(session, body_id)
    people: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for person_id, name in names.people.items():
        people[name_key(name or "")].append((person_id, names.unit_of[person_id]))
    return BodyNames(
        units={name_key(name): (unit_id, name) for unit_id, name in names.units.items()},
        delegations={
            name_key(name): (delegation_id, name)
            for delegation_id, name in names.delegations.items()
        },
        people={key: tuple(of_that_name) for key, of_that_name in people.items()},
    )
