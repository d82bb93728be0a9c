"""What one confirmer has decided: claims and outcomes, each with what became of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.items import Item
from tracker.record.ledger_tables import Event
from tracker.record.progress import Review
from tracker.rules.codes import By, Level, Result
from tracker.rules.facts import ReviewFact, WithholdingFact

from .item_context import ItemContext, load_item_contexts
from .models import BodyDetails, ConventionDetails, ItemRef

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class OwnDecision:
    item: ItemRef
    convention: ConventionDetails
    level: Level | None  # of an outcome; None: it is a claim of done
    clause: int | None  # its number, where the item has several
    result: Result
    decided_on: date
    reason: str | None
    reopened_on: date | None
    withheld_on: date | None  # what was decided on is not shown any more


@dataclass(frozen=True)
class OwnDecisions:
    body: BodyDetails
    shown: tuple[OwnDecision, ...]  # the newest first
    total: int
    confirmed: int


def own_decisions(session: Session, body_id: int, person_id: int, today: date) -> OwnDecisions:
    """The newest of them. The number of statements does not depend on how many there are."""
    mine = sa.and_(
        Item.body_id == body_id,
        Event.actor_id == person_id,
        Review.by == By.CONFIRMER,
        Review.result != Result.REOPENED,
        at(Review, NOW),
    )
    decided = (
        sa.select(Review.id, Review.item_id, Review.result)
        .join(Event, Event.id == Review.recorded_by)
        .join(Item, Item.id == Review.item_id)
        .where(mine)
        .order_by(Review.recorded_by.desc(), Review.id.desc())
    )
    rows = session.connection().execute(decided).all()
    newest = rows[:MOST_SHOWN]
    item_ids = {item_id for _key, item_id, _result in newest}
    context, items = load_item_contexts(session, body_id, item_ids, today)
    shown = []
    for review_id, item_id, _result in newest:
        item = items.get(item_id)
        reviews = item.facts.reviews if item else ()
        review = next((fact for fact in reviews if fact.id == review_id), None)
        if item is not None and review is not None:
            shown.append(_own_decision(item, review))
    return OwnDecisions(
        body=context.body,
        shown=tuple(shown),
        total=len(rows),
        confirmed=sum(result is Result.CONFIRMED for _key, _item_id, result in rows),
    )


def _own_decision(item: ItemContext, review: ReviewFact) -> OwnDecision:
    clauses = {claim.id: claim.clause_id for claim in item.facts.claims_ever}
    outcomes = {outcome.id: outcome for outcome in item.facts.outcomes}
    outcome = outcomes.get(review.outcome_id or 0)
    withholding = _withholding(item, review)
    return OwnDecision(
        item=item.ref,
        convention=item.identity.convention,
        level=outcome.level if outcome else None,
        clause=item.clause_number(clauses.get(review.claim_id or 0)),
        result=review.result,
        decided_on=item.day(review.recorded_at),
        reason=review.reason,
        reopened_on=_reopened_on(item, review),
        withheld_on=item.day(withholding.recorded_at) if withholding else None,
    )


def _reopened_on(item: ItemContext, review: ReviewFact) -> date | None:
    """When somebody reopened it first."""
    later = [
        other
        for other in item.facts.reviews
        if (other.claim_id, other.outcome_id) == (review.claim_id, review.outcome_id)
        and other.event > review.event
        and other.result is Result.REOPENED
    ]
    return item.day(later[0].recorded_at) if later else None


def _withholding(item: ItemContext, review: ReviewFact) -> WithholdingFact | None:
    """Of the outcome, or of the entry that makes the claim."""
    if review.outcome_id is not None:
        return item.withheld.get(("outcome", review.outcome_id))
    entries = {claim.id: claim.entry_id for claim in item.facts.claims_ever}
    return item.withheld.get(("entry", entries.get(review.claim_id or 0, 0)))
