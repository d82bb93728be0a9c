"""The reports of a body that were issued: their list, each as one page, and the files of each."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import audience_in, open_to_all
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import store
from tracker.formatting import issued_report_words
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.reading.issued_reports import (
    IssuedFileLine,
    IssuedReportLine,
    issued_report,
    issued_reports,
)
from tracker.reading.publications import visibility_of
from tracker.record.as_of import AsOf
from tracker.rules.codes import FileVariant, Visibility

from . import freshness
from .answers import find_target, missing, page_response

issued = Blueprint("issued", __name__)
ADDRESS = "/<body>/reports/"
MEDIA_TYPES = {
    FileVariant.HTML: "text/html",
    FileVariant.CSV: "text/csv",
    FileVariant.JSON: "application/json",
}
PDF = "application/pdf"
MOST_ON_CONVENTION_PAGE = 3
STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.S)


@issued.get(ADDRESS)
@open_to_all
def reports(body: str) -> ResponseReturnValue:
    """All that the reader may read, the newest first."""
    target = find_target(body)
    today = target.today(now())
    etag = freshness.tag(target, today)
    kept_response = freshness.kept_response(etag)
    if kept_response is not None:
        return kept_response
    audience = audience_in(target.body_id)
    context = load_body_context(db.session(), target.body_id, AsOf(today)).readable_by(audience)
    return page_response(
        "public/reports.html",
        target,
        etag,
        permanent=url_for("issued.reports", body=body),
        body=context.body,
        conventions=sorted(
            context.conventions.values(), key=lambda one: (one.year or 0, one.slug), reverse=True
        ),
        lines=readable_lines(target),
    )


@issued.get(f"{ADDRESS}<number>/")
@open_to_all
def report(body: str, number: str) -> ResponseReturnValue:
    """The whole report as one page, for phones and screen readers: its stored bytes."""
    target = find_target(body)
    line = _find(target, number)
    if line is None:
        return missing(target)
    return _answer(target, line, line.file(FileVariant.HTML))


@issued.get(f"{ADDRESS}<number>/<file_name>")
@open_to_all
def file(body: str, number: str, file_name: str) -> ResponseReturnValue:
    target = find_target(body)
    line = _find(target, number)
    if line is None:
        return missing(target)
    named = [one for one in line.files if issued_report_words.file_name(line, one) == file_name]
    return _answer(target, line, named[0] if named else None)


def readable_lines(
    target: AddressTarget, convention_id: int | None = None
) -> list[IssuedReportLine]:
    """Those that the reader may read, and whose files are there or withheld; the newest first."""
    audience = audience_in(target.body_id)
    lines = issued_reports(db.session(), target.body_id, audience, convention_id)
    return [line for line in lines if not line.is_being_made]


def of_convention_page(target: AddressTarget, as_of: date | None) -> list[IssuedReportLine]:
    """Those that its office lets stand there, the newest first.

    `as_of`: the earlier day of which the page is, when later ones were not issued yet.
    """
    lines = readable_lines(target, target.convention_id)
    return [
        line
        for line in lines
        if line.on_convention_page and (as_of is None or line.issued_on <= as_of)
    ][:MOST_ON_CONVENTION_PAGE]


def _find(target: AddressTarget, number: str) -> IssuedReportLine | None:
    """None for one that the reader may not read, as for one that is not there."""
    line = issued_report(db.session(), target.body_id, audience_in(target.body_id), number)
    return None if line is None or line.is_being_made else line


def _answer(
    target: AddressTarget, line: IssuedReportLine, found: IssuedFileLine | None
) -> Response:
    """The file; of a withheld report, that its file is gone; 404 for any other."""
    if line.is_withheld:
        context = load_body_context(db.session(), target.body_id, AsOf(target.today(now())))
        page = render_template("public/report_withheld.html", body=context.body, line=line)
        return make_response(page, HTTPStatus.GONE)
    if found is None:
        return missing(target)
    return _send(target, line, found)


def _send(target: AddressTarget, line: IssuedReportLine, found: IssuedFileLine) -> Response:
    """The very bytes that were issued, or none: `tracker verify` names a file that was changed."""
    folder = current_settings().files
    if not store.unchanged(folder, found.sha256):
        abort(404)
    path = store.path_of(folder, found.sha256)
    response = send_file(
        path,
        mimetype=MEDIA_TYPES.get(found.variant, PDF),
        as_attachment=found.variant in (FileVariant.CSV, FileVariant.JSON),
        download_name=issued_report_words.file_name(line, found),
        etag=found.sha256,
        conditional=True,
        max_age=0,
    )
    is_page = found.variant is FileVariant.HTML
    response.headers["Content-Security-Policy"] = _policy(_styles(path) if is_page else "")
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    is_for_everybody = _is_for_everybody(target, line)
    # it is asked for again each time: a file may be withheld
    response.headers["Cache-Control"] = f"{'public' if is_for_everybody else 'private'}, no-cache"
    if not is_for_everybody:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_for_everybody(target: AddressTarget, line: IssuedReportLine) -> bool:
    publications = visibility_of(db.session(), target.body_id)
    keys = line.convention_ids or tuple(publications)
    return target.open and all(
        publications[key].visibility is Visibility.PUBLIC for key in keys if key in publications
    )


def _policy(styles: str) -> str:
    """Nothing of a stored page acts; it has the styles that it was stored with."""
    allowed = styles or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@lru_cache(256)
def _styles(path: Path) -> str:
    """The hashes of the style sheets inside; the file is named by its content."""
    sheets = STYLE.findall(path.read_bytes())
    hashes = (b64encode(sha256(sheet).digest()).decode() for sheet in sheets)
    return " ".join(f"'sha256-{text}'" for text in hashes)
