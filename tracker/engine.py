"""How the database is opened.

SQLite's write lock taken at once and queued for fairly; reads never wait for a writer.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

# options of an engine: what it complains of is logged without the words of entries
SILENT: dict[str, Any] = {"hide_parameters": True}
READING: dict[str, Any] = {"reading": True}  # execution options of a transaction that only reads
# of one that writes, and where another writes raises BlockingIOError instead of waiting
UNLESS_BUSY: dict[str, Any] = {"unless_busy": True}


def prepare(engine: sa.Engine) -> sa.Engine:
    """Write transactions hold SQLite's write lock from their first statement, and queue for it
    fairly.

    SQLite's own waiting is polling with growing pauses: under load some writer waits for seconds. A
    file lock queues them. PostgreSQL needs none of this.
    """
    if engine.dialect.name != "sqlite":
        return engine

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "busy_timeout = 30000",
            "foreign_keys = ON",
            "recursive_triggers = ON",
        ):  # else INSERT OR REPLACE deletes behind the triggers' back
            connection.execute(f"PRAGMA {pragma}")
        # Open for as long as the connection is.
        record.info["queue"] = open(f"{engine.url.database}.queue", "w")  # noqa: SIM115

    @sa.event.listens_for(engine, "close")
    def _close(connection: Any, record: Any) -> None:
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
    def _reset(connection: Any, record: Any, _: Any) -> None:
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
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
