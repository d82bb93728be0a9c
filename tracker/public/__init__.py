"""The door of delegates: status pages, open to all, or to the readers of a closed body.

Nothing is written here.
"""

from __future__ import annotations

from flask import Flask

from .mark import marks
from .members_door import members
from .report_checks import verify
from .reports import issued
from .sheets import sheets
from .views import public


def init_app(app: Flask) -> None:
    """Its pages join the application."""
    app.register_blueprint(public)
    app.register_blueprint(marks)
    app.register_blueprint(members)
    app.register_blueprint(verify)
    app.register_blueprint(sheets)
    app.register_blueprint(issued)
