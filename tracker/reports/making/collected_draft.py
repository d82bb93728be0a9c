"""What is kept of a draft of a report besides its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.jobs.table import Job
from tracker.record.ledger_tables import Head
from tracker.record.report_drafts import ReportDraft
from tracker.reports.data import data_sha256
from tracker.reports.models import CollectedReport
from tracker.reports.requests import ReportRequest
from tracker.reports.words import wording

from .kept_files import KEPT_FOR

LONGEST_TITLE = 400


@dataclass(frozen=True, kw_only=True)
class CollectedDraft:
    """All but the number of its pages, which are counted last."""

    job: Job
    request: ReportRequest
    newest_event: int
    as_of: date
    up_to: int
    head_hash: str
    data_sha256: str
    title: str

    def store(self, session: Session, pages: int, now: datetime) -> None:
        """In the transaction that ends its job. Of a job that a killed worker had nearly done, in
        place of what that one stored.
        """
        conventions = self.request.convention_ids
        session.merge(
            ReportDraft(
                job_id=self.job.id,
                body_id=self.job.body_id,
                convention_id=conventions[0] if len(conventions) == 1 else None,
                request=self.request.canonical,
                request_key=self.request.key,
                as_of=self.as_of,
                up_to=self.up_to,
                head_hash=self.head_hash,
                newest_event=self.newest_event,
                data_sha256=self.data_sha256,
                title=self.title,
                pages=pages,
                made_at=now,
                made_by=self.job.requested_by,
                kept_until=now + KEPT_FOR,
            )
        )


def collected(
    session: Session, job: Job, request: ReportRequest, report: CollectedReport
) -> CollectedDraft:
    """In the moment in which the data were read, and in an application context."""
    return CollectedDraft(
        job=job,
        request=request,
        newest_event=newest_event(session, job.body_id),
        as_of=report.as_of,
        up_to=report.up_to,
        head_hash=report.head.hash,
        data_sha256=data_sha256(report),
        title=wording.heading(report)[:LONGEST_TITLE],
    )


def newest_event(session: Session, body_id: int) -> int:
    """Of the body's chain."""
    return session.scalar(sa.select(Head.event_id).where(Head.chain == body_id)) or 0
