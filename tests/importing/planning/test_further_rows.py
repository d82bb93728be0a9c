"""Several rows on one item: reports of a form's export, and rows that go on below their item; each
is a further entry. All lists are invented.
"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.import_office import TODAY, Office, counts, messages, table
from tracker.record.progress import Claim
from tracker.rules.codes import Claimed

FORM = (
    "Timestamp",
    "NBI number",
    "Your department",
    "What has been done?",
    "Is it complete?",
    "Comments",
)
ROWS = (
    ("2018-07-20 10:12:01", "1", "Publishing", "", "No", "Draft written"),
    ("2018-07-21 08:00:00", "2", "Safety", "", "No", "Survey begun"),
    ("2018-08-10 11:00:00", "1", "Publishing", "", "No", "Draft sent to the printer"),
    ("2018-08-30 09:30:00", "1", "Publishing", "", "Yes", "Printed and mailed"),
)


def words(office: Office, code: str) -> list[tuple[date, str]]:
    return sorted(
        (entry.on or TODAY, entry.words) for entry in office.item(code).record if entry.waiting
    )


def claims(office: Office, code: str) -> list[Claimed]:
    return list(
        office.session.scalars(
            sa.select(Claim.claimed)
            .where(Claim.item_id == office.item(code).id, Claim.claimed.is_not(None))
            .order_by(Claim.id)
        )
    )


def test_a_second_report_in_the_export_of_a_form_is_a_further_entry(office: Office) -> None:
    sheet = table(FORM, *ROWS)
    preview = office.take(sheet, convention="2018")
    assert counts(preview) == (2, 2, 0, 0), messages(preview)
    assert words(office, "nbi-1") == [
        (date(2018, 7, 20), "Draft written"),
        (date(2018, 8, 10), "Draft sent to the printer"),
        (date(2018, 8, 30), "Printed and mailed"),
    ]
    assert claims(office, "nbi-1") == [Claimed.DONE] and words(office, "nbi-2") == [
        (date(2018, 7, 21), "Survey begun")
    ]
    assert counts(office.look(sheet, convention="2018")) == (0, 0, 4, 0)
    more = ("2018-08-31 09:00:00", "2", "Safety", "", "No", "Half of the answers are in")
    assert counts(office.take(table(FORM, *ROWS, more), convention="2018")) == (0, 1, 4, 0)
    assert len(words(office, "nbi-2")) == 2


def test_a_row_that_goes_on_below_its_item(office: Office) -> None:
    headings = ("NBI", "Title", "Status", "Update", "Updated on")
    rows = [
        ("1", "Guide", "Adopted", "Draft written", "2018-08-01"),
        ("", "", "", "Printed", "2018-08-10"),
        ("", "", "", "Mailed", ""),
        ("2", "Other", "Adopted", "", ""),
    ]
    preview = office.take(table(headings, *rows), convention="2018")
    assert counts(preview) == (2, 2, 0, 0), messages(preview)
    assert [entry for _on, entry in words(office, "nbi-1")] == [
        "Draft written",
        "Printed",
        "Mailed",
    ] and words(office, "nbi-2") == []
    assert counts(office.look(table(headings, *rows), convention="2018")) == (0, 0, 4, 0)


def test_progress_and_then_done_in_further_rows_are_claimed_once(office: Office) -> None:
    headings = ("NBI", "Title", "Decision", "Progress", "Update", "Updated on")
    rows = [
        ("1", "Guide", "Adopted", "In progress", "Draft written", "2018-08-01"),
        ("1", "Guide", "Adopted", "On hold", "No printer found", "2018-08-05"),
        ("1", "", "", "Complete", "Printed", "2018-08-10"),
    ]
    assert counts(office.take(table(headings, *rows), convention="2018")) == (1, 2, 0, 0)
    assert claims(office, "nbi-1") == [Claimed.PROGRESS, Claimed.BLOCKED, Claimed.DONE]
    assert counts(office.look(table(headings, *rows), convention="2018")) == (0, 0, 3, 0)


@pytest.mark.parametrize(
    ("second", "what"),
    [
        (("1", "Another", "", "Printed", "2018-08-10"), "another title"),
        (("1", "Guide", "Defeated", "Printed", "2018-08-10"), "another content"),
    ],
)
def test_a_row_that_says_something_else_of_the_item_is_rejected(
    office: Office, second: tuple[str, ...], what: str
) -> None:
    preview = office.look(
        table(
            ("NBI", "Title", "Status", "Update", "Updated on"),
            ("1", "Guide", "Adopted", "Draft written", "2018-08-01"),
            second,
        ),
        convention="2018",
    )
    assert counts(preview) == (1, 0, 0, 1) and what in messages(preview)


def test_what_an_item_has_once_is_asked_for_and_its_other_cells_are_kept(office: Office) -> None:
    headings = ("NBI", "Title", "Department", "Spent", "Update", "Updated on", "Notes")
    rows = [
        ("1", "Guide", "Publishing", "500", "Draft written", "2018-08-01", "one"),
        ("1", "Guide", "Safety", "700", "Printed", "2018-08-10", "two"),
    ]
    preview = office.take(table(headings, *rows), convention="2018")
    item = office.item("nbi-1")
    assert (
        item.lead
        and item.lead.unit == "Publishing"
        and messages(preview).count("says another") == 2
    )
    assert {(source.column, source.words) for source in item.source} >= {
        ("Notes", "one"),
        ("Notes (2)", "two"),
        ("Spent (2)", "700"),
        ("Department (2)", "Safety"),
    }
    assert counts(office.look(table(headings, *rows), convention="2018")) == (0, 0, 2, 0)


def test_a_row_without_number_or_report_is_still_rejected(office: Office) -> None:
    preview = office.look(
        table(
            ("NBI", "Title", "Status", "Update", "Notes"),
            ("1", "Guide", "Adopted", "", ""),
            ("", "", "", "", "Only a note here"),
        ),
        convention="2018",
    )
    assert counts(preview)[0] == 1 and "holds nothing but" in messages(preview)
