"""Amounts that stand alone in a cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.importing.values.amounts import exact, number


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("$1,234.50", Decimal("1234.50")),
        ("1234", Decimal(1234)),
        ("2018", Decimal(2018)),
        ("about ten", None),
        ("5 and 6", None),
    ],
)
def test_the_one_amount_of_a_money_column(cell: str, amount: Decimal | None) -> None:
    assert exact(cell) == amount


def test_points_may_set_thousands_apart() -> None:
    assert number("1.234.567,89") == Decimal("1234567.89")
