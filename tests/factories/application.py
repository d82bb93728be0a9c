"""An application for tests, on an instance and a database of its own; no table is made yet."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.client import Client
from tracker import create_app
from tracker.config import Settings


def new_application(folder: Path, database_url: str | None = None) -> Flask:
    """Without a URL on an SQLite database in the folder of the instance.

    Its test client inspects each page (tests/client.py). Tokens of forms and the limits of
    sign-in have tests of their own, and are switched off.
    """
    app = create_app(
        Settings(
            instance=folder,
            secret_key="a key of the tests, long enough to be one",
            database_url=database_url or f"sqlite:///{folder / 'record.sqlite3'}",
            testing=True,
        )
    )
    # Each hash takes as little as argon2 can: a tenth of a second each was a tenth of all tests.
    app.extensions["security"].pwd_context.update(
        argon2__rounds=1, argon2__memory_cost=8, argon2__parallelism=1
    )
    app.test_client_class = Client
    app.config |= {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False}
    return app
