"""Confirming, returning and reopening claims of done and outcomes, by a confirmer or the office.

What a meeting decided is in `meetings`, what somebody from outside answered in `outside_requests`.
"""

from __future__ import annotations

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Claim, Review
from tracker.rules import refusals, review_preconditions
from tracker.rules.codes import By, Result
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext


def review(
    context: ActContext,
    item: Item,
    claim_id: int,
    result: Result,
    reason: str | None = None,
) -> None:
    """Dated as the act claimed; a reopening is dated today.

    A return and a reopening need a reason.
    """
    review_preconditions.need_reason(result, reason)
    claim = context.session.get(Claim, claim_id)
    if claim is None:
        raise refusals.Refused(Refusal.NOT_THERE)
    acted_on = context.day_of(claim)
    with context.record(
        f"claim_{result}", item, context.today if result is Result.REOPENED else acted_on
    ) as act:
        _check(context, item, claim_id, result)
        act.add(
            Review(
                item_id=item.id,
                claim_id=claim_id,
                result=result,
                by=By.CONFIRMER,
                reason=act.keep_text(reason) if reason else None,
            )
        )


def _check(context: ActContext, item: Item, claim_id: int, result: Result) -> None:
    facts = context.facts(item)
    context.require(_permission(result), facts)
    refusals.need_unchanged(
        context.seen, [review for review in facts.reviews if review.claim_id == claim_id]
    )
    claim = next((claim for claim in facts.claims if claim.id == claim_id), None)
    if claim is None:
        raise refusals.Refused(Refusal.NOT_THERE)
    then = None if result is Result.REOPENED else context.facts_by(item, claim.on)
    review_preconditions.review(facts, then, claim, result, By.CONFIRMER, context.actor_id)


def _permission(result: Result) -> Permission:
    return Permission.REOPEN if result is Result.REOPENED else Permission.CONFIRM


def review_outcome(
    context: ActContext,
    item: Item,
    outcome: Outcome,
    result: Result,
    reason: str | None = None,
) -> None:
    """By the same rule as a claim of done."""
    review_preconditions.need_reason(result, reason)
    outcomes = context.facts(item).outcomes
    stated = next((fact for fact in outcomes if fact.id == outcome.id), None)
    if stated is None:
        raise refusals.Refused(Refusal.NOT_THERE)
    with context.record(
        f"outcome_{result}", item, context.today if result is Result.REOPENED else stated.on
    ) as act:
        facts = context.facts(item)
        context.require(_permission(result), facts)
        earlier_reviews = [review for review in facts.reviews if review.outcome_id == outcome.id]
        refusals.need_unchanged(context.seen, earlier_reviews)
        review_preconditions.review_outcome(
            facts, stated, result, By.CONFIRMER, context.actor_id, context.facts_by(item, stated.on)
        )
        act.add(
            Review(
                item_id=item.id,
                outcome_id=outcome.id,
                result=result,
                by=By.CONFIRMER,
                reason=act.keep_optional_text(reason),
            )
        )
