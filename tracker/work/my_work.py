"""The page of all that waits for the signed-in person, in every body."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.accounts.access import actors, requires
from tracker.extensions import db
from tracker.reading import my_work as reading
from tracker.rules.permissions import is_permitted_somewhere

from .blueprint import WORK_PERMISSIONS, work
from .targets import today_in

ROWS_PER_PAGE = 50
LONGEST_PAGE_NUMBER = 5  # digits


@work.get("/my-work")
@requires(*WORK_PERMISSIONS)
def my_work() -> ResponseReturnValue:
    works = [
        reading.my_work(db.session(), body_id, actor, today_in(body_id))
        for body_id, actor in actors().items()
        if any(is_permitted_somewhere(actor, permission) for permission in WORK_PERMISSIONS)
    ]
    most_rows = max((len(work_in_body.led) for work_in_body in works), default=0)
    pages = max(1, -(-most_rows // ROWS_PER_PAGE))  # rounded up
    page = min(_page_number(), pages)
    return render_template(
        "work/my_work.html",
        works=works,
        body=works[0].body if len(works) == 1 else None,
        person=current_user.name,
        page=page,
        pages=pages,
        rows=slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE),
    )


def _page_number() -> int:
    """The page that the address names; the first where it names none."""
    text = request.args.get("page", "")
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_PAGE_NUMBER:
        return 1
    return max(1, int(text))
