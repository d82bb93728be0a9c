"""Issued reports whose files have bytes that a test chooses: nothing is collected or laid out."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from tracker.acts import reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import IssueOptions
from tracker.files import store
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedFile, IssuedReport, ReportWithholding
from tracker.rules.codes import FileVariant, WithheldFor

from .issued_reports import DATA, draft_of


def issue_report(
    context: ActContext,
    convention: Convention,
    files: Mapping[FileVariant, bytes],
    folder: Path | None = None,
) -> IssuedReport:
    """`folder`: of the stored files, where the bytes are to lie."""
    options = IssueOptions(variants=tuple(files))
    report = reports.issue(context, draft_of(context, convention), DATA, options)
    rows = [
        IssuedFile(
            report_id=report.id,
            variant=variant,
            sha256=store.keep(folder, content) if folder else sha256(content).hexdigest(),
            size=len(content),
            data_sha256=DATA,
        )
        for variant, content in files.items()
    ]
    reports.record_files(context, report, rows)
    return report


def withhold_files(context: ActContext, report: IssuedReport) -> None:
    """The fact alone: the bytes stay where they are."""
    with context.record("report_withheld", report) as act:
        act.add(ReportWithholding(report_id=report.id, kind=WithheldFor.PERSONAL_DATA))
