"""What the pages of delegates share: the body or convention of an address, and the answers that are
kept, or say that nothing is there.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort, make_response, render_template

from tracker.accounts.access import may_read, may_read_convention
from tracker.clock import now
from tracker.errors import ErrorText, error_response
from tracker.extensions import db
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.record.as_of import AsOf
from tracker.rules.codes import Visibility

from . import freshness, members_door


def find_target(body: str, convention_slug: str | None = None) -> AddressTarget:
    """404 for a body that is not there, and the same for a closed one whose pages the reader may
    not see: the page offers to sign in.

    A convention that the reader may not see is as one that is not there; one for members has a
    door, where the code is typed.
    """
    target = addresses.resolve(db.session(), body, convention_slug)
    if target is None or not may_read(target.body_id, target.open):
        abort(404)
    if target.convention_id is None or may_read_convention(
        target.body_id, target.convention_id, target.visibility
    ):
        return target
    if target.visibility is Visibility.MEMBERS:
        abort(members_door.page(body, convention_slug or ""))
    return replace(target, convention_id=None)


def page_response(
    template: str,
    target: AddressTarget,
    etag: str | None,
    *,
    keep: bool = True,
    **values: object,
) -> Response:
    """`keep`: whether others may ask for the same page, so that it is worth the memory."""
    page = make_response(render_template(template, **values))
    if target.visibility is not Visibility.PUBLIC:
        page.headers["X-Robots-Tag"] = "noindex"
    return freshness.with_tag(page, target, etag, keep=keep)


def missing(target: AddressTarget, text: str | None = None) -> Response:
    """A 404 that offers to find an item of the body."""
    body_context = load_body_context(db.session(), target.body_id, AsOf(target.today(now())))
    return not_found(target, body_context, text)


def not_found(target: AddressTarget, body_context: BodyContext, text: str | None) -> Response:
    return error_response(
        ErrorText.of(404, text),
        body=body_context.body,
        convention=body_context.conventions.get(target.convention_id or 0),
    )
