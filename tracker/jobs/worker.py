"""What the worker does: it takes jobs, says how far they are, and takes up what a killed one left.

Whoever starts it gives the work of each kind of job, and what is tidied up: this room knows nothing
of either.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.clock import now
from tracker.config import Settings

from . import heartbeat, queue, table
from .table import JobArguments

TIDIES_EVERY = 30  # minutes
Progress = Callable[[str, int | None, int | None], None]
"""Called with the stage, and how much of how much is done."""


@dataclass(frozen=True)
class JobFile:
    """A file that a job has made, and what is stored with it where the job is still the worker's.

    `keep` puts it in its place, in the transaction that ends the job; `drop` removes it.
    """

    name: str | None  # inside the instance; None: it is known by what `keep` stores
    keep: Callable[[Session], None]
    drop: Callable[[], None]


Perform = Callable[[JobArguments, int, Progress], JobFile | str | None]
"""Does a job: its arguments, its number, and whom to tell how far it is. Returns the file that it
made, or its name, if it made one.
"""

TidyUp = Callable[[Session, Settings, datetime], object]
"""Removes what is kept no longer, as of a moment."""

log = logging.getLogger("tracker.jobs")


class JobLost(Exception):
    """Another worker holds the job now, or it was cancelled."""


def make_worker_name() -> str:
    """Host, process and a random word: a process number is used again."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(worker: str) -> bool:
    """Whether a worker of this host has certainly ended; of others only the lease tells."""
    host, _, process = worker.partition(":")
    number = process.partition(":")[0]
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

    def __init__(
        self, app: Flask, engine: sa.Engine, kinds: Mapping[str, Perform], tidy_up: TidyUp
    ) -> None:
        self.app = app
        self.engine = engine
        self.name = make_worker_name()
        self._kinds = kinds
        self._tidy_up = tidy_up

    def perform(self, job_id: int) -> None:
        """Do the job, if nobody else holds it.

        Never raises: what went wrong is in the log, under the reference that the job shows.
        """
        with Session(self.engine) as session:
            if not table.take(session, job_id, self.name, now(self.app)):
                return
            job = session.get_one(table.Job, job_id)
            kind, arguments = job.kind, job.decoded_arguments
        ended = threading.Event()
        threading.Thread(target=self._beats, args=(job_id, ended), daemon=True).start()
        try:
            with self.app.app_context():
                result = self._kinds[kind](
                    arguments, job_id, lambda *done: self._progress(job_id, *done)
                )
            self._finish(job_id, result)
        except JobLost:
            log.warning("job %s was taken over or cancelled", job_id)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("job %s failed, reference %s", job_id, reference)
            with Session(self.engine) as session:
                table.fail(session, job_id, self.name, now(self.app), reference)
        finally:
            ended.set()

    def sweep(self) -> list[int]:
        """Put jobs that nobody holds into the queue again; returns their numbers.

        Their messages were lost, or their workers are gone.
        """
        with Session(self.engine) as session:
            for worker in filter(is_gone, table.workers(session)):
                table.abandon(session, worker)
            job_ids = table.left_behind(session, now(self.app))
        queue.wake(self.app.config["SETTINGS"], *job_ids)
        if now(self.app).minute % TIDIES_EVERY == 0:
            self.tidy()
        return job_ids

    def tidy(self) -> None:
        """Remove what is kept no longer, in the database and in the security log."""
        settings: Settings = self.app.config["SETTINGS"]
        with Session(self.engine) as session:
            self._tidy_up(session, settings, now(self.app))
            session.commit()
        try:
            security_log.prune(settings.security_log, now(self.app))
        except OSError:  # a full disk keeps no worker from its jobs
            log.exception("the security log cannot be tidied")

    def give_back(self) -> None:
        with Session(self.engine) as session:
            table.give_back(session, self.name)

    def _finish(self, job_id: int, result: JobFile | str | None) -> None:
        name, keep = (result.name, result.keep) if isinstance(result, JobFile) else (result, None)
        try:
            with Session(self.engine) as session:
                if not table.finish(session, job_id, self.name, now(self.app), name, keep):
                    raise JobLost
        finally:
            if isinstance(result, JobFile):
                result.drop()

    def _progress(
        self, job_id: int, stage: str, done: int | None = None, of: int | None = None
    ) -> None:
        with Session(self.engine) as session:
            if not table.progress(session, job_id, self.name, now(self.app), stage, done, of):
                raise JobLost

    def _beats(self, job_id: int, ended: threading.Event) -> None:
        while not ended.wait(table.BEAT.total_seconds()):
            with Session(self.engine) as session:
                table.beat(session, job_id, self.name, now(self.app))


def run(worker: Worker) -> None:
    """Work in the foreground until SIGTERM or SIGINT.

    What the worker was doing then is taken up by the next one.
    """
    settings: Settings = worker.app.config["SETTINGS"]
    huey, _ = queue.open_queue(settings.queue_file, worker.perform, worker.sweep)
    ended = threading.Event()
    beating = (settings, lambda: now(worker.app), ended)
    threading.Thread(target=heartbeat.keep_beating, args=beating, daemon=True).start()
    worker.sweep()
    worker.tidy()
    try:
        huey.create_consumer(workers=1, max_delay=1.0, backoff=1.3, shutdown_timeout=5).run()
    finally:
        ended.set()
        worker.give_back()
