"""The door of a convention for members: where the code that was read out in the hall is typed."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from math import ceil

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import security_log
from tracker.accounts import attempts, members_codes
from tracker.accounts.access import begins_reading, may_read, may_read_convention, open_to_all
from tracker.errors import ErrorText, error_response
from tracker.extensions import db
from tracker.reading import addresses
from tracker.rules.codes import Visibility
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

members = Blueprint("members", __name__)


@dataclass(frozen=True, kw_only=True)
class MembersDoor:
    """The form of the page that stands in place of one for members."""

    action: str
    next_path: str  # where the reader wanted to go
    problem: str | None = None


def page(body: str, convention_slug: str, problem: str | None = None) -> Response:
    """It names neither the convention nor an item."""
    action = url_for("members.type_code", body=body, convention_slug=convention_slug)
    sent_from = request.form.get("next", "") if request.method == "POST" else request.full_path
    return error_response(
        ErrorText(
            status=404,
            title=_("For members"),
            text=_(
                "Whoever has a role reads this page after signing in; whoever is in the hall types "
                "the code that was read out there."
            ),
        ),
        door=MembersDoor(
            action=action,
            next_path=_own_page(body, convention_slug, sent_from.rstrip("?")),
            problem=problem,
        ),
    )


@members.post("/<body>/<convention_slug>/code")
@open_to_all
@begins_reading
def type_code(body: str, convention_slug: str) -> ResponseReturnValue:
    """Opens the convention for this browser, or shows the door again."""
    target = addresses.resolve(db.session(), body, convention_slug)
    if target is None or not may_read(target.body_id, target.open):
        abort(404)
    if target.convention_id is None or target.visibility is Visibility.HIDDEN:
        abort(404)
    next_path = _own_page(body, convention_slug, request.form.get("next", ""))
    if may_read_convention(target.body_id, target.convention_id, target.visibility):
        return redirect(next_path, HTTPStatus.SEE_OTHER)
    network = attempts.network_of(request.remote_addr)
    is_counted = current_app.config.get("RATELIMIT_ENABLED", True)
    seconds = attempts.begin_code(target.convention_id, network) if is_counted else None
    if seconds is not None:
        return _too_many(body, convention_slug, ceil(seconds / 60))
    if not members_codes.type_in(db.session(), target.convention_id, request.form.get("code", "")):
        security_log.record(SecurityEvent.MEMBERS_CODE_FAILED, body=target.body_id)
        problem = _("This is not the code of today. Type its words as they were read out.")
        response = page(body, convention_slug, problem)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response
    if is_counted:
        attempts.code_was_right(target.convention_id, network)
    return redirect(next_path, HTTPStatus.SEE_OTHER)


def _too_many(body: str, convention_slug: str, minutes: int) -> Response:
    problem = ngettext(
        "The code was typed wrong too often from here. Try again in one minute.",
        "The code was typed wrong too often from here. Try again in %(num)s minutes.",
        minutes,
    )
    response = page(body, convention_slug, problem)
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _own_page(body: str, convention_slug: str, path: str) -> str:
    """The path, if it is of this convention; else the convention's own."""
    own = addresses.convention_path(body, convention_slug)
    is_own = path.startswith(own) and path.isprintable() and "\\" not in path
    return path if is_own else own
