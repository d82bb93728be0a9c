"""A lead leaves: what they have is listed, and goes on whole, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.staffed_union import NOW, PEOPLE, Union, hidden_field, item_row
from tracker.acts import assignments, handing_on
from tracker.reading.body_context import load_body_context
from tracker.reading.handing_on import leaving
from tracker.record.as_of import AsOf
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Part
from tracker.rules.facts import AssignmentFact
from tracker.rules.item_facts import Facts
from tracker.rules.refusals import Refusal, Refused

PAGE = "/office/union/leaving"


def page_of(union: Union, who: str) -> str:
    return f"{PAGE}/{union.people[who]}"


def receiver(union: Union, unit: str, who: str | None = None) -> str:
    return f"{union.units[unit]}-{union.people[who] if who else 0}"


def numbers_of(union: Union, who: str) -> list[str | None]:
    """Of the items that they have in hand."""
    with union.session() as session:
        context = load_body_context(session, union.body_id, AsOf(union.today), names=True)
        held = leaving(session, context, union.people[who], union.today)
        return [held_item.item.number for held_item in held.items]


def test_governance_hands_on_and_the_auditor_reads(union: Union) -> None:
    for who in PEOPLE:
        for path in (PAGE, page_of(union, "dana")):
            expected = 200 if who in ("walter", "ewan") else 403
            assert union.client(who).get(path).status_code == expected, who
        sent = union.client(who).post(page_of(union, "dana"), data={})
        assert sent.status_code == (422 if who == "walter" else 403), who
    for who in ("walter", "ewan"):
        page = union.client(who).get(page_of(union, "dana")).text
        assert "Item number 1" in page and ("Hand all of it on" in page) is (who == "walter")
    office = union.client("walter")
    assert f'href="{PAGE}"' in office.get("/office").text
    assert f'href="{page_of(union, "dana")}"' in office.get(PAGE).text
    assert office.get(f"{PAGE}/999999").status_code == 404


def test_all_goes_on_and_entries_that_wait_are_named(union: Union) -> None:
    assert union.log("dana", 1).status_code == 303
    office = union.client("walter")
    page = office.get(page_of(union, "dana")).text
    assert "Dana has 3 open items" in page
    assert "Entries that wait for release" in page and f"entry={union.entry(1)}" in page
    sent = office.post(
        page_of(union, "dana"),
        data={
            "listed": hidden_field(page, "listed"),
            "receiver": receiver(union, "Center for Research", "ray"),
            "on": union.today.isoformat(),
        },
    )
    assert sent.status_code == 303
    assert numbers_of(union, "dana") == [] and numbers_of(union, "ray") == ["1", "2", "4"]
    assert "3 items of Dana were handed on." in office.get(page_of(union, "dana")).text
    assert numbers_of(union, "hollis") == ["3"]  # of somebody else: it stays


def test_a_contributor_too_and_to_a_unit_without_a_person(union: Union) -> None:
    with union.context() as context:
        third = item_row(context.session, union, 3)
        research = union.units["Center for Research"]
        assignments.assign(context, third, Part.CONTRIBUTOR, research, union.people["dana"])
    listed = _listed(union)
    with union.context("walter") as context:
        count = handing_on.hand_on(
            context, union.people["dana"], union.units["Center for Safety"], None, listed
        )
        assert count == 4
        facts = context.facts(item_row(context.session, union, 3))
        contributors = [fact for fact in facts.assignments if fact.part is Part.CONTRIBUTOR]
        assert [(fact.unit_id, fact.person_id) for fact in contributors] == [
            (union.units["Center for Safety"], None)
        ]


def test_a_clause_that_somebody_else_leads_is_left_with_them(union: Union) -> None:
    first, second = union.clauses[2]
    with union.context() as context:
        item = item_row(context.session, union, 2)
        safety = union.units["Center for Safety"]
        assignments.assign(context, item, Part.LEAD, safety, union.people["hollis"], second)
    listed, research = _listed(union), union.units["Center for Research"]
    with union.context("walter") as context:
        handing_on.hand_on(context, union.people["dana"], research, union.people["ray"], listed)
        leads = _leads(context.facts(item_row(context.session, union, 2)))
        assert leads == {first: union.people["ray"], second: union.people["hollis"]}


def _leads(facts: Facts) -> dict[int, int | None]:
    """By clause, the person who leads it."""
    return {
        state.clause.id: state.lead.person_id
        for state in clause_states(facts, {facts.item.id: facts})
        if isinstance(state.lead, AssignmentFact)
    }


def _listed(union: Union) -> tuple[int, ...]:
    """The keys of what Dana has in hand."""
    with union.session() as session:
        context = load_body_context(session, union.body_id, AsOf(union.today), names=True)
        return leaving(session, context, union.people["dana"], union.today).assignments


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"receiver": ""}, "Choose a unit, or a person in it."),
        ({"receiver": "77-0"}, "Not a valid choice"),
        ({"on": ""}, "Write the day from which it is theirs."),
        ({"on": "soon"}, "Not a valid date"),
        ({"on": str((NOW + timedelta(days=1)).date())}, "day"),
        ({"on": "2020-01-01"}, "Choose a later day"),
    ],
)
def test_a_form_that_cannot_be_done_comes_back(
    union: Union, fields: dict[str, str], sentence: str
) -> None:
    office = union.client("walter")
    page = office.get(page_of(union, "dana")).text
    sound = {
        "listed": hidden_field(page, "listed"),
        "receiver": receiver(union, "Center for Safety"),
        "on": union.today.isoformat(),
    }
    answer = office.post(page_of(union, "dana"), data={**sound, **fields})
    assert answer.status_code == 422 and sentence in answer.text
    assert numbers_of(union, "dana") == ["1", "2", "4"]


def test_two_at_once(union: Union) -> None:
    """What was given to the person since the form was opened is shown, and nothing is handed on."""
    office = union.client("walter")
    listed = hidden_field(office.get(page_of(union, "dana")).text, "listed")
    with union.context() as context:
        third = item_row(context.session, union, 3)
        research = union.units["Center for Research"]
        assignments.assign(context, third, Part.LEAD, research, union.people["dana"])
    fields = {
        "listed": listed,
        "receiver": receiver(union, "Center for Safety", "hollis"),
        "on": union.today.isoformat(),
    }
    answer = office.post(page_of(union, "dana"), data=fields)
    assert answer.status_code == 409 and "Nothing was handed on." in answer.text
    assert "Dana has 4 open items" in answer.text
    assert numbers_of(union, "dana") == ["1", "2", "3", "4"]


def test_not_to_the_same_person(union: Union) -> None:
    dana, research = union.people["dana"], union.units["Center for Research"]
    listed = _listed(union)
    with union.context("walter") as context, pytest.raises(Refused) as refused:
        handing_on.hand_on(context, dana, research, dana, listed)
    assert refused.value.code is Refusal.SAME_PERSON
