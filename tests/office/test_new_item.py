"""The page on which the office types in one item of a convention."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, item_row
from tests.office.item_page_forms import facts_of
from tracker.acts import bodies, conventions, items
from tracker.acts.items import NewVersion
from tracker.record.bodies import Delegation
from tracker.record.conventions import Convention
from tracker.record.items import FloorPerson, Item
from tracker.record.ledger_tables import Text
from tracker.rules.codes import Basis, Floor, Stage

PAGE = "/office/union/2026/items/new"
ITEM = {
    "kind": "new_business_item",
    "number": "NBI 007",
    "title": "Seat belts for every bus",
    "words": "The union shall ask for them.",
    "rationale": "A child was hurt.",
    "stage": "as_submitted",
    "movers-0-part": "maker",
    "movers-0-delegation": "",
    "movers-0-name": "",
    "due_on": "2027-03-01",
    "sentence": "",
    "amount": "",
    "basis": "additional",
}


def send(union: Union, who: str = "walter", /, **changes: str) -> TestResponse:
    return union.client(who).post(PAGE, data=ITEM | changes)


def reopen(union: Union) -> None:
    """The convention is still to close."""
    with union.context() as context:
        row = context.session.scalars(sa.select(Convention)).one()
        closes_on = union.today + timedelta(days=3)
        conventions.set_dates(context, row, conventions.Dates(year=2026, closes_on=closes_on))


def newest(union: Union) -> int:
    """The number by which the factory's helpers find the newest item."""
    with union.session() as session:
        union.items[0] = session.scalars(sa.select(sa.func.max(Item.id))).one()
    return 0


def test_governance_alone_comes_in_and_is_led_there(union: Union) -> None:
    for who in PEOPLE:
        may = who == "walter"
        assert union.client(who).get(PAGE).status_code == (200 if may else 403), who
        assert union.client(who).post(PAGE, data={}).status_code == (422 if may else 403), who
    office = union.client("walter")
    for path in ("/office", "/office/union/2026/convention", "/office/union/2026/fill-in"):
        assert f'href="{PAGE}"' in office.get(path).text, path
    assert f'href="{PAGE}"' not in union.client("ewan").get("/office/union/2026/convention").text
    assert office.get("/office/union/1999/items/new").status_code == 404


def test_an_item_is_recorded_whole_and_its_page_comes_next(union: Union) -> None:
    with union.context() as context:
        ohio = bodies.add_delegation(context, "Ohio").id
    sent = send(
        union,
        **{"movers-0-delegation": " ohio ", "movers-0-name": "T. Quill"},
        **{"movers-1-part": "seconder", "movers-1-delegation": "", "movers-1-name": "A. Ruiz"},
        **{"movers-2-part": "contact", "movers-2-delegation": "", "movers-2-name": ""},
        **{"sentence": "An additional $1,250.", "amount": "1,250"},
    )
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/office/union/2026/items/nbi-7"
    assert union.client("walter").get(sent.headers["Location"]).status_code == 200
    number = newest(union)
    facts = facts_of(union, number)
    (version,) = facts.versions
    assert (version.stage, version.title) == (Stage.AS_SUBMITTED, "Seat belts for every bus")
    assert (version.words, version.rationale) == (ITEM["words"], "A child was hurt.")
    assert [due.due_on.isoformat() for due in facts.due_dates] == ["2027-03-01"]
    (estimate,) = facts.estimates
    assert (estimate.basis, str(estimate.amount)) == (Basis.ADDITIONAL, "1250.00")
    assert estimate.stage is Stage.AS_SUBMITTED
    assert facts.floor == ()  # the convention has closed
    with union.session() as session:
        movers = session.execute(
            sa.select(FloorPerson.part, FloorPerson.delegation_id, Text.words)
            .outerjoin(Text, Text.digest == FloorPerson.name)
            .where(FloorPerson.item_id == union.items[number])
            .order_by(FloorPerson.id)
        ).all()
    assert [tuple(row) for row in movers] == [
        ("maker", ohio, "T. Quill"),
        ("seconder", None, "A. Ruiz"),
    ]


def test_before_the_closing_it_awaits_debate(union: Union) -> None:
    reopen(union)
    page = union.client("walter").get(PAGE).text
    assert "recorded as awaiting debate" in page
    assert '<option selected value="as_submitted">' in page
    assert send(union).status_code == 303
    (action,) = facts_of(union, newest(union)).floor
    assert (action.action, action.on) == (Floor.AWAITING_DEBATE, union.today)


