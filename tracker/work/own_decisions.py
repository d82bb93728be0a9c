"""The confirmer's list of what they have decided themselves."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, requires
from tracker.clock import now
from tracker.extensions import db
from tracker.reading import own_decisions as reading
from tracker.rules.permissions import Permission

from .blueprint import work
from .targets import find_body


@work.get("/my-work/<body>/confirm/mine")
@requires(Permission.CONFIRM)
def own_decisions(body: str) -> ResponseReturnValue:
    target = find_body(body)
    actor = actor_in(target.body_id)
    decisions = reading.own_decisions(
        db.session(), target.body_id, actor.person_id, target.today(now())
    )
    return render_template("work/own_decisions.html", decisions=decisions, body=decisions.body)
