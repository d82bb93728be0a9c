"""The conventions of the made-up union.

An old one of which only the list is on record, one whose term is over, one that is being carried
out; a council that is read by edition, a special session to come, for members, and a hearing that
is hidden so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.rules.codes import Visibility

from .calendar import Calendar, When, ago

OLD, FINISHED, RUNNING, SPECIAL = "old", "finished", "running", "special"
COUNCIL, HEARING = "council", "hearing"
FOUNDED = 730  # days before the day of loading
FUND = "Contingency fund"


@dataclass(frozen=True, kw_only=True)
class Gathering:
    name: str
    place: str | None
    recorded: When
    fund: str | None = None
    days: int = 5  # from its opening to its closing
    dates_known: bool = True
    special: bool = False
    slug: str = ""  # what its address has besides the year
    visibility: Visibility = Visibility.PUBLIC
    editions: Sequence[When] = ()  # it is read by edition: when each was published


GATHERINGS: Mapping[str, Gathering] = {
    OLD: Gathering(name="Lakeside", place=None, recorded=ago(725), dates_known=False),
    FINISHED: Gathering(
        name="Harbor City", place="Harbor City Exhibition Hall", recorded=-7, fund="425000.00"
    ),
    RUNNING: Gathering(
        name="Port Alder", place="Port Alder Assembly Rooms", recorded=-7, fund="280000.00"
    ),
    SPECIAL: Gathering(
        name="Special session",
        place="By video",
        recorded=ago(23),
        days=1,
        special=True,
        slug="special",
        visibility=Visibility.MEMBERS,
    ),
    COUNCIL: Gathering(
        name="Council of locals",
        place="Mill Creek",
        recorded=-7,
        days=1,
        special=True,
        slug="council",
        editions=(ago(130), ago(45)),
    ),
    HEARING: Gathering(
        name="Hearing on dues",
        place="By video",
        recorded=ago(12),
        days=1,
        special=True,
        slug="hearing",
        visibility=Visibility.HIDDEN,
    ),
}


def calendar(today: date) -> Calendar:
    """The last convention closed 200 days ago, the one before it a year earlier; the old one three
    years before that.
    """
    running = today - timedelta(days=200)
    finished = next(
        day
        for day in (running - timedelta(weeks=52), running - timedelta(weeks=53))
        if day.year < running.year
    )
    return Calendar(
        today,
        {
            OLD: date(finished.year - 3, 12, 31),
            FINISHED: finished,
            RUNNING: running,
            SPECIAL: today + timedelta(days=20),
            COUNCIL: today - timedelta(days=160),
            HEARING: today + timedelta(days=60),
        },
    )
