"""What was taken back of an item: facts that were never so, with the event that took them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.facts import Fact

from .fact_selects import TABLES, content
from .ledger_tables import Event


class TakenBack(NamedTuple):
    """A fact with its words, and the event that took it back."""

    fact: Fact
    over: Event


def taken_back(session: Session, item_id: int, shapes: Iterable[type[Fact]]) -> list[TakenBack]:
    """The newest first; one statement for each class of facts."""
    found = [fact for shape in shapes for fact in _of_shape(session, item_id, shape)]
    return sorted(found, key=lambda taken: (taken.over.id, taken.fact.id), reverse=True)


def _of_shape(session: Session, item_id: int, shape: type[Fact]) -> list[TakenBack]:
    table = TABLES[shape].__table__
    recording, over = sa.orm.aliased(Event), sa.orm.aliased(Event)
    source: sa.FromClause = sa.join(table, recording, recording.id == table.c.recorded_by)
    source = sa.join(source, over, over.id == table.c.retracted_by)
    said, source = content(shape, source)
    columns: dict[str, sa.ColumnElement[Any]] = {"id": table.c.id, **said}
    statement = (
        sa.select(recording, over, *columns.values())
        .select_from(source)
        .where(table.c.item_id == item_id)
    )
    return [
        TakenBack(_fact(shape, recorded, dict(zip(columns, values, strict=True))), taken)
        for recorded, taken, *values in session.execute(statement)
    ]


def _fact(shape: type[Fact], recorded: Event, values: dict[str, Any]) -> Fact:
    return shape(
        event=recorded.id,
        actor=recorded.actor_id,
        on=recorded.effective_on,
        heard_on=recorded.effective_on,
        day_known=recorded.day_known,
        imported=recorded.imported,
        recorded_at=recorded.recorded_at,
        **values,
    )
