"""The blueprint of staff, and what its views share. The views are next door, by task."""

from __future__ import annotations

from flask import Blueprint, current_app

from tracker.config import Settings

work = Blueprint("work", __name__)
ADDRESS = "/my-work/<body>/<convention_slug>/<spelling>"
TO_MEND, MEANWHILE = 422, 409  # a form comes back; somebody was quicker


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
