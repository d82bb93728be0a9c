"""Whether a reader, or this process, has the page already.

Answered before any template work, by the build, the body's revision, its day, the language, the
address.
"""

from __future__ import annotations

import hashlib
from datetime import date

from flask import Response, current_app, request, session

from tracker import page_cache
from tracker.accounts.access import signed_in
from tracker.extensions import db
from tracker.formatting.build import build
from tracker.formatting.remembered import forget_printed
from tracker.reading.addresses import AddressTarget
from tracker.reading.published import count_erasures
from tracker.translation import current_locale


def tag(target: AddressTarget, today: date) -> str | None:
    """None with a session, however it was shown: what the signed-in see depends on more."""
    if request.cookies or signed_in():
        return None
    if page_cache.pages().see_revision(target.body_id, target.revision):
        _forget_erased_words()
    page = f"{current_locale()} {request.root_url} {request.full_path}"
    version = f"{build()} {target.body_id} {target.revision} {today} {page}"
    return hashlib.sha256(version.encode()).hexdigest()[:32]


def _forget_erased_words() -> None:
    """What templates printed is kept until words were erased: they must not stay in memory."""
    count = count_erasures(db.session())
    if current_app.extensions.get("tracker.erasures") != count:
        current_app.extensions["tracker.erasures"] = count
        forget_printed()


VARY = "Cookie, Accept-Language"
# It may be kept, and is asked for again each time, so that a write shows on the next request.
CACHE_CONTROL = "public, no-cache"


def kept_response(etag: str | None) -> Response | None:
    """A 304, if the reader has that page; the page, if it is kept here; else None."""
    if etag is None:
        return None
    if request.if_none_match.contains_weak(etag):
        return Response(
            status=304,
            headers={"ETag": f'W/"{etag}"', "Vary": VARY, "Cache-Control": CACHE_CONTROL},
        )
    kept = page_cache.pages().get(etag)
    if kept is None:
        return None
    page_cache.keep_under(etag)
    return _with_headers(Response(kept, mimetype="text/html"), etag)


def with_tag(
    page: Response, target: AddressTarget, etag: str | None, *, keep: bool = True
) -> Response:
    """The page says what it depends on.

    It is kept, unless something in it may be for this reader alone, or nobody else asks for it.
    """
    if keep and etag is not None and page.status_code == 200 and _for_everybody(page):
        page_cache.pages().put(etag, page.get_data(), body_id=target.body_id)
        page_cache.keep_under(etag)
    return _with_headers(page, etag)


def _for_everybody(page: Response) -> bool:
    """The request had no cookie.

    A message that was shown once, a token in a form, a cookie: each would have touched the session.
    """
    return not (session or session.modified or "Set-Cookie" in page.headers)


def _with_headers(page: Response, etag: str | None) -> Response:
    page.headers["Vary"] = VARY
    if etag is not None:
        page.set_etag(etag, weak=True)  # the same page, compressed or not
        page.headers["Cache-Control"] = CACHE_CONTROL
    return page
