"""What a unit has now: what it leads, where it contributes, what it was asked to decide, and who
has a role in it. What was merged into it counts as its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.codes import Part
from tracker.rules.handing_on import MAY_GO_ON

from .items import Assignment, Item
from .people import Person, RoleHeld
from .summary import ItemSummary, on_day


@dataclass(frozen=True, kw_only=True)
class UnitHoldings:
    """Keys, each in their order: of items that are open, and of roles held now or later."""

    led: tuple[int, ...] = ()
    contributed: tuple[int, ...] = ()  # without those that it leads
    owed: tuple[int, ...] = ()  # referred to it, and not decided
    roles: tuple[int, ...] = ()
    people: frozenset[int] = frozenset()  # who have those roles

    @property
    def items(self) -> tuple[int, ...]:
        return tuple(sorted({*self.led, *self.contributed, *self.owed}))

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.roles)

    @property
    def version(self) -> str:
        """Differs when any of it does."""
        keys = (self.led, self.contributed, self.owed, self.roles)
        return hashlib.sha256(repr(keys).encode()).hexdigest()[:16]


def holdings(
    session: Session, body_id: int, unit_ids: Collection[int], today: date
) -> UnitHoldings:
    """Of a unit and those that were merged into it. Three statements."""
    led, owed = [], []
    leads = sa.or_(*(ItemSummary.units.contains(f" {key} ") for key in unit_ids))
    owes = sa.and_(ItemSummary.referred_unit_id.in_(unit_ids), sa.not_(ItemSummary.decided))
    is_open = sa.and_(on_day(today), ItemSummary.standing.in_(MAY_GO_ON))
    rows = session.execute(
        sa.select(ItemSummary.item_id, leads, owes)
        .join(Item, Item.id == ItemSummary.item_id)
        .where(Item.body_id == body_id, is_open, sa.or_(leads, owes))
        .order_by(ItemSummary.item_id)
    )
    for item_id, is_led, is_owed in rows:
        if is_led:
            led.append(item_id)
        if is_owed:
            owed.append(item_id)
    contributed = session.scalars(
        sa.select(Assignment.item_id)
        .join(ItemSummary, ItemSummary.item_id == Assignment.item_id)
        .where(
            Assignment.unit_id.in_(unit_ids),
            Assignment.part == Part.CONTRIBUTOR,
            Assignment.ended_by.is_(None),
            Assignment.retracted_by.is_(None),
            is_open,
        )
        .distinct()
        .order_by(Assignment.item_id)
    )
    roles = session.execute(
        sa.select(RoleHeld.id, RoleHeld.person_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            Person.body_id == body_id,
            RoleHeld.unit_id.in_(unit_ids),
            RoleHeld.ended_by.is_(None),
            RoleHeld.retracted_by.is_(None),
            sa.or_(RoleHeld.until_on.is_(None), RoleHeld.until_on >= today),
        )
        .order_by(RoleHeld.id)
    ).all()
    return UnitHoldings(
        led=tuple(led),
        contributed=tuple(key for key in contributed if key not in led),
        owed=tuple(owed),
        roles=tuple(row.id for row in roles),
        people=frozenset(row.person_id for row in roles),
    )
