"""Entries that wait for release, each with all that it will show: for managers of the unit and the governance office. The act checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import progress
from tracker.record.items import Item
from tracker.rules.codes import Claimed, MoneySaid, Standing
from tracker.rules.facts import EntryFact
from tracker.rules.permissions import Actor

from .amounts import expense_line
from .item_context import ItemContext, source_of
from .item_models import BodyDetails, ConventionDetails, EvidenceDetails, ExpenseLine, ItemRef
from .my_work import claims_of, may_release
from .staff_contexts import audience_of, load_item_contexts

WILL_COUNT_AS = {
    Claimed.STARTED: Standing.UNDER_WAY,
    Claimed.PROGRESS: Standing.UNDER_WAY,
    Claimed.BLOCKED: Standing.BLOCKED,
    Claimed.DONE: Standing.REPORTED_DONE,
    Claimed.WILL_NOT_BE_DONE: Standing.WILL_NOT_BE_DONE,
}


@dataclass(frozen=True)
class ClaimToRelease:
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
class EntryToRelease:
    entry: int
    item_id: int
    item: ItemRef
    convention: ConventionDetails
    on: date
    recorded_on: date
    words: str
    person: str | None
    unit: str | None
    source: str | None
    by_office: bool
    claims: tuple[tuple[Claimed | None, tuple[int, ...]], ...]
    said: tuple[ClaimToRelease, ...]
    evidence: tuple[EvidenceDetails, ...]
    asked: frozenset[int]  # of it, what the author would let members open
    spent: tuple[ExpenseLine, ...]
    explains: bool  # why more, or less, was spent than was planned
    next_word_by: date | None
    corrects: str | None  # the words of the entry in whose place it comes
    corrects_on: date | None
    seen: int


@dataclass(frozen=True)
class ReleaseQueue:
    body: BodyDetails
    entries: tuple[EntryToRelease, ...]  # the longest waiting first
    others: int  # that wait for somebody else


def release_queue(session: Session, body_id: int, actor: Actor, today: date) -> ReleaseQueue:
    """Of the whole body for the office, of the unit's items for a manager; an import's entries too."""
    over = sa.or_(
        sa.select(progress.Release.id)
        .where(
            progress.Release.entry_id == progress.Entry.id, progress.Release.retracted_by.is_(None)
        )
        .exists(),
        sa.select(progress.SentBack.id)
        .where(progress.SentBack.entry_id == progress.Entry.id)
        .exists(),
    )
    items = set(
        session.connection().scalars(
            sa.select(progress.Entry.item_id)
            .join(Item, Item.id == progress.Entry.item_id)
            .where(
                Item.body_id == body_id,
                progress.Entry.internal.is_(False),
                progress.Entry.retracted_by.is_(None),
                sa.not_(over),
            )
        )
    )
    near, found = load_item_contexts(session, body_id, items, today, audience_of(actor))
    every = [(each, entry) for each in found.values() for entry in each.facts.waiting]
    mine = [_releasable(each, entry) for each, entry in every if may_release(each, entry.id, actor)]
    return ReleaseQueue(
        near.body,
        tuple(sorted(mine, key=lambda each: (each.recorded_on, each.entry))),
        len(every) - len(mine),
    )


def _releasable(found: ItemContext, entry: EntryFact) -> EntryToRelease:
    facts, own, source = found.facts, found.names[found.facts.item.id], source_of(entry)
    before = next((each for each in facts.entries_ever if each.id == entry.corrects_id), None)
    asked = frozenset(
        each.id for each in facts.evidence if each.entry_id == entry.id and not each.internal
    )
    spent = tuple(expense_line(found, each) for each in facts.expenses if each.entry_id == entry.id)
    explains = any(each.entry_id == entry.id for each in facts.explanations)
    return EntryToRelease(
        entry.id,
        facts.item.id,
        own.ref,
        own.convention,
        entry.on,
        found.day(entry.recorded_at),
        entry.words or "",
        None if source else found.person(entry.author_id),
        found.author_unit(entry.author_id),
        source,
        entry.by_office,
        claims_of(found, entry.id),
        _said(found, entry.id),
        found.evidence(entry=entry.id),
        asked,
        spent,
        explains,
        entry.next_word_by,
        found.words_of(before) if before else None,
        before.on if before else None,
        facts.newest_event,
    )


def _said(found: ItemContext, entry_id: int) -> tuple[ClaimToRelease, ...]:
    words = {clause.id: clause.words for clause in found.facts.clauses}
    done = {each.state.clause.id for each in found.answer.standing.clauses if each.state.done}
    return tuple(
        ClaimToRelease(
            found.clause_number(claim.clause_id),
            words.get(claim.clause_id),
            claim.claimed,
            claim.reason,
            claim.decided_by,
            claim.decided_on,
            claim.money,
            WILL_COUNT_AS[claim.claimed] if claim.claimed else None,
            bool(claim.claimed and claim.clause_id in done),
        )
        for claim in found.facts.claims
        if claim.entry_id == entry_id
    )