def test_the_next_one_keeps_the_kind(union: Union) -> None:
    office = union.client("walter")
    sent = office.post(PAGE, data=ITEM | {"kind": "motion", "number": "3", "another": "1"})
    assert sent.status_code == 303 and sent.headers["Location"].startswith(f"{PAGE}?kind=motion")
    page = office.get(sent.headers["Location"]).text
    assert '<option selected value="motion">' in page
    assert '<option selected value="as_submitted">' in page
    assert "Motion\N{NO-BREAK SPACE}3 is on record, under mot-3." in page
    assert ITEM["title"] not in page


def test_how_a_number_is_understood_is_shown_first(union: Union) -> None:
    before = union.count(Item)
    shown = send(union, number="No. 012 A", look="1")
    assert shown.status_code == 200 and "end in nbi-12a" in shown.text
    assert "to be mended" not in shown.text and 'value="No. 012 A"' in shown.text
    without = send(union, number="", look="1")
    assert without.status_code == 200 and "among those without one" in without.text
    unclear = send(union, number="?", title="", words="", look="1")
    assert unclear.status_code == 422 and "One thing is to be mended" in unclear.text
    there = send(union, number="NBI #003", look="1")
    assert there.status_code == 409 and 'href="/office/union/2026/items/nbi-3"' in there.text
    more = send(union, more="1")
    assert 'name="movers-1-name"' in more.text and ITEM["words"] in more.text
    assert union.count(Item) == before


def test_one_that_is_there_is_shown_and_nothing_is_lost(union: Union) -> None:
    twice = send(union, number="3")
    assert twice.status_code == 409 and "It is on record already." in twice.text
    assert 'href="/office/union/2026/items/nbi-3"' in twice.text
    for words in ("title", "words", "rationale"):
        assert ITEM[words] in twice.text
    with union.context() as context:
        items.correct_designation(
            context, item_row(context.session, union, 3), "new_business_item", "33", "33"
        )
    former = send(union, number="3")
    assert former.status_code == 409 and 'href="/office/union/2026/items/nbi-33"' in former.text


def test_of_two_who_add_one_number_the_second_is_told(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes between the look and the writing."""
    register = items.register

    def beaten(context, convention, kind, number, *rest, **named):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(items, "register", register)
        register(context, convention, kind, number, NewVersion(title="The first"))
        context.session.commit()
        return register(context, convention, kind, number, *rest, **named)

    monkeypatch.setattr(items, "register", beaten)
    late = send(union)
    assert late.status_code == 409 and 'href="/office/union/2026/items/nbi-7"' in late.text
    assert ITEM["words"] in late.text
    with union.session() as session:
        assert len(session.scalars(sa.select(Item).where(Item.number == "7")).all()) == 1


def test_without_a_number(union: Union) -> None:
    for place in (1, 2):
        sent = send(union, number=" ", title="", words=f"Thank them, {place}.")
        assert sent.headers["Location"].endswith(f"/nbi-unnumbered-{place}")
    other = send(union, number="", kind="motion")
    assert other.headers["Location"].endswith("/mot-unnumbered-1")
    assert union.client("walter").get(other.headers["Location"]).status_code == 200
    with union.session() as session:
        row = session.scalars(sa.select(Item).where(Item.kind == "motion")).one()
        assert (row.number, row.as_published) == ("unnumbered-1", None)


def test_an_item_that_cannot_be(union: Union) -> None:
    before = union.count(Item)
    for wrong in (
        {"kind": "pledge"},
        {"kind": ""},
        {"number": "?"},
        {"number": "unnumbered-1"},
        {"number": "1" * 21},
        {"title": "", "words": ""},
        {"title": "x" * 501},
        {"stage": "as_dreamt"},
        {"due_on": "soon"},
        {"movers-0-part": "king", "movers-0-name": "T. Quill"},
        {"movers-0-delegation": "Ohio"},
        {"amount": "12"},
        {"sentence": "An additional $1,250."},
        {"sentence": "Nothing.", "basis": "none", "amount": "3"},
        {"sentence": "Less.", "amount": "-3"},
    ):
        answer = send(union, **wrong)
        assert answer.status_code == 422 and "to be mended" in answer.text, wrong
        assert "A child was hurt." in answer.text
    assert union.count(Item) == before and union.count(Delegation) == 0
