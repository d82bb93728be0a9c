"""The office's page of a convention, and the page on which one is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tracker.acts import bodies, conventions, imports, people
from tracker.acts.import_models import Directory, ImportSource, ItemChanges, NewItem
from tracker.acts.items import NewVersion
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.reading.models import ConventionDetails
from tracker.record.as_of import AsOf
from tracker.record.bodies import Fund
from tracker.record.conventions import Convention, ConventionDates, ConventionName, FollowThrough
from tracker.record.people import Person
from tracker.rules.codes import Role
from tracker.rules.refusals import Refusal, Refused

PAGE = "/office/union/2026/convention"
NEW = "/office/union/conventions/new"
READ, GOVERNED = {"walter", "ewan"}, {"walter"}
FORMS = ("name", "dates", "published", "kept-from")
OLD_DATES = {"opens_on": "2024-07-03", "closes_on": "2024-07-06", "year": "2024"}


def context_of(union: Union) -> BodyContext:
    with union.session() as session:
        return load_body_context(session, union.body_id, AsOf(union.today))


def details_of(union: Union, slug: str = "2026") -> ConventionDetails:
    found = [one for one in context_of(union).conventions.values() if one.slug == slug]
    return found[0]


def send(
    union: Union, form: str, seen: str | None = None, who: str = "walter", **fields: str
) -> TestResponse:
    """A form as somebody has it before them, or, with `seen`, as they had it."""
    client = union.client(who)
    if seen is None:
        page = client.get(PAGE).text
        seen = hidden_field(page, f"{form}-seen") if f'"{form}-seen"' in page else ""
    named = {name if name == "preview" else f"{form}-{name}": text for name, text in fields.items()}
    return client.post(f"{PAGE}/{form}", data={f"{form}-seen": seen, **named})


def counts(union: Union) -> list[int]:
    return [union.count(fact) for fact in (ConventionName, ConventionDates, FollowThrough)]


def test_who_reads_it_and_who_changes_it(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        assert client.get(PAGE).status_code == (200 if who in READ else 403), who
        assert client.get(NEW).status_code == (200 if who in GOVERNED else 403), who
        assert client.post(NEW, data={}).status_code == (422 if who in GOVERNED else 403), who
        for form in FORMS:
            mistaken = 409 if form == "dates" else 422  # no date known is possible, but not seen
            answer = union.client(who).post(f"{PAGE}/{form}", data={})
            assert answer.status_code == (mistaken if who in GOVERNED else 403), (who, form)
    auditor = union.client("ewan").get(PAGE).text
    assert "Testville 2026" in auditor and "<details" not in auditor
    for path in (PAGE, NEW):
        assert f'href="{path}"' in union.client("walter").get("/office").text
    assert f'href="{PAGE}"' in union.client("ewan").get("/office").text
    assert f'href="{NEW}"' not in union.client("ewan").get("/office").text
    assert union.client("walter").get("/office/union/1999/convention").status_code == 404
    assert union.client("walter").post("/office/union/1999/convention/name").status_code == 404


def test_it_has_what_is_on_record_and_leads_on(union: Union) -> None:
    with union.context() as context:
        convention_id = item_row(context.session, union, 1).convention_id
        convention = context.session.get_one(Convention, convention_id)
        bodies.add_fund(context, convention, Fund(convention_id=convention_id, name="Reserve"))
    page = union.client("walter").get(PAGE).text
    for words in (
        "4 items are on record.",
        "How many were published is not known.",
        "The term of its items ends on 31\N{NO-BREAK SPACE}December 2027.",
        "From 3\N{NO-BREAK SPACE}June 2026",
        "Reserve",
        "Everybody",
        "the command line, 3\N{NO-BREAK SPACE}Jun 2026",
        "No list did: they were entered by hand",
    ):
        assert words in page, words
    for path in ("2026/fill-in", "reports?convention=2026", "2026/items/nbi-3", "imports", "funds"):
        assert f'href="/office/union/{path}"' in page, path


def test_its_items_are_found_by_words_and_by_number(union: Union) -> None:
    client = union.client("walter")
    assert "4 of 4 items" in client.get(PAGE).text
    for asked in ("number+2", "nbi-2", "2"):
        found = client.get(f"{PAGE}?q={asked}").text
        assert "1 of 4 items" in found and "Item number 2" in found
    assert "No item has these words" in client.get(f"{PAGE}?q=nothing").text
    assert "4 of 4 items" in client.get(f"{PAGE}?page=99&q=").text


def test_a_list_that_brought_its_items_is_named(union: Union) -> None:
    with union.context() as context:
        convention_id = item_row(context.session, union, 1).convention_id
        convention = context.session.get_one(Convention, convention_id)
        importing = replace(context, importing=True)
        imports.record_list(importing, "brought.csv", "0" * 64, 1)
        imports.record_item(
            importing,
            imports.ImportTarget.of(importing, convention),
            NewItem("new_business_item", "9", "9"),
            ItemChanges(text=NewVersion(title="Item number 9")),
            directory=Directory(),
            source=ImportSource("brought.csv", 2),
        )
        imports.record_list(importing, "changed-nothing.csv", "1" * 64, 1)
    page = union.client("walter").get(PAGE).text
    assert "brought.csv" in page and "changed-nothing.csv" not in page


def test_name_and_place(union: Union) -> None:
    sent = send(union, "name", name=" Testville  ", place="The old hall")
    assert sent.status_code == 303 and sent.headers["Location"] == f"{PAGE}#name"
    details = details_of(union)
    assert (details.name, details.place, details.slug) == ("Testville", "The old hall", "2026")
    for wrong in (
        {"name": ""},
        {"name": "x" * 201},
        {"name": "Testville", "place": "The old hall"},
    ):
        answer = send(union, "name", **wrong)
        assert answer.status_code == 422 and "to be mended" in answer.text
        assert f'value="{wrong["name"]}"' in answer.text
    assert send(union, "name", name="Testville", place="").status_code == 303
    assert details_of(union).place is None


def test_dates_show_first_what_would_follow(union: Union) -> None:
    before = counts(union)
    shown = send(union, "dates", preview="1", **OLD_DATES)
    assert shown.status_code == 200 and counts(union) == before
    assert "4 items would be “Term ended, no word”, and are “Silent”." in shown.text
    assert "would end on 31\N{NO-BREAK SPACE}December 2025" in shown.text
    assert 'value="2024-07-06"' in shown.text
    same = send(union, "dates", preview="1", opens_on="", closes_on="2026-07-27", year="2026")
    assert "No item would read differently today." in same.text
    assert send(union, "dates", **OLD_DATES).status_code == 303
    assert details_of(union).term_ends_on == date(2025, 12, 31)
    assert "Term ended, no word" in union.client("walter").get(PAGE).text


def test_the_term_of_the_convention_before_is_named(union: Union) -> None:
    with union.context() as context:
        dates = conventions.Dates(year=2027)
        conventions.record(context, "2027", "Lakeside 2027", dates)
    client = union.client("walter")
    path = "/office/union/2027/convention"
    seen = hidden_field(client.get(path).text, "dates-seen")
    form = {"dates-seen": seen, "dates-year": "2027", "dates-closes_on": "2027-07-06"}
    shown = client.post(f"{path}/dates", data=form | {"preview": "1"}).text
    assert (
        "Testville 2026: the term of its items would end on 6\N{NO-BREAK SPACE}July 2027" in shown
    )
    special = client.post(f"{path}/dates", data=form | {"dates-special": "y", "preview": "1"}).text
    assert "Testville 2026: the term" not in special


def test_dates_that_cannot_be(union: Union) -> None:
    for wrong in (
        {"opens_on": "2026-07-27", "closes_on": "2026-07-23", "year": "2026"},
        {"opens_on": "2026-07-23", "closes_on": "2026-07-27", "year": "2026"},  # as it is
        {"closes_on": "the last day", "year": "2026", "preview": "1"},
        {"closes_on": "2026-07-27", "year": "26"},
        {"closes_on": "1026-07-27", "year": "2026", "preview": "1"},
    ):
        answer = send(union, "dates", **wrong)
        assert answer.status_code == 422 and "to be mended" in answer.text, wrong
        assert f'value="{wrong["closes_on"]}"' in answer.text


def test_days_can_be_unknown_again(union: Union) -> None:
    assert send(union, "dates", opens_on="", closes_on="", year="2026").status_code == 303
    details = details_of(union)
    assert (details.opens_on, details.closes_on, details.year) == (None, None, 2026)
    assert send(union, "dates", opens_on="", closes_on="", year="").status_code == 303
    page = union.client("walter").get(PAGE).text
    assert "No term runs: its year is not known." in page


def test_how_many_were_published(union: Union) -> None:
    assert send(union, "published", items="6").status_code == 303
    page = union.client("walter").get(PAGE).text
    assert "6 were published: 2 of them are missing here." in page
    assert details_of(union).closes_on == union.today - timedelta(days=126)  # as it was
    for wrong in ("six", "-1", "6"):
        answer = send(union, "published", items=wrong)
        assert answer.status_code == 422 and f'value="{wrong}"' in answer.text
    assert send(union, "published", items="4").status_code == 303
    assert "none is missing" in union.client("walter").get(PAGE).text
    assert send(union, "published", items="3").status_code == 303
    assert "so more are here" in union.client("walter").get(PAGE).text
    assert send(union, "published", items="").status_code == 303
    assert details_of(union).published_items is None


def test_from_when_it_is_kept(union: Union) -> None:
    today = union.today.isoformat()
    shown = send(union, "kept-from", preview="1", since=today)
    assert "4 items would be “Assigned”, and are “Silent”." in shown.text
    for wrong in ("", "2026-06-03", (union.today + timedelta(days=1)).isoformat()):
        assert send(union, "kept-from", since=wrong).status_code == 422
    assert send(union, "kept-from", since=today).status_code == 303
    assert details_of(union).kept_from == union.today
    with union.session() as session:
        kept = session.scalars(sa.select(FollowThrough).order_by(FollowThrough.id)).all()
        assert [bool(row.retracted_by) for row in kept] == [True, False]


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        ("name", {"name": "First"}, {"name": "Second"}),
        ("dates", OLD_DATES, OLD_DATES | {"closes_on": "2024-07-07"}),
        ("published", {"items": "7"}, {"items": "8"}),
        ("kept-from", {"since": "2026-07-01"}, {"since": "2026-07-02"}),
    ],
)
def test_of_two_at_once_the_second_is_told_and_loses_nothing(
    union: Union, form: str, first: dict[str, str], second: dict[str, str]
) -> None:
    seen = hidden_field(union.client("walter").get(PAGE).text, f"{form}-seen")
    assert send(union, form, seen, **first).status_code == 303
    before = counts(union)
    for more in ({"preview": "1"}, {}):
        late = send(union, form, seen, **second, **more)
        assert late.status_code == 409 and "Somebody else recorded something" in late.text
    assert counts(union) == before
    for text in second.values():
        assert f'value="{text}"' in late.text
    again = send(union, form, hidden_field(late.text, f"{form}-seen"), **second)
    assert again.status_code == 303


def test_the_acts_themselves_are_refused_to_the_second(union: Union) -> None:
    with union.context("walter", seen=1) as context:
        row = context.session.scalars(sa.select(Convention)).one()
        acts = (
            lambda: conventions.rename(context, row, "Another", None),
            lambda: conventions.set_dates(context, row, conventions.Dates(year=2026)),
            lambda: conventions.open_follow_through(context, row, union.today),
        )
        for act in acts:
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code is Refusal.CHANGED_MEANWHILE
        context.session.rollback()


# --- a new convention ---


def test_a_convention_is_recorded_and_its_page_comes_next(union: Union) -> None:
    client = union.client("walter")
    form = {
        "name": "Lakeside 2027",
        "year": "2027",
        "place": "Lakeside",
        "opens_on": "2027-07-01",
        "closes_on": "2027-07-05",
        "published_items": "12",
    }
    sent = client.post(NEW, data=form)
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/office/union/2027/convention"
    page = client.get(sent.headers["Location"]).text
    assert (
        "Lakeside 2027 is on record. It is hidden" in page and "No items are on record yet." in page
    )
    details = details_of(union, "2027")
    assert (details.place, details.published_items) == ("Lakeside", 12)
    assert details.kept_from == union.today
    again = client.post(NEW, data=form)
    assert again.status_code == 409 and 'value="2027-lakeside"' in again.text
    assert "A convention of this address is on record." in again.text
    other = client.post(NEW, data=form | {"address": "2027-lakeside"})
    assert other.headers["Location"] == "/office/union/2027-lakeside/convention"
    special = client.post(NEW, data=form | {"special": "y"})
    assert special.headers["Location"] == "/office/union/2027-special/convention"


def test_an_older_one_is_kept_where_the_office_says_so(union: Union) -> None:
    client = union.client("walter")
    old = {"name": "Old", "year": "2019"}
    assert client.post(NEW, data=old).status_code == 303
    assert details_of(union, "2019").kept_from is None
    opened = old | {"address": "2019-b", "kept_from": "2019-09-01"}
    assert client.post(NEW, data=opened).status_code == 303
    assert details_of(union, "2019-b").kept_from == date(2019, 9, 1)


def test_a_convention_that_cannot_be(union: Union) -> None:
    form = {"name": "Thirty", "year": "2030", "place": "Lakeside"}
    for wrong in (
        {"name": ""},
        {"year": ""},
        {"year": "24"},
        {"year": "next"},
        {"opens_on": "2030-07-06", "closes_on": "2030-07-03"},
        {"address": "find"},
        {"address": "A b"},
        {"published_items": "many"},
        {"kept_from": "2030-01-01"},
    ):
        answer = union.client("walter").post(NEW, data=form | wrong)
        assert answer.status_code == 422 and "to be mended" in answer.text, wrong
        assert 'value="Lakeside"' in answer.text
    assert union.count(Convention) == 1


def test_its_fund_is_asked_of_administrators_alone(union: Union) -> None:
    form = {"name": "Thirty", "year": "2030", "fund": "Reserve", "fund_amount": "1,250"}
    walter = union.client("walter")
    assert 'name="fund"' not in walter.get(NEW).text
    assert walter.post(NEW, data=form).status_code == 303 and union.count(Fund) == 0
    with union.context() as context:
        imani = context.session.get_one(Person, union.people["imani"])
        people.give_role(context, imani, Role.GOVERNANCE)
    both = union.client("imani")
    assert 'name="fund"' in both.get(NEW).text
    nameless = both.post(NEW, data=form | {"address": "b", "fund": ""})
    assert nameless.status_code == 422
    assert both.post(NEW, data=form | {"address": "b"}).status_code == 303
    with union.session() as session:
        fund = session.scalars(sa.select(Fund)).one()
        assert (fund.name, str(fund.amount)) == ("Reserve", "1250.00")
