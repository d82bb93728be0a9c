"""Which items the index gives for a query, of one body and for one sort of readers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .engines import engine_of
from .extent import Extent
from .index_text import IndexText
from .passages import Level
from .query import Term
from .tables import ITEMS

MOST = 500  # items of which a search says how many they are; of more it says so


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Whose words are looked through: those of the public, and more for these."""

    units: frozenset[int] = frozenset()  # internal words of items that these work on
    everything: bool = False  # internal words of all items
    withheld: bool = False  # and what is withheld

    @property
    def is_public(self) -> bool:
        return not (self.units or self.everything)

    def level(self, units: Collection[int]) -> Level:
        """Up to which they read an item that these units work on."""
        if self.withheld:
            return Level.WITHHELD
        if self.everything or not self.units.isdisjoint(units):
            return Level.INTERNAL
        return Level.PUBLIC


@dataclass(frozen=True, kw_only=True)
class Candidate:
    item_id: int
    convention_id: int
    units: frozenset[int]  # that work on it now
    text: IndexText


@dataclass(frozen=True, kw_only=True)
class Candidates:
    items: tuple[Candidate, ...]  # MOST at most, those recorded last first
    more: bool  # there are more of them


def candidates(
    session: Session,
    extent: Extent,
    terms: Collection[Term],
    readers: Readers,
    only: sa.ColumnElement[bool] | None = None,
) -> Candidates:
    """Items that say all of these, to these readers.

    `only` narrows them down further, by a condition on `find_item` and on tables that it joins by
    itself.
    """
    if not terms:
        return Candidates(items=(), more=False)
    statement = (
        engine_of(session)
        .candidates(terms)
        .with_only_columns(
            ITEMS.c.item_id,
            ITEMS.c.convention_id,
            ITEMS.c.units,
            ITEMS.c.level,
            ITEMS.c.words,
            ITEMS.c.marks,
        )
        .where(extent.of(ITEMS), _readable(readers))
    )
    if only is not None:
        statement = statement.where(only)
    rows_of_an_item = 1 if readers.is_public else len(Level)
    limited = statement.limit((MOST + 1) * rows_of_an_item)
    rows = _rows(session, limited, (MOST + 1) * rows_of_an_item)
    by_item = {
        item_id: Candidate(
            item_id=item_id,
            convention_id=convention_id,
            units=frozenset(map(int, units.split())),
            text=IndexText(level=Level(level), words=words, marks=marks),
        )
        for item_id, convention_id, units, level, words, marks in rows
    }
    items = tuple(by_item.values())
    return Candidates(items=items[:MOST], more=len(items) > MOST)


def _rows(session: Session, statement: Any, limit: int) -> Sequence[Any]:
    """The last first.

    Asked for an order at once, PostgreSQL walks all rows of a word that hardly any item says.
    """
    connection = session.connection()
    if engine_of(session).walks_in_order:
        return connection.execute(statement).all()
    rows = connection.execute(statement.order_by(None)).all()
    if len(rows) < limit:
        return sorted(rows, key=lambda row: (row.item_id, row.level), reverse=True)
    return connection.execute(statement).all()


def _readable(readers: Readers) -> sa.ColumnElement[bool]:
    if readers.is_public:
        return ITEMS.c.level == Level.PUBLIC
    highest = Level.WITHHELD if readers.withheld else Level.INTERNAL
    if readers.everything:
        return ITEMS.c.level <= highest
    own = sa.or_(*(ITEMS.c.units.contains(f" {unit} ") for unit in sorted(readers.units)))
    return sa.or_(ITEMS.c.level == Level.PUBLIC, sa.and_(ITEMS.c.level <= highest, own))


def says_any(session: Session, extent: Extent, term: Term, readers: Readers) -> bool:
    """Whether any item says it to them."""
    statement = (
        engine_of(session)
        .candidates([term])
        .where(extent.of(ITEMS), _readable(readers))
        .order_by(None)
        .limit(1)
    )
    return session.connection().scalar(statement) is not None


def looked_through(session: Session, extent: Extent) -> dict[int, int]:
    """By convention, how many items can be found at all."""
    rows = session.connection().execute(
        sa.select(ITEMS.c.convention_id, sa.func.count())
        .where(extent.of(ITEMS), ITEMS.c.level == Level.PUBLIC)
        .group_by(ITEMS.c.convention_id)
    )
    return {convention_id: items for convention_id, items in rows}
