"""Drafts of reports as the acts take them, and issued reports with files, whose data nobody
collected: for tests of what is done with them.
"""

from __future__ import annotations

import hashlib
from typing import Any

from tracker.acts import reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import DraftOfReport, ErratumTo, IssueOptions
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedFile, IssuedReport
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant

DATA = "da" * 32
SHORT = IssueOptions(variants=(FileVariant.SHORT,))


def draft_of(
    context: ActContext,
    convention: Convention,
    kind: ReportKind = ReportKind.SHORT,
    data_sha256: str = DATA,
    **parts: Any,
) -> DraftOfReport:
    """Of the record as it is now; `parts` of the request."""
    up_to = ledger.next_event(context.session, context.body_id) - 1
    request = ReportRequest(
        kind=kind, convention_ids=(convention.id,), as_of=context.today, up_to=up_to, **parts
    )
    return DraftOfReport(
        kind=kind.value,
        convention_ids=(convention.id,),
        request=request.canonical,
        request_key=request.key,
        title="Progress report",
        as_of=context.today,
        up_to=up_to,
        data_sha256=data_sha256,
        live=request.live,
        edition_id=request.edition_id,
    )


def issued(
    context: ActContext,
    convention: Convention,
    erratum: ErratumTo | None = None,
    *,
    with_files: bool = True,
    **draft: Any,
) -> IssuedReport:
    """An issued report, with the file of its short form."""
    report = reports.issue(context, draft_of(context, convention, **draft), DATA, SHORT, erratum)
    if with_files:
        reports.record_files(context, report, [file_of(report)])
    return report


def file_of(
    report: IssuedReport, variant: FileVariant = FileVariant.SHORT, **values: Any
) -> IssuedFile:
    """A row of a file; no bytes are stored."""
    content = f"{report.number} {variant}".encode()
    return IssuedFile(
        report_id=report.id,
        variant=variant,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        data_sha256=DATA,
        **values,
    )
