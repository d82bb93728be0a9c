"""All that was ever known of some items, read once; and their facts as of any event of the chain.

For readings that say of many acts what each changed: an as-of of `loader` would ask the database
anew for each of them.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules import facts as shapes
from tracker.rules.item_facts import Facts
from tracker.rules.terms import Clock

from . import conventions
from .fact_selects import (
    ALWAYS,
    CHANGES_READERS,
    FactSelect,
    changes_readers,
    event_columns,
    heard_on_of,
    is_text,
    item_of,
)
from .keys import Among
from .ledger_tables import Event, FactTable
from .loader import ever_joined, facts_of
from .prepared import Prepared
from .surroundings_history import SurroundingsHistory

FactT = TypeVar("FactT", bound=shapes.Fact)
NO_CLOCK = Clock(closes_on=None, term_ends_on=None, kept_from=None, dated=False)
"""Of a convention of whose dates nothing was on record."""


class Recorded(NamedTuple):
    """A fact, and the events by which it was over."""

    fact: shapes.Fact
    ended_by: int | None
    ended_on: date | None
    retracted_by: int | None


class RowsThen:
    """The facts of some items as of one event, as `loader.Rows` has them as of a day."""

    def __init__(self, by_shape: dict[type[shapes.Fact], dict[int, list[shapes.Fact]]]) -> None:
        self._by_shape = by_shape

    def of(self, shape: type[FactT], item_id: int) -> tuple[FactT, ...]:
        return cast(tuple[FactT, ...], tuple(self._by_shape.get(shape, {}).get(item_id, ())))


class FactHistory:
    """Of some items, and of all that links ever joined with them.

    A constant number of statements; without free text.
    """

    def __init__(self, session: Session, body_id: int, item_ids: Collection[int]) -> None:
        self._surroundings = SurroundingsHistory(session, body_id)
        self._undoings = frozenset(
            session.connection().scalars(
                sa.select(conventions.ListImport.retracted_by).where(
                    conventions.ListImport.body_id == body_id,
                    conventions.ListImport.retracted_by.is_not(None),
                )
            )
        )
        parameters = {"keys": list(item_ids)}
        keys = [key for (key,) in _EVER_JOINED.rows(session.connection(), parameters)]
        self._rows = {
            shape: _read(session, shape, keys, self._surroundings.zone) for shape in ALWAYS
        }
        self._neighbours: dict[int, set[int]] = defaultdict(set)
        for recorded in self._every(shapes.LinkFact):
            link = cast(shapes.LinkFact, recorded.fact)
            self._neighbours[link.item_id].add(link.target_id)
            self._neighbours[link.target_id].add(link.item_id)

    @property
    def surroundings(self) -> SurroundingsHistory:
        return self._surroundings

    def _every(self, shape: type[shapes.Fact]) -> Iterator[Recorded]:
        for rows in self._rows[shape].values():
            yield from rows

    def as_of(self, event: int, item_id: int, today: date) -> dict[int, Facts]:
        """By item, of this one and of those that links join with it: what was on record once this
        event was; without those that were not on record then.
        """
        joined = self._joined(item_id)
        rows = RowsThen({shape: self._then(shape, joined, event) for shape in ALWAYS})
        then = self._surroundings.as_of(event)
        on_record = {key for key in joined if rows.of(shapes.ClauseFact, key)}
        incoming: dict[int, list[shapes.LinkFact]] = defaultdict(list)
        for key in on_record:
            for link in rows.of(shapes.LinkFact, key):
                if not (link.waits or link.comes_unseen):
                    incoming[link.target_id].append(link)
        return {
            item.id: facts_of(
                item,
                rows,
                today,
                then.settings,
                then.clocks.get(item.convention_id, NO_CLOCK),
                then.kinds,
                incoming,
            )
            for key in on_record
            for item in rows.of(shapes.ItemFact, key)
        }

    def _joined(self, item_id: int) -> set[int]:
        joined, to_visit = {item_id}, [item_id]
        while to_visit:
            new = self._neighbours.get(to_visit.pop(), set()) - joined
            joined |= new
            to_visit += new
        return joined

    def _then(
        self, shape: type[shapes.Fact], joined: Iterable[int], event: int
    ) -> dict[int, list[shapes.Fact]]:
        return {
            item_id: [
                fact
                for recorded in self._rows[shape].get(item_id, ())
                if (fact := self._fact_then(recorded, event)) is not None
            ]
            for item_id in joined
        }

    def _fact_then(self, recorded: Recorded, event: int) -> shapes.Fact | None:
        """None where it did not count; as `fact_selects` marks those that are loaded all the
        same.
        """
        fact = recorded.fact
        if fact.event > event:
            return None
        is_retracted = recorded.retracted_by is not None and recorded.retracted_by <= event
        is_ended = recorded.ended_by is not None and recorded.ended_by <= event
        if is_retracted:
            if recorded.retracted_by in self._undoings or not hasattr(fact, "retracted"):
                return None
            return dataclasses.replace(fact, retracted=True)  # type: ignore[call-arg]
        if is_ended:
            if not hasattr(fact, "ended_on"):
                return None
            return dataclasses.replace(fact, ended_on=recorded.ended_on)  # type: ignore[call-arg]
        return fact


_EVER_JOINED = Prepared(ever_joined())


@cache
def _ever(shape: type[shapes.Fact]) -> FactSelect:
    """All facts of a shape, whatever became of them: item, endings, then these fields."""
    fact: type[FactTable] = ALWAYS[shape]
    table, event, ending = fact.__table__, Event.__table__, Event.__table__.alias()
    columns = event_columns(table, event)
    for field in dataclasses.fields(shape):
        is_own = field.name in table.c and field.name not in (*columns, "heard_on")
        if is_own and not is_text(table.c[field.name]):
            columns[field.name] = table.c[field.name]
        elif field.name in CHANGES_READERS:
            columns[field.name] = changes_readers(table, fewer=CHANGES_READERS[field.name])
    item_id, heard_on = item_of(shape), heard_on_of(table)
    statement = (
        sa.select(
            item_id,
            table.c.ended_by,
            ending.c.effective_on,
            table.c.retracted_by,
            heard_on,
            *columns.values(),
        )
        .select_from(
            sa.join(table, event, event.c.id == table.c.recorded_by).outerjoin(
                ending, ending.c.id == table.c.ended_by
            )
        )
        .where(Among(item_id))
        .order_by(table.c.id)
    )
    return FactSelect(Prepared(statement), ("heard_on", *columns))


def _read(
    session: Session, shape: type[shapes.Fact], keys: list[int], zone: ZoneInfo
) -> dict[int, list[Recorded]]:
    by_item: dict[int, list[Recorded]] = defaultdict(list)
    # a class can be hashed, which mypy does not see
    select, fields = _ever(shape)  # type: ignore[arg-type]
    for item_id, ended_by, ended_on, retracted_by, *values in select.rows(
        session.connection(), {"keys": keys}
    ):
        own = dict(zip(fields, values, strict=True))
        if own["heard_on"] is None:
            heard = own["recorded_at"].astimezone(zone).date()
            own["heard_on"] = own["on"] if own["imported"] else heard
        fact = shape(**{"sentence": None, **own}) if shape is shapes.EstimateFact else shape(**own)
        by_item[item_id].append(Recorded(fact, ended_by, ended_on, retracted_by))
    return by_item
