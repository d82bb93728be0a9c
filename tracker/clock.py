"""The present moment, for the doors.

The system's clock, or the one that a test or a demonstration has put into the application's
configuration.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, current_app, has_app_context


def now(app: Flask | None = None) -> datetime:
    """Aware, in UTC.

    `CLOCK` in the configuration: a function without arguments that gives another. `app`: for a
    thread that has no context.
    """
    clock = None
    if app is not None:
        clock = app.config.get("CLOCK")
    elif has_app_context():
        clock = current_app.config.get("CLOCK")
    return clock() if clock is not None else datetime.now(UTC)
