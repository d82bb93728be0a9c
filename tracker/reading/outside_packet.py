"""What somebody from outside reads by a one-time link: the claims and outcomes that they are asked
about, each with its evidence, and nothing else of the record. No person is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.as_of import NOW, at
from tracker.record.ledger_tables import Text
from tracker.record.outside_requests import OutsideRequest, OutsideRequestSubject
from tracker.rules.codes import EvidenceKind, Level, MoneySaid
from tracker.rules.facts import ClaimFact, OutcomeFact
from tracker.rules.outside_requests import has_a_part
from tracker.rules.permissions import Actor

from . import amounts, item_sections
from .audience import PUBLIC, Audience
from .claim_page import ReviewDetails
from .confirmation_queue import (
    clause_standing_of,
    clause_words_of,
    is_independent,
    waiting_claims,
)
from .item_context import ItemContext, load_item_contexts
from .models import BodyDetails, ConventionDetails, DueDetails, EvidenceDetails, ItemRef
from .money_models import MoneyDetails
from .outcome_queue import may_confirm_outcome, waiting_outcomes

OF_ITS_EVIDENCE = Audience(everything=True)
"""Internal files are shown, but only those of what is asked; persons are not named."""


@dataclass(frozen=True, kw_only=True)
class AskedClaim:
    """One claim of done, with its evidence."""

    subject: int
    item: ItemRef
    convention: ConventionDetails
    clause: int | None  # its number, where the item has several
    directed: str | None  # the words of the clause, else of the item
    due: DueDetails | None
    words: str | None
    unit: str | None
    acted_on: date
    money: MoneyDetails
    money_said: MoneySaid | None
    evidence: tuple[EvidenceDetails, ...]
    seen: int  # the newest event of the item: what its reader has seen


@dataclass(frozen=True, kw_only=True)
class AskedOutcome:
    """One outcome, with its evidence."""

    subject: int
    item: ItemRef
    convention: ConventionDetails
    directed: str | None
    level: Level
    words: str | None
    tie: str | None
    unit: str | None
    observed_on: date
    evidence: tuple[EvidenceDetails, ...]
    seen: int


@dataclass(frozen=True, kw_only=True)
class NoLongerAsked:
    """It was decided, overtaken or withheld since the link was made: nothing of it is shown."""

    subject: int
    item: ItemRef
    convention: ConventionDetails
    decided: ReviewDetails | None  # without its reason


Asked = AskedClaim | AskedOutcome


@dataclass(frozen=True, kw_only=True)
class OutsidePacket:
    """All that one link shows."""

    body: BodyDetails
    name: str | None
    role: str | None
    organisation: str | None
    expires_on: date
    asked: tuple[Asked, ...]
    over: tuple[NoLongerAsked, ...]
    is_for_reader: bool  # whoever is signed in did not make the link, or work on what it is about

    def may_open(self, evidence_id: int) -> bool:
        """Whether it is a file of what is still asked."""
        return any(
            evidence.id == evidence_id and evidence.stored
            for subject in self.asked
            for evidence in subject.evidence
        )


def packet(
    session: Session, body_id: int, request_id: int, today: date, signed_in: Actor | None = None
) -> OutsidePacket:
    """Of a request whose link works."""
    name, role, organisation = (aliased(Text) for _ in range(3))
    texts = session.execute(
        sa.select(name.words, role.words, organisation.words, OutsideRequest.expires_on)
        .outerjoin(name, name.digest == OutsideRequest.name)
        .outerjoin(role, role.digest == OutsideRequest.role)
        .outerjoin(organisation, organisation.digest == OutsideRequest.organisation)
        .where(OutsideRequest.id == request_id)
    ).one()
    subjects = session.scalars(
        sa.select(OutsideRequestSubject)
        .where(
            OutsideRequestSubject.outside_request_id == request_id,
            at(OutsideRequestSubject, NOW),
        )
        .order_by(OutsideRequestSubject.id)
    ).all()
    item_ids = {subject.item_id for subject in subjects}
    context, items = load_item_contexts(session, body_id, item_ids, today, OF_ITS_EVIDENCE)
    asked: list[Asked] = []
    over: list[NoLongerAsked] = []
    is_for_reader = signed_in is None or not has_a_part(signed_in)
    for subject in subjects:
        item = items.get(subject.item_id)
        if item is None:  # its import was undone
            continue
        claim, outcome = _waiting(item, subject)
        if claim is not None:
            asked.append(_asked_claim(item, subject.id, claim))
        elif outcome is not None:
            asked.append(_asked_outcome(item, subject.id, outcome))
        else:
            over.append(_no_longer_asked(item, subject))
        if signed_in is not None:
            is_for_reader &= _may_answer(item, claim, outcome, signed_in)
    return OutsidePacket(
        body=context.body,
        name=texts[0],
        role=texts[1],
        organisation=texts[2],
        expires_on=texts[3],
        asked=tuple(asked),
        over=tuple(over),
        is_for_reader=is_for_reader,
    )


def _waiting(
    item: ItemContext, subject: OutsideRequestSubject
) -> tuple[ClaimFact | None, OutcomeFact | None]:
    """The claim, or the outcome, of a subject, where it still waits."""
    claims = {claim.id: claim for claim in waiting_claims(item)}
    outcomes = {outcome.id: outcome for outcome in waiting_outcomes(item)}
    return claims.get(subject.claim_id or 0), outcomes.get(subject.outcome_id or 0)


def _may_answer(
    item: ItemContext, claim: ClaimFact | None, outcome: OutcomeFact | None, signed_in: Actor
) -> bool:
    if claim is not None:
        return is_independent(item, claim, signed_in.person_id)
    return outcome is None or may_confirm_outcome(item, outcome, signed_in.person_id)


def _asked_claim(item: ItemContext, subject_id: int, claim: ClaimFact) -> AskedClaim:
    entry = item.facts.entry(claim.entry_id)
    assert entry is not None  # else the claim would not wait
    return AskedClaim(
        subject=subject_id,
        item=item.ref,
        convention=item.identity.convention,
        clause=item.clause_number(claim.clause_id),
        directed=clause_words_of(item, claim.clause_id) or _text_of(item),
        due=item_sections.due(clause_standing_of(item, claim).state),
        words=item.words_of(entry),
        unit=item.author_unit(entry.author_id),
        acted_on=claim.on,
        money=amounts.money(replace(item, audience=PUBLIC)),
        money_said=claim.money,
        evidence=_evidence(item, entry_id=entry.id),
        seen=item.facts.newest_event,
    )


def _asked_outcome(item: ItemContext, subject_id: int, outcome: OutcomeFact) -> AskedOutcome:
    return AskedOutcome(
        subject=subject_id,
        item=item.ref,
        convention=item.identity.convention,
        directed=_text_of(item),
        level=outcome.level,
        words=outcome.words,
        tie=outcome.tie,
        unit=item.author_unit(outcome.author_id),
        observed_on=outcome.on,
        evidence=_evidence(item, outcome_id=outcome.id),
        seen=item.facts.newest_event,
    )


def _no_longer_asked(item: ItemContext, subject: OutsideRequestSubject) -> NoLongerAsked:
    review = item.facts.review(claim=subject.claim_id, outcome=subject.outcome_id)
    decided = None
    if review is not None:
        day = item.day(review.recorded_at)
        decided = ReviewDetails(result=review.result, on=day, person=None, reason=None)
    return NoLongerAsked(
        subject=subject.id, item=item.ref, convention=item.identity.convention, decided=decided
    )


def _text_of(item: ItemContext) -> str | None:
    versions = item.identity.versions
    return versions[0].words if versions else None


def _evidence(
    item: ItemContext, *, entry_id: int | None = None, outcome_id: int | None = None
) -> tuple[EvidenceDetails, ...]:
    """Files and links; of the rows of lists what everybody may read, as these hold cells that are
    about something else.
    """
    pieces: Sequence[EvidenceDetails] = item.evidence(entry=entry_id, outcome=outcome_id)
    public = replace(item, audience=PUBLIC)
    opened = {piece.id: piece for piece in public.evidence(entry=entry_id, outcome=outcome_id)}
    rows = {piece.id for piece in item.facts.evidence if piece.kind is EvidenceKind.ROW}
    return tuple(
        opened.get(piece.id, replace(piece, words=None)) if piece.id in rows else piece
        for piece in pieces
    )
