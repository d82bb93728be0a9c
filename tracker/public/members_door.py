"""Where the code that was read out in the hall is typed: at the door of a convention for members,
and on a page of the body, which leads to the convention whose code it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker import security_log
from tracker.accounts import attempts, members_codes
from tracker.accounts.access import begins_reading, may_read, may_read_convention, open_to_all
from tracker.clock import now
from tracker.errors import ErrorText, error_response
from tracker.extensions import db
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.reading.publications import visibility_of
from tracker.record.as_of import AsOf
from tracker.rules.codes import Visibility
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

members = Blueprint("members", __name__)


@dataclass(frozen=True, kw_only=True)
class MembersDoor:
    """The form of the page that stands in place of one for members."""

    action: str
    next_path: str | None = None  # where the reader wanted to go
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


@members.get("/<body>/code")
@open_to_all
def code_page(body: str) -> ResponseReturnValue:
    """It is there whether the body has a convention for members or not, and names none."""
    return _code_page(_target(body), body)


@members.post("/<body>/code")
@open_to_all
@begins_reading
def type_code_of_any(body: str) -> ResponseReturnValue:
    """Leads to the convention for members whose code it is."""
    target = _target(body)
    for_members = [
        convention_id
        for convention_id, publication in visibility_of(db.session(), target.body_id).items()
        if publication.visibility is Visibility.MEMBERS
    ]
    answer = _try_code(f"body {target.body_id}", target.body_id, for_members)
    if answer.opened is not None:
        context = load_body_context(db.session(), target.body_id, AsOf(target.today(now())))
        return redirect(context.conventions[answer.opened].path, HTTPStatus.SEE_OTHER)
    response = _code_page(target, body, answer.problem)
    return _refusing(response, answer)


@members.post("/<body>/<convention_slug>/code")
@open_to_all
@begins_reading
def type_code(body: str, convention_slug: str) -> ResponseReturnValue:
    """Opens the convention for this browser, or shows the door again."""
    target = _target(body, convention_slug)
    if target.convention_id is None or target.visibility is Visibility.HIDDEN:
        abort(404)
    next_path = _own_page(body, convention_slug, request.form.get("next", ""))
    if may_read_convention(target.body_id, target.convention_id, target.visibility):
        return redirect(next_path, HTTPStatus.SEE_OTHER)
    answer = _try_code(f"convention {target.convention_id}", target.body_id, [target.convention_id])
    if answer.opened is not None:
        return redirect(next_path, HTTPStatus.SEE_OTHER)
    return _refusing(page(body, convention_slug, answer.problem), answer)


def _target(body: str, convention_slug: str | None = None) -> AddressTarget:
    target = addresses.resolve(db.session(), body, convention_slug)
    if target is None or not may_read(target.body_id, target.open):
        abort(404)
    return target


def _code_page(target: AddressTarget, body: str, problem: str | None = None) -> Response:
    context = load_body_context(db.session(), target.body_id, AsOf(target.today(now())))
    door = MembersDoor(action=url_for("members.type_code_of_any", body=body), problem=problem)
    response = make_response(
        render_template("public/members_code.html", body=context.body, door=door)
    )
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


@dataclass(frozen=True, kw_only=True)
class CodeAnswer:
    """What came of typing a code: the convention that it opened, or why it opened none."""

    opened: int | None = None
    problem: str | None = None
    wait_seconds: int | None = None  # it was typed wrong too often


def _try_code(door: str, body_id: int, convention_ids: Collection[int]) -> CodeAnswer:
    """Of these conventions, that whose code was typed is read by this browser from now on.

    :param door: where it is typed; the tries are counted at each door by itself
    """
    network = attempts.network_of(request.remote_addr)
    is_counted = current_app.config.get("RATELIMIT_ENABLED", True)
    seconds = attempts.begin_code(door, network) if is_counted else None
    if seconds is not None:
        return CodeAnswer(problem=_too_often(ceil(seconds / 60)), wait_seconds=ceil(seconds))
    typed = request.form.get("code", "")
    for convention_id in convention_ids:
        if members_codes.type_in(db.session(), convention_id, typed):
            if is_counted:
                attempts.code_was_right(door, network)
            return CodeAnswer(opened=convention_id)
    security_log.record(SecurityEvent.MEMBERS_CODE_FAILED, body=body_id)
    return CodeAnswer(
        problem=_("This is not the code of today. Type its words as they were read out.")
    )


def _refusing(response: Response, answer: CodeAnswer) -> Response:
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    if answer.wait_seconds is not None:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(answer.wait_seconds)
    return response


def _too_often(minutes: int) -> str:
    return ngettext(
        "The code was typed wrong too often from here. Try again in one minute.",
        "The code was typed wrong too often from here. Try again in %(num)s minutes.",
        minutes,
    )


def _own_page(body: str, convention_slug: str, path: str) -> str:
    """The path, if it is of this convention; else the convention's own."""
    own = addresses.convention_path(body, convention_slug)
    is_own = path.startswith(own) and path.isprintable() and "\\" not in path
    return path if is_own else own
