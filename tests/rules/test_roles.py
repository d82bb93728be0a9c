"""On which days a role holds, and the last administrator."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.rules.roles import holds_on, is_in_order, is_last_administrator, is_over

DAY = date(2026, 5, 7)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("from_on", "until_on", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (BEFORE, AFTER, True),
        (AFTER, None, False),
        (None, BEFORE, False),
        (BEFORE, BEFORE, False),
    ],
)
def test_first_and_last_day_count(from_on: date | None, until_on: date | None, holds: bool) -> None:
    assert holds_on(DAY, from_on, until_on) is holds


def test_a_role_is_over_after_its_last_day() -> None:
    assert is_over(AFTER, DAY) and not is_over(DAY, DAY) and not is_over(DAY, None)


@pytest.mark.parametrize(
    ("from_on", "until_on", "is_right"),
    [
        (None, None, True),
        (None, DAY, True),
        (None, BEFORE, False),
        (AFTER, DAY, False),
        (AFTER, AFTER, True),
        (BEFORE, DAY, True),
        (BEFORE, BEFORE, False),
    ],
)
def test_a_role_ends_after_it_begins_and_not_in_the_past(
    from_on: date | None, until_on: date | None, is_right: bool
) -> None:
    assert is_in_order(DAY, from_on, until_on) is is_right


def test_the_last_administrator() -> None:
    assert is_last_administrator(1, {1})
    assert not is_last_administrator(1, {1, 2})
    assert not is_last_administrator(3, {1})
