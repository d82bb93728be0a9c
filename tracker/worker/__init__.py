"""The worker process: `python -m tracker.worker --instance DIR`. `tracker serve` starts one too."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tracker import logs
from tracker.acts import drafts, import_previews, publications
from tracker.acts.act_context import for_body
from tracker.acts.reports import ISSUE
from tracker.application import create_app
from tracker.clock import now
from tracker.config import Settings, WrongSetting, read
from tracker.engine import READING
from tracker.extensions import db
from tracker.importing.reviewing import tasks as list_tasks
from tracker.jobs import worker
from tracker.jobs.table import JobArguments
from tracker.jobs.worker import JobFile, Perform, Progress, Worker
from tracker.mail import delivery
from tracker.processes import in_background
from tracker.record import editions
from tracker.record.publications import Edition
from tracker.reports.making import drafts as report_drafts
from tracker.reports.making import kept_files, kept_pages, sheets, withheld
from tracker.rules.permissions import COMMAND_LINE
from tracker.rules.refusals import Refused

ENDS_WITHIN = 2.0  # seconds, for the mail that is being sent
PUBLISHES_EVERY = 30.0  # seconds, at most a minute after the hour that was set

log = logging.getLogger("tracker.jobs")


def make_report(arguments: JobArguments, job_id: int, progress: Progress) -> JobFile:
    from tracker.reports.making import tasks

    return in_background(tasks.perform, arguments, job_id, progress)


def issue_report(arguments: JobArguments, job_id: int, progress: Progress) -> JobFile | None:
    from tracker.reports.making import issued_files

    return in_background(issued_files.perform, arguments, job_id, progress)


def make_sheet(arguments: JobArguments, job_id: int, progress: Progress) -> JobFile:
    return in_background(sheets.perform, arguments, job_id, progress)


def tidy_up(session: Session, settings: Settings, now: datetime) -> None:
    """Remove the files of forms that nobody sent again within a day, previews of lists that nobody
    confirmed, the words of mail that is over, drafts of reports after their time, and the files of
    reports that were withheld.
    """
    import_previews.sweep(session, now)
    drafts.sweep(session, settings.uploads, now)
    delivery.tidy(session, settings, now)
    sheets.tidy(session, now)
    report_drafts.tidy(session, settings, now)
    kept_pages.tidy(settings)
    kept_files.tidy(session, settings, now)
    withheld.remove_withheld_files(session, settings)


def publish_due(engine: sa.Engine, at: datetime) -> list[int]:
    """Publish the editions whose set hour is past, be it long past; gives back their keys.

    What was stopped meanwhile, or waits for a sign-off, is left as it is.
    """
    with Session(engine) as session:
        session.connection(execution_options=READING)
        due = [(body_id, record.id) for body_id, record in editions.due(session, at)]
    published = []
    for body_id, edition_id in due:
        with Session(engine) as session:
            context = for_body(session, body_id, COMMAND_LINE, at)
            try:
                edition = session.get_one(Edition, edition_id)
                publications.publish_at_its_hour(context, edition)
            except Refused as refused:
                log.info("edition %s is not published: %s", edition_id, refused.code)
                continue
            session.commit()
            published.append(edition_id)
    return published


def keep_publishing(app: Flask, engine: sa.Engine, ended: threading.Event) -> None:
    """At once, for what was due while no worker ran, and then again and again until `ended` is
    set.
    """
    while True:
        try:
            publish_due(engine, now(app))
        except Exception:  # the database cannot be written: another time
            log.exception("editions cannot be published")
        if ended.wait(PUBLISHES_EVERY):
            return


KINDS: Mapping[str, Perform] = {
    "report": make_report,
    ISSUE: issue_report,
    sheets.KIND: make_sheet,
    list_tasks.READ: list_tasks.read_list,
    list_tasks.WRITE: list_tasks.write_list,
}


def make_worker(app: Flask) -> Worker:
    """A worker with an application of its own."""
    with app.app_context():
        return Worker(app, db.engine, KINDS, tidy_up)


def run(app: Flask) -> None:
    """Work in the foreground until SIGTERM or SIGINT. Mail is sent and editions are published
    beside the jobs: neither a long report nor a slow mail server holds up the others.
    """
    jobs = make_worker(app)
    ended = threading.Event()
    beside = [
        threading.Thread(target=keep, args=(app, jobs.engine, ended), daemon=True)
        for keep in (delivery.keep_sending, keep_publishing)
    ]
    for thread in beside:
        thread.start()
    try:
        worker.run(jobs)
    finally:
        ended.set()
        for thread in beside:
            thread.join(ENDS_WITHIN)


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
