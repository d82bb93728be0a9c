"""The office's page of an item: other items, kind and number, and what changed."""

from __future__ import annotations

import pytest

from tests.factories.staffed_union import Union, hidden_field, item_row
from tests.office.item_page_forms import PAGE, facts_of, send
from tracker.acts import items, outcomes
from tracker.record.items import Designation, Link
from tracker.record.meetings import Meeting
from tracker.record.outcomes import Outcome
from tracker.record.progress import Review
from tracker.rules.codes import By, Level, Result

CHOICE = 'name="link-target" type="radio" value='
TODAY = "2026-11-30"
STATED = {"level": "change_followed", "observed_on": TODAY, "words": "Calls fell by a third."}


def test_another_item_is_found_by_words_and_chosen(union: Union) -> None:
    found = send(union, "walter", 4, "link", more="1", direction="onward", other="item number")
    assert found.status_code == 200 and "Which one?" in found.text
    for number in (1, 2, 3):
        assert f'{CHOICE}"{union.items[number]}"' in found.text
    assert f'{CHOICE}"{union.items[4]}"' not in found.text  # not to itself
    fields = {"direction": "onward", "other": "item number", "target": str(union.items[2])}
    shown = send(union, "walter", 4, "link", preview="1", **fields)
    assert "new business item\u00a02" in shown.text.split("What would follow")[1]
    assert union.count(Link) == 0
    assert send(union, "walter", 4, "link", **fields).status_code == 303
    assert [link.target_id for link in facts_of(union, 4).links] == [union.items[2]]
    assert "Its duty is carried on by" in union.client("walter").get(PAGE.format(4)).text
    assert "It carries on the duty of" in union.client("walter").get(PAGE.format(2)).text


def test_by_its_number_in_one_step_and_the_other_way_round(union: Union) -> None:
    sent = send(union, "walter", 4, "link", direction="back", other="nbi-1")
    assert sent.status_code == 303
    assert [link.target_id for link in facts_of(union, 1).links] == [union.items[4]]


def test_a_kind_or_number_is_corrected_and_the_address_before_leads_there(union: Union) -> None:
    sent = send(union, "walter", 4, "designation", kind="motion", number="7A")
    assert sent.status_code == 303
    page = union.client("walter").get(PAGE.format(4))
    assert page.status_code == 200 and "Motion\u00a07A" in page.text


def test_an_outcome_is_stated_released_by_another_and_confirmed_by_a_meeting(
    union: Union,
) -> None:
    link = {"url": "https://example.org/calls", "link_title": "The count", "opens": "y"}
    sent = send(union, "ray", 4, "outcome", tie="A count before and after.", **STATED, **link)
    assert sent.status_code == 303
    facts = facts_of(union, 4)
    [outcome], [evidence] = facts.outcomes, facts.evidence
    assert (outcome.level, outcome.words) == (Level.CHANGE_FOLLOWED, "Calls fell by a third.")
    assert (evidence.url, evidence.outcome_id) == ("https://example.org/calls", outcome.id)
    own = send(union, "ray", 4, "release-outcome", outcome=str(outcome.id))
    assert own.status_code == 422 and "is decided by somebody else" in own.text
    sent = send(union, "walter", 4, "release-outcome", outcome=str(outcome.id))
    assert sent.status_code == 303
    confirmed = {
        "outcome": str(outcome.id),
        "meeting": "the audit committee",
        "met_on": TODAY,
    }
    without = send(union, "walter", 4, "confirmed-outcome", **confirmed)
    assert without.status_code == 422 and "Say where its minutes are" in without.text
    sent = send(union, "walter", 4, "confirmed-outcome", **confirmed, minutes="Point 3")
    assert sent.status_code == 303
    review = facts_of(union, 4).review(outcome=outcome.id)
    assert review is not None and (review.result, review.by) == (Result.CONFIRMED, By.MEETING)
    assert review.meeting == "the audit committee" and union.count(Meeting) == 1
    page = union.client("walter").get(PAGE.format(4)).text
    assert "by the audit committee’s meeting of" in page
    assert 'id="confirmed-outcome"' not in page  # nothing is left to confirm


@pytest.mark.parametrize(
    ("form", "fields", "sentence"),
    [
        ("link", {"other": "kept"}, "No other item was found."),
        ("link", {"other": ""}, "Write the number of the other item"),
        ("link", {"other": "item number"}, "Choose which one it is"),
        ("link", {"other": "nbi-1", "on": "2099-01-01"}, "after today"),
        ("designation", {"kind": "motion", "number": ""}, "Write the number as published"),
        ("designation", {"kind": "motion", "number": "kept" * 9}, "Write the number as published"),
        ("designation", {"kind": "new_business_item", "number": "4"}, "It is so already"),
        ("designation", {"kind": "new_business_item", "number": "3"}, "Another item of this"),
        ("designation", {"kind": "pledge", "number": "3"}, "Not a valid choice"),
        ("outcome", {"words": "kept"}, "Choose what it says"),
        ("outcome", {**STATED, "tie": ""}, "Say what ties the change to the item"),
        ("outcome", {**STATED, "observed_on": ""}, "Write the day on which it was observed"),
        ("outcome", {**STATED, "observed_on": "2099-01-01"}, "after today"),
        ("outcome", {**STATED, "words": ""}, "Say in a sentence what changed"),
        ("outcome", {**STATED, "url": "javascript:alert(1)"}, "A link begins with https://"),
    ],
)
def test_a_form_that_cannot_be_recorded_comes_back_as_it_was_written(
    union: Union, form: str, fields: dict[str, str], sentence: str
) -> None:
    answer = send(union, "walter", 4, form, **fields)
    assert answer.status_code == 422 and sentence in answer.text
    for name in ("words", "other"):
        assert fields.get(name, "") in answer.text
    assert [union.count(kind) for kind in (Link, Designation, Outcome, Review)] == [0, 0, 0, 0]


def test_a_link_does_not_lead_back(union: Union) -> None:
    with union.context() as context:
        session = context.session
        items.link(context, item_row(session, union, 1), item_row(session, union, 4))
    answer = send(union, "walter", 4, "link", direction="onward", other="nbi-1")
    assert answer.status_code == 422 and "would lead back to the item itself" in answer.text


def test_two_at_once(union: Union) -> None:
    page = union.client("walter").get(PAGE.format(4)).text
    seen = {form: hidden_field(page, f"{form}-seen") for form in ("link", "designation")}
    with union.context() as context:
        session, item = context.session, item_row(context.session, union, 4)
        items.link(context, item, item_row(session, union, 1))
        items.correct_designation(context, item, "motion", "9", "9")
        outcome = outcomes.state(context, item, Level.NONE_FOUND, "Looked.", context.today)
        key = outcome.id
    for form, fields in {
        "link": {"direction": "onward", "other": "nbi-2"},
        "designation": {"kind": "motion", "number": "10"},
    }.items():
        answer = send(union, "walter", 4, form, seen[form], **fields)
        assert answer.status_code == 409, form
        assert "Somebody else recorded something here" in answer.text
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        outcomes.release(context, item, context.session.get_one(Outcome, key))
    again = send(union, "walter", 4, "release-outcome", "0", outcome=str(key))
    assert again.status_code == 422  # it is released already
