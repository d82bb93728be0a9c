"""The one spelling of what is recorded: of a value, a row, a payload; and the hash of an event.

Whatever is changed here changes hashes, and no record that is there proves any more.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from .ledger_tables import ENDINGS, Event


def plain(value: object) -> str | int:
    """One spelling for each value, whether it comes from Python or back from a database."""
    if type(value) in (str, int, bool):  # nearly all are
        return cast(str | int, value)
    match value:
        case enum.Enum():
            return str(value.value)
        case bool() | int() | str():
            return value
        case Decimal():
            return f"{value:.2f}"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


@cache
def column_names(table: sa.FromClause) -> tuple[str, ...]:
    return tuple(column.key for column in table.columns)


@cache
def _own_names(table: sa.FromClause) -> tuple[str, ...]:
    """Of the columns that say what a row says: not by which events it came and went."""
    return tuple(name for name in column_names(table) if name not in ("recorded_by", *ENDINGS))


def content_of_row(table: sa.FromClause, row: object) -> dict[str, str | int]:
    """What a row says, be it a mapped object or a result row.

    NULLs are left out: a later column changes no content.
    """
    return content_of_values(table, {name: getattr(row, name) for name in _own_names(table)})


def content_of_values(table: sa.FromClause, values: Mapping[str, object]) -> dict[str, str | int]:
    return {name: plain(value) for name in _own_names(table) if (value := values[name]) is not None}


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical_json(value: object) -> str:
    return _CANONICAL.encode(value)


class Payload:
    """What one act wrote, ended and retracted, in canonical order, however it was gathered."""

    def __init__(self) -> None:
        self.wrote: dict[str, dict[int, dict[str, str | int]]] = defaultdict(dict)
        self.over: dict[str, dict[str, set[int]]] = {ending: defaultdict(set) for ending in ENDINGS}

    def __str__(self) -> str:
        values: dict[str, object] = {
            name: [rows[key] for key in sorted(rows)] for name, rows in self.wrote.items()
        }
        for ending, tables in self.over.items():
            if tables:
                values[ending] = {name: sorted(keys) for name, keys in tables.items()}
        return canonical_json(values)


def digest_of(event: Event | sa.Row[Any]) -> str:
    values = [
        plain(getattr(event, name)) for name in column_names(Event.__table__) if name != "hash"
    ]
    return hashlib.sha256(canonical_json(values).encode()).hexdigest()
