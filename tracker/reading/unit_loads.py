"""What each unit, and each person in it, has in hand today: for managers, of their units; for
governance and auditors, of all.

For staff only: people are named. A figure is the number of its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Assignment, Item
from tracker.record.people import Person, RoleHeld
from tracker.record.summary import ItemSummary, on_day
from tracker.rules.clause_standing import OPEN
from tracker.rules.codes import Part, Role
from tracker.rules.facts import AssignmentFact
from tracker.rules.permissions import Actor, Permission, is_permitted
from tracker.rules.roles import holds_on

from .body_context import BodyContext
from .item_context import ItemContext, audience_of, load_item_contexts
from .led_items import LedFigure, LedItem, led_item, rows_of
from .models import BodyDetails


class LoadFigure(StrEnum):
    """What is counted of each unit and person. The values stand in addresses."""

    OPEN = auto()
    PAST_DUE = auto()
    QUIET = auto()
    DUE_SOON = auto()
    WAITING = auto()
    CONTRIBUTED = auto()


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Whose load it is: a unit, a person in it, those of the unit's items for which nobody is
    named, or (None for both) what no unit has.
    """

    unit_id: int | None = None
    person_id: int | None = None
    is_unit: bool = False  # all of the unit, whoever has it there


@dataclass(frozen=True, kw_only=True)
class HeldLoad:
    """What one unit, or one person in it, has in hand of what is open."""

    holder: Holder
    unit: str | None
    person: str | None
    has_role: bool  # of a person: in this unit, today
    is_closed: bool  # of a person: the account
    led: tuple[LedItem, ...]
    contributed: tuple[LedItem, ...]
    today: date

    def rows(self, figure: LoadFigure) -> tuple[LedItem, ...]:
        """The items that a figure counts."""
        if figure is LoadFigure.CONTRIBUTED:
            return self.contributed
        return rows_of(LedFigure(figure.value), self.led, self.today)


@dataclass(frozen=True, kw_only=True)
class UnitLoad:
    total: HeldLoad
    people: tuple[HeldLoad, ...]  # nobody named first, where the unit has such items; then by name


@dataclass(frozen=True, kw_only=True)
class BodyLoad:
    body: BodyDetails
    today: date
    units: tuple[UnitLoad, ...]  # by name
    unled: HeldLoad | None  # of the whole body: what no unit leads; None: not for this person
    may_govern: bool
    may_assign: bool

    def find(self, holder: Holder) -> HeldLoad | None:
        """None: it is not among them."""
        return next((held for held in self.all_held() if held.holder == holder), None)

    @property
    def busy(self) -> list[UnitLoad]:
        """The units that have something in hand."""
        return [unit for unit in self.units if unit.total.led or unit.total.contributed]

    @property
    def idle(self) -> list[str]:
        """The names of the others."""
        return [
            unit.total.unit or ""
            for unit in self.units
            if not (unit.total.led or unit.total.contributed)
        ]

    def all_held(self) -> Iterator[HeldLoad]:
        for unit in self.units:
            yield unit.total
            yield from unit.people
        if self.unled:
            yield self.unled


def body_load(
    session: Session,
    body_id: int,
    actor: Actor,
    today: date,
    closed_accounts: Collection[int] = (),
) -> BodyLoad:
    """The number of statements does not depend on how many items or people there are.

    :param closed_accounts: people whose account is closed
    """
    reads_all = is_permitted(actor, Permission.READ_ALL)
    managed = None if reads_all else _managed(actor)
    item_ids = set(session.scalars(_open_items(body_id, today, managed)))
    body_context, items = load_item_contexts(session, body_id, item_ids, today, audience_of(actor))
    led, contributed = _held(items.values(), body_context)
    people = _People(
        names=body_context.people,
        roles=_roles(session, body_context, today),
        closed=closed_accounts,
    )
    loads = _Loads(led=led, contributed=contributed, people=people, today=today)
    units = [
        loads.of_unit(unit_id, name)
        for unit_id, name in _units(body_context, managed)
        if unit_id in body_context.unit_names.offered or loads.has(unit_id)
    ]
    return BodyLoad(
        body=body_context.body,
        today=today,
        units=tuple(units),
        unled=loads.of(Holder(), None) if reads_all else None,
        may_govern=is_permitted(actor, Permission.GOVERN),
        may_assign=actor.governs or actor.has(Role.MANAGER),
    )


# --- which units and items ---


def _managed(actor: Actor) -> frozenset[int]:
    """The units in which a manager assigns; those that were merged into them are among them."""
    return frozenset(
        grant.unit_id
        for grant in actor.grants
        if grant.role is Role.MANAGER and grant.unit_id is not None
    )


def _units(body_context: BodyContext, managed: Collection[int] | None) -> list[tuple[int, str]]:
    """Key and name, by name: of those that were merged into no other."""
    names = body_context.unit_names
    units = [
        (unit_id, name)
        for unit_id, name in names.shown.items()
        if names.target(unit_id) == unit_id and (managed is None or unit_id in managed)
    ]
    return sorted(units, key=lambda unit: (unit[1], unit[0]))


