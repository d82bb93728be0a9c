"""Asking somebody from outside to confirm claims of done and outcomes, taking that back, and what
they answer. Their one-time link is `accounts.outside_links`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.record.as_of import NOW, at
from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.outside_requests import OutsideAnswer, OutsideRequest, OutsideRequestSubject
from tracker.record.progress import Claim, Review
from tracker.rules import outside_requests as rules
from tracker.rules import permissions, refusals, review_preconditions
from tracker.rules.codes import By, Claimed, OutsideDecision, Result
from tracker.rules.item_facts import Facts
from tracker.rules.outside_requests import RESULTS
from tracker.rules.permissions import Actor, NotAllowed, Permission
from tracker.rules.refusals import Refusal, Refused

from .act_context import ActContext


@dataclass(frozen=True, kw_only=True)
class WhoIsAsked:
    """The name is for staff; pages name the role, as it reads after "by", and the organisation."""

    name: str
    role: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class NewAnswer:
    """What is said of one subject of a request, and the newest event that its reader has seen."""

    subject_id: int
    decision: OutsideDecision
    reason: str | None = None
    seen: int | None = None


def ask(
    context: ActContext,
    who: WhoIsAsked,
    claim_ids: Collection[int] = (),
    outcome_ids: Collection[int] = (),
) -> OutsideRequest:
    """About one claim or outcome that waits for confirmation, or a packet of them.

    Whoever asks counts from then on as one who released them, until it is revoked.
    """
    context.require(Permission.GOVERN)
    rules.need_asked(who.name, who.role, who.organisation)
    rules.need_subjects(len(claim_ids) + len(outcome_ids))
    with context.record("outside_requested") as act:
        subjects = [
            OutsideRequestSubject(
                outside_request_id=0, item_id=_item_of(context, Claim, key), claim_id=key
            )
            for key in sorted(claim_ids)
        ] + [
            OutsideRequestSubject(
                outside_request_id=0, item_id=_item_of(context, Outcome, key), outcome_id=key
            )
            for key in sorted(outcome_ids)
        ]
        for subject in subjects:
            facts = context.facts(context.session.get_one(Item, subject.item_id))
            _need_waiting(facts, subject)
        request = act.add(
            OutsideRequest(
                body_id=context.body_id,
                name=act.keep_text(who.name.strip()),
                role=act.keep_text(who.role.strip()),
                organisation=act.keep_text(who.organisation.strip()),
                expires_on=rules.expires_on(context.today),
            )
        )
        act.subject = request
        for subject in subjects:
            subject.outside_request_id = request.id
        act.add(*subjects)
    return request


def revoke(context: ActContext, request: OutsideRequest) -> None:
    """Its link works no more. What was answered stays: there is nothing to take back then."""
    context.require(Permission.GOVERN)
    refusals.need(request.body_id == context.body_id, Refusal.NOT_THERE)
    with context.record("outside_request_revoked", request) as act:
        subjects = _need_open(context, request)
        act.end(OutsideRequest, request.id)
        act.end(OutsideRequestSubject, *(subject.id for subject in subjects))


def answer(
    context: ActContext,
    request: OutsideRequest,
    answers: Sequence[NewAnswer],
    signed_in: Actor | None = None,
) -> None:
    """All that whoever bears the link says, or nothing: a decision on each subject that waits.

    :param signed_in: who is signed in, in this body, where the link is opened
    """
    if context.actor != permissions.FROM_OUTSIDE:
        raise NotAllowed(Permission.CONFIRM)
    with context.record("outside_answered", request) as act:
        subjects = {subject.id: subject for subject in _need_open(context, request)}
        refusals.need(request.expires_on >= context.today, Refusal.LINK_IS_OVER)
        subject_ids = {new.subject_id for new in answers}
        refusals.need(answers and len(subject_ids) == len(answers), Refusal.NOT_THERE)
        for new in answers:
            subject = subjects.get(new.subject_id)
            if subject is None:
                raise Refused(Refusal.NOT_THERE)
            _need_answerable(context, subject, new, signed_in)
        notes = {new.subject_id: act.keep_optional_text(new.reason) for new in answers}
        act.add(
            *[
                OutsideAnswer(
                    item_id=subjects[new.subject_id].item_id,
                    subject_id=new.subject_id,
                    decision=new.decision,
                    note=notes[new.subject_id],
                )
                for new in answers
            ]
        )
    for new in answers:
        if new.decision in RESULTS:
            subject, note = subjects[new.subject_id], notes[new.subject_id]
            _review(context, request, subject, RESULTS[new.decision], note)


def subjects_of(context: ActContext, request: OutsideRequest) -> Sequence[int]:
    """The keys of what it is about, as an answer names them."""
    return [subject.id for subject in _standing_subjects(context, request)]


def _item_of(context: ActContext, kind: type[Claim] | type[Outcome], key: int) -> int:
    """Refuses what is not of the body, or was taken back."""
    item_id = context.session.connection().scalar(
        sa.select(kind.item_id)
        .join(Item, Item.id == kind.item_id)
        .where(kind.id == key, kind.retracted_by.is_(None), Item.body_id == context.body_id)
    )
    if item_id is None:
        raise Refused(Refusal.NOT_THERE)
    return item_id


def _need_open(context: ActContext, request: OutsideRequest) -> Sequence[OutsideRequestSubject]:
    """Refuse what was revoked or answered; gives back what it is about."""
    subjects = _standing_subjects(context, request)
    answered = sa.select(OutsideAnswer.id).where(
        OutsideAnswer.subject_id.in_([subject.id for subject in subjects])
    )
    is_answered = context.session.connection().scalar(answered.limit(1)) is not None
    refusals.need(subjects and not is_answered, Refusal.LINK_IS_OVER)
    return subjects


def _standing_subjects(
    context: ActContext, request: OutsideRequest
) -> Sequence[OutsideRequestSubject]:
    return context.session.scalars(
        sa.select(OutsideRequestSubject)
        .where(
            OutsideRequestSubject.outside_request_id == request.id,
            at(OutsideRequestSubject, NOW),
        )
        .order_by(OutsideRequestSubject.id)
    ).all()


def _need_waiting(facts: Facts, subject: OutsideRequestSubject) -> None:
    """Refuse what is not released, was decided, or is withheld."""
    if subject.claim_id is not None:
        claim = next((claim for claim in facts.claims if claim.id == subject.claim_id), None)
        refusals.need(claim is not None and claim.claimed is Claimed.DONE, Refusal.WAITS_NO_MORE)
        released = facts.released(entry=claim.entry_id if claim else None)
    else:
        released = facts.released(outcome=subject.outcome_id)
    reviewed = facts.review(claim=subject.claim_id, outcome=subject.outcome_id)
    refusals.need(released is not None and reviewed is None, Refusal.WAITS_NO_MORE)


def _need_answerable(
    context: ActContext, subject: OutsideRequestSubject, new: NewAnswer, signed_in: Actor | None
) -> None:
    rules.need_reason(new.decision, new.reason)
    item = context.session.get_one(Item, subject.item_id)
    facts = context.facts(item)
    refusals.need_unchanged(
        new.seen,
        [
            review
            for review in facts.reviews
            if (review.claim_id, review.outcome_id) == (subject.claim_id, subject.outcome_id)
        ],
    )
    _need_waiting(facts, subject)
    if new.decision in RESULTS:
        rules.need_outsider(signed_in, _involved(context, item, facts, subject))


def _involved(
    context: ActContext, item: Item, facts: Facts, subject: OutsideRequestSubject
) -> set[int]:
    """Who may not decide it, by the rule of the confirmer's desk."""
    for claim in facts.claims:
        if claim.id == subject.claim_id:
            then = context.facts_by(item, claim.on)
            return review_preconditions.involved_in_claim(facts, then, claim)
    for outcome in facts.outcomes:
        if outcome.id == subject.outcome_id:
            then = context.facts_by(item, outcome.on)
            return review_preconditions.involved_in_outcome(facts, then, outcome)
    raise Refused(Refusal.WAITS_NO_MORE)


