"""What acts on an item write beyond their rules: referrals, leads, links, corrections."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import sqlalchemy as sa

from tests.record.player import Player
from tracker.acts import (
    assignments,
    floor,
    items,
    money,
    withholding,
)
from tracker.acts.money import NewEstimate, NewExpense
from tracker.record import ledger_tables
from tracker.record.items import FloorAction, ReferralDecision, Version
from tracker.record.money import Expense
from tracker.record.progress import Claim, Entry, Evidence
from tracker.rules.codes import (
    Basis,
    Claimed,
    Decision,
    Floor,
    MoneySaid,
    Part,
    Purpose,
    Role,
    Stage,
    WithheldFor,
)
from tracker.rules.refusals import Refusal

from .staffed_body import PAGE, StaffedBody, not_allowed, opened_evidence, refused, report_done


def test_a_unit_that_reports_back_makes_a_released_claim(office: StaffedBody) -> None:
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
    assert opened_evidence(office, office.session.get_one(Entry, claim.entry_id)) == {"row": None}


def test_assigning_inside_the_unit(office: StaffedBody) -> None:
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
    assert office.all.facts(item).assignments[-1].part is Part.CONTRIBUTOR


def test_two_people_assign_at_once(office: StaffedBody) -> None:
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


def test_withholding_each_kind(office: StaffedBody) -> None:
    context = office.context(Role.GOVERNANCE)
    claim = office.session.get_one(Claim, report_done(office))
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


def test_links_stay_inside_a_body(office: StaffedBody) -> None:
    other = Player.begin(office.session)
    refused(
        Refusal.NOT_THERE, items.link, office.context(Role.GOVERNANCE), office.item, other.items[0]
    )


def test_which_facts_are_corrected_as_typing_mistakes(office: StaffedBody) -> None:
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
    claim = office.session.get_one(Claim, report_done(office))
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
