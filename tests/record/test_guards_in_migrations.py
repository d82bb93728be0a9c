"""What Alembic sees of the guards, and what its batch mode does to them on SQLite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import Session

from tracker.extensions import Base
from tracker.record import guards
from tracker.record.verification import verify
from tracker.search.tables import is_described

from .player import Player


def triggers(connection: sa.Connection) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return {row[0] for row in connection.exec_driver_sql(query)}


def test_a_migration_with_data(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        session.commit()
        body = player.context.body_id
    # batch mode drops a table that others point at: keys off, outside a transaction
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA foreign_keys = OFF")
        raw.close()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_described})
        # models == database; triggers are not looked at
        assert compare_metadata(context, Base.metadata) == []
        before = triggers(connection)
        with Operations(context).batch_alter_table("clause", recreate="auto") as batch:
            batch.add_column(sa.Column("urgency", sa.String(80), nullable=True))
            # makes SQLite copy the table
            batch.create_check_constraint(batch.f("ck_clause_number"), "number > 0")
        lost = before - triggers(connection)
        assert lost == (
            {"clause_update_refused", "clause_delete_refused"}
            if engine.dialect.name == "sqlite"
            else set()
        )
        guards.create_guards(connection)
        assert triggers(connection) == before
        connection.commit()
    # a nullable column that the models know of changes no earlier content: the chain still proves
    try:
        table = Base.metadata.tables["clause"]
        table.append_column(sa.Column("urgency", sa.String(80), nullable=True))
        with Session(engine) as session:
            assert list(verify(session, body)) == []
    finally:
        table._columns.remove(table.c.urgency)  # type: ignore[attr-defined]
