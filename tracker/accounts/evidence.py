"""The one route by which stored files are opened: it checks rights, and lets no file act in the browser. What a file is was settled when it came."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Blueprint, abort, current_app, send_file

from tracker.clock import now
from tracker.config import Settings
from tracker.extensions import db
from tracker.files import store
from tracker.files.sniff import IN_PLACE, PICTURES, PNG, named
from tracker.reading.evidence import StoredFile, may_open_original, stored_file
from tracker.record.as_of import AsOf
from tracker.record.loader import settings
from tracker.translation import gettext as _

from .access import actor_in, may_read, open_to_all

log = structlog.get_logger()
evidence = Blueprint("evidence", __name__)
NOTHING_ACTS = "sandbox; default-src 'none'; frame-ancestors 'self'"  # tried: Chromium shows a PDF all the same


@evidence.get("/files/<int:key>")
@evidence.get("/files/<int:key>/<path:name>")
@open_to_all
def file(key: int, name: str = "") -> Any:
    """A document is known by its number; whatever the address calls it, it is sent under its own name. Not there and not allowed look the same:
    a page that offers to sign in to whoever is not."""
    found = stored_file(db.session(), key)
    if found is None:
        abort(404)
    sha256 = _what_may_be_opened(found)
    if sha256 is None:
        abort(404)
    return _sent(found, sha256)


def _what_may_be_opened(found: StoredFile) -> str | None:
    said = settings(db.session(), found.body_id, AsOf(now().date()))
    if may_open_original(
        db.session(), found, actor_in(found.body_id), now().astimezone(said.zone).date()
    ):
        return found.sha256
    return found.public_sha256 if found.opened and may_read(found.body_id, said.open) else None


def _sent(found: StoredFile, sha256: str) -> Any:
    folder: Settings = current_app.config["SETTINGS"]
    path = store.path_of(folder.files, sha256)
    if not path.is_file():
        abort(404)
    if not store.unchanged(folder.files, sha256):
        log.error("a stored file was changed; it is not sent", sha256=sha256)
        abort(
            500,
            _(
                "This file is not what was stored any more, so it is not shown. The office is asked to run `tracker verify`."
            ),
        )
    copy = sha256 != found.sha256
    kind = (
        PNG
        if copy and found.media_type in PICTURES and found.media_type != "image/jpeg"
        else found.media_type
    )
    shows = kind in IN_PLACE
    answer = send_file(
        path,
        mimetype=kind
        if shows or not kind.startswith(("text/html", "image/svg"))
        else "application/octet-stream",
        as_attachment=not shows,
        download_name=named(found.name, kind),
        etag=sha256,
        max_age=0,
        conditional=True,
    )
    answer.headers["Content-Security-Policy"] = NOTHING_ACTS
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
