"""The worker process: `python -m tracker.jobs.worker --instance DIR`. It takes jobs, says how far they are, and takes up what a killed one left.

The work of a kind is found by the name of its module, which has `perform(arguments, job_id, progress)`: this room knows nothing of what it does.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tracker import logs, security_log
from tracker.clock import now
from tracker.config import Settings, WrongSetting, read

from . import queue, table

KINDS = {"report": "tracker.reports.tasks"}
UPLOADS = "tracker.acts.drafts"  # found by name, as the kinds are: it lies above this room
TIDIES_EVERY = 30  # minutes
Progress = Callable[[str, int | None, int | None], None]
log = logging.getLogger("tracker.jobs")


class Lost(Exception):
    """Another worker holds the job now."""


def name() -> str:
    """Host, process and a word of its own: a process number is used again."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def gone(worker: str) -> bool:
    """Whether a worker of this host has certainly ended; of others only the lease tells."""
    host, _, rest = worker.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname()[:60] or not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


class Worker:
    """Does one job at a time, in an application of its own."""

    def __init__(self, app: Flask, engine: sa.Engine) -> None:
        self.app, self.engine, self.name = app, engine, name()

    def perform(self, job_id: int) -> None:
        """The job, if nobody else holds it. Never raises: what went wrong is in the log, under the reference that the job shows."""
        with Session(self.engine) as session:
            if not table.take(session, job_id, self.name, now(self.app)):
                return
            job = session.get_one(table.Job, job_id)
            kind, asked = job.kind, dict(job.asked)
        ended = threading.Event()
        threading.Thread(target=self._beats, args=(job_id, ended), daemon=True).start()
        try:
            with self.app.app_context():
                result = import_module(KINDS[kind]).perform(
                    asked, job_id, lambda *said: self._progress(job_id, *said)
                )
            with Session(self.engine) as session:
                table.finish(session, job_id, self.name, now(self.app), result)
        except Lost:
            log.warning("job %s was taken over", job_id)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("job %s failed, reference %s", job_id, reference)
            with Session(self.engine) as session:
                table.fail(session, job_id, self.name, now(self.app), reference)
        finally:
            ended.set()

    def sweep(self) -> list[int]:
        """What nobody holds, told again to the queue: messages that were lost, and jobs of workers that are gone."""
        with Session(self.engine) as session:
            for each in filter(gone, table.workers(session)):
                table.abandon(session, each)
            found = table.left(session, now(self.app))
        queue.wake(self.app.config["SETTINGS"], *found)
        if now(self.app).minute % TIDIES_EVERY == 0:
            self.tidy()
        return found

    def tidy(self) -> None:
        """The files of forms that nobody sent again within a day go, and what the security log keeps no longer."""
        settings: Settings = self.app.config["SETTINGS"]
        with Session(self.engine) as session:
            import_module(UPLOADS).sweep(session, settings.uploads, now(self.app))
            session.commit()
        try:
            security_log.prune(settings.security_log, now(self.app))
        except OSError:  # a full disk keeps no worker from its jobs
            log.exception("the security log cannot be tidied")

    def give_back(self) -> None:
        with Session(self.engine) as session:
            table.give_back(session, self.name)

    def _progress(
        self, job_id: int, stage: str, done: int | None = None, of: int | None = None
    ) -> None:
        with Session(self.engine) as session:
            if not table.progress(session, job_id, self.name, now(self.app), stage, done, of):
                raise Lost

    def _beats(self, job_id: int, ended: threading.Event) -> None:
        while not ended.wait(table.BEAT.total_seconds()):
            with Session(self.engine) as session:
                table.beat(session, job_id, self.name, now(self.app))


def run(app: Flask) -> None:
    """In the foreground until SIGTERM or SIGINT. What it was doing then is taken up by the next worker."""
    from tracker.extensions import db

    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        worker = Worker(app, db.engine)
    huey, _ = queue.opened(settings.queue_file, worker.perform, worker.sweep)
    worker.sweep()
    worker.tidy()
    try:
        huey.create_consumer(workers=1, max_delay=1.0, backoff=1.3, shutdown_timeout=5).run()
    finally:
        worker.give_back()


def main(words: list[str]) -> int:
    logs.configure()
    if len(words) != 2 or words[0] != "--instance":
        print("usage: python -m tracker.jobs.worker --instance DIR", file=sys.stderr)
        return 2
    from tracker import create_app

    try:
        run(create_app(read(Path(words[1]))))
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start us with it ignored
    sys.exit(main(sys.argv[1:]))
