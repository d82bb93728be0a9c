"""One claim of done beside its evidence, and what became of one that was decided meanwhile.

For those who confirm: with names and all files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Item
from tracker.record.progress import Claim
from tracker.rules.clause_standing import ClauseStanding
from tracker.rules.codes import Claimed, EvidenceKind, MoneySaid, Result, Standing
from tracker.rules.facts import ClaimFact, ReviewFact
from tracker.rules.permissions import Actor, Permission, is_permitted_somewhere

from . import amounts, item_sections
from .audience import Audience
from .confirmation_queue import clause_standing_of, clause_words_of, is_independent, waiting_claims
from .item_context import (
    INSIDE,
    ItemContext,
    audience_of,
    load_item_context,
    source_of,
)
from .models import BodyDetails, ConventionDetails, DueDetails, EvidenceDetails, ItemRef
from .money_models import MoneyDetails

COUNTS_AS_BEFORE = {
    Claimed.STARTED: Standing.UNDER_WAY,
    Claimed.PROGRESS: Standing.UNDER_WAY,
    Claimed.BLOCKED: Standing.BLOCKED,
    Claimed.WILL_NOT_BE_DONE: Standing.WILL_NOT_BE_DONE,
}
"""What a clause counts as by the claim before the one that is returned."""


@dataclass(frozen=True)
class EarlierEntry:
    """A released entry before the one that claims it done."""

    on: date
    claims: tuple[Claimed | None, ...]
    words: str | None


@dataclass(frozen=True)
class ReviewDetails:
    """The last thing that was done with the claim."""

    result: Result
    on: date
    person: str | None
    reason: str | None


@dataclass(frozen=True)
class DecidedClaim:
    """A claim that was decided meanwhile."""

    item: ItemRef
    decided: ReviewDetails


@dataclass(frozen=True)
class AddedEvidence:
    """One piece of evidence, with who added it and when."""

    evidence: EvidenceDetails
    added_on: date
    person: str | None


@dataclass(frozen=True, kw_only=True)
class ClaimPage:
    """One claim beside its evidence."""

    claim: int
    entry: int
    item_id: int
    item: ItemRef
    convention: ConventionDetails
    clause: int | None  # its number, where the item has several
    clauses: int  # how many the item has
    directed: str | None  # the words of the clause, else of the item
    due: DueDetails | None
    words: str | None
    reason: str | None
    person: str | None
    unit: str | None
    by_office: bool
    source: str | None
    acted_on: date
    recorded_on: date
    released_by: str | None
    released_on: date
    money: MoneyDetails
    money_said: MoneySaid | None
    earlier: tuple[EarlierEntry, ...]
    proofs: tuple[AddedEvidence, ...]
    sent_back: tuple[ReviewDetails, ...]  # earlier claims on it, returned or reopened
    may_confirm: bool  # has the role; else it is there to be read
    fits: bool  # this person neither wrote, released nor worked on it
    counts_then: Standing  # what the clause counts as, if it is returned
    finishes: bool  # no other clause of the item is open
    newest_event: int

    @property
    def body(self) -> BodyDetails:
        return self.convention.body


# --- one claim ---


def claim_page(
    session: Session, body_id: int, claim_id: int, actor: Actor, today: date
) -> ClaimPage | None:
    """None: no such claim of this body waits.

    What was decided, and what other claims have overtaken, waits no longer.
    """
    item = _load_item_of(session, body_id, claim_id, today, audience_of(actor))
    if item is None:
        return None
    for claim in waiting_claims(item):
        if claim.id == claim_id:
            return _claim_page(item, claim, actor)
    return None


def decided_claim(
    session: Session, body_id: int, claim_id: int, today: date
) -> DecidedClaim | None:
    """For whoever decided on it while somebody else did: what became of it, without its reason.

    None: nobody has decided.
    """
    item = _load_item_of(session, body_id, claim_id, today, INSIDE)
    review = item.facts.review(claim=claim_id) if item else None
    if item is None or review is None:
        return None
    return DecidedClaim(
        item=item.ref,
        decided=ReviewDetails(
            result=review.result,
            on=item.day(review.recorded_at),
            person=item.person(review.actor),
            reason=None,
        ),
    )


def _load_item_of(
    session: Session, body_id: int, claim_id: int, today: date, audience: Audience
) -> ItemContext | None:
    item_id = session.connection().scalar(
        sa.select(Claim.item_id)
        .join(Item, Item.id == Claim.item_id)
        .where(Claim.id == claim_id, Item.body_id == body_id)
    )
    if item_id is None:
        return None
    return load_item_context(session, body_id, item_id, today, audience)


def _claim_page(item: ItemContext, claim: ClaimFact, actor: Actor) -> ClaimPage:
    standing = clause_standing_of(item, claim)
    entry = item.facts.entry(claim.entry_id)
    release = item.facts.released(entry=claim.entry_id)
    assert entry is not None and release is not None  # else the claim would not wait
    source = source_of(entry)
    versions = item.identity.versions
    item_words = versions[0].words if versions else None
    other_clauses = [
        clause
        for clause in item.answer.standing.counted
        if clause.state.clause.id != claim.clause_id
    ]
    return ClaimPage(
        claim=claim.id,
        entry=claim.entry_id,
        item_id=item.id,
        item=item.ref,
        convention=item.identity.convention,
        clause=item.clause_number(claim.clause_id),
        clauses=len(item.facts.clauses),
        directed=clause_words_of(item, claim.clause_id) or item_words,
        due=item_sections.due(standing.state),
        words=item.words_of(entry),
        reason=None if item.hidden("entry", entry.id) else claim.reason,
        person=None if source else item.person(entry.author_id),
        unit=item.author_unit(entry.author_id),
        by_office=entry.by_office,
        source=source,
        acted_on=claim.on,
        recorded_on=item.day(entry.recorded_at),
        released_by=item.person(release.actor),
        released_on=item.day(release.recorded_at),
        money=amounts.money(item),
        money_said=claim.money,
        earlier=_earlier_entries(item, claim),
        proofs=_added_evidence(item, claim),
        sent_back=_earlier_reviews(item, claim),
        may_confirm=is_permitted_somewhere(actor, Permission.CONFIRM),
        fits=is_independent(item, claim, actor.person_id),
        counts_then=_counts_as_without(claim, standing),
        finishes=all(clause.code is Standing.DONE for clause in other_clauses),
        newest_event=item.facts.newest_event,
    )


def _counts_as_without(claim: ClaimFact, standing: ClauseStanding) -> Standing:
    """What the clause counts as if this claim is returned: by the newest other claim on it."""
    for other in standing.state.claims:
        if other.claim.id != claim.id:
            claimed = other.claim.claimed
            if claimed in COUNTS_AS_BEFORE:
                return COUNTS_AS_BEFORE[claimed]
            break
    return Standing.ASSIGNED if standing.state.lead else Standing.UNASSIGNED


def _earlier_entries(item: ItemContext, claim: ClaimFact) -> tuple[EarlierEntry, ...]:
    """Newest first, of the same clause."""
    entries = {
        entry.id: entry
        for entry in item.facts.entries
        if entry.id != claim.entry_id and item.facts.released(entry=entry.id)
    }
    earlier = [
        (entries[other.entry_id], other.claimed)
        for other in item.facts.claims
        if other.clause_id == claim.clause_id and other.entry_id in entries
    ]
    earlier.sort(key=lambda pair: (pair[0].on, pair[0].event), reverse=True)
    return tuple(
        EarlierEntry(on=entry.on, claims=(claimed,), words=item.words_of(entry))
        for entry, claimed in earlier
    )


def _added_evidence(item: ItemContext, claim: ClaimFact) -> tuple[AddedEvidence, ...]:
    """Files first."""
    facts = {evidence.id: evidence for evidence in item.facts.evidence}
    files_first = sorted(
        item.evidence(entry=claim.entry_id),
        key=lambda details: facts[details.id].kind is not EvidenceKind.FILE,
    )
    return tuple(
        AddedEvidence(
            evidence=details,
            added_on=item.day(facts[details.id].recorded_at),
            person=item.person(facts[details.id].actor),
        )
        for details in files_first
    )


def _earlier_reviews(item: ItemContext, claim: ClaimFact) -> tuple[ReviewDetails, ...]:
    """What was decided on other claims of the same clause."""
    other_claims = {
        other.id
        for other in item.facts.claims
        if other.clause_id == claim.clause_id and other.id != claim.id
    }
    return tuple(
        _review_details(item, review)
        for review in item.facts.reviews
        if review.claim_id in other_claims
    )


def _review_details(item: ItemContext, review: ReviewFact) -> ReviewDetails:
    return ReviewDetails(
        result=review.result,
        on=item.day(review.recorded_at),
        person=item.person(review.actor),
        reason=review.reason,
    )
