"""The rows that a page shows beyond what the rules ask: words, votes, amounts, in one statement however many items. Shows nothing by itself."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.extensions import Instant, Key, Money
from tracker.record import items, money, outcomes, progress
from tracker.record.as_of import NOW, AsOf, at
from tracker.record.ledger import ENDINGS, Event, Fact, Text
from tracker.record.load import KEYS, Form, bound, form, given

# What each name of a Told holds. Rows have the columns of their table, words in place of digests, and of their event:
# event, recorded_at, on, day_known, imported, actor; `retracted` and `ended_on` where they are kept all the same; `released`: whether its
# entry had been released, be it taken back since (what belongs to no entry needs no release).
TABLES: dict[str, type[Fact]] = {
    "item": items.Item,
    "designations": items.Designation,
    "versions": items.Version,
    "movers": items.FloorPerson,
    "floor": items.FloorAction,
    "decisions": items.ReferralDecision,
    "assignments": items.Assignment,
    "links": items.Link,
    "recommendations": items.Recommendation,
    "source": items.SourceCell,
    "clauses": items.Clause,
    "due_dates": items.DueDate,
    "entries": progress.Entry,
    "claims": progress.Claim,
    "evidence": progress.Evidence,
    "opened": progress.OpenedEvidence,
    "sent_back": progress.SentBack,
    "reviews": progress.Review,
    "withholdings": progress.Withholding,
    "outcomes": outcomes.Outcome,
    "estimates": money.Estimate,
    "appropriations": money.Appropriation,
    "expenses": money.Expense,
    "explanations": money.Explanation,
}
FOR_LISTS = (
    "item",
    "designations",
    "versions",
    "movers",
    "floor",
    "decisions",
    "assignments",
    "outcomes",
    "reviews",
    "estimates",
    "appropriations",
    "expenses",
    "claims",
    "withholdings",
)
SHOWN_THOUGH_RETRACTED = ("entries", "claims")  # a correction and what it corrects both show
SHOWN_THOUGH_ENDED = ("assignments",)
JUDGED_BY_TODAY = ("withholdings",)  # whatever day is asked for
OF_AN_ENTRY = ("claims", "expenses", "explanations")  # they show when it does
FOLLOW_THEIR_ENTRY = (
    "expenses",
    "explanations",
)  # one that was sent back, withdrawn or corrected takes them along
SLOTS: tuple[sa.types.TypeEngine[Any], ...] = (
    *[Key] * 6,
    *[sa.String()] * 6,
    *[sa.Text()] * 3,
    *[sa.Date()] * 2,
    Money(),
    *[sa.Boolean()] * 2,
)
ENVELOPE = (
    "id",
    "event",
    "recorded_at",
    "on",
    "day_known",
    "imported",
    "actor",
    "retracted",
    "ended_on",
    "released",
)

Told = dict[str, list[Any]]
"""Of one item, the rows of each table, in the order in which they were recorded."""


def _columns(table: sa.FromClause) -> list[sa.Column[Any]]:
    return [
        column
        for column in table.columns
        if isinstance(column, sa.Column)
        and column.key not in ("id", "item_id", "recorded_by", *ENDINGS)
    ]


def _is_text(column: sa.Column[Any]) -> bool:
    return any(key.column.table is Text.__table__ for key in column.foreign_keys)


@cache
def _layout(name: str) -> tuple[tuple[str, int, type[enum.Enum] | None], ...]:
    """For each column of a table its slot of the union, and the codes to turn it back into."""
    free, found = list(enumerate(SLOTS)), []
    for column in _columns(TABLES[name].__table__):
        wanted = sa.Text() if _is_text(column) else column.type
        slot = next(
            slot
            for slot in free
            if type(slot[1]) is type(wanted)
            or (
                isinstance(wanted, sa.Enum | sa.String)
                and not isinstance(wanted, sa.Text)
                and type(slot[1]) is sa.String
            )
            or (isinstance(wanted, sa.Integer) and slot[1] is Key)
        )
        free.remove(slot)
        found.append(
            (
                column.key,
                slot[0],
                column.type.enum_class if isinstance(column.type, sa.Enum) else None,
            )
        )
    return tuple(found)


def _arm(name: str, as_of: AsOf) -> sa.Select[Any]:
    fact = TABLES[name]
    table, event, ending = fact.__table__, Event.__table__, aliased(Event)
    source = sa.join(table, event, event.c.id == table.c.recorded_by)
    slots: list[sa.ColumnElement[Any]] = [sa.cast(sa.null(), slot) for slot in SLOTS]
    for column, (_, slot, _codes) in zip(_columns(table), _layout(name), strict=True):
        if _is_text(column):
            text = aliased(Text)
            source = sa.outerjoin(source, text, text.digest == column)
            slots[slot] = sa.type_coerce(text.words, SLOTS[slot])
        else:
            slots[slot] = sa.type_coerce(column, SLOTS[slot])
    retracted: sa.ColumnElement[bool] = sa.false()
    ended_on: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.Date())
    counts = at(fact, NOW if name in JUDGED_BY_TODAY else as_of)
    released: sa.ColumnElement[bool] = sa.true()
    if name == "entries":
        released = _had_been_released(table.c.id, as_of)
    elif name in OF_AN_ENTRY:
        released = sa.or_(table.c.entry_id.is_(None), _had_been_released(table.c.entry_id, as_of))
    if name in FOLLOW_THEIR_ENTRY:
        counts = sa.and_(
            counts, sa.or_(table.c.entry_id.is_(None), _stands(table.c.entry_id, as_of))
        )
    if name in SHOWN_THOUGH_RETRACTED or name in SHOWN_THOUGH_ENDED:
        over = table.c.retracted_by if name in SHOWN_THOUGH_RETRACTED else table.c.ended_by
        seen = ending.id == over
        counts = sa.true() if name in SHOWN_THOUGH_RETRACTED else table.c.retracted_by.is_(None)
        if as_of.recorded is not None:
            counts, seen = (
                sa.and_(counts, event.c.recorded_at <= as_of.recorded),
                sa.and_(seen, ending.recorded_at <= as_of.recorded),
            )
        if as_of.happened:
            counts = sa.and_(counts, event.c.effective_on <= as_of.on)
        source = sa.outerjoin(source, ending, seen)
        if name in SHOWN_THOUGH_RETRACTED:
            retracted = ending.id.is_not(None)
        else:
            ended_on = sa.type_coerce(ending.effective_on, sa.Date())
    owner = table.c.id if name == "item" else table.c.item_id
    envelope = (
        table.c.id,
        event.c.id,
        sa.type_coerce(event.c.recorded_at, Instant),
        event.c.effective_on,
        event.c.day_known,
        event.c.imported,
        event.c.actor_id,
        retracted,
        ended_on,
        released,
    )
    return (
        sa.select(sa.literal_column(f"'{name}'"), owner, *envelope, *slots)
        .select_from(source)
        .where(owner.in_(KEYS), counts)
    )


def _had_been_released(entry_id: sa.ColumnElement[Any], as_of: AsOf) -> sa.ColumnElement[bool]:
    """Also where a correction has taken the release back since: the entry was read."""
    release, event = aliased(progress.Release), aliased(Event)
    seen = (
        sa.select(release.id)
        .join(event, event.id == release.recorded_by)
        .where(release.entry_id == entry_id)
    )
    if as_of.recorded is not None:
        seen = seen.where(event.recorded_at <= as_of.recorded)
    if as_of.happened:
        seen = seen.where(event.effective_on <= as_of.on)
    return seen.exists()


def _stands(entry_id: sa.ColumnElement[Any], as_of: AsOf) -> sa.ColumnElement[bool]:
    """Neither withdrawn nor corrected nor sent back."""
    entry, back = aliased(progress.Entry), aliased(progress.SentBack)
    return sa.and_(
        sa.select(entry.id).where(entry.id == entry_id, at(entry, as_of)).exists(),
        sa.not_(sa.select(back.id).where(back.entry_id == entry_id, at(back, as_of)).exists()),
    )


@cache
def _statement(kind: Form, names: tuple[str, ...]) -> sa.CompoundSelect[Any]:
    return sa.union_all(*(_arm(name, bound(kind)) for name in names))


def told(
    session: Session, item_ids: Collection[int], as_of: AsOf, names: tuple[str, ...] = tuple(TABLES)
) -> dict[int, Told]:
    """By item. An item that was not recorded by then has no rows."""
    found: dict[int, Told] = defaultdict(lambda: {name: [] for name in names})
    for name, owner, *values in (
        session.connection()
        .execute(_statement(form(as_of), names), given(as_of, keys=list(item_ids)))
        .all()
    ):
        row = dict(zip(ENVELOPE, values, strict=False))
        for column, slot, codes in _layout(name):
            value = values[len(ENVELOPE) + slot]
            row[column] = codes(value) if codes is not None and value is not None else value
        found[owner][name].append(SimpleNamespace(**row))
    for rows in found.values():
        for each in rows.values():
            each.sort(key=lambda row: row.id)
    return dict(found)
