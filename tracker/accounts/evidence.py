"""The routes by which stored files are opened, evidence and minutes: they check rights, and let no
file act in the browser. What a file is was settled when it came.
"""

from __future__ import annotations

from datetime import date

import structlog
from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import store
from tracker.files.sniff import IN_PLACE, PICTURES, PNG, named
from tracker.reading.evidence import StoredFile, is_opened_in, may_open_original, stored_file
from tracker.reading.minutes import StoredMinutes, stored_minutes
from tracker.reading.publications import PublicationState, readers_as_of, visibility_of
from tracker.record.as_of import AsOf
from tracker.record.surroundings import settings
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _

from .access import actor_in, audience_in, may_read, may_read_convention, open_to_all

log = structlog.get_logger()
evidence = Blueprint("evidence", __name__)
# tried: Chromium shows a PDF all the same
NOTHING_ACTS = "sandbox; default-src 'none'; frame-ancestors 'self'"


@evidence.get("/files/<int:key>")
@evidence.get("/files/<int:key>/<path:name>")
@open_to_all
def file(key: int, name: str = "") -> ResponseReturnValue:
    """A document is known by its key; whatever the address calls it, it is sent under its own name.

    One that is not there and one that is not allowed look the same: 404.
    """
    document = stored_file(db.session(), key)
    if document is None:
        abort(404)
    sha256 = _content_that_may_be_opened(document)
    if sha256 is None:
        abort(404)
    return send_document(document, sha256)


@evidence.get("/minutes/<int:key>")
@open_to_all
def minutes(key: int) -> ResponseReturnValue:
    """The minutes of a meeting that decided, where they are a file: for staff, and for everybody
    where the office said so, if they may read every convention of which it decided something.
    """
    document = stored_minutes(db.session(), key)
    if document is None:
        abort(404)
    if is_permitted(actor_in(document.body_id), Permission.READ_HIDDEN):
        sha256 = document.sha256
    elif document.open and _may_read_all(document):
        sha256 = document.public_sha256
    else:
        abort(404)
    return send_document(document, sha256)


def _may_read_all(document: StoredMinutes) -> bool:
    """Where a convention is read by edition, the decisions have to be in the newest."""
    body_settings = settings(db.session(), document.body_id, AsOf(now().date()))
    if not may_read(document.body_id, body_settings.open):
        return False
    today = now().astimezone(body_settings.zone).date()
    publications = visibility_of(db.session(), document.body_id)
    return all(
        _may_read_decisions(document, convention_id, publications[convention_id], today)
        for convention_id in document.convention_ids
    )


def _may_read_decisions(
    document: StoredMinutes, convention_id: int, publication: PublicationState, today: date
) -> bool:
    if not may_read_convention(document.body_id, convention_id, publication.visibility):
        return False
    as_of = readers_as_of(publication, AsOf(today))
    return as_of is not None and (as_of.up_to is None or document.recorded_by <= as_of.up_to)


def _content_that_may_be_opened(document: StoredFile) -> str | None:
    """The SHA-256 of the original, or of the copy that members may open; None: neither."""
    body_settings = settings(db.session(), document.body_id, AsOf(now().date()))
    today = now().astimezone(body_settings.zone).date()
    if may_open_original(db.session(), document, actor_in(document.body_id), today):
        return document.sha256
    is_readable = may_read(document.body_id, body_settings.open) and may_read_convention(
        document.body_id, document.convention_id, document.visibility
    )
    if document.opened and is_readable and _is_in_what_they_read(document, today):
        return document.public_sha256
    return None


def _is_in_what_they_read(document: StoredFile, today: date) -> bool:
    """Where readers read the convention by edition: what was opened later waits for the next."""
    if audience_in(document.body_id).hidden:
        return True
    publication = visibility_of(db.session(), document.body_id)[document.convention_id]
    as_of = readers_as_of(publication, AsOf(today))
    return as_of is not None and (as_of.is_now or is_opened_in(db.session(), document.id, as_of))


def send_document(document: StoredFile | StoredMinutes, sha256: str) -> Response:
    """The stored bytes of this hash; 404 where they are not there."""
    folder = current_settings().files
    path = store.path_of(folder, sha256)
    if not path.is_file():
        abort(404)
    if not store.unchanged(folder, sha256):
        log.error("a stored file was changed; it is not sent", sha256=sha256)
        abort(
            500,
            _(
                "This file is not what was stored any more, so it is not shown. "
                "The office is asked to run `tracker verify`."
            ),
        )
    media_type = _media_type(document.media_type, is_copy=sha256 != document.sha256)
    shows_in_browser = media_type in IN_PLACE
    is_risky = media_type.startswith(("text/html", "image/svg")) and not shows_in_browser
    response = send_file(
        path,
        mimetype="application/octet-stream" if is_risky else media_type,
        as_attachment=not shows_in_browser,
        download_name=named(document.name, media_type),
        etag=sha256,
        max_age=0,
        conditional=True,
    )
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _media_type(media_type: str, is_copy: bool) -> str:
    """The copy of a picture is a PNG, but for a JPEG's, which stays one."""
    if is_copy and media_type in PICTURES and media_type != "image/jpeg":
        return PNG
    return media_type
