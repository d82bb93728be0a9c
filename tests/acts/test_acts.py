"""What each act writes beyond its rule.

Who it was, of which day, which evidence is opened, what is asked of whom.
6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import records
from tests.record.player import Player
from tracker.acts import (
    assignments,
    bodies,
    conventions,
    floor,
    items,
    money,
    outcomes,
    people,
    progress,
    reviews,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.acts.evidence import Opening
from tracker.acts.money import NewEstimate, NewExpense
from tracker.acts.progress import NewEntry
from tracker.record import ledger_tables
from tracker.record.conventions import FollowThrough
from tracker.record.items import FloorAction, Item, ReferralDecision, Version
from tracker.record.money import Estimate, Expense
from tracker.record.people import RoleHeld
from tracker.record.progress import Claim, Entry, Evidence, OpenedEvidence, Review
from tracker.rules.codes import (
    Basis,
    Claimed,
    Decision,
    Floor,
    Level,
    MoneySaid,
    Part,
    Purpose,
    Result,
    Role,
    Stage,
    WithheldFor,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant, NotAllowed
from tracker.rules.refusals import Refusal, Refused

SHA, COPY = "ab" * 32, "cd" * 32
FILE = records.new_file(sha256=SHA, internal=True)
PAGE = records.new_link()


class Office:
    """A union with two units; people of one role each."""

    def __init__(self, session: Session) -> None:
        self.session, player = session, Player.begin(session)
        self.player, self.item, self.convention = player, player.items[0], player.conventions[0]
        self.research, self.committee = player.units
        self.all = player.context

    def context(
        self, role: Role, number: int = 1, unit: int | None = None, days: int = 0, **more: Any
    ) -> ActContext:
        now = self.all.now + timedelta(days=days)
        return replace(
            self.all,
            actor=Actor(self.player.people[number], frozenset({Grant(role, unit)})),
            now=now,
            **more,
        )

    def clause(self, item: Item | None = None) -> int:
        return self.all.facts(item or self.item)[0].clauses[0].id

    def lead(self, person: int | None = None, unit: int | None = None) -> None:
        assignments.assign(
            self.context(Role.GOVERNANCE, 9),
            self.item,
            Part.LEAD,
            unit or self.research,
            self.player.people[person] if person else None,
        )

    def log(
        self, context: ActContext, claimed: Claimed | None = Claimed.PROGRESS, **more: Any
    ) -> Entry:
        return progress.log(
            context,
            self.item,
            NewEntry(
                words="words",
                on=context.today,
                claims=[
                    NewClaim(
                        clause_id=self.clause(),
                        claimed=claimed,
                        reason="why",
                        money=MoneySaid.NOT_KNOWN_YET,
                    )
                ],
                **more,
            ),
        )

    def event(self, fact: ledger_tables.FactTable) -> ledger_tables.Event:
        return self.session.get_one(ledger_tables.Event, fact.recorded_by)


@pytest.fixture
def office(engine: sa.Engine) -> Iterator[Office]:
    with Session(engine) as session:
        yield Office(session)


def refused(code: Refusal, act: Any, *args: Any, **more: Any) -> None:
    with pytest.raises(Refused) as no:
        act(*args, **more)
    assert no.value.code is code


def not_allowed(act: Any, *args: Any, **more: Any) -> None:
    with pytest.raises(NotAllowed):
        act(*args, **more)


def test_recorded_by_the_office(office: Office) -> None:
    """Governance may log for anybody, which is shown; a unit's own people are not the office."""
    office.lead()
    assert office.log(office.context(Role.GOVERNANCE)).by_office
    assert not office.log(office.context(Role.STAFF, 2, office.research)).by_office
    assert not office.log(office.context(Role.MANAGER, 3, office.research)).by_office
    assert not office.log(office.context(Role.GOVERNANCE, importing=True)).by_office


def test_only_whose_work_it_is_logs(office: Office) -> None:
    not_allowed(office.log, office.context(Role.STAFF, 2, office.research))
    office.lead(person=2)
    office.log(office.context(Role.STAFF, 2, office.research))
    not_allowed(office.log, office.context(Role.STAFF, 3, office.research))
    office.log(office.context(Role.MANAGER, 3, office.research))
    not_allowed(office.log, office.context(Role.MANAGER, 3, office.committee))
    for role in (Role.AUDITOR, Role.READER, Role.CONFIRMER, Role.ADMINISTRATOR):
        not_allowed(office.log, office.context(role))


