"""The page of a body's reports: governance and auditors ask for one, see how far it is, stop it,
and read the drafts. A job makes them.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.jobs import queue, table
from tracker.jobs.table import Job
from tracker.office.blueprint import OfficeTarget, find_body, office
from tracker.reading.models import ConventionDetails
from tracker.reports.making import drafts, tasks
from tracker.reports.requests import ReportRequest
from tracker.rules.permissions import Permission, is_permitted

from . import lines, words
from .request_form import FILTERS, ReportRequestForm

ADDRESS = "/office/<body>/reports"
DRAFT = f"{ADDRESS}/drafts/<int:job_id>"


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def reports(body: str) -> ResponseReturnValue:
    """The address may name a convention, and filters of its list, which the form then holds."""
    found = find_body(body)
    convention = _chosen_convention(found)
    on_page: dict[str, object] = {name: request.args.get(name, "") for name in FILTERS}
    if convention is not None:
        on_page["convention"] = convention.slug
    return _render(found, ReportRequestForm(found, on_page), convention)


@office.post(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
@begins_reading
def make_report(body: str) -> ResponseReturnValue:
    """The job is on record before the worker is told, so that no report that was asked for is
    forgotten.
    """
    found = find_body(body)
    form = ReportRequestForm(found)
    if not form.take(db.session()) or form.report_request is None:
        page = _render(found, form, _chosen_convention(found))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return _ask(found, form.report_request, form.item_code)


@office.post(f"{ADDRESS}/jobs/<int:job_id>/again")
@requires(Permission.GOVERN, Permission.READ_ALL)
@begins_reading
def make_report_again(body: str, job_id: int) -> ResponseReturnValue:
    """One that could not be made: the same request."""
    found = find_body(body)
    job = _job(found, job_id)
    report_request = ReportRequest.from_arguments(job.decoded_arguments)
    return _ask(found, report_request, lines.item_code(job))


@office.post(f"{ADDRESS}/jobs/<int:job_id>/stop")
@requires(Permission.GOVERN, Permission.READ_ALL)
@begins_reading
def stop_report(body: str, job_id: int) -> ResponseReturnValue:
    """Governance stops any, the auditor their own."""
    found = find_body(body)
    job = _job(found, job_id)
    if (
        not is_permitted(found.actor, Permission.GOVERN)
        and job.requested_by != found.actor.person_id
    ):
        abort(403)
    with writing() as session:
        is_stopped = table.cancel(session, job_id, now())
    flash(words.stopped() if is_stopped else words.was_over())
    return to_page(found)


@office.get("/office/<body>/<convention_slug>/report")
@requires(Permission.GOVERN, Permission.READ_ALL)
def report(body: str, convention_slug: str) -> ResponseReturnValue:
    """The address of before, when each convention had a page of reports."""
    found = find_body(body)
    if _convention(found, convention_slug) is None:
        abort(404)
    address = url_for("office.reports", body=body, convention=convention_slug)
    return redirect(address, HTTPStatus.MOVED_PERMANENTLY)


@office.get(f"{DRAFT}.pdf")
@requires(Permission.GOVERN, Permission.READ_ALL)
def draft_file(body: str, job_id: int) -> ResponseReturnValue:
    """Only what a job of this body has made."""
    job = _job(find_body(body), job_id)
    file = tasks.file_of(current_settings(), job.result)
    if file is None or not file.is_file():
        abort(404)
    return send_file(
        file,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file.name.partition("-")[2],
        max_age=0,
    )


def _ask(
    found: OfficeTarget, report_request: ReportRequest, code: str | None
) -> ResponseReturnValue:
    """The same request is one job; one whose draft is as it would be now is that draft.

    `code`: of the item, for lists.
    """
    with writing() as session:
        asked = drafts.ask(
            session,
            current_settings(),
            report_request,
            found.body_id,
            actor_in(found.body_id).person_id,
            now(),
            shown={"code": code} if code else None,
        )
    if not asked.is_new:
        flash(words.is_there())
    elif not queue.wake(current_settings(), asked.job_id):
        flash(words.not_woken(asked.job_id))
    return to_page(found, f"job-{asked.job_id}")


def to_page(found: OfficeTarget, anchor: str | None = None) -> ResponseReturnValue:
    address = url_for("office.reports", body=found.context.body.slug, _anchor=anchor)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _job(found: OfficeTarget, job_id: int) -> Job:
    job = db.session.get(Job, job_id)
    if job is None or job.kind != tasks.KIND or job.body_id != found.body_id:
        abort(404)
    return job


def _convention(found: OfficeTarget, slug: str | None) -> ConventionDetails | None:
    of_slug = (one for one in found.context.conventions.values() if one.slug == slug)
    return next(of_slug, None)


def _chosen_convention(found: OfficeTarget) -> ConventionDetails | None:
    """The one whose reports alone are shown; 404 where there is no such convention."""
    slug = request.args.get("convention")
    chosen = _convention(found, slug)
    if slug and chosen is None:
        abort(404)
    return chosen


def _render(
    found: OfficeTarget, form: ReportRequestForm, convention: ConventionDetails | None
) -> str:
    slug = convention.slug if convention else None
    here = url_for("office.reports", body=found.context.body.slug, convention=slug)
    return render_template(
        "office/reports/reports.html",
        body=found.context.body,
        convention=convention,
        page=lines.reports_page(
            db.session(), found, current_settings(), now(), convention.id if convention else None
        ),
        form=form,
        form_address=here,
        here=here,
        here_still=url_for(
            "office.reports", body=found.context.body.slug, still=1, convention=slug
        ),
        still="still" in request.args,
        today=found.today,
        words=words,
    )
