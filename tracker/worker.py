"""The worker process: `python -m tracker.worker --instance DIR`. `tracker serve` starts one too."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from tracker import logs
from tracker.acts import drafts
from tracker.application import create_app
from tracker.config import Settings, WrongSetting, read
from tracker.extensions import db
from tracker.jobs import worker
from tracker.jobs.table import JobArguments
from tracker.jobs.worker import Perform, Progress, Worker


def make_report(arguments: JobArguments, job_id: int, progress: Progress) -> str:
    from tracker.reports import tasks  # loads WeasyPrint: only where a report is made

    return tasks.perform(arguments, job_id, progress)


def sweep_uploads(session: Session, settings: Settings, now: datetime) -> None:
    """Remove the files of forms that nobody sent again within a day."""
    drafts.sweep(session, settings.uploads, now)


KINDS: Mapping[str, Perform] = {"report": make_report}


def make_worker(app: Flask) -> Worker:
    """A worker with an application of its own."""
    with app.app_context():
        return Worker(app, db.engine, KINDS, sweep_uploads)


def run(app: Flask) -> None:
    """Work in the foreground until SIGTERM or SIGINT."""
    worker.run(make_worker(app))


def main(words: list[str]) -> int:
    """Returns the exit status: 2 for a wrong call or a wrong setting."""
    logs.configure()
    if len(words) != 2 or words[0] != "--instance":
        print("usage: python -m tracker.worker --instance DIR", file=sys.stderr)
        return 2
    try:
        run(create_app(read(Path(words[1]))))
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start us with it ignored
    sys.exit(main(sys.argv[1:]))
