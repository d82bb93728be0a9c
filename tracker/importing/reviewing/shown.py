"""What the page of a list shows of a preview, as JSON keeps it: the whole list, and row by row."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from tracker.formatting.import_values import Json, json_value
from tracker.importing.codes import Field
from tracker.importing.planning.models import Preview, RowOutcome, RowPlan
from tracker.importing.planning.options import RowPlace
from tracker.importing.tables.columns import Column
from tracker.importing.tables.headings import plain
from tracker.importing.tables.sources import Source

from .choices import key_of
from .shown_problems import CauseLine, CellLine, shown_causes, shown_cells

MOST_CODES = 200  # of items that are the same
MOST_WORDS = 300  # characters of a value


class ColumnLine(TypedDict):
    place: int
    heading: str
    field: str
    sure: int  # tables.columns.Sure
    examples: list[str]
    note: str | None
    meanings: list[tuple[str, list[str]]]


class ConventionLine(TypedDict):
    slug: str
    name: str | None
    is_new: bool
    rows: int
    kept_from: str | None


class WordLine(TypedDict):
    """A word of the body that the list has (planning/own_words.py)."""

    of: str
    words: str
    meaning: str
    otherwise: str | None
    times: int


class Summary(TypedDict):
    """Of the whole list; what it does row by row is in `RowLine`."""

    read: int
    new: int
    changed: int
    same: int
    rejected: int
    left_out: int
    kept: int  # rows with a value that somebody changed by hand
    columns: list[ColumnLine]
    sheets: list[str]
    causes: list[CauseLine]
    cells: list[CellLine]
    conventions: list[ConventionLine]
    units: list[str]
    delegations: list[str]
    people: list[str]
    assignments: int
    entries: int
    claims: int
    expenses: int
    same_codes: list[str]
    unclear_statuses: list[str]
    order_missing: bool
    shape: str
    own_words: list[WordLine]


class FieldLine(TypedDict):
    field: str
    row: str  # as forms name it
    before: Json  # of what is kept: what is on record
    after: Json
    adds: bool


class RowLine(TypedDict):
    number: int
    sheet: str
    convention: str
    code: str
    title: str
    on_record: bool
    changes: list[FieldLine]
    kept: list[FieldLine]
    movers: list[str]
    floor: list[tuple[str, str | None]]


@dataclass(frozen=True)
class ShownRow:
    """A row for the page, and the digest of what it would write."""

    place: RowPlace
    outcome: RowOutcome
    digest: str
    line: RowLine


def summary(preview: Preview, source: Source) -> Summary:
    same = [plan.code for plan in preview.rows if plan.outcome is RowOutcome.SAME]
    creates, cells = preview.creates, shown_cells(preview)
    return {
        "read": preview.read,
        "new": preview.count(RowOutcome.NEW),
        "changed": preview.count(RowOutcome.CHANGED),
        "same": preview.count(RowOutcome.SAME),
        "rejected": preview.count(RowOutcome.REJECTED),
        "left_out": preview.count(RowOutcome.LEFT_OUT),
        "kept": sum(bool(plan.kept) for plan in preview.rows),
        "columns": [_column(column) for column in preview.columns if _is_shown(column)],
        "sheets": [sheet.name for sheet in source.sheets if sheet.name],
        "causes": shown_causes(preview, cells),
        "cells": cells,
        "conventions": _conventions(preview),
        "units": list(creates.units),
        "delegations": list(creates.delegations),
        "people": [name for name, _unit in creates.people],
        "assignments": preview.assignments,
        "entries": preview.entries,
        "claims": preview.claims,
        "expenses": preview.expenses,
        "same_codes": list(dict.fromkeys(same))[:MOST_CODES],
        "unclear_statuses": list(preview.unclear_statuses),
        "order_missing": preview.order_missing,
        "shape": shape_of([column.heading for column in preview.columns]),
        "own_words": [
            {
                "of": word.of.value,
                "words": word.words,
                "meaning": word.meaning,
                "otherwise": word.otherwise,
                "times": word.times,
            }
            for word in preview.own_words
        ],
    }


def shape_of(headings: Iterable[str]) -> str:
    """The same for lists with the same headings, in whatever order and spelling."""
    return hashlib.sha256("\n".join(sorted(map(plain, headings))).encode()).hexdigest()


def _is_shown(column: Column) -> bool:
    return bool(column.examples) or column.field is not Field.SOURCE


def _column(column: Column) -> ColumnLine:
    return {
        "place": column.place,
        "heading": column.heading,
        "field": column.field.value,
        "sure": int(column.sure),
        "examples": list(column.examples),
        "note": column.note,
        "meanings": [(value, list(codes)) for value, codes in column.meanings],
    }


def _conventions(preview: Preview) -> list[ConventionLine]:
    rows = Counter(plan.convention for plan in preview.rows if plan.convention)
    return [
        {
            "slug": plan.slug,
            "name": plan.name,
            "is_new": plan.is_new,
            "rows": rows[plan.slug],
            "kept_from": plan.opens_from.isoformat() if plan.opens_from else None,
        }
        for plan in preview.body.conventions
    ]


# --- rows -------------------------------------------------------------------------------------


def shown_rows(preview: Preview) -> Iterator[ShownRow]:
    """The rows that bring or change something, or keep a value: the changed ones first. One by one:
    all at once they would be as large as the plan.
    """
    new_conventions = _new_conventions(preview)
    plans = [plan for plan in preview.rows if plan.outcome in _ORDER[:-1] or plan.kept]
    order = list(_ORDER)
    for plan in sorted(plans, key=lambda plan: order.index(plan.outcome)):
        yield ShownRow(
            (plan.sheet, plan.number), plan.outcome, _digest(plan, new_conventions), _row(plan)
        )


def digests(preview: Preview) -> dict[RowPlace, str]:
    """Of what each row would write."""
    new_conventions = _new_conventions(preview)
    return {
        (plan.sheet, plan.number): _digest(plan, new_conventions)
        for plan in preview.rows
        if plan.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)
    }


def _new_conventions(preview: Preview) -> set[str]:
    return {plan.slug for plan in preview.body.conventions if plan.is_new}


_ORDER = (RowOutcome.CHANGED, RowOutcome.NEW, RowOutcome.LEFT_OUT, RowOutcome.SAME)


def _digest(plan: RowPlan, new_conventions: set[str]) -> str:
    """Of all that the row writes, where, and in the place of what."""
    content = [
        plan.outcome.value,
        plan.convention,
        plan.convention in new_conventions,
        plan.code,
        plan.item_id,
        json_value(plan.writes),
        [[change.field, json_value(change.before)] for change in plan.changes],
        json_value(plan.merges_into),
        [[kept.field, json_value(kept.yours)] for kept in plan.kept],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _row(plan: RowPlan) -> RowLine:
    return {
        "number": plan.number,
        "sheet": plan.sheet,
        "convention": plan.convention or "",
        "code": plan.code,
        "title": plan.title,
        "on_record": plan.item_id is not None,
        "changes": [
            {
                "field": change.field,
                "row": key_of((plan.sheet, plan.number)),
                "before": _cut(json_value(change.before)),
                "after": _cut(json_value(change.after)),
                "adds": change.adds,
            }
            for change in plan.changes
        ],
        "kept": [
            {
                "field": kept.field,
                "row": key_of((plan.sheet, plan.number)),
                "before": _cut(json_value(kept.yours)),
                "after": _cut(json_value(kept.in_file)),
                "adds": False,
            }
            for kept in plan.kept
        ],
        "movers": [
            words
            for mover in plan.writes.movers
            for words in [mover.name or mover.delegation]
            if words
        ],
        "floor": [
            (action.action.value, action.on.isoformat() if action.on else None)
            for action in plan.writes.floor
        ],
    }


def _cut(value: Json) -> Json:
    return value[:MOST_WORDS] if isinstance(value, str) else value


def differences(before: Mapping[RowPlace, str], now: Mapping[RowPlace, str]) -> list[RowPlace]:
    """The rows that would write something else than they did before; by digest."""
    return sorted(
        place for place in before.keys() | now.keys() if before.get(place) != now.get(place)
    )


def row_keys(places: Sequence[RowPlace]) -> list[str]:
    return [key_of(place) for place in places]
