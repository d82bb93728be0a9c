"""Saying that the system's clock is right, after so long a pause that it may be wrong."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import ledger, ledger_tables
from tracker.record.bodies import Body
from tracker.rules.permissions import COMMAND_LINE


def confirm(session: Session, now: datetime) -> bool:
    """Recorded in the installation's chain, so that it is asked once; tells whether it was asked at
    all.
    """
    if not ledger.paused_too_long(session, now):
        return False
    first = session.scalars(sa.select(Body).order_by(Body.id).limit(1)).one()
    with ledger.record(
        session,
        chain=ledger_tables.INSTALLATION,
        actor_id=COMMAND_LINE.person_id,
        kind="clock_confirmed",
        now=now,
        on=now.date(),
        subject=first,
        clock_is_right=True,
    ):
        pass
    return True
