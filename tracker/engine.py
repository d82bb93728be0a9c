"""How the database is opened.

SQLite's write lock taken at once and queued for fairly; reads never wait for a writer.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, TypedDict

import sqlalchemy as sa
from flask import has_request_context
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
# seconds that a request waits to write while a long act goes on; on PostgreSQL for any lock
PATIENCE = 5.0
LOOKS_EVERY = 0.1  # seconds


class LongActRunning(Exception):
    """Somebody records a great deal, as an import does; `since` is when that began."""

    def __init__(self, since: datetime) -> None:
        super().__init__(f"a long act goes on since {since:%H:%M} UTC")
        self.since = since


def prepare(engine: sa.Engine) -> sa.Engine:
    """Write transactions hold SQLite's write lock from their first statement, and queue for it
    fairly.

    SQLite's own waiting is polling with growing pauses: under load some writer waits for seconds. A
    file lock queues them. PostgreSQL needs none of this; there a request is told how long to wait
    for a lock.
    """
    if engine.dialect.name != "sqlite":
        sa.event.listen(engine, "begin", _limit_waiting)
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
            queue_up(connection.connection.info["queue"], bool(options.get("unless_busy")))
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "reset")
    def _reset(
        connection: sqlite3.Connection, record: ConnectionPoolEntry, _state: PoolResetState
    ) -> None:
        # a COMMIT refused by a deferred key leaves SQLite's transaction open, unseen by SQLAlchemy
        connection.rollback()
        fcntl.flock(record.info["queue"], fcntl.LOCK_UN)

    return engine


def queue_up(queue: TextIO, unless_busy: bool) -> None:
    """Takes the place at the head of the writers, which is held until the end of the transaction.

    Short acts go in turn. While a long one is announced, a request looks for a while, and then
    says so: no thread of the server is held for as long as that takes.
    """
    since = None
    if has_request_context() and not unless_busy:
        since = long_act_since(queue.name)
    if since is None:
        fcntl.flock(queue, fcntl.LOCK_EX | (fcntl.LOCK_NB if unless_busy else 0))
        return
    ends_at = time.monotonic() + PATIENCE
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() >= ends_at:
            raise LongActRunning(since)
        time.sleep(LOOKS_EVERY)


def _limit_waiting(connection: sa.Connection) -> None:
    """Of PostgreSQL, in a request that writes."""
    if has_request_context() and not connection.get_execution_options().get("reading"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}")


@contextmanager
def long_act(engine: sa.Engine) -> Iterator[None]:
    """Announces that a command will write for long: who wants to write by a page is told so. One
    at a time; on PostgreSQL the time that a lock is waited for says it.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    with open(_announcement(f"{engine.url.database}.queue"), "w") as announcement:
        fcntl.flock(announcement, fcntl.LOCK_EX)
        os.utime(announcement.name)
        yield


def long_act_since(queue: str) -> datetime | None:
    """When the long act began that is announced now."""
    try:
        with open(_announcement(queue)) as announcement:
            fcntl.flock(announcement, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return datetime.fromtimestamp(_announcement(queue).stat().st_mtime, UTC)
    except OSError:
        pass  # none was ever announced
    return None


def _announcement(queue: str) -> Path:
    return Path(queue).with_suffix(".long-act")


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
