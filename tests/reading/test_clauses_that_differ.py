"""What is said of an item whose clauses differ, or that another has.

Another body has it, or its duty was taken on by another item.
"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.recorded_union import CLOSES, RecordedUnion
from tracker.acts import conventions, floor, items
from tracker.formatting import item_answers, item_sentences, item_timeline, phrases
from tracker.reading import convention, item
from tracker.reading.audience import PUBLIC
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.rules.codes import Claimed, Decision, Floor, Purpose, Standing, Verdict


@pytest.fixture
def union(session: Session) -> RecordedUnion:
    """In a transaction that is never committed."""
    return RecordedUnion.begin(session)


@pytest.fixture
def meeting(union: RecordedUnion) -> Convention:
    return conventions.record(
        union.context,
        "2024",
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
    )


def page(union: RecordedUnion, item_: Item, on: date) -> item.ItemPage:
    item_page = item.page(union.session, union.context.body_id, item_.id, AsOf(on), PUBLIC)
    assert item_page is not None
    return item_page


def test_the_clock_waits_for_the_day_by_which_a_decision_is_asked_for(
    union: RecordedUnion, meeting: Convention
) -> None:
    item = union.item(meeting, "1", "Lower dues", "Dues shall be lowered.")
    floor.record_floor_action(
        union.on(CLOSES),
        item,
        Floor.REFERRED,
        CLOSES,
        referral=floor.Referral(union.unit("Board"), Purpose.DECISION, date(2025, 1, 9)),
    )
    item_page = page(union, item, date(2024, 12, 20))
    assert (
        item_page.verdict is Verdict.NOT_YET
        and item_page.silence.days == 189
        and not item_page.silence.over
    )
    assert (
        item_sentences.last_word(item_page.silence)
        == "The clock waits for the decision, asked for by 9\u00a0January 2025."
    )
    assert item_sentences.responsible(item_page) == "Board, by referral"
    assert (
        item_sentences.last_word(page(union, item, date(2025, 1, 10)).silence)
        == "210 days without a word; the rule is 90."
    )


def test_the_clock_runs_from_a_duty_that_began_after_the_last_word(
    union: RecordedUnion, meeting: Convention
) -> None:
    """The last word is as old as it is; without a word is the item since its adoption."""
    discounts = union.item(meeting, "5", "Bus discounts", "Discounts shall be sought.")
    committee = union.unit("Bus Committee")
    referred, adopted = date(2024, 6, 14), date(2025, 3, 1)
    floor.record_floor_action(
        union.on(referred),
        discounts,
        Floor.REFERRED,
        referred,
        referral=floor.Referral(committee, Purpose.REPORT),
    )
    floor.decide(
        union.on(date(2024, 9, 2)),
        discounts,
        Decision.REPORTED_BACK,
        committee,
        date(2024, 9, 2),
        "There are two.",
    )
    floor.record_floor_action(union.on(adopted), discounts, Floor.ADOPTED, adopted)
    soon = page(union, discounts, date(2025, 3, 11)).silence
    assert (soon.days, soon.quiet_days, soon.over) == (190, 10, False)
    assert item_sentences.last_word(soon) == ""
    late = page(union, discounts, date(2025, 5, 31)).silence
    assert item_sentences.last_word(late) == "91 days without a word; the rule is 90."


def test_who_reported_back_is_responsible_and_was_assigned_by_the_referral(
    union: RecordedUnion, meeting: Convention
) -> None:
    item = union.item(meeting, "2", "Rail discounts", "A report shall be given.")
    floor.record_floor_action(
        union.on(CLOSES),
        item,
        Floor.REFERRED,
        CLOSES,
        referral=floor.Referral(union.unit("Rail Committee"), Purpose.REPORT),
    )
    floor.decide(
        union.on(date(2024, 9, 2)),
        item,
        Decision.REPORTED_BACK,
        union.unit("Rail Committee"),
        date(2024, 9, 1),
        "There are three.",
    )
    item_page = page(union, item, date(2024, 9, 3))
    assert item_sentences.responsible(item_page) == "Rail Committee, by referral"
    assert [step.code for step in item_page.steps] == [
        "referred",
        "decided",
        "reported",
        "confirmed",
        "change",
    ]


def test_how_far_it_got_is_dated_by_the_clauses_that_get_there(
    union: RecordedUnion, meeting: Convention
) -> None:
    guide = union.item(meeting, "3", "Guide", "A guide shall be printed and mailed.")
    items.enter_clauses(union.context, guide, ["Print it.", "Mail it."])
    union.adopt(guide, lead="Press Office")
    done = union.say(guide, date(2024, 9, 1), "Printed.", Claimed.DONE, [1])
    union.confirm(guide, done, date(2024, 9, 5))
    open_ = {step.code: step for step in page(union, guide, date(2024, 9, 6)).steps}
    assert (open_["confirmed"].reached, open_["confirmed"].clauses, open_["confirmed"].of) == (
        False,
        1,
        2,
    )
    union.say(guide, date(2024, 9, 20), "No money to mail it.", Claimed.WILL_NOT_BE_DONE, [2])
    item_page = page(union, guide, date(2024, 9, 21))
    steps = {step.code: step for step in item_page.steps}
    assert item_page.standing is Standing.PARTLY_DONE
    assert (steps["reported"].on, steps["confirmed"].on) == (date(2024, 9, 1), date(2024, 9, 5))
    assert "confirmed. The Board decided on" in item_answers.why(item_page)


def test_the_reason_names_the_one_clause_that_is_silent(
    union: RecordedUnion, meeting: Convention
) -> None:
    guide = union.item(meeting, "4", "Guide", "A guide shall be printed and mailed.")
    items.enter_clauses(union.context, guide, ["Print it.", "Mail it."])
    union.adopt(guide, lead="Press Office")
    union.say(guide, date(2024, 9, 20), "It is being printed.", Claimed.STARTED, [1])
    item_page = page(union, guide, date(2024, 9, 23))
    assert (item_page.standing, item_page.verdict) == (Standing.SILENT, Verdict.NOT_YET)
    assert item_answers.why(item_page) == "Clause 2: 101 days without a word; the rule is 90."
    listed = convention.page(
        union.session,
        union.context.body_id,
        meeting.id,
        AsOf(date(2024, 9, 23)),
        convention.Filters(size=0),
    )
    assert listed and [item_answers.why(row) for row in listed.rows] == [
        "Clause 2: 101 days without a word; the rule is 90"
    ]


def test_inside_one_convention_nobody_says_the_year(
    union: RecordedUnion, meeting: Convention
) -> None:
    one, other = (
        union.item(meeting, "5", "Buses", "Buses."),
        union.item(meeting, "6", "More buses", "More buses."),
    )
    later = conventions.record(
        union.context, "2025", "Riverbend 2025", conventions.Dates(year=2025)
    )
    again = union.item(later, "7", "Buses again", "Buses again.")
    for adopted in (one, other):
        union.adopt(adopted)
    items.link(union.context, one, other)
    items.link(union.context, other, again)
    inside, across = page(union, one, CLOSES), page(union, other, CLOSES)
    assert [item_timeline.heading(moment, "USD") for moment in inside.record] == [
        "Taken on by new business item\u00a06"
    ]
    assert [item_timeline.heading(moment, "USD") for moment in across.record] == [
        "Carried over to new business item\u00a07 of 2025"
    ]
    assert (
        inside.by_way_of
        and phrases.ref_name(inside.by_way_of, inside.path) == "new business item\u00a07 of 2025"
    )
    assert phrases.ref_name(inside.carried_to[0], inside.path) == "new business item\u00a06"
    assert item_answers.why(inside) == "Taken on by new business item\u00a06."
