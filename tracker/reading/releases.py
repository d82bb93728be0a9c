"""Entries that wait for release, each with all that it will show.

For managers of the unit and the governance office. The act checks it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.rules.codes import Claimed, MoneySaid, Standing
from tracker.rules.facts import EntryFact
from tracker.rules.mentions import CheckedWords, Mention, MentionPlace, NamesOnRecord, mentions
from tracker.rules.permissions import (
    Actor,
    Permission,
    is_permitted,
    is_permitted_somewhere,
)

from .amounts import expense_line
from .imported_lists import ImportedList
from .item_context import ItemContext, audience_of, load_item_contexts, source_of
from .known_names import known_names
from .models import BodyDetails, ConventionDetails, EvidenceDetails, ItemRef
from .money_models import ExpenseLine
from .waiting_entries import (
    ClaimsByCode,
    claims_by_code,
    items_with_waiting_entries,
    may_release,
)

WILL_COUNT_AS = {
    Claimed.STARTED: Standing.UNDER_WAY,
    Claimed.PROGRESS: Standing.UNDER_WAY,
    Claimed.BLOCKED: Standing.BLOCKED,
    Claimed.DONE: Standing.REPORTED_DONE,
    Claimed.WILL_NOT_BE_DONE: Standing.WILL_NOT_BE_DONE,
}


@dataclass(frozen=True, kw_only=True)
class ClaimToRelease:
    """What the entry claims of one clause, and what the clause will count as."""

    clause: int | None  # its number, where the item has several
    clause_words: str | None
    claimed: Claimed | None
    reason: str | None
    decided_by: str | None
    decided_on: date | None
    money: MoneySaid | None
    counts_as: Standing | None  # None: a word that claims nothing
    confirmed: bool  # it is confirmed as done: nothing is released on it until it is reopened


@dataclass(frozen=True, kw_only=True)
class EntryToRelease:
    id: int  # of the entry
    item_id: int
    item: ItemRef
    convention: ConventionDetails
    on: date
    recorded_on: date
    words: str
    person: str | None
    unit: str | None
    source: str | None  # of an import: the list and its row
    by_office: bool
    claims: ClaimsByCode
    clause_claims: tuple[ClaimToRelease, ...]
    evidence: tuple[EvidenceDetails, ...]
    evidence_to_open: frozenset[int]  # of the evidence, what the author would let members open
    spent: tuple[ExpenseLine, ...]
    explains: bool  # why more, or less, was spent than was planned
    next_word_by: date | None
    corrected_words: str | None  # those of the entry in whose place it comes
    corrected_on: date | None
    seen: int  # the newest event of the item

    @property
    def only_goes_back(self) -> bool:
        """What it claims is confirmed as done already: nothing is released on it."""
        return any(claim.confirmed for claim in self.clause_claims)

    def mentions(self, known: NamesOnRecord) -> tuple[Mention, ...]:
        """What of it names a person or a firm."""
        payees = [line.payee for line in self.spent if line.payee]
        return mentions(self._passages(), payees, known)

    def _passages(self) -> Iterator[CheckedWords]:
        yield CheckedWords(MentionPlace.WORDS, self.words)
        for claim in self.clause_claims:
            yield CheckedWords(MentionPlace.REASON, claim.reason or "")
            yield CheckedWords(MentionPlace.DECIDED_BY, claim.decided_by or "")
        for line in self.spent:
            yield CheckedWords(MentionPlace.EXPENSE, line.category or "")
        yield from evidence_passages(self.evidence)


@dataclass(frozen=True)
class ReleaseQueue:
    body: BodyDetails
    entries: tuple[EntryToRelease, ...]  # the longest waiting first
    known: NamesOnRecord  # by which `EntryToRelease.mentions` looks
    others: int  # that wait for somebody else
    may_decide: bool  # else all are there to be read
    of_list: ImportedList | None = None  # only what this list brought


def release_queue(
    session: Session,
    body_id: int,
    actor: Actor,
    today: date,
    of_list: ImportedList | None = None,
) -> ReleaseQueue:
    """Of the whole body for the office, of the unit's items for a manager; imported entries too.

    Whoever reads all, and releases nothing, reads all that wait. `of_list`: those alone that this
    list brought.
    """
    item_ids = set(session.connection().scalars(items_with_waiting_entries(body_id)))
    body_context, items = load_item_contexts(session, body_id, item_ids, today, audience_of(actor))
    waiting = [
        (item, entry)
        for item in items.values()
        for entry in item.facts.waiting
        if of_list is None or of_list.brought(entry.event, entry.source)
    ]
    only_reads = is_permitted(actor, Permission.READ_ALL) and not is_permitted_somewhere(
        actor, Permission.RELEASE
    )
    entries = [
        _entry_to_release(item, entry)
        for item, entry in waiting
        if only_reads or may_release(item, entry.id, actor)
    ]
    return ReleaseQueue(
        body=body_context.body,
        entries=tuple(sorted(entries, key=lambda entry: (entry.recorded_on, entry.id))),
        known=known_names(session, body_id, body_context.settings.zone),
        others=len(waiting) - len(entries),
        may_decide=not only_reads,
        of_list=of_list,
    )


def evidence_passages(evidence: Iterable[EvidenceDetails]) -> Iterator[CheckedWords]:
    """What members read of evidence that is opened to them; where it leads, too."""
    for piece in evidence:
        yield CheckedWords(MentionPlace.EVIDENCE, piece.label)


def _entry_to_release(item: ItemContext, entry: EntryFact) -> EntryToRelease:
    facts = item.facts
    source = source_of(entry)
    corrected = next((other for other in facts.entries_ever if other.id == entry.corrects_id), None)
    evidence_to_open = frozenset(
        evidence.id
        for evidence in facts.evidence
        if evidence.entry_id == entry.id and not evidence.internal
    )
    return EntryToRelease(
        id=entry.id,
        item_id=item.id,
        item=item.ref,
        convention=item.identity.convention,
        on=entry.on,
        recorded_on=item.day(entry.recorded_at),
        words=entry.words or "",
        person=None if source else item.person(entry.author_id),
        unit=item.author_unit(entry.author_id),
        source=source,
        by_office=entry.by_office,
        claims=claims_by_code(item, entry.id),
        clause_claims=_clause_claims(item, entry.id),
        evidence=item.evidence(entry=entry.id),
        evidence_to_open=evidence_to_open,
        spent=tuple(
            expense_line(item, expense)
            for expense in facts.expenses
            if expense.entry_id == entry.id
        ),
        explains=any(explanation.entry_id == entry.id for explanation in facts.explanations),
        next_word_by=entry.next_word_by,
        corrected_words=item.words_of(corrected) if corrected else None,
        corrected_on=corrected.on if corrected else None,
        seen=facts.newest_event,
    )


def _clause_claims(item: ItemContext, entry_id: int) -> tuple[ClaimToRelease, ...]:
    words = {clause.id: clause.words for clause in item.facts.clauses}
    done = {
        standing.state.clause.id for standing in item.answer.standing.clauses if standing.state.done
    }
    return tuple(
        ClaimToRelease(
            clause=item.clause_number(claim.clause_id),
            clause_words=words.get(claim.clause_id),
            claimed=claim.claimed,
            reason=claim.reason,
            decided_by=claim.decided_by,
            decided_on=claim.decided_on,
            money=claim.money,
            counts_as=WILL_COUNT_AS[claim.claimed] if claim.claimed else None,
            confirmed=bool(claim.claimed and claim.clause_id in done),
        )
        for claim in item.facts.claims
        if claim.entry_id == entry_id
    )
