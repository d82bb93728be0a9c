"""Triggers that refuse to change or delete what is written once, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from tracker.extensions import Base

from .canonical_form import column_names
from .ledger_tables import ENDINGS, fact_tables


def guard_statements(dialect: str) -> Iterator[str]:
    """The triggers' DDL, from the metadata.

    An event never changes, a fact may be ended and retracted once, a text blanked.
    """
    sqlite = dialect == "sqlite"
    same = "OLD.{0} IS NEW.{0}" if sqlite else "OLD.{0} IS NOT DISTINCT FROM NEW.{0}"
    ending = {name: f"({same.format(name)} OR OLD.{name} IS NULL)" for name in ENDINGS}
    blanking = {name: f"NEW.{name} IS NULL" for name in ("nonce", "words")}
    allowed = {"event": {"hash": "FALSE"}, "text": blanking} | {
        table.name: ending for table in fact_tables()
    }
    if not sqlite:
        yield (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP; END $$"
        )
    for name, changes in allowed.items():
        change = " AND ".join(
            changes.get(column, same.format(column))
            for column in column_names(Base.metadata.tables[name])
        )
        for act, when in {"UPDATE": f"WHEN (NOT ({change}))", "DELETE": "", "TRUNCATE": ""}.items():
            trigger = f"{name}_{act.lower()}_refused"
            if sqlite and act != "TRUNCATE":
                yield f"DROP TRIGGER IF EXISTS {trigger}"
                yield (
                    f"CREATE TRIGGER {trigger} BEFORE {act} ON {name} {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{name} is written once: {act} refused'); END"
                )
            elif not sqlite:
                level = "STATEMENT" if act == "TRUNCATE" else "ROW"
                yield f"DROP TRIGGER IF EXISTS {trigger} ON {name}"
                yield (
                    f"CREATE TRIGGER {trigger} BEFORE {act} ON {name} "
                    f"FOR EACH {level} {when} EXECUTE FUNCTION refuse()"
                )


def create_guards(connection: sa.Connection) -> None:
    """(Re)create the guards; also to be called at the end of each migration, as batch mode loses
    triggers.
    """
    for statement in guard_statements(connection.dialect.name):
        connection.exec_driver_sql(
            statement.replace("%", "%%") if connection.dialect.name != "sqlite" else statement
        )


@sa.event.listens_for(Base.metadata, "after_create")
def _guard_new_tables(_: sa.MetaData, connection: sa.Connection, **__: Any) -> None:
    create_guards(connection)
