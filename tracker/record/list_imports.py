"""What hangs on the import of a list: what its rows brought, what that replaced, and what was
recorded on top of it since.

Knows no fact table by name but those of an item and its clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.extensions import Base

from . import bodies, money, outcomes, people, progress  # noqa: F401  (all tables of facts)
from .conventions import ListImport
from .drafts import Draft
from .items import Clause, Item, OfItem
from .ledger_tables import CHAIN, IMPORT_UNDONE, Event, FactTable

FACTS_RESTORED = "facts_restored"
"""The kind of event that writes anew, of one item and day, what an import had replaced."""

_FIRST, _LAST, _END = (
    sa.bindparam(name, type_=sa.BigInteger) for name in ("first_event", "last_event", "chain_end")
)
_MADE = cast(sa.Table, Clause.__table__).alias("made")
_MADE_BY_IT = _MADE.c.recorded_by.between(_FIRST, _LAST)


@dataclass(frozen=True, kw_only=True)
class EventRange:
    """The events that an import wrote of its rows, and its own, which is the last."""

    body_id: int
    first: int
    last: int

    @classmethod
    def of(cls, list_import: ListImport) -> EventRange | None:
        """None where an older version of the program wrote it: it did not keep the first."""
        if list_import.first_event is None:
            return None
        return cls(
            body_id=list_import.body_id,
            first=list_import.first_event,
            last=list_import.recorded_by,
        )

    @property
    def parameters(self) -> dict[str, int]:
        chain_end = (self.body_id + 1) * CHAIN
        return {"first_event": self.first, "last_event": self.last, "chain_end": chain_end}


class BuiltFact(NamedTuple):
    """Facts of one kind that rest on an import: of which item, their table, how many."""

    item_id: int
    table: str
    facts: int


class ReplacedFact(NamedTuple):
    """A fact that an import ended or took back."""

    kind: type[OfItem]
    id: int
    item_id: int
    values: dict[str, Any]
    was_ended: bool
    on: date
    day_known: bool
    imported: bool


def _item_facts() -> list[type[OfItem]]:
    classes = [
        mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, OfItem)
    ]
    return sorted(classes, key=lambda kind: kind.__tablename__)


def item_ids(session: Session, events: EventRange) -> tuple[list[int], frozenset[int]]:
    """The items of the rows, in the order in which they came; and those that it made new."""
    rows = session.connection().scalars(
        sa.select(Event.subject_id)
        .where(Event.id.between(_FIRST, _LAST), Event.subject_type == Item.__tablename__)
        .group_by(Event.subject_id)
        .order_by(sa.func.min(Event.id)),
        events.parameters,
    )
    made = session.connection().scalars(
        sa.select(_MADE.c.item_id).where(_MADE_BY_IT), events.parameters
    )
    return list(rows), frozenset(made)


# --- what was built on it ---


def built_on(session: Session, events: EventRange) -> list[BuiltFact]:
    """What others recorded since of the items that it made new, or on top of what it brought."""
    rows = session.connection().execute(_built_on(), events.parameters)
    return [BuiltFact(*row) for row in rows]


@cache
def _built_on() -> sa.Select[int, str, int]:
    facts = sa.union(*(select for kind in _item_facts() for select in _built_of(kind)), _drafts())
    built = facts.subquery()
    return (
        sa.select(built.c.item_id, built.c.what, sa.func.count())
        .group_by(built.c.item_id, built.c.what)
        .order_by(built.c.item_id, built.c.what)
    )


def _built_of(kind: type[OfItem]) -> Iterator[sa.Select[str, int, int]]:
    table = cast(sa.Table, kind.__table__)
    row = sa.select(_name(kind.__tablename__), table.c.id.label("id"), table.c.item_id)
    later = sa.and_(_is_later(table.c.recorded_by), table.c.retracted_by.is_(None))
    yield row.join(_MADE, _MADE.c.item_id == table.c.item_id).where(
        _MADE_BY_IT, later, sa.not_(_is_of_undoing(table.c.recorded_by))
    )
    for key in table.foreign_keys:
        column, target = table.c[key.parent.name], key.column.table
        if column.name == "item_id" or "recorded_by" not in target.c:
            continue
        if target is Item.__table__:
            yield row.join(_MADE, _MADE.c.item_id == column).where(_MADE_BY_IT, later)
        elif "item_id" in target.c:
            named = target.alias()
            yield row.join(named, named.c.id == column).where(
                named.c.recorded_by.between(_FIRST, _LAST), later
            )
    yield row.where(table.c.recorded_by.between(_FIRST, _LAST), _is_over(table))


def _name(table: str) -> sa.Label[str]:
    return sa.literal_column(f"'{table}'", sa.Text).label("what")


def _drafts() -> sa.Select[str, int, int]:
    """No facts, and somebody's work all the same."""
    return (
        sa.select(_name(Draft.__tablename__), Draft.id, Draft.item_id)
        .join(_MADE, _MADE.c.item_id == Draft.item_id)
        .where(_MADE_BY_IT)
    )


