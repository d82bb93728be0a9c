"""Facts of a whole body that were taken back, and what took their place; not with an import that
was undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.facts import Fact

from .fact_selects import TABLES, content
from .items import Item
from .ledger_tables import IMPORT_UNDONE, Event
from .prepared import AnySelect


@dataclass
class ReplacedFacts:
    """Of one kind and one item, by one event."""

    item_id: int
    shape: type[Fact]
    event: int  # that took them back
    recorded_at: datetime  # of that event
    before: list[Fact] = field(default_factory=list)
    after: list[Fact] = field(default_factory=list)


def replaced_facts(
    session: Session, body_id: int, shapes: Iterable[type[Fact]]
) -> list[ReplacedFacts]:
    """One statement for each class of facts; in no order."""
    return [
        replaced
        for shape in shapes
        for replaced in _of_shape(session, body_id, shape).values()
        if replaced.before
    ]


def _of_shape(
    session: Session, body_id: int, shape: type[Fact]
) -> Mapping[tuple[int, int], ReplacedFacts]:
    """By item and event."""
    statement, names = _select(shape)
    rows = session.connection().execute(statement, {"body": body_id}).all()
    replaced: dict[tuple[int, int], ReplacedFacts] = {}
    came_with = defaultdict(list)
    undone = set()
    for item_id, over, kind, over_at, *values in rows:
        fact = shape(**dict(zip(names, values, strict=True)))
        came_with[item_id, fact.event].append(fact)
        if over is None:
            continue
        if kind == IMPORT_UNDONE:
            undone.add((item_id, fact.event))
            continue
        key = (item_id, over)
        if key not in replaced:
            replaced[key] = ReplacedFacts(item_id, shape, over, over_at)
        replaced[key].before.append(fact)
    for key, facts in replaced.items():
        facts.after = came_with[key]
    return {key: facts for key, facts in replaced.items() if key not in undone}


def _select(shape: type[Fact]) -> tuple[AnySelect, tuple[str, ...]]:
    """Facts that were taken back, and those that came with an event that took some back."""
    table, item = TABLES[shape].__table__, Item.__table__
    event, over = Event.__table__.alias(), Event.__table__.alias()
    source: sa.FromClause = sa.join(table, item, item.c.id == table.c.item_id)
    source = sa.join(source, event, event.c.id == table.c.recorded_by)
    source = sa.outerjoin(source, over, over.c.id == table.c.retracted_by)
    said, source = content(shape, source)
    columns: dict[str, sa.ColumnElement[Any]] = {
        "id": table.c.id,
        "event": event.c.id,
        "actor": event.c.actor_id,
        "on": event.c.effective_on,
        "heard_on": event.c.effective_on,
        "day_known": event.c.day_known,
        "imported": event.c.imported,
        "recorded_at": event.c.recorded_at,
        **said,
    }
    earlier = table.alias()
    took_back = sa.select(earlier.c.retracted_by).where(earlier.c.retracted_by.is_not(None))
    statement = (
        sa.select(table.c.item_id, over.c.id, over.c.kind, over.c.recorded_at, *columns.values())
        .select_from(source)
        .where(
            item.c.body_id == sa.bindparam("body", type_=sa.BigInteger),
            sa.or_(table.c.retracted_by.is_not(None), table.c.recorded_by.in_(took_back)),
        )
        .order_by(table.c.id)
    )
    return statement, tuple(columns)
