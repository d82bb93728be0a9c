"""The door of staff: my work, an entry from the draft to its release, the confirmer's desk."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tracker.translation import lazy_gettext as _l


def init_app(app: Flask) -> None:
    """Its pages join the application, and the navigation of those who have something to do there."""
    from tracker import masthead
    from tracker.accounts.access import actor_in, is_permitted_anywhere
    from tracker.rules.permissions import Permission, is_permitted

    from . import confirmations, entries, releases, views  # noqa: F401 (each adds its views)
    from .door import work

    def works(_user: Any) -> bool:
        return is_permitted_anywhere(Permission.LOG, Permission.RELEASE, Permission.CONFIRM)

    def may_reopen(body_id: int) -> bool:
        return is_permitted(actor_in(body_id), Permission.REOPEN)

    app.register_blueprint(work)
    app.jinja_env.globals.update(may_reopen=may_reopen)
    masthead.offer(app, "work.my_work", _l("My work"), works)
    masthead.offer(
        app,
        "work.to_confirm",
        _l("To confirm"),
        lambda _user: is_permitted_anywhere(Permission.CONFIRM),
    )
