"""The stored answers of editions: what lists read of each item as an edition has it.

Kept when the edition is pinned, under the lock of its body's chain. Nothing that is recorded later
changes them; they may be thrown away and made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.item_state import derive

from .as_of import NOW, AsOf, at
from .conventions import Convention
from .items import Item
from .ledger import Act
from .ledger_tables import CHAIN, Event
from .loader import load
from .publications import Edition, Publication
from .summary import KEPT, LIVE, summary_values

BATCH = 500  # items of one load
Row = dict[str, object]


class EditionKey(NamedTuple):
    """By what the answers of an edition are kept, be it published or not."""

    convention_id: int
    up_to: int
    on: date


def edition_keys(session: Session, body_id: int) -> list[EditionKey]:
    """In the order in which they were made; those that were made anew are not among them."""
    return _keys(session, Edition.convention_id.in_(_conventions(body_id)), at(Edition, NOW))


def _keys(session: Session, *where: sa.ColumnElement[bool]) -> list[EditionKey]:
    rows = session.connection().execute(
        sa.select(Edition.convention_id, Edition.up_to, Event.effective_on)
        .join(Event, Event.id == Edition.recorded_by)
        .where(*where)
        .order_by(Edition.id)
    )
    return [EditionKey._make(row) for row in rows]


def made(event: Event, act: Act) -> list[EditionKey]:
    """The editions that the act pins."""
    return [
        EditionKey(fact.convention_id, fact.up_to, event.effective_on)
        for fact in act.added
        if isinstance(fact, Edition)
    ]


def made_anew(session: Session, act: Act) -> list[EditionKey]:
    """The editions in whose place the act pins others."""
    keys = act.payload.over["retracted_by"].get(Edition.__tablename__)
    return _keys(session, Edition.id.in_(keys)) if keys else []


def follow(session: Session, event: Event, act: Act) -> None:
    """After each act. Which links count follows from who may read the conventions, today."""
    if any(isinstance(fact, Publication) for fact in act.added):
        for _differs in rebuild(session, event.id // CHAIN):
            pass  # it writes, and tells nothing
    for edition in made_anew(session, act):
        forget(session, edition)
    for edition in made(event, act):
        keep(session, event.id // CHAIN, edition)


def keep(session: Session, body_id: int, edition: EditionKey) -> None:
    """All items of the convention, as they stood on the day of the edition."""
    forget(session, edition)
    for rows in _derived(session, body_id, edition):
        if rows:
            session.connection().execute(sa.insert(KEPT), list(rows.values()))


def forget(session: Session, edition: EditionKey) -> None:
    """For an edition that is made anew before it is published."""
    session.connection().execute(sa.delete(KEPT).where(_of_edition(edition)))


def rebuild(session: Session, body_id: int, check: bool = False) -> Iterator[str]:
    """Derive those of all editions anew; with `check` write nothing and tell what differs."""
    editions = edition_keys(session, body_id)
    if not check:
        session.connection().execute(
            sa.delete(KEPT).where(
                KEPT.c.convention_id.in_(_conventions(body_id)), KEPT.c.up_to != LIVE
            )
        )
        for edition in editions:
            keep(session, body_id, edition)
        return
    for edition in editions:
        yield from _differing(session, body_id, edition)
    known = {(edition.convention_id, edition.up_to) for edition in editions}
    kept = session.connection().execute(
        sa.select(KEPT.c.convention_id, KEPT.c.up_to).where(_of_editions(body_id)).distinct()
    )
    for convention_id, up_to in sorted({tuple(row) for row in kept} - known):
        yield f"convention {convention_id}: something is kept of no edition ({up_to % CHAIN})"


def _of_editions(body_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(KEPT.c.convention_id.in_(_conventions(body_id)), KEPT.c.up_to != LIVE)


def _conventions(body_id: int) -> sa.Select[int]:
    return sa.select(Convention.id).where(Convention.body_id == body_id)


def _differing(session: Session, body_id: int, edition: EditionKey) -> Iterator[str]:
    """Where what is kept is not what follows from the facts."""
    kept = {
        row["item_id"]: dict(row)
        for row in session.connection()
        .execute(sa.select(KEPT).where(_of_edition(edition)))
        .mappings()
    }
    for rows in _derived(session, body_id, edition):
        for item_id, row in rows.items():
            if kept.pop(item_id, None) != row:
                yield f"item {item_id}: what is kept of it as the edition of {edition.on} has it"
    for item_id in kept:
        yield f"item {item_id}: something is kept, and the edition of {edition.on} does not have it"


def _of_edition(edition: EditionKey) -> sa.ColumnElement[bool]:
    return sa.and_(KEPT.c.convention_id == edition.convention_id, KEPT.c.up_to == edition.up_to)


def _derived(session: Session, body_id: int, edition: EditionKey) -> Iterator[dict[int, Row]]:
    """The rows by item, some hundred at a time."""
    of_convention = Item.convention_id == edition.convention_id
    item_ids = session.connection().scalars(sa.select(Item.id).where(of_convention))
    as_of = AsOf(edition.on, up_to=edition.up_to)
    for keys in list(item_ids.partitions(BATCH)):
        every = load(session, body_id, keys, as_of)
        yield {
            item_id: summary_values(derive(item_id, every), edition.on, edition.on, edition.up_to)
            for item_id in sorted(every.keys() & set(keys))
        }
