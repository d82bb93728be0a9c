"""What is said where something waits for the worker that does not run."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.jobs.heartbeat import WorkerState
from tracker.translation import gettext as _

from .dates import recent_moment


def waits(worker: WorkerState, now: datetime, zone: ZoneInfo) -> str:
    """Of a worker that is down."""
    if worker.seen_at is None:
        return _("Waits for the worker, which has not run yet")
    seen_at, at = worker.seen_at.astimezone(zone), now.astimezone(zone)
    return _("Waits for the worker, last seen %(moment)s", moment=recent_moment(seen_at, at))
