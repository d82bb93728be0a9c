"""The settings of the application that is running."""

from __future__ import annotations

from flask import current_app

from .config import Settings


def current_settings() -> Settings:
    """Needs an application's context, as a request and a job have one."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings
