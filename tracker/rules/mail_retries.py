"""When a mail that could not be sent is tried again, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
"""After the first try, the second and so on; then always the longest. Greylisting servers take a
mail after some minutes; a server that is down for a night is not knocked at each minute."""
LONGEST_PAUSE = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
"""As long as mail servers themselves try; RFC 5321, 4.5.4.1, asks for four to five days at most."""


def last_moment(made_at: datetime, good_until: datetime | None) -> datetime:
    """Until when a mail is tried: three days, or as long as its link lives, if that is less."""
    given_up_at = made_at + GIVEN_UP_AFTER
    return given_up_at if good_until is None else min(given_up_at, good_until)


def next_try(
    attempts: int, failed_at: datetime, made_at: datetime, good_until: datetime | None = None
) -> datetime | None:
    """When to try again what has failed `attempts` times; None: never.

    The last try is at the last moment itself.
    """
    until = last_moment(made_at, good_until)
    if failed_at >= until:
        return None
    pause = PAUSES[attempts - 1] if attempts <= len(PAUSES) else LONGEST_PAUSE
    return min(failed_at + pause, until)
