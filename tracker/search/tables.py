"""The tables of the index of words.

It is derived, may be thrown away, and is no part of the ledger.

On PostgreSQL a column of `find_item` is indexed for full text; on SQLite a virtual table beside it
(FTS5) is, which keeps no words of its own and knows a row by its `id`.
"""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base

# Compared letter by letter on both engines, whatever the language of the database.
_Word = sa.String(40, collation="C").with_variant(sa.String(40), "sqlite")


class FindItem(Base):
    """The words of one item that the readers of one level read (`passages.Level`): of the record as
    it is, or as an edition has them, for the public alone.
    """

    __tablename__ = "find_item"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    convention_id: Mapped[int]
    up_to: Mapped[int]  # as in `record.summary.ItemSummary`
    level: Mapped[int]
    units: Mapped[str] = mapped_column(sa.Text)  # that work on it, each between blanks
    words: Mapped[str] = mapped_column(sa.Text)  # as `index_text` has them, and so the next
    marks: Mapped[str] = mapped_column(sa.Text)
    # Of PostgreSQL: both, with the places of the words. Else None.
    vector: Mapped[str | None] = mapped_column(TSVECTOR().with_variant(sa.Text(), "sqlite"))
    __table_args__ = (
        # what was looked through is counted from it
        sa.Index("ix_find_item_counts", "body_id", "level", "up_to", "convention_id"),
    )


sa.Index(
    "ix_find_item_vector",
    cast(sa.Table, FindItem.__table__).c.vector,
    postgresql_using="gin",
    sqlite_where=cast(sa.Table, FindItem.__table__).c.vector.is_not(None),
)


class FindWord(Base):
    """A word that items of a convention say to the public: what a misspelt one may have meant.

    Of the record as it is, and of each edition: readers are offered no word that they cannot read.
    """

    __tablename__ = "find_word"
    body_id: Mapped[int] = mapped_column(
        sa.ForeignKey("body.id"), primary_key=True, autoincrement=False
    )
    word: Mapped[str] = mapped_column(_Word, primary_key=True)
    convention_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    up_to: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said_by: Mapped[int]  # how many items


class FindSpelling(Base):
    """A word, as a whole or without one of its letters.

    Two words that one typing error makes of each other have such a spelling in common.
    """

    __tablename__ = "find_spelling"
    body_id: Mapped[int] = mapped_column(
        sa.ForeignKey("body.id"), primary_key=True, autoincrement=False
    )
    spelling: Mapped[str] = mapped_column(_Word, primary_key=True)
    word: Mapped[str] = mapped_column(_Word, primary_key=True)


ITEMS = cast(sa.Table, FindItem.__table__)
WORDS = cast(sa.Table, FindWord.__table__)
SPELLINGS = cast(sa.Table, FindSpelling.__table__)

FULL_TEXT = "find_words"  # the virtual table of SQLite
# Words come folded and with single blanks between: nothing is left for a tokenizer to decide.
CREATE_FULL_TEXT = (
    f"CREATE VIRTUAL TABLE {FULL_TEXT} USING fts5("
    "words, marks, content = 'find_item', content_rowid = 'id', "
    "tokenize = \"ascii tokenchars '=:|-'\", columnsize = 0)"
)
DROP_FULL_TEXT = f"DROP TABLE {FULL_TEXT}"


@sa.event.listens_for(ITEMS, "after_create")
def _create_full_text(_table: sa.Table, connection: sa.Connection, **_options: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(CREATE_FULL_TEXT)


@sa.event.listens_for(ITEMS, "before_drop")
def _drop_full_text(_table: sa.Table, connection: sa.Connection, **_options: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(DROP_FULL_TEXT)


def is_described(name: str | None, kind: str, _parents: Any = None) -> bool:
    """Whether the models describe a table of that name: not those that FTS5 keeps for itself.

    For Alembic's option `include_name`.
    """
    return kind != "table" or not (name or "").startswith(FULL_TEXT)
