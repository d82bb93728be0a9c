"""What asking somebody from outside, taking it back and the answer write; and who may do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from tracker.acts import outside_requests, reviews
from tracker.acts.act_context import ActContext
from tracker.acts.outside_requests import NewAnswer, WhoIsAsked
from tracker.record.outside_requests import (
    OutsideAnswer,
    OutsideRequest,
    OutsideRequestSubject,
)
from tracker.record.progress import Review
from tracker.rules import permissions
from tracker.rules.codes import By, OutsideDecision, Result, Role
from tracker.rules.permissions import Actor
from tracker.rules.refusals import Refusal

from .staffed_body import StaffedBody, not_allowed, refused, report_done

WHO = WhoIsAsked(name="R. Fjelstad", role="a hygienist", organisation="Lakeshore")


def ask(office: StaffedBody, *claims: int, person: int = 3) -> OutsideRequest:
    return outside_requests.ask(office.context(Role.GOVERNANCE, person), WHO, claims)


def from_outside(office: StaffedBody, days: int = 1) -> ActContext:
    now = office.all.now + timedelta(days=days)
    return replace(office.all, actor=permissions.FROM_OUTSIDE, now=now)


def answers(
    office: StaffedBody, request: OutsideRequest, decision: OutsideDecision, reason: str | None
) -> list[NewAnswer]:
    keys = office.session.scalars(
        sa.select(OutsideRequestSubject.id)
        .where(OutsideRequestSubject.outside_request_id == request.id)
        .order_by(OutsideRequestSubject.id)
    )
    return [NewAnswer(subject_id=key, decision=decision, reason=reason) for key in keys]


def test_only_governance_asks_and_takes_back(office: StaffedBody) -> None:
    claim = report_done(office)
    for role in set(Role) - {Role.GOVERNANCE}:
        not_allowed(outside_requests.ask, office.context(role, 3, office.research), WHO, [claim])
    request = ask(office, claim)
    for role in set(Role) - {Role.GOVERNANCE}:
        not_allowed(outside_requests.revoke, office.context(role, 3, office.research), request)
    assert request.expires_on == office.all.today + timedelta(days=30)


def test_what_does_not_wait_is_not_asked(office: StaffedBody) -> None:
    claim, context = report_done(office), office.context(Role.GOVERNANCE, 3)
    refused(Refusal.NEEDS_SOMETHING_TO_ASK, outside_requests.ask, context, WHO)
    refused(Refusal.NOT_THERE, outside_requests.ask, context, WHO, [claim + 999])
    reviews.review(office.context(Role.CONFIRMER, 7), office.item, claim, Result.CONFIRMED)
    refused(Refusal.WAITS_NO_MORE, outside_requests.ask, context, WHO, [claim])


def test_a_confirmation_from_outside(office: StaffedBody) -> None:
    """Of a packet of two items, in one transaction, each dated as its act."""
    other = office.player.items[2]
    claims = [report_done(office), report_done(office, other, days=1)]
    request = outside_requests.ask(office.context(Role.GOVERNANCE, 3, days=1), WHO, claims)
    said = answers(office, request, OutsideDecision.CONFIRMED, "I counted them.")
    for role in Role:
        not_allowed(
            outside_requests.answer, office.context(role, 7, office.research), request, said
        )
    outside_requests.answer(from_outside(office), request, said)
    rows = office.session.scalars(
        sa.select(Review).where(Review.claim_id.in_(claims)).order_by(Review.claim_id)
    ).all()
    assert [(row.result, row.by) for row in rows] == [(Result.CONFIRMED, By.FROM_OUTSIDE)] * 2
    assert {row.outside_request_id for row in rows} == {request.id}
    assert {(row.outside_role, row.outside_organisation) for row in rows} == {
        (request.role, request.organisation)
    }
    assert [office.event(row).effective_on for row in rows] == [
        office.all.today,
        office.all.today + timedelta(days=1),
    ]
    refused(Refusal.LINK_IS_OVER, outside_requests.answer, from_outside(office), request, said)
    refused(
        Refusal.LINK_IS_OVER,
        outside_requests.revoke,
        office.context(Role.GOVERNANCE, 3, days=2),
        request,
    )


def test_i_cannot_say_decides_nothing(office: StaffedBody) -> None:
    claim = report_done(office)
    request = ask(office, claim)
    said = answers(office, request, OutsideDecision.CANNOT_SAY, None)
    outside_requests.answer(from_outside(office), request, said)
    assert office.session.scalar(sa.select(Review.id).where(Review.claim_id == claim)) is None
    kept = office.session.scalars(sa.select(OutsideAnswer)).all()
    assert [row.decision for row in kept] == [OutsideDecision.CANNOT_SAY]
    reviews.review(office.context(Role.CONFIRMER, 7, days=2), office.item, claim, Result.CONFIRMED)


def test_who_made_the_link_counts_as_who_released(office: StaffedBody) -> None:
    """Until it is taken back; and those with a part in it do not answer by the link either."""
    claim = report_done(office)
    request = ask(office, claim, person=7)
    maker = office.context(Role.CONFIRMER, 7, days=1)
    refused(Refusal.NOT_YOUR_OWN, reviews.review, maker, office.item, claim, Result.CONFIRMED)
    said = answers(office, request, OutsideDecision.CONFIRMED, None)
    without_roles = Actor(office.player.people[7])
    refused(
        Refusal.NOT_YOUR_OWN,
        outside_requests.answer,
        from_outside(office),
        request,
        said,
        without_roles,
    )
    refused(
        Refusal.NOT_FROM_OUTSIDE,
        outside_requests.answer,
        from_outside(office),
        request,
        said,
        office.context(Role.AUDITOR, 8).actor,
    )
    outside_requests.revoke(office.context(Role.GOVERNANCE, 3, days=1), request)
    refused(Refusal.LINK_IS_OVER, outside_requests.answer, from_outside(office), request, said)
    reviews.review(maker, office.item, claim, Result.CONFIRMED)


def test_an_answer_is_whole_or_nothing(office: StaffedBody) -> None:
    claims = [report_done(office), report_done(office, office.player.items[2])]
    request = ask(office, *claims)
    said = answers(office, request, OutsideDecision.CONFIRMED, None)
    reviews.review(office.context(Role.CONFIRMER, 7), office.item, claims[0], Result.CONFIRMED)
    refused(Refusal.WAITS_NO_MORE, outside_requests.answer, from_outside(office), request, said)
    first, second = said
    without_reason = replace(second, decision=OutsideDecision.RETURNED)
    refused(
        Refusal.NEEDS_A_REASON,
        outside_requests.answer,
        from_outside(office),
        request,
        [without_reason],
    )
    refused(
        Refusal.NOT_THERE, outside_requests.answer, from_outside(office), request, [second, second]
    )
    refused(
        Refusal.LINK_IS_OVER, outside_requests.answer, from_outside(office, 31), request, [second]
    )
    outside_requests.answer(from_outside(office, 30), request, [second])
    assert office.session.scalars(sa.select(OutsideAnswer.subject_id)).all() == [second.subject_id]
    assert first.subject_id != second.subject_id
