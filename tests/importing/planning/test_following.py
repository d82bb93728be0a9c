"""Follow-through that comes in with a list, and with next month's: assignments, entries, claims,
expenses; and what a hand has changed since.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories.import_office import Office, counts, messages, table
from tracker.acts import act_context, items, progress, reviews
from tracker.acts.items import NewVersion
from tracker.importing.writing import plan_writer
from tracker.reading.audience import PUBLIC
from tracker.reading.item import ItemPage, pages
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.kept_summaries import rebuild
from tracker.record.ledger_tables import Event
from tracker.record.progress import Claim, Entry, Release
from tracker.record.verification import verify
from tracker.rules.codes import Claimed, Floor, Stage, Standing
from tracker.rules.permissions import COMMAND_LINE

HEADINGS = (
    "NBI #",
    "Title",
    "Text",
    "Disposition",
    "Date",
    "Cost",
    "Dept",
    "Staff contact",
    "Due",
    "Complete?",
    "Update",
    "Updated",
    "Spent to date",
)
FIRST = (
    "1",
    "Guide to air",
    "NEA shall print a guide.",
    "Adopted",
    "2018-07-03",
    "$3,000 in additional cost",
    "Publishing",
    "Ana Roe",
    "2019-06-01",
    "",
    "Draft written",
    "2018-08-01",
    "500",
)
SECOND = (
    "2",
    "Safe buses",
    "NEA shall survey buses.",
    "Adopted as amended",
    "2018-07-04",
    "No additional cost",
    "Safety",
    "",
    "",
    "Y",
    "Survey printed",
    "2018-08-20",
    "",
)


def first(office: Office, **options: object) -> None:
    preview = office.take(
        table(HEADINGS, FIRST, SECOND),
        opened=date(2018, 7, 2),
        closed_on=date(2018, 7, 5),
        **options,
    )
    assert counts(preview) == (2, 0, 0, 0), messages(preview)


def test_the_first_list_brings_follow_through(office: Office) -> None:
    first(office)
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


def test_again_nothing_changes(office: Office) -> None:
    first(office)
    before = office.session.scalar(sa.select(sa.func.max(Event.id)))
    preview = office.look(table(HEADINGS, FIRST, SECOND))
    assert counts(preview) == (0, 0, 2, 0), [row.changes for row in preview.rows]
    assert office.session.scalar(sa.select(sa.func.max(Event.id))) == before


def test_next_month(office: Office) -> None:
    first(office)
    later = (
        "1",
        "Guide to air",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Y",
        "Printed and sent",
        "2018-08-30",
        "2,750.50",
    )
    preview = office.take(table(HEADINGS, later, SECOND))
    assert counts(preview) == (0, 1, 1, 0), messages(preview)
    guide = office.item("nbi-1")
    assert guide.money.spent_waiting == Decimal("2750.50") and [
        expense.amount for expense in guide.money.waiting
    ] == [Decimal(500), Decimal("2250.50")]
    assert [entry.words for entry in guide.record if entry.waiting] == [
        "Printed and sent",
        "Draft written",
    ]
    assert guide.text and guide.text.words == "NEA shall print a guide." and guide.money.estimate
    assert counts(office.look(table(HEADINGS, later, SECOND))) == (0, 0, 2, 0)


def test_a_smaller_total_reverses(office: Office) -> None:
    first(office)
    office.take(table(HEADINGS, (*FIRST[:-1], "$450.00")))
    guide = office.item("nbi-1")
    assert (
        guide.money.spent_waiting == Decimal(450) and guide.waiting == 2
    )  # the difference is an entry of its own
    assert [entry.words for entry in guide.record if entry.waiting] == [
        "Spent, by the list: -50.00",
        "Draft written",
    ]


def test_what_the_list_says_was_spent_waits_with_its_entry(office: Office) -> None:
    """And next month's total is compared with what is released and what waits together."""
    first(office)
    assert public(office, "nbi-1").money.spent is None and "500" not in repr(
        public(office, "nbi-1").money
    )
    release(office, "nbi-1")
    assert public(office, "nbi-1").money.spent == Decimal(500)
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
    guide, buses = public(office, "nbi-1"), public(office, "nbi-2")
    assert guide.money.spent == Decimal(500) and guide.waiting == buses.waiting == 0
    assert [entry.words for entry in guide.record if entry.what == "entry"] == ["Draft written"]
    assert buses.standing is Standing.REPORTED_DONE and "Dept: Safety" not in repr(
        buses
    )  # the row itself stays inside
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
    page = public(office, "nbi-1")
    assert page.waiting == 1 and page.money.spent is None
    release(office, "nbi-1")
    assert public(office, "nbi-1").money.spent == Decimal(75)


