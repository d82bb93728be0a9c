"""Filling in many items at once: who may, what each change records, all or nothing, two at once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tests.office.item_page_forms import facts_of
from tests.statements import counting
from tracker.acts import assignments, floor, items
from tracker.acts.items import NewVersion
from tracker.extensions import db
from tracker.office.items import fill_in as fill_in_page
from tracker.record.conventions import Convention
from tracker.record.items import Assignment, DueDate, FloorAction
from tracker.rules.codes import Floor, Part

PAGE = "/office/union/2026/fill-in"


def typed(page: str) -> dict[str, str]:
    """All that the form of the page sends as it stands."""
    fields = {"items": hidden_field(page, "items")}
    for field in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="((?:i\d+|many|extension)-\w+)"', field)
        value = re.search(r'value="([^"]*)"', field)
        if name and ('type="checkbox"' not in field or "checked" in field):
            fields[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(
        r'<select[^>]*name="(i\d+-\w+)"[^>]*>(.*?)</select>', page, re.S
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def fill_in(
    union: Union,
    changes: dict[int, dict[str, str]],
    page: str = "",
    who: str = "walter",
    **more: str,
) -> TestResponse:
    """By the number of an item, what is typed over what the page has; `more` by the names of other
    fields, `-` written as `__`.
    """
    office = union.client(who)
    fields = typed(page or office.get(f"{PAGE}?show=all").text)
    for number, changed in changes.items():
        key = union.items[number]
        fields |= {f"i{key}-{name}": value for name, value in changed.items()}
    fields |= {name.replace("__", "-"): value for name, value in more.items()}
    return office.post(f"{PAGE}?show=all", data=fields)


def lead(union: Union, unit: str, who: str | None = None) -> dict[str, str]:
    """The fields of a unit, and of a person in it."""
    unit_id = str(union.units[unit])
    return {"unit": unit_id, "person": f"{unit_id}-{union.people[who]}" if who else ""}


def counts(union: Union) -> list[int]:
    return [union.count(kind) for kind in (FloorAction, Assignment, DueDate)]


def test_governance_and_managers_come_in_and_are_led_there(union: Union) -> None:
    for who in PEOPLE:
        may = who in ("walter", "ray", "teo")
        reads = may or who == "ewan"
        assert union.client(who).get(PAGE).status_code == (200 if reads else 403), who
        assert union.client(who).post(PAGE, data={}).status_code == (422 if may else 403), who
        work = union.client(who).get("/my-work").text
        assert (f'href="{PAGE}"' in work) == (who in ("ray", "teo")), who
    office = union.client("walter")
    assert f'href="{PAGE}"' in office.get("/office").text
    assert f'href="{PAGE}">Its items in a table' in union.client("ewan").get("/office").text
    page = office.get(PAGE).text
    for path in ("2026/items/new", "2026/convention"):
        assert f'href="/office/union/{path}"' in page
        assert f'href="/office/union/{path}"' not in union.client("ray").get(PAGE).text
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
            3: lead(union, "Center for Research", "ray"),
            4: {"unit": "", "person": ""},
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
        ({"unit": "77", "person": ""}, "not a valid choice"),
        ({"due_on": "2020-01-01"}, "before the convention, which opened on 23\u00a0Jul 2026"),
        ({"due_on": "2026-07-25"}, "the floor had not adopted it yet"),
        ({"acted_on": "2025-07-26"}, "before the convention, which opened on 23\u00a0Jul 2026"),
        ({"action": "referred", "unit": "", "person": ""}, "to which the floor referred it"),
        ({"action": "", "acted_on": "2026-07-26"}, "what is on record is not taken back here"),
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


def test_a_person_outside_the_unit_is_refused(union: Union) -> None:
    hollis = lead(union, "Center for Safety", "hollis")["person"]
    answer = fill_in(union, {1: {"due_on": "2027-03-04"}, 4: {"person": hollis}})
    assert answer.status_code == 422 and "hollis is not of this unit" in answer.text
    again = typed(answer.text)
    assert again[f"i{union.items[4]}-person"] == hollis
    assert again[f"i{union.items[1]}-due_on"] == "2027-03-04"


def test_a_date_on_record_is_extended_with_a_reason(union: Union) -> None:
    """One for all rows; it is not taken away, and the first stays."""
    with union.context() as context:
        for number in (1, 2):
            items.set_due_date(context, item_row(context.session, union, number), union.today)
    changes = {1: {"due_on": "2027-03-04"}, 2: {"due_on": "2027-03-05"}}
    refused = fill_in(union, changes)
    assert refused.status_code == 422
    for sentence in ("Write who extended it", "Give the reason in a sentence"):
        assert refused.text.count(sentence) == 2  # in the summary and at the field
    emptied = fill_in(union, {1: {"due_on": ""}})
    assert emptied.status_code == 422
    assert "a due date is extended, and not taken away" in emptied.text
    why = {"extension__by_whom": "the Board", "extension__reason": "Schools were closed."}
    assert fill_in(union, changes, **why).status_code == 303
    for number, day in ((1, date(2027, 3, 4)), (2, date(2027, 3, 5))):
        first, extended = facts_of(union, number).due_dates
        assert (first.due_on, extended.due_on) == (union.today, day)
        assert extended.by_whom == "the Board"


def test_two_at_once(union: Union) -> None:
    """What the other assigned is not lost, nor is what was typed; sent again, it is recorded."""
    page = union.client("walter").get(f"{PAGE}?show=all").text
    with union.context() as context:
        item = item_row(context.session, union, 4)
        assignments.assign(context, item, Part.LEAD, union.units["Center for Safety"])
    before = counts(union)
    changes = {
        1: {"due_on": "2027-03-04"},
        4: lead(union, "Center for Research", "ray"),
    }
    answer = fill_in(union, changes, page)
    assert answer.status_code == 409
    assert "Adopted, 26\u00a0Jul 2026; Center for Safety." in answer.text
    assert "somebody else recorded something here" in answer.text
    assert counts(union) == before
    again = typed(answer.text)
    assert again[f"i{union.items[1]}-due_on"] == "2027-03-04"
    for name, value in lead(union, "Center for Research", "ray").items():
        assert again[f"i{union.items[4]}-{name}"] == value
    assert union.client("walter").post(PAGE, data=again).status_code == 303
    assert facts_of(union, 4).assignments[-1].person_id == union.people["ray"]


def test_only_what_a_person_changed_is_changed(union: Union) -> None:
    """What another recorded meanwhile in a row that was left, or in another cell of it, stays."""
    page = union.client("walter").get(f"{PAGE}?show=all").text
    with union.context() as context:
        for number in (1, 4):
            item = item_row(context.session, union, number)
            assignments.assign(context, item, Part.LEAD, union.units["Center for Safety"])
    assert fill_in(union, {1: {"due_on": "2027-03-04"}}, page).status_code == 303
    for number in (1, 4):
        assert facts_of(union, number).assignments[-1].unit_id == union.units["Center for Safety"]
    assert [due.due_on for due in facts_of(union, 1).due_dates] == [date(2027, 3, 4)]


def test_what_the_floor_referred_goes_to_the_unit_of_the_row(union: Union) -> None:
    """It is a correction of the action; whoever leads it leads it still."""
    on = facts_of(union, 3).floor[0].on
    assert fill_in(union, {3: {"action": "referred"}}).status_code == 303
    [action] = facts_of(union, 3).floor
    assert (action.action, action.unit_id, action.on) == (
        Floor.REFERRED,
        union.units["Center for Safety"],
        on,
    )
    assert len(facts_of(union, 3).assignments) == 1


def test_an_action_without_a_day_is_corrected_without_one(union: Union) -> None:
    with union.context() as context:
        session = context.session
        convention = session.get_one(Convention, item_row(session, union, 1).convention_id)
        text = NewVersion(title="Item number 5")
        item = items.register(context, convention, "new_business_item", "5", text)
        floor.record_floor_action(context, item, Floor.ADOPTED, None)
        union.items[5] = item.id
    assert fill_in(union, {5: {"action": "defeated"}}).status_code == 303
    [action] = facts_of(union, 5).floor
    assert (action.action, action.day_known) == (Floor.DEFEATED, False)
    assert "1 of 5 items" in union.client("walter").get(f"{PAGE}?show=day").text


def test_one_lead_and_one_date_for_all_that_are_ticked(union: Union) -> None:
    """Put into the rows to be looked at, or saved at once."""
    ray = lead(union, "Center for Research", "ray")
    rows = {number: {"ticked": "y"} for number in (3, 4)}
    put = fill_in(union, rows, many__person=ray["person"], many__due_on="2027-03-04", do="many")
    assert put.status_code == 200 and "2 rows are changed, and not saved yet." in put.text
    assert put.text.count("changed, not saved") == 2
    again = typed(put.text)
    for number in (3, 4):
        assert again[f"i{union.items[number]}-person"] == ray["person"]
    assert again["many-due_on"] == ""
    assert counts(union)[2] == 0
    everything = fill_in(
        union, {}, many__person=ray["person"], many__due_on="2027-03-04", many__everything="y"
    )
    assert everything.status_code == 303
    for number in (1, 2, 3, 4):
        facts = facts_of(union, number)
        assert facts.assignments[-1].person_id == union.people["ray"]
        assert [due.due_on for due in facts.due_dates] == [date(2027, 3, 4)]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"do": "many"}, "Choose a unit, a person or a date"),
        ({"many__due_on": "2027-03-04"}, "Tick the rows for which this is meant"),
        ({"many__due_on": "soon", "many__everything": "y"}, "This is no date"),
    ],
)
def test_what_is_for_many_is_refused_in_words(
    union: Union, more: dict[str, str], sentence: str
) -> None:
    before = counts(union)
    answer = fill_in(union, {1: {"due_on": "2027-05-06"}}, **more)
    assert answer.status_code == 422 and sentence in answer.text
    assert typed(answer.text)[f"i{union.items[1]}-due_on"] == "2027-05-06"
    assert counts(union) == before


def test_a_manager_gives_within_the_unit_and_extends(union: Union) -> None:
    """Governance alone records what the floor did, and sets the first date."""
    with union.context() as context:
        items.set_due_date(context, item_row(context.session, union, 1), union.today)
    page = union.client("ray").get(f"{PAGE}?show=all").text
    assert "3 of 3 items" in page and "Item number 3" not in page  # another unit leads it
    fields = typed(page)
    for number, names in {1: ("unit", "person", "due_on"), 2: ("unit", "person")}.items():
        open_cells = {
            name.partition("-")[2] for name in fields if name.startswith(f"i{union.items[number]}-")
        }
        assert open_cells == {"seen", "was", *names}
    assert f'<option value="{union.units["Center for Safety"]}"' not in page
    sent = fill_in(
        union,
        {1: {"due_on": "2027-03-04"}, 2: lead(union, "Center for Research", "ray")},
        who="ray",
        extension__by_whom="Ray",
        extension__reason="Schools were closed.",
    )
    assert sent.status_code == 303
    assert facts_of(union, 1).due_dates[-1].due_on == date(2027, 3, 4)
    assert facts_of(union, 2).assignments[-1].person_id == union.people["ray"]
    before = counts(union)
    forced = fill_in(union, {2: {"action": "defeated", "due_on": "2027-03-04"}}, who="ray")
    assert forced.status_code == 422 and "not for you to change" in forced.text
    assert counts(union) == before


def test_a_lead_that_went_to_another_unit_is_not_taken_back(union: Union) -> None:
    page = union.client("ray").get(f"{PAGE}?show=all").text
    with union.context() as context:
        item = item_row(context.session, union, 4)
        assignments.assign(context, item, Part.LEAD, union.units["Center for Safety"])
    changes = {2: lead(union, "Center for Research", "ray"), 4: lead(union, "Center for Research")}
    answer = fill_in(union, changes, page, who="ray")
    assert answer.status_code == 422
    assert "You wrote: Center for Research. On record now: Adopted" in answer.text
    again = typed(answer.text)
    assert again[f"i{union.items[2]}-person"] == changes[2]["person"]
    assert union.client("ray").post(PAGE, data=again).status_code == 303
    assert facts_of(union, 2).assignments[-1].person_id == union.people["ray"]
    assert facts_of(union, 4).assignments[-1].unit_id == union.units["Center for Safety"]


def test_filters_and_the_next_page(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saving and going on passes over nothing, though what is complete leaves the list."""
    office = union.client("walter")
    safety = union.units["Center for Safety"]
    assert "1 of 4 items" in office.get(f"{PAGE}?unit={safety}").text
    assert "4 of 4 items" in office.get(f"{PAGE}?kind=new_business_item&show=due").text
    assert "0 of 4 items" in office.get(f"{PAGE}?show=lead").text
    assert "Save, and show the next" not in office.get(PAGE).text
    monkeypatch.setattr(fill_in_page, "ON_A_PAGE", 2)
    page = office.get(PAGE).text
    assert "Item number 2" in page and "Item number 3" not in page
    assert "does not save what you typed" in page
    fields = typed(page) | {f"i{union.items[1]}-due_on": "2027-03-04", "do": "next"}
    sent = office.post(PAGE, data=fields)
    assert sent.status_code == 303
    shown = office.get(sent.headers["Location"]).text
    assert "Item number 2" in shown and "Item number 3" in shown
    assert facts_of(union, 1).due_dates


def test_the_number_of_statements_does_not_depend_on_the_number_of_items(
    union: Union,
) -> None:
    with union.app.app_context():
        engine = db.engine

    def statements() -> int:
        with counting(engine) as sent:
            assert union.client("walter").get(f"{PAGE}?show=all").status_code == 200
        return len(sent)

    before = statements()
    assert before
    with union.context() as context:
        session = context.session
        convention = session.get_one(Convention, item_row(session, union, 1).convention_id)
        for number in range(5, 25):
            text = NewVersion(title=f"Item number {number}")
            items.register(context, convention, "new_business_item", str(number), text)
    assert statements() == before
