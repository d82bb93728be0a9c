"""Many keys as one parameter: an index finds their rows, and no table is read whole."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tracker.record.items import FloorAction, Version
from tracker.record.keys import Among

STATEMENTS = {
    "by item": sa.select(FloorAction.action).where(Among(FloorAction.item_id)),
    "and more": sa.select(FloorAction.action).where(
        Among(FloorAction.item_id), FloorAction.ended_by.is_(None)
    ),
    "by key": sa.select(Version.id).where(Among(Version.id)),
}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("which", STATEMENTS)
def test_an_index_finds_them(engine: sa.Engine, which: str) -> None:
    """On SQLite: PostgreSQL plans by the size of a table."""
    words = str(STATEMENTS[which].compile(dialect=engine.dialect))
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", ("[1, 2]",)).all()
    assert plan[0][3].startswith("SEARCH"), plan
