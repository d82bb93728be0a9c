"""Whether the guards in the database are those that this program makes.

By their text, as one of the same name may do nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from tracker.record import guards

FUNCTION_NAME = "refuse()"


@dataclass(frozen=True)
class Guards:
    """Names of triggers.

    `other`: of triggers, rules and functions that are not ours, or are switched off.
    """

    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    other: tuple[str, ...]


def inspect_guards(connection: sa.Connection) -> Guards:
    """Reads only; on PostgreSQL inside a transaction that is rolled back by whoever opened the
    connection.
    """
    sqlite = connection.dialect.name == "sqlite"
    there = _of_sqlite(connection) if sqlite else _of_postgresql(connection)
    if sqlite:
        wanted = _statements("sqlite")
    elif FUNCTION_NAME in there:
        wanted = _wanted_of_postgresql(connection)
    else:  # no trigger can call it
        wanted = dict.fromkeys([*_statements("postgresql"), FUNCTION_NAME], "")
    return Guards(
        tuple(wanted),
        tuple(sorted(wanted.keys() - there.keys())),
        tuple(sorted(name for name in wanted.keys() & there.keys() if wanted[name] != there[name])),
        tuple(sorted(there.keys() - wanted.keys())),
    )


def _statements(dialect: str) -> dict[str, str]:
    """By the name of the trigger, the statement that makes it."""
    return {
        words.split()[2]: words
        for words in guards.guard_statements(dialect)
        if words.startswith("CREATE TRIGGER")
    }


def _of_sqlite(connection: sa.Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: sql for name, sql in rows}


TRIGGERS = """
    SELECT tgname, pg_get_triggerdef(pg_trigger.oid), tgenabled, relname
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = {namespace}"""
FUNCTION = """
    SELECT proname, prosrc, lanname, provolatile, prosecdef, proconfig
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
    WHERE proname = 'refuse' AND pronamespace = current_schema()::regnamespace"""
RULES = "SELECT rulename, tablename FROM pg_rules WHERE schemaname = current_schema()"


def _of_postgresql(connection: sa.Connection) -> dict[str, str]:
    """The triggers, the function that they call, rules that would go round them, and the setting
    that switches them off.
    """
    there = {}
    for name, sql, enabled, table in connection.exec_driver_sql(
        TRIGGERS.format(namespace="current_schema()::regnamespace")
    ):
        there[name if name not in there else f"{name} on {table}"] = _plain(sql) + (
            "" if enabled == "O" else " (switched off)"
        )
    for name, source, language, *how in connection.exec_driver_sql(FUNCTION):
        there[FUNCTION_NAME] = f"{name} {language}: {source} {how}"
    for name, table in connection.exec_driver_sql(RULES):
        there[f"{name} on {table}"] = "rule"
    if connection.exec_driver_sql("SHOW session_replication_role").scalar() != "origin":
        there["session_replication_role"] = "switches every trigger off"
    return there


def _wanted_of_postgresql(connection: sa.Connection) -> dict[str, str]:
    """PostgreSQL keeps no text of a trigger, but can spell one.

    So the same are made on temporary tables of the same names, and spelled.
    """
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    for table in sorted(
        {words.split(" ON ")[1].split()[0] for words in _statements("postgresql").values()}
    ):
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE {table} (LIKE {schema}.{table}) ON COMMIT DROP"
        )
    for words in _statements("postgresql").values():
        connection.exec_driver_sql(words.replace("%", "%%"))
    rows = connection.exec_driver_sql(TRIGGERS.format(namespace="pg_my_temp_schema()"))
    wanted = {name: _plain(sql) for name, sql, _enabled, _table in rows}
    [function] = [
        words
        for words in guards.guard_statements("postgresql")
        if "FUNCTION refuse()" in words and words.startswith("CREATE OR REPLACE")
    ]
    wanted[FUNCTION_NAME] = f"refuse plpgsql: {function.split('$$')[1]} ['v', False, None]"
    return wanted


def _plain(sql: str) -> str:
    """Without the schema of its table, which is another for temporary ones; nor of the type text,
    which a table of ours hides by its name.
    """
    before, on, after = sql.replace("::pg_catalog.text", "::text").partition(" ON ")
    table, space, action = after.partition(" ")
    return before + on + table.rpartition(".")[2] + space + action
