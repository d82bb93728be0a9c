"""The page of steps by which an office is set up, and the forms of its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import NOW, PEOPLE, StaffClient, Union, hidden_field
from tracker.accounts.first_run import set_up_links
from tracker.acts import bodies
from tracker.clock import now
from tracker.extensions import db
from tracker.record.bodies import Unit
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
        assert client.get(f"{PAGE}/items").status_code == (200 if who in GOVERNED else 403)
    assert f'href="{PAGE}"' in union.client("imani").get("/office").text


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
    new_convention = "/office/our-union/conventions/new"
    assert f'href="{new_convention}"' in office.get(NEW).text
    assert office.post(new_convention, data=convention).status_code == 303
    assert "kept from 30\N{NO-BREAK SPACE}November 2026" in office.get(NEW).text
    assert office.post(f"{NEW}/items", data=ITEM).status_code == 303
    assert heading(office) == "Two steps are left"
    assert stranger.get("/our-union/2026/nbi-7").status_code == 404
    page = office.get(f"{NEW}/pages")
    form = {"pages": "open", "seen": hidden_field(page.text, "seen")}
    assert office.post(f"{NEW}/pages", data=form).status_code == 303
    assert stranger.get("/our-union/2026/nbi-7").status_code == 404  # what is new is hidden
    going_public = "/office/our-union/2026/going-public"
    assert f'href="{going_public}"' in office.get(NEW).text
    shown = office.get(going_public).text
    seen = hidden_field(shown, "who-reads-seen")
    choice = {"who-reads-visibility": "public", "who-reads-reads": "live", "who-reads-seen": seen}
    assert office.post(f"{going_public}/who-reads", data=choice).status_code == 303
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
        {"title": "", "words": ""},
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
