"""The page of all that waits for the signed-in person, in every body; and of one of its figures the
rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.accounts.access import actors, requires
from tracker.extensions import db
from tracker.forms.list_pages import list_page, page_address
from tracker.reading import my_work as reading
from tracker.reading.led_items import LedFigure
from tracker.reading.my_work import MyWork
from tracker.rules.permissions import is_permitted_somewhere

from .blueprint import READING_PERMISSIONS, work
from .targets import today_in


@work.get("/my-work")
@requires(*READING_PERMISSIONS)
def my_work() -> ResponseReturnValue:
    """`show` and `body` in the address: the rows of one figure of the work in one body."""
    works = [
        reading.my_work(db.session(), body_id, actor, today_in(body_id))
        for body_id, actor in actors().items()
        if any(is_permitted_somewhere(actor, permission) for permission in READING_PERMISSIONS)
    ]
    if "show" in request.args:
        return _render_rows(works)
    most_rows = max(
        (max(len(one.led), len(one.to_release), len(one.outcomes_to_release)) for one in works),
        default=0,
    )
    return render_template(
        "work/my_work.html",
        works=works,
        body=works[0].body if len(works) == 1 else None,
        person=current_user.name,
        page=list_page(most_rows),
        page_address=page_address,
    )


def _render_rows(works: Sequence[MyWork]) -> str:
    """404 for a figure, or a body, that is not on the page."""
    of_body = [one for one in works if request.args.get("body") in (None, one.body.slug)]
    if request.args["show"] not in list(LedFigure) or not of_body:
        abort(404)
    shown, figure = of_body[0], LedFigure(request.args["show"])
    rows = shown.rows(figure)
    return render_template(
        "work/my_work_rows.html",
        work=shown,
        body=shown.body,
        figure=figure,
        led=rows,
        page=list_page(len(rows)),
        page_address=page_address,
    )
