"""The history of an item, a convention or a body: who recorded what, when, and what it changed.

For whoever reads everything. The number of statements does not depend on the number of acts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.canonical_form import digest_of
from tracker.record.event_rows import (
    EventRow,
    RowName,
    Rows,
    RowsOfEvent,
    read_rows,
    rows_named,
    tables,
    with_words,
)
from tracker.record.fact_history import FactHistory
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN, Event, Head
from tracker.record.people import RoleHeld
from tracker.record.progress import Withholding
from tracker.rules import roles

from .body_context import BodyContext
from .history_changes import derived_changes
from .history_models import (
    HistoryAct,
    HistoryEvent,
    HistoryNames,
    HistoryPage,
    RoleThen,
)
from .history_selection import HistoryFilters, count, envelope, envelopes, in_chain
from .models import ItemRef
from .naming import namings, references

ON_A_PAGE = 25
AT_ONCE = 200  # acts of a selection that is read whole
REPLACED: Mapping[str, tuple[str, str | None]] = {
    "convention_dates": ("convention_id", None),
    "convention_name": ("convention_id", None),
    "delegation_name": ("delegation_id", "delegation"),
    "follow_through": ("convention_id", None),
    "fund_revision": ("fund_id", "fund"),
    "person_name": ("person_id", "person"),
    "publication": ("convention_id", None),
    "recommendation": ("item_id", None),
    "unit_name": ("unit_id", "unit"),
    "version": ("item_id", None),
}
"""Facts of which the newest counts: of whom, by a column, and the table with what stood first."""
OF_ENTRIES = ("claim", "expense")
"""What belongs to an entry, and is told with what became of it."""
NAMED_OTHERWISE = ("item", "clause", "unit", "delegation", "person", "convention", "body", "event")
"""Tables whose rows have names of their own."""


def history(
    session: Session,
    context: BodyContext,
    filters: HistoryFilters,
    corrections: Collection[str],
    withholdings: Collection[str],
) -> HistoryPage:
    """A page of it.

    :param corrections: codes of the acts that are counted as such; so are `withholdings`
    """
    found = envelopes(session, context, filters, ON_A_PAGE + 1)
    return HistoryPage(
        acts=_acts(session, context, found[:ON_A_PAGE]),
        counts=count(session, context, filters, corrections, withholdings),
        has_earlier=len(found) > ON_A_PAGE,
    )


def every_act(
    session: Session, context: BodyContext, filters: HistoryFilters
) -> Iterator[HistoryAct]:
    """The whole selection, the newest first, some at a time."""
    while True:
        found = envelopes(session, context, filters, AT_ONCE)
        yield from _acts(session, context, found)
        if len(found) < AT_ONCE:
            return
        filters = replace(filters, before=found[-1].id - context.body.id * CHAIN)


def act_of(session: Session, context: BodyContext, number: int) -> HistoryEvent | None:
    """None where the chain has no act of this number."""
    event_id = context.body.id * CHAIN + number
    acts = _acts(session, context, envelope(session, event_id))
    if not acts:
        return None
    near = sa.select(
        sa.select(sa.func.max(Event.id))
        .where(in_chain(context.body.id), Event.id < event_id)
        .scalar_subquery(),
        sa.select(sa.func.min(Event.id))
        .where(in_chain(context.body.id), Event.id > event_id)
        .scalar_subquery(),
    )
    earlier, later = session.connection().execute(near).one()
    return HistoryEvent(
        act=acts[0],
        earlier=earlier % CHAIN if earlier else None,
        later=later % CHAIN if later else None,
    )


def hash_of(session: Session, event_id: int) -> str | None:
    """As the record has it now."""
    return session.connection().scalar(sa.select(Event.hash).where(Event.id == event_id))


def newest_number(session: Session, body_id: int) -> int:
    head = session.connection().scalar(sa.select(Head.event_id).where(Head.chain == body_id))
    return (head or 0) % CHAIN


# --- what is read for some acts, each with a constant number of statements ---


@dataclass(frozen=True, kw_only=True)
class _Read:
    rows: Rows
    of_events: Mapping[int, RowsOfEvent]
    before: Mapping[RowName, EventRow]
    names: HistoryNames
    facts: FactHistory
    roles: Mapping[int, Sequence[sa.Row[Any]]]


def _acts(
    session: Session, context: BodyContext, events: Sequence[sa.Row[Any]]
) -> tuple[HistoryAct, ...]:
    if not events:
        return ()
    read = _read(session, context, events)
    return tuple(_act(context, event, read) for event in events)


def _act(context: BodyContext, event: sa.Row[Any], read: _Read) -> HistoryAct:
    recorded_at = event.recorded_at.astimezone(context.settings.zone)
    today = recorded_at.date()
    is_of_item = event.subject_type == Item.__tablename__
    rows = read.of_events[event.id]
    settings = [row.text("name") for row in rows.wrote if row.table == "body_setting"]
    return HistoryAct(
        number=event.id % CHAIN,
        event=event.id,
        kind=event.kind,
        recorded_at=recorded_at,
        on=event.effective_on,
        day_known=event.day_known,
        imported=event.imported,
        actor_id=event.actor_id,
        roles=_roles_then(read.roles.get(event.actor_id, ()), event.id, today),
        item=read.names.items.get(_item_id(event, rows) or 0),
        convention=context.conventions.get(_convention_id(event, rows, read.rows) or 0),
        subject=RowName(event.subject_type, event.subject_id),
        rows=rows,
        before={
            name: earlier
            for row in rows.wrote
            if (earlier := read.before.get(name := RowName(row.table, row.id)))
        },
        setting_before={
            name: read.facts.surroundings.value(name, event.id - 1) for name in settings if name
        },
        changes=derived_changes(read.facts, event.id, event.subject_id, today)
        if is_of_item
        else (),
        names=read.names,
        hash=event.hash,
        previous_hash=event.previous_hash,
        is_sealed=digest_of(event) == event.hash if event.payload != "{}" else None,
    )


def _item_id(event: sa.Row[Any], own: RowsOfEvent) -> int | None:
    """Of an act on something else, the one item of its rows."""
    if event.subject_type == Item.__tablename__:
        return int(event.subject_id)
    item_ids = {row.key("item_id") for row in (*own.wrote, *own.over)} - {None}
    return item_ids.pop() if len(item_ids) == 1 else None


def _convention_id(event: sa.Row[Any], own: RowsOfEvent, rows: Rows) -> int | None:
    if event.subject_type == "convention":
        return int(event.subject_id)
    subject = rows.get(RowName(event.subject_type, event.subject_id))
    for row in (*own.wrote, *own.over, *([subject] if subject else ())):
        key: int | None = row.key("convention_id")
        if key:
            return key
    return None


def _read(session: Session, context: BodyContext, events: Sequence[sa.Row[Any]]) -> _Read:
    named = {event.id: rows_named(event.payload) for event in events}
    subjects = [RowName(event.subject_type, event.subject_id) for event in events]
    own = [name for lists in named.values() for names in lists.values() for name in names]
    bare = _by_name(read_rows(session, _by_table([*own, *_subjects(subjects)])))
    bare |= _by_name(_named_by(session, bare))
    bare |= _by_name(_named_by(session, bare))
    entries = {row.key("entry_id") for row in bare.values()} - {None}
    for table in OF_ENTRIES:
        bare |= _by_name(read_rows(session, {table: _keys(entries)}, by="entry_id"))
    replaced = _replaced(session, [bare[name] for name in own if name in bare])
    rows = with_words(session, [*bare.values(), *replaced.values()])
    item_ids = {name.id for name in subjects if name.table == Item.__tablename__}
    item_ids |= {key for row in rows.values() for key in _items_of(row)}
    return _Read(
        rows=rows,
        of_events={
            event_id: RowsOfEvent(
                wrote=_rows(rows, lists["wrote"]),
                ended=_rows(rows, lists["ended_by"]),
                retracted=_rows(rows, lists["retracted_by"]),
            )
            for event_id, lists in named.items()
        },
        before={
            name: rows[RowName(earlier.table, earlier.id)] for name, earlier in replaced.items()
        },
        names=HistoryNames(
            context=context,
            items=_items(session, context, item_ids),
            clauses=_clause_numbers(session, item_ids),
            rows=rows,
            withheld=_withheld(session, item_ids),
        ),
        facts=FactHistory(
            session,
            context.body.id,
            [name.id for name in subjects if name.table == Item.__tablename__],
        ),
        roles=_roles(session, {event.actor_id for event in events}),
    )


def _subjects(subjects: Iterable[RowName]) -> Iterator[RowName]:
    """Those that are named by what they hold: funds, lists, kinds of a body's own."""
    for name in subjects:
        if name.table in tables() and name.table not in NAMED_OTHERWISE:
            yield name


