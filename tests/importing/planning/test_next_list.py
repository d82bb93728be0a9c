"""What next month's list changes of follow-through, and what it leaves as it is.

What a hand has changed since is kept, and named.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from tests.factories.import_office import Office, counts, messages, table
from tracker.acts import act_context, items, meetings, progress
from tracker.acts.items import NewVersion
from tracker.record.items import Item
from tracker.record.kept_summaries import rebuild
from tracker.record.ledger_tables import Event
from tracker.record.progress import Claim, Entry
from tracker.record.verification import verify
from tracker.rules.codes import Claimed, Stage
from tracker.rules.permissions import COMMAND_LINE

from .first_list import FIRST, HEADINGS, SECOND, take_first_list


def test_again_nothing_changes(office: Office) -> None:
    take_first_list(office)
    before = office.session.scalar(sa.select(sa.func.max(Event.id)))
    preview = office.look(table(HEADINGS, FIRST, SECOND))
    assert counts(preview) == (0, 0, 2, 0), [row.changes for row in preview.rows]
    assert office.session.scalar(sa.select(sa.func.max(Event.id))) == before


def test_the_list_of_next_month_changes_what_it_says(office: Office) -> None:
    take_first_list(office)
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
    take_first_list(office)
    office.take(table(HEADINGS, (*FIRST[:-1], "$450.00")))
    guide = office.item("nbi-1")
    # the difference is an entry of its own
    assert guide.money.spent_waiting == Decimal(450) and guide.waiting == 2
    assert [entry.words for entry in guide.record if entry.waiting] == [
        "Spent, by the list: -50.00",
        "Draft written",
    ]


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
    take_first_list(office)
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
    take_first_list(office)
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
    take_first_list(office)
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
    take_first_list(office)
    buses = office.item("nbi-2")
    item = office.session.get_one(Item, buses.id)
    at = act_context.for_body(office.session, item.body_id, COMMAND_LINE, office.now)
    entry = office.session.scalars(sa.select(Entry).where(Entry.item_id == item.id)).one()
    progress.release(at, item, entry)
    claim = office.session.scalars(sa.select(Claim).where(Claim.item_id == item.id)).one()
    meeting = meetings.NewMeeting(
        name="audit committee", met_on=date(2018, 8, 25), words="minutes of 25 August"
    )
    meetings.decide_by_meeting(at, meeting, meetings.confirmed([claim.id]))
    office.session.commit()
    assert office.item("nbi-2").standing.value == "done"
    preview = office.take(
        table(HEADINGS, (*SECOND[:9], "In progress", "A second survey", "2018-08-28", ""))
    )
    assert counts(preview) == (0, 1, 0, 0) and "claims nothing" in messages(preview)
    assert office.item("nbi-2").standing.value == "done" and office.item("nbi-2").waiting == 1
    assert counts(office.look(table(HEADINGS, SECOND))) == (0, 0, 1, 0)


def test_the_record_stays_provable_and_what_lists_read_is_what_is_derived(office: Office) -> None:
    take_first_list(office)
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
