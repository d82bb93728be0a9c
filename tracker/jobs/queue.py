"""How the worker is woken: a huey queue in the instance. A message is the number of a job; if one is lost, the sweep finds its job."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey, crontab

from tracker.config import Settings


def opened(file: Path, perform: Callable[[int], None], sweep: Callable[[], object]) -> tuple[SqliteHuey, Callable[[int], object]]:
    """The queue with its two tasks, one job, and, each minute, a look at what was left; and what sends the number of a job."""
    huey = SqliteHuey("tracker", filename=str(file), results=False)

    @huey.task(name="perform")  # type: ignore[untyped-decorator]
    def send(job_id: int) -> None:  # here, so that it has one name in the queue, whoever opens it
        perform(job_id)

    @huey.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def look() -> None:
        sweep()

    return huey, send


def wake(settings: Settings, *job_ids: int) -> None:
    """Tells the worker, after the commit. The tasks themselves are never run here."""
    huey, send = opened(settings.queue_file, _elsewhere, lambda: None)
    for each in job_ids:
        send(each)
    huey.storage.close()


def _elsewhere(job_id: int) -> None:
    raise RuntimeError("a job is done by the worker process")
