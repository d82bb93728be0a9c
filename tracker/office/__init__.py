"""The door of the office: for now one page, on which progress reports are made and found."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tracker.translation import lazy_gettext as _l


def init_app(app: Flask) -> None:
    """Its pages join the application, and the navigation of governance and auditor."""
    from tracker import masthead
    from tracker.accounts.access import is_permitted_anywhere
    from tracker.rules.permissions import Permission

    from .views import office

    def reads(_user: Any) -> bool:
        return is_permitted_anywhere(Permission.READ_ALL)

    app.register_blueprint(office)
    masthead.offer(app, "office.home", _l("Reports"), reads)
