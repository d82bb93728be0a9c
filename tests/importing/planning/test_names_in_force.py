"""A list says a name that was given up, or that of what was merged into another."""

from __future__ import annotations

import sqlalchemy as sa

from tests.factories.import_office import Office, counts, messages, table
from tracker.acts import act_context, rosters
from tracker.record.bodies import Body, Delegation, Unit
from tracker.record.rosters import roster_names
from tracker.rules.permissions import COMMAND_LINE
from tracker.rules.rosters import Roster

MAPPING = {"year": 2018}
HEADINGS = ("NBI #", "Title", "Text", "Disposition", "Submitted by", "Dept", "Staff contact")
ROWS = (
    ("1", "Air", "Print a guide.", "Adopted", "Vermont", "Publishing", "Ana Roe"),
    ("2", "Buses", "Survey buses.", "Referred to Publishing", "Ohio", "Safety", ""),
)


def take_and_change(office: Office) -> None:
    """After the list, Publishing is called Words, and has Safety; Vermont and Ohio are one."""
    office.take(table(HEADINGS, *ROWS), MAPPING)
    body_id = office.session.scalars(sa.select(Body.id).where(Body.slug == office.body)).one()
    context = act_context.for_body(office.session, body_id, COMMAND_LINE, office.now)
    names = roster_names(office.session, body_id)
    publishing, safety = (names.units.find(name) for name in ("Publishing", "Safety"))
    vermont, ohio = (names.delegations.find(name) for name in ("Vermont", "Ohio"))
    assert publishing and safety and vermont and ohio
    rosters.rename(context, Roster.UNITS, publishing, "Words")
    rosters.merge(context, Roster.UNITS, safety, publishing)
    rosters.merge(context, Roster.DELEGATIONS, ohio, vermont)
    office.session.commit()


def test_the_same_list_with_names_of_before_changes_nothing(office: Office) -> None:
    take_and_change(office)
    before = office.session.scalar(sa.select(sa.func.count(Unit.id)))
    again = office.take(table(HEADINGS, *ROWS), MAPPING)
    assert counts(again) == (0, 0, 2, 0), messages(again)
    assert not again.creates.units and not again.creates.delegations
    assert office.session.scalar(sa.select(sa.func.count(Unit.id))) == before
    items = office.items()
    assert [item.lead and item.lead.unit for item in items.values()] == ["Words", "Words"]
    assert [item.delegations for item in items.values()] == [("Vermont",), ("Vermont",)]


def test_a_new_row_lands_where_the_name_leads(office: Office) -> None:
    take_and_change(office)
    new = ("3", "Maps", "Print maps.", "Adopted", "Ohio", "Safety", "")
    plan = office.take(table(HEADINGS, *ROWS, new), MAPPING)
    assert counts(plan) == (1, 0, 2, 0), messages(plan)
    assert "nearly" not in messages(plan)
    item = office.items()["nbi-3"]
    assert item.lead and item.lead.unit == "Words" and item.delegations == ("Vermont",)


def test_an_export_comes_back_in_as_the_same(office: Office) -> None:
    take_and_change(office)
    exported = office.export()
    assert "Words" in exported and "Safety" not in exported
    again = office.look(exported)
    assert counts(again) == (0, 0, 2, 0), messages(again)
    assert office.session.scalar(sa.select(sa.func.count(Delegation.id)))