def test_whose_role_has_ended_releases_nothing(office: Office) -> None:
    """That leads may release their own does not outlive their part in it."""
    office.lead()
    bodies.set_setting(office.context(Role.ADMINISTRATOR), "leads_release", "yes")
    entry = office.log(office.context(Role.STAFF, 2, office.research))
    office.lead(unit=office.committee)
    not_allowed(
        progress.release, office.context(Role.STAFF, 2, office.research), office.item, entry
    )
    not_allowed(
        progress.withdraw, office.context(Role.STAFF, 2, office.research), office.item, entry
    )


def test_an_entry_needs_words(office: Office) -> None:
    refused(
        Refusal.NEEDS_WORDS,
        progress.log,
        office.context(Role.GOVERNANCE),
        office.item,
        NewEntry(words="  ", on=office.all.today),
    )


def test_an_entry_of_no_clause_is_of_all(office: Office) -> None:
    item = office.player.items[1]  # of two clauses
    entry = progress.log(
        office.context(Role.GOVERNANCE), item, NewEntry(words="words", on=office.all.today)
    )
    facts = office.all.facts(item)[0]
    assert [
        (claim.clause_id, claim.claimed) for claim in facts.claims if claim.entry_id == entry.id
    ] == [(clause.id, None) for clause in facts.clauses]


def test_whose_entry_is_corrected(office: Office) -> None:
    """Their own, or what a list brought once it is released; the unit's manager and the office any
    that is released.
    """
    office.lead()
    own, listed = (
        office.log(office.context(Role.STAFF, 2, office.research)),
        office.log(office.context(Role.GOVERNANCE, 3, importing=True)),
    )
    refused(
        Refusal.NOT_RELEASED,
        office.log,
        office.context(Role.STAFF, 2, office.research),
        corrects=listed.id,
    )
    refused(
        Refusal.NOT_RELEASED,
        office.log,
        office.context(Role.MANAGER, 5, office.research),
        corrects=own.id,
    )
    for entry in (own, listed):
        progress.release(office.context(Role.GOVERNANCE, 6), office.item, entry)
    for entry in (own, listed):
        office.log(office.context(Role.STAFF, 2, office.research), corrects=entry.id)
    refused(
        Refusal.NOT_YOUR_OWN_ENTRY,
        office.log,
        office.context(Role.STAFF, 4, office.research),
        corrects=own.id,
    )
    office.log(office.context(Role.MANAGER, 5, office.research), corrects=own.id)
    office.log(office.context(Role.GOVERNANCE, 5), corrects=own.id)


def test_money_comes_with_the_claim(office: Office) -> None:
    """Each expense is dated by its own day; an event for each date."""
    context = office.context(Role.GOVERNANCE, days=3)
    saying = NewClaim(
        clause_id=office.clause(), claimed=Claimed.DONE, reason=None, money=MoneySaid.AMOUNT
    )
    refused(
        Refusal.NEEDS_THE_AMOUNT,
        progress.log,
        context,
        office.item,
        NewEntry(words="done", on=context.today, claims=[saying], evidence=[PAGE]),
    )
    spent = [
        NewExpense(amount=Decimal("10.00"), on=context.today),
        NewExpense(
            amount=Decimal("2.50"),
            on=context.today - timedelta(days=2),
            category="post",
            payee="A. Payee",
            note="stamps",
        ),
    ]
    entry = progress.log(
        context,
        office.item,
        NewEntry(words="done", on=context.today, claims=[saying], evidence=[PAGE], expenses=spent),
    )
    expenses = list(
        office.session.scalars(
            sa.select(Expense).where(Expense.entry_id == entry.id).order_by(Expense.id)
        )
    )
    assert [(expense.amount, office.event(expense).effective_on) for expense in expenses] == [
        (Decimal("10.00"), context.today),
        (Decimal("2.50"), context.today - timedelta(days=2)),
    ]
    refused(
        Refusal.DATED_AFTER_RECORDING,
        money.spend,
        context,
        office.item,
        NewExpense(amount=Decimal(1), on=context.today + timedelta(days=1)),
    )


def test_a_cent_has_no_parts(office: Office) -> None:
    with pytest.raises((ValueError, sa.exc.StatementError), match="fractions of a cent"):
        money.spend(
            office.context(Role.GOVERNANCE),
            office.item,
            NewExpense(amount=Decimal("0.001"), on=office.all.today),
        )


