"""Keeps the index of words: written in the transaction of each act, made anew, and compared.

The record knows nothing of it; it follows each act that may have changed what an item says, or who
may read that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import kept_summaries
from tracker.record.as_of import NOW, at
from tracker.record.bodies import AddedKind, BodySetting
from tracker.record.conventions import Convention, ConventionDates
from tracker.record.items import Item
from tracker.record.keys import Among
from tracker.record.ledger import Act, subscribers
from tracker.record.ledger_tables import CHAIN, Erasure, Event
from tracker.record.loader import load
from tracker.record.prepared import Prepared
from tracker.record.rosters import items_naming, roster_names
from tracker.record.surroundings import Surroundings, surroundings
from tracker.record.texts import standing
from tracker.rules.item_code import PREFIX
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import units_of
from tracker.rules.rosters import Roster

from . import spelling
from .engines import engine_of
from .index_text import index_texts
from .passages import ItemNames, Level, passages
from .tables import ITEMS

Row = dict[str, Any]
KEYS_OF_AN_ITEM = 4  # a row for each level, and one to spare
COMPARED = ("id", "convention_id", "level", "units", "words", "marks")
ITEMS_THAT_WAIT = "index waits"  # in a session's info
# Acts that write, end or take back none of these change nothing that is found.
CONCERNS_WORDS = frozenset(
    {
        "item",
        "designation",
        "floor_person",
        "version",
        "clause",
        "floor_action",
        "referral_decision",
        "assignment",
        "entry",
        "claim",
        "evidence",
        "opened_evidence",
        "release",
        "outcome",
        "withholding",
    }
)
# Built once: to build them for each act cost more than to run them.
_BODY = sa.bindparam("body", type_=sa.BigInteger)
_KEPT = Prepared(
    sa.select(ITEMS.c.item_id, *(ITEMS.c[name] for name in COMPARED))
    .where(Among(ITEMS.c.item_id))
    .order_by(ITEMS.c.item_id, ITEMS.c.level)
)
_FORGET = sa.delete(ITEMS).where(Among(ITEMS.c.id))
_WRITE = sa.insert(ITEMS)
_YEARS = Prepared(
    sa.select(ConventionDates.convention_id, ConventionDates.year)
    .join(Convention, Convention.id == ConventionDates.convention_id)
    .where(Convention.body_id == _BODY, at(ConventionDates, NOW))
    .order_by(ConventionDates.recorded_by)
)
_PREFIXES = Prepared(sa.select(AddedKind.code, AddedKind.prefix).where(AddedKind.body_id == _BODY))


# --- after each act ---


def refresh(session: Session, event: Event, act: Act) -> None:
    """The subscriber: items of which the act may have changed a word are indexed anew.

    For many acts together, that is done at their end.
    """
    body_id = event.id // CHAIN
    item_ids = _touched(session, body_id, event, act)
    if not item_ids:
        return
    is_erasure = any(isinstance(fact, Erasure) for fact in act.added)
    if not is_erasure and not kept_summaries.is_derived(session):
        waiting: dict[int, set[int]] = session.info.setdefault(ITEMS_THAT_WAIT, {})
        waiting.setdefault(body_id, set()).update(item_ids)
        return
    keep_all(session, body_id, item_ids)
    if is_erasure:
        engine_of(session).purge(session)


def _touched(session: Session, body_id: int, event: Event, act: Act) -> Collection[int]:
    item_ids: set[int] = set(act.items)
    if event.subject_type == "item" and _concerns_words(act):
        item_ids.add(event.subject_id)
    for fact in act.added:
        if isinstance(fact, Erasure):
            places = standing(session, body_id, fact.digest)
            item_ids.update(place.item_id for place in places if place.item_id is not None)
        elif isinstance(fact, ConventionDates):
            item_ids.update(_items(session, Item.convention_id == fact.convention_id))
        elif isinstance(fact, BodySetting) and fact.name == "language":
            item_ids.update(_items(session, Item.body_id == body_id))
    for roster in Roster:
        if event.subject_type == roster.table and not _is_new(event, act):
            keys = roster_names(session, body_id).of(roster).family(event.subject_id)
            item_ids.update(session.connection().scalars(items_naming(roster, keys)))
    return item_ids


def _is_new(event: Event, act: Act) -> bool:
    """Whether the act wrote what it is about: no item names it yet."""
    return event.subject_id in act.payload.wrote.get(event.subject_type, {})


def _concerns_words(act: Act) -> bool:
    tables = {name for name, rows in act.payload.wrote.items() if rows}
    for ending in act.payload.over.values():
        tables.update(name for name, keys in ending.items() if keys)
    return not tables.isdisjoint(CONCERNS_WORDS)


def _items(session: Session, which: sa.ColumnElement[bool]) -> list[int]:
    return list(session.connection().scalars(sa.select(Item.id).where(which).order_by(Item.id)))


def keep_those_that_wait(session: Session) -> None:
    """At the end of many acts."""
    waiting: dict[int, set[int]] = session.info.pop(ITEMS_THAT_WAIT, {})
    for body_id, item_ids in waiting.items():
        keep_all(session, body_id, item_ids)


def keep_all(session: Session, body_id: int, item_ids: Collection[int], batch: int = 500) -> None:
    for keys in kept_summaries.batched(sorted(item_ids), batch):
        keep(session, body_id, keys)


def keep(session: Session, body_id: int, item_ids: Collection[int]) -> None:
    """Index these items anew; a row that says the same is not written."""
    kept = _by_id(_kept(session, item_ids))
    rows = _by_id(Indexing.begin(session, body_id).rows(item_ids))
    gone = [key for key in kept if key not in rows or _content(kept[key]) != _content(rows[key])]
    new = [key for key in rows if key not in kept or _content(kept[key]) != _content(rows[key])]
    engine = engine_of(session)
    connection = session.connection()
    if gone:
        engine.forget(session, gone)
        connection.execute(_FORGET, {"keys": gone})
    if new:
        connection.execute(_WRITE, [rows[key] for key in new])
        engine.keep(session, new)
    before, after = [kept[key] for key in gone], [rows[key] for key in new]
    spelling.change(session, body_id, _words(before), _words(after))


def _by_id(rows_by_item: Mapping[int, Collection[Row]]) -> dict[int, Row]:
    return {row["id"]: row for rows in rows_by_item.values() for row in rows}


def _words(rows: Collection[Row]) -> Counter[str]:
    return spelling.words_of(row["words"] for row in rows if row["level"] == Level.PUBLIC)


def _kept(session: Session, item_ids: Collection[int]) -> dict[int, list[Row]]:
    rows_by_item: dict[int, list[Row]] = defaultdict(list)
    for item_id, *values in _KEPT.rows(session.connection(), {"keys": list(item_ids)}):
        rows_by_item[item_id].append(dict(zip(COMPARED, values, strict=True)))
    return rows_by_item


def _content(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in COMPARED)


# --- what an item's rows are ---


@dataclass(frozen=True, kw_only=True)
class Indexing:
    """Makes the rows of items of one body, as the record is now."""

    session: Session
    body_id: int
    surroundings: Surroundings
    years: dict[int, int | None]  # by convention
    prefixes: dict[str, str]  # by kind

    @classmethod
    def begin(cls, session: Session, body_id: int) -> Indexing:
        return cls(
            session=session,
            body_id=body_id,
            surroundings=surroundings(session, body_id, NOW),
            years=_years(session, body_id),
            prefixes=_prefixes(session, body_id),
        )

    def rows(self, item_ids: Collection[int]) -> dict[int, list[Row]]:
        """By item. The number of statements does not depend on that of the items."""
        facts_by_item = load(
            self.session, self.body_id, item_ids, NOW, self.surroundings, words=True
        )
        rosters = roster_names(self.session, self.body_id)
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
                "level": int(text.level),
                "units": f" {unit_ids} " if unit_ids else "",
                "words": text.words,
                "marks": text.marks,
                "vector": engine.vector(text.words, text.marks),
            }
            for text in index_texts(passages(facts, names), body_settings.language)
        ]


def _years(session: Session, body_id: int) -> dict[int, int | None]:
    rows = _YEARS.rows(session.connection(), {"body": body_id})
    return {convention_id: year for convention_id, year in rows}


def _prefixes(session: Session, body_id: int) -> dict[str, str]:
    rows = _PREFIXES.rows(session.connection(), {"body": body_id})
    return {kind.value: prefix for kind, prefix in PREFIX.items()} | {
        code: prefix for code, prefix in rows
    }


# --- all of a body ---


def rebuild(session: Session, body_id: int, check: bool = False, batch: int = 500) -> Iterator[str]:
    """Index all items of a body anew; with `check` write nothing and tell what differs."""
    engine = engine_of(session)
    indexing = Indexing.begin(session, body_id)
    counted: Counter[str] = Counter()
    for item_ids in kept_summaries.batched(_items(session, Item.body_id == body_id), batch):
        if not check:
            keep(session, body_id, item_ids)
        kept = _kept(session, item_ids)
        rows = indexing.rows(item_ids) if check else kept
        for item_id in item_ids:
            counted.update(_words(rows[item_id]))
            if list(map(_content, kept[item_id])) != list(map(_content, rows[item_id])):
                yield f"item {item_id}: the words by which it is found"
    is_counted = spelling.kept(session, body_id) == counted
    if check:
        if not is_counted:
            yield "the list of words that items say"
        if not engine.is_whole(session, body_id):
            yield "the index of full text"
        return
    if not is_counted:
        spelling.replace_all(session, body_id, counted)
    engine.rebuild(session, body_id)


subscribers.append(refresh)
kept_summaries.at_the_end.append(keep_those_that_wait)
