"""Cost sentences in the words of many offices. All wordings are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.importing.values import costs
from tracker.rules.codes import Basis

COSTS = {
    "$31,000": "31000.00 unknown",
    "31000": "31000.00 unknown",
    "$31K": "31000.00 unknown",
    "$1.2 million": "1200000.00 unknown",
    "1.2M": "1200000.00 unknown",
    "USD 31,000": "31000.00 unknown",
    "31.000,50 €": "31000.50 unknown",
    "1 250 000 kr": "1250000.00 unknown",
    "CHF 31'000.-": "31000.00 unknown",
    "thirty-one thousand dollars": "31000.00 unknown",
    "about $5,000": "5000.00 unknown",
    "$12,000 in 2019": "12000.00 unknown",
    "FY2020: $3,000": "3000.00 unknown",
    "$30,000 ($10,000 for staff and $20,000 for printing)": "30000.00 unknown",
    "$1,500 + $2,500 = $4,000": "4000.00 unknown",
    "Costs 12000 dollars": "12000.00 unknown",
    "addl 8,400": "8400.00 additional",
    "An additional 5000 is required": "5000.00 additional",
    "$5,000 beyond the 2019-2020 budget": "5000.00 additional",
    "Coste adicional de 12.500 €": "12500.00 additional",
    "Zusätzliche Kosten: 12.500 EUR": "12500.00 additional",
    "It cannot be done with current staff under the 2018-2020 plan; "
    "another $12,500 is needed.": "12500.00 additional",
    "No cost": "0.00 none",
    "$0": "0.00 none",
    "0": "0.00 none",
    "None": "0.00 none",
    "No additional cost.": "0.00 none",
    "Additional cost: none": "0.00 none",
    "Within existing budget": "0.00 none",
    "Can be done with existing staff and resources": "0.00 none",
    "cost-neutral": "0.00 none",
    "No fiscal impact": "0.00 none",
    "does not require additional funds": "0.00 none",
    "At no added cost under the 2017-2018 Strategic Plan and Budget": "0.00 none",
    "Sin costo adicional": "0.00 none",
    "Aucun coût supplémentaire": "0.00 none",
    "Inga kostnader": "0.00 none",
    "Keine zusätzlichen Kosten": "0.00 none",
    "TBD": " unknown",
    "N/A": " unknown",
    "unknown": " unknown",
    "2018": " unknown",
    "in 2018-2020": " unknown",
    "12 meetings": " unknown",
    "50%": " unknown",
    "$10,000–$15,000": " unknown",
    "between $10,000 and $15,000": " unknown",
    "31,000–35,000": " unknown",
    "10-15K": " unknown",
    "$4.7M, $1.6M, $300k": " unknown",
    "-$500": " unknown",
    "($500)": " unknown",
    "$1.2 trillion": " unknown",
    "$50 per delegate": " unknown",
    "$10,000 per year": " unknown",
    "at least $500": " unknown",
    "Refer to the Budget Committee at no additional cost": " unknown",
    "cannot be done within the existing budget": " unknown",
    "Not to exceed $5,000": "5000.00 unknown",
    "No more than $10K": "10000.00 unknown",
    "less than $10,000": "10000.00 unknown",
    "more than $10,000": " unknown",
    "$25,000 plus travel": " unknown",
    "$25,000 (printing) or more": " unknown",
    "50% of $10,000": " unknown",
    "1.5 FTE ($150,000)": "150000.00 unknown",
    "USD (500)": " unknown",
    "The cost is not known": " unknown",
    "No estimate is available": " unknown",
}


@pytest.mark.parametrize(("sentence", "estimate"), COSTS.items())
def test_amount_and_basis(sentence: str, estimate: str) -> None:
    cost = costs.read(sentence)
    assert cost
    amount = "" if cost.amount is None else cost.amount
    assert f"{amount} {cost.basis}" == estimate


@pytest.mark.parametrize(
    ("sentence", "assumption"),
    [
        (
            "On the assumption of three meetings in person, an additional $80,215 will pay for it.",
            "three meetings in person",
        ),
        (
            "If it is spread by digital channels alone, it can be done for $13,000.",
            "it is spread by digital channels alone",
        ),
        ("$4,000 if two meetings are held in person", "two meetings are held in person"),
        ("up to $5,000", "up to"),
        ("$31,000; conditional on board approval", "board approval"),
        ("Not to exceed $5,000", "Not to exceed"),
        ("less than $500", "less than"),
    ],
)
def test_conditions(sentence: str, assumption: str) -> None:
    cost = costs.read(sentence)
    assert cost
    assert cost.conditional
    assert cost.assumption == assumption
    assert cost.amount


def test_the_budget_that_a_sentence_names() -> None:
    cost = costs.read(
        "At no added cost: it fits into the Modified 2017-2018 Strategic Plan and Budget "
        "now proposed."
    )
    assert cost
    assert cost.budget == "Modified 2017-2018 Strategic Plan and Budget"


def test_a_blank_cell_is_no_estimate() -> None:
    assert costs.read("") is None


@settings(derandomize=True, deadline=None)
@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(
        [
            "${:,.2f}",
            "{:,.2f} dollars",
            "USD {:,.2f}",
            "{:.2f}",
            "An additional ${:,.2f} for 2019-2020.",
            "€ {:,.2f}",
        ]
    ),
)
def test_an_amount_is_read_as_it_was_written(amount: Decimal, shape: str) -> None:
    cost = costs.read(shape.format(amount))
    assert cost
    assert cost.amount == amount
    assert (cost.basis is Basis.NONE) == (amount == 0)


@settings(derandomize=True, deadline=None)
@given(st.integers(1900, 2099), st.integers(0, 3))
def test_years_are_not_money(year: int, more: int) -> None:
    cost = costs.read(f"In the plan of {year}-{year + more + 1}.")
    assert cost
    assert cost.amount is None
