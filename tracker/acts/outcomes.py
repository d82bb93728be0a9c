"""Stating what changed, and releasing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Release
from tracker.rules import refusals
from tracker.rules.codes import Level
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext
from .evidence import (
    AS_THE_AUTHOR_ASKED,
    NewEvidence,
    Opening,
    open_evidence,
    write_evidence,
)


def state(
    context: ActContext,
    item: Item,
    level: Level,
    words: str,
    observed_on: date,
    tie: str | None = None,
    evidence: Sequence[NewEvidence] = (),
) -> Outcome:
    """States what changed, as observed on a day.

    :param tie: what ties the change to the item (named contracts, a vote, a count before and
        after); the level CHANGE_FOLLOWED needs it
    """
    refusals.need(words.strip(), Refusal.NEEDS_WORDS)
    if level is Level.CHANGE_FOLLOWED:
        refusals.need(tie and tie.strip(), Refusal.NEEDS_THE_TIE)
    with context.record("outcome_stated", item, observed_on) as act:
        context.require(Permission.LOG, context.facts(item))
        outcome = act.add(
            Outcome(
                item_id=item.id,
                author_id=context.actor_id,
                level=level,
                words=act.keep_text(words),
                tie=act.keep_optional_text(tie),
            )
        )
        write_evidence(act, item, evidence, outcome_id=outcome.id)
    return outcome


def release(
    context: ActContext,
    item: Item,
    outcome: Outcome,
    opening: Opening = AS_THE_AUTHOR_ASKED,
) -> None:
    """Publishes an outcome, and opens its evidence.

    An author does not release what is their own, unless the body lets the leads of items do so.
    """
    with context.record("outcome_released", item, context.day_of(outcome)) as act:
        facts = context.facts(item)
        refusals.need(not facts.released(outcome=outcome.id), Refusal.ALREADY_RELEASED)
        is_own = context.actor_id == outcome.author_id
        if is_own:
            refusals.need(facts.leads_release, Refusal.NOT_YOUR_OWN)
            context.require(Permission.LOG, facts)
        else:
            context.require(Permission.RELEASE, facts)
        act.add(Release(item_id=item.id, outcome_id=outcome.id))
        open_evidence(act, context, item, opening, outcome_id=outcome.id)
