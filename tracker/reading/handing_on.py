"""Who leads what, for the page on which the office hands it on when somebody leaves.

People are named: it is for the office alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.items import Assignment, Item
from tracker.record.ledger_tables import Event
from tracker.record.loader import load
from tracker.record.people import Person, RoleHeld
from tracker.record.progress import Entry
from tracker.rules.codes import Part
from tracker.rules.handing_on import held_parts

from .body_context import BodyContext
from .models import ItemRef
from .naming import namings, references
from .waiting_entries import items_with_waiting_entries


@dataclass(frozen=True, kw_only=True)
class HeldItem:
    """One item in which the person has a part."""

    item: ItemRef
    convention: str
    leads: bool  # else they contribute
    clauses: tuple[int, ...]  # the numbers of the clauses; none: the whole item
    since: date


@dataclass(frozen=True, kw_only=True)
class WaitingWords:
    """An entry of the person that waits for release."""

    entry_id: int
    item: ItemRef
    on: date


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What a person has in hand."""

    person_id: int
    name: str
    items: tuple[HeldItem, ...]
    assignments: tuple[int, ...]  # the keys of all their parts, as the act is told them
    waiting: tuple[WaitingWords, ...]


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """To whom it can go: a unit, or a person in it."""

    unit_id: int
    unit: str
    person_id: int | None
    person: str | None

    @property
    def code(self) -> str:
        return f"{self.unit_id}-{self.person_id or 0}"


def people_with_parts(session: Session, body_context: BodyContext) -> list[tuple[int, str]]:
    """Key and name of those to whom a part was given that was not ended, by name."""
    keys = session.scalars(
        sa.select(Assignment.person_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(
            Item.body_id == body_context.body.id,
            Assignment.person_id.is_not(None),
            Assignment.ended_by.is_(None),
            Assignment.retracted_by.is_(None),
        )
        .distinct()
    )
    named = [(key, body_context.people.get(key, str(key))) for key in keys if key is not None]
    return sorted(named, key=lambda person: (person[1], person[0]))


def receivers(session: Session, body_context: BodyContext) -> list[Receiver]:
    """Each unit alone, then those who have a role in it, and whom a list named in it."""
    have_a_role = (
        sa.select(RoleHeld.unit_id, RoleHeld.person_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            Person.body_id == body_context.body.id,
            RoleHeld.unit_id.is_not(None),
            RoleHeld.ended_by.is_(None),
            RoleHeld.retracted_by.is_(None),
        )
    )
    had_a_role = sa.exists().where(RoleHeld.person_id == Person.id)
    came_with_a_list = sa.select(Person.unit_id, Person.id).where(
        Person.body_id == body_context.body.id,
        Person.unit_id.is_not(None),
        Person.retracted_by.is_(None),
        ~had_a_role,
    )
    people_of: dict[int, set[int]] = defaultdict(set)
    for unit_id, person_id in session.execute(have_a_role.union(came_with_a_list)):
        if unit_id is not None:
            people_of[body_context.unit_names.target(unit_id)].add(person_id)
    found = []
    offered = body_context.unit_names.offered
    for unit_id, unit in sorted(offered.items(), key=lambda unit: (unit[1], unit[0])):
        found.append(Receiver(unit_id=unit_id, unit=unit, person_id=None, person=None))
        named = sorted((body_context.people.get(key, str(key)), key) for key in people_of[unit_id])
        found += [
            Receiver(unit_id=unit_id, unit=unit, person_id=key, person=name) for name, key in named
        ]
    return found


def leaving(session: Session, body_context: BodyContext, person_id: int, today: date) -> Leaving:
    """What a person leads or contributes to of what is open, and their entries that wait."""
    body_id, as_of = body_context.body.id, AsOf(today)
    item_ids = list(
        session.scalars(
            sa.select(Assignment.item_id)
            .join(Item, Item.id == Assignment.item_id)
            .where(Item.body_id == body_id, Assignment.person_id == person_id)
            .distinct()
        )
    )
    every = load(session, body_id, item_ids, as_of)
    parts_by_item = {
        item_id: parts
        for item_id in item_ids
        if item_id in every and (parts := held_parts(every[item_id], every, person_id))
    }
    waiting = session.execute(
        sa.select(Entry.id, Entry.item_id, Event.effective_on)
        .join(Event, Event.id == Entry.recorded_by)
        .where(
            Entry.id.in_(_waiting_entry_ids(body_id)),
            Event.actor_id == person_id,
        )
        .order_by(Entry.id)
    ).all()
    named = {*parts_by_item, *(row.item_id for row in waiting)}
    refs = references(session, body_context, namings(session, body_context, named, as_of), as_of)
    items = []
    for item_id, parts in parts_by_item.items():
        numbers = {clause.id: clause.number for clause in every[item_id].clauses}
        clauses = tuple(
            sorted(numbers[part.clause_id] for part in parts if part.clause_id is not None)
        )
        convention = body_context.conventions[every[item_id].item.convention_id]
        item = HeldItem(
            item=refs[item_id],
            convention=convention.name,
            leads=any(part.part is Part.LEAD for part in parts),
            clauses=clauses,
            since=min(part.assignment.on for part in parts),
        )
        items.append(item)
    return Leaving(
        person_id=person_id,
        name=body_context.people.get(person_id, str(person_id)),
        items=tuple(sorted(items, key=lambda held: (held.convention, held.item.id))),
        assignments=tuple(
            sorted({part.assignment.id for parts in parts_by_item.values() for part in parts})
        ),
        waiting=tuple(
            WaitingWords(entry_id=row.id, item=refs[row.item_id], on=row.effective_on)
            for row in waiting
        ),
    )


def _waiting_entry_ids(body_id: int) -> sa.Select[int]:
    return items_with_waiting_entries(body_id).with_only_columns(Entry.id)
