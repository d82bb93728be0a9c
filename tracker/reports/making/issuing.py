"""From a draft to an issued report: the draft is collected again as of the event at which it is
frozen, and issued or signed off if its data are the same.

Its files are made by a job (`issued_files`).
"""

from __future__ import annotations

import json
from dataclasses import replace

import sqlalchemy as sa

from tracker.acts import reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import DraftOfReport, ErratumTo, IssueOptions
from tracker.reading.audience import PUBLIC
from tracker.reading.publications import visibility_of
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.issued_reports import (
    IssuedReport,
    ReportSignOff,
)
from tracker.record.report_drafts import ReportDraft
from tracker.reports import data
from tracker.reports.collecting.collect import collect
from tracker.reports.models import CollectedReport
from tracker.reports.requests import ReportRequest
from tracker.reports.words import wording


def issue_draft(
    context: ActContext,
    draft: ReportDraft,
    options: IssueOptions,
    erratum: ErratumTo | None = None,
) -> IssuedReport:
    """Issue it, and ask for its files; whoever calls commits, and wakes the worker."""
    made_of, data_sha256_now = _collected_again(
        context, request_of(draft), draft.request_key, draft.data_sha256
    )
    return reports.issue(context, made_of, data_sha256_now, options, erratum)


def sign_off_draft(
    context: ActContext, draft: ReportDraft, note: str | None = None
) -> ReportSignOff:
    """Of that draft alone: with its request and its data."""
    made_of, data_sha256_now = _collected_again(
        context, request_of(draft), draft.request_key, draft.data_sha256
    )
    return reports.sign_off(context, made_of, data_sha256_now, note)


def issue_collected(
    context: ActContext,
    request: ReportRequest,
    report: CollectedReport,
    options: IssueOptions,
) -> IssuedReport:
    """As `issue_draft`, of what was collected here and now and is kept nowhere as a draft."""
    made_of, data_sha256_now = _collected_again(
        context,
        request.frozen(report.up_to, report.as_of),
        request.key,
        data.data_sha256(report),
    )
    return reports.issue(context, made_of, data_sha256_now, options)


def request_of(draft: ReportDraft) -> ReportRequest:
    """Frozen at the event and the day of the draft."""
    request = ReportRequest.from_arguments(json.loads(draft.request))
    return request.frozen(draft.up_to, draft.as_of)


def _collected_again(
    context: ActContext, request: ReportRequest, request_key: str, data_sha256: str
) -> tuple[DraftOfReport, str]:
    """The draft as the acts take it, and the checksum of its data now, under the chain's lock.

    :param request: frozen at the event of the draft
    """
    ledger.lock(context.session, context.body_id)
    request = _with_its_conventions(context, request)
    report = collect(context.session, context.body_id, request, context.now)
    draft = DraftOfReport(
        kind=request.kind.value,
        convention_ids=request.convention_ids,
        request=request.canonical,
        request_key=request_key,
        title=wording.heading(report),
        as_of=report.as_of,
        up_to=report.up_to,
        data_sha256=data_sha256,
        live=request.live,
        edition_id=request.edition_id,
    )
    return draft, data.data_sha256(report)


def _with_its_conventions(context: ActContext, request: ReportRequest) -> ReportRequest:
    """Of all conventions of the body, those that everybody may read now: it stays a report of
    them, whoever may read which later.
    """
    if request.convention_ids:
        return request
    publications = visibility_of(context.session, context.body_id)
    on_record = context.session.scalars(
        sa.select(Convention.id)
        .where(Convention.body_id == context.body_id, Convention.recorded_by <= request.up_to)
        .order_by(Convention.id)
    )
    readable = (key for key in on_record if PUBLIC.reads(key, publications[key].visibility))
    return replace(request, convention_ids=tuple(readable))
