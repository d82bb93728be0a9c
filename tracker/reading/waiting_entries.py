"""Entries that wait for release: which they are, what they claim, and who may release them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.record.items import Item
from tracker.record.progress import Entry, Release, SentBack
from tracker.rules import entry_preconditions, permissions, refusals
from tracker.rules.codes import Claimed
from tracker.rules.facts import EntryFact
from tracker.rules.permissions import Actor, Permission

from .item_context import ItemContext, source_of
from .models import ItemRef

ClaimsByCode = tuple[tuple[Claimed | None, tuple[int, ...]], ...]
"""What an entry claims of which clauses, by their numbers; None: it claims nothing of them."""


@dataclass(frozen=True, kw_only=True)
class WaitingEntry:
    """An entry that waits for release."""

    entry: int
    item: ItemRef
    claims: ClaimsByCode
    words: str
    person: str | None
    source: str | None
    unit: str | None
    recorded_on: date
    files: int


def items_with_waiting_entries(body_id: int) -> sa.Select[int]:
    """The keys of a body's items with entries that were neither released nor sent back."""
    return (
        sa.select(Entry.item_id)
        .join(Item, Item.id == Entry.item_id)
        .where(Item.body_id == body_id, waits())
    )


def waits() -> sa.ColumnElement[bool]:
    """An entry for publication that was neither released nor sent back."""
    released = (
        sa.select(Release.id)
        .where(Release.entry_id == Entry.id, Release.retracted_by.is_(None))
        .exists()
    )
    sent_back = sa.select(SentBack.id).where(SentBack.entry_id == Entry.id).exists()
    return sa.and_(
        Entry.internal.is_(False),
        Entry.retracted_by.is_(None),
        sa.not_(sa.or_(released, sent_back)),
    )


def releasable_entries(item: ItemContext, actor: Actor) -> list[WaitingEntry]:
    """The waiting entries of an item that this person may release."""
    return [
        _waiting_entry(item, entry)
        for entry in item.facts.waiting
        if may_release(item, entry.id, actor)
    ]


def may_release(item: ItemContext, entry_id: int, actor: Actor) -> bool:
    """Whether this person may release the entry, or send it back.

    Not their own, unless the body lets them; what will not be done, only the office.
    """
    is_own = entry_preconditions.own_release(item.facts, entry_id, actor.person_id)
    permission = Permission.LOG if is_own else Permission.RELEASE
    if not permissions.is_permitted(actor, permission, item.facts):
        return False
    try:
        entry_preconditions.release(
            item.facts, {item.id: item.facts}, entry_id, actor.person_id, actor.governs
        )
    except refusals.Refused as refused:
        # It is listed all the same, so that it can be sent back.
        return refused.code is refusals.Refusal.REOPEN_FIRST
    return True


def claims_by_code(item: ItemContext, entry_id: int) -> ClaimsByCode:
    """What an entry claims of which clauses; no numbers where there is one clause only."""
    numbers_of: dict[Claimed | None, list[int]] = {}
    for claim in item.facts.claims:
        if claim.entry_id != entry_id:
            continue
        numbers = numbers_of.setdefault(claim.claimed, [])
        number = item.clause_number(claim.clause_id)
        if number:
            numbers.append(number)
    return tuple((code, tuple(sorted(numbers))) for code, numbers in numbers_of.items())


def _waiting_entry(item: ItemContext, entry: EntryFact) -> WaitingEntry:
    source = source_of(entry)
    return WaitingEntry(
        entry=entry.id,
        item=item.ref,
        claims=claims_by_code(item, entry.id),
        words=entry.words or "",
        person=None if source else item.person(entry.author_id),
        source=source,
        unit=item.author_unit(entry.author_id),
        recorded_on=item.day(entry.recorded_at),
        files=len(item.evidence(entry=entry.id)),
    )
