"""The job "report": from ids to a file in the instance.

Done twice it makes the same file: the newer takes the older's place.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.config import Settings
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.jobs.table import Job, JobArguments
from tracker.jobs.worker import JobFile
from tracker.reports.body_models import ListReport
from tracker.reports.collecting.collect import collect, one_moment
from tracker.reports.models import CollectedReport, Report, ReportKind
from tracker.reports.requests import ReportRequest

from .collected_draft import collected

KIND = "report"
"""The kind of these jobs in the table of jobs."""

FILE_NAME = re.compile(r"[0-9]+-[\w-][\w.-]*\.pdf")
"""The names that `perform` gives."""

UNFINISHED = re.compile(r"[0-9]+-[\w-][\w.-]*\.[0-9]+\.part")
"""The names of files that are being made."""

SECONDS_BETWEEN_NOTES = 0.7

Progress = Callable[[str, int | None, int | None], None]
"""Is told the stage, how much is done, and of how much."""


def job_arguments(request: ReportRequest, code: str | None = None) -> JobArguments:
    """The arguments of the job. `code`: of the item, for the list of reports."""
    return {**request.to_arguments(), "code": code} if code else request.to_arguments()


def copies_by_edition(session: Session, convention_id: int, body_id: int) -> dict[int, Job]:
    """The newest job of each edition's board's copy, by the edition's key."""
    jobs = session.scalars(
        sa.select(Job)
        .where(Job.kind == KIND, Job.body_id == body_id, Job.arguments.contains('"edition": '))
        .order_by(Job.id)
    )
    copies = {}
    for job in jobs:
        request = ReportRequest.from_arguments(job.decoded_arguments)
        if request.convention_ids == (convention_id,) and request.edition_id:
            copies[request.edition_id] = job
    return copies


def perform(arguments: JobArguments, job_id: int, progress: Progress) -> JobFile:
    """Makes the report, and gives back its file, which takes its place with the draft's row when
    the job ends.

    In an application context, and never in a web process. Raises `collect.NotOnRecord`.
    """
    request = ReportRequest.from_arguments(arguments)
    progress("collect", None, None)
    with Session(db.engine) as session:
        one_moment(session)
        job = session.get_one(Job, job_id)
        report = collect(session, job.body_id, request, now(), base_url=current_settings().base_url)
        draft = collected(session, job, request, report)
        session.expunge(job)
    return write_file(
        report, job_id, progress, lambda session, pages: draft.store(session, pages, now())
    )


def write_file(
    report: CollectedReport,
    job_id: int,
    progress: Progress,
    store: Callable[[Session, int], None] | None = None,
) -> JobFile:
    """The report as the file of a job.

    :param store: stores what is kept of it besides, given the number of its pages
    """
    from tracker.reports.printing import render

    settings = current_settings()
    settings.reports.mkdir(exist_ok=True)
    target = settings.reports / f"{job_id}-{report_name(report)}"
    for unfinished in settings.reports.glob(f"{job_id}-*.part"):  # by a worker that was killed
        unfinished.unlink(missing_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        rendered = render.write(report, part, seldom(progress))
    except BaseException:
        part.unlink(missing_ok=True)
        raise

    def keep(session: Session) -> None:
        os.replace(part, target)
        if store is not None:
            store(session, rendered.pages)

    return JobFile(
        name=str(Path(settings.reports.name) / target.name),
        keep=keep,
        drop=lambda: part.unlink(missing_ok=True),
    )


def report_name(report: CollectedReport) -> str:
    """What the file is called when it is saved."""
    subject = report.items[0].code if report.kind is ReportKind.ITEM else report.kind.value
    if report.boards_copy is not None:
        subject = f"edition-{report.boards_copy}-boards-copy"
    if isinstance(report, ListReport):
        subject = f"{subject}-{report.subject.lower()}"
    of = report.convention.slug if isinstance(report, Report) else "all"
    name = f"{report.body.slug}-{of}-{subject}-as-of-{report.as_of.isoformat()}.pdf"
    return re.sub(r"[^\w.-]+", "-", name)


def file_of(settings: Settings, result: str | None) -> Path | None:
    """Where the file lies that a job has made, be it there still or not.

    None where the name is none that `perform` gives: the table of jobs is outside the ledger, and
    what was written into it by force opens and removes no other file.
    """
    folder, _slash, name = (result or "").partition("/")
    if folder != settings.reports.name or not FILE_NAME.fullmatch(name):
        return None
    return settings.reports / name


def seldom(progress: Progress) -> Progress:
    """Leaves out notes of one stage that follow each other too quickly."""
    noted_at: dict[str, float] = {}

    def note(stage: str, done: int | None, total: int | None) -> None:
        if time.monotonic() - noted_at.get(stage, 0.0) >= SECONDS_BETWEEN_NOTES:
            noted_at[stage] = time.monotonic()
            progress(stage, done, total)

    return note
