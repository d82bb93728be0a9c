"""Pages of staff: my work, an entry from its draft to its release, and the confirmer's desk."""

from __future__ import annotations

from flask import Flask

from tracker import masthead
from tracker.accounts.access import actor_in, is_permitted_anywhere
from tracker.rules.permissions import Permission, is_permitted, is_permitted_somewhere
from tracker.translation import lazy_gettext as _l

# all but the last add their views to the blueprint
from . import (  # noqa: F401
    confirmations,
    entries,
    item,
    list_release,
    loads,
    my_work,
    outcome_confirmations,
    own_decisions,
    releases,
    stated_outcome,
    targets,
)
from .blueprint import LOAD_PERMISSIONS, READING_PERMISSIONS, work


def init_app(app: Flask) -> None:
    """Registers the pages, and their links in the navigation of those who have work there."""
    app.register_blueprint(work)
    app.jinja_env.globals.update(
        may_reopen=may_reopen, sees_load=sees_load, staff_address=targets.staff_address
    )
    masthead.offer(app, "work.my_work", _l("My work"), has_work)
    masthead.offer(app, "work.to_confirm", _l("To confirm"), confirms)


def has_work() -> bool:
    return is_permitted_anywhere(*READING_PERMISSIONS)


def confirms() -> bool:
    return is_permitted_anywhere(Permission.CONFIRM)


def may_reopen(body_id: int) -> bool:
    return is_permitted(actor_in(body_id), Permission.REOPEN)


def sees_load(body_id: int) -> bool:
    actor = actor_in(body_id)
    return any(is_permitted_somewhere(actor, permission) for permission in LOAD_PERMISSIONS)
