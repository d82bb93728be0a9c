"""Follow-through that comes in with a list: assignments, entries, claims, expenses.

What waits, what is released at once, and what a cell that cannot be meant leaves out.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.writing import plan_writer
from tracker.record.items import Item
from tracker.record.ledger_tables import Event
from tracker.record.progress import Claim, Release
from tracker.rules.codes import Claimed, Floor, Standing

from .first_list import FIRST, HEADINGS, SECOND, public_page, release_what_waits, take_first_list


def test_the_first_list_brings_follow_through(office: Office) -> None:
    take_first_list(office)
    guide, buses = office.item("nbi-1"), office.item("nbi-2")
    assert guide.lead and (guide.lead.unit, guide.lead.person) == ("Publishing", "Ana Roe")
    assert (
        guide.money.spent is None
        and guide.money.spent_waiting == Decimal(500)
        and guide.clauses[0].due
        and guide.clauses[0].due.due_on == date(2019, 6, 1)
    )
    entry = next(entry for entry in guide.record if entry.waiting)
    assert (
        (entry.words, entry.on) == ("Draft written", date(2018, 8, 1))
        and entry.source
        and "list.csv" in entry.source
    )
    assert guide.waiting == 1 and buses.waiting == 1
    claims = office.session.scalars(
        sa.select(Claim.claimed).join(Item, Item.id == Claim.item_id).where(Item.id == buses.id)
    ).all()
    assert claims == [Claimed.DONE]
    assert not office.session.scalars(
        sa.select(Release).where(Release.item_id.in_([guide.id, buses.id]))
    ).all()
    done = next(entry for entry in buses.record if entry.waiting)
    assert done.evidence and "Dept: Safety" in (done.evidence[0].words or "")


def test_what_the_list_says_was_spent_waits_with_its_entry(office: Office) -> None:
    """And next month's total is compared with what is released and what waits together."""
    take_first_list(office)
    assert public_page(office, "nbi-1").money.spent is None and "500" not in repr(
        public_page(office, "nbi-1").money
    )
    release_what_waits(office, "nbi-1")
    assert public_page(office, "nbi-1").money.spent == Decimal(500)
    office.take(table(HEADINGS, (*FIRST[:-1], "800")))
    guide = office.item("nbi-1")
    assert (guide.money.spent, guide.money.spent_waiting) == (Decimal(500), Decimal(300))
    assert counts(office.look(table(HEADINGS, (*FIRST[:-1], "800")))) == (0, 0, 1, 0)
    rows = list(csv.DictReader(io.StringIO(office.export())))
    assert (rows[0]["spent"], rows[0]["spent_waiting"]) == ("500.00", "300.00")
    assert counts(office.look(office.export())) == (0, 0, 2, 0)


def test_a_list_that_is_public_already_is_released_at_once(office: Office) -> None:
    preview = office.look(
        table(HEADINGS, FIRST, SECOND), opened=date(2018, 7, 2), closed_on=date(2018, 7, 5)
    )
    plan_writer.apply(office.session, preview, office.now, release=True)
    office.session.commit()
    guide, buses = public_page(office, "nbi-1"), public_page(office, "nbi-2")
    assert guide.money.spent == Decimal(500) and guide.waiting == buses.waiting == 0
    assert [entry.words for entry in guide.record if entry.what == "entry"] == ["Draft written"]
    # the row itself stays inside
    assert buses.standing is Standing.REPORTED_DONE and "Dept: Safety" not in repr(buses)
    assert [row.heard_on for row in office.session.scalars(sa.select(Release)).all()][-2:] == [
        date(2018, 8, 1),
        date(2018, 8, 20),
    ]
    assert counts(office.look(table(HEADINGS, FIRST, SECOND))) == (0, 0, 2, 0)


def test_money_alone_is_an_entry_too(office: Office) -> None:
    office.take(
        table(("NBI", "Title", "Status", "Spent"), ("1", "Guide", "Adopted", "75")),
        convention="2018",
    )
    page = public_page(office, "nbi-1")
    assert page.waiting == 1 and page.money.spent is None
    release_what_waits(office, "nbi-1")
    assert public_page(office, "nbi-1").money.spent == Decimal(75)


