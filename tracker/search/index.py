"""Keeps the index of words: written in the transaction of each act, made anew, and compared.

The record knows nothing of it; it follows each act that may have changed what an item says, or who
may read that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import edition_answers, kept_summaries
from tracker.record.bodies import BodySetting
from tracker.record.conventions import ConventionDates
from tracker.record.items import Item
from tracker.record.keys import Among
from tracker.record.ledger import Act, subscribers
from tracker.record.ledger_tables import CHAIN, Erasure, Event
from tracker.record.prepared import Prepared
from tracker.record.rosters import items_naming, roster_names
from tracker.record.summary import LIVE
from tracker.record.texts import standing
from tracker.rules.rosters import Roster

from . import edition_index, spelling
from .engines import engine_of
from .index_rows import COMPARED, Indexing, Row, content, public_words, replace
from .spelling import Said
from .tables import ITEMS

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
_KEPT = Prepared(
    sa.select(ITEMS.c.item_id, *(ITEMS.c[name] for name in COMPARED))
    .where(Among(ITEMS.c.item_id), ITEMS.c.up_to == LIVE)
    .order_by(ITEMS.c.item_id, ITEMS.c.level)
)


# --- after each act ---


def refresh(session: Session, event: Event, act: Act) -> None:
    """The subscriber: items of which the act may have changed a word are indexed anew.

    For many acts together, that is done at their end.
    """
    edition_index.follow(session, event, act)
    body_id = event.id // CHAIN
    item_ids = _touched(session, body_id, event, act)
    if not item_ids:
        return
    is_erasure = any(isinstance(fact, Erasure) for fact in act.added)
    if is_erasure or _changes_withholdings(act):
        for edition in edition_answers.edition_keys(session, body_id):
            edition_index.keep_items(session, body_id, item_ids, edition)
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
    return not _tables_of(act).isdisjoint(CONCERNS_WORDS)


def _tables_of(act: Act) -> set[str]:
    """The tables of the facts that it wrote, ended or took back."""
    tables = {name for name, rows in act.payload.wrote.items() if rows}
    for ending in act.payload.over.values():
        tables.update(name for name, keys in ending.items() if keys)
    return tables


def _changes_withholdings(act: Act) -> bool:
    return "withholding" in _tables_of(act)


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
    kept = by_id(_kept(session, item_ids))
    rows = by_id(Indexing.begin(session, body_id).rows(item_ids))
    replace(session, body_id, kept, rows)


def by_id(rows_by_item: Mapping[int, Collection[Row]]) -> dict[int, Row]:
    return {row["id"]: row for rows in rows_by_item.values() for row in rows}


def _kept(session: Session, item_ids: Collection[int]) -> dict[int, list[Row]]:
    rows_by_item: dict[int, list[Row]] = defaultdict(list)
    for item_id, *values in _KEPT.rows(session.connection(), {"keys": list(item_ids)}):
        rows_by_item[item_id].append(dict(zip(COMPARED, values, strict=True)))
    return rows_by_item


# --- all of a body ---


def rebuild(session: Session, body_id: int, check: bool = False, batch: int = 500) -> Iterator[str]:
    """Index all items of a body anew; with `check` write nothing and tell what differs."""
    engine = engine_of(session)
    indexing = Indexing.begin(session, body_id)
    counted: Counter[Said] = Counter()
    for item_ids in kept_summaries.batched(_items(session, Item.body_id == body_id), batch):
        if not check:
            keep(session, body_id, item_ids)
        kept = _kept(session, item_ids)
        rows = indexing.rows(item_ids) if check else kept
        for item_id in item_ids:
            counted.update(public_words(rows[item_id]))
            if list(map(content, kept[item_id])) != list(map(content, rows[item_id])):
                yield f"item {item_id}: the words by which it is found"
    yield from edition_index.rebuild(session, body_id, check)
    counted.update(edition_index.words(session, body_id))
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
