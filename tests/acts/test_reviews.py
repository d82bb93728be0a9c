"""What confirmations, meetings and reviews of outcomes write beyond their rules."""

from __future__ import annotations

from tracker.acts import meetings, outcomes, reviews
from tracker.record import ledger_tables
from tracker.rules.codes import Level, Result, Role
from tracker.rules.refusals import Refusal

from .staffed_body import FILE, PAGE, StaffedBody, not_allowed, refused, report_done


def test_a_review_needs_its_reason_and_its_role(office: StaffedBody) -> None:
    claim, confirmer = report_done(office), office.context(Role.CONFIRMER, 7)
    refused(Refusal.NEEDS_A_REASON, reviews.review, confirmer, office.item, claim, Result.RETURNED)
    for role in (Role.GOVERNANCE, Role.AUDITOR, Role.ADMINISTRATOR):
        not_allowed(reviews.review, office.context(role, 7), office.item, claim, Result.CONFIRMED)
    reviews.review(confirmer, office.item, claim, Result.CONFIRMED)
    refused(
        Refusal.NEEDS_A_REASON, reviews.review, confirmer, office.item, claim, Result.REOPENED, " "
    )
    not_allowed(
        reviews.review,
        office.context(Role.STAFF, 7, office.research),
        office.item,
        claim,
        Result.REOPENED,
        "it broke",
    )
    reviews.review(
        office.context(Role.GOVERNANCE, 8), office.item, claim, Result.REOPENED, "it broke"
    )


def test_two_confirmers_at_one_claim(office: StaffedBody) -> None:
    claim = report_done(office)
    seen = office.session.get_one(
        ledger_tables.Head, office.all.body_id, populate_existing=True
    ).event_id
    reviews.review(
        office.context(Role.CONFIRMER, 7, seen=seen), office.item, claim, Result.CONFIRMED
    )
    refused(
        Refusal.CHANGED_MEANWHILE,
        reviews.review,
        office.context(Role.CONFIRMER, 8, seen=seen),
        office.item,
        claim,
        Result.RETURNED,
        "no",
    )


def test_only_the_office_records_what_a_meeting_confirmed(office: StaffedBody) -> None:
    decision = meetings.ClaimDecision(claim_id=report_done(office), result=Result.CONFIRMED)
    for role in (Role.CONFIRMER, Role.STAFF, Role.READER):
        context = office.context(role, 7, office.research)
        met = meetings.NewMeeting(name="the Board", met_on=context.today, words="Point 3")
        not_allowed(meetings.decide_by_meeting, context, met, [decision])


def test_an_outcome_needs_words_its_tie_and_a_second_person(office: StaffedBody) -> None:
    context, confirmer = office.context(Role.GOVERNANCE, 1), office.context(Role.CONFIRMER, 7)
    refused(
        Refusal.NEEDS_THE_TIE,
        outcomes.state,
        context,
        office.item,
        Level.CHANGE_FOLLOWED,
        "fewer",
        context.today,
    )
    refused(
        Refusal.NEEDS_WORDS,
        outcomes.state,
        context,
        office.item,
        Level.OUTPUT_ONLY,
        " ",
        context.today,
    )
    outcome = outcomes.state(
        context,
        office.item,
        Level.CHANGE_FOLLOWED,
        "fewer",
        context.today,
        "a count before and after",
        [PAGE, FILE],
    )
    refused(Refusal.NOT_YOUR_OWN, outcomes.release, context, office.item, outcome)
    refused(
        Refusal.NOT_RELEASED,
        reviews.review_outcome,
        confirmer,
        office.item,
        outcome,
        Result.CONFIRMED,
    )
    outcomes.release(office.context(Role.GOVERNANCE, 5), office.item, outcome)
    refused(
        Refusal.ALREADY_RELEASED,
        outcomes.release,
        office.context(Role.GOVERNANCE, 5),
        office.item,
        outcome,
    )
    refused(
        Refusal.NEEDS_A_REASON,
        reviews.review_outcome,
        confirmer,
        office.item,
        outcome,
        Result.RETURNED,
    )
    not_allowed(
        reviews.review_outcome,
        office.context(Role.GOVERNANCE, 8),
        office.item,
        outcome,
        Result.CONFIRMED,
    )
    reviews.review_outcome(confirmer, office.item, outcome, Result.RETURNED, reason="which count?")
    refused(
        Refusal.NOT_FROM_THERE,
        reviews.review_outcome,
        confirmer,
        office.item,
        outcome,
        Result.CONFIRMED,
    )
