"""The rows that events wrote, ended or took back, with their words.

An event's payload names them; what they say is read from the tables.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .fact_selects import is_text
from .keys import Among
from .ledger_tables import ENDINGS, IMPORT_UNDONE, Event, Text, fact_tables


@dataclass(frozen=True)
class Words:
    """Free text; None: it was erased."""

    text: str | None


Value = str | int | bool | Decimal | date | datetime | Enum | Words | None


@dataclass(frozen=True, kw_only=True)
class EventRow:
    """One row of a fact table."""

    table: str
    id: int
    event: int  # that recorded it
    on: date  # of that event
    day_known: bool
    over_by: int | None  # the event that ended it or took it back, whatever came later
    values: Mapping[str, Value]

    def key(self, name: str) -> int | None:
        """A column that names another row."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str | None:
        """None where there is none, and where it was erased."""
        value = self.values.get(name)
        return value.text if isinstance(value, Words) else value if isinstance(value, str) else None

    def is_text(self, name: str) -> bool:
        """Whether the column has free text."""
        return isinstance(self.values.get(name), Words)

    def is_erased(self, name: str) -> bool:
        value = self.values.get(name)
        return isinstance(value, Words) and value.text is None


@dataclass(frozen=True, kw_only=True)
class RowsOfEvent:
    wrote: tuple[EventRow, ...] = ()
    ended: tuple[EventRow, ...] = ()
    retracted: tuple[EventRow, ...] = ()

    @property
    def over(self) -> tuple[EventRow, ...]:
        return self.ended + self.retracted


class RowName(NamedTuple):
    table: str
    id: int


Rows = dict[RowName, EventRow]


WITHOUT_UNDOINGS = sa.case((Event.kind == IMPORT_UNDONE, "{}"), else_=Event.payload)
"""The payload of an event; that of an undoing names every row of its list, and is not read."""


def rows_named(payload: str) -> dict[str, list[RowName]]:
    """By `wrote` and the names of `ENDINGS`."""
    named: dict[str, list[RowName]] = defaultdict(list)
    for name, rows in json.loads(payload).items():
        if name in ENDINGS:
            for table, keys in rows.items():
                named[name] += [RowName(table, key) for key in keys]
        else:
            named["wrote"] += [RowName(name, row["id"]) for row in rows]
    return named


@cache
def tables() -> Mapping[str, sa.Table]:
    return {table.name: table for table in fact_tables()}


def read_rows(
    session: Session, wanted: Mapping[str, Collection[int]], by: str = "id"
) -> Iterator[EventRow]:
    """Rows by their keys, or by another column, with digests in place of words; one statement for
    each table.
    """
    for name, keys in wanted.items():
        if not keys:
            continue
        table = tables()[name]
        rows = session.connection().execute(_select(name, by), {"keys": list(keys)}).mappings()
        for row in rows:
            yield EventRow(
                table=name,
                id=row["id"],
                event=row["recorded_by"],
                on=row["effective_on"],
                day_known=row["day_known"],
                over_by=row["retracted_by"] or row["ended_by"],
                values={
                    column.name: row[column.name]
                    for column in table.columns
                    if column.name not in ("id", "recorded_by", *ENDINGS)
                },
            )


@cache
def _select(name: str, by: str) -> sa.Select[tuple[object, ...]]:
    table = tables()[name]
    return (
        sa.select(table, Event.effective_on, Event.day_known)
        .join(Event, Event.id == table.c.recorded_by)
        .where(Among(table.c[by]))
        .order_by(table.c.id)
    )


def with_words(session: Session, rows: Iterable[EventRow]) -> Rows:
    """The same rows, with the words that their digests name. One statement."""
    bare = list(rows)
    digests = {
        value
        for row in bare
        for name in text_columns(row.table)
        if isinstance(value := row.values[name], str)
    }
    statement = sa.select(Text.digest, Text.words).where(Text.digest.in_(digests))
    found = session.connection().execute(statement) if digests else ()
    words = {digest: text for digest, text in found}
    return {
        RowName(row.table, row.id): replace(
            row,
            values=dict(row.values)
            | {
                name: Words(words.get(value))
                for name in text_columns(row.table)
                if isinstance(value := row.values[name], str)
            },
        )
        for row in bare
    }


@cache
def text_columns(table: str) -> tuple[str, ...]:
    """The columns that name a text."""
    return tuple(
        column.name
        for column in tables()[table].columns
        if is_text(column) and column.name != "digest"  # an erasure names its text by it
    )
