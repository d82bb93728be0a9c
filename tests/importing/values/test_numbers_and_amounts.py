"""Numbers of items and amounts that are more than one, or mean something else, are asked for.

All cells are invented.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.values import costs, kinds
from tracker.importing.values.amounts import exact
from tracker.rules.codes import Kind

SEVERAL = [
    "12 and 13",
    "12 & 13",
    "12, 13",
    "12,13",
    "12\n13",
    "12 13",
    "12–13",
    "12 to 13",
    "12/13",
    "NBI 12 and 13",
    "NBI 12 and NBI 13",
    "Nos. 12, 13 and 14",
    "A and B",
    "6 and 6A",
    "6A/6B",
    "12 och 13",
    "12 y 13",
    "12 (and 13)",
    "C-1 and C-2",
]


@pytest.mark.parametrize("cell", SEVERAL)
def test_two_numbers_are_not_one_item(office: Office, cell: str) -> None:
    preview = office.take(
        table(("Year", "NBI", "Title"), ("2018", cell, "Air"), ("2018", "14", "Water"))
    )
    assert set(office.items()) == {
        "nbi-unnumbered-1",
        "nbi-14",
    } and "more than one item" in messages(preview)
    assert counts(
        office.look(table(("Year", "NBI", "Title"), ("2018", cell, "Air"), ("2018", "14", "Water")))
    ) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("17-05", "17-5"),
        ("12-13", "12-13"),
        ("14 (a)", "14a"),
        ("3: Air and water", "3"),
        ("B-4", "b-4"),
        ("6A", "6a"),
        ("2018-12", "12"),
        ("10/13", "10-13"),
        ("Rock and roll", ""),
        ("12 and title", ""),
    ],
)
def test_one_number_stays_one(cell: str, number: str) -> None:
    code = kinds.code_of(cell, 2018)
    assert code.normalised == number and not code.several


@pytest.mark.parametrize("number", ["SR1", "SR-1", "SR 1", "sr1"])
def test_an_explicit_kind_goes_before_what_letters_may_mean(office: Office, number: str) -> None:
    sheet = table(
        ("Year", "Number", "Title"),
        ("2018", number, "Air"),
        ("2018", "LR1", "Water"),
        ("2018", "1", "Fire"),
        ("2018", "RES 2", "Sky"),
    )
    preview = office.take(sheet, {"kind": "resolution"})
    assert set(office.items()) == {
        "res-sr1",
        "res-lr1",
        "res-1",
        "res-2",
    } and "standing rule amendment" in messages(preview)
    assert counts(office.look(sheet, {"kind": "resolution"})) == (0, 0, 4, 0) and counts(
        office.look(office.export())
    ) == (0, 0, 4, 0)


def test_a_column_a_heading_and_a_line_between_the_rows_say_the_kind(office: Office) -> None:
    by_column = office.look(
        table(
            ("Year", "Kind", "Number", "Title"),
            ("2018", "Resolution", "SR1", "Air"),
            ("2018", "Bylaw Amendment", "BA 1", "Water"),
        )
    )
    assert [(row.kind, row.item_number) for row in by_column.rows] == [
        (Kind.RESOLUTION, "sr1"),
        (Kind.BYLAW_AMENDMENT, "1"),
    ]
    by_heading = office.look(
        table(("Year", "Resolution no.", "Title"), ("2018", "SR1", "Air"), ("2018", "CA2", "Water"))
    )
    assert [row.code for row in by_heading.rows] == ["res-sr1", "res-ca2"]
    by_itself = office.look(
        table(
            ("Year", "Number", "Title"),
            ("2018", "SR1", "Air"),
            ("2018", "2018-amd-ca02", "Water"),
            ("2018", "Bylaw Amendment 3", "Fire"),
        )
    )
    assert [row.code for row in by_itself.rows] == ["sra-1", "ca-2", "ba-3"]
    in_words = office.look(
        table(
            ("Year", "Number", "Title"),
            ("2018", "Bylaw Amendment 3", "Fire"),
            ("2018", "NBI 4", "Sky"),
        ),
        {"kind": "resolution"},
    )
    assert [row.code for row in in_words.rows] == ["ba-3", "nbi-4"]


RATES = [
    "$500 / yr",
    "$500/yr",
    "$500 per yr",
    "$500 p.a.",
    "$500 (annual)",
    "Annual cost of $500",
    "$500 x 3 years",
    "$500 ea.",
    "$500 @ 12",
    "500 kr / år",
    "$500/y",
    "$500/2",
    "3 x $500",
    "12 months at $500",
    "$500 monthly for 6 months",
    "$500 ongoing",
    "$500 per member",
]


@pytest.mark.parametrize("cell", RATES)
def test_an_amount_for_each_of_something_is_no_total(cell: str) -> None:
    cost = costs.read(cell)
    assert cost and (cost.amount, cost.doubt) == (None, "rate") and exact(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "$500",
        "$500 total",
        "$500 (FY2026)",
        "$500 / 2026",
        "$500 for printing",
        "$500 for 3 years",
        "Annual meeting booth $500",
        "$500 for the annual report",
        "$500 one-time",
        "$500 per the budget",
        "approx. $500",
        "US$ 500",
        "$500 in the annual budget",
    ],
)
def test_an_amount_is_an_amount(cell: str) -> None:
    cost = costs.read(cell)
    assert cost and cost.amount == Decimal(500)


def test_a_rate_in_a_column_of_money_is_asked_for(office: Office) -> None:
    preview = office.take(
        table(
            ("Year", "NBI", "Title", "Cost", "Spent"),
            ("2018", "1", "Air", "$500 / yr", "$500 p.a."),
        )
    )
    estimate = office.item("nbi-1").money.estimate
    assert (
        estimate
        and (estimate.sentence, estimate.amount) == ("$500 / yr", None)
        and office.item("nbi-1").money.spent is None
    )
    assert {problem.column for problem in preview.problems} >= {"Cost", "Spent"}
