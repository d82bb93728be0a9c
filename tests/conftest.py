"""What every test may ask for.

A clean database on each engine, and the PostgreSQL that the suite starts once for all its workers.
"""

from __future__ import annotations

import os
import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

import tracker.record  # noqa: F401  (every table)
from tests.factories import smtp_server
from tests.factories.application import new_application
from tests.factories.staffed_union import Union, build_union
from tracker.engine import connect
from tracker.extensions import Base, db
from tracker.mail_server import LOOPBACK
from tracker.record import ledger

from .instances import make_tables
from .on_postgresql import leave_to_soak
from .postgres import URL_NAME, Server, make_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENGINES = os.environ.get("TRACKER_TEST_ENGINES", "sqlite,postgresql").split(",")
_TEMPLATES = "TRACKER_TEST_TEMPLATES"  # the folder of compiled templates, for all workers
_server: Server | None = None


STRICT = {"CLOCK_TOLERANCE": ledger.CLOCK_TOLERANCE, "LONGEST_PAUSE": ledger.LONGEST_PAUSE}


def pytest_configure(config: pytest.Config) -> None:
    """Histories of the tests are told at made-up times, several in one database.

    Only tests of the clock ask for `strict_clock`.
    """
    global _server
    for name in STRICT:
        setattr(ledger, name, timedelta(days=365 * 100))
    _share_compiled_templates()
    os.environ.pop("TRACKER_MAIL_URL", None)  # a process that a test starts has no mail server
    if (
        "postgresql" in ENGINES
        and not hasattr(config, "workerinput")
        and URL_NAME not in os.environ
        and not config.option.collectonly
    ):
        _server = Server()
        os.environ[URL_NAME] = _server.url


def _share_compiled_templates() -> None:
    """Each test has an application of its own; compiling its templates would take half of the
    test.
    """
    if _TEMPLATES not in os.environ:
        os.environ[_TEMPLATES] = tempfile.mkdtemp(prefix="tracker-templates-")
    cache = FileSystemBytecodeCache(os.environ[_TEMPLATES])
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": cache}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    leave_to_soak(items)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None:
        _server.stop()
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_TEMPLATES), ignore_errors=True)


def fresh_url(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('db') / 'record.sqlite3'}"
    return make_database(_database_of(request.module.__name__))


def _database_of(module: str) -> str:
    """The name of a module's database on PostgreSQL; each process has its own."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    return f"t_{module.split('.')[-1]}_{process}"[:60].lower()


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """A database with all tables, the guards, and the installation's chain; on each engine, one a
    module.
    """
    engine = connect(fresh_url(request.param, request, tmp_path_factory))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ledger.begin(session)
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One a process: Playwright cannot be started beside itself."""
    from tests.browser.conftest import chromium

    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session", autouse=True)
def no_mail_leaves() -> Iterator[None]:
    """Mail goes to servers that the tests started, and to no other."""
    connect_anywhere = smtplib.SMTP.connect

    def connect_to_tests(
        smtp: smtplib.SMTP, host: str = "", port: int = 0, *more: Any, **options: Any
    ) -> tuple[int, bytes]:
        assert host in LOOPBACK and port in smtp_server.PORTS, f"mail to {host}:{port}"
        return connect_anywhere(smtp, host, port, *more, **options)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(smtplib.SMTP, "connect", connect_to_tests)
        yield


@pytest.fixture
def strict_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger refuses clocks that do not fit, as it does outside the tests."""
    for name, usual in STRICT.items():
        monkeypatch.setattr(ledger, name, usual)


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture(params=ENGINES)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application on an instance of its own, with all tables, on each engine; its test client
    inspects each page (tests/client.py).

    A test with a `union` gets the tables with it: on PostgreSQL to make a database takes longer
    than most tests.
    """
    folder = tmp_path_factory.mktemp("instance")
    url = (
        f"sqlite:///{folder / 'record.sqlite3'}"
        if request.param == "sqlite"
        else os.environ[URL_NAME].format(_database_of(request.module.__name__))
    )
    app = new_application(folder, url)
    with app.app_context():
        if "union" not in request.fixturenames:
            make_tables(app)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def union(app: Flask) -> Union:
    """A small union with people of every role, and a client for each of them."""
    return build_union(app)
