"""Outcomes that wait for release: which they are, and who may release them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Release
from tracker.rules import permissions
from tracker.rules.codes import Level
from tracker.rules.permissions import Actor, Permission

from .item_context import ItemContext
from .models import ItemRef


@dataclass(frozen=True, kw_only=True)
class StatedOutcome:
    """An outcome that was stated and waits for release."""

    outcome: int
    item: ItemRef
    level: Level
    words: str | None
    person: str | None
    unit: str | None
    recorded_on: date
    files: int


def items_with_stated_outcomes(body_id: int) -> sa.Select[int]:
    """The keys of a body's items with outcomes that were not released."""
    released = sa.select(Release.id).where(
        Release.outcome_id == Outcome.id, Release.retracted_by.is_(None)
    )
    return (
        sa.select(Outcome.item_id)
        .join(Item, Item.id == Outcome.item_id)
        .where(Item.body_id == body_id, Outcome.retracted_by.is_(None), sa.not_(released.exists()))
    )


def releasable_outcomes(item: ItemContext, actor: Actor) -> list[StatedOutcome]:
    """The outcomes of an item that wait, and that this person releases: not their own, unless the
    body lets them.
    """
    if not permissions.is_permitted(actor, Permission.RELEASE, item.facts):
        return []
    lets_own = item.facts.leads_release
    return [
        StatedOutcome(
            outcome=outcome.id,
            item=item.ref,
            level=outcome.level,
            words=outcome.words,
            person=item.person(outcome.author_id),
            unit=item.author_unit(outcome.author_id),
            recorded_on=item.day(outcome.recorded_at),
            files=len(item.evidence(outcome=outcome.id)),
        )
        for outcome in item.facts.outcomes
        if item.facts.released(outcome=outcome.id) is None
        and ("outcome", outcome.id) not in item.withheld
        and (lets_own or outcome.author_id != actor.person_id)
    ]
