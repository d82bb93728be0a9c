"""One item's dated sheet of the public record, for everybody: neither a draft nor numbered.

A sheet is kept under its request and what the public record says of the item. So where nothing of
it has changed the same file is there at once, and the file of one that shows what was withheld or
erased since is found no more.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.config import Settings
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.jobs import table
from tracker.jobs.table import OPEN, Job, JobArguments, JobState
from tracker.jobs.worker import JobFile
from tracker.reading.item_models import ItemPage
from tracker.reports.collecting.collect import collect, one_moment
from tracker.reports.models import ReportKind, ReportStatus
from tracker.reports.requests import ReportRequest

from . import tasks

KIND = "sheet"
"""The kind of these jobs in the table of jobs."""

KEPT_FOR = timedelta(days=1)
MOST_WAITING = 20  # of one body; drafts of the office wait behind no more than these


class TooManyWaiting(Exception):
    """So many sheets wait for the worker that no other is taken on."""


def request_of(page: ItemPage, convention_id: int) -> ReportRequest:
    """The sheet of what a page of the item shows the public."""
    return ReportRequest(
        kind=ReportKind.ITEM, convention_ids=(convention_id,), item_id=page.id, as_of=page.as_of
    )


def key_of(request: ReportRequest, page: ItemPage) -> str:
    """`page`: what the public record says of the item."""
    return hashlib.sha256(f"{request.key} {page!r}".encode()).hexdigest()


def find(session: Session, settings: Settings, body_id: int, key: str) -> Job | None:
    """The newest job of this sheet; None where it is to be asked for, as its file is gone or
    somebody has cancelled it.
    """
    job = session.scalar(
        sa.select(Job)
        .where(Job.kind == KIND, Job.body_id == body_id, Job.request_key == key)
        .order_by(Job.id.desc())
        .limit(1)
    )
    if job is None or job.state is JobState.CANCELLED:
        return None
    if job.state is not JobState.DONE:
        return job
    file = tasks.file_of(settings, job.result)
    return job if file is not None and file.is_file() else None


def ask(session: Session, request: ReportRequest, key: str, body_id: int, at: datetime) -> int:
    """The number of the job; of one that waits, where somebody has asked for the same. The caller
    commits, and then wakes the worker. Raises TooManyWaiting.
    """
    job = table.find_open(session, KIND, body_id, key)
    if job is not None:
        return job.id
    waiting = session.scalar(
        sa.select(sa.func.count())
        .select_from(Job)
        .where(Job.kind == KIND, Job.body_id == body_id, Job.state == JobState.QUEUED)
    )
    if waiting is not None and waiting >= MOST_WAITING:
        raise TooManyWaiting
    job, _is_new = table.ask_once(
        session, KIND, request.to_arguments(), body_id, NOBODY, at, request_key=key
    )
    return job.id


NOBODY = 0
"""Whoever asks for a sheet needs no account, and is not kept."""


def perform(arguments: JobArguments, job_id: int, progress: tasks.Progress) -> JobFile:
    """Makes the sheet, as `tasks.perform` makes a draft."""
    request = ReportRequest.from_arguments(arguments)
    progress("collect", None, None)
    with Session(db.engine) as session:
        one_moment(session)
        body_id = session.get_one(Job, job_id).body_id
        report = collect(session, body_id, request, now(), base_url=current_settings().base_url)
    sheet = replace(report, status=ReportStatus.SHEET)
    return tasks.write_file(sheet, job_id, progress)


def forget(session: Session, settings: Settings, body_id: int) -> list[Path]:
    """All sheets of a body: something is taken from readers that they may show. One that is being
    made begins again. Gives back their files, which whoever calls removes after the commit.
    """
    table.begin_again(session, KIND, body_id)
    is_over = sa.and_(Job.kind == KIND, Job.body_id == body_id, Job.state.not_in(OPEN))
    files = [
        tasks.file_of(settings, result)
        for result in session.scalars(sa.select(Job.result).where(is_over))
    ]
    session.execute(sa.delete(Job).where(is_over))
    return [file for file in files if file is not None]


def tidy(session: Session, at: datetime) -> None:
    """Forget those that are over for a day; their files go with those that belong to no job."""
    session.execute(
        sa.delete(Job).where(
            Job.kind == KIND, Job.state.not_in(OPEN), Job.finished_at < at - KEPT_FOR
        )
    )
