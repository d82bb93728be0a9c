"""Rows copied out of a spreadsheet: what each cell says, with and without headings."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.importing.codes import Field
from tracker.importing.problems import Severity
from tracker.importing.rows.pasted_rows import PasteReading, read_pasted
from tracker.importing.values.dates import Order
from tracker.rules.codes import Floor

READING = PasteReading(year=2026)


def test_without_headings_the_columns_have_an_order() -> None:
    table = read_pasted("17\tAdopted as amended\t4 July\tResearch\tDana\t2027-07-04", READING)
    [row] = table.rows
    assert (row.code.normalised, row.action) == ("17", Floor.ADOPTED_AS_AMENDED)
    assert (row.acted_on, row.due_on) == (date(2026, 7, 4), date(2027, 7, 4))
    assert (row.unit, row.person) == ("Research", "Dana")
    assert table.problems == ()


def test_headings_come_in_any_order_and_a_comma_in_a_cell_cuts_nothing() -> None:
    table = read_pasted("Due\tRemarks\tNo.\n\tgood, so far\t3\n2027-01-02\t\t4\n", READING)
    assert [(row.code.normalised, row.due_on) for row in table.rows] == [
        ("3", None),
        ("4", date(2027, 1, 2)),
    ]
    assert table.left_out == ("Remarks",)


def test_a_status_may_say_its_day_and_the_receiver() -> None:
    first, second = read_pasted("3\tAdopted 4 July 2026\n4\tReferred to Research", READING).rows
    assert (first.action, first.acted_on) == (Floor.ADOPTED, date(2026, 7, 4))
    assert (second.action, second.unit) == (Floor.REFERRED, "Research")


def test_more_than_an_action_is_said_and_the_last_is_taken() -> None:
    table = read_pasted("3\tAdopted; in progress", READING)
    assert table.rows[0].action is Floor.ADOPTED
    assert [problem.severity for problem in table.problems] == [Severity.WARNING]


def test_the_words_of_the_body_count() -> None:
    reading = PasteReading(
        year=2026, statuses={"sent on": "referred"}, own_headings={"point": Field.NUMBER}
    )
    [row] = read_pasted("Point,Status\n7,Sent on\n", reading).rows
    assert (row.code.normalised, row.action) == ("7", Floor.REFERRED)


@pytest.mark.parametrize(
    ("rows", "order", "day"),
    [
        ("1\t\t\t\t\t1/2/2027", None, None),
        ("1\t\t\t\t\t1/2/2027", Order.DAY_FIRST, date(2027, 2, 1)),
        ("1\t\t7/24/2026\t\t\t1/2/2027", None, date(2027, 1, 2)),  # the other column proves it
    ],
)
def test_the_order_of_days_is_proved_or_said(
    rows: str, order: Order | None, day: date | None
) -> None:
    table = read_pasted(rows, PasteReading(year=2026, order=order))
    assert table.rows[0].due_on == day
    assert bool(table.problems) == (day is None)