def public(office: Office, code: str) -> ItemPage:
    key, convention = office.item(code).id, office.convention()
    return pages(office.session, convention.body_id, [key], AsOf(office.today), PUBLIC)[key]


def release(office: Office, code: str) -> None:
    """All that waits of an item, by the office."""
    item = office.session.get_one(Item, office.item(code).id)
    by_office = act_context.for_body(
        office.session, office.convention().body_id, COMMAND_LINE, office.now
    )
    for entry in by_office.facts(item)[0].waiting:
        progress.release(by_office, item, office.session.get_one(Entry, entry.id))
    office.session.commit()


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


def test_a_status_that_stays_is_no_new_word(office: Office) -> None:
    headings = ("NBI", "Title", "Status", "Progress", "Update", "Updated on")
    office.take(
        table(headings, ("1", "A", "Adopted", "In progress", "Started the survey", "2018-08-01")),
        convention="2018",
    )
    assert counts(
        office.look(
            table(
                headings, ("1", "A", "Adopted", "In progress", "Started the survey", "2018-08-01")
            ),
            convention="2018",
        )
    ) == (0, 0, 1, 0)
    preview = office.take(
        table(headings, ("1", "A", "Adopted", "On hold", "No printer found", "2018-08-20")),
        convention="2018",
    )
    assert counts(preview) == (0, 1, 0, 0)
    claims = office.session.scalars(
        sa.select(Claim.claimed).where(Claim.item_id == office.item("nbi-1").id).order_by(Claim.id)
    ).all()
    assert claims == [Claimed.PROGRESS, Claimed.BLOCKED]


def test_what_a_hand_changed_since_is_kept_and_named(office: Office) -> None:
    first(office)
    guide = office.item("nbi-1")
    item = office.session.get_one(Item, guide.id)
    by_hand = act_context.for_body(office.session, item.body_id, COMMAND_LINE, office.now)
    items.set_due_date(by_hand, item, date(2019, 9, 9))
    items.add_version(
        by_hand,
        item,
        NewVersion(
            words="NEA shall print a guide, and post it.",
            title="Guide to air",
            stage=Stage.AS_PUBLISHED,
        ),
    )
    office.session.commit()
    preview = office.take(table(HEADINGS, (*FIRST[:8], "2019-07-01", *FIRST[9:]), SECOND))
    assert {
        kept_value.field: (kept_value.yours, kept_value.in_file)
        for row in preview.rows
        for kept_value in row.kept
    } == {
        "due": (date(2019, 9, 9), date(2019, 7, 1)),
        "text": ("NEA shall print a guide, and post it.", "NEA shall print a guide."),
    }
    assert counts(preview) == (0, 0, 2, 0)
    assert counts(office.look(table(HEADINGS, (*FIRST[:8], "2019-07-01", *FIRST[9:]), SECOND))) == (
        0,
        0,
        2,
        0,
    )
    page = office.item("nbi-1")
    assert page.text and page.text.words == "NEA shall print a guide, and post it."


def test_one_event_for_each_item_and_date_and_one_for_the_list(office: Office) -> None:
    first(office)
    chain = office.convention().body_id
    events = office.session.execute(
        sa.select(Event.kind, Event.subject_id, Event.effective_on, Event.day_known).where(
            Event.id > chain * 10**10,
            Event.id < (chain + 1) * 10**10,
            Event.kind == "item_imported",
        )
    ).all()
    assert len(events) == len(set(events))
    lists = office.session.scalars(
        sa.select(Event.kind).where(
            Event.id > chain * 10**10,
            Event.id < (chain + 1) * 10**10,
            Event.kind == "list_imported",
        )
    ).all()
    assert len(lists) == 1


def test_a_changed_lead_and_due_date(office: Office) -> None:
    first(office)
    preview = office.take(
        table(HEADINGS, (*FIRST[:6], "Safety", "Bo Li", "2019-08-01", *FIRST[9:]))
    )
    assert counts(preview) == (0, 1, 0, 0)
    guide = office.item("nbi-1")
    assert guide.lead and (guide.lead.unit, guide.lead.person) == ("Safety", "Bo Li")
    assert (
        guide.clauses[0].due
        and guide.clauses[0].due.due_on == date(2019, 8, 1)
        and guide.clauses[0].due.first_due_on == date(2019, 6, 1)
    )


