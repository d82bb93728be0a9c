"""The outcomes that wait for a confirmer, and one of them beside its evidence.

For those who confirm: with names and all files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Release, Review, Withholding
from tracker.rules.codes import Level
from tracker.rules.facts import OutcomeFact, ReviewFact
from tracker.rules.permissions import Actor, Permission, is_permitted_somewhere

from .claim_page import AddedEvidence, DecidedClaim, ReviewDetails
from .confirmation_queue import stated_or_released
from .item_context import (
    INSIDE,
    ItemContext,
    audience_of,
    load_item_context,
    load_item_contexts,
    worked_on,
)
from .models import BodyDetails, ConventionDetails, ItemRef


@dataclass(frozen=True, kw_only=True)
class QueuedOutcome:
    outcome: int
    item: ItemRef
    convention: ConventionDetails
    level: Level
    observed_on: date
    heard_on: date
    days: int  # that it has waited
    files: int


@dataclass(frozen=True)
class OutcomeQueue:
    mine: tuple[QueuedOutcome, ...]  # the longest waiting first
    others: tuple[QueuedOutcome, ...]  # somebody else confirms


@dataclass(frozen=True, kw_only=True)
class OutcomePage:
    """One outcome beside its evidence."""

    outcome: int
    item_id: int
    item: ItemRef
    convention: ConventionDetails
    level: Level
    words: str | None
    tie: str | None
    person: str | None
    unit: str | None
    observed_on: date
    recorded_on: date
    released_by: str | None
    released_on: date
    proofs: tuple[AddedEvidence, ...]
    may_confirm: bool  # has the role; else it is there to be read
    fits: bool  # this person neither stated, released nor worked on it
    newest_event: int

    @property
    def body(self) -> BodyDetails:
        return self.convention.body


def items_with_waiting_outcomes(body_id: int) -> sa.Select[int]:
    """The keys of a body's items with released outcomes that nobody has reviewed."""
    over = [
        sa.select(table.id).where(table.outcome_id == Outcome.id, table.retracted_by.is_(None))
        for table in (Review, Withholding)
    ]
    return (
        sa.select(Outcome.item_id)
        .join(Item, Item.id == Outcome.item_id)
        .join(Release, Release.outcome_id == Outcome.id)
        .where(
            Item.body_id == body_id,
            Outcome.retracted_by.is_(None),
            Release.retracted_by.is_(None),
            *(sa.not_(rows.exists()) for rows in over),
        )
    )


def waiting_outcomes(item: ItemContext) -> list[OutcomeFact]:
    """Those that were released, and neither reviewed nor withheld."""
    return [
        outcome
        for outcome in item.facts.outcomes
        if item.facts.released(outcome=outcome.id)
        and item.facts.review(outcome=outcome.id) is None
        and ("outcome", outcome.id) not in item.withheld
    ]


def may_confirm_outcome(item: ItemContext, outcome: OutcomeFact, person_id: int) -> bool:
    """Not its author, its releaser or who made a link for somebody from outside, nor who worked on
    the item on the day of what was observed or today. The author of an imported outcome is its
    source.
    """
    involved = {
        worker
        for clause in item.facts.clauses
        for day in (outcome.on, item.facts.today)
        for worker in worked_on(item, clause.id, day)
    }
    involved |= stated_or_released(outcome, item.facts.released(outcome=outcome.id))
    involved |= item.facts.asked_outside(outcome=outcome.id)
    return person_id not in involved


def outcome_queue(session: Session, body_id: int, actor: Actor, today: date) -> OutcomeQueue:
    item_ids = set(session.connection().scalars(items_with_waiting_outcomes(body_id)))
    _body_context, items = load_item_contexts(session, body_id, item_ids, today, audience_of(actor))
    may_confirm = is_permitted_somewhere(actor, Permission.CONFIRM)
    mine: list[QueuedOutcome] = []
    others: list[QueuedOutcome] = []
    for item in items.values():
        for outcome in waiting_outcomes(item):
            is_mine = may_confirm and may_confirm_outcome(item, outcome, actor.person_id)
            (mine if is_mine else others).append(_queued(item, outcome, today))
    return OutcomeQueue(mine=_longest_first(mine), others=_longest_first(others))


