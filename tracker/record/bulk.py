"""Rows that wait to be written together.

For many acts in one transaction, one INSERT for some hundreds of rows of a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.extensions import Base

Row = dict[str, object]
LARGEST = 5_000  # rows that wait, so that a long list does not fill the memory
BLOCK = 500  # keys that are taken from a sequence of PostgreSQL at once


class Bulk:
    """What waits in one transaction.

    Whatever else runs on its connection has it written first: nobody reads a record that lags.
    """

    def __init__(self, session: Session, before_writing: Callable[[], None]) -> None:
        self.connection = session.connection()
        self.before_writing = before_writing
        self._rows: dict[sa.Table, list[Row]] = defaultdict(list)
        self._keys: dict[sa.Table, Iterator[int]] = {}
        self._order = Base.metadata.sorted_tables  # what is pointed at, before what points at it
        self._count = 0
        self._is_writing = False

    def add(self, table: sa.Table, row: Row) -> None:
        self._rows[table].append(row)
        self._count += 1

    def key(self, table: sa.Table) -> int:
        """The key that the next row of a table gets."""
        if table not in self._keys:
            self._keys[table] = self._keys_of(table)
        return next(self._keys[table])

    def write(self) -> None:
        if self._is_writing or not self._count:
            return
        self._is_writing = True
        try:
            self.before_writing()
            for table in self._order:
                if rows := self._rows.pop(table, None):
                    self.connection.execute(sa.insert(table), rows)
            self._count = 0
        finally:
            self._is_writing = False

    def write_if_many(self) -> None:
        if self._count >= LARGEST:
            self.write()

    def _keys_of(self, table: sa.Table) -> Iterator[int]:
        """On SQLite the write lock is held, so that the next keys are known; a sequence of
        PostgreSQL gives them out to many.
        """
        if self.connection.dialect.name == "sqlite":
            (newest,) = self._select_keys(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)))
            yield from count(newest + 1)
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        numbers = sa.func.generate_series(1, BLOCK).alias()
        while True:
            yield from self._select_keys(sa.select(sa.func.nextval(sequence)).select_from(numbers))

    def _select_keys(self, keys: sa.Select[int]) -> Sequence[int]:
        """Asking for keys is no reading of the record: what waits goes on waiting."""
        self._is_writing = True
        try:
            return self.connection.scalars(keys).all()
        finally:
            self._is_writing = False


@contextmanager
def waiting(session: Session, before_writing: Callable[[], None]) -> Iterator[Bulk]:
    """Inside, rows wait; at the end, or as soon as anything else is asked or written, they are
    written.
    """
    bulk = Bulk(session, before_writing)

    def write_first(connection: sa.Connection, *_: object) -> None:
        bulk.write()

    connection = bulk.connection
    for name in ("before_cursor_execute", "commit"):
        sa.event.listen(connection, name, write_first)
    try:
        yield bulk
        bulk.write()
    finally:
        for name in ("before_cursor_execute", "commit"):
            sa.event.remove(connection, name, write_first)