def _open_items(body_id: int, today: date, managed: Collection[int] | None) -> sa.Select[int]:
    """The keys of what is open: of the body, or of what these units lead or contribute to."""
    selected = (
        sa.select(ItemSummary.item_id)
        .join(Item, Item.id == ItemSummary.item_id)
        .where(Item.body_id == body_id, on_day(today), ItemSummary.standing.in_(OPEN))
    )
    if managed is None:
        return selected
    contributed = sa.select(Assignment.item_id).where(
        Assignment.unit_id.in_(managed),
        Assignment.part == Part.CONTRIBUTOR,
        Assignment.ended_by.is_(None),
        Assignment.retracted_by.is_(None),
    )
    leads = [ItemSummary.units.contains(f" {unit_id} ") for unit_id in managed]
    return selected.where(sa.or_(*leads, ItemSummary.item_id.in_(contributed)))


def _roles(session: Session, body_context: BodyContext, today: date) -> Mapping[int, set[int]]:
    """By unit: who is its staff or manager today."""
    rows = session.execute(
        sa.select(RoleHeld.unit_id, RoleHeld.person_id, RoleHeld.from_on, RoleHeld.until_on)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            Person.body_id == body_context.body.id,
            RoleHeld.unit_id.is_not(None),
            RoleHeld.ended_by.is_(None),
            RoleHeld.retracted_by.is_(None),
        )
    )
    roles: defaultdict[int, set[int]] = defaultdict(set)
    for unit_id, person_id, from_on, until_on in rows:
        if unit_id is not None and holds_on(today, from_on, until_on):
            roles[body_context.unit_names.target(unit_id)].add(person_id)
    return roles


# --- who has what ---

RowsByHolder = Mapping[Holder, list[LedItem]]


@dataclass(frozen=True, kw_only=True)
class _People:
    names: Mapping[int, str]
    roles: Mapping[int, set[int]]  # by unit: who is its staff or manager today
    closed: Collection[int]  # whose account is closed


@dataclass(frozen=True, kw_only=True)
class _Loads:
    led: RowsByHolder
    contributed: RowsByHolder
    people: _People
    today: date

    def has(self, unit_id: int) -> bool:
        unit = Holder(unit_id=unit_id, is_unit=True)
        return unit in self.led or unit in self.contributed

    def of_unit(self, unit_id: int, name: str) -> UnitLoad:
        holders = {
            holder
            for holder in (*self.led, *self.contributed)
            if holder.unit_id == unit_id and not holder.is_unit
        }
        holders |= {
            Holder(unit_id=unit_id, person_id=person_id)
            for person_id in self.people.roles.get(unit_id, ())
        }
        people = [self.of(holder, name) for holder in holders]
        people.sort(key=lambda held: (held.person is not None, held.person or ""))
        return UnitLoad(
            total=self.of(Holder(unit_id=unit_id, is_unit=True), name), people=tuple(people)
        )

    def of(self, holder: Holder, unit: str | None) -> HeldLoad:
        person_id = holder.person_id
        of_unit = self.people.roles.get(holder.unit_id, ()) if holder.unit_id is not None else ()
        return HeldLoad(
            holder=holder,
            unit=unit,
            person=self.people.names.get(person_id, str(person_id)) if person_id else None,
            has_role=person_id in of_unit,
            is_closed=person_id in self.people.closed,
            led=tuple(self.led.get(holder, ())),
            contributed=tuple(self.contributed.get(holder, ())),
            today=self.today,
        )


def _held(
    items: Iterable[ItemContext], body_context: BodyContext
) -> tuple[RowsByHolder, RowsByHolder]:
    """What is led, and what is contributed to; each in the order of the items.

    An item whose open clauses several lead stands with each of them.
    """
    led: defaultdict[Holder, list[LedItem]] = defaultdict(list)
    contributed: defaultdict[Holder, list[LedItem]] = defaultdict(list)
    for item in items:
        row = led_item(item)
        leads = _with_units(_leads(item, body_context))
        for holder in leads:
            led[holder].append(row)
        for holder in _with_units(_contributors(item, body_context)) - leads:
            contributed[holder].append(row)
    return led, contributed


def _with_units(holders: Iterable[Holder]) -> set[Holder]:
    """With the whole unit of each."""
    one_by_one = set(holders)
    units = {holder.unit_id for holder in one_by_one} - {None}
    return one_by_one | {Holder(unit_id=unit_id, is_unit=True) for unit_id in units}


def _leads(item: ItemContext, body_context: BodyContext) -> Iterator[Holder]:
    """Of what is open. While a receiving unit has not decided, no lead is missing."""
    for clause in item.answer.standing.clauses:
        state = clause.state
        if clause.code not in OPEN:
            continue
        if state.lead:
            yield Holder(
                unit_id=body_context.unit_names.target(state.lead.unit_id),
                person_id=state.lead.person_id if isinstance(state.lead, AssignmentFact) else None,
            )
        elif not state.waits_elsewhere:
            yield Holder()


def _contributors(item: ItemContext, body_context: BodyContext) -> Iterator[Holder]:
    for assignment in item.facts.assignments:
        if assignment.part is Part.CONTRIBUTOR:
            yield Holder(
                unit_id=body_context.unit_names.target(assignment.unit_id),
                person_id=assignment.person_id,
            )
