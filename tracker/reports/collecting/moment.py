"""The moment of which a report is collected: the event at which the record is frozen, the day, and
which of its two readings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.engine import READING
from tracker.reading.item_models import ItemPage
from tracker.record import ledger_tables, surroundings
from tracker.record.as_of import AsOf, begins
from tracker.reports.models import Reading as DayReading
from tracker.reports.models import RecordHead, WithheldLine
from tracker.reports.requests import ReportRequest


class NotOnRecord(Exception):
    """The convention, the item, the delegation or the unit was not on record on that day, or there
    is no edition yet.

    `what` is "convention", "item", "edition", "delegation" or "unit". `since` is the day from which
    there is an answer, where one is known.
    """

    def __init__(self, what: str, since: date | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.since = since


@dataclass(frozen=True, kw_only=True)
class ReportMoment:
    zone: ZoneInfo
    today: date
    as_of: AsOf  # the day, in its reading, up to the event
    up_to: int  # the event


def one_moment(session: Session) -> None:
    """All that this session reads from here on is of one moment: data and chain head agree."""
    options: dict[str, bool | str] = {**READING}
    if session.get_bind().dialect.name != "sqlite":
        options["isolation_level"] = "REPEATABLE READ"
    session.connection(execution_options=options)


def moment_of(
    session: Session, body_id: int, request: ReportRequest, now: datetime
) -> ReportMoment:
    """The record is always frozen at an event, at its end where the request names none: what is
    collected again at that event is the same.
    """
    zone = surroundings.zone_of(session, body_id)
    today = now.astimezone(zone).date()
    day = min(request.as_of or today, today)
    up_to = request.up_to or session.get_one(ledger_tables.Head, body_id).event_id
    as_of = (
        AsOf(day, happened=True, up_to=up_to)
        if request.reading is DayReading.HAPPENED
        else AsOf.known_on(day, zone, up_to)
    )
    return ReportMoment(zone=zone, today=today, as_of=as_of, up_to=up_to)


def head_at(session: Session, event_id: int) -> RecordHead:
    event = session.get_one(ledger_tables.Event, event_id)
    return RecordHead(event=event.id % ledger_tables.CHAIN, hash=event.hash)


def record_began(session: Session, body_id: int, zone: ZoneInfo) -> date:
    return begins(session, body_id).astimezone(zone).date()


def withheld_lines(items: Collection[ItemPage]) -> tuple[WithheldLine, ...]:
    """In the order of the days on which they were withheld."""
    lines = [
        WithheldLine(item, on=on, kind=kind)
        for item in items
        for on, kind in (
            *((moment.withheld_on, moment.withheld) for moment in item.record),
            *((sponsor.withheld_on, sponsor.withheld) for sponsor in item.sponsors),
        )
        if on and kind
    ]
    return tuple(sorted(lines, key=lambda line: line.on))
