"""What the page of reports shows of the jobs: what was asked, how far it is, what came of it. Nothing is made here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from babel.dates import format_time
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.formatting import number, short_day, size
from tracker.jobs.table import Job, JobState
from tracker.reports.models import ReportKind
from tracker.reports.tasks import KIND, file_of
from tracker.translation import current_locale
from tracker.translation import gettext as _

SHOWN = 30  # the newest


@dataclass(frozen=True)
class ReportLine:
    """One report that was asked for."""

    id: int
    form: ReportKind
    code: str | None  # of one item alone
    as_of: date | None  # None: the day on which it was made
    asked_at: str
    state: JobState
    says: str
    done: int | None
    of: int | None
    size: str | None  # of the file; None: there is none

    @property
    def over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


def report_lines(
    session: Session, body_id: int, convention_id: int, settings: Settings, zone: ZoneInfo
) -> tuple[ReportLine, ...]:
    """The newest first."""
    jobs = session.scalars(
        sa.select(Job)
        .where(Job.kind == KIND, Job.body_id == body_id)
        .order_by(Job.id.desc())
        .limit(300)
    )
    mine = [each for each in jobs if each.asked["convention"] == convention_id][:SHOWN]
    return tuple(_line(each, settings, zone) for each in mine)


def _line(job: Job, settings: Settings, zone: ZoneInfo) -> ReportLine:
    asked, file = job.asked, file_of(settings, job.result)
    there = file is not None and file.is_file()
    return ReportLine(
        job.id,
        ReportKind(asked["form"]),
        asked["code"],
        date.fromisoformat(asked["as_of"]) if asked["as_of"] else None,
        _moment(job.requested_at.astimezone(zone)),
        job.state,
        _says(job, there),
        job.done if job.of else None,
        job.of,
        size(file.stat().st_size) if file and there else None,
    )


def _moment(at: datetime) -> str:
    return _(
        "%(day)s, %(time)s",
        day=short_day(at.date()),
        time=format_time(at, "short", locale=current_locale()),
    )


def _says(job: Job, there: bool) -> str:
    if job.state is JobState.DONE:
        return (
            _("Ready") if there else _("Made, but its file is no longer there. Ask for it again.")
        )
    if job.state is JobState.FAILED:
        return _(
            "It could not be made. The log has it under %(reference)s.", reference=job.error or ""
        )
    if job.state is JobState.QUEUED:
        return _("Waiting for its turn")
    if job.stage == "layout" and job.done and job.of:
        return _("Setting page %(done)s of about %(of)s", done=number(job.done), of=number(job.of))
    return {
        "collect": _("Collecting the data"),
        "template": _("Writing"),
        "layout": _("Setting the pages"),
        "write": _("Saving"),
    }.get(job.stage or "", _("Begun"))
