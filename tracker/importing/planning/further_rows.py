"""A further row on an item of the same list: what it says that the rows before it do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tracker.acts.import_models import ImportedEntry
from tracker.importing.codes import Field, Followed
from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.file_reading import FileReading
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.values.texts import normalised
from tracker.rules.codes import Claimed
from tracker.translation import gettext as _

from .comparison import compare
from .models import RowPlan
from .on_record import RecordedItem
from .row_comparison import ListContext

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


def contradiction(first: ImportedRow, row: ImportedRow) -> str | None:
    """The name of what a further row says of the item itself, and the first does not.

    None where the row only reports.
    """
    for name in _OF_THE_ITEM:
        value, before = getattr(row, name), getattr(first, name)
        if value and not _says_the_same(value, before):
            return name
    if row.updates or row.followed not in (None, Followed.NOTHING):
        return None
    for name in (*_ONE_FOR_AN_ITEM, "cells"):
        value = getattr(row, name)
        if value and value != getattr(first, name):
            return name
    return None


def _says_the_same(value: object, before: object) -> bool:
    if isinstance(value, str):
        return isinstance(before, str) and normalised(value) == normalised(before)
    return value == before


def compare_further(
    plan: RowPlan,
    earlier: Sequence[RowPlan],
    recorded: RecordedItem | None,
    reading: FileReading,
    context: ListContext,
) -> RowPlan:
    """The plan with what a further row brings: its words and its claim.

    `earlier` are the plans of the rows before it on the same item.
    """
    first, row = earlier[0].row, plan.row
    place = len(earlier) + 1
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
        heading = _heading_of(field, reading)
        words = next((words for named, words in row.published_cells if named == heading), "")
        cells.append((f"{heading} ({place})", words))
        problems.append(_says_another(words, heading, first, row))
    blank: dict[str, Any] = {
        name: () if isinstance(getattr(row, name), tuple) else None
        for name in (*_OF_THE_ITEM, *_ONE_FOR_AN_ITEM)
    }
    report = replace(row, **blank, truncated=None, cells=tuple(dict.fromkeys(cells)))
    after_earlier = _after(recorded, earlier)
    plan = replace(plan, problems=(*plan.problems, *problems))
    return compare(plan, claimed_once(report, after_earlier), after_earlier, context)


def _heading_of(field: Field, reading: FileReading) -> str:
    return next((column.heading for column in reading.columns if column.field is field), "")


def _says_another(words: str, heading: str, first: ImportedRow, row: ImportedRow) -> Problem:
    return Problem(
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


def claimed_once(row: ImportedRow, recorded: RecordedItem | None) -> ImportedRow:
    """The row without a claim that came with an update on record.

    Of an item with several rows, only the last says how far it is now.
    """
    if not row.updates or row.followed is Followed.DONE:
        return row
    known = recorded.words_reported if recorded else frozenset()
    if all(normalised(update.words) in known for update in row.updates):
        return replace(row, followed=None)
    return row


def _after(recorded: RecordedItem | None, earlier: Sequence[RowPlan]) -> RecordedItem:
    """The record as it would be after the rows before."""
    first = earlier[0].row
    entries: list[ImportedEntry] = [entry for plan in earlier for entry in plan.writes.entries]
    words = frozenset(normalised(entry.words) for entry in entries)
    claims = [entry.claimed for entry in entries if entry.claimed]
    claimed_done = Claimed.DONE in claims
    if recorded is None:
        return RecordedItem(
            item_id=None,
            kind=first.kind,
            number=first.number,
            words_reported=words,
            claimed_done=claimed_done,
            last_claim=claims[-1] if claims else None,
            estimated=first.cost.amount if first.cost else None,
        )
    return replace(
        recorded,
        words_reported=recorded.words_reported | words,
        claimed_done=recorded.claimed_done or claimed_done,
        last_claim=claims[-1] if claims else recorded.last_claim,
    )