def test_an_update_without_a_day_waits_like_any_other(office: Office) -> None:
    row = ("1", "Guide", "", "Adopted", "", "", "", "", "", "", "Letter sent", "", "")
    preview = office.take(table(HEADINGS, row), convention="2018")
    guide = office.item("nbi-1")
    assert guide.waiting == 1 and guide.source == () and "--updates-on" in messages(preview)
    preview = office.take(table(HEADINGS, row), convention="2018", updates_on=date(2018, 8, 31))
    assert counts(preview) == (0, 0, 1, 0) and office.item("nbi-1").waiting == 1
    assert counts(
        office.look(table(HEADINGS, row), convention="2018", updates_on=date(2018, 9, 1))
    ) == (0, 0, 1, 0)


def test_complete_without_a_day_is_a_claim_whose_day_is_not_known(office: Office) -> None:
    preview = office.take(
        table(("NBI", "Title", "Status"), ("1", "Guide", "Adopted; complete")), convention="2018"
    )
    guide = office.item("nbi-1")
    assert guide.waiting == 1 and "day" in messages(preview)
    event = office.session.scalars(
        sa.select(Event).join(Claim, Claim.recorded_by == Event.id).where(Claim.item_id == guide.id)
    ).one()
    assert not event.day_known and event.imported


@pytest.mark.parametrize("wrong", ["2031-01-01", "2018-06-01", "someday"])
def test_a_day_that_cannot_be_never_rejects(office: Office, wrong: str) -> None:
    row = (*FIRST[:-2], wrong, "500")
    preview = office.take(table(HEADINGS, row))
    assert counts(preview) == (1, 0, 0, 0)
    guide = office.item("nbi-1")
    assert guide.waiting == 1 and ("Updated", wrong) in [
        (cell.column, cell.words) for cell in guide.source
    ]
    assert any(
        problem.column == "Updated" and problem.severity == "warning"
        for problem in preview.problems
    )


def test_two_vocabularies_in_one_column(office: Office) -> None:
    rows = [
        ("1", "A", "not accepted"),
        ("2", "B", "payment pending"),
        ("3", "C", "no further action required"),
        ("4", "D", "Adopted"),
        ("5", "E", ""),
    ]
    office.take(
        table(("Motion no.", "Title", "Status"), *rows),
        convention="2018",
        updates_on=date(2018, 8, 1),
    )
    floor = {
        code: [action.action for action in page.floor] for code, page in office.items().items()
    }
    assert floor == {
        "mot-1": [Floor.DEFEATED],
        "mot-2": [],
        "mot-3": [],
        "mot-4": [Floor.ADOPTED],
        "mot-5": [],
    }
    assert {code: page.waiting for code, page in office.items().items()} == {
        "mot-1": 0,
        "mot-2": 1,
        "mot-3": 1,
        "mot-4": 0,
        "mot-5": 0,
    }


def test_a_column_with_addresses_of_persons_is_warned_of_and_left_out_where_the_mapping_says(
    office: Office,
) -> None:
    sheet = table(("Year", "NBI", "Title", "Mail"), ("2018", "1", "Air", "ana@example.org"))
    assert "addresses of persons" in messages(office.look(sheet))
    office.take(sheet, {"columns": {"Mail": "left_out"}})
    assert office.item("nbi-1").source == ()


def test_an_amount_in_another_currency_is_no_amount(office: Office) -> None:
    sheet = table(
        ("Year", "NBI", "Title", "Cost", "Spent"),
        ("2018", "1", "A", "€ 12,500", "500 €"),
        ("2018", "2", "B", "SEK 7,000 more", "$5"),
        ("2018", "3", "C", "CA$5", "5"),
    )
    preview = office.look(sheet)
    assert [(row.row.cost and row.row.cost.amount, row.row.spent) for row in preview.rows] == [
        (None, None),
        (None, Decimal(5)),
        (None, Decimal(5)),
    ]
    assert messages(preview).count("another currency") == 4 and ("Spent", "500 €") in [
        (cell.heading, cell.words) for cell in preview.rows[0].writes.cells
    ]
    preview = office.look(sheet, currency="EUR")
    assert [row.row.cost and row.row.cost.amount for row in preview.rows] == [
        Decimal(12500),
        None,
        None,
    ]


