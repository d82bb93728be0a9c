"""The door of the office: for now one page, on which progress reports are made and found."""
from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Its pages join the application."""
    from .views import office

    app.register_blueprint(office)
