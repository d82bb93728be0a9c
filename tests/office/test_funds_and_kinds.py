"""The pages of funds and of kinds of items: who reads and changes, what a change says first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tracker.acts import bodies, money
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import AsOf
from tracker.record.bodies import AddedKind, Fund
from tracker.record.conventions import Convention
from tracker.record.funds import FundInForce, funds_in_force
from tracker.reports.collecting.fund_groups import fund_lines

FUNDS, KINDS = "/office/union/funds", "/office/union/kinds"
READERS = ("imani", "walter", "ewan")
PLEDGE = {"name": "Pledge", "prefix": "PLE", "follows_through": "yes"}


def with_fund(union: Union) -> str:
    """The page of a fund of which item 1 was given 500."""
    with union.context() as context:
        item = item_row(context.session, union, 1)
        convention = context.session.get_one(Convention, item.convention_id)
        fund = Fund(convention_id=convention.id, name="Contingency", amount=Decimal("1000.00"))
        bodies.add_fund(context, convention, fund)
        money.appropriate(context, item, "Contingency", Decimal("500.00"), context.today)
        return f"{FUNDS}/{fund.id}"


def funds(union: Union) -> list[FundInForce]:
    with union.session() as session:
        return funds_in_force(session, [item_row(session, union, 1).convention_id])


def test_who_reads_and_who_changes(union: Union) -> None:
    fund = with_fund(union)
    for who in PEOPLE:
        for path in (FUNDS, KINDS, fund):
            page = union.client(who).get(path)
            assert page.status_code == (200 if who in READERS else 403), (who, path)
            assert ("btn--main" in page.text) == (who == "imani"), (who, path)
            sent = union.client(who).post(path, data={})
            assert sent.status_code == (422 if who == "imani" else 403), (who, path)
    start = union.client("imani").get("/office").text
    assert f'href="{FUNDS}"' in start and f'href="{KINDS}"' in start


def test_a_fund_is_added_and_no_other_has_its_name(union: Union) -> None:
    client = union.client("imani")
    with union.session() as session:
        convention = str(item_row(session, union, 1).convention_id)
    new = {"convention": convention, "name": "Reserve", "amount": "60,000.00"}
    assert client.post(FUNDS, data=new).status_code == 303
    assert [(fund.name, fund.amount) for fund in funds(union)] == [("Reserve", Decimal("60000.00"))]
    again = client.post(FUNDS, data={**new, "name": "reserve"})
    assert again.status_code == 422 and "Another fund of this convention" in again.text
    for wrong in ({"amount": "much"}, {"name": " "}, {"convention": "999"}):
        assert client.post(FUNDS, data=new | wrong).status_code == 422, wrong


def test_a_fund_keeps_what_named_it(union: Union) -> None:
    """Its change is shown first; an appropriation keeps its words, and counts for it."""
    path, client = with_fund(union), union.client("imani")
    page = client.get(path).text
    assert "$500.00 appropriated" in page
    change = {"name": "Reserve", "amount": "2000", "seen": hidden_field(page, "seen")}
    shown = client.post(path, data=change)
    assert shown.status_code == 200 and "Change it from today" in shown.text
    assert "The appropriations of 1 item name it." in shown.text
    assert funds(union)[0].name == "Contingency"
    made = client.post(path, data={**change, "make": "Reserve 2000.00"})
    assert made.status_code == 303
    (fund,) = funds(union)
    assert (fund.name, fund.amount, fund.earlier) == ("Reserve", 2000, ("Contingency",))
    page = client.get(path).text
    assert "Called Contingency before." in page and "$500.00 appropriated" in page
    late = client.post(path, data={**change, "name": "Other", "make": "Other 2000.00"})
    assert late.status_code == 409 and 'value="Other"' in late.text
    with union.context() as context:
        yesterday = AsOf.known_on(union.today - timedelta(days=1), context.zone)
        assert fund_lines(context.session, fund.convention_id, yesterday, ()) == ()
        today = AsOf(union.today)
        (line,) = fund_lines(context.session, fund.convention_id, today, ())
        assert (line.name, line.amount) == ("Reserve", 2000)


def test_a_kind_is_added_as_it_was_shown(union: Union) -> None:
    client = union.client("imani")
    assert "New business item" in client.get(KINDS).text
    shown = client.post(KINDS, data=PLEDGE)
    assert shown.status_code == 200 and "ple-2" in shown.text and "Add it" in shown.text
    assert "added here" not in client.get(KINDS).text
    made = client.post(KINDS, data={**PLEDGE, "make": "pledge ple yes"})
    assert made.status_code == 303
    assert "Pledge" in client.get(KINDS).text and "added here" in client.get(KINDS).text
    for wrong, why in (
        ({}, "Another has this name"),
        ({"name": "Motion", "prefix": "pmo"}, "Another has this name"),
        ({"name": "Plea"}, "Another kind has this beginning"),
        ({"name": "Plea", "prefix": "nbi"}, "Another kind has this beginning"),
        ({"name": "Plea", "prefix": "p1"}, "Write two to eight letters"),
        ({"name": "…", "prefix": "pla"}, "Write a name."),
        ({"name": "Plea", "prefix": "pla", "follows_through": "perhaps"}, "Choose one of the two."),
    ):
        answer = client.post(KINDS, data=PLEDGE | wrong)
        assert answer.status_code == 422 and why in answer.text, wrong


def test_a_closed_kind_takes_nothing_by_hand_and_opens_again(union: Union) -> None:
    client = union.client("imani")
    assert client.post(KINDS, data={**PLEDGE, "make": "pledge ple yes"}).status_code == 303
    with union.session() as session:
        key = session.query(AddedKind).one().id
    assert client.post(f"{KINDS}/{key}/close").status_code == 303
    with union.session() as session:
        context = load_body_context(session, union.body_id, AsOf(union.today))
        assert "pledge" in context.prefixes and "pledge" not in context.offered_kinds
    page = client.get(KINDS).text
    assert "closed: none is recorded by hand any more" in page and "Open it again" in page
    assert client.post(f"{KINDS}/{key}/close").status_code == 303
    assert "Somebody has changed it meanwhile" in client.get(KINDS).text
    assert client.post(f"{KINDS}/{key}/close", data={"again": "1"}).status_code == 303
    assert "added here" in client.get(KINDS).text
    assert client.post(f"{KINDS}/999/close").status_code == 404
    assert union.client("walter").post(f"{KINDS}/{key}/close").status_code == 403
