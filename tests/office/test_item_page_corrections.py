"""The office's page of an item: a fact typed wrong is corrected or taken back, and stays shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, item_row
from tests.office.form_reader import fields_of_form
from tests.office.item_page_forms import PAGE, facts_of
from tracker.acts import assignments, corrections, due_dates, floor, items, money
from tracker.acts.floor import Referral, VoteCount
from tracker.record.items import Assignment, DueDate, FloorAction
from tracker.rules.codes import Basis, Decision, Floor, Part, Purpose
from tracker.rules.facts import Fact

PATH = PAGE.format(4)


@dataclass(frozen=True)
class Case:
    form: str
    kind: str
    field: str  # that is corrected
    right: str
    attribute: str
    expected: object


CASES = (
    Case("floor-action", "floor", "votes_for", "121", "votes_for", 121),
    Case("decision", "decisions", "reason", "No staff.", "reason", "No staff."),
    Case("version", "versions", "title", "Paid breaks", "title", "Paid breaks"),
    Case("due-date", "due_dates", "due_on", "2027-03-01", "due_on", None),
    Case("extend", "due_dates", "by_whom", "the Board", "by_whom", "the Board"),
    Case("assign", "assignments", "person", "", "person_id", None),
    Case("estimate", "estimates", "amount", "1,200.50", "amount", Decimal("1200.50")),
    Case("appropriation", "appropriations", "amount", "700", "amount", Decimal(700)),
    Case("link", "links", "other", "nbi-3", "target_id", None),
)


@pytest.fixture
def filled(union: Union) -> Union:
    """Item 4 with one fact of each kind more than it has."""
    with union.context("walter") as context:
        item, today = item_row(context.session, union, 4), context.today
        safety = union.units["Center for Safety"]
        referral = Referral(unit_id=safety, purpose=Purpose.DECISION)
        floor.record_floor_action(
            context,
            item,
            Floor.REFERRED,
            today - timedelta(days=126),
            referral=referral,
            vote=VoteCount(votes_for=120, votes_against=11),
            note="Kept as it is.",
        )
        floor.decide(
            context, item, Decision.DECLINED, safety, today - timedelta(days=9), "No money."
        )
        items.set_due_date(context, item, today + timedelta(days=30))
        due_dates.extend(
            context, item, today + timedelta(days=60), "a board", "The lists are late."
        )
        assignments.assign(
            context,
            item,
            Part.CONTRIBUTOR,
            safety,
            union.people["hollis"],
            on=today - timedelta(days=5),
        )
        estimate = money.NewEstimate(
            sentence="About $1,200.", basis=Basis.ADDITIONAL, amount=Decimal(1200)
        )
        money.estimate(context, item, estimate)
        money.appropriate(context, item, "Reserve", Decimal(500), today - timedelta(days=4))
        money.appropriate(context, item, "Reserve", Decimal(-100), today - timedelta(days=3))
        items.link(context, item, item_row(context.session, union, 2), today - timedelta(days=2))
    return union


def fact_id(union: Union, form: str, kind: str) -> int:
    """The key of the fact of the scene that the form corrects."""
    facts = getattr(facts_of(union, 4), kind)
    if kind == "due_dates":
        return next(due.id for due in facts if bool(due.by_whom) == (form == "extend"))
    return facts[0 if form == "appropriation" else -1].id


def fact_of(union: Union, kind: str, key: int) -> Fact | None:
    return next((fact for fact in getattr(facts_of(union, 4), kind) if fact.id == key), None)


def correct(union: Union, who: str, form: str, key: int, /, **changed: str) -> TestResponse:
    """Sends the form that holds the fact, with what is changed in it."""
    client = union.client(who)
    path = f"{PATH}/{form}/{key}"
    sent = fields_of_form(client.get(path).text, path)
    buttons = {name: changed.pop(name) for name in ("preview", "never") if name in changed}
    return client.post(path, data=sent | buttons | {f"{form}-{k}": v for k, v in changed.items()})


def test_each_fact_is_corrected_in_its_own_form(filled: Union) -> None:
    """What is not touched stays, and its day; what stood there before is shown as taken back."""
    office = filled.client("walter")
    page = office.get(PATH).text
    assert "Taken back" not in page
    for number, case in enumerate(CASES, 1):
        key = fact_id(filled, case.form, case.kind)
        assert f'href="{PATH}/{case.form}/{key}#{case.form}"' in page, case
        before = fact_of(filled, case.kind, key)
        changed = {case.field: case.right}
        if case.form == "link":
            changed["target"] = str(filled.items[3])
        shown = correct(filled, "walter", case.form, key, preview="1", **changed)
        assert shown.status_code == 200 and "What would follow" in shown.text, case
        assert fact_of(filled, case.kind, key) == before
        assert correct(filled, "walter", case.form, key, **changed).status_code == 303, case
        assert fact_of(filled, case.kind, key) is None
        after = max(getattr(facts_of(filled, 4), case.kind), key=lambda fact: fact.id)
        if case.expected is not None:
            assert getattr(after, case.attribute) == case.expected, case
        for name, value in vars(before).items():
            if name not in ("id", "event", "heard_on", "recorded_at", "actor"):
                assert (getattr(after, name) == value) == (name != case.attribute), (case, name)
        page = office.get(PATH).text
        assert page.count("corrected by Walter") == page.count("<s>") == number


def test_each_fact_is_taken_back(filled: Union) -> None:
    """(On the newest floor action a decision rests, and the first appropriation was cut.)"""
    for case in CASES:
        facts = getattr(facts_of(filled, 4), case.kind)
        key = facts[0 if case.form in ("due-date", "floor-action") else -1].id
        assert correct(filled, "walter", case.form, key, never="1").status_code == 303, case
        assert fact_of(filled, case.kind, key) is None
    page = filled.client("walter").get(PATH).text
    assert page.count("taken back by Walter") == len(CASES)


def test_who_may(filled: Union) -> None:
    key = fact_id(filled, "assign", "assignments")
    path = f"{PATH}/assign/{key}"
    for who in PEOPLE:
        may = who == "walter"
        client = filled.client(who)
        assert client.get(path).status_code == (200 if may else 403), who
        assert client.post(path, data={"never": "1"}).status_code == (303 if may else 403), who
        if who in ("ewan", "ray"):
            assert ">Correct<" not in client.get(PATH).text


def test_what_is_not_there(filled: Union) -> None:
    office = filled.client("walter")
    key = fact_id(filled, "assign", "assignments")
    for path in (
        f"{PATH}/assign/999999",
        f"{PATH}/clauses/1",
        f"{PATH}/nothing/1",
        f"{PAGE.format(3)}/assign/{key}",
    ):
        assert office.get(path).status_code == 404, path
        assert office.post(path, data={}).status_code == 404, path


REFUSED = (
    ("floor-action", {"action": "adopted", "unit": ""}, "decided on this referral"),
    ("floor-action", {"on": "2099-01-01", "note": "kept"}, "The date lies after today."),
    ("floor-action", {"votes_for": "many kept"}, "Not a valid integer"),
    ("decision", {"on": "2020-01-01", "reason": "kept"}, "it had not been referred"),
    ("version", {"title": "", "words": "", "rationale": "kept"}, "Write its words"),
    ("due-date", {"due_on": "kept"}, "This is no date"),
    ("due-date", {"due_on": "2020-01-01"}, "had not adopted it yet"),
    ("extend", {"reason": "", "by_whom": "kept"}, "Give the reason"),
    ("assign", {"unit": "", "person": "", "on": "kept"}, "Choose a unit"),
    ("estimate", {"amount": "", "assumption": "kept"}, "Write the amount"),
    ("appropriation", {"amount": "50", "fund": "kept"}, "No more can be cut"),
    ("appropriation", {"fund": "", "decided_by": "kept"}, "Name the fund"),
    ("link", {"target": "", "other": "kept"}, "No other item was found"),
)


def test_a_correction_that_is_refused_comes_back_as_it_was_written(filled: Union) -> None:
    for form, changed, sentence in REFUSED:
        kind = next(case.kind for case in CASES if case.form == form)
        key = fact_id(filled, form, kind)
        answer = correct(filled, "walter", form, key, **changed)
        assert answer.status_code == 422 and sentence in answer.text, (form, changed)
        assert all(value in answer.text for value in changed.values()), (form, changed)
        assert fact_of(filled, kind, key)


def test_a_referral_on_which_a_decision_rests_is_not_taken_back(filled: Union) -> None:
    key = fact_id(filled, "floor-action", "floor")
    refused = correct(filled, "walter", "floor-action", key, never="1")
    assert refused.status_code == 422 and "A unit decided on this referral" in refused.text
    raised = fact_id(filled, "appropriation", "appropriations")
    with filled.context() as context:
        item = item_row(context.session, filled, 4)
        money.appropriate(context, item, "Reserve", Decimal(-400), filled.today)
    assert correct(filled, "walter", "appropriation", raised, never="1").status_code == 422
    assert filled.count(FloorAction, 4) == 2


def test_a_report_that_became_a_claim_of_done_stays(union: Union) -> None:
    safety = union.units["Center for Safety"]
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        referral = Referral(unit_id=safety, purpose=Purpose.REPORT)
        floor.record_floor_action(context, item, Floor.REFERRED, union.today, referral=referral)
        floor.decide(context, item, Decision.REPORTED_BACK, safety, union.today, "Here it is.")
    key = fact_id(union, "decision", "decisions")
    refused = correct(union, "walter", "decision", key, reason="Another word.")
    assert refused.status_code == 422 and "Other records rest on it" in refused.text
    assert "Another word." in refused.text


def test_two_correct_the_same_fact(filled: Union) -> None:
    """The second reads what the first recorded; sent again, that is corrected."""
    office = filled.client("walter")
    key = fact_id(filled, "extend", "due_dates")
    path = f"{PATH}/extend/{key}"
    held = fields_of_form(office.get(path).text, path) | {"extend-by_whom": "the Board itself"}
    with filled.context("walter") as context:
        item = item_row(context.session, filled, 4)
        wrong = context.session.get_one(DueDate, key)
        on = filled.today + timedelta(days=90)
        due_dates.extend(context, item, on, "the manager", "Later still.", corrects=wrong)
    answer = office.post(path, data=held)
    assert answer.status_code == 409 and "Somebody else recorded something here" in answer.text
    assert "the Board itself" in answer.text
    newest = facts_of(filled, 4).due_dates[-1].id
    again = f"{PATH}/extend/{newest}"
    assert office.post(again, data=fields_of_form(answer.text, again)).status_code == 303
    assert facts_of(filled, 4).due_dates[-1].by_whom == "the Board itself"
    followed = office.get(path)
    assert followed.status_code == 303 and followed.headers["Location"] == PATH


def test_what_was_taken_back_meanwhile_is_added_if_it_is_sent_again(filled: Union) -> None:
    office = filled.client("walter")
    key = fact_id(filled, "assign", "assignments")
    path = f"{PATH}/assign/{key}"
    held = fields_of_form(office.get(path).text, path)
    with filled.context("walter") as context:
        item = item_row(context.session, filled, 4)
        row = context.session.get_one(Assignment, key)
        corrections.take_back(context, item, row)
    answer = office.post(path, data=held)
    assert answer.status_code == 409 and f'action="{PATH}/assign"' in answer.text
    assert office.post(path, data={"never": "1"}).status_code == 409
    sent = fields_of_form(answer.text, f"{PATH}/assign")
    assert office.post(f"{PATH}/assign", data=sent).status_code == 303
