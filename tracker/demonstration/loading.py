"""Loading the demonstration, and telling whether an instance holds one.

The union itself is in the tables beside this file.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.record import ledger
from tracker.record.bodies import Body, BodySetting
from tracker.record.kept_summaries import kept_at_the_end
from tracker.record.ledger_tables import Event

from .accounts import DemoAccount
from .union import Union


class NotEmpty(Exception):
    """Something is on record already: a demonstration is loaded into an empty instance only."""


def is_empty(session: Session) -> bool:
    """No body is on record."""
    return session.scalar(sa.select(Body.id).limit(1)) is None


def is_demonstration(session: Session) -> bool:
    """There is a record, and every body in it is made up."""
    return (
        not is_empty(session)
        and session.scalar(sa.select(Body.id).where(~_made_up().exists()).limit(1)) is None
    )


def _made_up() -> sa.Select[int]:
    return sa.select(BodySetting.id).where(
        BodySetting.body_id == Body.id, BodySetting.name == "made_up", BodySetting.value == "yes"
    )


def age(session: Session, now: datetime) -> timedelta:
    """Since it was loaded: the last act of loading says once more that the union is made up."""
    loaded = session.scalar(
        sa.select(sa.func.max(Event.recorded_at))
        .join(BodySetting, BodySetting.recorded_by == Event.id)
        .where(BodySetting.name == "made_up")
    )
    return now - loaded if loaded else timedelta(0)


def load(session: Session, now: datetime, settings: Settings) -> list[DemoAccount]:
    """Writes the made-up union, as it would have grown until `now` (aware).

    Random passwords; the caller commits.
    """
    if not is_empty(session):
        raise NotEmpty
    ledger.begin(session)
    with kept_at_the_end(session), ledger.in_bulk(session):
        return Union(session, now, settings).grow()
