"""Entries that wait for release, each with all that it will show: for managers of the unit and the governance office. The act checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Item
from tracker.record.progress import Entry, Release, SentBack
from tracker.rules.codes import Claimed, MoneySaid, Standing
from tracker.rules.permissions import Actor

from .amounts import expense_line
from .case import Case
from .cases import audience_of, cases, newest_event
from .shown import BodyShown, ConventionShown, Evidence, ExpenseLine, ItemRef
from .work import claims_of, may_release

WILL_COUNT_AS = {
    Claimed.STARTED: Standing.UNDER_WAY,
    Claimed.PROGRESS: Standing.UNDER_WAY,
    Claimed.BLOCKED: Standing.BLOCKED,
    Claimed.DONE: Standing.REPORTED_DONE,
    Claimed.WILL_NOT_BE_DONE: Standing.WILL_NOT_BE_DONE,
}


@dataclass(frozen=True)
class Said:
    """Of one clause: what the entry claims, and what the clause will count as."""

    clause: int | None
    clause_words: str | None
    claimed: Claimed | None
    reason: str | None
    decided_by: str | None
    decided_on: date | None
    money: MoneySaid | None
    counts_as: Standing | None  # None: a word that claims nothing
    confirmed: bool  # it is done and confirmed: nothing is released on it until it is reopened


@dataclass(frozen=True)
class Releasable:
    entry: int
    item_id: int
    item: ItemRef
    convention: ConventionShown
    on: date
    recorded_on: date
    words: str
    person: str | None
    unit: str | None
    source: str | None
    by_office: bool
    claims: tuple[tuple[Claimed | None, tuple[int, ...]], ...]
    said: tuple[Said, ...]
    evidence: tuple[Evidence, ...]
    asked: frozenset[int]  # of it, what the author would let members open
    spent: tuple[ExpenseLine, ...]
    explains: bool  # why more, or less, was spent than was planned
    next_word_by: date | None
    corrects: str | None  # the words of the entry in whose place it comes
    corrects_on: date | None
    seen: int


@dataclass(frozen=True)
class Releases:
    body: BodyShown
    entries: tuple[Releasable, ...]  # the longest waiting first
    others: int  # that wait for somebody else


def waiting(session: Session, body_id: int, actor: Actor, today: date) -> Releases:
    """Of the whole body for the office, of the unit's items for a manager; an import's entries too."""
    over = sa.or_(
        sa.select(Release.id)
        .where(Release.entry_id == Entry.id, Release.retracted_by.is_(None))
        .exists(),
        sa.select(SentBack.id).where(SentBack.entry_id == Entry.id).exists(),
    )
    items = set(
        session.connection().scalars(
            sa.select(Entry.item_id)
            .join(Item, Item.id == Entry.item_id)
            .where(
                Item.body_id == body_id,
                Entry.internal.is_(False),
                Entry.retracted_by.is_(None),
                sa.not_(over),
            )
        )
    )
    near, found = cases(session, body_id, items, today, audience_of(actor))
    every = [(each, entry.id) for each in found.values() for entry in each.facts.waiting]
    mine = [_releasable(each, key) for each, key in every if may_release(each, key, actor)]
    return Releases(
        near.body,
        tuple(sorted(mine, key=lambda each: (each.recorded_on, each.entry))),
        len(every) - len(mine),
    )


def _releasable(found: Case, entry_id: int) -> Releasable:
    own, row = (
        found.names[found.facts.item.id],
        next(each for each in found.rows["entries"] if each.id == entry_id),
    )
    before = next((each for each in found.rows["entries"] if each.id == row.corrects_id), None)
    source = row.source and (
        f"{row.source}, row {row.source_row}" if row.source_row else row.source
    )
    asked = frozenset(
        each.id
        for each in found.rows["evidence"]
        if each.entry_id == entry_id and not each.internal
    )
    spent = tuple(
        expense_line(found, each) for each in found.rows["expenses"] if each.entry_id == entry_id
    )
    explains = any(each.entry_id == entry_id for each in found.rows["explanations"])
    return Releasable(
        entry_id,
        found.facts.item.id,
        own.ref,
        own.convention,
        row.on,
        found.day(row.recorded_at),
        row.words or "",
        None if source else found.person(row.author_id),
        found.author_unit(row.author_id),
        source or None,
        row.by_office,
        claims_of(found, entry_id),
        _said(found, entry_id),
        found.evidence(entry=entry_id),
        asked,
        spent,
        explains,
        row.next_word_by,
        found.words_of(before) if before else None,
        before.on if before else None,
        newest_event(found),
    )


def _said(found: Case, entry_id: int) -> tuple[Said, ...]:
    words = {row.id: row.words for row in found.rows["clauses"]}
    done = {each.look.clause.id for each in found.answer.standing.clauses if each.look.done}
    return tuple(
        Said(
            found.clause_number(row.clause_id),
            words.get(row.clause_id),
            row.claimed,
            row.reason,
            row.decided_by,
            row.decided_on,
            row.money,
            WILL_COUNT_AS[row.claimed] if row.claimed else None,
            bool(row.claimed and row.clause_id in done),
        )
        for row in found.rows["claims"]
        if row.entry_id == entry_id
    )
