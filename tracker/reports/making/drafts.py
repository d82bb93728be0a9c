"""Drafts of reports: asked for once, kept with the event at which they are frozen, and deleted
after 30 days with their files and jobs. What is issued is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.jobs import table
from tracker.jobs.table import OPEN, Job, JobState
from tracker.record.editions import EditionRecord
from tracker.record.report_drafts import ReportDraft
from tracker.record.surroundings import zone_of
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest

from .collected_draft import newest_event
from .kept_files import KEPT_FOR
from .tasks import KIND, UNFINISHED, file_of

JUST_MADE = timedelta(hours=1)
"""A file of this age may be of a job that ends at this moment."""


@dataclass(frozen=True)
class AskedReport:
    job_id: int
    is_new: bool  # else the job, or its draft, was there


def ask(
    session: Session,
    settings: Settings,
    request: ReportRequest,
    body_id: int,
    requested_by: int,
    now: datetime,
    shown: Mapping[str, object] | None = None,
) -> AskedReport:
    """The job of a request: the one that waits or is being done; the draft that is there, where
    nothing was recorded in the body since; else a new one. The caller commits, and then wakes the
    worker.

    :param shown: what lists say of it besides the request
    """
    job = table.find_open(session, KIND, body_id, request.key)
    if job is not None:
        return AskedReport(job.id, is_new=False)
    draft = find_current(session, settings, request, body_id, now)
    if draft is not None:
        return AskedReport(draft.job_id, is_new=False)
    job, is_new = table.ask_once(
        session,
        KIND,
        {**request.to_arguments(), **(shown or {})},
        body_id,
        requested_by,
        now,
        request_key=request.key,
    )
    return AskedReport(job.id, is_new)


def ask_for_copy(
    session: Session,
    settings: Settings,
    edition: EditionRecord,
    body_id: int,
    requested_by: int,
    now: datetime,
) -> AskedReport:
    """The board's copy of an edition, with its number for lists."""
    request = ReportRequest(
        kind=ReportKind.SHORT,
        convention_ids=(edition.convention_id,),
        as_of=edition.on,
        edition_id=edition.id,
    )
    shown = {"edition_number": edition.number}
    return ask(session, settings, request, body_id, requested_by, now, shown=shown)


def find_current(
    session: Session, settings: Settings, request: ReportRequest, body_id: int, now: datetime
) -> ReportDraft | None:
    """The newest draft of a request, if nothing was recorded in the body since, it is of the day
    that is asked for, and its file is there.
    """
    row = session.execute(
        sa.select(ReportDraft, Job.result)
        .join(Job, Job.id == ReportDraft.job_id)
        .where(
            ReportDraft.body_id == body_id,
            ReportDraft.request_key == request.key,
            ReportDraft.newest_event == newest_event(session, body_id),
            ReportDraft.kept_until > now,
            Job.state == JobState.DONE,
        )
        .order_by(ReportDraft.job_id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    draft, result = row
    today = now.astimezone(zone_of(session, body_id)).date()
    is_of_day = request.as_of is not None or draft.as_of == today or request.edition_id is not None
    file = file_of(settings, result)
    return draft if is_of_day and file is not None and file.is_file() else None


def tidy(session: Session, settings: Settings, now: datetime) -> None:
    """Forget the jobs of reports that are over for 30 days, with their drafts; and remove the files
    that belong to no job: theirs, and what a cancelled or killed one had begun.
    """
    is_over = sa.or_(
        ReportDraft.kept_until < now,
        sa.and_(ReportDraft.kept_until.is_(None), Job.finished_at < now - KEPT_FOR),
    )
    over = list(
        session.scalars(
            sa.select(Job.id)
            .outerjoin(ReportDraft, ReportDraft.job_id == Job.id)
            .where(Job.kind == KIND, Job.state.not_in(OPEN), is_over)
        )
    )
    session.execute(sa.delete(ReportDraft).where(ReportDraft.job_id.in_(over)))
    session.execute(sa.delete(Job).where(Job.id.in_(over)))
    _remove_files_of_no_job(session, settings, now)


def _remove_files_of_no_job(session: Session, settings: Settings, now: datetime) -> None:
    results = set(session.scalars(sa.select(Job.result).where(Job.result.is_not(None))))
    is_running = set(session.scalars(sa.select(Job.id).where(Job.state == JobState.RUNNING)))
    for path in settings.reports.glob("*-*"):
        is_unfinished = UNFINISHED.fullmatch(path.name) is not None
        if not is_unfinished and file_of(settings, f"{settings.reports.name}/{path.name}") is None:
            continue  # the worker has not put it there
        made_at = datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
        is_named = f"{settings.reports.name}/{path.name}" in results
        job_id = int(path.name.partition("-")[0])
        if not is_named and job_id not in is_running and made_at < now - JUST_MADE:
            path.unlink(missing_ok=True)
