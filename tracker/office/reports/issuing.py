"""The page of one draft: it is read, signed off by a second person, and issued under a number."""

from __future__ import annotations

from http import HTTPStatus

import sqlalchemy as sa
from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import reports
from tracker.acts.act_context import ActContext, for_body
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting.refusal_sentences import error_sentence
from tracker.forms.fields import text_of
from tracker.jobs import queue
from tracker.jobs.table import Job, JobState
from tracker.office.blueprint import OfficeTarget, find_body, office
from tracker.reading.audience import OFFICE
from tracker.reading.issued_reports import issued_reports
from tracker.record.issued_reports import IssuedReport
from tracker.record.report_drafts import ReportDraft
from tracker.reports.making import issued_files, issuing
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused

from . import lines, words
from .issue_forms import IssueForm, ReportSignOffForm
from .issue_page import correctable, issue_page, request_as_issued
from .report_page import ADDRESS, DRAFT, to_page


@office.get(DRAFT)
@requires(Permission.GOVERN, Permission.READ_ALL)
def report_draft(body: str, job_id: int) -> ResponseReturnValue:
    found = find_body(body)
    return _render(found, _find(found, job_id))


@office.post(f"{DRAFT}/sign-off")
@requires(Permission.GOVERN)
@begins_reading
def sign_report_off(body: str, job_id: int) -> ResponseReturnValue:
    found = find_body(body)
    draft = _find(found, job_id)
    form = ReportSignOffForm(is_sent=True)
    if not form.validate():
        return _come_back(found, draft, sign_off_form=form)
    try:
        with writing() as session:
            draft = session.get_one(ReportDraft, job_id)
            note = text_of(form.note) or None
            issuing.sign_off_draft(_context(session, found), draft, note)
    except Refused as refused:
        return _come_back(find_body(body), _find(found, job_id), refused, sign_off_form=form)
    flash(words.signed_off())
    return to_page(found, f"job-{job_id}")


@office.post(f"{DRAFT}/issue")
@requires(Permission.GOVERN)
@begins_reading
def issue_report(body: str, job_id: int) -> ResponseReturnValue:
    """The worker makes the files; until then readers see nothing of it."""
    found = find_body(body)
    draft = _find(found, job_id)
    form = _sent_form(found, draft)
    if not form.validate():
        return _come_back(found, draft, issue_form=form)
    try:
        with writing() as session:
            context, draft = _context(session, found), session.get_one(ReportDraft, job_id)
            report = issuing.issue_draft(context, draft, form.options, form.erratum)
            number, job_of_files = report.number, _newest_job(session, found)
            if form.number.data and form.number.data != number:  # somebody else issued one
                raise Refused(Refusal.CHANGED_MEANWHILE)
    except Refused as refused:
        return _come_back(find_body(body), _find(found, job_id), refused, issue_form=form)
    queue.wake(current_settings(), job_of_files)
    flash(words.issued(number))
    return to_page(found, f"issued-{number}")


@office.post(f"{ADDRESS}/issued/<int:report_id>/files")
@requires(Permission.GOVERN)
@begins_reading
def make_files_again(body: str, report_id: int) -> ResponseReturnValue:
    """Of a report whose job was given up: under the same number."""
    found = find_body(body)
    try:
        with writing() as session:
            report = session.get(IssuedReport, report_id)
            if report is None or report.body_id != found.body_id:
                abort(404)
            job = reports.make_files_again(_context(session, found), report).id
    except Refused as refused:
        flash(error_sentence(refused))
        return to_page(found)
    queue.wake(current_settings(), job)
    return to_page(found)


def _newest_job(session: Session, found: OfficeTarget) -> int:
    """The one that issuing has asked for, in this transaction."""
    jobs = sa.select(sa.func.max(Job.id)).where(Job.kind == issued_files.KIND)
    return session.scalar(jobs.where(Job.body_id == found.body_id)) or 0


def _context(session: Session, found: OfficeTarget) -> ActContext:
    return for_body(session, found.body_id, actor_in(found.body_id), now())


def _find(found: OfficeTarget, job_id: int) -> ReportDraft:
    """404 for a draft of another body, or one that is gone."""
    draft = db.session.get(ReportDraft, job_id)
    if draft is None or draft.body_id != found.body_id:
        abort(404)
    job = db.session.get(Job, job_id)
    if job is None or job.state is not JobState.DONE:
        abort(404)
    return draft


def _sent_form(found: OfficeTarget, draft: ReportDraft) -> IssueForm:
    issued = issued_reports(db.session(), found.body_id, OFFICE)
    report_request = request_as_issued(db.session(), found, draft)
    of_same = correctable(report_request, issued)
    return IssueForm(report_request.kind, of_same, is_sent=True)


def _come_back(
    found: OfficeTarget,
    draft: ReportDraft,
    refused: Refused | None = None,
    *,
    sign_off_form: ReportSignOffForm | None = None,
    issue_form: IssueForm | None = None,
) -> ResponseReturnValue:
    """The page as it is now, with what was written."""
    status, errors = HTTPStatus.UNPROCESSABLE_ENTITY, []
    if refused is not None:
        form = issue_form or sign_off_form
        if form is None or not form.show_refusal(refused.code):
            errors = [error_sentence(refused)]
        if refused.code in LATE:
            status = HTTPStatus.CONFLICT
    page = _render(found, draft, errors=errors, sign_off_form=sign_off_form, issue_form=issue_form)
    return page, status


LATE = (
    Refusal.ALREADY_ISSUED,
    Refusal.ALREADY_SIGNED_OFF,
    Refusal.CHANGED_MEANWHILE,
    Refusal.DRAFT_HAS_CHANGED,
)
"""Refusals of what somebody else did meanwhile."""


def _render(
    found: OfficeTarget,
    draft: ReportDraft,
    *,
    errors: list[str] | None = None,
    sign_off_form: ReportSignOffForm | None = None,
    issue_form: IssueForm | None = None,
) -> str:
    session = db.session()
    job = session.get_one(Job, draft.job_id)
    body = found.context.body
    return render_template(
        "office/reports/draft.html",
        body=body,
        draft=lines.draft_line(draft, job, found, current_settings()),
        page=issue_page(session, found, draft, sign_off_form, issue_form),
        here=url_for("office.report_draft", body=body.slug, job_id=draft.job_id),
        errors=errors or [],
    )
