"""Confirming, returning and reopening, by a confirmer or by a meeting; of claims of done, and of outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Claim, Review
from tracker.rules import preconditions
from tracker.rules.codes import By, Result
from tracker.rules.permissions import Permission
from tracker.rules.preconditions import Refusal

from .act_context import ActContext


def review(
    desk: ActContext,
    item: Item,
    claim_id: int,
    result: Result,
    reason: str | None = None,
    by: By = By.CONFIRMER,
) -> None:
    """Dated as the act claimed; a reopening is dated today. A return and a reopening need a reason."""
    preconditions.need(
        result is Result.CONFIRMED or (reason and reason.strip()), Refusal.NEEDS_A_REASON
    )
    claim = desk.session.get(Claim, claim_id)
    if claim is None:
        raise preconditions.Refused(Refusal.NOT_THERE)
    acted_on = desk.day_of(claim)
    with desk.record(
        f"claim_{result}", item, desk.today if result is Result.REOPENED else acted_on
    ) as act:
        _check(desk, item, claim_id, result, by)
        act.add(
            Review(
                item_id=item.id,
                claim_id=claim_id,
                result=result,
                by=by,
                reason=act.text(reason) if reason else None,
            )
        )


def confirm_by_meeting(
    desk: ActContext, claim_ids: Collection[int], met_on: date, meeting: str, minutes: str
) -> None:
    """Many claims of many items, by the meeting of that body ("the audit committee"); one event for each item and date of act."""
    desk.require(Permission.GOVERN)
    preconditions.need(met_on <= desk.today, Refusal.DATED_AFTER_RECORDING)
    together: dict[tuple[int, date], list[int]] = defaultdict(list)
    for claim_id in claim_ids:
        claim = desk.session.get_one(Claim, claim_id)
        together[claim.item_id, desk.day_of(claim)].append(claim_id)
    for (item_id, acted_on), keys in sorted(together.items()):
        item = desk.session.get_one(Item, item_id)
        with desk.record("claims_confirmed_by_meeting", item, acted_on) as act:
            for claim_id in keys:
                _check(desk, item, claim_id, Result.CONFIRMED, By.MEETING)
            words = act.text(minutes)
            act.add(
                *[
                    Review(
                        item_id=item_id,
                        claim_id=claim_id,
                        result=Result.CONFIRMED,
                        by=By.MEETING,
                        met_on=met_on,
                        meeting=meeting,
                        minutes=words,
                    )
                    for claim_id in keys
                ]
            )


def _check(desk: ActContext, item: Item, claim_id: int, result: Result, by: By) -> None:
    facts, _ = desk.facts(item)
    desk.require(_permission(result, by), facts)
    preconditions.unchanged(
        desk.seen, [each for each in facts.reviews if each.claim_id == claim_id]
    )
    claim = next((each for each in facts.claims if each.id == claim_id), None)
    if claim is None:
        raise preconditions.Refused(Refusal.NOT_THERE)
    then = (
        desk.facts_by(item, claim.on)
        if by is By.CONFIRMER and result is not Result.REOPENED
        else None
    )
    preconditions.review(facts, then, claim, result, by, desk.actor_id)


def _permission(result: Result, by: By) -> Permission:
    """What a meeting, or somebody outside, decided is recorded by the office."""
    if by is not By.CONFIRMER:
        return Permission.GOVERN
    return Permission.REOPEN if result is Result.REOPENED else Permission.CONFIRM


def review_outcome(
    desk: ActContext,
    item: Item,
    outcome: Outcome,
    result: Result,
    by: By = By.CONFIRMER,
    reason: str | None = None,
) -> None:
    """By the same rule as a claim of done."""
    preconditions.need(
        result is Result.CONFIRMED or (reason and reason.strip()), Refusal.NEEDS_A_REASON
    )
    stated = next((each for each in desk.facts(item)[0].outcomes if each.id == outcome.id), None)
    if stated is None:
        raise preconditions.Refused(Refusal.NOT_THERE)
    with desk.record(
        f"outcome_{result}", item, desk.today if result is Result.REOPENED else stated.on
    ) as act:
        facts, _ = desk.facts(item)
        desk.require(_permission(result, by), facts)
        preconditions.unchanged(
            desk.seen, [each for each in facts.reviews if each.outcome_id == outcome.id]
        )
        preconditions.review_outcome(
            facts, stated, result, by, desk.actor_id, desk.facts_by(item, stated.on)
        )
        act.add(
            Review(
                item_id=item.id,
                outcome_id=outcome.id,
                result=result,
                by=by,
                reason=act.maybe(reason),
            )
        )