def _is_later(event_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return sa.and_(event_id > _LAST, event_id < _END)


def _is_over(table: sa.Table) -> sa.ColumnElement[bool]:
    """Whether somebody ended or took back a fact of the import.

    What another import did to items that this one made new counts no more once that is undone.
    """
    made = sa.select(sa.literal(1)).where(_MADE.c.item_id == table.c.item_id, _MADE_BY_IT)
    is_made = made.correlate(table).exists()
    return sa.or_(
        *(
            sa.and_(
                _is_later(table.c[ending]),
                sa.not_(sa.and_(is_made, _is_of_undoing(table.c[ending]))),
            )
            for ending in ("ended_by", "retracted_by")
        )
    )


def _is_of_undoing(event_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the event is of an undoing, or of an import that was undone."""
    event = Event.__table__.alias()
    imported = cast(sa.Table, ListImport.__table__).alias()
    undoing = sa.select(sa.literal(1)).where(
        event.c.id == event_id, event.c.kind.in_((IMPORT_UNDONE, FACTS_RESTORED))
    )
    undone = sa.select(sa.literal(1)).where(
        imported.c.retracted_by.is_not(None),
        event_id.between(imported.c.first_event, imported.c.recorded_by),
    )
    table = cast(sa.Column[int], event_id).table
    return sa.or_(undoing.correlate(table).exists(), undone.correlate(table).exists())


# --- what an undoing takes back, and writes anew ---


def facts_to_retract(
    session: Session, events: EventRange
) -> Iterator[tuple[type[FactTable], Sequence[int], Sequence[int]]]:
    """Of each table the keys of what the import brought and still stands, and of which items.

    Of items that it made new, all that stands: nobody else recorded anything of them.
    """
    made = sa.select(_MADE.c.item_id).where(_MADE_BY_IT)
    for kind in _item_facts():
        brought = kind.recorded_by.between(_FIRST, _LAST)
        rows = session.connection().execute(
            sa.select(kind.id, kind.item_id)
            .where(sa.or_(brought, kind.item_id.in_(made)), kind.retracted_by.is_(None))
            .order_by(kind.id),
            events.parameters,
        )
        keys = [(key, item_id) for key, item_id in rows]
        if keys:
            yield kind, [key for key, _item in keys], [item_id for _key, item_id in keys]


def replaced_facts(session: Session, events: EventRange) -> list[ReplacedFact]:
    """What was on record before, and the import ended or took back, in the order of its events."""
    replaced: list[tuple[int, ReplacedFact]] = []
    for kind in _item_facts():
        table = cast(sa.Table, kind.__table__)
        own = [column.name for column in table.columns if column.name not in _OF_THE_LEDGER]
        was_ended = table.c.retracted_by.is_(None)
        rows = session.connection().execute(
            sa.select(table, Event.effective_on, Event.day_known, Event.imported)
            .join(Event, Event.id == table.c.recorded_by)
            .where(
                table.c.recorded_by < _FIRST,
                sa.or_(
                    table.c.retracted_by.between(_FIRST, _LAST),
                    sa.and_(was_ended, table.c.ended_by.between(_FIRST, _LAST)),
                ),
            ),
            events.parameters,
        )
        for row in rows.mappings():
            fact = ReplacedFact(
                kind=kind,
                id=row["id"],
                item_id=row["item_id"],
                values={name: row[name] for name in own},
                was_ended=row["retracted_by"] is None,
                on=row["effective_on"],
                day_known=row["day_known"],
                imported=row["imported"],
            )
            replaced.append((row["recorded_by"], fact))
    return [fact for _event, fact in sorted(replaced, key=lambda pair: (pair[0], pair[1].id))]


_OF_THE_LEDGER = ("id", "recorded_by", "ended_by", "retracted_by")