def test_no_cost_is_an_amount(office: Office) -> None:
    estimate = money.estimate(
        office.context(Role.GOVERNANCE),
        office.item,
        NewEstimate(sentence="No additional cost.", basis=Basis.NONE),
    )
    assert office.session.get_one(Estimate, estimate.id, populate_existing=True).amount == Decimal(
        "0.00"
    )


def test_the_currency_is_settled_with_the_first_amount(office: Office) -> None:
    bodies.set_setting(office.context(Role.ADMINISTRATOR), "currency", "EUR")
    money.spend(
        office.context(Role.GOVERNANCE),
        office.item,
        NewExpense(amount=Decimal("1.00"), on=office.all.today),
    )
    refused(
        Refusal.MONEY_IS_RECORDED,
        bodies.set_setting,
        office.context(Role.ADMINISTRATOR),
        "currency",
        "USD",
    )
    refused(
        Refusal.NOT_A_SETTING,
        bodies.set_setting,
        office.context(Role.ADMINISTRATOR),
        "time_zone",
        "Boston",
    )


def opened(office: Office, entry: Entry) -> dict[str, str | None]:
    rows = (
        sa.select(Evidence.kind, OpenedEvidence.public_sha256)
        .join(OpenedEvidence, OpenedEvidence.evidence_id == Evidence.id)
        .where(Evidence.entry_id == entry.id)
    )
    return {kind.value: copy for kind, copy in office.session.execute(rows)}


def test_release_settles_who_opens_the_evidence(office: Office) -> None:
    """Files are internal unless their author, or whoever releases it, opens them; both hashes of an
    image are kept.
    """
    manager = office.context(Role.GOVERNANCE, 5)
    as_asked, all_, none = (
        office.log(office.context(Role.GOVERNANCE), Claimed.DONE, evidence=[FILE, PAGE])
        for _ in range(3)
    )
    progress.release(manager, office.item, as_asked)
    assert opened(office, as_asked) == {"link": None}
    progress.release(manager, office.item, all_, Opening([], {SHA: COPY}))
    assert opened(office, all_) == {"link": None, "file": COPY}
    inside = list(
        office.session.scalars(sa.select(Evidence.id).where(Evidence.entry_id == none.id))
    )
    progress.release(manager, office.item, none, Opening(inside))
    assert opened(office, none) == {}


def test_sending_back_needs_a_reason(office: Office) -> None:
    entry = office.log(office.context(Role.GOVERNANCE))
    refused(
        Refusal.NEEDS_A_REASON,
        progress.send_back,
        office.context(Role.GOVERNANCE, 5),
        office.item,
        entry,
        " ",
    )
    progress.send_back(office.context(Role.GOVERNANCE, 5), office.item, entry, "which school?")


def done(office: Office, item: Item | None = None, days: int = 0) -> int:
    """A released claim of done."""
    item, context = item or office.item, office.context(Role.GOVERNANCE, days=days)
    entry = progress.log(
        context,
        item,
        NewEntry(
            words="done",
            on=context.today,
            claims=[
                NewClaim(
                    clause_id=office.clause(item),
                    claimed=Claimed.DONE,
                    money=MoneySaid.NOT_KNOWN_YET,
                )
            ],
            evidence=[PAGE],
        ),
    )
    progress.release(replace(context, actor=office.context(Role.GOVERNANCE, 5).actor), item, entry)
    return office.session.scalars(sa.select(Claim.id).where(Claim.entry_id == entry.id)).one()


def test_a_review_needs_its_reason_and_its_role(office: Office) -> None:
    claim, confirmer = done(office), office.context(Role.CONFIRMER, 7)
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


def test_two_confirmers_at_one_claim(office: Office) -> None:
    claim = done(office)
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


def test_a_meeting_confirms_many(office: Office) -> None:
    """One event for each item and date of act; its date and minutes are kept; only the office
    records it.
    """
    other = office.player.items[2]
    claims = [done(office), done(office, other), done(office, other, days=1)]
    context = office.context(Role.GOVERNANCE, days=5)
    not_allowed(
        reviews.confirm_by_meeting,
        office.context(Role.CONFIRMER, 7, days=5),
        claims[:2],
        context.today,
        "the Board",
        "minutes",
    )
    refused(
        Refusal.DATED_AFTER_RECORDING,
        reviews.confirm_by_meeting,
        context,
        claims[:2],
        context.today + timedelta(days=1),
        "the Board",
        "minutes",
    )
    reviews.confirm_by_meeting(
        context, [claims[0], claims[2]], context.today, "the Board", "minutes, page 3"
    )
    recorded_reviews = list(
        office.session.scalars(
            sa.select(Review).where(Review.claim_id.in_(claims)).order_by(Review.claim_id)
        )
    )
    assert {(review.met_on, review.meeting) for review in recorded_reviews} == {
        (context.today, "the Board")
    }
    assert [office.event(review).effective_on for review in recorded_reviews] == [
        office.all.today,
        office.all.today + timedelta(days=1),
    ]


