"""What the page of reports says of each job and of each draft.

Nothing is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.formatting import number, short_day, size, worker_words
from tracker.formatting.dates import moment
from tracker.formatting.phrases import upper
from tracker.jobs.heartbeat import WorkerState, worker_state
from tracker.jobs.table import OPEN, Job, JobState
from tracker.office.blueprint import OfficeTarget
from tracker.reading.audience import OFFICE
from tracker.reading.issued_reports import IssuedReportLine, issued_reports
from tracker.record.report_drafts import ReportDraft
from tracker.reports.making import issued_files
from tracker.reports.making.tasks import KIND, file_of
from tracker.reports.requests import ReportRequest
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import words

MOST_SEARCHED = 300  # of the body, the newest
MOST_FAILED = 3
FAILED_SHOWN = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """One step of the making of a report."""

    name: str
    is_reached: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """One report that was asked for and is not made yet, or could not be made."""

    id: int
    title: str
    besides: str
    requested_by: str  # a person's name, or the command line
    requested_at: str
    is_running: bool
    may_be_stopped: bool  # by this person: governance stops any, the auditor their own
    waits_for_worker: bool  # which does not run
    status: str  # in words
    done: int | None  # of `total`; None: it is not known how many there are
    total: int | None
    stages: tuple[StageLine, ...]


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One report that is made."""

    id: int  # of its job
    title: str
    besides: str  # pages, size, what is not as usual
    as_of: date
    made: str  # when and by whom
    kept_until: date
    file_size: str | None  # None: its file is no longer there
    issued_as: str | None  # the number


@dataclass(frozen=True, kw_only=True)
class CopyLine:
    """The board's copy of an edition."""

    id: int  # of its job
    status: str  # in words
    file_size: str | None  # None: there is no file
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class FilesLine:
    """An issued report whose files are not there yet."""

    id: int  # of the report
    number: str
    title: str
    is_given_up: bool
    status: str  # in words
    done: int | None
    total: int | None


@dataclass(frozen=True, kw_only=True)
class ReportsPage:
    """What is being made, what could not be made, and the drafts, the newest first."""

    jobs: tuple[JobLine, ...]
    being_issued: tuple[FilesLine, ...]
    failed: tuple[JobLine, ...]
    drafts: tuple[DraftLine, ...]

    @property
    def is_busy(self) -> bool:
        return bool(self.jobs) or any(not line.is_given_up for line in self.being_issued)

    @property
    def in_work(self) -> int:
        """How many reports are being made, drafts and issued ones."""
        return len(self.jobs) + sum(not line.is_given_up for line in self.being_issued)

    @property
    def given_up(self) -> int:
        return len(self.failed) + sum(line.is_given_up for line in self.being_issued)


def reports_page(
    session: Session,
    found: OfficeTarget,
    settings: Settings,
    now: datetime,
    convention_id: int | None,
) -> ReportsPage:
    """:param convention_id: whose reports alone are shown; None: all of the body"""
    worker = worker_state(settings, now)
    issued = issued_reports(session, found.body_id, OFFICE)
    jobs = _jobs(session, found, now, convention_id)
    failed = [job for job in jobs if job.state is JobState.FAILED]
    return ReportsPage(
        jobs=tuple(job_line(job, found, worker, now) for job in jobs if not job.over),
        being_issued=_being_issued(session, found, worker, now, issued, convention_id),
        failed=tuple(job_line(job, found, worker, now) for job in failed[:MOST_FAILED]),
        drafts=tuple(
            draft_line(draft, job, found, settings, issued)
            for draft, job in _drafts(session, found, now, convention_id)
        ),
    )


def _jobs(
    session: Session, found: OfficeTarget, now: datetime, convention_id: int | None
) -> list[Job]:
    """Those that are not over, and those that could not be made of late; the newest first."""
    jobs = session.scalars(
        sa.select(Job)
        .where(
            Job.kind == KIND,
            Job.body_id == found.body_id,
            sa.or_(
                Job.state.in_(OPEN),
                sa.and_(Job.state == JobState.FAILED, Job.finished_at > now - FAILED_SHOWN),
            ),
        )
        .order_by(Job.id.desc())
        .limit(MOST_SEARCHED)
    )
    if convention_id is None:
        return list(jobs)
    return [job for job in jobs if convention_id in _request(job).convention_ids]


def _being_issued(
    session: Session,
    found: OfficeTarget,
    worker: WorkerState,
    now: datetime,
    issued: Sequence[IssuedReportLine],
    convention_id: int | None,
) -> tuple[FilesLine, ...]:
    reports = [
        line
        for line in issued
        if line.is_being_made and convention_id in (None, line.convention_id)
    ]
    if not reports:
        return ()
    jobs = session.scalars(
        sa.select(Job)
        .where(Job.kind == issued_files.KIND, Job.body_id == found.body_id)
        .order_by(Job.id.desc())
        .limit(MOST_SEARCHED)
    )
    newest: dict[object, Job] = {}
    for job in jobs:
        newest.setdefault(job.decoded_arguments.get("report"), job)
    return tuple(_files_line(line, newest.get(line.id), found, worker, now) for line in reports)


def _files_line(
    line: IssuedReportLine,
    job: Job | None,
    found: OfficeTarget,
    worker: WorkerState,
    now: datetime,
) -> FilesLine:
    is_given_up = job is None or job.over
    status = _("Its files could not be made.")
    if job is not None and job.state is JobState.FAILED and job.error:
        status = _(
            "Its files could not be made. The log has it under %(reference)s.", reference=job.error
        )
    elif job is not None and not is_given_up:
        waits = worker_words.waits(worker, now, found.context.settings.zone)
        how_far = _status(job, f"{waits}." if worker.is_down else None)
        status = _("Its files are being made. %(how_far)s", how_far=how_far)
    return FilesLine(
        id=line.id,
        number=line.number,
        title=line.title,
        is_given_up=is_given_up,
        status=status,
        done=job.done if job and job.of else None,
        total=job.of if job else None,
    )


