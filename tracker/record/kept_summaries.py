"""Summaries are kept in the transaction of each act, for all days ahead.

They may be thrown away and made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.item_facts import Facts
from tracker.rules.item_state import spans

from . import edition_answers
from .applied import applied
from .as_of import AsOf
from .canonical_form import column_names
from .items import Item
from .keys import Among
from .ledger import Act, subscribers
from .ledger_tables import CHAIN, Event, Head
from .loader import ever_joined, load
from .summary import KEPT, LIVE, summary_values
from .surroundings import zone_of

DAYS = ("first_day", "last_day")
FORGET = sa.delete(KEPT).where(Among(KEPT.c.item_id), KEPT.c.up_to == LIVE)
Row = dict[str, object]


def _rows_ahead(item_id: int, every: Mapping[int, Facts]) -> list[Row]:
    """The rows of all days ahead; neighbours that say the same are one."""
    rows: list[Row] = []
    for span in spans(item_id, every):
        row = summary_values(span.state, span.first, span.last)
        if rows and not _differing(rows[-1], row):
            rows[-1]["last_day"] = span.last
        else:
            rows.append(row)
    return rows


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return [name for name in one if name not in DAYS and one[name] != other[name]]


TOUCHED = ever_joined()


# Acts on these change the answers of many items: the closing of one convention ends the term of
# another.
CONCERNS_ALL_ITEMS = ("convention", "body_setting", "added_kind")
SUMMARIES_THAT_WAIT = "summaries_wait"  # in a session's info
at_the_end: list[Callable[[Session], None]] = []
"""What else is derived after the last of many acts (see `kept_at_the_end`)."""


def refresh(session: Session, event: Event, act: Act) -> None:
    """The subscriber: whatever an act may have changed is derived anew, at once or, for many acts
    together, at their end.
    """
    edition_answers.follow(session, event, act)
    body_id = event.id // CHAIN
    touched = _concerned(session, body_id, event, act)
    if not touched:
        return
    waiting: dict[int, set[int]] | None = session.info.get(SUMMARIES_THAT_WAIT)
    if waiting is not None:
        waiting.setdefault(body_id, set()).update(touched)
        return
    if touched != {event.subject_id} or event.subject_type != "item":
        _keep_all(session, body_id, touched, event.recorded_at)
        return
    every = applied(act, event)
    if every:
        _write(session, every, every)
        return
    touched = set(session.connection().scalars(TOUCHED, {"keys": [event.subject_id]}))
    _keep_all(session, body_id, touched, event.recorded_at)


def _concerned(session: Session, body_id: int, event: Event, act: Act) -> set[int]:
    """The items that an act is about."""
    if event.subject_type in CONCERNS_ALL_ITEMS:
        return _items_of(session, body_id)
    return act.items | ({event.subject_id} if event.subject_type == "item" else set())


def _items_of(session: Session, body_id: int) -> set[int]:
    return set(session.scalars(sa.select(Item.id).where(Item.body_id == body_id)))


def _keep_all(session: Session, body_id: int, touched: Collection[int], at: datetime) -> None:
    today = at.astimezone(zone_of(session, body_id)).date()
    keep(session, body_id, touched, today)


def keep(session: Session, body_id: int, item_ids: Collection[int], today: date) -> None:
    """Derive anew what is kept of these items, for today and all days ahead."""
    _write(session, item_ids, load(session, body_id, item_ids, AsOf(today)))


def _write(session: Session, item_ids: Collection[int], every: Mapping[int, Facts]) -> None:
    rows: list[Row] = []
    for item_id in sorted(every.keys() & set(item_ids)):
        rows += _rows_ahead(item_id, every)
    session.connection().execute(FORGET, {"keys": list(item_ids)})
    if rows:
        session.connection().execute(sa.insert(KEPT), rows)


@contextmanager
def kept_at_the_end(session: Session, batch: int = 500) -> Iterator[None]:
    """For many acts in one transaction (an import, a demonstration).

    What lists read is derived once, after the last of them.
    """
    if SUMMARIES_THAT_WAIT in session.info:
        yield
        return
    waiting: dict[int, set[int]] = {}
    session.info[SUMMARIES_THAT_WAIT] = waiting
    try:
        yield
    finally:
        del session.info[SUMMARIES_THAT_WAIT]
    for body_id, item_ids in waiting.items():
        touched: set[int] = set()
        for keys in batched(sorted(item_ids), batch):
            touched.update(session.connection().scalars(TOUCHED, {"keys": keys}))
        at = session.connection().scalar(sa.select(Head.recorded_at).where(Head.chain == body_id))
        assert at is not None
        for keys in batched(sorted(touched), batch):
            _keep_all(session, body_id, keys, at)
    for derive_more in at_the_end:
        derive_more(session)


def batched(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The keys in their order, so many at a time."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def is_derived(session: Session) -> bool:
    """Whether all that this transaction recorded is in what lists read; not yet, within
    `kept_at_the_end`.
    """
    return SUMMARIES_THAT_WAIT not in session.info


def rebuild(
    session: Session, body_id: int, today: date, check: bool = False, batch: int = 500
) -> Iterator[str]:
    """Derive all anew; with `check` write nothing and tell what differs, of today and of all days
    ahead.
    """
    keys = list(
        session.scalars(sa.select(Item.id).where(Item.body_id == body_id).order_by(Item.id))
    )
    for item_ids in batched(keys, batch):
        if not check:
            keep(session, body_id, item_ids, today)
            continue
        kept = _kept(session, item_ids, today)
        every = load(session, body_id, item_ids, AsOf(today))
        for item_id in item_ids:
            rows_ahead = _rows_ahead(item_id, every) if item_id in every else []
            difference = _difference(kept.get(item_id, []), rows_ahead)
            if difference:
                yield f"item {item_id}: {difference}"
    yield from edition_answers.rebuild(session, body_id, check)


def _kept(session: Session, item_ids: Collection[int], today: date) -> dict[int, list[Row]]:
    """By item, the rows of today and of the days ahead, in their order."""
    rows_by_item: dict[int, list[Row]] = {}
    rows = session.connection().execute(
        sa.select(KEPT)
        .where(KEPT.c.item_id.in_(item_ids), KEPT.c.up_to == LIVE, KEPT.c.last_day >= today)
        .order_by(KEPT.c.item_id, KEPT.c.first_day)
    )
    for row in rows.mappings():
        rows_by_item.setdefault(row["item_id"], []).append(dict(row))
    return rows_by_item


def _difference(kept: list[Row], derived: list[Row]) -> str:
    """In which columns of which days they differ, and how; empty where nothing does.

    From when the first row holds is not compared: it was derived on an earlier day.
    """
    if derived and not kept:
        return "nothing is kept"
    if kept and not derived:
        return "something is kept, and the item is not on record"
    differences: list[str] = []
    for place, row in enumerate(derived):
        if place >= len(kept):
            differences.append(f"nothing is kept from {row['first_day']} on")
            break
        for name in column_names(KEPT):
            is_compared = name != "first_day" or place > 0
            if is_compared and kept[place][name] != row[name]:
                differences.append(f"{name}: kept {kept[place][name]}, derived {row[name]}")
    for row in kept[len(derived) :]:
        differences.append(f"first_day: kept {row['first_day']}, derived none")
    return "; ".join(differences)


subscribers.append(refresh)
