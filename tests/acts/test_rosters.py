"""Units and delegations are renamed, closed, merged and opened again; no name is forgotten."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from tracker.acts import assignments, bodies, floor, items, people, rosters
from tracker.acts.act_context import ActContext
from tracker.formatting.item_sentences import sponsor_name
from tracker.reading.audience import PUBLIC
from tracker.reading.body_context import load_body_context
from tracker.reading.filters import Filters, conditions
from tracker.reading.item import pages as item_pages
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.ledger_tables import Head
from tracker.record.rosters import roster_names
from tracker.record.summary import ItemSummary, on_day
from tracker.record.unit_holdings import holdings
from tracker.record.verification import verify
from tracker.rules.codes import Floor, FloorPart, Part, Role
from tracker.rules.refusals import Refusal
from tracker.rules.rosters import Roster
from tracker.search import index

from .staffed_body import StaffedBody, not_allowed, refused

UNITS, DELEGATIONS = Roster.UNITS, Roster.DELEGATIONS


def shown(office: StaffedBody, as_of: AsOf | None = None) -> dict[int, str]:
    names = roster_names(office.session, office.all.body_id, *([as_of] if as_of else []))
    return dict(names.units.shown)


def led_by(office: StaffedBody, name: str) -> set[int]:
    """The items that the list of today shows under a unit of this name."""
    today = office.all.today + timedelta(days=40)
    context = load_body_context(office.session, office.all.body_id, AsOf(today))
    found = sa.select(ItemSummary.item_id).where(
        on_day(today), *conditions(Filters(unit=name), context)
    )
    return set(office.session.scalars(found))


def administrator(office: StaffedBody, days: int = 30) -> ActContext:
    return office.context(Role.ADMINISTRATOR, days=days)


def test_a_name_holds_from_its_recording(office: StaffedBody) -> None:
    office.lead()
    before = AsOf.known_on(office.all.today, office.all.zone)
    rosters.rename(administrator(office), UNITS, office.research, "Center for Knowledge")
    assert shown(office)[office.research] == "Center for Knowledge"
    assert shown(office, before)[office.research] == "Research"
    assert shown(office, AsOf.happened_by(office.all.today))[office.research] == "Research"
    # an address of before leads to the same list
    assert led_by(office, "Research") == led_by(office, "Center for Knowledge") == {office.item.id}
    assert list(index.rebuild(office.session, office.all.body_id, check=True)) == []
    assert list(verify(office.session, office.all.body_id)) == []


def test_a_name_that_another_has_or_had_is_refused(office: StaffedBody) -> None:
    context = administrator(office)
    rosters.rename(context, UNITS, office.research, "Knowledge")
    for name, code in (
        ("Research", Refusal.NAME_IS_TAKEN),
        ("review  committee", Refusal.NAME_IS_TAKEN),
        (" ", Refusal.NEEDS_A_NAME),
    ):
        refused(code, bodies.add_unit, context, name)
    refused(Refusal.NAME_IS_TAKEN, rosters.rename, context, UNITS, office.committee, "Research")
    refused(Refusal.ALREADY_THERE, rosters.rename, context, UNITS, office.research, "Knowledge")
    rosters.rename(context, UNITS, office.research, "Research")  # its own of before
    bodies.add_delegation(context, "Knowledge")  # a roster has its own names
    not_allowed(rosters.rename, office.context(Role.GOVERNANCE), UNITS, office.research, "x")


def test_a_unit_with_anything_in_hand_is_merged_and_not_closed(office: StaffedBody) -> None:
    office.lead()
    context = administrator(office)
    person = office.session.get_one(people.Person, office.player.people[2])
    people.give_role(context, person, Role.STAFF, office.research)
    today = context.today
    held = holdings(office.session, context.body_id, {office.research}, today)
    assert held.led == (office.item.id,) and held.people == {person.id}
    refused(Refusal.HAS_OPEN_WORK, rosters.close, context, UNITS, office.research)
    refused(
        Refusal.CHANGED_MEANWHILE,
        rosters.merge,
        context,
        UNITS,
        office.research,
        office.committee,
        "0" * 16,
    )
    rosters.merge(context, UNITS, office.research, office.committee, held.version)
    names = roster_names(office.session, context.body_id).units
    assert set(names.offered) == {office.committee}
    assert led_by(office, "Review Committee") == {office.item.id}
    # whoever had a role in one has it in both, once
    assert not people.give_role(context, person, Role.STAFF, office.committee)
    refused(Refusal.IS_CLOSED, rosters.close, context, UNITS, office.research)
    refused(
        Refusal.IS_CLOSED,
        assignments.assign,
        office.context(Role.GOVERNANCE, days=31),
        office.item,
        Part.LEAD,
        office.research,
    )
    assert list(index.rebuild(office.session, context.body_id, check=True)) == []
    rosters.reopen(context, UNITS, office.research)
    assert led_by(office, "Research") == {office.item.id} and not led_by(office, "Review Committee")
    assert list(index.rebuild(office.session, context.body_id, check=True)) == []
    assert list(verify(office.session, office.all.body_id)) == []


def test_what_was_referred_to_it_is_in_hand_until_it_is_decided(office: StaffedBody) -> None:
    """Item 3 was referred to the committee."""
    context, referred = administrator(office), office.player.items[2]
    family = {office.committee}
    assert holdings(office.session, context.body_id, family, context.today).owed == (referred.id,)
    refused(Refusal.HAS_OPEN_WORK, rosters.close, context, UNITS, office.committee)


def test_an_empty_unit_is_closed_and_given_nothing(office: StaffedBody) -> None:
    context = administrator(office)
    unit = bodies.add_unit(context, "Media").id
    rosters.close(context, UNITS, unit)
    names = roster_names(office.session, context.body_id).units
    assert names.shown[unit] == "Media" and unit not in names.offered
    person = office.session.get_one(people.Person, office.player.people[2])
    refused(Refusal.IS_CLOSED, people.give_role, context, person, Role.STAFF, unit)
    refused(Refusal.IS_CLOSED, rosters.rename, context, UNITS, unit, "Press")
    refused(Refusal.IS_CLOSED, rosters.merge, context, UNITS, office.research, unit)
    refused(Refusal.NOT_THERE, rosters.merge, context, UNITS, office.research, office.research)
    rosters.reopen(context, UNITS, unit)
    refused(Refusal.NOT_FROM_THERE, rosters.reopen, context, UNITS, unit)


def test_two_at_once(office: StaffedBody) -> None:
    context = administrator(office)
    seen = office.session.scalars(
        sa.select(Head.event_id).where(Head.chain == context.body_id)
    ).one()
    rosters.rename(context, UNITS, office.research, "Knowledge")
    late = office.context(Role.ADMINISTRATOR, days=30, seen=seen)
    refused(Refusal.CHANGED_MEANWHILE, rosters.rename, late, UNITS, office.research, "Words")
    rosters.rename(late, UNITS, office.committee, "Words")  # nobody has changed that one


def test_delegations_are_merged_and_items_found_by_each_name(office: StaffedBody) -> None:
    context = administrator(office)
    ohio, lake = (bodies.add_delegation(context, name).id for name in ("Ohio", "Lake Erie"))
    items.set_movers(
        office.context(Role.GOVERNANCE, days=30),
        office.item,
        [items.Mover(FloorPart.MAKER, lake)],
    )
    rosters.rename(context, DELEGATIONS, lake, "The Lakes")
    rosters.merge(context, DELEGATIONS, lake, ohio)
    body_context = load_body_context(office.session, context.body_id, AsOf(context.today))
    for name in ("Ohio", "Lake Erie", "The Lakes"):
        found = sa.select(ItemSummary.item_id).where(
            on_day(context.today), *conditions(Filters(delegation=name), body_context)
        )
        assert set(office.session.scalars(found)) == {office.item.id}, name
    assert list(index.rebuild(office.session, context.body_id, check=True)) == []
    page = item_pages(
        office.session, context.body_id, [office.item.id], AsOf(context.today), PUBLIC
    )[office.item.id]
    assert [sponsor_name(sponsor) for sponsor in page.sponsors] == ["Ohio (then Lake Erie)"]
    before = AsOf.known_on(context.today - timedelta(days=1), context.zone)
    assert not item_pages(office.session, context.body_id, [office.item.id], before, PUBLIC)[
        office.item.id
    ].sponsors


def test_a_decision_is_reported_under_the_name_in_force(office: StaffedBody) -> None:
    """What a unit reports back is titled with its name of that day."""
    from tracker.record.ledger_tables import Text
    from tracker.record.progress import Evidence
    from tracker.rules.codes import Decision, Purpose

    context = office.context(Role.GOVERNANCE, days=30)
    rosters.rename(administrator(office), UNITS, office.committee, "The Jury")
    item: Item = office.player.items[1]
    referral = floor.Referral(office.committee, purpose=Purpose.REPORT)
    floor.record_floor_action(context, item, Floor.REFERRED, context.today, referral=referral)
    floor.decide(
        context, item, Decision.REPORTED_BACK, office.committee, context.today, "It said so."
    )
    title = office.session.scalar(
        sa.select(Text.words).join(Evidence, Evidence.title == Text.digest)
    )
    assert title == "The Jury"
