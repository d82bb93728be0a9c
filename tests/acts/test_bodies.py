"""What acts on a body, its conventions and its people write beyond their rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

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
    withholding,
)
from tracker.acts.conventions import Dates
from tracker.acts.money import NewEstimate, NewExpense
from tracker.record.conventions import FollowThrough
from tracker.record.people import RoleHeld
from tracker.rules.codes import (
    Basis,
    Decision,
    Floor,
    Level,
    Part,
    Role,
    WithheldFor,
)
from tracker.rules.refusals import Refusal

from .staffed_body import StaffedBody, not_allowed, refused


def test_kept_from_is_settled_with_the_recording(office: StaffedBody) -> None:
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
    refused(Refusal.SLUG_IS_RESERVED, conventions.record, context, "find", "Find", Dates())
    refused(
        Refusal.OPENS_AFTER_IT_CLOSES,
        conventions.record,
        context,
        "x",
        "x",
        Dates(year=2017, opens_on=date(2017, 7, 2), closes_on=date(2017, 7, 1)),
    )
    not_allowed(conventions.record, office.context(Role.ADMINISTRATOR), "y", "y", Dates())


def test_slugs_and_settings_of_a_new_body(office: StaffedBody) -> None:
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


def test_units_and_people_come_with_a_list(office: StaffedBody) -> None:
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


def test_roles_are_of_a_unit_or_of_the_body(office: StaffedBody) -> None:
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


def test_a_reader_can_do_none_of_the_acts(office: StaffedBody) -> None:
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
