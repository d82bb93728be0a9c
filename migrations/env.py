"""How a migration runs: in one transaction that is alone on its database, with the record's guards
put back at its end.

No table is named here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from tracker.extensions import Base, Instant, Money
from tracker.record import guards
from tracker.search.tables import is_described

# PostgreSQL's advisory lock: two machines that start at once migrate one after the other
ONLY_ONE = 7_244_001


def _number(
    _: MigrationContext,
    __: str | Iterable[str | None] | Iterable[str],
    directives: list[MigrationScript],
) -> None:
    """Revisions are numbered, 0001 first; nothing is written where models and migrations agree."""
    script = directives[0]
    if script.upgrade_ops is not None and script.upgrade_ops.is_empty():
        directives.clear()
        return
    known = [
        int(walk_revision.revision)
        for walk_revision in ScriptDirectory.from_config(context.config).walk_revisions()
    ]
    script.rev_id = f"{max(known, default=0) + 1:04}"


def _written(kind: str, thing: Any, autogenerating: AutogenContext) -> str | Literal[False]:
    """Our own column types, by their names."""
    if kind == "type" and isinstance(thing, (Instant, Money)):
        autogenerating.imports.add("from tracker import extensions")
        return f"extensions.{type(thing).__name__}()"
    return False


def _lift_guards(connection: sa.Connection) -> None:
    """PostgreSQL drops no column that the condition of a trigger names.

    They are put back at the end of this transaction.
    """
    guards = connection.exec_driver_sql(
        "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal AND tgname ~ "
        "'_refused$'"
    ).all()
    for trigger, table in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger} ON {table}")


def _migrate(connection: sa.Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    with connection.begin():  # on SQLite the write lock is taken here
        if not sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONLY_ONE)))
            _lift_guards(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transactional_ddl=True,
            process_revision_directives=_number,
            render_item=_written,
            include_name=is_described,
            **current_app.extensions["migrate"].configure_args,
        )
        context.run_migrations()
        reached = context.get_context().get_current_revision()
        if reached is None and not sqlite:
            connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse()")
        elif (
            context.config.attributes.get("guarded", True)
            and reached == ScriptDirectory.from_config(context.config).get_current_head()
        ):
            # batch mode copies tables, and their triggers are lost
            guards.create_guards(connection)
        if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise RuntimeError(
                f"The migration leaves rows of {broken[0]} that point at nothing; nothing was "
                "changed."
            )


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver = connection.connection.driver_connection
        if sqlite:  # before the transaction: batch mode drops tables that others point at
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            _migrate(connection)
        finally:
            if sqlite:
                connection.rollback()
                driver.execute("PRAGMA foreign_keys = ON")


if context.is_offline_mode():
    raise SystemExit(
        "Migrations run on a database, not into a script: the guards are made from what is there."
    )
run()
