"""The worker process: `python -m tracker.worker --instance DIR`. `tracker serve` starts one too."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from tracker import logs
from tracker.acts import drafts, import_previews
from tracker.application import create_app
from tracker.config import Settings, WrongSetting, read
from tracker.extensions import db
from tracker.importing.reviewing import tasks as list_tasks
from tracker.jobs import worker
from tracker.jobs.table import JobArguments
from tracker.jobs.worker import Perform, Progress, Worker
from tracker.mail import delivery

ENDS_WITHIN = 2.0  # seconds, for the mail that is being sent


def make_report(arguments: JobArguments, job_id: int, progress: Progress) -> str:
    from tracker.reports import tasks  # loads WeasyPrint: only where a report is made

    return tasks.perform(arguments, job_id, progress)


def tidy_up(session: Session, settings: Settings, now: datetime) -> None:
    """Remove the files of forms that nobody sent again within a day, previews of lists that nobody
    confirmed, and the words of mail that is over.
    """
    import_previews.sweep(session, now)
    drafts.sweep(session, settings.uploads, now)
    delivery.tidy(session, settings, now)


KINDS: Mapping[str, Perform] = {
    "report": make_report,
    list_tasks.READ: list_tasks.read_list,
    list_tasks.WRITE: list_tasks.write_list,
}


def make_worker(app: Flask) -> Worker:
    """A worker with an application of its own."""
    with app.app_context():
        return Worker(app, db.engine, KINDS, tidy_up)


def run(app: Flask) -> None:
    """Work in the foreground until SIGTERM or SIGINT. Mail is sent beside the jobs: neither a
    long report nor a slow mail server holds up the other.
    """
    jobs = make_worker(app)
    ended = threading.Event()
    sending = threading.Thread(
        target=delivery.keep_sending, args=(app, jobs.engine, ended), daemon=True
    )
    sending.start()
    try:
        worker.run(jobs)
    finally:
        ended.set()
        sending.join(ENDS_WITHIN)


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
