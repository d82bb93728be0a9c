"""How the database is opened.

SQLite's write lock taken at once and queued for fairly; reads never wait for a writer.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState


class EngineOptions(TypedDict):
    hide_parameters: bool


# options of an engine: what it complains of is logged without the words of entries
SILENT: EngineOptions = {"hide_parameters": True}
# execution options of a transaction that only reads
READING = {"reading": True}
# of one that writes, and where another writes raises BlockingIOError instead of waiting
UNLESS_BUSY = {"unless_busy": True}


def prepare(engine: sa.Engine) -> sa.Engine:
    """Write transactions hold SQLite's write lock from their first statement, and queue for it
    fairly.

    SQLite's own waiting is polling with growing pauses: under load some writer waits for seconds. A
    file lock queues them. PostgreSQL needs none of this.
    """
    if engine.dialect.name != "sqlite":
        return engine

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "busy_timeout = 30000",
            "foreign_keys = ON",
            "recursive_triggers = ON",  # else INSERT OR REPLACE deletes behind the triggers' back
        ):
            connection.execute(f"PRAGMA {pragma}")
        # Open for as long as the connection is.
        record.info["queue"] = open(f"{engine.url.database}.queue", "w")  # noqa: SIM115

    @sa.event.listens_for(engine, "close")
    def _close(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        if queue := record.info.pop("queue", None):
            queue.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        reading = options.get("reading")
        if not reading:
            at_once = fcntl.LOCK_NB if options.get("unless_busy") else 0
            fcntl.flock(connection.connection.info["queue"], fcntl.LOCK_EX | at_once)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "reset")
    def _reset(
        connection: sqlite3.Connection, record: ConnectionPoolEntry, _state: PoolResetState
    ) -> None:
        # a COMMIT refused by a deferred key leaves SQLite's transaction open, unseen by SQLAlchemy
        connection.rollback()
        fcntl.flock(record.info["queue"], fcntl.LOCK_UN)

    return engine


def connect(url: str) -> sa.Engine:
    """An engine outside Flask: tests, migrations, benchmarks."""
    return prepare(sa.create_engine(url, **SILENT))


@contextmanager
def without_traces(engine: sa.Engine, session: Session) -> Iterator[None]:
    """SQLite overwrites what is deleted meanwhile, and keeps none of it in its write-ahead log
    afterwards.

    The block commits. PostgreSQL clears old rows by itself, in its own time.
    """
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
    yield
    if sqlite:
        with engine.connect() as connection:
            driver_connection = connection.connection.driver_connection
            assert isinstance(driver_connection, sqlite3.Connection)
            driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
