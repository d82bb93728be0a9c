"""The application of an instance without its pages: settings, database, language, templates.

It is all that a command needs that prints reports or answers from the record. `application` opens
the doors besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.templating import Environment
from werkzeug.routing import IntegerConverter, Map

from . import config, engine, extensions, templating, translation
from .config import Settings
from .formatting import script_root
from .paths import STATIC, TEMPLATES
from .record import anchors


class TrackerFlask(Flask):
    """Its templates find our words and filters; they are imported with the first template."""

    keeps_templates = False  # compiled, in the instance; `serve` sees to those of a server
    jinja_environment = templating.Environment
    jinja_options = {  # noqa: RUF012
        "autoescape": True,
        "extensions": ["jinja2.ext.i18n"],
        "trim_blocks": True,
        "lstrip_blocks": True,
    }

    def create_jinja_environment(self) -> Environment:
        from .formatting import template_names

        environment = super().create_jinja_environment()
        translation.install_in(environment)
        template_names.register(environment)
        if self.keeps_templates:
            from .installation import compiled_templates

            environment.bytecode_cache = compiled_templates.of_command(Path(self.instance_path))
        return environment


class Key(IntegerConverter):
    """A number in an address that a database can keep as a key; a longer one leads nowhere."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**63 - 1)


def create_core_app(settings: Settings) -> TrackerFlask:
    """Nothing is read from the database."""
    app = TrackerFlask(
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
    extensions.db.init_app(app)
    with app.app_context():
        anchors.keep(engine.prepare(extensions.db.engine), settings.heads_file)
    extensions.babel.init_app(app)
    translation.init_app(app)
    script_root.init_app(app)
    return app


@contextmanager
def in_context(app: Flask) -> Iterator[Flask]:
    """In the application's context; its connections are closed afterwards."""
    with app.app_context():
        try:
            yield app
        finally:
            extensions.db.session.remove()
            extensions.db.engine.dispose()


@contextmanager
def open_core(folder: Path) -> Iterator[Flask]:
    """The application of an instance without its pages, in its context."""
    app = create_core_app(config.read(folder))
    app.keeps_templates = True
    with in_context(app):
        yield app
