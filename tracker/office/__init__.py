"""Pages of the office: for now one, on which progress reports are made and found."""

from __future__ import annotations

from flask import Flask

from tracker import masthead
from tracker.accounts.access import is_permitted_anywhere
from tracker.rules.permissions import Permission
from tracker.translation import lazy_gettext as _l

from .views import office


def init_app(app: Flask) -> None:
    """Registers the page, and its link in the navigation of governance and auditor."""
    app.register_blueprint(office)
    masthead.offer(app, "office.home", _l("Reports"), reads_all)


def reads_all() -> bool:
    return is_permitted_anywhere(Permission.READ_ALL)
