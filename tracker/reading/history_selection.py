"""Which acts a page of history shows: on an item, a convention or the whole body, by their kind,
by whom, recorded on which days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.bodies import Fund
from tracker.record.conventions import Convention
from tracker.record.event_rows import WITHOUT_UNDOINGS
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN, ENDINGS, Event, fact_tables
from tracker.record.progress import Entry
from tracker.record.publications import Edition

from .body_context import BodyContext
from .history_models import HistoryCounts

CORRECTS = Event.id.in_(sa.select(Entry.recorded_by).where(Entry.corrects_id.is_not(None)))
"""An entry that takes the place of another: its act has the kind of any entry."""


@dataclass(frozen=True, kw_only=True)
class HistoryFilters:
    item_id: int | None = None
    convention_id: int | None = None
    kinds: frozenset[str] | None = None  # codes of acts; None: every kind
    corrections: bool = False  # entries that correct another are among them
    actor_id: int | None = None
    since: date | None = None  # days of recording, in the body's zone
    until: date | None = None
    before: int | None = None  # acts with a lower number

    @property
    def of_all(self) -> HistoryFilters:
        """All acts on the same."""
        return HistoryFilters(item_id=self.item_id, convention_id=self.convention_id)


def in_chain(body_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(Event.id > body_id * CHAIN, Event.id < (body_id + 1) * CHAIN)


def _on_item(item_id: int) -> sa.ColumnElement[bool]:
    """Acts on it, and whatever else wrote, ended or took back a fact of it."""
    event = aliased(Event)
    on_it = sa.select(event.id).where(
        event.subject_type == Item.__tablename__, event.subject_id == item_id
    )
    return Event.id.in_(sa.union_all(on_it, *_events_of("item_id", item_id)))


def _events_of(column: str, key: int) -> Iterator[sa.Select[Any]]:
    """The events of the rows that name this key in a column."""
    for table in fact_tables():
        owner = _owner(table, column)
        if owner is not None:
            for name in ("recorded_by", *ENDINGS):
                yield sa.select(table.c[name]).where(owner == key, table.c[name].is_not(None))


def _owner(table: sa.Table, column: str) -> sa.Column[Any] | None:
    if f"{table.name}_id" == column:
        return table.c.id
    # the items of a convention are found by their subject
    is_of_item = column != "item_id" and ("item_id" in table.c or table.name == "item")
    return None if is_of_item else table.c.get(column)


def _on_convention(convention_id: int) -> sa.ColumnElement[bool]:
    """Acts on its items are among them."""
    own = sa.select(Item.id).where(Item.convention_id == convention_id)
    return sa.or_(
        sa.and_(Event.subject_type == Item.__tablename__, Event.subject_id.in_(own)),
        sa.and_(Event.subject_type == Convention.__tablename__, Event.subject_id == convention_id),
        Event.id.in_(sa.union_all(*_events_of("convention_id", convention_id))),
        *(
            sa.and_(
                Event.subject_type == table.__tablename__,
                Event.subject_id.in_(
                    sa.select(table.id).where(table.convention_id == convention_id)
                ),
            )
            for table in (Edition, Fund)
        ),
    )


def scope(body_id: int, filters: HistoryFilters) -> sa.ColumnElement[bool]:
    within = [in_chain(body_id)]
    if filters.item_id is not None:
        within.append(_on_item(filters.item_id))
    elif filters.convention_id is not None:
        within.append(_on_convention(filters.convention_id))
    return sa.and_(*within)


def chosen(context: BodyContext, filters: HistoryFilters) -> sa.ColumnElement[bool]:
    """By kind, person and days."""
    zone = context.settings.zone
    within: list[sa.ColumnElement[bool]] = [sa.true()]
    if filters.kinds is not None:
        of_kind = Event.kind.in_(filters.kinds)
        within.append(sa.or_(of_kind, CORRECTS) if filters.corrections else of_kind)
    if filters.actor_id is not None:
        within.append(Event.actor_id == filters.actor_id)
    if filters.since is not None:
        within.append(Event.recorded_at >= datetime.combine(filters.since, time(), zone))
    if filters.until is not None:
        after = datetime.combine(filters.until + timedelta(days=1), time(), zone)
        within.append(Event.recorded_at < after)
    return sa.and_(*within)


def envelopes(
    session: Session, context: BodyContext, filters: HistoryFilters, limit: int
) -> list[sa.Row[Any]]:
    """The newest first; by their keys, so that each page takes as long as the first."""
    body_id = context.body.id
    below: sa.ColumnElement[bool] = sa.true()
    if filters.before is not None:
        below = Event.id < body_id * CHAIN + filters.before
    statement = (
        sa.select(*_columns())
        .where(scope(body_id, filters), chosen(context, filters), below)
        .order_by(Event.id.desc())
        .limit(limit)
    )
    return list(session.connection().execute(statement))


@cache
def _columns() -> tuple[sa.ColumnElement[Any], ...]:
    columns = Event.__table__.columns
    return tuple(
        WITHOUT_UNDOINGS.label("payload") if column.name == "payload" else column
        for column in columns
    )


def envelope(session: Session, event_id: int) -> list[sa.Row[Any]]:
    """One, or none."""
    statement = sa.select(*_columns()).where(Event.id == event_id)
    return list(session.connection().execute(statement))


def count(
    session: Session,
    context: BodyContext,
    filters: HistoryFilters,
    corrections: Collection[str],
    withholdings: Collection[str],
) -> HistoryCounts:
    """In one statement, which reads each act once."""
    body_id = context.body.id
    is_shown = chosen(context, replace(filters, kinds=None, actor_id=None))
    is_newer = sa.and_(is_shown, Event.id >= body_id * CHAIN + (filters.before or CHAIN - 1))
    by_kind = session.connection().execute(
        sa.select(
            Event.kind,
            Event.actor_id,
            CORRECTS.label("corrects"),
            sa.func.count().label("acts"),
            sa.func.sum(sa.case((is_shown, 1), else_=0)).label("shown"),
            sa.func.sum(sa.case((is_newer, 1), else_=0)).label("newer"),
        )
        .where(scope(body_id, filters))
        .group_by(Event.kind, Event.actor_id, sa.text("corrects"))
    )
    rows = list(by_kind)
    chosen_rows = [row for row in rows if _is_chosen(row, filters)]
    return HistoryCounts(
        all=sum(row.acts for row in rows),
        people=len({row.actor_id for row in rows if row.actor_id > 0}),
        shown=sum(row.shown for row in chosen_rows),
        newer=sum(row.newer for row in chosen_rows),
        corrections=_sum(row for row in rows if row.corrects or row.kind in corrections),
        withholdings=_sum(row for row in rows if row.kind in withholdings),
        actors=tuple(sorted({row.actor_id for row in rows})),
        kinds=frozenset(row.kind for row in rows),
    )


def _is_chosen(row: sa.Row[Any], filters: HistoryFilters) -> bool:
    if filters.actor_id is not None and row.actor_id != filters.actor_id:
        return False
    if filters.kinds is None:
        return True
    return row.kind in filters.kinds or (filters.corrections and bool(row.corrects))


def _sum(rows: Iterable[sa.Row[Any]]) -> int:
    return sum(row.acts for row in rows)