def _longest_first(outcomes: list[QueuedOutcome]) -> tuple[QueuedOutcome, ...]:
    return tuple(sorted(outcomes, key=lambda queued: (queued.heard_on, queued.outcome)))


def _queued(item: ItemContext, outcome: OutcomeFact, today: date) -> QueuedOutcome:
    release = item.facts.released(outcome=outcome.id)
    heard_on = release.heard_on if release else outcome.on
    return QueuedOutcome(
        outcome=outcome.id,
        item=item.ref,
        convention=item.identity.convention,
        level=outcome.level,
        observed_on=outcome.on,
        heard_on=heard_on,
        days=(today - heard_on).days,
        files=len(item.evidence(outcome=outcome.id)),
    )


def outcome_page(
    session: Session, body_id: int, outcome_id: int, actor: Actor, today: date
) -> OutcomePage | None:
    """None: no such outcome of this body waits."""
    item_id = _item_of(session, body_id, outcome_id)
    if item_id is None:
        return None
    item = load_item_context(session, body_id, item_id, today, audience_of(actor))
    if item is None:
        return None
    for outcome in waiting_outcomes(item):
        if outcome.id == outcome_id:
            return _outcome_page(item, outcome, actor)
    return None


def decided_outcome(
    session: Session, body_id: int, outcome_id: int, today: date
) -> DecidedClaim | None:
    """For whoever decided on it while somebody else did: what became of it, without its reason.

    None: nobody has decided.
    """
    item_id = _item_of(session, body_id, outcome_id)
    item = load_item_context(session, body_id, item_id, today, INSIDE) if item_id else None
    review = item.facts.review(outcome=outcome_id) if item else None
    if item is None or review is None:
        return None
    return DecidedClaim(item=item.ref, decided=_decided(item, review))


def _decided(item: ItemContext, review: ReviewFact) -> ReviewDetails:
    return ReviewDetails(
        result=review.result,
        on=item.day(review.recorded_at),
        person=item.person(review.actor),
        reason=None,
    )


def _item_of(session: Session, body_id: int, outcome_id: int) -> int | None:
    return session.connection().scalar(
        sa.select(Outcome.item_id)
        .join(Item, Item.id == Outcome.item_id)
        .where(Outcome.id == outcome_id, Item.body_id == body_id)
    )


def _outcome_page(item: ItemContext, outcome: OutcomeFact, actor: Actor) -> OutcomePage:
    release = item.facts.released(outcome=outcome.id)
    assert release is not None  # else it would not wait
    facts = {evidence.id: evidence for evidence in item.facts.evidence}
    return OutcomePage(
        outcome=outcome.id,
        item_id=item.id,
        item=item.ref,
        convention=item.identity.convention,
        level=outcome.level,
        words=outcome.words,
        tie=outcome.tie,
        person=None if outcome.imported else item.person(outcome.author_id),
        unit=item.author_unit(outcome.author_id),
        observed_on=outcome.on,
        recorded_on=item.day(outcome.recorded_at),
        released_by=item.person(release.actor),
        released_on=item.day(release.recorded_at),
        proofs=tuple(
            AddedEvidence(
                evidence=details,
                added_on=item.day(facts[details.id].recorded_at),
                person=item.person(facts[details.id].actor),
            )
            for details in item.evidence(outcome=outcome.id)
        ),
        may_confirm=is_permitted_somewhere(actor, Permission.CONFIRM),
        fits=may_confirm_outcome(item, outcome, actor.person_id),
        newest_event=item.facts.newest_event,
    )
