"""The door of somebody from outside, who has no account: the page behind a one-time link that asks
them to confirm.
"""

from __future__ import annotations

from flask import Flask

from .views import outside


def init_app(app: Flask) -> None:
    """Its pages join the application."""
    app.register_blueprint(outside)