def test_a_word_beside_an_update_is_said_once(office: Office) -> None:
    row = ("1", "Guide", "Adopted", "Committee answered", "Closed")
    options: dict[str, object] = {"convention": "2018", "updates_on": date(2018, 8, 31)}
    office.take(table(("NBI", "Title", "Decision", "Update", "Progress"), row), **options)
    assert sorted(entry.words for entry in office.item("nbi-1").record if entry.waiting) == [
        "Closed",
        "Committee answered",
    ]
    assert counts(
        office.look(table(("NBI", "Title", "Decision", "Update", "Progress"), row), **options)
    ) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "empty", ["-", "N/A", "n/a", "TBD", "None", "nan", "NULL", "#N/A", "?", "Unassigned"]
)
def test_a_cell_that_says_nothing_is_blank(office: Office, empty: str) -> None:
    headings = (
        "NBI",
        "Title",
        "Status",
        "Referred to",
        "Department",
        "Staff lead",
        "Update",
        "Spent",
        "Merged into",
        "Recommendation",
        "Notes",
    )
    rows = [
        (str(number), f"Title {number}", "Adopted", *(empty for _ in headings[3:]))
        for number in (1, 2, 3)
    ]
    preview = office.take(table(headings, *rows), convention="2018", updates_on=date(2018, 8, 31))
    page = office.item("nbi-1")
    assert (
        [action.action for action in page.floor] == [Floor.ADOPTED]
        and page.lead is None
        and page.waiting == 0
        and page.recommendation is None
    )
    assert page.money.spent is None and not preview.creates.units and not preview.creates.people
    assert empty not in {"None", "nan", "NULL", "#N/A"} or not page.source


@pytest.mark.parametrize(
    "heading", ["Staff responsible", "Assigned to", "Owner", "Responsible", "Staff contact", "Who"]
)
@pytest.mark.parametrize("first_comes", [True, False])
def test_who_is_responsible_beside_a_department_is_the_person(
    office: Office, heading: str, first_comes: bool
) -> None:
    pair = (
        ((heading, "Lee Chan"), ("Department", "Research"))
        if first_comes
        else (("Department", "Research"), (heading, "Lee Chan"))
    )
    office.take(
        table(
            ("NBI", "Title", "Status", *(name for name, _words in pair)),
            ("1", "Guide", "Adopted", *(words for _name, words in pair)),
        ),
        convention="2018",
    )
    lead = office.item("nbi-1").lead
    assert lead and (lead.unit, lead.person) == ("Research", "Lee Chan")


def test_nothing_was_done_before_the_convention_opened(office: Office) -> None:
    row = ("1", "Guide", "Adopted", "Draft written", "2018-01-05", "2018-02-01")
    headings = ("NBI", "Title", "Decision", "Update", "Update date", "Due")
    preview = office.take(
        table(headings, row), convention="2018", opened=date(2018, 7, 2), closed_on=date(2018, 7, 5)
    )
    assert {
        problem.column for problem in preview.problems if "before the floor" in problem.what
    } == {
        "Update date",
        "Due",
    }
    assert office.item("nbi-1").waiting == 1 and office.item("nbi-1").clauses[0].due is None
    assert counts(office.look(table(headings, row), convention="2018")) == (0, 0, 1, 0)


def test_a_cost_of_none_is_told_by_its_basis(office: Office) -> None:
    office.take(
        table(("NBI", "Title", "Status", "Cost"), ("1", "Guide", "Adopted", "None")),
        convention="2018",
    )
    estimate = office.item("nbi-1").money.estimate
    assert estimate and (estimate.amount, estimate.sentence, estimate.quoted) == (0, "None", None)
