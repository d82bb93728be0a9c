"""Mutable, outside the ledger: drafts of reports, each with the event at which it is frozen.

None of it is a fact. What is issued is (`issued_reports`).
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base
from tracker.jobs.table import Job


class ReportDraft(Base):
    """What a job has made. Its file is the result of the job."""

    __tablename__ = "report_draft"
    job_id: Mapped[int] = mapped_column(
        sa.ForeignKey(Job.id), primary_key=True, autoincrement=False
    )
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    convention_id: Mapped[int | None] = mapped_column(sa.ForeignKey("convention.id"))
    request: Mapped[str] = mapped_column(sa.Text)  # canonical JSON (reports/requests.py)
    request_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    as_of: Mapped[date]
    up_to: Mapped[int]  # the event at which its data are frozen
    head_hash: Mapped[str] = mapped_column(sa.String(64))  # of that event
    newest_event: Mapped[int]  # of the body when it was made: by edition, later than `up_to`
    data_sha256: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[str] = mapped_column(sa.String(400))
    pages: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[int]  # who asked for it: the person in that body; 0 is the command line
    kept_until: Mapped[datetime]
