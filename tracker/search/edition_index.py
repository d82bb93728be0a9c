"""The index of words of editions: what the public finds of a convention as an edition has it.

Kept when the edition is pinned. What is withheld or erased later goes from it at once; nothing else
changes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.edition_answers import EditionKey, edition_keys, made, made_anew
from tracker.record.items import Item
from tracker.record.kept_summaries import batched
from tracker.record.ledger import Act
from tracker.record.ledger_tables import CHAIN, Event
from tracker.record.summary import LIVE

from .index_rows import COMPARED, Indexing, Row, content, public_words, replace
from .passages import Level
from .spelling import Said
from .tables import ITEMS

BATCH = 500  # items of one load
OF_AN_EDITION = 2**40  # beyond the keys of the rows of the record as it is


def follow(session: Session, event: Event, act: Act) -> None:
    """After each act."""
    body_id = event.id // CHAIN
    for edition in made_anew(session, act):
        forget(session, body_id, edition)
    for edition in made(event, act):
        keep(session, body_id, edition)


def keep(session: Session, body_id: int, edition: EditionKey) -> None:
    """All items of the convention."""
    first_key = _first_key(session, body_id, edition)
    for item_ids in batched(_items(session, edition), BATCH):
        kept = _kept(session, edition, item_ids)
        replace(session, body_id, kept, _rows(session, body_id, edition, item_ids, first_key))


def forget(session: Session, body_id: int, edition: EditionKey) -> None:
    """For an edition that is made anew before it is published."""
    for item_ids in batched(_items(session, edition), BATCH):
        replace(session, body_id, _kept(session, edition, item_ids), {})


def keep_items(
    session: Session, body_id: int, item_ids: Collection[int], edition: EditionKey
) -> None:
    """Some items anew, of which something was withheld, or shown again, or erased."""
    kept = _kept(session, edition, item_ids)
    if not kept:
        return
    of_edition = [row["item_id"] for row in kept.values()]
    first_key = min(kept) // OF_AN_EDITION * OF_AN_EDITION
    replace(session, body_id, kept, _rows(session, body_id, edition, of_edition, first_key))


def rebuild(session: Session, body_id: int, check: bool = False) -> Iterator[str]:
    """Index all editions anew; with `check` write nothing and tell what differs."""
    editions = edition_keys(session, body_id)
    for edition in editions:
        if check:
            yield from _differing(session, body_id, edition)
        else:
            keep(session, body_id, edition)
    up_to = {edition.up_to for edition in editions}
    others = sa.and_(ITEMS.c.body_id == body_id, ITEMS.c.up_to.not_in([LIVE, *up_to]))
    left = _rows_where(session, others)
    if left and check:
        yield "words of an edition that is not pinned"
    elif left:
        replace(session, body_id, left, {})


def words(session: Session, body_id: int) -> Counter[Said]:
    """What the items of all editions say, to be counted."""
    of_body = sa.and_(ITEMS.c.body_id == body_id, ITEMS.c.up_to != LIVE)
    return public_words(_rows_where(session, of_body).values())


def _differing(session: Session, body_id: int, edition: EditionKey) -> Iterator[str]:
    """Where what is kept is not what follows from the facts."""
    first_key = _first_key(session, body_id, edition)
    for item_ids in batched(_items(session, edition), BATCH):
        kept = _kept(session, edition, item_ids)
        rows = _rows(session, body_id, edition, item_ids, first_key)
        for key in sorted(kept.keys() | rows.keys()):
            one, other = kept.get(key), rows.get(key)
            if one is None or other is None or content(one) != content(other):
                item_id = (one or other or {}).get("item_id")
                yield f"item {item_id}: the words by which the edition of {edition.on} finds it"


def _items(session: Session, edition: EditionKey) -> list[int]:
    return list(
        session.connection().scalars(
            sa.select(Item.id).where(Item.convention_id == edition.convention_id).order_by(Item.id)
        )
    )


def _rows(
    session: Session, body_id: int, edition: EditionKey, item_ids: Collection[int], first_key: int
) -> dict[int, Row]:
    """What the public reads: nobody else searches an edition."""
    as_of = AsOf(edition.on, up_to=edition.up_to)
    rows_by_item = Indexing.begin(session, body_id, as_of).rows(item_ids)
    return {
        first_key + row["id"]: {**row, "id": first_key + row["id"]}
        for rows in rows_by_item.values()
        for row in rows
        if row["level"] == Level.PUBLIC
    }


def _kept(session: Session, edition: EditionKey, item_ids: Collection[int]) -> dict[int, Row]:
    of_items = sa.and_(ITEMS.c.item_id.in_(item_ids), ITEMS.c.up_to == edition.up_to)
    return _rows_where(session, of_items)


def _rows_where(session: Session, where: sa.ColumnElement[bool]) -> dict[int, Row]:
    columns = (ITEMS.c.item_id, *(ITEMS.c[name] for name in COMPARED))
    rows = session.connection().execute(sa.select(*columns).where(where).order_by(ITEMS.c.id))
    return {row["id"]: dict(row) for row in rows.mappings()}


def _first_key(session: Session, body_id: int, edition: EditionKey) -> int:
    """Below the keys of its rows: as they are, or beyond those of all other editions of the
    convention.
    """
    is_own = ITEMS.c.up_to == edition.up_to
    rows = session.connection().execute(
        sa.select(is_own, sa.func.max(ITEMS.c.id))
        .where(
            ITEMS.c.body_id == body_id,
            ITEMS.c.level == Level.PUBLIC,
            ITEMS.c.up_to != LIVE,
            ITEMS.c.convention_id == edition.convention_id,
        )
        .group_by(is_own)
    )
    newest: dict[bool, int] = {bool(of_this): key for of_this, key in rows}
    if True in newest:
        return newest[True] // OF_AN_EDITION * OF_AN_EDITION
    return (newest.get(False, 0) // OF_AN_EDITION + 1) * OF_AN_EDITION
