"""The application of an instance: the core, the extensions of pages, the doors opened.

It stands above all rooms that pages are made of. While it is made, nothing is read from the
database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from . import (
    accounts,
    config,
    errors,
    headers,
    limits_file,  # noqa: F401  (the storage that TRACKER_LIMITS_URL names is known by its import)
    masthead,
    office,
    outside,
    proxies,
    public,
    web_extensions,
    work,
)
from .accounts import body_limits
from .config import Settings
from .core_application import create_core_app, in_context


def create_app(settings: Settings) -> Flask:
    """An application for one instance."""
    app = create_core_app(settings)
    body_limits.init_app(app)  # before all that reads a form
    web_extensions.csrf.init_app(app)
    # No route has a limit of its own (accounts/attempts.py asks): known already, it adds no hooks
    # to each request.
    app.extensions["limiter"] = {web_extensions.limiter}
    web_extensions.limiter.init_app(app)
    headers.init_app(app)
    proxies.init_app(app)
    masthead.init_app(app)
    errors.init_app(app)
    for door in (accounts, public, outside, work, office):
        door.init_app(app)
    return app


@contextmanager
def open_instance(folder: Path) -> Iterator[Flask]:
    """The application of an instance, in its context, whatever version its database has."""
    with in_context(create_app(config.read(folder))) as app:
        yield app
