"""What a meeting decided: all of it or nothing, each with its day, its proof and its event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tracker.acts import floor, items, meetings, outcomes, reviews
from tracker.acts.act_context import ActContext
from tracker.acts.meetings import (
    ClaimDecision,
    MeetingDecision,
    MeetingRefused,
    MinutesFile,
    NewMeeting,
    OutcomeDecision,
    ReferralAnswer,
)
from tracker.record import ledger_tables
from tracker.record.items import Item, ReferralDecision
from tracker.record.meetings import Meeting
from tracker.record.progress import Review
from tracker.rules.codes import By, Decision, Floor, Level, Purpose, Result, Role
from tracker.rules.refusals import Refusal

from .staffed_body import SHA, StaffedBody, not_allowed, refused, report_done


def of_board(context: ActContext, **more: Any) -> NewMeeting:
    values: dict[str, Any] = {"name": "the Board", "met_on": context.today, "words": "page 3"}
    return NewMeeting(**values | more)


def events(office: StaffedBody) -> int:
    return office.session.scalar(sa.select(sa.func.count(ledger_tables.Event.id))) or 0


def newest_event(office: StaffedBody) -> int:
    return office.session.get_one(
        ledger_tables.Head, office.all.body_id, populate_existing=True
    ).event_id


def refused_rows(
    context: ActContext, meeting: NewMeeting, decisions: Sequence[MeetingDecision]
) -> dict[tuple[str, int], Refusal]:
    with pytest.raises(MeetingRefused) as no:
        meetings.decide_by_meeting(context, meeting, decisions)
    return {tuple(key): code for key, code in no.value.codes.items()}


def released_outcome(office: StaffedBody) -> int:
    context = office.context(Role.GOVERNANCE, 1)
    outcome = outcomes.state(
        context, office.item, Level.OUTPUT_ONLY, "1,000 copies.", context.today
    )
    outcomes.release(office.context(Role.GOVERNANCE, 5), office.item, outcome)
    return outcome.id


def refer(
    office: StaffedBody, item: Item, unit: int | None, purpose: Purpose = Purpose.DECISION
) -> None:
    context = office.context(Role.GOVERNANCE)
    floor.record_floor_action(
        context, item, Floor.REFERRED, context.today, None, None, floor.Referral(unit, purpose)
    )


def test_claims_outcomes_and_referrals_in_one(office: StaffedBody) -> None:
    """One event for the meeting, one for each item, kind and day; a confirmation is dated as the
    act that it concerns, a decision on a referral as the meeting.
    """
    other, referred = office.player.items[2], office.player.items[3]
    claims = [report_done(office), report_done(office, other), report_done(office, other, days=1)]
    outcome = released_outcome(office)
    refer(office, referred, office.committee)
    context = office.context(Role.GOVERNANCE, days=5)
    before = events(office)
    meeting = meetings.decide_by_meeting(
        context,
        of_board(context, unit_id=office.committee, url="https://minutes.example/5"),
        [
            ClaimDecision(claim_id=claims[0], result=Result.CONFIRMED, words="4.1"),
            ClaimDecision(claim_id=claims[2], result=Result.RETURNED, words="4.2: 41 of 60"),
            OutcomeDecision(outcome_id=outcome, result=Result.CONFIRMED),
            ReferralAnswer(item_id=referred.id, decision=Decision.DECLINED, reason="No money."),
        ],
    )
    assert events(office) == before + 5
    rows = office.session.scalars(
        sa.select(Review).where(Review.meeting_id == meeting.id).order_by(Review.id)
    ).all()
    assert {(row.claim_id, row.outcome_id, row.result) for row in rows} == {
        (claims[0], None, Result.CONFIRMED),
        (None, outcome, Result.CONFIRMED),
        (claims[2], None, Result.RETURNED),
    }
    assert {(row.by, row.met_on, row.meeting) for row in rows} == {
        (By.MEETING, context.today, "the Board")
    }
    by_claim = {row.claim_id: row for row in rows}
    assert by_claim[claims[0]].minutes and not by_claim[claims[0]].reason
    assert by_claim[claims[2]].reason and not by_claim[claims[2]].minutes
    assert office.event(by_claim[claims[0]]).effective_on == office.all.today
    assert office.event(by_claim[claims[2]]).effective_on == office.all.today + timedelta(days=1)
    decision = office.session.scalars(
        sa.select(ReferralDecision).where(ReferralDecision.meeting_id == meeting.id)
    ).one()
    assert (decision.decision, decision.unit_id) == (Decision.DECLINED, office.committee)
    assert office.event(decision).effective_on == context.today
    facts = context.facts(office.item)
    assert facts.review(claim=claims[0]) is not None


def test_only_the_office_and_only_what_is_complete(office: StaffedBody) -> None:
    claim, context = report_done(office), office.context(Role.GOVERNANCE, days=5)
    decisions, before = meetings.confirmed([claim]), events(office)
    for role in (Role.CONFIRMER, Role.STAFF, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR):
        unit = office.research if role in (Role.STAFF, Role.MANAGER) else None
        not_allowed(
            meetings.decide_by_meeting,
            office.context(role, 7, unit, days=5),
            of_board(context),
            decisions,
        )
    for meeting, code in (
        (of_board(context, met_on=context.today + timedelta(days=1)), "DATED_AFTER_RECORDING"),
        (of_board(context, words=" "), "NEEDS_MINUTES"),
        (of_board(context, name=" "), "NEEDS_A_NAME"),
    ):
        refused(Refusal[code], meetings.decide_by_meeting, context, meeting, decisions)
    refused(Refusal.NOTHING_DECIDED, meetings.decide_by_meeting, context, of_board(context), [])
    assert events(office) == before


def test_one_row_that_cannot_be_recorded_keeps_all_back(office: StaffedBody) -> None:
    """Decided by somebody else meanwhile, without a reason, of another body: each row says why."""
    other = office.player.items[2]
    first, second = report_done(office), report_done(office, other)
    outcome = released_outcome(office)
    seen = newest_event(office)
    reviews.review(office.context(Role.CONFIRMER, 7), office.item, first, Result.CONFIRMED)
    before = events(office)
    context = office.context(Role.GOVERNANCE, days=1, seen=seen)
    decisions: list[MeetingDecision] = [
        ClaimDecision(claim_id=first, result=Result.RETURNED, words="no"),
        ClaimDecision(claim_id=second, result=Result.RETURNED, words=" "),
        OutcomeDecision(outcome_id=outcome, result=Result.CONFIRMED),
        OutcomeDecision(outcome_id=10**9, result=Result.CONFIRMED),
        ReferralAnswer(item_id=office.item.id, decision=Decision.ACCEPTED),
    ]
    assert refused_rows(context, of_board(context, unit_id=office.committee), decisions) == {
        ("claim", first): Refusal.CHANGED_MEANWHILE,
        ("claim", second): Refusal.NEEDS_A_REASON,
        ("outcome", 10**9): Refusal.NOT_THERE,
        ("referral", office.item.id): Refusal.NOT_REFERRED,
    }
    assert events(office) == before
    assert not office.session.scalar(sa.select(Meeting.id).where(Meeting.name == "the Board"))


def test_part_of_a_referral(office: StaffedBody) -> None:
    """Some clauses are accepted, the others declined; what was reported back is a claim of done."""
    context, item = office.context(Role.GOVERNANCE), office.player.items[3]
    items.enter_clauses(context, item, ["Ask.", "Tell.", "Print."])
    refer(office, item, office.committee)
    clauses = [clause.id for clause in context.facts(item).clauses]
    meeting = of_board(context, unit_id=office.committee)

    def answer(**more: Any) -> list[MeetingDecision]:
        values: dict[str, Any] = {"item_id": item.id, "decision": Decision.ACCEPTED_IN_PART}
        return [ReferralAnswer(**values | {"reason": "Two of three."} | more)]

    key = ("referral", item.id)
    assert refused_rows(context, meeting, answer()) == {key: Refusal.NEEDS_THE_PARTS}
    assert refused_rows(context, meeting, answer(accepted=(10**9,))) == {
        key: Refusal.NO_SUCH_CLAUSE
    }
    assert refused_rows(context, meeting, answer(reason=None)) == {key: Refusal.NEEDS_A_REASON}
    assert refused_rows(context, of_board(context), answer(accepted=clauses[:1])) == {
        key: Refusal.NOT_REFERRED
    }
    meetings.decide_by_meeting(context, meeting, answer(accepted=tuple(clauses[:2])))
    assert [(fact.clause_id, fact.decision) for fact in context.facts(item).decisions] == [
        (clauses[0], Decision.ACCEPTED),
        (clauses[1], Decision.ACCEPTED),
        (clauses[2], Decision.DECLINED),
    ]


def test_a_report_that_was_asked_for_is_done(office: StaffedBody) -> None:
    context, item = office.context(Role.GOVERNANCE), office.player.items[3]
    refer(office, item, office.committee, Purpose.REPORT)
    meetings.decide_by_meeting(
        context,
        of_board(context, unit_id=office.committee),
        [ReferralAnswer(item_id=item.id, decision=Decision.REPORTED_BACK, reason="See the book.")],
    )
    facts = context.facts(item)
    assert [claim.claimed for claim in facts.claims] and facts.decisions[0].meeting_id


def test_minutes_are_a_file_with_a_copy_for_the_public(office: StaffedBody) -> None:
    context = office.context(Role.GOVERNANCE, days=5)
    file = MinutesFile(name="m.pdf", sha256=SHA, media_type="application/pdf", size=9)
    meeting = meetings.decide_by_meeting(
        context,
        of_board(context, words=None, file=file, open=True),
        meetings.confirmed([report_done(office)]),
    )
    assert (meeting.sha256, meeting.open, meeting.url, meeting.words) == (SHA, True, None, None)
