"""When the worker was last seen: the time of an empty file in the instance, set every few seconds
while the worker runs, with or without a job.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.config import Settings

BEAT = timedelta(seconds=5)
DOWN_AFTER = timedelta(seconds=30)  # without a beat

log = logging.getLogger("tracker.jobs")


@dataclass(frozen=True, kw_only=True)
class WorkerState:
    seen_at: datetime | None  # None: never
    is_down: bool


def beat(settings: Settings, now: datetime) -> None:
    """Writes nothing into the file: a full disk does not make the worker look dead."""
    settings.worker_file.touch(mode=0o600)
    os.utime(settings.worker_file, (now.timestamp(), now.timestamp()))


def keep_beating(settings: Settings, clock: Callable[[], datetime], ended: threading.Event) -> None:
    """Until the worker ends. What goes wrong is logged once, and keeps no job from being done."""
    is_logged = False
    while True:
        try:
            beat(settings, clock())
        except OSError:
            if not is_logged:
                log.exception("the worker cannot say that it is there")
            is_logged = True
        if ended.wait(BEAT.total_seconds()):
            return


def worker_state(settings: Settings, now: datetime) -> WorkerState:
    try:
        seen_at = datetime.fromtimestamp(settings.worker_file.stat().st_mtime, UTC)
    except OSError:
        return WorkerState(seen_at=None, is_down=True)
    return WorkerState(seen_at=seen_at, is_down=seen_at < now - DOWN_AFTER)
