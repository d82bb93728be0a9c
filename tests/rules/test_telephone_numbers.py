"""Telephone numbers are found as people write them, and figures of a convention are not taken for
them.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.rules.telephone_numbers import region_of, telephone_numbers

REGIONS = ("US", "GB", "DE", "FR", "ES", "IN")


@pytest.mark.parametrize(
    ("words", "region", "number"),
    [
        ("call 202-555-0142 today", "US", "202-555-0142"),
        ("(202) 555-0142", "US", "(202) 555-0142"),
        ("202.555.0142", "US", "202.555.0142"),
        ("202/555-0142", "US", "202/555-0142"),
        ("1-202-555-0142", "US", "1-202-555-0142"),
        ("tel. 5550142", "US", "5550142"),
        ("tel 2025550142", "US", "2025550142"),
        ("call 555-0142 at home", "US", "555-0142"),
        ("+49 30 901820", "US", "+49 30 901820"),
        ("+49 30 90 18 20", "US", "+49 30 90 18 20"),
        ("+12025550142", "GB", "+12025550142"),
        ("tel: +1 (202) 555-0142.", "US", "+1 (202) 555-0142"),
        ("020 7946 0958", "GB", "020 7946 0958"),
        ("teléfono 91 123 45 67", "US", "91 123 45 67"),
        ("en el 91 123 45 67", "ES", "91 123 45 67"),
        ("030 901820", "DE", "030 901820"),
    ],
)
def test_numbers_of_a_country_of_any_country_and_after_a_word(
    words: str, region: str, number: str
) -> None:
    assert set(telephone_numbers(words, region)) == {number}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(
    "words",
    [
        "$12,500,000.00 of 12 500 000",
        "2026-11-30, 30.11.2026 and 5/12/2026",
        "on 13 10 2011, at 2026-11-30 14:30",
        "budget 2018-2020 of 560,750",
        "items 12, 13 and 2024; NBI 2025-3, page 6",
        "ISBN 978-3-16-148410-0",
        "USD 202 555 0142",
        "https://example.org/202-555-0142",
        "https://example.org/020-7946-0958",
        "call it on 2026-11-30",
        "11800.00 3100.00, up 100,000 to +1 000 000",
        "15 578 034 526 and 1.234.567,00",
        "check 2025550142, voucher 0634 054 2014, PO 2017-05713, account 8736-81-8736",
        "+12 % of +3.5, resolution 12.13.2024",
    ],
)
def test_amounts_days_and_numbers_of_items_are_no_telephone_numbers(
    words: str, region: str
) -> None:
    assert list(telephone_numbers(words, region)) == []


AMOUNTS = st.integers(0, 10**9).map(lambda amount: f"{amount:,}") | st.decimals(
    0, 10**9, places=2
).map(lambda amount: f"$ {amount:,}")
DAYS = st.tuples(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from(("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y%m%d", "%d-%m-%Y", "%Y-%m-%dT%H:%M")),
).map(lambda day: day[0].strftime(day[1]))
NUMBERS_OF_ITEMS = st.tuples(
    st.sampled_from(("NBI {0}-{1}", "item {1}", "{0}/{1}", "{1}.{0}", "PO {0}-{1:05}")),
    st.integers(1990, 2040),
    st.integers(1, 9_999),
).map(lambda item: item[0].format(item[1], item[2]))


@settings(deadline=None)  # the library reads what it knows of a country at its first number
@given(
    figures=st.lists(AMOUNTS | DAYS | NUMBERS_OF_ITEMS, min_size=1, max_size=6),
    between=st.sampled_from((", ", " and ", "; ", " of ", ".\n")),
    region=st.sampled_from(REGIONS),
)
def test_no_figure_of_a_convention_is_a_telephone_number(
    figures: list[str], between: str, region: str
) -> None:
    assert list(telephone_numbers(between.join(figures), region)) == []


@settings(deadline=None)  # one is as long as a passage may be
@given(words=st.text(max_size=300) | st.text(" 0123456789+-.,()/", max_size=300))
@example(words="12 " * 6_000)
def test_what_is_yielded_stands_in_the_words(words: str) -> None:
    assert all(number in words for number in telephone_numbers(words, "US"))


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("Europe/London", "GB"),
        ("Asia/Kolkata", "IN"),
        ("UTC", "US"),
        ("Etc/GMT+5", "US"),
        ("Antarctica/Troll", "US"),
    ],
)
def test_the_country_of_a_time_zone(zone: str, region: str) -> None:
    assert region_of(ZoneInfo(zone)) == region
