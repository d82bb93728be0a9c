"""The page of steps by which an office is set up, and the forms of its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import NOW, PEOPLE, StaffClient, Union, hidden_field
from tracker.accounts.first_run import set_up_links
from tracker.acts import bodies, conventions
from tracker.clock import now
from tracker.extensions import db
from tracker.record.bodies import Unit
from tracker.record.conventions import Convention
from tracker.record.items import Assignment, FloorAction, FloorPerson, Item
from tracker.rules.codes import Floor

PAGE = "/office/union/setting-up"
NEW = "/office/our-union/setting-up"
READ, UNITS, GOVERNED = {"imani", "walter"}, {"imani"}, {"walter"}
ITEM = {
    "convention": "2026",
    "kind": "new_business_item",
    "number": "NBI 007",
    "title": "Seat belts for every bus",
    "words": "The union shall ask for them.",
    "delegation": "Ohio",
    "floor_action": "adopted",
    "floor_on": "2026-07-04",
    "unit": "",
}


@pytest.fixture
def office(app: Flask) -> Iterator[StaffClient]:
    """Signed in as the first account of a new office."""
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        token = set_up_links.make(db.session(), now())
        db.session.commit()
    client = StaffClient(app, app.response_class)
    form = {
        "name": "Noor Castell",
        "email": "noor@example.org",
        "password": "seven quiet lamps beneath",
        "body_name": "Our union",
        "time_zone": "UTC",
        "currency": "USD",
    }
    assert client.post(f"/account/set-up/{token}", data=form).status_code == 303
    yield client


def heading(client: StaffClient, page: str = NEW) -> str:
    found = re.search(r"<h1>(.*?)</h1>", client.get(page).text, re.S)
    assert found
    return found[1].strip()


def test_who_reads_the_steps_and_who_takes_them(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        assert client.get(PAGE).status_code == (200 if who in READ else 403), who
        for path, permitted in (("units", UNITS), ("pages", UNITS)):
            assert client.get(f"{PAGE}/{path}").status_code == (200 if who in permitted else 403)
        for path in ("convention", "convention/2026", "items"):
            assert client.get(f"{PAGE}/{path}").status_code == (200 if who in GOVERNED else 403)
    assert f'href="{PAGE}"' in union.client("imani").get("/office").text
    assert union.client("walter").get(f"{PAGE}/convention/1999").status_code == 404


def test_from_the_first_step_to_opened_pages(office: StaffClient) -> None:
    stranger = StaffClient(office.application, office.application.response_class)
    assert heading(office) == "Five steps are left"
    units = {"names": " Center  for Safety\n\ncenter for safety\nBudget committee"}
    assert office.post(f"{NEW}/units", data=units).status_code == 303
    assert heading(office) == "Four steps are left"
    convention = {
        "name": "Millbrook 2026",
        "year": "2026",
        "opens_on": "2026-07-03",
        "closes_on": "2026-07-06",
    }
    assert office.post(f"{NEW}/convention", data=convention).status_code == 303
    assert "kept from 30\N{NO-BREAK SPACE}November 2026" in office.get(NEW).text
    assert office.post(f"{NEW}/items", data=ITEM).status_code == 303
    assert heading(office) == "Two steps are left"
    assert stranger.get("/our-union/2026/nbi-7").status_code == 404
    page = office.get(f"{NEW}/pages")
    form = {"pages": "open", "seen": hidden_field(page.text, "seen")}
    assert office.post(f"{NEW}/pages", data=form).status_code == 303
    assert "Seat belts for every bus" in stranger.get("/our-union/2026/nbi-7").text
    invited = {"name": "Kim Osei", "email": "kim@example.org", "role": "confirmer"}
    assert office.post("/office/our-union/people", data=invited).status_code == 200
    assert heading(office) == "The office is set up"


def test_staying_closed_is_an_answer(office: StaffClient) -> None:
    seen = hidden_field(office.get(f"{NEW}/pages").text, "seen")
    assert office.post(f"{NEW}/pages", data={"seen": seen}).status_code == 422
    answer = office.post(f"{NEW}/pages", data={"pages": "closed", "seen": seen})
    assert answer.status_code == 303
    assert heading(office) == "Four steps are left"
    meanwhile = office.post(f"{NEW}/pages", data={"pages": "open", "seen": seen})
    assert meanwhile.status_code == 409
    assert "open" in meanwhile.text and "checked" in meanwhile.text


def test_units_are_added_once(union: Union) -> None:
    client = union.client("imani")
    before = union.count(Unit)
    names = "CENTER FOR RESEARCH\nBudget committee\nbudget committee"
    assert client.post(f"{PAGE}/units", data={"names": names}).status_code == 303
    assert union.count(Unit) == before + 1
    for wrong in ("", " \n ", "x" * 201, "\n".join(map(str, range(201)))):
        answer = client.post(f"{PAGE}/units", data={"names": wrong})
        assert answer.status_code == 422 and "to be mended" in answer.text
    assert union.count(Unit) == before + 1


def test_a_convention_is_recorded_once_and_changed(union: Union) -> None:
    client = union.client("walter")
    form = {"name": "Lakeside 2024", "year": "2024"}
    assert client.post(f"{PAGE}/convention", data=form).status_code == 303
    again = client.post(f"{PAGE}/convention", data=form)
    assert again.status_code == 409 and 'value="Lakeside 2024"' in again.text
    wrong = client.post(f"{PAGE}/convention", data=form | {"year": "24"})
    assert wrong.status_code == 422 and "Write the year in four digits" in wrong.text
    turned = form | {"year": "2025", "opens_on": "2025-07-06", "closes_on": "2025-07-03"}
    assert client.post(f"{PAGE}/convention", data=turned).status_code == 422

    path = f"{PAGE}/convention/2024"
    seen = hidden_field(client.get(path).text, "seen")
    changed = form | {"name": "Lakeside", "closes_on": "2024-07-06", "seen": seen}
    assert client.post(path, data=changed).status_code == 303
    page = client.get(path).text
    assert 'value="Lakeside"' in page and 'value="2024-07-06"' in page
    late = client.post(path, data=form | {"name": "Another", "seen": seen})
    assert late.status_code == 409 and 'value="Another"' in late.text
    assert 'value="Lakeside"' in client.get(path).text


def test_of_two_who_date_a_convention_the_second_is_told(union: Union) -> None:
    from tracker.rules.refusals import Refusal, Refused

    with union.context("walter", seen=1) as context:
        row = context.session.scalars(sa.select(Convention)).first()
        assert row
        with pytest.raises(Refused) as refused:
            conventions.set_dates(context, row, conventions.Dates(year=2026))
        assert refused.value.code is Refusal.CHANGED_MEANWHILE
        context.session.rollback()


def test_an_item_is_typed_in_with_what_the_floor_did(union: Union) -> None:
    client = union.client("walter")
    item = ITEM | {"number": "77", "unit": str(union.units["Center for Safety"])}
    alone = client.post(f"{PAGE}/items", data=item)
    assert alone.status_code == 422 and "an administrator adds it" in alone.text
    with union.context() as context:
        bodies.add_delegation(context, "OHIO")
    assert client.post(f"{PAGE}/items", data=item).status_code == 303
    with union.session() as session:
        row = session.scalars(sa.select(Item).where(Item.number == "77")).one()
        for fact in (Assignment, FloorPerson, FloorAction):
            assert session.scalars(sa.select(fact).where(fact.item_id == row.id)).one()
    twice = client.post(f"{PAGE}/items", data=item)
    assert twice.status_code == 409 and "The union shall ask for them." in twice.text
    for wrong in (
        {"number": "?"},
        {"title": ""},
        {"floor_action": "consolidated"},
        {"floor_action": "referred", "unit": ""},
        {"floor_on": "2027-01-01"},
        {"convention": "1999"},
    ):
        answer = client.post(f"{PAGE}/items", data=item | {"number": "78"} | wrong)
        assert answer.status_code == 422, wrong
    referred = item | {"number": "79", "floor_action": "referred"}
    assert client.post(f"{PAGE}/items", data=referred).status_code == 303
    with union.session() as session:
        row = session.scalars(sa.select(Item).where(Item.number == "79")).one()
        action = session.scalars(sa.select(FloorAction).where(FloorAction.item_id == row.id)).one()
        assert action.action is Floor.REFERRED and action.unit_id == int(item["unit"])
        assert not session.scalars(sa.select(Assignment).where(Assignment.item_id == row.id)).all()
