"""Into which item each row's item was merged, where that is on record or in the file; what would lead back to itself stays in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tracker.importing.problems import Problem, Severity
from tracker.importing.values import kinds
from tracker.rules import item_code
from tracker.translation import gettext as _

from .comparing import FieldChange
from .models import Key, PreviewRow, RowOutcome
from .on_record import OnRecord


def linked(shown: Sequence[PreviewRow], held: Mapping[Key, OnRecord]) -> list[PreviewRow]:
    """Into which item each was merged, where that is on record or in the file; what would lead back to itself stays in words."""
    there = {
        (row.convention or "", row.kind, row.item_number)
        for row in shown
        if row.outcome is not RowOutcome.REJECTED
    } | held.keys()
    by_id = {each.item_id: at for at, each in held.items()}
    leads = {
        at: by_id[target] for at, each in held.items() for target in each.links if target in by_id
    }
    found = []
    for row in shown:
        words = next((each.merged_into for each in row.row.floor if each.merged_into), None)
        if (
            row.outcome is RowOutcome.REJECTED
            or not words
            or any(each.field == "floor_action" for each in row.kept)
        ):
            found.append(row)
            continue
        at, target = (row.convention or "", row.kind, row.item_number), _named(row, words, there)
        if target is None or leads.get(at) == target:
            found.append(row)
            continue
        if _comes_back(at, target, leads):
            problem = Problem(
                severity=Severity.WARNING,
                what=_(
                    "%(words)r leads back to the item itself: kept in words, and not linked.",
                    words=words,
                ),
                row=row.number,
            )
            found.append(replace(row, problems=(*row.problems, problem)))
            continue
        leads[at] = target
        changed = FieldChange("merged_into", None, words)
        already = row.outcome is not RowOutcome.SAME
        found.append(
            replace(
                row,
                target=target,
                outcome=row.outcome if already else RowOutcome.CHANGED,
                changes=row.changes if row.outcome is RowOutcome.NEW else (*row.changes, changed),
            )
        )
    return found


def _named(row: PreviewRow, words: str, there: Collection[Key]) -> Key | None:
    """The item that the words name: of the same convention, and, unless they say another, of the same kind."""
    parsed, kind = item_code.parse(words), row.kind
    if parsed:
        kind = item_code.kind_of(parsed[0]) or kind
    number = parsed[1] if parsed else kinds.code_of(words).normalised or item_code.normalised(words)
    at = (row.convention or "", kind, number)
    return at if at in there else None


def _comes_back(at: Key, target: Key, leads: Mapping[Key, Key]) -> bool:
    passed = {at}
    while target not in passed:
        passed.add(target)
        if target not in leads:
            return False
        target = leads[target]
    return True
