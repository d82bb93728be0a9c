"""The claims of done that wait for a confirmer.

For those who confirm: with names and all files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Item
from tracker.record.progress import Claim, Release, Review
from tracker.rules.clause_standing import ClauseStanding
from tracker.rules.codes import Claimed
from tracker.rules.facts import ClaimFact, EntryFact, OutcomeFact, ReleaseFact
from tracker.rules.item_standing import to_confirm
from tracker.rules.permissions import Actor, Permission, is_permitted_somewhere

from .item_context import (
    ItemContext,
    audience_of,
    load_item_contexts,
    worked_on,
)
from .models import BodyDetails, ConventionDetails, ItemRef


@dataclass(frozen=True, kw_only=True)
class QueuedClaim:
    claim: int
    item: ItemRef
    convention: ConventionDetails
    clause: int | None  # its number, where the item has several
    clause_words: str | None
    unit: str | None  # that leads the clause
    acted_on: date
    heard_on: date
    days: int  # that it has waited
    files: int


@dataclass(frozen=True)
class ClaimQueue:
    body: BodyDetails
    mine: tuple[QueuedClaim, ...]  # the longest waiting first
    others: tuple[QueuedClaim, ...]  # somebody else confirms: this person worked on them, or reads
    may_confirm: bool


# --- the queue ---


def items_with_waiting_claims(body_id: int) -> sa.Select[int]:
    """The keys of a body's items with released claims of done that nobody has reviewed."""
    reviewed = (
        sa.select(Review.id)
        .where(Review.claim_id == Claim.id, Review.retracted_by.is_(None))
        .exists()
    )
    return (
        sa.select(Claim.item_id)
        .join(Item, Item.id == Claim.item_id)
        .join(Release, Release.entry_id == Claim.entry_id)
        .where(
            Item.body_id == body_id,
            Claim.claimed == Claimed.DONE,
            Claim.retracted_by.is_(None),
            Release.retracted_by.is_(None),
            sa.not_(reviewed),
        )
    )


def waiting_claims(item: ItemContext) -> list[ClaimFact]:
    """The claims of done that were released, and neither confirmed nor returned."""
    return to_confirm(item.answer.standing)


def is_independent(item: ItemContext, claim: ClaimFact, person_id: int) -> bool:
    """Whether this person may confirm the claim.

    Not its author, its releaser or who made a link for somebody from outside, nor who worked on
    the clause on the day of the act or today. The author of an imported entry is its source.
    """
    entry = next(entry for entry in item.facts.entries if entry.id == claim.entry_id)
    involved = worked_on(item, claim.clause_id, claim.on)
    involved |= worked_on(item, claim.clause_id, item.facts.today)
    involved |= stated_or_released(entry, item.facts.released(entry=entry.id))
    involved |= item.facts.asked_outside(claim=claim.id)
    return person_id not in involved


def stated_or_released(stated: EntryFact | OutcomeFact, release: ReleaseFact | None) -> set[int]:
    """The author, but of what was imported, and the releaser."""
    authors = set() if stated.imported else {stated.author_id}
    return authors | ({release.actor} if release else set())


def claim_queue(session: Session, body_id: int, actor: Actor, today: date) -> ClaimQueue:
    item_ids = set(session.connection().scalars(items_with_waiting_claims(body_id)))
    body_context, items = load_item_contexts(session, body_id, item_ids, today, audience_of(actor))
    may_confirm = is_permitted_somewhere(actor, Permission.CONFIRM)
    mine: list[QueuedClaim] = []
    others: list[QueuedClaim] = []
    for item in items.values():
        for claim in waiting_claims(item):
            is_mine = may_confirm and is_independent(item, claim, actor.person_id)
            (mine if is_mine else others).append(_queued_claim(item, claim, today))
    return ClaimQueue(
        body=body_context.body,
        mine=_longest_first(mine),
        others=_longest_first(others),
        may_confirm=may_confirm,
    )


def _longest_first(claims: Sequence[QueuedClaim]) -> tuple[QueuedClaim, ...]:
    return tuple(sorted(claims, key=lambda claim: (claim.heard_on, claim.claim)))


def _queued_claim(item: ItemContext, claim: ClaimFact, today: date) -> QueuedClaim:
    lead = clause_standing_of(item, claim).state.lead
    release = item.facts.released(entry=claim.entry_id)
    heard_on = release.heard_on if release else claim.on
    return QueuedClaim(
        claim=claim.id,
        item=item.ref,
        convention=item.identity.convention,
        clause=item.clause_number(claim.clause_id),
        clause_words=clause_words_of(item, claim.clause_id),
        unit=item.unit(lead.unit_id if lead else None),
        acted_on=claim.on,
        heard_on=heard_on,
        days=(today - heard_on).days,
        files=len(item.evidence(entry=claim.entry_id)),
    )


def clause_standing_of(item: ItemContext, claim: ClaimFact) -> ClauseStanding:
    return next(
        standing
        for standing in item.answer.standing.clauses
        if standing.state.clause.id == claim.clause_id
    )


def clause_words_of(item: ItemContext, clause_id: int) -> str | None:
    for clause in item.facts.clauses:
        if clause.id == clause_id:
            return clause.words
    return None
