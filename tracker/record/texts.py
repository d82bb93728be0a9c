"""Where free texts stand: which facts of a body name a text by its digest.

Knows no fact table by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .ledger_tables import CHAIN, Erasure, Text, fact_tables


@dataclass(frozen=True, kw_only=True)
class StandingText:
    """One text in one fact."""

    digest: str
    words: str | None  # None: erased
    table: str  # of the fact
    column: str
    fact_id: int
    item_id: int | None  # where the fact is of an item


def standing(session: Session, body_id: int, digest: str | None = None) -> Iterator[StandingText]:
    """All texts of a body; or the places of one of them, by the beginning of its digest."""
    wanted = sa.true() if digest is None else Text.digest.startswith(digest, autoescape=True)
    for table in fact_tables():
        if table.name == Erasure.__tablename__:
            continue
        item_id = table.c.item_id if "item_id" in table.c else sa.null()
        if table.name == "item":
            item_id = table.c.id
        for column in table.columns:
            if any(key.column.table.name == Text.__tablename__ for key in column.foreign_keys):
                rows = session.connection().execute(
                    sa.select(Text.digest, Text.words, table.c.id, item_id)
                    .join(table, column == Text.digest)
                    .where(
                        wanted,
                        table.c.recorded_by > body_id * CHAIN,
                        table.c.recorded_by < (body_id + 1) * CHAIN,
                    )
                    .order_by(table.c.id)
                )
                for row in rows:
                    yield StandingText(
                        digest=row[0],
                        words=row[1],
                        table=table.name,
                        column=column.name,
                        fact_id=row[2],
                        item_id=row[3],
                    )


def holds(words: str, part: str) -> bool:
    """Whether words contain others, whatever the case and the spaces between them."""
    return " ".join(part.casefold().split()) in " ".join(words.casefold().split())
