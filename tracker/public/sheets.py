"""One item's dated sheet as a PDF, for anybody: asked for on a page of its own, which shows how far
it is and then leads to the file.

The page of the item only leads here: it holds no form, so that it is kept for whoever asks next.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.accounts import attempts
from tracker.accounts.access import begins_reading, open_to_all, writing
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting import worker_words
from tracker.jobs import queue
from tracker.jobs.heartbeat import worker_state
from tracker.jobs.table import Job, JobState
from tracker.reading import addresses, item
from tracker.reading.addresses import AddressTarget
from tracker.reading.audience import PUBLIC
from tracker.reading.item_models import ItemPage
from tracker.reading.publications import readers_as_of, visibility_of
from tracker.reports.making import sheets as item_sheets
from tracker.reports.making import tasks
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import Visibility
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import dates
from .answers import find_target, missing

sheets = Blueprint("sheets", __name__)
SHEET = "/<body>/<convention_slug>/<spelling>/sheet"


@dataclass(frozen=True, kw_only=True)
class ItemSheet:
    """What the page of a sheet is about: what the public record says of an item on a day."""

    target: AddressTarget
    item: ItemPage
    day: str  # as the address has it; "" for today
    request: ReportRequest
    key: str

    @property
    def job(self) -> Job | None:
        return item_sheets.find(db.session(), current_settings(), self.target.body_id, self.key)

    @property
    def file(self) -> Path | None:
        """None where it is not made."""
        job = self.job
        if job is None or job.state is not JobState.DONE:
            return None
        return tasks.file_of(current_settings(), job.result)

    def address(self, endpoint: str) -> str:
        body, convention, code = addresses.slugs_of_item(self.item.path)
        return url_for(
            endpoint,
            body=body,
            convention_slug=convention,
            spelling=code,
            as_of=self.day or None,
        )


@sheets.get(SHEET)
@open_to_all
def sheet(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    """How far it is, where somebody has asked for it."""
    return _page(_find_sheet(body, convention_slug, spelling))


@sheets.post(SHEET)
@open_to_all
@begins_reading
def make_sheet(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    """Whoever asks for one that is there, or is being made, is not counted."""
    own_sheet = _find_sheet(body, convention_slug, spelling)
    job = own_sheet.job
    if job is None or job.state is JobState.FAILED:
        seconds = _seconds_to_wait()
        if seconds is not None:
            return _too_often(own_sheet, seconds)
        try:
            with writing() as session:
                job_id = item_sheets.ask(
                    session, own_sheet.request, own_sheet.key, own_sheet.target.body_id, now()
                )
        except item_sheets.TooManyWaiting:
            return _too_many(own_sheet)
        queue.wake(current_settings(), job_id)
    return redirect(own_sheet.address("sheets.sheet"), HTTPStatus.SEE_OTHER)


@sheets.get(f"{SHEET}.pdf")
@open_to_all
def sheet_file(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    """Only where nothing of the item has changed since: what was withheld meanwhile is found no
    more. Else the page on which it can be asked for.
    """
    own_sheet = _find_sheet(body, convention_slug, spelling)
    file = own_sheet.file
    if file is None:
        return redirect(own_sheet.address("sheets.sheet"), HTTPStatus.SEE_OTHER)
    response = send_file(
        file,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file.name.partition("-")[2],
        max_age=0,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    if own_sheet.target.visibility is not Visibility.PUBLIC or not own_sheet.target.open:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _find_sheet(body: str, convention_slug: str, spelling: str) -> ItemSheet:
    """404 for what the reader may not see, and where there is no edition yet. It is the public
    record, by edition too, whoever asks.
    """
    target = find_target(body, convention_slug)
    page_day = dates.page_day(target)
    if target.convention_id is None:
        abort(missing(target))
    resolved = addresses.resolve_item(db.session(), target, spelling)
    publication = visibility_of(db.session(), target.body_id)[target.convention_id]
    shown = readers_as_of(publication, page_day.as_of)
    if resolved is None or shown is None:
        abort(missing(target))
    page = item.page(db.session(), target.body_id, resolved[0], shown, PUBLIC)
    if page is None:
        abort(missing(target))
    report_request = item_sheets.request_of(page, target.convention_id)
    return ItemSheet(
        target=target,
        item=page,
        day=page_day.text,
        request=report_request,
        key=item_sheets.key_of(report_request, page),
    )


def _page(own_sheet: ItemSheet, problem: str | None = None) -> Response:
    settings, at = current_settings(), now()
    job = own_sheet.job
    file = own_sheet.file
    worker = worker_state(settings, at)
    response = make_response(
        render_template(
            "public/sheet.html",
            item=own_sheet.item,
            body=own_sheet.item.body,
            convention=own_sheet.item.convention,
            suffix=f"?as_of={own_sheet.day}" if own_sheet.day else "",
            job=job,
            is_busy=job is not None and not job.over,
            waits=worker_words.waits(worker, at, own_sheet.target.zone) if worker.is_down else "",
            file_size=file.stat().st_size if file else None,
            here=own_sheet.address("sheets.sheet"),
            file_address=own_sheet.address("sheets.sheet_file"),
            problem=problem,
        )
    )
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def _seconds_to_wait() -> int | None:
    if not current_app.config.get("RATELIMIT_ENABLED", True):
        return None
    return attempts.begin_sheet(attempts.network_of(request.remote_addr))


def _too_often(own_sheet: ItemSheet, seconds: int) -> Response:
    minutes = ceil(seconds / 60)
    problem = ngettext(
        "Many sheets were asked for from here. Ask for this one again in one minute.",
        "Many sheets were asked for from here. Ask for this one again in %(num)s minutes.",
        minutes,
    )
    return _refusing(own_sheet, problem, seconds)


def _too_many(own_sheet: ItemSheet) -> Response:
    problem = _("Many sheets are being made at this moment. Ask for this one again in a minute.")
    return _refusing(own_sheet, problem, 60)


def _refusing(own_sheet: ItemSheet, problem: str, seconds: int) -> Response:
    response = _page(own_sheet, problem)
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(seconds)
    return response
