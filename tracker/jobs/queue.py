"""How the worker is woken: a huey queue in the instance. A message is the number of a job; if one is lost, the sweep finds its job."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey, crontab

from tracker.config import Settings


def opened(file: Path, perform: Callable[[int], None], sweep: Callable[[], None]) -> SqliteHuey:
    """The queue with its two tasks: one job, and, each minute, a look at what was left."""
    huey = SqliteHuey("tracker", filename=str(file), results=False)
    huey.task(name="perform")(perform)
    huey.periodic_task(crontab(minute="*"), name="sweep")(sweep)
    return huey


def wake(settings: Settings, *job_ids: int) -> None:
    """Tells the worker, after the commit. The tasks themselves are never run here."""
    huey = SqliteHuey("tracker", filename=str(settings.queue_file), results=False)
    send = huey.task(name="perform")(_elsewhere)
    for each in job_ids:
        send(each)
    huey.storage.close()


def _elsewhere(job_id: int) -> None:
    raise RuntimeError("a job is done by the worker process")
