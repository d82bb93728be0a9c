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

    :param tie: what ties the change to the item (named contracts, a vote, a count before and after)
    """
    refusals.need(words.strip(), Refusal.NEEDS_WORDS)
    refusals.need(
        level is not Level.CHANGE_FOLLOWED or (tie and tie.strip()), Refusal.NEEDS_THE_TIE
    )
    with context.record("outcome_stated", item, observed_on) as act:
        context.require(Permission.LOG, context.facts(item)[0])
        outcome = act.add(
            Outcome(
                item_id=item.id,
                author_id=context.actor_id,
                level=level,
                words=act.text(words),
                tie=act.maybe(tie),
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
    """Publishes an outcome: not by its author, unless the body lets them."""
    with context.record("outcome_released", item, context.day_of(outcome)) as act:
        facts, _ = context.facts(item)
        refusals.need(not facts.released(outcome=outcome.id), Refusal.ALREADY_RELEASED)
        own = context.actor_id == outcome.author_id
        refusals.need(not own or facts.leads_release, Refusal.NOT_YOUR_OWN)
        context.require(Permission.LOG if own else Permission.RELEASE, facts)
        act.add(Release(item_id=item.id, outcome_id=outcome.id))
        open_evidence(act, context, item, opening, outcome_id=outcome.id)
