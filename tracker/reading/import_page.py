"""One import that is on record: its items, what waits of it, what was built on it, and whether it
was undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.conventions import ListImport
from tracker.record.list_imports import EventRange, built_on, item_ids
from tracker.record.progress import Entry, Release, SentBack

from .body_context import BodyContext
from .imports import ImportLine, find_line
from .models import ItemRef
from .naming import namings, references

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ImportedItem:
    item: ItemRef
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class BuiltItem:
    """An item of which something was recorded on top of an import: tables, and how many facts."""

    item: ItemRef
    facts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class ImportPage:
    line: ImportLine
    sha256: str
    is_too_old: bool  # it did not keep which events are of it
    items: tuple[ImportedItem, ...] = ()  # of this page of them
    items_in_all: int = 0
    page: int = 1
    waiting: int = 0  # entries of it that are neither released nor sent back
    built: tuple[BuiltItem, ...] = ()  # the first of them
    built_in_all: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.items_in_all // PER_PAGE))

    @property
    def can_be_undone(self) -> bool:
        return not (self.line.undone or self.is_too_old or self.built_in_all)


def import_page(
    session: Session, context: BodyContext, import_id: int, today: date, page: int
) -> ImportPage | None:
    """None where the body has no such import. Of one that was undone, no item is named."""
    found = find_line(session, context, import_id)
    if found is None:
        return None
    list_import, line = found
    events = EventRange.of(list_import)
    if events is None or line.undone:
        return ImportPage(line=line, sha256=list_import.sha256, is_too_old=events is None)
    keys, made = item_ids(session, events)
    start = (page - 1) * PER_PAGE
    facts_of: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for item_id, table, facts in built_on(session, events):
        facts_of[item_id].append((table, facts))
    shown, built = keys[start : start + PER_PAGE], list(facts_of)[:PER_PAGE]
    refs = _references(session, context, {*shown, *built}, today)
    return ImportPage(
        line=line,
        sha256=list_import.sha256,
        is_too_old=False,
        items=tuple(
            ImportedItem(item=refs[key], is_new=key in made) for key in shown if key in refs
        ),
        items_in_all=len(keys),
        page=page,
        waiting=_waiting(session, list_import),
        built=tuple(
            BuiltItem(item=refs[key], facts=tuple(facts_of[key])) for key in built if key in refs
        ),
        built_in_all=len(facts_of),
    )


def _references(
    session: Session, context: BodyContext, keys: Collection[int], today: date
) -> dict[int, ItemRef]:
    as_of = AsOf(today)
    return references(session, context, namings(session, context, keys, as_of), as_of)


def _waiting(session: Session, list_import: ListImport) -> int:
    released = sa.exists().where(Release.entry_id == Entry.id, Release.retracted_by.is_(None))
    sent_back = sa.exists().where(SentBack.entry_id == Entry.id)
    waiting = sa.select(sa.func.count()).where(
        Entry.recorded_by.between(list_import.first_event, list_import.recorded_by),
        Entry.retracted_by.is_(None),
        ~released,
        ~sent_back,
    )
    return session.scalar(waiting) or 0
