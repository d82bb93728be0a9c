"""The application of an instance: extensions bound, doors opened.

It stands above all rooms that pages are made of. While it is made, nothing is read from the
database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from . import (
    accounts,
    config,
    engine,
    errors,
    extensions,
    formatting,
    headers,
    limits_file,  # noqa: F401  (the storage that TRACKER_LIMITS_URL names is known by its import)
    masthead,
    office,
    outside,
    proxies,
    public,
    templating,
    translation,
    work,
)
from .accounts import body_limits
from .config import Settings
from .paths import MIGRATIONS, STATIC, TEMPLATES
from .record import anchors


class Key(IntegerConverter):
    """A number in an address that a database can keep as a key; a longer one leads nowhere."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**63 - 1)


def create_app(settings: Settings) -> Flask:
    """An application for one instance."""
    app = Flask(
        "tracker",
        static_folder=STATIC,
        template_folder=TEMPLATES,
        instance_path=str(settings.instance),
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SETTINGS=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_pre_ping": not settings.database_url.startswith("sqlite"),
            **engine.SILENT,
        },
        TESTING=settings.testing,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_NAME=settings.cookie_name,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        RATELIMIT_STORAGE_URI=settings.limits_url,
        RATELIMIT_STORAGE_OPTIONS={"wrap_exceptions": True},
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_HEADERS_ENABLED=False,
        BABEL_DEFAULT_LOCALE="en",
    )
    app.url_map.converters["int"] = Key
    app.jinja_environment = templating.Environment
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    extensions.db.init_app(app)
    with app.app_context():
        anchors.keep(engine.prepare(extensions.db.engine), settings.heads_file)
    extensions.migrate.init_app(app, extensions.db, directory=str(MIGRATIONS))
    body_limits.init_app(app)  # before all that reads a form
    extensions.csrf.init_app(app)
    extensions.babel.init_app(app)
    translation.init_app(app)
    # No route has a limit of its own (accounts/attempts.py asks): known already, it adds no hooks
    # to each request.
    app.extensions["limiter"] = {extensions.limiter}
    extensions.limiter.init_app(app)
    headers.init_app(app)
    proxies.init_app(app)
    formatting.register(app)
    masthead.init_app(app)
    errors.init_app(app)
    for door in (accounts, public, outside, work, office):
        door.init_app(app)
    return app


@contextmanager
def open_instance(folder: Path) -> Iterator[Flask]:
    """The application of an instance, in its context, whatever version its database has."""
    app = create_app(config.read(folder))
    with app.app_context():
        try:
            yield app
        finally:
            extensions.db.session.remove()
            extensions.db.engine.dispose()
