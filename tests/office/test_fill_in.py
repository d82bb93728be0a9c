"""Filling in many items at once: who may, what each change records, all or nothing, two at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tests.office.item_page_forms import facts_of
from tracker.acts import assignments, floor, items
from tracker.acts.items import NewVersion
from tracker.record.conventions import Convention
from tracker.record.items import Assignment, DueDate, FloorAction
from tracker.rules.codes import Floor, Part

PAGE = "/office/union/2026/fill-in"


def typed(page: str) -> dict[str, str]:
    """All that the form of the page sends as it stands."""
    fields = {"items": hidden_field(page, "items")}
    rows = re.findall(r'<input[^>]*name="(i\d+-\w+)"[^>]*value="([^"]*)"', page)
    fields.update(dict(rows))
    for name, options in re.findall(
        r'<select[^>]*name="(i\d+-\w+)"[^>]*>(.*?)</select>', page, re.S
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def fill_in(union: Union, changes: dict[int, dict[str, str]], page: str = "") -> TestResponse:
    """By the number of an item, what is typed over what the page has."""
    office = union.client("walter")
    fields = typed(page or office.get(f"{PAGE}?show=all").text)
    for number, changed in changes.items():
        key = union.items[number]
        fields |= {f"i{key}-{name}": value for name, value in changed.items()}
    return office.post(f"{PAGE}?show=all", data=fields)


def lead(union: Union, unit: str, who: str | None = None) -> str:
    return f"{union.units[unit]}-{union.people[who] if who else 0}"


def counts(union: Union) -> list[int]:
    return [union.count(kind) for kind in (FloorAction, Assignment, DueDate)]


def test_governance_alone_comes_in_and_is_led_there(union: Union) -> None:
    for who in PEOPLE:
        may = who == "walter"
        assert union.client(who).get(PAGE).status_code == (200 if may else 403), who
        assert union.client(who).post(PAGE, data={}).status_code == (422 if may else 403), who
    office = union.client("walter")
    assert f'href="{PAGE}"' in office.get("/office").text
    assert f'href="{PAGE}"' not in union.client("ewan").get("/office").text
    page = office.get(PAGE).text
    for path in ("setting-up/items", "2026/convention"):
        assert f'href="/office/union/{path}"' in page
        assert office.get(f"/office/union/{path}").status_code == 200
    assert office.get("/office/union/1999/fill-in").status_code == 404


def test_only_what_is_missing_is_shown_first(union: Union) -> None:
    """The four items have no due date; then two of them have all."""
    with union.context() as context:
        for number in (1, 2):
            items.set_due_date(context, item_row(context.session, union, number), union.today)
    office = union.client("walter")
    page = office.get(PAGE).text
    assert "2 of 4 items: something is missing" in page
    assert "Item number 3" in page and "Item number 1" not in page
    assert "4 of 4 items" in office.get(f"{PAGE}?show=all").text
    found = office.get(f"{PAGE}?show=all&q=number+2").text
    assert "1 of 4 items" in found and "Item number 2" in found
    assert "Nothing is missing here" in office.get(f"{PAGE}?q=nothing").text


def test_one_save_records_each_change_as_an_act_of_its_own(union: Union) -> None:
    due_on = union.today + timedelta(days=40)
    sent = fill_in(
        union,
        {
            1: {"due_on": due_on.isoformat()},
            3: {"lead": lead(union, "Center for Research", "ray")},
            4: {"lead": ""},
        },
    )
    assert sent.status_code == 303 and sent.headers["Location"] == f"{PAGE}?show=all"
    assert [due.due_on for due in facts_of(union, 1).due_dates] == [due_on]
    newest = facts_of(union, 3).assignments[-1]
    assert (newest.unit_id, newest.person_id, newest.on) == (
        union.units["Center for Research"],
        union.people["ray"],
        union.today,
    )
    assert facts_of(union, 4).assignments == ()
    assert len(facts_of(union, 1).assignments) == 1  # what was left is as it was


def test_what_was_not_changed_records_nothing(union: Union) -> None:
    before = counts(union)
    assert fill_in(union, {}).status_code == 303
    assert counts(union) == before


def test_a_decision_that_was_not_known_is_filled_in(union: Union) -> None:
    with union.context() as context:
        session = context.session
        convention = session.get_one(Convention, item_row(session, union, 1).convention_id)
        item = items.register(
            context, convention, "new_business_item", "5", NewVersion(title="Item number 5")
        )
        floor.record_floor_action(context, item, Floor.UNKNOWN, None)
        union.items[5] = item.id
    on = union.today - timedelta(days=127)
    sent = fill_in(union, {5: {"action": "adopted", "acted_on": on.isoformat()}})
    assert sent.status_code == 303
    [action] = facts_of(union, 5).floor  # what the list did not say takes no part any more
    assert (action.action, action.on, action.day_known) == (Floor.ADOPTED, on, True)


def test_a_day_is_corrected_and_a_later_action_is_added(union: Union) -> None:
    right, later = union.today - timedelta(days=128), union.today - timedelta(days=5)
    sent = fill_in(
        union,
        {
            3: {"acted_on": right.isoformat()},
            4: {"action": "rescinded", "acted_on": later.isoformat()},
        },
    )
    assert sent.status_code == 303
    assert [(fact.action, fact.on) for fact in facts_of(union, 3).floor] == [(Floor.ADOPTED, right)]
    assert [fact.action for fact in facts_of(union, 4).floor] == [Floor.ADOPTED, Floor.RESCINDED]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": "soon"}, "this is no date"),
        ({"acted_on": "2099-01-01"}, "the date lies after today"),
        ({"acted_on": ""}, "its day is on record"),
        ({"action": ""}, "what is on record is not taken back here"),
        ({"action": "sung"}, "not a valid choice"),
        ({"lead": "77-0"}, "not a valid choice"),
        ({"due_on": "2020-01-01"}, "the floor had not adopted it yet"),
    ],
)
def test_an_error_leaves_all_that_was_typed_and_saves_nothing(
    union: Union, changed: dict[str, str], sentence: str
) -> None:
    before = counts(union)
    answer = fill_in(union, {1: {"due_on": "2027-03-04"}, 4: changed})
    assert answer.status_code == 422 and sentence in answer.text
    assert "Nothing has been lost, and nothing is saved yet." in answer.text
    again = typed(answer.text)
    assert again[f"i{union.items[1]}-due_on"] == "2027-03-04"
    for name, value in changed.items():
        if name in ("due_on", "acted_on"):
            assert again[f"i{union.items[4]}-{name}"] == value
    assert counts(union) == before


def test_a_date_on_record_is_extended_elsewhere(union: Union) -> None:
    with union.context() as context:
        items.set_due_date(context, item_row(context.session, union, 1), union.today)
    answer = fill_in(union, {1: {"due_on": "2027-03-04"}})
    assert answer.status_code == 422 and "is extended on the item’s own page" in answer.text


def test_two_at_once(union: Union) -> None:
    """What the other assigned is not lost, nor is what was typed; sent again, it is recorded."""
    page = union.client("walter").get(f"{PAGE}?show=all").text
    with union.context() as context:
        item = item_row(context.session, union, 4)
        assignments.assign(context, item, Part.LEAD, union.units["Center for Safety"])
    before = counts(union)
    changes = {
        1: {"due_on": "2027-03-04"},
        4: {"lead": lead(union, "Center for Research", "ray")},
    }
    answer = fill_in(union, changes, page)
    assert answer.status_code == 409
    assert "Adopted, 26\u00a0Jul 2026; Center for Safety, nobody named" in answer.text
    assert "somebody else recorded something here" in answer.text
    assert counts(union) == before
    again = typed(answer.text)
    assert again[f"i{union.items[1]}-due_on"] == "2027-03-04"
    assert again[f"i{union.items[4]}-lead"] == lead(union, "Center for Research", "ray")
    assert union.client("walter").post(PAGE, data=again).status_code == 303
    assert facts_of(union, 4).assignments[-1].person_id == union.people["ray"]
