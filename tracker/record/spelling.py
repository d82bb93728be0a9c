"""How SQLite holds a value.

It takes any in any column, and two spellings of one date read alike here and differ in a comparison
of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.extensions import Instant

from .ledger_tables import Event, Head, Text, fact_tables
from .summary import KEPT

DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
MOMENT = f"{DAY} [0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]"


def misspelled(session: Session) -> Iterator[str]:
    """Each row of the record with a value that no act has written so.

    On PostgreSQL the types of the columns see to it.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    for table in (Event.__table__, Head.__table__, Text.__table__, KEPT, *fact_tables()):
        assert isinstance(table, sa.Table)
        key = next(iter(table.primary_key))
        for column in table.columns:
            wrong = sa.select(sa.type_coerce(key, sa.String)).where(
                column.is_not(None), sa.not_(_as_written(column))
            )
            for row in session.connection().scalars(wrong):
                yield (
                    f"{table.name} {str(row)[:12]}: "
                    f"{column.name} is written otherwise than any act writes it"
                )


def _as_written(column: sa.Column[object]) -> sa.ColumnElement[bool]:
    kind = sa.func.typeof(column, type_=sa.String)
    raw = sa.type_coerce(column, sa.String)
    match column.type:
        case sa.Boolean():
            return sa.and_(kind == "integer", raw.op("IN")(sa.literal_column("(0, 1)")))
        case sa.Date():
            return sa.and_(kind == "text", raw.op("GLOB")(DAY))
        case Instant():
            return sa.and_(kind == "text", raw.op("GLOB")(MOMENT))
        case sa.LargeBinary():
            return kind == "blob"
        case sa.String():
            return kind == "text"
    return kind == "integer"  # whole numbers, keys, and money in cents
