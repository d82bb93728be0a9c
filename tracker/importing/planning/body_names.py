"""Units, delegations and people of a body by name, to find those that a list names.

A list may say a name that was given up, or that of what was merged into another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.ledger_tables import Text
from tracker.record.people import IS_RENAMED, NAME_OF_TODAY, Person, PersonName
from tracker.record.rosters import RosterNames, roster_names
from tracker.rules.rosters import NamesInForce, name_key


@dataclass(frozen=True, kw_only=True)
class NamesByKey:
    """Names of a body by the keys of its rows, as they are in force now.

    `unit_of` is the unit of each person.
    """

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
    return _names_by_key(session, body_id, roster_names(session, body_id))


def _names_by_key(session: Session, body_id: int, rosters: RosterNames) -> NamesByKey:
    units = rosters.units
    people = session.execute(
        sa.select(Person.id, Person.unit_id, Text.words)
        .select_from(Person)
        .outerjoin(PersonName, IS_RENAMED)
        .join(Text, Text.digest == NAME_OF_TODAY)
        .where(Person.body_id == body_id)
        .order_by(Person.id)
    ).all()
    return NamesByKey(
        units=units.shown,
        delegations=rosters.delegations.shown,
        people={row.id: row.words for row in people},
        unit_of={row.id: row.unit_id and units.target(row.unit_id) for row in people},
    )


def _former_names(session: Session, body_id: int) -> list[tuple[int, str]]:
    """Of people who were renamed: a list may still write them."""
    names = (
        sa.select(Person.id, Text.words)
        .select_from(Person)
        .join(PersonName, PersonName.person_id == Person.id)
        .join(Text, Text.digest.in_((Person.name, PersonName.name)))
        .where(Person.body_id == body_id)
        .distinct()
    )
    return [(person_id, name) for person_id, name in session.execute(names) if name]


def body_names(session: Session, body_id: int) -> BodyNames:
    rosters = roster_names(session, body_id)
    names = _names_by_key(session, body_id, rosters)
    people: dict[str, dict[int, int | None]] = defaultdict(dict)
    for person_id, name in chain(names.people.items(), _former_names(session, body_id)):
        people[name_key(name or "")][person_id] = names.unit_of[person_id]
    return BodyNames(
        units=_by_name(rosters.units),
        delegations=_by_name(rosters.delegations),
        people={key: tuple(of_that_name.items()) for key, of_that_name in people.items()},
    )


def _by_name(names: NamesInForce) -> dict[str, tuple[int, str]]:
    """Every name that is or was in force, with the row that has it or what it had."""
    return {name: (key, names.shown[key]) for name, key in names.by_name.items()}
