"""The tables of the ledger: events, the heads of chains, free texts; and what every fact table has.

Knows no fact table by name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import DEFERRED, Base

CHAIN = 10**10  # an event's key reads as chain and sequence: 3_0000000042 is number 42 of chain 3
INSTALLATION = 0  # the chain of the installation; a body's chain is its id
GENESIS = "0" * 64
NONCE = 16  # bytes before the words of a text
IMPORT_UNDONE = "import_undone"  # the kind of event whose retractions count on every day


class Event(Base):
    """The envelope of one act.

    Who, when recorded, when it happened, what, and the content of the rows it wrote.
    """

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime]
    effective_on: Mapped[date]
    actor_id: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int] = mapped_column(index=True)
    imported: Mapped[bool]
    day_known: Mapped[bool]  # else effective_on is assumed: the source gave no day
    # text, not JSON: JSONB would reorder what has been hashed
    payload: Mapped[str] = mapped_column(sa.Text)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), init=False, default="")


class Head(Base):
    """The end of each chain; its row is the lock under which a body's acts queue up."""

    __tablename__ = "head"
    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    recorded_at: Mapped[datetime]
    hash: Mapped[str] = mapped_column(sa.String(64), default=GENESIS)


class Text(Base):
    """The one place of free text, named by SHA-256(nonce + words).

    Facts and payloads carry the digest alone.
    """

    __tablename__ = "text"
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    nonce: Mapped[bytes | None]
    words: Mapped[str | None] = mapped_column(sa.Text)


ENDINGS = ("ended_by", "retracted_by")


class FactTable(Base):
    """A row written once, by one event.

    A later one may end it (true until then) or retract it (it was never so).
    """

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    recorded_by: Mapped[int] = mapped_column(
        sa.ForeignKey("event.id", **DEFERRED), index=True, init=False
    )
    ended_by: Mapped[int | None] = mapped_column(
        sa.ForeignKey("event.id", **DEFERRED), init=False, default=None
    )
    retracted_by: Mapped[int | None] = mapped_column(
        sa.ForeignKey("event.id", **DEFERRED), init=False, default=None
    )

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if hasattr(cls, "__table__"):
            # Partial: on a plain index SQLite would look for the many that have not ended.
            for name in ENDINGS:
                over = cls.__table__.c[name]
                sa.Index(
                    None, over, sqlite_where=over.is_not(None), postgresql_where=over.is_not(None)
                )


class Erasure(FactTable):
    """A text was blanked; `verify` then expects it to be blank."""

    __tablename__ = "erasure"
    digest: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"), unique=True)
    reason: Mapped[str] = mapped_column(sa.String(80))


def fact_tables() -> list[sa.Table]:
    facts = (
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, FactTable)
    )
    return sorted(
        (table for table in facts if isinstance(table, sa.Table)), key=lambda table: table.name
    )