def _rows(rows: Rows, names: Iterable[RowName]) -> tuple[EventRow, ...]:
    """Those that are there: `verify` says where one is not."""
    return tuple(rows[name] for name in names if name in rows)


def _by_name(rows: Iterable[EventRow]) -> Rows:
    return {RowName(row.table, row.id): row for row in rows}


def _by_table(names: Iterable[RowName]) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = defaultdict(set)
    for name in names:
        if name.table in tables():
            keys[name.table].add(name.id)
    return keys


def _keys(keys: Iterable[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def _named_by(session: Session, rows: Rows) -> Iterator[EventRow]:
    """The rows that these name by their keys, and that are not among them."""
    wanted = [
        RowName(table, key)
        for row in rows.values()
        for column, table in _references(row.table)
        if (key := row.key(column)) is not None and RowName(table, key) not in rows
    ]
    return read_rows(session, _by_table(wanted))


def _references(name: str) -> Iterator[tuple[str, str]]:
    """Columns that name a row of another fact table, and which."""
    for key in tables()[name].foreign_keys:
        target = key.column.table.name
        if target in tables() and target not in NAMED_OTHERWISE:
            yield key.parent.name, target


def _replaced(session: Session, wrote: Sequence[EventRow]) -> dict[RowName, EventRow]:
    """By a row, what stood in its place before; and by an entry the one that it corrects."""
    replaced: dict[RowName, EventRow] = {}
    for table, (owner, first_table) in REPLACED.items():
        written = [row for row in wrote if row.table == table]
        owners = _keys(row.key(owner) for row in written)
        if not owners:
            continue
        rows = list(read_rows(session, {table: owners}, by=owner))
        if first_table:
            rows += read_rows(session, {first_table: owners})
        for row in written:
            earlier = [
                other
                for other in rows
                if other.event < row.event
                and (other.key(owner) or other.id) == row.key(owner)
                and other.values.get("stage") == row.values.get("stage")
                and (other.over_by is None or other.over_by >= row.event)
            ]
            if earlier:
                newest = max(earlier, key=lambda other: (other.event, other.id))
                replaced[RowName(table, row.id)] = newest
    corrected = {row.key("corrects_id") for row in wrote if row.table == "entry"}
    by_key = {row.id: row for row in read_rows(session, {"entry": _keys(corrected)})}
    for row in wrote:
        if row.table == "entry" and (key := row.key("corrects_id")) in by_key:
            replaced[RowName("entry", row.id)] = by_key[key or 0]
    return replaced


def _items_of(row: EventRow) -> Iterator[int]:
    for column in ("item_id", "target_id"):
        if (key := row.key(column)) is not None:
            yield key


def _items(session: Session, context: BodyContext, item_ids: Collection[int]) -> dict[int, ItemRef]:
    """As they are named today."""
    if not item_ids:
        return {}
    names = namings(session, context, item_ids, NOW)
    return dict(references(session, context, names, NOW))


def _clause_numbers(session: Session, item_ids: Collection[int]) -> dict[int, int | None]:
    """None where the item only ever had one."""
    of_items: dict[int, list[EventRow]] = defaultdict(list)
    for row in read_rows(session, {"clause": item_ids}, by="item_id"):
        of_items[row.key("item_id") or 0].append(row)
    return {
        row.id: row.key("number") if any((one.key("number") or 1) > 1 for one in rows) else None
        for rows in of_items.values()
        for row in rows
    }


def _withheld(session: Session, item_ids: Collection[int]) -> frozenset[RowName]:
    """What is withheld from readers today."""
    if not item_ids:
        return frozenset()
    rows = session.connection().execute(
        sa.select(
            Withholding.entry_id,
            Withholding.outcome_id,
            Withholding.evidence_id,
            Withholding.floor_person_id,
        ).where(Withholding.item_id.in_(item_ids), at(Withholding, NOW))
    )
    return frozenset(
        RowName(table, key)
        for row in rows
        for table, key in zip(("entry", "outcome", "evidence", "floor_person"), row, strict=True)
        if key is not None
    )


def _roles(session: Session, person_ids: Collection[int]) -> dict[int, list[sa.Row[Any]]]:
    """All roles that these people ever held."""
    rows = session.connection().execute(
        sa.select(RoleHeld.__table__)
        .where(RoleHeld.person_id.in_(person_ids))
        .order_by(RoleHeld.id)
    )
    held: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in rows:
        held[row.person_id].append(row)
    return held


def _roles_then(rows: Sequence[sa.Row[Any]], event: int, today: date) -> tuple[RoleThen, ...]:
    return tuple(
        RoleThen(row.role, row.unit_id)
        for row in rows
        if row.recorded_by < event
        and all(over is None or over >= event for over in (row.ended_by, row.retracted_by))
        and roles.holds_on(today, row.from_on, row.until_on)
    )
