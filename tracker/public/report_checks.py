"""The page on which anybody checks a report: by the file, its number, the beginning of a checksum,
or the code on its cover.

The file streams into SHA-256 and is kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import cast

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.accounts import attempts
from tracker.accounts.access import audience_in, begins_reading, may_read, open_to_all
from tracker.accounts.body_limits import LARGEST_READ, streams_files
from tracker.clock import now
from tracker.extensions import db
from tracker.files.checksum_stream import ChecksumStream
from tracker.formatting import number
from tracker.forms.list_pages import ListPage, list_page, page_address
from tracker.reading import addresses
from tracker.reading.audience import Audience
from tracker.record.bodies import Body
from tracker.reports.checking import changes_csv, verification, verification_wording
from tracker.reports.checking.verification import Verification
from tracker.rules.report_changes import ChangedItem, ReportChanges
from tracker.translation import gettext as _
from tracker.translation import ngettext
from tracker.web_extensions import csrf

verify = Blueprint("verify", __name__)

FIRST_CHANGES = 5
"""So many stand below a file that was sent; all of them on the page of its number."""

MEGABYTE = 2**20


@dataclass(frozen=True, kw_only=True)
class CheckForms:
    """What was typed, and what is wrong with what was sent."""

    typed: str = ""
    problem_of_file: str | None = None
    problem_of_number: str | None = None


@verify.get("/verify")
@open_to_all
def check() -> ResponseReturnValue:
    """Also what the code of a cover leads to: with the number come the checksum of the data and the
    head of the record, which both have to be those of the report.
    """
    typed = request.args.get("number", "").strip()
    if not typed:
        return _page(CheckForms())
    if len(typed) > verification.LONGEST_TYPED:
        return _page(CheckForms(problem_of_number=_("That is too long for a number.")))
    found = verification.verify_typed(
        db.session(),
        _audience_of,
        typed,
        data_sha256=request.args.get("data"),
        head=request.args.get("head"),
    )
    return _page(CheckForms(typed=typed), found)


@verify.post("/verify")
@open_to_all
@begins_reading
@streams_files(ChecksumStream)
def check_file() -> ResponseReturnValue:
    """Nothing is written: neither the file nor that it was checked."""
    if (seconds := _seconds_to_wait()) is not None:
        minutes = ceil(seconds / 60)
        problem = ngettext(
            "Too many files were checked from here. Try again in one minute.",
            "Too many files were checked from here. Try again in %(num)s minutes.",
            minutes,
        )
        response = _page(CheckForms(problem_of_file=problem))
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(ceil(seconds))
        return response
    try:
        sent = request.files.get("file")
    except RequestEntityTooLarge:
        return _too_large()
    if sent is None or not sent.filename:
        response = _page(CheckForms(problem_of_file=_("Choose the file that is to be checked.")))
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
    stream = cast(ChecksumStream, sent.stream)
    if stream.size > LARGEST_READ:
        return _too_large()
    found = verification.verify(db.session(), _audience_of, stream.sha256, stream.number)
    return _page(CheckForms(), found)


# Nothing is written, and no right comes of a cookie: whoever has no cookie needs none.
csrf.exempt(check_file)


@verify.get("/verify/changes.csv")
@open_to_all
def changes_since() -> ResponseReturnValue:
    """What has changed since a report, item by item."""
    found = verification.verify_typed(db.session(), _audience_of, request.args.get("number", ""))
    changes = _changes(found)
    if found.report is None or changes is None:
        abort(404)
    response = Response(
        changes_csv.changes_csv(found.report, changes), mimetype="text/csv; charset=utf-8"
    )
    name = f"{found.report.line.number}-changes.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _audience_of(body_id: int) -> Audience | None:
    """None: the body is closed to whoever asks."""
    slug = db.session().get_one(Body, body_id).slug
    target = addresses.resolve(db.session(), slug)
    if target is None or not may_read(body_id, target.open):
        return None
    return audience_in(body_id)


def _seconds_to_wait() -> int | None:
    if not current_app.config.get("RATELIMIT_ENABLED", True):
        return None
    return attempts.begin_check(attempts.network_of(request.remote_addr))


def _too_large() -> Response:
    problem = _(
        "The file is larger than %(size)s MB: no report that was issued is.",
        size=number(LARGEST_READ // MEGABYTE),
    )
    response = _page(CheckForms(problem_of_file=problem))
    response.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return response


def _changes(found: Verification | None) -> ReportChanges | None:
    if found is None or found.report is None or found.bears_our_number:
        return None
    return verification.changed_since(db.session(), found.report, now())


def _page(forms: CheckForms, found: Verification | None = None) -> Response:
    changes = _changes(found)
    shown, pages = _shown(found, changes)
    report = found.report if found else None
    response = make_response(
        render_template(
            "public/verify.html",
            forms=forms,
            check=found,
            report=report,
            changes=changes,
            shown=shown,
            list_page=pages,
            page_address=page_address,
            body=report.body if report else None,
            checked_at=now(),
            wording=verification_wording,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    if found is not None:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _shown(
    found: Verification | None, changes: ReportChanges | None
) -> tuple[tuple[ChangedItem, ...], ListPage | None]:
    """The changes that stand on this page: of a file the first, of a number page by page."""
    if found is None or changes is None:
        return (), None
    if found.is_of_file:
        return changes.changed[:FIRST_CHANGES], None
    pages = list_page(len(changes.changed))
    return tuple(pages.of(changes.changed)), pages
