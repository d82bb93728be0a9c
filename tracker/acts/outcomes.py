"""Stating what changed, and releasing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Release
from tracker.rules import preconditions
from tracker.rules.codes import Level
from tracker.rules.permissions import Permission
from tracker.rules.preconditions import Refusal

from . import evidence
from .act_context import ActContext
from .evidence import NewEvidence, Opening


def state(
    desk: ActContext,
    item: Item,
    level: Level,
    words: str,
    observed_on: date,
    tie: str | None = None,
    shown: Sequence[NewEvidence] = (),
) -> Outcome:
    """`tie`: what ties the change to the item (named contracts, a vote, a count before and after)."""
    preconditions.need(words.strip(), Refusal.NEEDS_WORDS)
    preconditions.need(
        level is not Level.CHANGE_FOLLOWED or (tie and tie.strip()), Refusal.NEEDS_THE_TIE
    )
    with desk.record("outcome_stated", item, observed_on) as act:
        desk.require(Permission.LOG, desk.facts(item)[0])
        outcome = act.add(
            Outcome(
                item_id=item.id,
                author_id=desk.actor_id,
                level=level,
                words=act.text(words),
                tie=act.maybe(tie),
            )
        )
        evidence.write_evidence(act, item, shown, outcome_id=outcome.id)
    return outcome


def release(desk: ActContext, item: Item, outcome: Outcome, opening: Opening = Opening()) -> None:  # noqa: B008 (frozen)
    with desk.record("outcome_released", item, desk.day_of(outcome)) as act:
        facts, _ = desk.facts(item)
        preconditions.need(not facts.released(outcome=outcome.id), Refusal.ALREADY_RELEASED)
        own = desk.actor_id == outcome.author_id
        preconditions.need(not own or facts.leads_release, Refusal.NOT_YOUR_OWN)
        desk.require(Permission.LOG if own else Permission.RELEASE, facts)
        act.add(Release(item_id=item.id, outcome_id=outcome.id))
        evidence.open_evidence(act, desk, item, opening, outcome_id=outcome.id)
