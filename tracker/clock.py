"""The present moment, for the doors: the system's clock, or the one that a test or a demonstration has put into the application's configuration."""
from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, has_app_context


def now() -> datetime:
    """Aware, in UTC. `CLOCK` in the configuration: a function without arguments that gives another."""
    told = current_app.config.get("CLOCK") if has_app_context() else None
    return told() if told is not None else datetime.now(UTC)
