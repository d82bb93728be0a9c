"""The units or the delegations of a body, for those who keep them: each with what it has, and what
became of it. People are counted and named: it is for the office alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, AsOf, at
from tracker.record.items import FloorPerson, Item
from tracker.record.ledger_tables import Event
from tracker.record.people import Person, RoleHeld
from tracker.record.rosters import TABLES, items_naming
from tracker.record.summary import ItemSummary, on_day
from tracker.record.unit_holdings import UnitHoldings, holdings
from tracker.rules.handing_on import MAY_GO_ON
from tracker.rules.rosters import NamedRow, NamesInForce, Roster, name_key

from .body_context import BodyContext
from .models import ItemRef
from .naming import namings, references
from .tallies import keys_in

NAMED_ITEMS = 12  # of what a row has


@dataclass(frozen=True, kw_only=True)
class RosterLine:
    """One row on the page of all."""

    id: int
    name: str
    is_open: bool
    into: str | None  # the name of what it was merged into
    items: int  # open items that a unit leads; all that a delegation brought
    people: int  # who have a role in it


@dataclass(frozen=True, kw_only=True)
class RosterMoment:
    """What became of a row on a day."""

    what: str  # added, renamed, closed, merged, took_over, reopened
    on: date
    actor_id: int  # 0: the command line
    name: str | None  # that it was given; of the other row where one was merged into the other


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One row on its own page."""

    roster: Roster
    id: int
    name: str
    is_open: bool
    into: int | None
    earlier: tuple[str, ...]
    moments: tuple[RosterMoment, ...]  # the newest first
    held: UnitHoldings  # of a unit
    items: tuple[ItemRef, ...]  # the first of those that are open
    people: tuple[tuple[int, str], ...]  # key and name of those who have a role in it
    named_by: int  # how many items name it, or ever did


def names_of(body_context: BodyContext, roster: Roster) -> NamesInForce:
    if roster is Roster.UNITS:
        return body_context.unit_names
    return body_context.delegation_names


def roster_lines(
    session: Session, body_context: BodyContext, roster: Roster, today: date
) -> list[RosterLine]:
    """By name, those that are closed last. At most two statements."""
    names = names_of(body_context, roster)
    if roster is Roster.UNITS:
        items = _led_items(session, body_context, today)
        people = _people(session, body_context, today)
    else:
        items = _brought_items(session, body_context)
        people = Counter()
    lines = [
        RosterLine(
            id=row.id,
            name=row.name,
            is_open=row.is_open,
            into=names.shown[row.id] if row.into is not None else None,
            items=items[row.id],
            people=people[row.id],
        )
        for row in names.rows.values()
    ]
    return sorted(lines, key=lambda line: (not line.is_open, name_key(line.name), line.id))


def roster_row(
    session: Session, body_context: BodyContext, roster: Roster, row: NamedRow, today: date
) -> RosterRow:
    names = names_of(body_context, roster)
    family = names.family(row.id) if row.into is None else {row.id}
    held = (
        holdings(session, body_context.body.id, family, today)
        if roster is Roster.UNITS
        else UnitHoldings()
    )
    as_of, first = AsOf(today), held.items[:NAMED_ITEMS]
    refs = references(session, body_context, namings(session, body_context, first, as_of), as_of)
    named_by = session.scalar(
        sa.select(sa.func.count()).select_from(items_naming(roster, family).subquery())
    )
    people = [(key, body_context.people.get(key, str(key))) for key in held.people]
    return RosterRow(
        roster=roster,
        id=row.id,
        name=row.name,
        is_open=row.is_open,
        into=row.into,
        earlier=row.names[1:],
        moments=_moments(session, roster, row.id, names),
        held=held,
        items=tuple(refs[item_id] for item_id in first if item_id in refs),
        people=tuple(sorted(people, key=lambda person: (person[1], person[0]))),
        named_by=named_by or 0,
    )


