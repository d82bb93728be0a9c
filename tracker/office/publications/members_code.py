"""Making the code of the hall, and replacing it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import make_response, request
from flask.typing import ResponseReturnValue

from tracker import security_log
from tracker.accounts import members_codes
from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import error_sentence
from tracker.office.blueprint import office, whole_number
from tracker.office.conventions.convention_page import find_convention
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refused
from tracker.security_log import SecurityEvent

from .going_public import GOING_PUBLIC, render
from .members_code_box import members_code_box


@office.post(f"{GOING_PUBLIC}/members-code")
@requires(Permission.GOVERN)
@begins_reading
def make_members_code(body: str, convention_slug: str) -> ResponseReturnValue:
    """The page that comes shows it, this once: only its hash is kept."""
    target = find_convention(body, convention_slug)
    person_id = actor_in(target.found.body_id).person_id
    try:
        with writing() as session:
            code = members_codes.make(
                session,
                target.convention.id,
                person_id=person_id,
                now=now(),
                seen=whole_number(request.form.get("code-seen")) or 0,
            )
    except Refused as refused:
        return _render(
            body, convention_slug, errors=[error_sentence(refused)], status=HTTPStatus.CONFLICT
        )
    security_log.record(
        SecurityEvent.MEMBERS_CODE_MADE, body=target.found.body_id, person=person_id
    )
    return _render(body, convention_slug, new_code=code)


def _render(
    body: str,
    convention_slug: str,
    *,
    new_code: str | None = None,
    errors: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    target = find_convention(body, convention_slug)
    box = members_code_box(db.session(), target, new_code=new_code, errors=errors)
    response = make_response(render(target, members_code=box, status=status))
    response.headers["Cache-Control"] = "no-store"
    return response
