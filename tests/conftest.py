"""What every test may ask for: a clean database on each engine, and the PostgreSQL that the suite starts once for all its workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

import tracker.record  # noqa: F401  (every table)
from tracker import create_app
from tracker.config import Settings
from tracker.engine import connect
from tracker.extensions import Base, db
from tracker.record import ledger

from .client import Client
from .postgres import Server

ENGINES = os.environ.get("TRACKER_TEST_ENGINES", "sqlite,postgresql").split(",")
_URL = "TRACKER_TEST_POSTGRES"  # with {} for the name of the database
_server: Server | None = None


STRICT = {"CLOCK_TOLERANCE": ledger.CLOCK_TOLERANCE, "LONGEST_PAUSE": ledger.LONGEST_PAUSE}


def pytest_configure(config: pytest.Config) -> None:
    """Histories of the tests are told at made-up times, several in one database: only tests of the clock ask for `strict_clock`."""
    global _server
    for name in STRICT:
        setattr(ledger, name, timedelta(days=365 * 100))
    if (
        "postgresql" in ENGINES
        and not hasattr(config, "workerinput")
        and _URL not in os.environ
        and not config.option.collectonly
    ):
        _server = Server()
        os.environ[_URL] = _server.url


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None:
        _server.stop()


def postgres_database(name: str, template: str = "template0") -> str:
    """The URL of a new database: empty, or a copy of one that nobody is connected to."""
    server = sa.create_engine(os.environ[_URL].format("postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    server.dispose()
    return os.environ[_URL].format(name)


def fresh_url(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    if kind == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('db') / 'record.sqlite3'}"
    name = (
        f"t_{request.module.__name__.split('.')[-1]}_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"[
            :60
        ].lower()
    )
    return postgres_database(name)


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """A database with all tables, the guards, and the installation's chain; on each engine, one a module."""
    engine = connect(fresh_url(request.param, request, tmp_path_factory))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ledger.begin(session)
        session.commit()
    yield engine
    engine.dispose()


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
    """An application on an instance of its own, with all tables, on each engine; its test client inspects each page (tests/client.py)."""
    folder = tmp_path_factory.mktemp("instance")
    url = (
        f"sqlite:///{folder / 'record.sqlite3'}"
        if request.param == "sqlite"
        else fresh_url(request.param, request, tmp_path_factory)
    )
    app = create_app(
        Settings(folder, "a key of the tests, long enough to be one", url, testing=True)
    )
    app.test_client_class = Client
    app.config["WTF_CSRF_ENABLED"] = False  # the tokens have tests of their own
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        db.create_all()
        ledger.begin(db.session())
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()
