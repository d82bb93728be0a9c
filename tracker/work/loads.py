"""What units and people have in hand, and of each figure the rows: a manager's own units; all of a
body for governance, and for auditors to read.
"""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, requires
from tracker.accounts.body_people import closed_accounts
from tracker.clock import now
from tracker.extensions import db
from tracker.forms.list_pages import list_page, page_address
from tracker.reading.unit_loads import BodyLoad, Holder, LoadFigure, body_load

from .blueprint import LOAD_PERMISSIONS, work
from .targets import find_body, parse_key


@work.get("/my-work/<body>/load")
@requires(*LOAD_PERMISSIONS)
def load(body: str) -> ResponseReturnValue:
    """`show` in the address: the rows of one figure, of the `unit` or the `person` in it."""
    target = find_body(body)
    loads = body_load(
        db.session(),
        target.body_id,
        actor_in(target.body_id),
        target.today(now()),
        closed_accounts(db.session(), target.body_id),
    )
    if "show" in request.args:
        return _render_rows(loads)
    return render_template("work/load.html", loads=loads, body=loads.body, figures=list(LoadFigure))


def _render_rows(loads: BodyLoad) -> str:
    """404 for a figure that is not on the page."""
    held = loads.find(_holder())
    if held is None or request.args["show"] not in list(LoadFigure):
        abort(404)
    figure = LoadFigure(request.args["show"])
    rows = held.rows(figure)
    return render_template(
        "work/load_rows.html",
        loads=loads,
        body=loads.body,
        held=held,
        figure=figure,
        led=rows,
        page=list_page(len(rows)),
        page_address=page_address,
    )


def _holder() -> Holder:
    """Without a person the whole unit; person 0: nobody is named; without a unit: none leads."""
    unit_id = parse_key(request.args.get("unit"))
    if unit_id is None:
        return Holder()
    person_id = parse_key(request.args.get("person"))
    if person_id is None:
        return Holder(unit_id=unit_id, is_unit=True)
    return Holder(unit_id=unit_id, person_id=person_id or None)
