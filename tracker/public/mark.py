"""The mark of a body: the one stored file that pages show as a picture of their own."""

from __future__ import annotations

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from tracker.accounts.access import may_read, open_to_all
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import store
from tracker.reading import addresses
from tracker.record.as_of import AsOf
from tracker.record.surroundings import settings
from tracker.rules.body_mark import PNG, SVG

marks = Blueprint("marks", __name__)
MEDIA_TYPES = {SVG: "image/svg+xml", PNG: "image/png"}
NOTHING_ACTS = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
A_YEAR = 365 * 24 * 3600  # seconds: another mark has another address


@marks.get("/marks/<body>/<file_name>")
@open_to_all
def mark(body: str, file_name: str) -> ResponseReturnValue:
    """The one that holds today; 404 for any other, and where the pages of the body do not show."""
    target = addresses.resolve(db.session(), body)
    if target is None or not may_read(target.body_id, target.open):
        abort(404)
    today = AsOf(target.today(now()))
    body_mark = settings(db.session(), target.body_id, today).mark
    if body_mark is None or body_mark.file_name != file_name:
        abort(404)
    folder = current_settings().files
    if not store.unchanged(folder, body_mark.sha256):
        abort(404)  # `tracker verify` says which file was changed or is gone
    response = send_file(
        store.path_of(folder, body_mark.sha256),
        mimetype=MEDIA_TYPES[body_mark.kind],
        etag=body_mark.sha256,
        max_age=A_YEAR,
    )
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    who = "public" if target.open else "private"
    response.headers["Cache-Control"] = f"{who}, max-age={A_YEAR}, immutable"
    return response