def test_nobody_passes_for_a_meeting(office: Office) -> None:
    from tracker.rules.codes import By

    claim = done(office)
    for role in (Role.CONFIRMER, Role.STAFF, Role.READER):
        not_allowed(
            reviews.review,
            office.context(role, 7, office.research),
            office.item,
            claim,
            Result.CONFIRMED,
            by=By.MEETING,
        )


def test_an_outcome(office: Office) -> None:
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


def test_a_report_that_was_asked_for(office: Office) -> None:
    """Its evidence is the report, open to all; where an estimate asks for money it answers "not
    known yet".
    """
    item = office.player.items[2]  # referred
    context = office.context(Role.GOVERNANCE)
    money.estimate(
        context, item, NewEstimate(sentence="$9", basis=Basis.ADDITIONAL, amount=Decimal("9.00"))
    )
    floor.record_floor_action(
        context,
        item,
        Floor.REFERRED,
        context.today,
        2,
        None,
        floor.Referral(office.committee, Purpose.REPORT),
    )
    floor.decide(
        context, item, Decision.REPORTED_BACK, office.committee, context.today, "Our report."
    )
    claim = office.session.scalars(sa.select(Claim).where(Claim.item_id == item.id)).one()
    assert (claim.claimed, claim.money) == (Claimed.DONE, MoneySaid.NOT_KNOWN_YET)
    assert opened(office, office.session.get_one(Entry, claim.entry_id)) == {"row": None}


def test_assigning_inside_the_unit(office: Office) -> None:
    """A manager inside the unit, governance anywhere: a manager takes no lead away, and gives none
    away.
    """
    manager, item, both = (
        office.context(Role.MANAGER, 3, office.research),
        office.item,
        (office.research, office.committee),
    )
    # nobody's yet: inside no unit
    not_allowed(assignments.assign, manager, item, Part.LEAD, office.research)
    office.lead()
    assignments.assign(manager, item, Part.LEAD, office.research, office.player.people[2])
    assignments.assign(manager, item, Part.CONTRIBUTOR, office.research, office.player.people[4])
    not_allowed(assignments.assign, manager, item, Part.LEAD, office.committee)
    assignments.assign(office.context(Role.GOVERNANCE), item, Part.CONTRIBUTOR, office.committee)
    other = office.context(Role.MANAGER, 6, office.committee)
    not_allowed(assignments.assign, other, item, Part.LEAD, office.committee)
    not_allowed(assignments.unassign, other, item, Part.LEAD)
    for unit in both:
        not_allowed(
            assignments.assign,
            office.context(Role.STAFF, 2, office.research),
            item,
            Part.LEAD,
            unit,
        )
    assignments.unassign(manager, item, Part.LEAD)
    assert office.all.facts(item)[0].assignments[-1].part is Part.CONTRIBUTOR


def test_two_people_assign_at_once(office: Office) -> None:
    seen = office.session.get_one(
        ledger_tables.Head, office.all.body_id, populate_existing=True
    ).event_id
    office.lead()
    refused(
        Refusal.CHANGED_MEANWHILE,
        assignments.assign,
        office.context(Role.GOVERNANCE, seen=seen),
        office.item,
        Part.LEAD,
        office.committee,
    )
    # another field
    assignments.assign(
        office.context(Role.GOVERNANCE, seen=seen), office.item, Part.CONTRIBUTOR, office.committee
    )


