"""A report as a request asks for it, for tests that want one of a convention."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.reports.collecting.collect import collect_convention
from tracker.reports.models import Report, ReportKind
from tracker.reports.requests import ReportRequest


def collected(
    session: Session,
    convention_id: int,
    kind: ReportKind,
    now: datetime,
    *,
    base_url: str | None = None,
    **options: Any,
) -> Report:
    """`options` are those of the request."""
    request = ReportRequest(kind=kind, convention_ids=(convention_id,), **options)
    return collect_convention(session, request, now, base_url=base_url)
