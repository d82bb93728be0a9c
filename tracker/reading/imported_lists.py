"""Which entries a list brought, and how many of them wait for release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.conventions import ListImport
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN
from tracker.record.progress import Entry

from .waiting_entries import waits


@dataclass(frozen=True, kw_only=True)
class ImportedList:
    """A list that is on record: its entries name its file, and lie between these two events."""

    id: int
    file_name: str
    first: int
    last: int

    def brought(self, event: int, source: str | None) -> bool:
        """Whether an entry that was recorded by this event, and names this source, is of it."""
        return source == self.file_name and self.first <= event <= self.last


def find_imported_list(session: Session, body_id: int, import_id: int) -> ImportedList | None:
    return imported_lists(session, body_id).get(import_id)


def imported_lists(session: Session, body_id: int) -> dict[int, ImportedList]:
    """By key. One statement."""
    rows = session.execute(
        sa.select(
            ListImport.id, ListImport.file_name, ListImport.first_event, ListImport.recorded_by
        )
        .where(ListImport.body_id == body_id)
        .order_by(ListImport.recorded_by.desc())
    ).all()
    lists, next_first = {}, (body_id + 1) * CHAIN
    for row in rows:
        if row.first_event is None:  # an older version wrote the list before its rows
            first, last = row.recorded_by, next_first - 1
        else:
            first, last = row.first_event, row.recorded_by
        lists[row.id] = ImportedList(id=row.id, file_name=row.file_name, first=first, last=last)
        next_first = first
    return lists


def waiting_by_list(session: Session, body_id: int) -> Mapping[int, int]:
    """How many entries of each list wait for somebody. Two statements."""
    waiting = session.execute(
        sa.select(Entry.recorded_by, Entry.source)
        .join(Item, Item.id == Entry.item_id)
        .where(Item.body_id == body_id, Entry.source.is_not(None), waits())
    ).all()
    counts: Counter[int] = Counter()
    for imported in imported_lists(session, body_id).values() if waiting else ():
        counts[imported.id] = sum(imported.brought(*row) for row in waiting)
    return counts


def newest_import_of(session: Session, body_id: int, sha256: str) -> int | None:
    """The key of the newest list of the body that was this file."""
    return session.scalar(
        sa.select(sa.func.max(ListImport.id)).where(
            ListImport.body_id == body_id, ListImport.sha256 == sha256
        )
    )
