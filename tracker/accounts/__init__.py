"""The door accounts/: its pages join the application here."""
from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Its pages join the application."""
