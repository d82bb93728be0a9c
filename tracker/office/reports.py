"""What the page of reports says of each report that was asked for: how far it is, and its file.

Nothing is made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from babel.dates import format_time
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.formatting import number, short_day, size, worker_words
from tracker.jobs.heartbeat import worker_state
from tracker.jobs.table import Job, JobState
from tracker.reading.body_context import BodyContext
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.reports.tasks import KIND, file_of
from tracker.translation import current_locale
from tracker.translation import gettext as _

MOST_SHOWN = 30  # of one convention, the newest
MOST_SEARCHED = 300  # of the body, the newest


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One report that was asked for."""

    id: int
    kind: ReportKind
    code: str | None  # of one item alone
    edition: int | None  # the number of the edition whose board's copy it is
    as_of: date | None  # None: the day on which it was made
    requested_at: str
    requested_by: str  # a person's name, or the command line
    state: JobState
    status: str  # in words
    done: int | None  # of `total`; None: it is not known how many there are
    total: int | None
    file_size: str | None  # in words; None: there is no file

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


def report_lines(
    session: Session,
    body_context: BodyContext,
    convention_id: int,
    *,
    settings: Settings,
    zone: ZoneInfo,
    now: datetime,
) -> tuple[ReportLine, ...]:
    """The newest first, with times in the body's zone.

    :param body_context: with names of people
    """
    worker = worker_state(settings, now)
    waits = worker_words.waits(worker, now, zone) if worker.is_down else None
    jobs = session.scalars(
        sa.select(Job)
        .where(Job.kind == KIND, Job.body_id == body_context.body.id)
        .order_by(Job.id.desc())
        .limit(MOST_SEARCHED)
    )
    of_convention = [
        job
        for job in jobs
        if convention_id in ReportRequest.from_arguments(job.decoded_arguments).convention_ids
    ]
    return tuple(
        report_line(job, body_context.people, settings, zone, waits)
        for job in of_convention[:MOST_SHOWN]
    )


def report_line(
    job: Job, people: Mapping[int, str], settings: Settings, zone: ZoneInfo, waits: str | None
) -> ReportLine:
    """`waits`: what is said of one that nobody makes, where the worker is down."""
    file = file_of(settings, job.result)
    has_file = file is not None and file.is_file()
    arguments = job.decoded_arguments
    request = ReportRequest.from_arguments(arguments)
    return ReportLine(
        id=job.id,
        kind=request.kind,
        code=cast(str | None, arguments.get("code")),
        edition=cast(int | None, arguments.get("edition_number")),
        as_of=request.as_of,
        requested_at=_moment(job.requested_at.astimezone(zone)),
        requested_by=_who(job.requested_by, people),
        state=job.state,
        status=_status(job, has_file) if job.over or waits is None else waits,
        done=job.done if job.of else None,
        total=job.of,
        file_size=size(file.stat().st_size) if file and has_file else None,
    )


def _who(person_id: int, people: Mapping[int, str]) -> str:
    if not person_id:
        return _("the command line")
    return people.get(person_id) or _("Name not on record")


def _moment(at: datetime) -> str:
    return _(
        "%(day)s, %(time)s",
        day=short_day(at.date()),
        time=format_time(at, "short", locale=current_locale()),
    )


def _status(job: Job, has_file: bool) -> str:
    if job.state is JobState.DONE and has_file:
        return _("Ready")
    if job.state is JobState.DONE:
        return _("Made, but its file is no longer there. Ask for it again.")
    if job.state is JobState.FAILED:
        return _(
            "It could not be made. The log has it under %(reference)s.", reference=job.error or ""
        )
    if job.state is JobState.QUEUED:
        return _("Waiting for its turn")
    return _stage(job)


def _stage(job: Job) -> str:
    """Of a report that is being made."""
    if job.stage == "layout" and job.done and job.of:
        return _("Setting page %(done)s of about %(of)s", done=number(job.done), of=number(job.of))
    sentences = {
        "collect": _("Collecting the data"),
        "template": _("Writing"),
        "layout": _("Setting the pages"),
        "write": _("Saving"),
    }
    return sentences.get(job.stage or "", _("Begun"))
