"""Issued reports with real files among the stored ones, for tests of their check: a small PDF that
bears the number, the JSON of the data that were collected, and CSV.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.factories.issued_reports import draft_of
from tests.factories.tagged_pdf import tagged_pdf
from tracker.acts import reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import ErratumTo, IssueOptions
from tracker.current_settings import current_settings
from tracker.files import store
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedFile
from tracker.reports.collecting.collect import collect_convention
from tracker.reports.data import data_sha256, to_csv, to_json
from tracker.reports.models import Imprint, ReportKind, ReportStatus
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant

VARIANTS = (FileVariant.SHORT, FileVariant.CSV, FileVariant.JSON)


@dataclass(frozen=True, kw_only=True)
class IssuedForCheck:
    id: int
    number: str
    data_sha256: str
    files: dict[FileVariant, bytes]

    @property
    def pdf(self) -> bytes:
        return self.files[FileVariant.SHORT]


def pdf_of(number: str) -> bytes:
    """As XMP does in a real one, a comment before its end bears the number."""
    content, mark, end = tagged_pdf().rpartition(b"startxref")
    return content + f"% TrackerReport:{number}\n".encode() + mark + end


def issue_for_check(
    context: ActContext,
    convention: Convention,
    *,
    corrects: tuple[int, str] | None = None,
    finish: Callable[[bytes], bytes] = bytes,
    **of_pdf: Any,
) -> IssuedForCheck:
    """Of the record as it is at `context.now`; in an application context.

    `finish`: what is done to the PDF, which has the members `of_pdf`.
    """
    request = ReportRequest(kind=ReportKind.SHORT, convention_ids=(convention.id,))
    collected = collect_convention(context.session, request, context.now)
    checksum = data_sha256(collected)
    draft = draft_of(context, convention, data_sha256=checksum)
    erratum = ErratumTo(report_id=corrects[0], correction=corrects[1]) if corrects else None
    options = IssueOptions(variants=VARIANTS)
    issued = reports.issue(context, draft, checksum, options, erratum)
    printed = replace(
        collected,
        status=ReportStatus.ISSUED,
        imprint=Imprint(number=issued.number, issued_on=context.today),
    )
    contents = {
        FileVariant.SHORT: finish(pdf_of(issued.number)),
        FileVariant.CSV: to_csv(printed).encode(),
        FileVariant.JSON: to_json(printed).encode(),
    }
    files = [
        IssuedFile(
            report_id=issued.id,
            variant=variant,
            sha256=store.keep(current_settings().files, content),
            size=len(content),
            data_sha256=checksum,
            pages=2 if variant is FileVariant.SHORT else None,
            **(of_pdf if variant is FileVariant.SHORT else {}),
        )
        for variant, content in contents.items()
    ]
    reports.record_files(context, issued, files)
    return IssuedForCheck(id=issued.id, number=issued.number, data_sha256=checksum, files=contents)


def later(context: ActContext, moment: datetime) -> ActContext:
    return replace(context, now=moment)
