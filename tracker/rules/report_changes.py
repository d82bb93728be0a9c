"""What has changed since a report: its own rows beside those of the record now, item by item.

Rows are plain, as the JSON file of a report has them. Sentences of this program (`_words`), and
what goes on by itself from day to day, are no change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .codes import Change, Group, Verdict

Row = Mapping[str, object]

ANSWER = (
    *("standing", "late", "past_term", "verdict", "reason", "silent_since"),
    *("change", "what_changed", "done_on", "last_word"),
)
OTHER_PARTS = (
    *("number", "title", "kind", "delegations", "floor", "floor_on", "referred_to", "unit"),
    *("due", "estimated", "appropriated", "spent", "money_not_accounted_for"),
)
COMPARED = (*ANSWER, *OTHER_PARTS)


@dataclass(frozen=True, kw_only=True)
class ChangedItem:
    """An item that reads differently. None on one side: it is not there."""

    then: Row | None
    now: Row | None
    parts: tuple[str, ...]  # names of the members that differ

    @property
    def row(self) -> Row:
        """By which it is named."""
        return self.now or self.then or {}


@dataclass(frozen=True, kw_only=True)
class AdoptedCounts:
    """What a headline says: of the adopted items that are due."""

    due: int
    carried_out: int
    change_followed: int


@dataclass(frozen=True, kw_only=True)
class ReportChanges:
    changed: tuple[ChangedItem, ...]  # in the order of the report; new ones last
    same: int
    then: AdoptedCounts
    now: AdoptedCounts

    @property
    def of(self) -> int:
        return len(self.changed) + self.same


def compare(then: Sequence[Row], now: Sequence[Row], *, is_whole: bool) -> ReportChanges:
    """`is_whole`: the report has every item of its conventions, so that one which is not in it is
    new; else what it left out is not looked at.
    """
    rows_now = {_key(row): row for row in now}
    keys_then = {_key(row) for row in then}
    items = [_changed(row, rows_now.get(_key(row))) for row in then]
    new = [_changed(None, row) for row in now if is_whole and _key(row) not in keys_then]
    changed = tuple(item for item in (*items, *new) if item.parts)
    compared = (*now,) if is_whole else tuple(row for row in now if _key(row) in keys_then)
    return ReportChanges(
        changed=changed,
        same=len(items) + len(new) - len(changed),
        then=count_adopted(then),
        now=count_adopted(compared),
    )


def count_adopted(rows: Collection[Row]) -> AdoptedCounts:
    adopted = [row for row in rows if row.get("due") and row.get("group") == Group.ADOPTED]
    done = [row for row in adopted if row.get("verdict") == Verdict.CARRIED_OUT]
    followed = [row for row in done if row.get("change") == Change.CHANGE_FOLLOWED]
    return AdoptedCounts(due=len(adopted), carried_out=len(done), change_followed=len(followed))


def _key(row: Row) -> tuple[object, object]:
    return row.get("convention"), row.get("code")


def _changed(then: Row | None, now: Row | None) -> ChangedItem:
    if then is None or now is None:
        return ChangedItem(then=then, now=now, parts=COMPARED)
    parts = tuple(name for name in COMPARED if then.get(name) != now.get(name))
    return ChangedItem(then=then, now=now, parts=parts)
