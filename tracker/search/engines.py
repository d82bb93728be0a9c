"""The full-text index of each database, behind one interface.

Both are given words that `words` has folded and stemmed, and compare them whole: what one of them
finds, the other finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from tracker.record.keys import Among

from .index_text import distinct_words
from .query import Pattern, Term
from .tables import FULL_TEXT, ITEMS


class Engine(Protocol):
    @property
    def walks_in_order(self) -> bool:
        """Whether to ask for the last rows first costs no more than to ask for any."""

    def vector(self, words: str, marks: str) -> str | None:
        """What is kept of an item's words in its row, besides the words."""

    def forget(self, session: Session, row_ids: list[int]) -> None:
        """Before these rows are deleted."""

    def keep(self, session: Session, row_ids: list[int]) -> None:
        """After these rows were written."""

    def rebuild(self, session: Session, body_id: int) -> None:
        """Of all rows anew."""

    def purge(self, session: Session) -> None:
        """Nothing remains of words that were forgotten."""

    def is_whole(self, session: Session, body_id: int) -> bool:
        """Whether the index is that of the words in the rows."""

    def candidates(self, terms: Iterable[Term]) -> sa.Select[int]:
        """The rows of `find_item` that say all of these; the last first."""


_THESE_ROWS = Among(ITEMS.c.id)
_FORGET_IN_FTS5 = sa.insert(
    sa.table(FULL_TEXT, *map(sa.column, (FULL_TEXT, "rowid", "words", "marks")))
).from_select(
    [FULL_TEXT, "rowid", "words", "marks"],
    sa.select(sa.literal_column("'delete'"), ITEMS.c.id, ITEMS.c.words, ITEMS.c.marks).where(
        _THESE_ROWS
    ),
)
_KEEP_IN_FTS5 = sa.insert(
    sa.table(FULL_TEXT, *map(sa.column, ("rowid", "words", "marks")))
).from_select(
    ["rowid", "words", "marks"],
    sa.select(ITEMS.c.id, ITEMS.c.words, ITEMS.c.marks).where(_THESE_ROWS),
)


class _Sqlite:
    """FTS5, with the words in `find_item`."""

    walks_in_order = True

    def vector(self, words: str, marks: str) -> None:
        return None

    def forget(self, session: Session, row_ids: list[int]) -> None:
        """FTS5 takes out of its index what it is told was there."""
        session.connection().execute(_FORGET_IN_FTS5, {"keys": row_ids})

    def keep(self, session: Session, row_ids: list[int]) -> None:
        session.connection().execute(_KEEP_IN_FTS5, {"keys": row_ids})

    def rebuild(self, session: Session, body_id: int) -> None:
        """That of all bodies: it is one."""
        connection = session.connection()
        connection.exec_driver_sql(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('rebuild')")
        self.purge(session)

    def purge(self, session: Session) -> None:
        """Until its parts are merged, FTS5 keeps words that were deleted."""
        session.connection().exec_driver_sql(
            f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('optimize')"
        )

    def is_whole(self, session: Session, body_id: int) -> bool:
        """That of all bodies."""
        command = f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rank) VALUES ('integrity-check', 1)"
        try:
            session.connection().exec_driver_sql(command)
        except sa.exc.DatabaseError:
            return False
        return True

    def candidates(self, terms: Iterable[Term]) -> sa.Select[int]:
        row_id = sa.literal_column(f"{FULL_TEXT}.rowid", sa.Integer)
        matched = " AND ".join(
            f"({' OR '.join(self._pattern(pattern) for pattern in term.patterns)})"
            for term in terms
        )
        return (
            sa.select(ITEMS.c.id)
            .select_from(sa.table(FULL_TEXT).join(ITEMS, ITEMS.c.id == row_id))
            .where(sa.literal_column(FULL_TEXT).op("MATCH")(matched))
            .order_by(row_id.desc())
        )

    def _pattern(self, pattern: Pattern) -> str:
        return f'"{" ".join(pattern.words)}"{" *" if pattern.is_prefix else ""}'


class _Postgresql:
    """A `tsvector` in the row, with an index of kind GIN."""

    walks_in_order = False
    LAST_PLACE = 16_383  # words beyond it are found, but not as parts of phrases
    MOST_PLACES = 255  # of one word
    _DIFFERING = sa.text(
        "SELECT find_item.id FROM find_item JOIN unnest(CAST(:ids AS bigint[]), "
        "CAST(:vectors AS text[])) AS wanted (id, vector) ON wanted.id = find_item.id "
        "WHERE find_item.vector IS DISTINCT FROM CAST(wanted.vector AS tsvector)"
    )

    def vector(self, words: str, marks: str) -> str:
        places: dict[str, list[int]] = {}
        for place, word in enumerate(words.split(), start=1):
            places.setdefault(word, []).append(min(place, self.LAST_PLACE))
        lexemes = [
            f"'{word}':{','.join(map(str, places[word][: self.MOST_PLACES]))}"
            for word in distinct_words(words)
        ]
        lexemes += [f"'{mark}'" for mark in distinct_words(marks)]
        return " ".join(lexemes)

    def forget(self, session: Session, row_ids: list[int]) -> None:
        pass  # it is in the row

    def keep(self, session: Session, row_ids: list[int]) -> None:
        pass

    def rebuild(self, session: Session, body_id: int) -> None:
        """Of rows that differ."""
        connection = session.connection()
        for batch in self._batches(session, body_id):
            for key in connection.scalars(self._DIFFERING, batch).all():
                vector = batch["vectors"][batch["ids"].index(key)]
                connection.execute(sa.update(ITEMS).where(ITEMS.c.id == key).values(vector=vector))

    def purge(self, session: Session) -> None:
        pass  # PostgreSQL clears old rows in its own time

    def is_whole(self, session: Session, body_id: int) -> bool:
        connection = session.connection()
        return not any(
            connection.scalars(self._DIFFERING, batch).first() is not None
            for batch in self._batches(session, body_id)
        )

    def _batches(self, session: Session, body_id: int) -> Iterator[dict[str, list[Any]]]:
        """The keys of all rows, with the vectors that belong to them."""
        rows = session.connection().execute(
            sa.select(ITEMS.c.id, ITEMS.c.words, ITEMS.c.marks)
            .where(ITEMS.c.body_id == body_id)
            .order_by(ITEMS.c.id)
        )
        for batch in rows.partitions(500):
            yield {
                "ids": [key for key, _words, _marks in batch],
                "vectors": [self.vector(words, marks) for _key, words, marks in batch],
            }

    def candidates(self, terms: Iterable[Term]) -> sa.Select[int]:
        matched = " & ".join(
            f"({' | '.join(self._pattern(pattern) for pattern in term.patterns)})" for term in terms
        )
        return (
            sa.select(ITEMS.c.id)
            .where(ITEMS.c.vector.op("@@")(sa.cast(matched, TSQUERY)))
            .order_by(ITEMS.c.id.desc())
        )

    def _pattern(self, pattern: Pattern) -> str:
        joined = " <-> ".join(f"'{word}'" for word in pattern.words)
        return f"{joined}:*" if pattern.is_prefix else f"({joined})"


_SQLITE, _POSTGRESQL = _Sqlite(), _Postgresql()


def engine_of(session: Session) -> Engine:
    return _SQLITE if session.get_bind().dialect.name == "sqlite" else _POSTGRESQL