def test_withholding_each_kind(office: Office) -> None:
    context = office.context(Role.GOVERNANCE)
    claim = office.session.get_one(Claim, done(office))
    entry = office.session.get_one(Entry, claim.entry_id)
    shown = office.session.scalars(sa.select(Evidence).where(Evidence.entry_id == entry.id)).one()
    waiting = office.log(context, evidence=[PAGE])
    not_yet = office.session.scalars(
        sa.select(Evidence).where(Evidence.entry_id == waiting.id)
    ).one()
    refused(
        Refusal.NOT_RELEASED, withholding.withhold, context, office.item, not_yet, WithheldFor.LEGAL
    )
    for what in (entry, shown):
        not_allowed(
            withholding.withhold,
            office.context(Role.ADMINISTRATOR),
            office.item,
            what,
            WithheldFor.LEGAL,
        )
        withholding.withhold(context, office.item, what, WithheldFor.LEGAL)
        refused(
            Refusal.ALREADY_WITHHELD,
            withholding.withhold,
            context,
            office.item,
            what,
            WithheldFor.MISTAKE,
        )


def test_kept_from_is_settled_with_the_recording(office: Office) -> None:
    """If the term of its items was running, by what was known that day; never by what became known
    later.
    """
    context = office.context(Role.GOVERNANCE)

    def kept(slug: str, dates: Dates) -> date | None:
        convention = conventions.record(context, slug, slug, dates)
        return office.session.scalars(
            sa.select(FollowThrough.kept_from).where(FollowThrough.convention_id == convention.id)
        ).one_or_none()

    today = context.today  # 3 July 2017
    assert (
        kept("running", Dates(year=2017, opens_on=date(2017, 7, 1), closes_on=date(2017, 7, 9)))
        == today
    )
    assert (
        kept("over", Dates(year=2015, opens_on=date(2015, 7, 1), closes_on=date(2015, 7, 9)))
        is None
    )
    assert kept("year", Dates(year=2016)) == today and kept("old year", Dates(year=2015)) is None
    assert kept("nothing known", Dates()) == today  # no clock runs
    refused(Refusal.ALREADY_THERE, conventions.record, context, "over", "again", Dates())
    refused(
        Refusal.OPENS_AFTER_IT_CLOSES,
        conventions.record,
        context,
        "x",
        "x",
        Dates(year=2017, opens_on=date(2017, 7, 2), closes_on=date(2017, 7, 1)),
    )
    not_allowed(conventions.record, office.context(Role.ADMINISTRATOR), "y", "y", Dates())


def test_slugs_and_settings_of_a_new_body(office: Office) -> None:
    refused(
        Refusal.SLUG_IS_RESERVED, bodies.found_body, office.session, "office", {}, office.all.now
    )
    refused(
        Refusal.NOT_A_SETTING,
        bodies.found_body,
        office.session,
        "union-x",
        {"time_zone": "Boston"},
        office.all.now,
    )
    not_allowed(
        bodies.found_body,
        office.session,
        "union-x",
        {},
        office.all.now,
        office.context(Role.GOVERNANCE).actor,
    )


def test_units_and_people_come_with_a_list(office: Office) -> None:
    """By hand they are the administrator's; a list brings its own along."""
    not_allowed(bodies.add_unit, office.context(Role.GOVERNANCE), "Media")
    not_allowed(people.add, office.context(Role.GOVERNANCE), "Ana")
    listing, administrator = (
        office.context(Role.GOVERNANCE, importing=True),
        office.context(Role.ADMINISTRATOR),
    )
    unit, ana = bodies.add_unit(listing, "Media"), people.add(listing, "Ana")
    assert people.without_account(administrator, "Ana", unit.id) == [ana]
    people.join_account(administrator, ana, 70)
    assert people.without_account(administrator, "Ana", unit.id) == []


def test_roles(office: Office) -> None:
    """Manager and staff are of a unit, the others of the body; held from, and until."""
    context, person = (
        office.context(Role.ADMINISTRATOR),
        office.session.get_one(people.Person, office.player.people[2]),
    )
    refused(Refusal.ROLE_AND_UNIT, people.give_role, context, person, Role.MANAGER)
    refused(Refusal.ROLE_AND_UNIT, people.give_role, context, person, Role.AUDITOR, office.research)
    not_allowed(people.give_role, office.context(Role.GOVERNANCE), person, Role.AUDITOR)
    assert people.give_role(context, person, Role.STAFF, office.research)
    assert not people.give_role(context, person, Role.STAFF, office.research)
    assert people.give_role(context, person, Role.STAFF, office.committee)
    people.end_role(office.context(Role.ADMINISTRATOR, days=9), person, Role.STAFF, office.research)
    held = {
        scalar.unit_id: scalar.ended_by
        for scalar in office.session.scalars(
            sa.select(RoleHeld).where(RoleHeld.person_id == person.id)
        )
    }
    assert held[office.committee] is None and held[office.research] is not None


