"""The start page; and the page of a convention's reports: governance and auditors ask for one, and
download it. A job makes them.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import (
    abort,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, actors, begins_reading, requires, writing
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.jobs import queue
from tracker.jobs.table import Job
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.reading.publications import visibility_of
from tracker.record.as_of import AsOf, begins
from tracker.reports import drafts, tasks
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _

from . import reports
from .blueprint import office
from .report_form import ReportForm
from .start import server_cards, start_of_body

REPORT_ADDRESS = "/office/<body>/<convention_slug>/report"


@office.get("/office")
@requires(Permission.GOVERN, Permission.READ_ALL, Permission.ADMINISTER)
def home() -> ResponseReturnValue:
    """The start page: what waits for the person in each body, what can be done there, and its
    conventions.
    """
    at = now()
    starts = [
        start_of_body(db.session(), body_id, actor, at)
        for body_id, actor in actors().items()
        if is_permitted(actor, Permission.READ_ALL) or is_permitted(actor, Permission.ADMINISTER)
    ]
    body = starts[0].context.body if len(starts) == 1 else None
    return render_template(
        "office/home.html",
        starts=starts,
        server_tasks=server_cards(starts, current_settings(), at),
        body=body,
    )


@office.get(REPORT_ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def report(body: str, convention_slug: str) -> ResponseReturnValue:
    return _render(_find_convention(body, convention_slug), ReportForm(formdata=None))


@office.post(REPORT_ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
@begins_reading
def make(body: str, convention_slug: str) -> ResponseReturnValue:
    """The job is on record before the worker is told, so that no report that was asked for is
    forgotten."""
    target = _find_convention(body, convention_slug)
    form = ReportForm()
    first_day = begins(db.session(), target.body_id).astimezone(target.zone).date()
    if not form.validate_on_submit() or not form.check_day(first_day, target.today(now())):
        return _render(target, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if target.by_edition and not form.is_live and not _has_edition(target):
        form.say_no_edition()
        return _render(target, form), HTTPStatus.UNPROCESSABLE_ENTITY
    item_id, code = None, None
    if form.kind is ReportKind.ITEM:
        item = addresses.resolve_item(db.session(), target, form.item.data or "")
        if item is None:
            form.say_no_such_item()
            return _render(target, form), HTTPStatus.UNPROCESSABLE_ENTITY
        item_id, code = item
    report_request = ReportRequest(
        kind=form.kind,
        convention_ids=(target.convention_id or 0,),
        as_of=form.as_of.data,
        item_id=item_id,
        live=form.is_live,
    )
    with writing() as session:
        job_id = drafts.ask(
            session,
            current_settings(),
            report_request,
            target.body_id,
            actor_in(target.body_id).person_id,
            now(),
            shown={"code": code} if code else None,
        ).job_id
    if not queue.wake(current_settings(), job_id):
        flash(_worker_not_woken(job_id))
    address = url_for(
        "office.report", body=body, convention_slug=convention_slug, _anchor=f"report-{job_id}"
    )
    return redirect(address, HTTPStatus.SEE_OTHER)


@office.get(f"{REPORT_ADDRESS}/<int:job_id>.pdf")
@requires(Permission.GOVERN, Permission.READ_ALL)
def download(body: str, convention_slug: str, job_id: int) -> ResponseReturnValue:
    """Only what a job of this convention has made."""
    target = _find_convention(body, convention_slug)
    job = db.session.get(Job, job_id)
    if job is None or not _is_report_of(job, target):
        abort(404)
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


def _has_edition(target: AddressTarget) -> bool:
    publications = visibility_of(db.session(), target.body_id)
    return publications[target.convention_id or 0].edition is not None


def _find_convention(body: str, convention_slug: str) -> AddressTarget:
    """404 where there is no such convention."""
    target = addresses.resolve(db.session(), body, convention_slug)
    if target is None or target.convention_id is None:
        abort(404)
    return target


def _is_report_of(job: Job, target: AddressTarget) -> bool:
    return (
        job.kind == tasks.KIND
        and job.body_id == target.body_id
        and target.convention_id
        in ReportRequest.from_arguments(job.decoded_arguments).convention_ids
    )


def _render(target: AddressTarget, form: ReportForm) -> str:
    at = now()
    today = target.today(at)
    body_context = load_body_context(db.session(), target.body_id, AsOf(today), names=True)
    convention = body_context.conventions[target.convention_id or 0]
    lines = reports.report_lines(
        db.session(),
        body_context,
        convention.id,
        settings=current_settings(),
        zone=target.zone,
        now=at,
    )
    return render_template(
        "office/report.html",
        body=body_context.body,
        convention=convention,
        form=form,
        lines=lines,
        is_busy=any(not line.is_over for line in lines),
        first_day=body_context.record_began,
        today=today,
    )


def _worker_not_woken(job_id: int) -> str:
    return _(
        "Report %(number)s is asked for, and on record. "
        "The worker could not be told at once; it will find it by itself.",
        number=job_id,
    )
