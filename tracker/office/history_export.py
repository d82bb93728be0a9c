"""A history as CSV and JSON, with every field; written act by act, however many there are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from tracker.formatting import history_changes, history_words
from tracker.formatting.spreadsheets import marked
from tracker.reading.history_models import HistoryAct
from tracker.record.event_rows import EventRow, Value, Words

HEADINGS = (
    "number",
    "recorded_at",
    "dated",
    "day_known",
    "from_a_list",
    "act",
    "group",
    "what",
    "details",
    "actor",
    "who",
    "capacity",
    "convention",
    "item",
    "before",
    "after",
    "withheld",
    "hash",
    "previous_hash",
)


def as_csv(acts: Iterable[HistoryAct]) -> Iterator[str]:
    """What a spreadsheet would read as a formula is written as text."""
    yield "\ufeff" + _line(HEADINGS)
    for act in acts:
        yield _line([marked(_cell(value)) for value in _envelope(act).values()])


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def as_json(acts: Iterable[HistoryAct], body: str) -> Iterator[str]:
    """With the rows that each act wrote, ended and took back. Erased words are null."""
    yield f'{{"body": {json.dumps(body)}, "acts": ['
    between = "\n"
    for act in acts:
        rows = {
            "wrote": [_row(row) for row in act.rows.wrote],
            "ended": [_row(row) for row in act.rows.ended],
            "taken_back": [_row(row) for row in act.rows.retracted],
        }
        yield between + json.dumps(_envelope(act) | {"rows": rows}, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _row(row: EventRow) -> dict[str, object]:
    return {
        "table": row.table,
        "id": row.id,
        **{name: _plain(value) for name, value in row.values.items()},
    }


def _plain(value: Value) -> object:
    match value:
        case Words():
            return value.text
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
    return value


def _envelope(act: HistoryAct) -> dict[str, object]:
    """In the order of `HEADINGS`."""
    group = history_words.group_of(act)
    lines = history_changes.lines(act)
    return dict(
        zip(
            HEADINGS,
            (
                act.number,
                act.recorded_at.isoformat(),
                act.on.isoformat(),
                act.day_known,
                act.imported,
                act.kind,
                group.value if group else None,
                history_words.what(act),
                "; ".join(history_words.details(act)),
                act.actor_id,
                history_words.who(act),
                history_words.capacity(act),
                act.convention.slug if act.convention else None,
                act.item.path if act.item else None,
                _side(lines, "before"),
                _side(lines, "after"),
                history_words.is_withheld(act),
                act.hash,
                act.previous_hash,
            ),
            strict=True,
        )
    )


def _side(lines: Iterable[history_changes.Line], name: str) -> str:
    """Due: 11 December 2025; Spent: $750.00."""
    sides = [(line.label, history_changes.as_text(getattr(line, name))) for line in lines]
    return "; ".join(f"{label}: {text}" if label else text for label, text in sides if text)
