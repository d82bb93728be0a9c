"""How the worker is woken: a huey queue in the instance.

A message is the number of a job; if one is lost, the sweep finds its job.

Messages are JSON, never pickles: whoever can write to the file of the queue could have their own
code run otherwise.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab
from huey.exceptions import HueyException
from huey.registry import Message
from huey.serializer import Serializer

from tracker.config import Settings

log = logging.getLogger("tracker.jobs")


class JsonSerializer(Serializer):  # type: ignore[misc]
    """The name of a task and its arguments, all that our messages have; whatever else is in the
    file is refused.
    """

    def _serialize(self, data: Any) -> bytes:
        if not isinstance(data, Message):
            return json.dumps(data).encode()
        message = {name: value for name, value in data._asdict().items() if value is not None}
        return json.dumps({"message": message}).encode()

    def _deserialize(self, data: bytes) -> Any:
        value = json.loads(data)
        if not isinstance(value, dict) or "message" not in value:
            return value
        message = Message(**value["message"])
        return message._replace(args=tuple(message.args or ()), kwargs=dict(message.kwargs or {}))


def open_queue(
    file: Path, perform: Callable[[int], None], sweep: Callable[[], object]
) -> tuple[SqliteHuey, Callable[[int], object]]:
    """The queue with its two tasks, one job, and, each minute, a look at what was left; and what
    sends the number of a job.
    """
    huey = SqliteHuey("tracker", filename=str(file), results=False, serializer=JsonSerializer())

    @huey.task(name="perform")  # type: ignore[untyped-decorator]
    def send(job_id: int) -> None:  # here, so that it has one name in the queue, whoever opens it
        perform(job_id)

    @huey.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def sweep_each_minute() -> None:
        sweep()

    return huey, send


def wake(settings: Settings, *job_ids: int) -> bool:
    """Tells the worker, after the commit.

    The tasks themselves are never run here.

    Where it cannot be told (a full disk), the jobs are on record all the same, and the worker's
    next look finds them: false then.
    """
    try:
        huey, send = open_queue(settings.queue_file, _elsewhere, lambda: None)
        for job_id in job_ids:
            send(job_id)
        huey.storage.close()
    except (OSError, sqlite3.Error, HueyException):
        log.exception("the worker could not be told of the jobs %s", ", ".join(map(str, job_ids)))
        return False
    return True


def _elsewhere(job_id: int) -> None:
    raise RuntimeError("a job is done by the worker process")