def _led_items(session: Session, body_context: BodyContext, today: date) -> Counter[int]:
    """Open items, by the unit that leads them."""
    rows = session.execute(
        sa.select(ItemSummary.units, sa.func.count())
        .join(Item, Item.id == ItemSummary.item_id)
        .where(
            Item.body_id == body_context.body.id,
            on_day(today),
            ItemSummary.standing.in_(MAY_GO_ON),
            ItemSummary.units != "",
        )
        .group_by(ItemSummary.units)
    )
    counted: Counter[int] = Counter()
    for units, items in rows:
        for key in {body_context.unit_names.target(key) for key in keys_in(units)}:
            counted[key] += items
    return counted


def _people(session: Session, body_context: BodyContext, today: date) -> Counter[int]:
    """Who have a role now or later, by unit."""
    rows = session.execute(
        sa.select(RoleHeld.unit_id, RoleHeld.person_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            Person.body_id == body_context.body.id,
            RoleHeld.unit_id.is_not(None),
            at(RoleHeld, NOW),
            sa.or_(RoleHeld.until_on.is_(None), RoleHeld.until_on >= today),
        )
        .distinct()
    )
    people: dict[int, set[int]] = defaultdict(set)
    for unit_id, person_id in rows:
        people[body_context.unit_names.target(unit_id or 0)].add(person_id)
    return Counter({key: len(held) for key, held in people.items()})


def _brought_items(session: Session, body_context: BodyContext) -> Counter[int]:
    rows = session.execute(
        sa.select(FloorPerson.delegation_id, FloorPerson.item_id)
        .join(Item, Item.id == FloorPerson.item_id)
        .where(
            Item.body_id == body_context.body.id,
            FloorPerson.delegation_id.is_not(None),
            at(FloorPerson, NOW),
        )
        .distinct()
    )
    names = body_context.delegation_names
    pairs = {(names.target(key or 0), item_id) for key, item_id in rows}
    return Counter(key for key, _item_id in pairs)


def _moments(
    session: Session, roster: Roster, key: int, names: NamesInForce
) -> tuple[RosterMoment, ...]:
    """All that was recorded of a row. One statement."""
    tables = TABLES[roster]
    row, name = tables.row.__table__.c, tables.name.__table__.c
    closing, merger = tables.closing.__table__.c, tables.merger.__table__.c
    no_name, no_key = sa.cast(sa.null(), sa.Text()), sa.cast(sa.null(), sa.BigInteger())

    def what(code: str) -> sa.ColumnElement[str]:
        return sa.literal_column(f"'{code}'", sa.Text)

    facts = sa.union_all(
        sa.select(
            what("added").label("what"),
            row.recorded_by.label("event_id"),
            sa.cast(row.name, sa.Text).label("name"),
            no_key.label("other_id"),
        ).where(row.id == key),
        sa.select(what("renamed"), name.recorded_by, sa.cast(name.name, sa.Text), no_key).where(
            name[tables.key] == key
        ),
        sa.select(what("closed"), closing.recorded_by, no_name, no_key).where(
            closing[tables.key] == key
        ),
        sa.select(what("reopened"), closing.ended_by, no_name, no_key).where(
            closing[tables.key] == key, closing.ended_by.is_not(None)
        ),
        sa.select(what("merged"), merger.recorded_by, no_name, merger.into_id).where(
            merger[tables.key] == key
        ),
        sa.select(what("reopened"), merger.ended_by, no_name, no_key).where(
            merger[tables.key] == key, merger.ended_by.is_not(None)
        ),
        sa.select(what("took_over"), merger.recorded_by, no_name, merger[tables.key]).where(
            merger.into_id == key
        ),
    ).subquery()
    rows = session.execute(
        sa.select(facts, Event.effective_on, Event.actor_id)
        .join(Event, Event.id == facts.c.event_id)
        .order_by(Event.id.desc())
    )
    return tuple(
        RosterMoment(
            what=moment.what,
            on=moment.effective_on,
            actor_id=moment.actor_id,
            name=names.rows[moment.other_id].name if moment.other_id is not None else moment.name,
        )
        for moment in rows
    )
