"""The start page of the office."""

from __future__ import annotations

from flask import (
    render_template,
)
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actors, requires
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.rules.permissions import Permission, is_permitted

from .blueprint import office
from .start import server_cards, start_of_body


@office.get("/office")
@requires(Permission.GOVERN, Permission.READ_ALL, Permission.ADMINISTER)
def home() -> ResponseReturnValue:
    """The start page: what waits for the person in each body, what can be done there, and its
    conventions.
    """
    at = now()
    starts = [
        start_of_body(db.session(), body_id, actor, at)
        for body_id, actor in actors().items()
        if is_permitted(actor, Permission.READ_ALL) or is_permitted(actor, Permission.ADMINISTER)
    ]
    body = starts[0].context.body if len(starts) == 1 else None
    return render_template(
        "office/home.html",
        starts=starts,
        server_tasks=server_cards(starts, current_settings(), at),
        body=body,
    )
