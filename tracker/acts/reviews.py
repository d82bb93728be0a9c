"""Confirming, returning and reopening claims of done and outcomes.

What a meeting decided of many at once is in `meetings`.
"""

from __future__ import annotations

from datetime import date

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
    by: By = By.CONFIRMER,
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
        _check(context, item, claim_id, result, by)
        act.add(
            Review(
                item_id=item.id,
                claim_id=claim_id,
                result=result,
                by=by,
                reason=act.keep_text(reason) if reason else None,
            )
        )


def _check(context: ActContext, item: Item, claim_id: int, result: Result, by: By) -> None:
    facts = context.facts(item)
    context.require(_permission(result, by), facts)
    refusals.need_unchanged(
        context.seen, [review for review in facts.reviews if review.claim_id == claim_id]
    )
    claim = next((claim for claim in facts.claims if claim.id == claim_id), None)
    if claim is None:
        raise refusals.Refused(Refusal.NOT_THERE)
    then = (
        context.facts_by(item, claim.on)
        if by is By.CONFIRMER and result is not Result.REOPENED
        else None
    )
    review_preconditions.review(facts, then, claim, result, by, context.actor_id)


def _permission(result: Result, by: By) -> Permission:
    """What a meeting decided is recorded by the office; what somebody from outside decides comes by
    `outside_requests.answer`.
    """
    if by is not By.CONFIRMER:
        return Permission.GOVERN
    return Permission.REOPEN if result is Result.REOPENED else Permission.CONFIRM


def review_outcome(
    context: ActContext,
    item: Item,
    outcome: Outcome,
    result: Result,
    by: By = By.CONFIRMER,
    reason: str | None = None,
    met_on: date | None = None,
    meeting: str | None = None,
    minutes: str | None = None,
) -> None:
    """By the same rule as a claim of done. `met_on`, `meeting` and `minutes` are of a meeting."""
    refusals.need_day_reached(met_on, context.today)
    review_preconditions.need_reason(result, reason)
    outcomes = context.facts(item).outcomes
    stated = next((fact for fact in outcomes if fact.id == outcome.id), None)
    if stated is None:
        raise refusals.Refused(Refusal.NOT_THERE)
    with context.record(
        f"outcome_{result}", item, context.today if result is Result.REOPENED else stated.on
    ) as act:
        facts = context.facts(item)
        context.require(_permission(result, by), facts)
        earlier_reviews = [review for review in facts.reviews if review.outcome_id == outcome.id]
        refusals.need_unchanged(context.seen, earlier_reviews)
        review_preconditions.review_outcome(
            facts, stated, result, by, context.actor_id, context.facts_by(item, stated.on)
        )
        act.add(
            Review(
                item_id=item.id,
                outcome_id=outcome.id,
                result=result,
                by=by,
                met_on=met_on,
                meeting=meeting,
                minutes=act.keep_optional_text(minutes),
                reason=act.keep_optional_text(reason),
            )
        )
