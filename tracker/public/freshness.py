"""Whether a reader has the page already: answered before any template work, by the build, the body's revision, its day, the language, the address."""

from __future__ import annotations

import hashlib
from datetime import date

from flask import Response, request

from tracker.formatting.build import build
from tracker.formatting.catalog import locale
from tracker.reading.addresses import Arrival


def tag(arrival: Arrival, today: date) -> str | None:
    """None with a session: what the signed-in see depends on more."""
    if request.cookies:
        return None
    said = f"{build()} {arrival.body_id} {arrival.revision} {today} {locale()} {request.host_url} {request.full_path}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


VARY, ASKED_AGAIN = "Cookie, Accept-Language", "public, no-cache"
"""`no-cache`: it may be kept, and is asked for again each time, so that a write shows on the next request."""


def unchanged(etag: str | None) -> Response | None:
    """A 304, if that is what the reader has."""
    if etag is None or not request.if_none_match.contains_weak(etag):
        return None
    return Response(
        status=304, headers={"ETag": f'W/"{etag}"', "Vary": VARY, "Cache-Control": ASKED_AGAIN}
    )


def with_tag(response: Response, etag: str | None) -> Response:
    response.headers["Vary"] = VARY
    if etag is not None:
        response.set_etag(etag, weak=True)  # the same page, compressed or not
        response.headers["Cache-Control"] = ASKED_AGAIN
    return response
