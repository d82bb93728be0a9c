"""Where attempts are counted for all processes of one machine.

A storage of the library `limits` in an SQLite file.

Importing this module makes the scheme `sqlite:///PATH` known to `limits`. What is counted is named
by a hash: the file holds no address.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import time
from typing import Any

from limits.storage import MovingWindowSupport, Storage

PATIENCE = 5.0  # seconds that a process waits for another one's count
TABLES = """
CREATE TABLE IF NOT EXISTS entry (key BLOB NOT NULL, at REAL NOT NULL, ends_at REAL NOT NULL);

CREATE INDEX IF NOT EXISTS entry_key ON entry (key, at);

CREATE INDEX IF NOT EXISTS entry_ends_at ON entry (ends_at);

CREATE TABLE IF NOT EXISTS counter (
    key BLOB PRIMARY KEY, count INTEGER NOT NULL, ends_at REAL NOT NULL
);
"""


class SQLiteStorage(Storage, MovingWindowSupport):
    """Entries for the moving window, counters for the fixed one.

    A connection for each question: no process and no thread shares one.
    """

    STORAGE_SCHEME = ["sqlite"]  # noqa: RUF012 (read by the registry of `limits`)

    def __init__(
        self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any
    ) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = (uri or "").removeprefix("sqlite:///")

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return (sqlite3.Error, OSError)

    @contextmanager
    def _counting(self) -> Iterator[sqlite3.Connection]:
        """One transaction, alone on the file. What has ended is forgotten first."""
        # SQLite would give it the rights of its own choice
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(
            sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        ) as connection:
            # after a loss of power, counting begins anew
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            for statement in TABLES.strip().split("\n\n"):
                connection.execute(statement)
            for table in ("entry", "counter"):
                connection.execute(f"DELETE FROM {table} WHERE ends_at <= ?", (time(),))
            yield connection
            connection.execute("COMMIT")

    # --- the moving window ---

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Counts, unless there would be more than the limit.

        Of many who ask at once, no more than the limit are let in.
        """
        with self._counting() as connection:
            _start, count = _window(connection, key, expiry)
            if count + amount > limit:
                return False
            at = time()
            connection.executemany(
                "INSERT INTO entry VALUES (?, ?, ?)", [(_hash(key), at, at + expiry)] * amount
            )
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        with self._counting() as connection:
            return _window(connection, key, expiry)

    # --- the fixed window ---

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._counting() as connection:
            row = connection.execute(
                "INSERT INTO counter VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET count = "
                "count + excluded.count RETURNING count",
                (_hash(key), amount, time() + expiry),
            ).fetchone()
            return int(row[0])

    def get(self, key: str) -> int:
        with self._counting() as connection:
            row = connection.execute(
                "SELECT count FROM counter WHERE key = ?", (_hash(key),)
            ).fetchone()
            return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        with self._counting() as connection:
            row = connection.execute(
                "SELECT ends_at FROM counter WHERE key = ?", (_hash(key),)
            ).fetchone()
            return float(row[0]) if row else time()

    # --- both ---

    def clear(self, key: str) -> None:
        with self._counting() as connection:
            for table in ("entry", "counter"):
                connection.execute(f"DELETE FROM {table} WHERE key = ?", (_hash(key),))

    def reset(self) -> int | None:
        with self._counting() as connection:
            return sum(
                connection.execute(f"DELETE FROM {table}").rowcount
                for table in ("entry", "counter")
            )

    def check(self) -> bool:
        with self._counting():
            return True


def _window(connection: sqlite3.Connection, key: str, expiry: int) -> tuple[float, int]:
    """When the oldest entry that still counts was made, and how many count."""
    now = time()
    start, count = connection.execute(
        "SELECT min(at), count(*) FROM entry WHERE key = ? AND at >= ?", (_hash(key), now - expiry)
    ).fetchone()
    return (start, count) if count else (now, 0)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