def _drafts(
    session: Session, found: OfficeTarget, now: datetime, convention_id: int | None
) -> Sequence[tuple[ReportDraft, Job]]:
    """The newest first."""
    query = (
        sa.select(ReportDraft, Job)
        .join(Job, Job.id == ReportDraft.job_id)
        .where(
            ReportDraft.body_id == found.body_id,
            ReportDraft.kept_until > now,
            Job.state == JobState.DONE,
        )
        .order_by(ReportDraft.job_id.desc())
        .limit(MOST_SEARCHED)
    )
    if convention_id is not None:
        query = query.where(ReportDraft.convention_id == convention_id)
    return [(draft, job) for draft, job in session.execute(query)]


def _request(job: Job) -> ReportRequest:
    return ReportRequest.from_arguments(job.decoded_arguments)


def job_line(job: Job, found: OfficeTarget, worker: WorkerState, now: datetime) -> JobLine:
    zone = found.context.settings.zone
    report_request = ReportRequest.from_arguments(job.decoded_arguments)
    is_running = job.state is JobState.RUNNING
    waits = worker.is_down and not job.over
    return JobLine(
        id=job.id,
        title=words.request_title(report_request, found.context, item_code(job)),
        besides=_besides(report_request, found, job),
        requested_by=who(job.requested_by, found.context.people),
        requested_at=moment(job.requested_at.astimezone(zone)),
        is_running=is_running,
        may_be_stopped=found.actor.governs or job.requested_by == found.actor.person_id,
        waits_for_worker=waits,
        status=_status(job, f"{worker_words.waits(worker, now, zone)}." if waits else None),
        done=job.done if job.of else None,
        total=job.of,
        stages=_stages(job) if is_running else (),
    )


def issued_as(draft: ReportDraft, issued: Iterable[IssuedReportLine]) -> IssuedReportLine | None:
    """What was issued from this draft; one that was issued anew was not."""
    for line in issued:
        is_same = line.request_key == draft.request_key and line.up_to == draft.up_to
        if is_same and line.replaces is None:
            return line
    return None


def draft_line(
    draft: ReportDraft,
    job: Job,
    found: OfficeTarget,
    settings: Settings,
    issued: Sequence[IssuedReportLine] = (),
) -> DraftLine:
    zone = found.context.settings.zone
    file = file_of(settings, job.result)
    has_file = file is not None and file.is_file()
    of_draft = issued_as(draft, issued)
    edition = cast(int | None, job.decoded_arguments.get("edition_number"))
    file_size = size(file.stat().st_size) if file is not None and has_file else None
    parts = [
        *words.form(_request(job).kind),
        ngettext("%(count)s page", "%(count)s pages", draft.pages, count=number(draft.pages)),
        file_size or _("its file is no longer there: make it again"),
        *words.besides(_request(job), found.context, edition),
    ]
    return DraftLine(
        id=job.id,
        title=draft.title,
        besides=", ".join(parts),
        as_of=draft.as_of,
        made=_(
            "%(day)s, %(name)s",
            day=short_day(draft.made_at.astimezone(zone).date()),
            name=who(draft.made_by, found.context.people),
        ),
        kept_until=draft.kept_until.astimezone(zone).date(),
        file_size=file_size,
        issued_as=of_draft.number if of_draft else None,
    )


def copy_line(job: Job, settings: Settings, waits: str | None) -> CopyLine:
    """`waits`: what is said of one that nobody makes, where the worker is down."""
    file = file_of(settings, job.result)
    has_file = file is not None and file.is_file()
    is_gone = job.state is JobState.DONE and not has_file
    return CopyLine(
        id=job.id,
        status=_("Its file is no longer there") if is_gone else _status(job, waits),
        file_size=size(file.stat().st_size) if file is not None and has_file else None,
        is_over=job.over,
    )


def item_code(job: Job) -> str | None:
    return cast(str | None, job.decoded_arguments.get("code"))


def who(person_id: int, people: Mapping[int, str]) -> str:
    if not person_id:
        return _("the command line")
    return people.get(person_id) or _("Name not on record")


def _besides(report_request: ReportRequest, found: OfficeTarget, job: Job) -> str:
    edition = cast(int | None, job.decoded_arguments.get("edition_number"))
    return upper(", ".join(words.besides(report_request, found.context, edition)))


def _status(job: Job, waits: str | None) -> str:
    if job.state is JobState.CANCELLED:
        return _("It was taken back.")
    if job.state is JobState.FAILED:
        return _(
            "It could not be made. The log has it under %(reference)s.", reference=job.error or ""
        )
    if waits is not None:
        return waits
    if job.state is JobState.QUEUED:
        return _("Waiting for its turn.")
    return words.stage_now(job.stage, job.done, job.of)


def _stages(job: Job) -> tuple[StageLine, ...]:
    """Those before the one that runs are over."""
    codes = list(words.STAGES)
    reached = codes.index(job.stage) if job.stage in codes else 0
    return tuple(
        StageLine(
            name=str(words.STAGES[code]),
            is_reached=place <= reached,
            note=_("done") if place < reached else _("now") if place == reached else _("to do"),
        )
        for place, code in enumerate(codes)
    )
