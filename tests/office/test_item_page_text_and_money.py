"""The office's page of an item: versions of the text, clauses, decisions on a referral, money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories.staffed_union import Union, hidden_field, item_row
from tests.office.item_page_forms import PAGE, facts_of, send
from tracker.acts import floor, items, money
from tracker.acts.floor import Referral
from tracker.acts.items import NewVersion
from tracker.record.items import Clause, ReferralDecision, Version
from tracker.record.money import Appropriation, Estimate
from tracker.rules.codes import Basis, Decision, Floor, Stage


@pytest.fixture
def referred(union: Union) -> Union:
    """Item 4 was referred to another unit ten days ago."""
    with union.context() as context:
        floor.record_floor_action(
            context,
            item_row(context.session, union, 4),
            Floor.REFERRED,
            union.today - timedelta(days=10),
            referral=Referral(union.units["Center for Safety"]),
        )
    return union


def test_a_version_with_its_rationale(union: Union) -> None:
    sent = send(
        union,
        "walter",
        1,
        "version",
        stage="as_adopted",
        title="A better title",
        words="Do it well.",
        rationale="It was done badly.",
        truncated="y",
    )
    assert sent.status_code == 303
    version = facts_of(union, 1).versions[-1]
    assert (version.stage, version.title, version.words, version.rationale, version.truncated) == (
        Stage.AS_ADOPTED,
        "A better title",
        "Do it well.",
        "It was done badly.",
        True,
    )
    assert "<h1>A better title</h1>" in union.client("walter").get(PAGE.format(1)).text


def test_clauses_grow_by_a_button_and_replace_the_whole(union: Union) -> None:
    page = union.client("walter").get(PAGE.format(1)).text
    assert "clauses-parts-2-words" in page and "clauses-parts-3-words" not in page
    fields = {"parts-0-words": "Ask the schools.", "parts-1-words": "", "parts-2-words": "Thanks."}
    more = send(union, "walter", 1, "clauses", more="1", **fields)
    assert more.status_code == 200 and "clauses-parts-3-words" in more.text
    assert "Ask the schools." in more.text
    fields |= {"parts-0-addressee": "the Board", "parts-2-declaration": "y"}
    assert send(union, "walter", 1, "clauses", **fields).status_code == 303
    clauses = facts_of(union, 1).clauses
    assert [(clause.number, clause.words) for clause in clauses] == [
        (1, "Ask the schools."),
        (2, "Thanks."),
    ]
    assert [clause.declaration for clause in clauses] == [False, True]
    assert clauses[0].addressee == "the Board"


def test_clauses_stay_once_an_entry_was_made(union: Union) -> None:
    assert union.log("dana", 1).status_code == 303
    page = union.client("walter").get(PAGE.format(1)).text
    assert 'id="clauses"' not in page and "so they stay as they are" in page
    answer = send(union, "walter", 1, "clauses", **{"parts-0-words": "Kept words."})
    assert answer.status_code == 422 and "Kept words." in answer.text
    assert "Entries have been made about its clauses" in answer.text


def test_a_decision_on_a_referral(referred: Union) -> None:
    page = referred.client("walter").get(PAGE.format(4)).text
    assert f'<option selected value="{referred.units["Center for Safety"]}">' in page
    fields = {
        "decision": "declined",
        "unit": str(referred.units["Center for Safety"]),
        "on": referred.today.isoformat(),
        "reason": "It is too dear.",
    }
    shown = send(referred, "walter", 4, "decision", preview="1", **fields)
    assert shown.status_code == 200 and referred.count(ReferralDecision) == 0
    assert send(referred, "walter", 4, "decision", **fields).status_code == 303
    decision = facts_of(referred, 4).decisions[-1]
    assert (decision.decision, decision.reason) == (Decision.DECLINED, "It is too dear.")
    assert (
        "<b>Declined</b>, Center for Safety" in referred.client("walter").get(PAGE.format(4)).text
    )


def test_no_decision_without_a_referral(union: Union) -> None:
    assert 'id="decision"' not in union.client("walter").get(PAGE.format(4)).text
    answer = send(union, "walter", 4, "decision", decision="declined", reason="kept")
    assert answer.status_code == 422 and union.count(ReferralDecision) == 0


def test_an_estimate_and_what_was_set_aside_and_cut(union: Union) -> None:
    sent = send(
        union,
        "walter",
        3,
        "estimate",
        sentence="It would cost an additional $12,000.",
        amount="12,000",
        basis="additional",
        stage="as_submitted",
        conditional="y",
        assumption="Two people.",
    )
    assert sent.status_code == 303
    estimate = facts_of(union, 3).estimates[-1]
    assert (estimate.amount, estimate.basis, estimate.conditional, estimate.assumption) == (
        Decimal("12000.00"),
        Basis.ADDITIONAL,
        True,
        "Two people.",
    )
    fields = {"fund": "Contingency", "on": union.today.isoformat(), "decided_by": "the Board"}
    for change, amount in (("raise", "$9,000.00"), ("cut", "2,500.50")):
        sent = send(union, "walter", 3, "appropriation", change=change, amount=amount, **fields)
        assert sent.status_code == 303
    amounts = [fact.amount for fact in facts_of(union, 3).appropriations]
    assert amounts == [Decimal("9000.00"), Decimal("-2500.50")]
    page = union.client("walter").get(PAGE.format(3)).text
    assert "$12,000.00" in page and "-$2,500.50" in page and "decided by the Board" in page


TODAY = "2026-11-30"


@pytest.mark.parametrize(
    ("form", "fields", "sentence"),
    [
        ("version", {"title": "kept"}, "Choose which version it is"),
        ("version", {"stage": "as_adopted", "rationale": "kept"}, "Write its words, or its title"),
        ("version", {"stage": "amendment", "words": "kept", "on": "2099-01-01"}, "after today"),
        ("clauses", {"parts-0-addressee": "kept"}, "Write the words of a clause"),
        ("decision", {"reason": "kept"}, "Choose what it decided"),
        ("decision", {"decision": "maybe", "reason": "kept"}, "Choose what it decided"),
        ("decision", {"decision": "declined", "unit": "", "reason": "kept"}, "Choose the unit"),
        ("decision", {"decision": "declined", "reason": "kept"}, "Write the day of the decision"),
        (
            "decision",
            {"decision": "declined", "on": "2026-11-01", "reason": "kept"},
            "On that day it had not been referred.",
        ),
        ("decision", {"decision": "declined", "on": "2099-01-01", "reason": "kept"}, "after today"),
        ("estimate", {"assumption": "kept"}, "Write the sentence as it was published"),
        ("estimate", {"sentence": "kept", "amount": "much"}, "This is no amount."),
        ("estimate", {"sentence": "kept", "amount": "-3"}, "An estimate is not below zero"),
        ("estimate", {"sentence": "kept", "basis": "additional"}, "Write the amount, or choose"),
        (
            "estimate",
            {"sentence": "kept", "basis": "none", "amount": "3"},
            "leave the amount empty",
        ),
        ("appropriation", {"fund": "kept", "on": TODAY}, "Write the amount"),
        ("appropriation", {"fund": "kept", "amount": "5"}, "Write the day of the decision"),
        ("appropriation", {"decided_by": "kept", "amount": "5", "on": TODAY}, "Name the fund"),
        ("appropriation", {"fund": "kept", "amount": "-5", "on": TODAY}, "an amount above zero"),
        (
            "appropriation",
            {"change": "cut", "fund": "kept", "amount": "5", "on": TODAY},
            "No more can be cut than was appropriated.",
        ),
        ("appropriation", {"fund": "kept", "amount": "5", "on": "2099-01-01"}, "after today"),
    ],
)
def test_a_form_that_cannot_be_recorded_comes_back_as_it_was_written(
    referred: Union, form: str, fields: dict[str, str], sentence: str
) -> None:
    kinds = (Version, Clause, ReferralDecision, Estimate, Appropriation)
    before = [referred.count(kind, 4) for kind in kinds]
    if form == "decision":
        fields = {"unit": str(referred.units["Center for Safety"]), **fields}
    answer = send(referred, "walter", 4, form, **fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert "kept" in answer.text and "Nothing has been lost" in answer.text
    assert [referred.count(kind, 4) for kind in kinds] == before


def test_two_at_once(referred: Union) -> None:
    """What the other recorded is on the page that comes back, with what was written."""
    page = referred.client("walter").get(PAGE.format(4)).text
    forms = {
        "version": {"stage": "as_adopted", "words": "Mine."},
        "clauses": {"parts-0-words": "Mine.", "parts-1-words": "Mine, too."},
        "decision": {
            "decision": "accepted",
            "unit": str(referred.units["Center for Safety"]),
            "on": TODAY,
            "reason": "Mine.",
        },
        "estimate": {"sentence": "Mine.", "amount": "7"},
        "appropriation": {"fund": "Mine.", "amount": "7", "on": TODAY},
    }
    seen = {form: hidden_field(page, f"{form}-seen") for form in forms}
    unit, today = referred.units["Center for Safety"], date.fromisoformat(TODAY)
    with referred.context() as context:
        item = item_row(context.session, referred, 4)
        items.add_version(context, item, NewVersion(words="Theirs.", stage=Stage.AS_ADOPTED))
        items.enter_clauses(context, item, ["Theirs.", "Theirs, too."])
        floor.decide(context, item, Decision.DECLINED, unit, today)
        estimate = money.NewEstimate(sentence="Theirs.", basis=Basis.UNKNOWN)
        money.estimate(context, item, estimate)
        money.appropriate(context, item, "Theirs", Decimal("9.00"), today)
    for form, fields in forms.items():
        answer = send(referred, "walter", 4, form, seen[form], **fields)
        assert answer.status_code == 409, form
        assert "Somebody else recorded something here" in answer.text and "Mine." in answer.text
