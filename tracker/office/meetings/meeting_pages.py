"""The meetings on record, and one of them with what it decided."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actors, requires
from tracker.extensions import db
from tracker.office.blueprint import find_body, office
from tracker.reading.meetings import meeting_page, meetings
from tracker.record.bodies import Body
from tracker.rules.permissions import Permission, is_permitted

ADDRESS = "/office/<body>/meetings"


@office.get("/office/meetings")
@requires(Permission.GOVERN, Permission.READ_ALL)
def all_meetings() -> ResponseReturnValue:
    """To where decisions of a meeting are recorded, in the first body that the person governs;
    else to the meetings of the first in which they read all.
    """
    governed = [body_id for body_id, actor in actors().items() if actor.governs]
    read = [
        body_id for body_id, actor in actors().items() if is_permitted(actor, Permission.READ_ALL)
    ]
    endpoint = "office.new_meeting" if governed else "office.meetings_of_body"
    body = db.session().get_one(Body, (governed or read)[0])
    return redirect(url_for(endpoint, body=body.slug))


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def meetings_of_body(body: str) -> ResponseReturnValue:
    found = find_body(body)
    return render_template(
        "office/meetings/meetings.html",
        body=found.context.body,
        meetings=meetings(db.session(), found.body_id),
        governs=found.actor.governs,
    )


@office.get(f"{ADDRESS}/<int:meeting_id>")
@requires(Permission.GOVERN, Permission.READ_ALL)
def meeting(body: str, meeting_id: int) -> ResponseReturnValue:
    found = find_body(body)
    page = meeting_page(db.session(), found.context, meeting_id, found.today)
    if page is None:
        abort(404)
    return render_template("office/meetings/meeting.html", body=found.context.body, page=page)
