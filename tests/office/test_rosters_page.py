"""The pages of units and delegations: who reads and changes, what a change says first, two at
once."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field
from tracker.acts import rosters
from tracker.record.rosters import roster_names
from tracker.rules.rosters import Roster

UNITS, DELEGATIONS = "/office/union/units", "/office/union/delegations"
READERS = ("imani", "walter", "ewan")


def page_of(union: Union, unit: str) -> str:
    return f"{UNITS}/{union.units[unit]}"


def send(union: Union, path: str, act: str, make: str | None = None, **fields: str) -> TestResponse:
    """As the administrator, who has just loaded the page."""
    client = union.client("imani")
    page = client.get(path).text
    sent = {"seen": hidden_field(page, "seen"), **fields}
    if 'name="listed"' in page:
        sent["listed"] = hidden_field(page, "listed")
    if make is not None:
        sent["make"] = make
    return client.post(f"{path}/{act}", data=sent)


def names(union: Union) -> set[str]:
    with union.session() as session:
        return set(roster_names(session, union.body_id).units.shown.values())


def test_who_reads_and_who_changes(union: Union) -> None:
    paths = (UNITS, DELEGATIONS, page_of(union, "Center for Safety"))
    for who in PEOPLE:
        for path in paths:
            page = union.client(who).get(path)
            assert page.status_code == (200 if who in READERS else 403), (who, path)
            assert ("<form" in page.text and "btn--main" in page.text) == (who == "imani"), who
    assert f'href="{UNITS}"' in union.client("ewan").get("/office").text
    assert f'href="{DELEGATIONS}"' in union.client("imani").get("/office/union/settings").text
    assert union.client("imani").get(f"{UNITS}/999999").status_code == 404


def test_what_each_has_is_counted(union: Union) -> None:
    page = union.client("imani").get(UNITS).text
    assert "2 units" in page and "Center for Research" in page
    row = union.client("imani").get(page_of(union, "Center for Safety")).text
    assert "It has 1 open item that it leads and 2 people with a role." in row
    assert "Item number 3" in row and "Hollis" in row


def test_one_is_added_once(union: Union) -> None:
    client = union.client("imani")
    assert client.post(UNITS, data={"name": "  Media   desk "}).status_code == 303
    assert "Media desk" in names(union)
    again = client.post(UNITS, data={"name": "media desk"})
    assert again.status_code == 422 and "Media desk is there already." in again.text
    assert client.post(UNITS, data={"name": " "}).status_code == 422
    assert client.post(UNITS, data={"name": "x" * 201}).status_code == 422


def test_renaming_shows_first_what_it_changes(union: Union) -> None:
    path = page_of(union, "Center for Safety")
    shown = send(union, path, "name", name="Center for Care")
    assert shown.status_code == 200 and "Call it Center for Care from today" in shown.text
    assert "1 item names it." in shown.text and "Center for Safety" in names(union)
    made = send(union, path, "name", make="Center for Care", name="Center for Care")
    assert made.status_code == 303 and "Center for Care" in names(union)
    client = union.client("imani")
    assert "Called Center for Care" in client.get(path).text
    # every page says it at once, and both names find it
    item = union.client(None).get("/union/2026/nbi-3").text
    assert "Center for Care" in item and "Center for Safety" not in item
    shown = union.client(None).get("/union/2026/?department=Center+for+Safety").text
    assert "Item number 3" in shown and "<option selected>Center for Care" in shown
    for typed in ("Care", "Safety"):
        assert "Item number 3" in union.client(None).get(f"/union/find?q={typed}").text, typed
    for name, why in (
        ("Center for Research", "Center for Research is there already."),
        ("Center for Care", "It is called so already"),
        ("", "Write a name."),
    ):
        mistaken = send(union, path, "name", name=name)
        assert mistaken.status_code == 422 and why in mistaken.text
    taken = send(union, page_of(union, "Center for Research"), "name", name="Center for Safety")
    assert taken.status_code == 422 and "Center for Care was called so before" in taken.text


def test_a_unit_that_leads_cannot_be_closed_and_is_merged(union: Union) -> None:
    path, target = page_of(union, "Center for Safety"), str(union.units["Center for Research"])
    page = union.client("imani").get(path).text
    assert "It cannot be closed before all of that goes to another." in page
    closed = send(union, path, "close", make="close", into="close")
    assert closed.status_code == 422
    shown = send(union, path, "close", into=target)
    assert shown.status_code == 200 and "Merge it from today" in shown.text
    assert send(union, path, "close", make=target, into=target).status_code == 303
    assert names(union) == {"Center for Research"}
    # the item is the other's, and whoever had a role in it goes on
    assert "Item number 3" in union.client("hollis").get("/my-work").text
    assert union.log("hollis", 3).status_code == 303
    assert union.decide("ray", union.entry(3)).status_code == 303
    people = union.client("imani").get("/office/union/people").text
    assert "Center for Safety" not in people
    assert "Took over all that Center for Safety had" in (
        union.client("imani").get(page_of(union, "Center for Research")).text
    )
    assert send(union, path, "open").status_code == 303
    assert "Center for Safety" in names(union)


def test_what_changed_meanwhile_is_told_and_nothing_lost(union: Union) -> None:
    path, key = page_of(union, "Center for Safety"), union.units["Center for Safety"]
    page = union.client("imani").get(path).text
    with union.context() as context:
        rosters.rename(context, Roster.UNITS, key, "Center for Care")
    late = {"seen": hidden_field(page, "seen"), "name": "Safety first", "make": "Safety first"}
    answer = union.client("imani").post(f"{path}/name", data=late)
    assert answer.status_code == 409
    assert "Somebody changed it while your form was open." in answer.text
    assert 'value="Safety first"' in answer.text and "Center for Care" in names(union)


@pytest.mark.parametrize("path", ["name", "close", "open"])
def test_nobody_else_changes_one(union: Union, path: str) -> None:
    for who in ("walter", "ewan", "ray", None):
        sent = union.client(who).post(f"{page_of(union, 'Center for Safety')}/{path}", data={})
        assert sent.status_code == (302 if who is None else 403)


def test_delegations_have_the_same_pages(union: Union) -> None:
    client = union.client("imani")
    for name in ("Ohio", "Vermont"):
        assert client.post(DELEGATIONS, data={"name": name}).status_code == 303
    page = client.get(DELEGATIONS).text
    assert "2 delegations" in page
    with union.session() as session:
        found = roster_names(session, union.body_id).delegations
        ohio, vermont = found.find("Ohio"), found.find("Vermont")
    path = f"{DELEGATIONS}/{ohio}"
    assert send(union, path, "close", make="close", into="close").status_code == 303
    assert "Closed: no form offers it." in client.get(path).text
    assert send(union, path, "open").status_code == 303
    made = send(union, path, "close", make=str(vermont), into=str(vermont))
    assert made.status_code == 303 and "has all that it had" in client.get(path).text
