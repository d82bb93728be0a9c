"""The office's page of an item: who may record which fact, what would follow, refusals, two at
once.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tests.office.item_page_forms import PAGE, facts_of, send
from tracker.acts import assignments, floor, items, people
from tracker.record.items import Assignment, DueDate, FloorAction
from tracker.record.people import Person
from tracker.rules.codes import Floor, Part, Role

FORMS = (
    "floor-action",
    "version",
    "movers",
    "recommendation",
    "clauses",
    "assign",
    "end-part",
    "due-date",
    "extend",
    "estimate",
    "appropriation",
    "decision",
    "outcome",
    "release-outcome",
    "confirmed-outcome",
    "link",
    "designation",
)


NOT_NOW = {"due-date", "decision", "release-outcome", "confirmed-outcome"}
"""What the facts of item 4 with a due date leave nothing to record of."""
OF_MANAGERS = {"assign", "end-part", "extend", "outcome", "release-outcome"}


def receiver(union: Union, unit: str, who: str | None = None) -> dict[str, str]:
    """The fields of a unit, and of a person in it."""
    unit_id = str(union.units[unit])
    return {"unit": unit_id, "person": f"{unit_id}-{union.people[who]}" if who else ""}


def test_who_comes_in_and_what_they_are_offered(union: Union) -> None:
    with union.context() as context:
        items.set_due_date(context, item_row(context.session, union, 4), union.today)
    for who in PEOPLE:
        page = union.client(who).get(PAGE.format(4))
        expected = 200 if who in ("walter", "ewan", "ray") else 403
        assert page.status_code == expected, who
        offered = {form for form in FORMS if f'id="{form}"' in page.text}
        if who == "walter":
            assert offered == set(FORMS) - NOT_NOW
        elif who == "ray":  # the manager of the unit
            assert offered == OF_MANAGERS - NOT_NOW
        else:
            assert not offered, who
    assert union.client("walter").get(PAGE.format(99)).status_code == 404


def test_the_pages_of_staff_lead_to_it(union: Union) -> None:
    for who, leads in (("walter", True), ("ewan", True), ("ray", True), ("dana", False)):
        page = union.client(who).get("/my-work/union/2026/nbi-4").text
        assert (PAGE.format(4) in page) == leads, who


def test_each_form_as_each_role(union: Union) -> None:
    """A form that says nothing comes back; whoever may not send it is not let in."""
    may = {form: {"walter"} for form in FORMS} | {form: {"walter", "ray"} for form in OF_MANAGERS}
    for form in FORMS:
        for who in PEOPLE:
            answer = union.client(who).post(f"{PAGE.format(4)}/{form}", data={})
            assert answer.status_code == (422 if who in may[form] else 403), (form, who)


# --- what the floor did ---


def test_a_floor_action_with_all_that_it_can_hold(union: Union) -> None:
    on = union.today - timedelta(days=20)
    fields = {
        "action": "referred",
        "on": on.isoformat(),
        "unit": str(union.units["Center for Safety"]),
        "purpose": "report",
        "decides_by": (union.today + timedelta(days=9)).isoformat(),
        "votes_for": "120",
        "votes_against": "11",
        "abstained": "0",
        "session": "Fifth sitting",
        "note": "After a recount.",
    }
    shown = send(union, "walter", 3, "floor-action", preview="1", **fields)
    assert shown.status_code == 200 and "What would follow" in shown.text
    assert len(facts_of(union, 3).floor) == 1  # nothing was kept
    assert send(union, "walter", 3, "floor-action", **fields).status_code == 303
    action = facts_of(union, 3).floor[-1]
    assert (action.action, action.on, action.unit_id) == (
        Floor.REFERRED,
        on,
        union.units["Center for Safety"],
    )
    assert (action.votes_for, action.votes_against, action.abstained) == (120, 11, 0)
    page = union.client("walter").get(PAGE.format(3)).text
    assert "Fifth sitting" in page and "After a recount." in page and "Walter," in page


def test_what_would_follow_is_what_follows(union: Union) -> None:
    """The preview and the page after the save say the same."""
    fields = {"action": "rescinded", "on": union.today.isoformat()}
    office = union.client("walter")
    assert "Will not be done" not in office.get(PAGE.format(3)).text
    shown = send(union, "walter", 3, "floor-action", preview="1", **fields).text
    would, now = shown.split("What would follow")[1].split('id="h-follows"')
    assert "Will not be done" in would and "No follow-through due" not in now
    assert send(union, "walter", 3, "floor-action", **fields).status_code == 303
    assert "Will not be done" in office.get(PAGE.format(3)).text


def test_a_second_action_of_one_day_comes_after_the_first(union: Union) -> None:
    on = (union.today - timedelta(days=10)).isoformat()
    for action in ("reconsidered", "defeated"):
        assert send(union, "walter", 3, "floor-action", action=action, on=on).status_code == 303
    positions = {fact.action: fact.position for fact in facts_of(union, 3).floor}
    assert positions[Floor.DEFEATED] > positions[Floor.RECONSIDERED]


# --- who has it, and until when ---


def test_a_manager_assigns_in_the_unit_alone(union: Union) -> None:
    fields = {"part": "lead", "on": ""}
    own = send(union, "ray", 4, "assign", **receiver(union, "Center for Research", "ray"), **fields)
    assert own.status_code == 303
    other = send(union, "ray", 4, "assign", **receiver(union, "Center for Safety"), **fields)
    assert other.status_code == 422  # it is not among what is offered
    assert union.client("teo").get(PAGE.format(4)).status_code == 403
    with union.context() as context:  # the lead is of another unit by now
        safety = union.units["Center for Safety"]
        item = item_row(context.session, union, 4)
        assignments.assign(context, item, Part.LEAD, safety)
        assignments.assign(context, item, Part.CONTRIBUTOR, union.units["Center for Research"])
    kept = send(union, "ray", 4, "assign", **receiver(union, "Center for Research"), **fields)
    assert kept.status_code == 403 and "Your roles do not allow this." in kept.text
    assert f'selected value="{union.units["Center for Research"]}"' in kept.text


def test_a_person_brings_the_unit_and_is_of_it(union: Union) -> None:
    dana = receiver(union, "Center for Research", "dana")["person"]
    safety = str(union.units["Center for Safety"])
    page = union.client("walter").get(PAGE.format(3)).text
    assert '<optgroup label="Center for Research">' in page
    refused = send(union, "walter", 3, "assign", part="lead", unit=safety, person=dana)
    assert refused.status_code == 422 and "Dana is not of this unit" in refused.text
    for value in (safety, dana):
        assert f'<option selected value="{value}"' in refused.text  # as it was chosen
    assert send(union, "walter", 3, "assign", part="lead", person=dana).status_code == 303
    lead = facts_of(union, 3).assignments[-1]
    assert lead.unit_id == union.units["Center for Research"]
    assert lead.person_id == union.people["dana"]


def test_a_person_without_a_role_whom_a_list_named_in_a_unit_is_offered(union: Union) -> None:
    with union.context() as context:
        orla = people.add(context, "Orla Finch", union.units["Center for Safety"]).id
    fields = {"part": "lead", "person": f"{union.units['Center for Safety']}-{orla}"}
    assert send(union, "walter", 3, "assign", **fields).status_code == 303
    assert facts_of(union, 3).assignments[-1].person_id == orla
    with union.context() as context:
        person = context.session.get_one(Person, orla)
        for act in (people.give_role, people.end_role):
            act(context, person, Role.STAFF, union.units["Center for Safety"])
    assert send(union, "walter", 4, "assign", **fields).status_code == 422  # she has left


def test_a_contributor_comes_and_goes_and_the_lead_stays(union: Union) -> None:
    safety = receiver(union, "Center for Safety", "hollis")
    sent = send(union, "walter", 4, "assign", part="contributor", **safety)
    assert sent.status_code == 303
    contributor = next(
        fact for fact in facts_of(union, 4).assignments if fact.part is Part.CONTRIBUTOR
    )
    assert (
        "Center for Safety, Hollis: contributor" in union.client("walter").get(PAGE.format(4)).text
    )
    assert send(union, "walter", 4, "end-part", part=str(contributor.id)).status_code == 303
    assert [fact.part for fact in facts_of(union, 4).assignments] == [Part.LEAD]


def test_a_due_date_is_set_and_extended_by_the_manager(union: Union) -> None:
    first, later = union.today + timedelta(days=30), union.today + timedelta(days=60)
    assert send(union, "walter", 4, "due-date", due_on=first.isoformat()).status_code == 303
    fields = {"due_on": later.isoformat(), "by_whom": "the Board", "reason": "The lists are late."}
    assert send(union, "ray", 4, "extend", **fields).status_code == 303
    assert [due.due_on for due in facts_of(union, 4).due_dates] == [first, later]
    page = union.client("walter").get(PAGE.format(4)).text
    assert "extended by the Board" in page and "The lists are late." in page


def test_a_clause_has_its_own(union: Union) -> None:
    second = union.clauses[2][1]
    due_on = (union.today + timedelta(days=30)).isoformat()
    sent = send(union, "walter", 2, "due-date", due_on=due_on, clause=str(second))
    assert sent.status_code == 303
    assert [due.clause_id for due in facts_of(union, 2).due_dates] == [second]
    sent = send(
        union,
        "walter",
        2,
        "assign",
        part="lead",
        **receiver(union, "Center for Safety"),
        clause=str(second),
    )
    assert sent.status_code == 303
    assert "Center for Safety: lead of clause 2" in union.client("walter").get(
        PAGE.format(2)
    ).text.replace("\n", " ")


# --- what is refused ---


@pytest.mark.parametrize(
    ("form", "fields", "sentence"),
    [
        ("floor-action", {"note": "kept"}, "Choose what the floor did"),
        ("floor-action", {"action": "adopted", "on": "soon", "note": "kept"}, "This is no date"),
        (
            "floor-action",
            {"action": "adopted", "on": "2099-01-01", "note": "kept"},
            "The date lies after today.",
        ),
        (
            "floor-action",
            {"action": "adopted", "words_to": "kept"},
            "Only what was referred or remitted has a receiver",
        ),
        (
            "floor-action",
            {"action": "adopted", "votes_for": "-3", "note": "kept"},
            "Write a number from 0 to 1,000,000",
        ),
        ("floor-action", {"action": "adopted", "session": "kept" * 31}, "longer than 120"),
        ("assign", {"part": "lead", "on": "3 kept 2026"}, "Choose a unit, or a person in it."),
        ("end-part", {"on": "kept"}, "Choose whose part ends"),
        ("extend", {"by_whom": "kept"}, "Write the day on which it is due"),
        (
            "extend",
            {"due_on": "2020-01-01", "by_whom": "kept", "reason": "Late."},
            "the floor had not adopted it yet",
        ),
        ("extend", {"due_on": "2027-01-01", "reason": "kept"}, "Write who extended it"),
        ("extend", {"due_on": "2027-01-01", "by_whom": "kept"}, "Give the reason in a sentence"),
    ],
)
def test_a_form_that_cannot_be_recorded_comes_back_as_it_was_written(
    union: Union, form: str, fields: dict[str, str], sentence: str
) -> None:
    with union.context() as context:
        items.set_due_date(context, item_row(context.session, union, 1), union.today)
    before = [union.count(kind, 1) for kind in (FloorAction, Assignment, DueDate)]
    answer = send(union, "walter", 1, form, **fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert "kept" in answer.text and "Nothing has been lost" in answer.text
    assert [union.count(kind, 1) for kind in (FloorAction, Assignment, DueDate)] == before


def test_a_first_date_is_not_before_the_adoption(union: Union) -> None:
    answer = send(union, "walter", 4, "due-date", due_on="2020-01-01")
    assert answer.status_code == 422 and "the floor had not adopted it yet" in answer.text


def test_a_part_that_has_ended_meanwhile_is_not_ended_again(union: Union) -> None:
    lead = str(facts_of(union, 4).assignments[0].id)
    with union.context() as context:
        assignments.unassign(context, item_row(context.session, union, 4), Part.LEAD)
    answer = send(union, "walter", 4, "end-part", "0", part=lead)
    assert answer.status_code == 422 and facts_of(union, 4).assignments == ()


# --- two at once ---


def test_two_record_what_the_floor_did(union: Union) -> None:
    """The second reads what the first recorded, and sends the same form again."""
    seen = hidden_field(union.client("walter").get(PAGE.format(4)).text, "floor-action-seen")
    with union.context() as context:
        item = item_row(context.session, union, 4)
        floor.record_floor_action(context, item, Floor.RECONSIDERED, union.today)
    fields = {"action": "defeated", "on": union.today.isoformat(), "note": "By one vote."}
    answer = send(union, "walter", 4, "floor-action", seen, **fields)
    assert answer.status_code == 409 and "Somebody else recorded something here" in answer.text
    assert "Reconsidered" in answer.text and 'value="By one vote."' in answer.text
    again = hidden_field(answer.text, "floor-action-seen")
    assert send(union, "walter", 4, "floor-action", again, **fields).status_code == 303


def test_two_assign_and_two_extend(union: Union) -> None:
    with union.context() as context:
        items.set_due_date(context, item_row(context.session, union, 4), union.today)
    page = union.client("walter").get(PAGE.format(4)).text
    seen = {form: hidden_field(page, f"{form}-seen") for form in ("assign", "extend", "end-part")}
    lead = str(facts_of(union, 4).assignments[0].id)
    with union.context() as context:
        item = item_row(context.session, union, 4)
        assignments.assign(context, item, Part.LEAD, union.units["Center for Research"])
        items.set_due_date(context, item, union.today + timedelta(days=3))
    research = receiver(union, "Center for Research", "dana")
    for form, fields in {
        "assign": {"part": "lead", **research},
        "extend": {"due_on": "2027-01-01", "by_whom": "the Board", "reason": "Late."},
    }.items():
        answer = send(union, "walter", 4, form, seen[form], **fields)
        assert answer.status_code == 409, form
        assert "Somebody else recorded something here" in answer.text
    # the lead that was to end is no more the one in force
    assert send(union, "walter", 4, "end-part", seen["end-part"], part=lead).status_code == 422
