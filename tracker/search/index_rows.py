"""The rows of the index of words: what those of an item are, and rows in place of others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, AsOf, at
from tracker.record.as_of_parameters import (
    Bounds,
    as_of_with_parameters,
    bounds_of,
    parameters,
)
from tracker.record.bodies import AddedKind
from tracker.record.conventions import Convention, ConventionDates
from tracker.record.keys import Among
from tracker.record.loader import load
from tracker.record.prepared import Prepared
from tracker.record.rosters import roster_names
from tracker.record.summary import LIVE
from tracker.record.surroundings import Surroundings, surroundings
from tracker.rules.item_code import PREFIX
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import units_of

from . import spelling
from .engines import engine_of
from .index_text import index_texts
from .passages import ItemNames, Level, passages
from .spelling import Said
from .tables import ITEMS

Row = dict[str, Any]
KEYS_OF_AN_ITEM = 4  # a row for each level, and one to spare
COMPARED = ("id", "convention_id", "up_to", "level", "units", "words", "marks")
# Built once: to build them for each act cost more than to run them.
_BODY = sa.bindparam("body", type_=sa.BigInteger)
_FORGET = sa.delete(ITEMS).where(Among(ITEMS.c.id))
_WRITE = sa.insert(ITEMS)
_PREFIXES = Prepared(sa.select(AddedKind.code, AddedKind.prefix).where(AddedKind.body_id == _BODY))


# --- rows in place of others ---


def replace(
    session: Session, body_id: int, kept: Mapping[int, Row], rows: Mapping[int, Row]
) -> None:
    """Rows in place of those that are kept, both by their keys."""
    gone = [key for key in kept if key not in rows or content(kept[key]) != content(rows[key])]
    new = [key for key in rows if key not in kept or content(kept[key]) != content(rows[key])]
    engine = engine_of(session)
    connection = session.connection()
    if gone:
        engine.forget(session, gone)
        connection.execute(_FORGET, {"keys": gone})
    if new:
        connection.execute(_WRITE, [rows[key] for key in new])
        engine.keep(session, new)
    before, after = [kept[key] for key in gone], [rows[key] for key in new]
    spelling.change(session, body_id, public_words(before), public_words(after))


def public_words(rows: Collection[Row]) -> Counter[Said]:
    return spelling.words_of(row for row in rows if row["level"] == Level.PUBLIC)


def content(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in COMPARED)


# --- what an item's rows are ---


@dataclass(frozen=True, kw_only=True)
class Indexing:
    """Makes the rows of items of one body, as the record is now, or as an edition has it."""

    session: Session
    body_id: int
    as_of: AsOf
    surroundings: Surroundings
    years: dict[int, int | None]  # by convention
    prefixes: dict[str, str]  # by kind

    @classmethod
    def begin(cls, session: Session, body_id: int, as_of: AsOf = NOW) -> Indexing:
        return cls(
            session=session,
            body_id=body_id,
            as_of=as_of,
            surroundings=surroundings(session, body_id, as_of),
            years=_years(session, body_id, as_of),
            prefixes=_prefixes(session, body_id),
        )

    def rows(self, item_ids: Collection[int]) -> dict[int, list[Row]]:
        """By item. The number of statements does not depend on that of the items."""
        facts_by_item = load(
            self.session, self.body_id, item_ids, self.as_of, self.surroundings, words=True
        )
        rosters = roster_names(self.session, self.body_id, self.as_of)
        rows_by_item: dict[int, list[Row]] = defaultdict(list)
        for item_id in item_ids:
            facts = facts_by_item.get(item_id)
            if facts is None:  # a transaction that was rolled back had recorded it
                continue
            names = ItemNames(
                delegations=rosters.delegations,
                units=rosters.units,
                prefixes=self.prefixes,
                year=self.years.get(facts.item.convention_id),
            )
            rows_by_item[item_id] = self._rows(facts, names)
        return rows_by_item

    def _rows(self, facts: Facts, names: ItemNames) -> list[Row]:
        engine = engine_of(self.session)
        body_settings = self.surroundings[0]
        unit_ids = " ".join(map(str, sorted(units_of(facts))))
        return [
            {
                "id": facts.item.id * KEYS_OF_AN_ITEM + text.level,
                "item_id": facts.item.id,
                "body_id": self.body_id,
                "convention_id": facts.item.convention_id,
                "up_to": self.as_of.up_to or LIVE,
                "level": int(text.level),
                "units": f" {unit_ids} " if unit_ids else "",
                "words": text.words,
                "marks": text.marks,
                "vector": engine.vector(text.words, text.marks),
            }
            for text in index_texts(passages(facts, names), body_settings.language)
        ]


@cache
def _dated(bounds: Bounds) -> Prepared:
    return Prepared(
        sa.select(ConventionDates.convention_id, ConventionDates.year)
        .join(Convention, Convention.id == ConventionDates.convention_id)
        .where(Convention.body_id == _BODY, at(ConventionDates, as_of_with_parameters(bounds)))
        .order_by(ConventionDates.recorded_by)
    )


def _years(session: Session, body_id: int, as_of: AsOf) -> dict[int, int | None]:
    rows = _dated(bounds_of(as_of)).rows(session.connection(), parameters(as_of, body=body_id))
    return {convention_id: year for convention_id, year in rows}


def _prefixes(session: Session, body_id: int) -> dict[str, str]:
    rows = _PREFIXES.rows(session.connection(), {"body": body_id})
    return {kind.value: prefix for kind, prefix in PREFIX.items()} | {
        code: prefix for code, prefix in rows
    }
