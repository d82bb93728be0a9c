"""A further row on an item of the same list: what it says that the rows before it do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.importing.codes import Field, Followed
from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.file_reading import FileReading
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.values.texts import normalised
from tracker.translation import gettext as _

from .comparing import CLAIMS, Comparing, Plan, compare
from .on_record import OnRecord

_OF_THE_ITEM = (
    "title",
    "text",
    "rationale",
    "delegations",
    "makers",
    "seconders",
    "contacts",
    "floor",
    "vote",
    "recommendation",
    "sentence",
    "merged_into",
    "decision",
)
_ONE_FOR_AN_ITEM = {
    "lead": Field.LEAD,
    "person": Field.PERSON,
    "due": Field.DUE,
    "spent": Field.SPENT,
    "appropriated": Field.APPROPRIATED,
}


def contradicts(first: ImportedRow, row: ImportedRow) -> str | None:
    """The name of what a further row says of the item itself, and the first does not; None: it only reports."""
    for name in _OF_THE_ITEM:
        value, before = getattr(row, name), getattr(first, name)
        same = (
            normalised(value) == normalised(before) if isinstance(value, str) else value == before
        )
        if value and not same:
            return name
    reports = bool(row.updates) or row.followed not in (None, Followed.NOTHING)
    left = [
        name
        for name in (*_ONE_FOR_AN_ITEM, "cells")
        if getattr(row, name) and getattr(row, name) != getattr(first, name)
    ]
    return None if reports or not left else left[0]


def report(
    first: ImportedRow,
    row: ImportedRow,
    earlier: Sequence[Plan],
    place: int,
    there: OnRecord | None,
    reading: FileReading,
    updates_on: date | None,
) -> tuple[Plan, Comparing, list[Problem]]:
    """What a further row brings: its words and its claim. `earlier` are the plans of the rows before it, `place` is 2 for the second."""
    problems: list[Problem] = []
    cells = [
        (f"{heading} ({place})", words)
        for heading, words in row.cells
        if (heading, words) not in first.cells
    ]
    for name, field in _ONE_FOR_AN_ITEM.items():
        value = getattr(row, name)
        if value is None or value == getattr(first, name):
            continue
        heading = next((column.heading for column in reading.columns if column.field is field), "")
        words = next((words for named, words in row.published_cells if named == heading), "")
        cells.append((f"{heading} ({place})", words))
        problems.append(
            Problem(
                severity=Severity.WARNING,
                what=_(
                    "%(words)r: row %(other)s of the same item says another.",
                    words=words[:60],
                    other=first.row_number,
                ),
                to_do=_("It is kept as published; the first counts."),
                row=row.row_number,
                column=heading,
            )
        )
    blank: dict[str, Any] = {
        name: () if isinstance(getattr(row, name), tuple) else None
        for name in (*_OF_THE_ITEM, *_ONE_FOR_AN_ITEM)
    }
    only = replace(row, **blank, truncated=None, cells=tuple(dict.fromkeys(cells)))
    held = _with(there, first, earlier)
    plan, told = compare(once(only, held), held, reading.today, updates_on)
    return plan, told, problems


def once(row: ImportedRow, held: OnRecord | None) -> ImportedRow:
    """Of an item with several rows, a claim that came with its update is not made again: only its last row says how far it is now."""
    known = held.words_reported if held else frozenset()
    again = bool(row.updates) and all(normalised(update.words) in known for update in row.updates)
    return replace(row, followed=None) if again and row.followed is not Followed.DONE else row


def _with(there: OnRecord | None, first: ImportedRow, earlier: Sequence[Plan]) -> OnRecord:
    """The record as it would be after the rows before."""
    reports = [each for plan in earlier for each in plan.reports]
    words = frozenset(normalised(each.words) for each in reports)
    claims = [each.claimed for each in reports if each.claimed]
    done = CLAIMS[Followed.DONE] in claims
    if there is None:
        return OnRecord(
            item_id=None,
            kind=first.kind,
            number=first.number,
            words_reported=words,
            claimed_done=done,
            last_claim=claims[-1] if claims else None,
            estimate=first.cost.amount if first.cost else None,
        )
    return replace(
        there,
        words_reported=there.words_reported | words,
        claimed_done=there.claimed_done or done,
        last_claim=claims[-1] if claims else there.last_claim,
    )