def test_a_referral_and_its_decision_come_back_in(office: Office) -> None:
    office.take(
        table(
            ("NBI", "Title", "Status"),
            ("1", "Guide", "Referred to the Budget Committee"),
            ("2", "Other", "Referred to the appropriate committee"),
        ),
        convention="2018",
        opened=date(2018, 7, 2),
        closed_on=date(2018, 7, 5),
    )
    lines = office.export().splitlines()
    heads = lines[0].split(",")
    cells = lines[1].split(",")
    cells[heads.index("referral_decision")], cells[heads.index("referral_decided_on")] = (
        "declined",
        "2018-08-15",
    )
    preview = office.take("\n".join((lines[0], ",".join(cells))))
    assert counts(preview) == (0, 1, 0, 0), messages(preview)
    guide = office.item("nbi-1")
    assert [
        (decision.decision.value, decision.unit, decision.on) for decision in guide.decisions
    ] == [("declined", "Budget Committee", date(2018, 8, 15))]
    assert guide.verdict.value == "declined"
    assert counts(office.look(office.export())) == (0, 0, 2, 0)


def test_a_decision_on_no_referral_in_force_is_rejected_with_its_row(office: Office) -> None:
    headings = (
        "NBI",
        "Title",
        "Floor action",
        "Referred to",
        "Referral decision",
        "Referral decided on",
    )
    office.take(
        table(
            ("NBI", "Title", "Status"),
            ("1", "A", "Referred to the Budget Committee"),
            ("2", "B", "Adopted"),
        ),
        convention="2018",
        closed_on=date(2018, 7, 5),
    )
    rows = [
        ("1", "A", "", "", "declined", "2018-07-01"),
        ("2", "B", "", "", "declined", "2018-08-01"),
    ]
    preview = office.look(table(headings, *rows))
    assert (
        counts(preview) == (0, 0, 1, 1)
        and "no referral is in force" in messages(preview)
        and "no referral." in messages(preview)
    )


def test_what_is_confirmed_as_done_stays_done_whatever_the_next_list_says(office: Office) -> None:
    first(office)
    buses = office.item("nbi-2")
    item = office.session.get_one(Item, buses.id)
    at = act_context.for_body(office.session, item.body_id, COMMAND_LINE, office.now)
    entry = office.session.scalars(sa.select(Entry).where(Entry.item_id == item.id)).one()
    progress.release(at, item, entry)
    claim = office.session.scalars(sa.select(Claim).where(Claim.item_id == item.id)).one()
    reviews.confirm_by_meeting(
        at, [claim.id], date(2018, 8, 25), "audit committee", "minutes of 25 August"
    )
    office.session.commit()
    assert office.item("nbi-2").standing.value == "done"
    preview = office.take(
        table(HEADINGS, (*SECOND[:9], "In progress", "A second survey", "2018-08-28", ""))
    )
    assert counts(preview) == (0, 1, 0, 0) and "claims nothing" in messages(preview)
    assert office.item("nbi-2").standing.value == "done" and office.item("nbi-2").waiting == 1
    assert counts(office.look(table(HEADINGS, SECOND))) == (0, 0, 1, 0)


def test_the_record_stays_provable_and_what_lists_read_is_what_is_derived(office: Office) -> None:
    first(office)
    office.take(
        table(
            HEADINGS,
            ("1", "Guide to air", "", "", "", "", "", "", "", "Y", "Printed", "2018-08-30", "700"),
            ("3", "New", "", "Consolidated with NBI 1", *[""] * 9),
        ),
        convention="2018",
    )
    chain = office.convention().body_id
    assert list(verify(office.session, chain)) == []
    assert list(rebuild(office.session, chain, office.today, check=True)) == []


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


def test_a_text_stays_flagged_as_cut_off_until_a_list_has_it_whole(office: Office) -> None:
    headings = ("Year", "NBI", "Text", "Text truncated")
    office.take(table(headings, ("2018", "1", "It will be posted on", "yes")))
    assert counts(office.look(table(headings, ("2018", "1", "It will be posted on", "yes")))) == (
        0,
        0,
        1,
        0,
    )
    office.take(table(headings, ("2018", "1", "It will be posted on. Once more.", "yes")))
    assert office.item("nbi-1").text.truncated  # type: ignore[union-attr]
    office.take(table(headings, ("2018", "1", "It will be posted on. Once more.", "no")))
    assert not office.item("nbi-1").text.truncated  # type: ignore[union-attr]
    office.take(
        table(
            headings[:3],
            (
                "2018",
                "1",
                "It will be posted on the site of the union, and that is the whole of",
                "",
            )[:3],
        )
    )
    assert office.item("nbi-1").text.truncated  # type: ignore[union-attr]
    office.take(
        table(headings[:3], ("2018", "1", "It will be posted on the site of the union.", "")[:3])
    )
    assert not office.item("nbi-1").text.truncated  # type: ignore[union-attr]


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