def test_links_stay_inside_a_body(office: Office) -> None:
    other = Player.begin(office.session)
    refused(
        Refusal.NOT_THERE, items.link, office.context(Role.GOVERNANCE), office.item, other.items[0]
    )


def test_what_is_a_typing_mistake(office: Office) -> None:
    """Floor actions, dates, decisions, texts; not an entry, a review or an expense; and nothing of
    another item.
    """
    context, item, today = office.context(Role.GOVERNANCE), office.item, office.all.today
    wrong = floor.record_floor_action(context, item, Floor.DEFEATED, today)
    items.correct(context, item, wrong, FloorAction(item_id=item.id, action=Floor.ADOPTED), today)
    refused(
        Refusal.NOT_FROM_THERE, items.correct, context, office.player.items[1], wrong, wrong, today
    )
    refused(
        Refusal.NOT_FROM_THERE,
        items.correct,
        context,
        item,
        wrong,
        Version(item_id=item.id, stage=Stage.AS_ADOPTED),
        today,
    )
    claim = office.session.get_one(Claim, done(office))
    refused(Refusal.NOT_FROM_THERE, items.correct, context, item, claim, claim, today)
    money.spend(context, item, NewExpense(amount=Decimal(1), on=today))
    paid = office.session.scalars(sa.select(Expense).where(Expense.item_id == item.id)).one()
    refused(Refusal.NOT_FROM_THERE, items.correct, context, item, paid, paid, today)
    referred = office.player.items[2]
    floor.decide(context, referred, Decision.DECLINED, office.committee, today)
    decided = office.session.scalars(
        sa.select(ReferralDecision).where(ReferralDecision.item_id == referred.id)
    ).one()
    right = ReferralDecision(
        item_id=referred.id, decision=Decision.ACCEPTED, unit_id=office.committee
    )
    refused(
        Refusal.NOT_REFERRED,
        items.correct,
        context,
        referred,
        decided,
        right,
        today - timedelta(days=1),
    )
    items.correct(context, referred, decided, right, today)


def test_a_stranger_is_taken_for_nobody(office: Office) -> None:
    """Every act has its permission: a reader can do none of them."""
    context, item, today = office.context(Role.READER, 6), office.item, office.all.today
    entry = office.log(office.context(Role.GOVERNANCE))
    outcome = outcomes.state(
        office.context(Role.GOVERNANCE), item, Level.OUTPUT_ONLY, "posted", today
    )
    for act, *args in (
        (floor.record_floor_action, item, Floor.ADOPTED, today),
        (floor.decide, item, Decision.DECLINED, office.committee, today),
        (items.register, office.convention, "motion", "99", items.NewVersion(words="x")),
        (items.add_version, item, items.NewVersion(words="x")),
        (items.set_movers, item, []),
        (items.enter_clauses, item, ["x"]),
        (items.set_due_date, item, today),
        (items.link, item, office.player.items[1]),
        (items.correct_designation, item, "motion", "98", None),
        (money.estimate, item, NewEstimate(sentence="x", basis=Basis.NONE)),
        (money.appropriate, item, "fund", Decimal(1), today),
        (money.spend, item, NewExpense(amount=Decimal(1), on=today)),
        (assignments.assign, item, Part.LEAD, office.research),
        (assignments.unassign, item, Part.LEAD),
        (progress.release, item, entry),
        (progress.send_back, item, entry, "x"),
        (progress.withdraw, item, entry),
        (outcomes.state, item, Level.OUTPUT_ONLY, "x", today),
        (outcomes.release, item, outcome),
        (withholding.withhold, item, entry, WithheldFor.LEGAL),
        (conventions.record, "z", "z", Dates()),
        (conventions.rename, office.convention, "x", None),
        (conventions.set_dates, office.convention, Dates()),
        (conventions.open_follow_through, office.convention, today),
        (bodies.set_setting, "name", "x"),
        (bodies.add_unit, "x"),
        (bodies.add_delegation, "x"),
        (
            bodies.add_fund,
            office.convention,
            bodies.Fund(convention_id=office.convention.id, name="x"),
        ),
        (bodies.add_kind, "x", "x", True),
        (people.add, "x"),
        (
            people.give_role,
            office.session.get_one(people.Person, office.player.people[2]),
            Role.AUDITOR,
        ),
    ):
        not_allowed(act, context, *args)
