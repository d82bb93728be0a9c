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


def days_after(when: When, days: int) -> When:
    """The day that lies so many days after another, counted from the same day as that one."""
    if isinstance(when, FromToday):
        return FromToday(when.days + days)
    return when + days


@dataclass(frozen=True)
class Calendar:
    """Finds the dates of what the stories tell."""

    today: date
    closings: Mapping[str, date]  # by the name that the tables give the convention

    def day(self, convention: str, when: When) -> date:
        """The date of `when`, which may be counted from that convention's closing."""
        if isinstance(when, FromToday):
            return self.today + timedelta(days=when.days)
        return self.closings[convention] + timedelta(days=when)

    def working_day(self, convention: str, when: When) -> date:
        """As `day`, but the Friday before in place of a day of a weekend.

        Nobody works at weekends, unless the convention sits.
        """
        day = self.day(convention, when)
        convention_sits = isinstance(when, int) and when <= 0
        if convention_sits:
            return day
        days_after_friday = max(day.weekday() - 4, 0)
        return day - timedelta(days=days_after_friday)


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
        next_time = self.now + timedelta(minutes=self.dice.randint(1, 12))
        if next_time >= evening:
            next_time = self.now + timedelta(seconds=1)
        self.now = min(max(morning, next_time), self.loaded_at)
        return self.now
