"""The confirmer's desk: claims of done that wait, and one of them beside its evidence. For those who confirm: with names and all files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Item
from tracker.record.progress import Claim as ClaimRow
from tracker.record.progress import Release
from tracker.record.progress import Review as ReviewRow
from tracker.rules.codes import Claimed, EvidenceKind, MoneySaid, Result, Standing
from tracker.rules.facts import ClaimFact, ReviewFact
from tracker.rules.permissions import Actor
from tracker.rules.standing import ClauseStanding, to_confirm

from . import amounts, item_sections
from .item_context import ItemContext, source_of
from .item_models import (
    BodyDetails,
    ConventionDetails,
    DueDetails,
    EvidenceDetails,
    ItemRef,
    MoneyDetails,
)
from .staff_contexts import audience_of, load_item_contexts, worked_on


@dataclass(frozen=True)
class QueuedClaim:
    claim: int
    item: ItemRef
    convention: ConventionDetails
    clause: int | None
    clause_words: str | None
    unit: str | None
    acted_on: date
    heard_on: date
    days: int  # that it has waited
    files: int


@dataclass(frozen=True)
class ClaimQueue:
    body: BodyDetails
    mine: tuple[QueuedClaim, ...]  # the longest waiting first
    others: tuple[QueuedClaim, ...]  # this person worked on them, so somebody else confirms


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
    """One piece of evidence, with who added it and what is known of its bytes."""

    evidence: EvidenceDetails
    added_on: date
    person: str | None


@dataclass(frozen=True)
class ClaimPage:
    claim: int
    item_id: int
    item: ItemRef
    convention: ConventionDetails
    clause: int | None  # its number, where the item has several
    clauses: int
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
    sent_back: tuple[
        ReviewDetails, ...
    ]  # earlier claims on this clause that were returned or reopened
    fits: bool  # neither wrote, released nor worked on it
    counts_then: Standing  # what the clause counts as, if it is returned
    finishes: bool  # no other clause of the item is open
    newest_event: int

    @property
    def body(self) -> BodyDetails:
        return self.convention.body


def waiting_claims(found: ItemContext) -> list[ClaimFact]:
    """Of an item: the claims of done that were released, and neither confirmed nor returned."""
    return to_confirm(found.answer.standing)


def is_independent(found: ItemContext, claim: ClaimFact, person_id: int) -> bool:
    """Whether this person may confirm it: not its author, its releaser, or who worked on the clause, on the day of the act or today."""
    entry = next(each for each in found.facts.entries if each.id == claim.entry_id)
    released = found.facts.released(entry=entry.id)
    involved = worked_on(found, claim.clause_id, claim.on) | worked_on(
        found, claim.clause_id, found.facts.today
    )
    involved |= {released.actor} if released else set()
    return person_id not in involved | (set() if entry.imported else {entry.author_id})


def claim_queue(session: Session, body_id: int, actor: Actor, today: date) -> ClaimQueue:
    near, found = load_item_contexts(
        session, body_id, _items(session, body_id), today, audience_of(actor)
    )
    both: tuple[list[QueuedClaim], list[QueuedClaim]] = ([], [])
    for each in found.values():
        for claim in waiting_claims(each):
            both[0 if is_independent(each, claim, actor.person_id) else 1].append(
                _queued(each, claim, today)
            )
    mine, others = (
        tuple(sorted(part, key=lambda each: (each.heard_on, each.claim))) for part in both
    )
    return ClaimQueue(near.body, mine, others)


def _items(session: Session, body_id: int) -> Collection[int]:
    reviewed = (
        sa.select(ReviewRow.id)
        .where(ReviewRow.claim_id == ClaimRow.id, ReviewRow.retracted_by.is_(None))
        .exists()
    )
    return set(
        session.connection().scalars(
            sa.select(ClaimRow.item_id)
            .join(Item, Item.id == ClaimRow.item_id)
            .join(Release, Release.entry_id == ClaimRow.entry_id)
            .where(
                Item.body_id == body_id,
                ClaimRow.claimed == Claimed.DONE,
                ClaimRow.retracted_by.is_(None),
                Release.retracted_by.is_(None),
                sa.not_(reviewed),
            )
        )
    )


def _queued(found: ItemContext, claim: ClaimFact, today: date) -> QueuedClaim:
    own, said = found.names[found.facts.item.id], _standing(found, claim)
    released = found.facts.released(entry=claim.entry_id)
    heard_on = released.heard_on if released else claim.on
    return QueuedClaim(
        claim.id,
        own.ref,
        own.convention,
        found.clause_number(claim.clause_id),
        _clause_words(found, claim.clause_id),
        found.unit(said.state.lead.unit_id if said.state.lead else None),
        claim.on,
        heard_on,
        (today - heard_on).days,
        len(found.evidence(entry=claim.entry_id)),
    )


def claim_page(
    session: Session, body_id: int, claim_id: int, actor: Actor, today: date
) -> ClaimPage | None:
    """None: no such claim of this body is on the desk. What was decided, and what other claims have overtaken, is off it."""
    item_id = _item_of(session, body_id, claim_id)
    found = (
        load_item_contexts(session, body_id, [item_id], today, audience_of(actor))[1].get(item_id)
        if item_id is not None
        else None
    )
    claim = (
        next((each for each in found.facts.claims if each.id == claim_id), None) if found else None
    )
    if found is None or claim is None or claim not in waiting_claims(found):
        return None
    return _page(found, claim, actor)


def decided_claim(
    session: Session, body_id: int, claim_id: int, today: date
) -> DecidedClaim | None:
    """For whoever decided on it while somebody else did: what became of it, without a word of it. None: nobody has decided."""
    item_id = _item_of(session, body_id, claim_id)
    found = (
        load_item_contexts(session, body_id, [item_id], today)[1].get(item_id)
        if item_id is not None
        else None
    )
    review = found.facts.review(claim=claim_id) if found else None
    if found is None or review is None:
        return None
    decided = ReviewDetails(
        review.result, found.day(review.recorded_at), found.person(review.actor), None
    )
    return DecidedClaim(found.names[found.facts.item.id].ref, decided)


def _item_of(session: Session, body_id: int, claim_id: int) -> int | None:
    return session.connection().scalar(
        sa.select(ClaimRow.item_id)
        .join(Item, Item.id == ClaimRow.item_id)
        .where(ClaimRow.id == claim_id, Item.body_id == body_id)
    )


def _page(found: ItemContext, claim: ClaimFact, actor: Actor) -> ClaimPage:
    own, said = found.names[found.facts.item.id], _standing(found, claim)
    entry, released = (
        found.facts.entry(claim.entry_id),
        found.facts.released(entry=claim.entry_id),
    )
    assert entry is not None and released is not None  # else it would not be on the desk
    others = [
        each for each in found.answer.standing.counted if each.state.clause.id != claim.clause_id
    ]
    before = next((each for each in said.state.claims if each.claim.id != claim.id), None)
    source = source_of(entry)
    return ClaimPage(
        claim=claim.id,
        item_id=found.facts.item.id,
        item=own.ref,
        convention=own.convention,
        clause=found.clause_number(claim.clause_id),
        clauses=len(found.facts.clauses),
        directed=_clause_words(found, claim.clause_id)
        or (own.versions[0].words if own.versions else None),
        due=item_sections.due(said.state),
        words=found.words_of(entry),
        reason=None if found.hidden("entry", entry.id) else claim.reason,
        person=None if source else found.person(entry.author_id),
        unit=found.author_unit(entry.author_id),
        by_office=entry.by_office,
        source=source,
        acted_on=claim.on,
        recorded_on=found.day(entry.recorded_at),
        released_by=found.person(released.actor),
        released_on=found.day(released.recorded_at),
        money=amounts.money(found),
        money_said=claim.money,
        earlier=_earlier(found, claim),
        proofs=_proofs(found, claim),
        sent_back=tuple(
            _decided(found, each) for each in _reviews(found, claim) if each.claim_id != claim.id
        ),
        fits=is_independent(found, claim, actor.person_id),
        counts_then=_counts_as(before.claim.claimed if before else None, said),
        finishes=all(each.code is Standing.DONE for each in others),
        newest_event=found.facts.newest_event,
    )


def _counts_as(before: Claimed | None, said: ClauseStanding) -> Standing:
    nothing = Standing.ASSIGNED if said.state.lead else Standing.UNASSIGNED
    return {
        Claimed.STARTED: Standing.UNDER_WAY,
        Claimed.PROGRESS: Standing.UNDER_WAY,
        Claimed.BLOCKED: Standing.BLOCKED,
        Claimed.WILL_NOT_BE_DONE: Standing.WILL_NOT_BE_DONE,
    }.get(before or Claimed.DONE, nothing)


def _standing(found: ItemContext, claim: ClaimFact) -> ClauseStanding:
    return next(
        each for each in found.answer.standing.clauses if each.state.clause.id == claim.clause_id
    )


def _clause_words(found: ItemContext, clause_id: int) -> str | None:
    return next((each.words for each in found.facts.clauses if each.id == clause_id), None)


def _earlier(found: ItemContext, claim: ClaimFact) -> tuple[EarlierEntry, ...]:
    """Newest first, of the same clause."""
    entries = {
        entry.id: entry
        for entry in found.facts.entries
        if entry.id != claim.entry_id and found.facts.released(entry=entry.id)
    }
    said = [
        (entries[each.entry_id], each.claimed)
        for each in found.facts.claims
        if each.clause_id == claim.clause_id and each.entry_id in entries
    ]
    said.sort(key=lambda pair: (pair[0].on, pair[0].event), reverse=True)
    return tuple(
        EarlierEntry(entry.on, (claimed,), found.words_of(entry)) for entry, claimed in said
    )


def _proofs(found: ItemContext, claim: ClaimFact) -> tuple[AddedEvidence, ...]:
    added = {piece.id: piece for piece in found.facts.evidence}
    shown = sorted(
        found.evidence(entry=claim.entry_id),
        key=lambda each: added[each.id].kind is not EvidenceKind.FILE,
    )
    return tuple(
        AddedEvidence(
            each, found.day(added[each.id].recorded_at), found.person(added[each.id].actor)
        )
        for each in shown
    )


def _reviews(found: ItemContext, claim: ClaimFact) -> list[ReviewFact]:
    mine = {each.id for each in found.facts.claims if each.clause_id == claim.clause_id}
    return [review for review in found.facts.reviews if review.claim_id in mine]


def _decided(found: ItemContext, review: ReviewFact) -> ReviewDetails:
    return ReviewDetails(
        review.result,
        found.day(review.recorded_at),
        found.person(review.actor),
        review.reason,
    )
