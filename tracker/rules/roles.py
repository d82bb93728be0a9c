"""On which days a role is held, and whether the last administrator would go.

A role has no first day of its own where it holds from the date of its event, and no last day where
none was named.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date


def holds_on(day: date, from_on: date | None, until_on: date | None) -> bool:
    """Whether the role counts on this day of the body's zone; its first and last day count."""
    return (from_on is None or from_on <= day) and not is_over(day, until_on)


def is_over(day: date, until_on: date | None) -> bool:
    return until_on is not None and until_on < day


def is_in_order(today: date, from_on: date | None, until_on: date | None) -> bool:
    """Whether a role that is given today can be held on any day from now on."""
    return until_on is None or until_on >= max(today, from_on or today)


def is_last_administrator(person_id: int, administrators: Collection[int]) -> bool:
    """`administrators`: who holds the role now, without an end, and can sign in."""
    return person_id in administrators and set(administrators) == {person_id}
