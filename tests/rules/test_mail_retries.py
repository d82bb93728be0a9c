"""The schedule of tries: pauses that grow, and an end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tracker.rules.mail_retries import GIVEN_UP_AFTER, next_try

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def schedule(good_until: datetime | None = None) -> list[datetime]:
    """When a mail is tried that always fails at once."""
    tries = [AT]
    while (again := next_try(len(tries), tries[-1], AT, good_until)) is not None:
        tries.append(again)
    return tries


def test_pauses_grow_and_the_last_try_is_after_three_days() -> None:
    tries = schedule()
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses[:-1] == sorted(pauses[:-1])
    assert pauses[0] == timedelta(minutes=1)
    assert tries[-1] == AT + GIVEN_UP_AFTER


def test_a_link_that_ends_sooner_ends_the_tries() -> None:
    assert schedule(AT + timedelta(hours=2))[-1] == AT + timedelta(hours=2)
    assert schedule(AT + timedelta(days=30)) == schedule()


def test_a_worker_that_was_away_tries_once_more_and_gives_up() -> None:
    assert next_try(1, AT + timedelta(days=5), AT) is None
