"""Groups of items that begin a page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.printing.page_groups import ITEMS_OF_GROUP, LEAST_ITEMS, begins_page


def beginnings(items: int) -> list[int]:
    return [number for number in range(items) if begins_page(number, items)]


@pytest.mark.parametrize(
    ("items", "expected"),
    [(0, []), (26, []), (59, []), (60, [0, 25]), (63, [0, 25, 50]), (100, [0, 25, 50, 75])],
)
def test_a_long_report_has_groups(items: int, expected: list[int]) -> None:
    assert beginnings(items) == expected


@given(st.integers(LEAST_ITEMS, 3000))
def test_no_group_is_much_smaller_or_larger_than_the_others(items: int) -> None:
    edges = [*beginnings(items), items]
    sizes = [end - begin for begin, end in pairwise(edges)]

    assert edges[0] == 0 and sum(sizes) == items
    assert all(ITEMS_OF_GROUP // 2 < size <= ITEMS_OF_GROUP * 3 // 2 for size in sizes)


@given(st.integers(LEAST_ITEMS, 500), st.integers(0, 499))
def test_an_item_more_moves_no_group_before_the_last(items: int, number: int) -> None:
    if number < items - 2 * ITEMS_OF_GROUP:
        assert begins_page(number, items) == begins_page(number, items + 1)
