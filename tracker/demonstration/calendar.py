"""The days of the demonstration.

Told from the day of loading or from a convention’s closing, and recorded in working hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

SEED = 20


@dataclass(frozen=True)
class FromToday:
    """A day before (below 0) or after the day of loading."""

    days: int


# a whole number: days after the convention's closing; 0 or less: while it sat
When = int | FromToday


def ago(days: int) -> FromToday:
    return FromToday(-days)


def ahead(days: int) -> FromToday:
    return FromToday(days)


def later(when: When, days: int) -> When:
    """So many days after it, counted from where it is counted from."""
    return FromToday(when.days + days) if isinstance(when, FromToday) else when + days


@dataclass(frozen=True)
class Calendar:
    today: date
    closings: Mapping[str, date]  # by the name that the tables give the convention

    def day(self, convention: str, when: When) -> date:
        if isinstance(when, FromToday):
            return self.today + timedelta(days=when.days)
        return self.closings[convention] + timedelta(days=when)

    def worked(self, convention: str, when: When) -> date:
        """The same, but nobody works at weekends, unless the convention sits.

        What falls there was done on the Friday before.
        """
        day = self.day(convention, when)
        sits = isinstance(when, int) and when <= 0
        return day if sits else day - timedelta(days=max(day.weekday() - 4, 0))


@dataclass
class DemoClock:
    """The time of each act: rising, in working hours of the union's zone, and never after the
    loading itself.
    """

    zone: ZoneInfo
    loaded_at: datetime
    now: datetime = field(init=False)
    dice: Random = field(default_factory=lambda: Random(SEED))

    def __post_init__(self) -> None:
        self.now = datetime.min.replace(tzinfo=self.zone)

    def strike(self, day: date) -> datetime:
        """The next act's time, on that day."""
        morning = datetime.combine(
            day, time(9, self.dice.randrange(40), self.dice.randrange(60)), self.zone
        )
        evening = datetime.combine(day, time(17, 30), self.zone)
        later = self.now + timedelta(minutes=self.dice.randint(1, 12))
        if later >= evening:
            later = self.now + timedelta(seconds=1)
        self.now = min(max(morning, later), self.loaded_at)
        return self.now