def _review(
    context: ActContext,
    request: OutsideRequest,
    subject: OutsideRequestSubject,
    result: Result,
    note: str | None,
) -> None:
    """By the rule of the confirmer's desk, dated as what is claimed or was observed."""
    item = context.session.get_one(Item, subject.item_id)
    if subject.claim_id is not None:
        claim_row = context.session.get_one(Claim, subject.claim_id)
        recording = context.record(f"claim_{result}", item, context.day_of(claim_row))
    else:
        outcome_row = context.session.get_one(Outcome, subject.outcome_id)
        recording = context.record(f"outcome_{result}", item, context.day_of(outcome_row))
    with recording as act:
        facts = context.facts(item)
        for claim in facts.claims:
            if claim.id == subject.claim_id:
                review_preconditions.review(
                    facts, None, claim, result, By.FROM_OUTSIDE, context.actor_id
                )
        for outcome in facts.outcomes:
            if outcome.id == subject.outcome_id:
                review_preconditions.review_outcome(
                    facts, outcome, result, By.FROM_OUTSIDE, context.actor_id
                )
        act.add(
            Review(
                item_id=item.id,
                claim_id=subject.claim_id,
                outcome_id=subject.outcome_id,
                result=result,
                by=By.FROM_OUTSIDE,
                reason=note,
                outside_request_id=request.id,
                outside_role=request.role,
                outside_organisation=request.organisation,
            )
        )
