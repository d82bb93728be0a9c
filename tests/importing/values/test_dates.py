"""Days as lists write them, in several national orders and languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.importing.values import dates
from tracker.importing.values.dates import Order


@settings(derandomize=True, deadline=None)
@given(
    st.dates(date(1950, 1, 1), date(2068, 12, 31)),
    st.sampled_from(list(Order)),
    st.sampled_from("/-."),
    st.booleans(),
)
def test_a_day_is_read_in_the_order_of_its_column(
    day: date, order: Order, mark: str, short: bool
) -> None:
    year = f"{day.year % 100:02}" if short and 1970 <= day.year < 2069 else str(day.year)
    first, second = (day.day, day.month) if order is Order.DAY_FIRST else (day.month, day.day)
    cell = f"{first}{mark}{second}{mark}{year}"
    assert dates.read(cell, order).on == day
    assert dates.read(cell).on in (None, day)  # never another one
    assert dates.read(day.isoformat()).on == day
    assert dates.read(str((day - date(1899, 12, 30)).days)).on == (
        day if day > date(1954, 10, 3) else None
    )


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=20),
    st.sampled_from(list(Order)),
)
def test_a_column_proves_its_order_or_nothing(days: list[date], order: Order) -> None:
    cells = [
        f"{day.day}/{day.month}/{day.year}"
        if order is Order.DAY_FIRST
        else f"{day.month}/{day.day}/{day.year}"
        for day in days
    ]
    assert dates.order_of(cells) is (order if any(day.day > 12 for day in days) else None)


def test_three_national_orders_at_once_prove_nothing() -> None:
    assert dates.order_of(["31/12/2017", "12/31/2017", "2017-12-31"]) is None


def test_a_day_whose_order_is_not_known_is_no_day() -> None:
    assert dates.read("04/07/2017").doubt == "order"
    assert dates.read("07/07/2017").on == date(2017, 7, 7)


@pytest.mark.parametrize(
    "cell",
    [
        "July 4, 2017",
        "4 July 2017",
        "4-Jul-17",
        "4. Juli 2017",
        "4 de julio de 2017",
        "den 4 juli 2017",
        "4 juillet 2017",
        "July 4th 2017",
        "Tuesday, July 4, 2017",
        "2017/7/4",
        "20170704",
        "42920",
        "2017-07-04 10:00",
        "4 luglio 2017",
        "2017-07-04T10:00:00-05:00",
        "Tue 4 July 2017",
        "4-Jul-2017",
    ],
)
def test_days_in_words(cell: str) -> None:
    assert dates.read(cell).on == date(2017, 7, 4)


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        ("2017", "no_day"),
        ("July 2017", "no_day"),
        ("July 3-4, 2017", "several"),
        ("13/13/2017", "no_date"),
        ("soon", "no_date"),
        ("", None),
        ("2018-07-04 to 2018-07-06", "several"),
        ("2018-07-04 10:00 - 2018-07-06", "several"),
        ("Jul-18", "no_day"),
        ("7/4/1018", "no_date"),
        ("12/31/9999", "no_date"),
    ],
)
def test_cells_that_are_no_day(cell: str, doubt: str | None) -> None:
    assert dates.read(cell) == dates.Day(None, doubt)


@pytest.mark.parametrize(
    "words",
    [
        "Adopted 4 July 2017",
        "Special meeting 4 July 2017 (2nd)",
        "On the 4th of July, 2017: adopted",
        "No. 12: July 4, 2017",
    ],
)
def test_a_day_after_another_word(words: str) -> None:
    assert dates.find(words).on == date(2017, 7, 4)


def test_a_year_that_the_list_leaves_out() -> None:
    assert dates.read("7/31", year=2017).on == date(2017, 7, 31)
    assert dates.read("Jul 4", year=2017).on == date(2017, 7, 4)
    assert dates.find("adopted on 4 July 2017 by voice").on == date(2017, 7, 4)
    assert dates.find("adopted July 4", 2017).on == date(2017, 7, 4)
