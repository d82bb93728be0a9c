"""The page of reports of a convention: governance asks for one, the auditor reads and downloads. The making is a job's."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)

from tracker.accounts.access import actor_in, actors, begins_reading, requires, writing
from tracker.clock import now
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs import queue, table
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import AsOf, begins
from tracker.record.loader import zone_of
from tracker.reports import tasks
from tracker.reports.models import ReportKind
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _

from . import reports
from .forms import ReportForm

office = Blueprint("office", __name__)
PAGE = "/office/<body>/<convention_slug>/report"
TO_MEND = 422


def _arrive(body: str, convention_slug: str) -> AddressTarget:
    arrival = addresses.resolve(db.session(), body, convention_slug)
    if arrival is None or arrival.convention_id is None:
        abort(404)
    return arrival


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _page(arrival: AddressTarget, form: ReportForm) -> str:
    near = load_body_context(db.session(), arrival.body_id, AsOf(arrival.today(now())))
    convention = near.conventions[arrival.convention_id or 0]
    made = reports.report_lines(
        db.session(), arrival.body_id, convention.id, _settings(), arrival.zone
    )
    busy, makes = (
        any(not each.over for each in made),
        is_permitted(actor_in(arrival.body_id), Permission.GOVERN),
    )
    return render_template(
        "office/report.html",
        body=near.body,
        convention=convention,
        form=form,
        made=made,
        busy=busy,
        makes=makes,
        first=near.record_began,
        today=arrival.today(now()),
    )


@office.get("/office")
@requires(Permission.GOVERN, Permission.READ_ALL)
def home() -> Any:
    """The conventions of which reports can be made or read: how one comes to the page of each."""
    mine = [
        body_id for body_id, actor in actors().items() if is_permitted(actor, Permission.READ_ALL)
    ]
    found = [
        load_body_context(
            db.session(), body_id, AsOf(now().astimezone(zone_of(db.session(), body_id)).date())
        )
        for body_id in mine
    ]
    return render_template(
        "office/home.html", found=found, body=found[0].body if len(found) == 1 else None
    )


@office.get(PAGE)
@requires(Permission.GOVERN, Permission.READ_ALL)
def report(body: str, convention_slug: str) -> Any:
    return _page(_arrive(body, convention_slug), ReportForm(formdata=None))


@office.post(PAGE)
@requires(Permission.GOVERN)
@begins_reading
def make(body: str, convention_slug: str) -> Any:
    """The job is on record before the worker is told, so that no report that was asked for is forgotten."""
    arrival, form = _arrive(body, convention_slug), ReportForm()
    first = begins(db.session(), arrival.body_id).astimezone(arrival.zone).date()
    valid = form.validate_on_submit() and form.between(first, arrival.today(now()))
    item = (
        addresses.resolve_item(db.session(), arrival, form.item.data or "")
        if valid and form.form.data == ReportKind.ITEM
        else None
    )
    if valid and form.form.data == ReportKind.ITEM and item is None:
        form.item.errors = [
            _("There is no item of this code. It is the last part of the item’s address: nbi-2.")
        ]
        valid = False
    if not valid:
        return _page(arrival, form), TO_MEND
    asked = tasks.job_arguments(
        arrival.convention_id or 0,
        ReportKind(form.form.data),
        as_of=form.as_of.data,
        item_id=item[0] if item else None,
        code=item[1] if item else None,
    )
    with writing() as session:
        job_id = table.ask_for(
            session, tasks.KIND, asked, arrival.body_id, actor_in(arrival.body_id).person_id, now()
        ).id
    if not queue.wake(_settings(), job_id):
        flash(
            _(
                "Report %(number)s is asked for, and on record. The worker could not be told at once; it will find it by itself.",
                number=job_id,
            )
        )
    return redirect(
        url_for(
            "office.report", body=body, convention_slug=convention_slug, _anchor=f"report-{job_id}"
        ),
        303,
    )


@office.get(f"{PAGE}/<int:job_id>.pdf")
@requires(Permission.GOVERN, Permission.READ_ALL)
def download(body: str, convention_slug: str, job_id: int) -> Any:
    """Only what a job of this convention has made."""
    arrival = _arrive(body, convention_slug)
    job = db.session.get(table.Job, job_id)
    mine = (
        job is not None
        and job.kind == tasks.KIND
        and job.body_id == arrival.body_id
        and job.asked["convention"] == arrival.convention_id
    )
    file = tasks.file_of(_settings(), job.result) if job is not None and mine else None
    if file is None or not file.is_file():
        abort(404)
    return send_file(
        file,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file.name.partition("-")[2],
        max_age=0,
    )
