"""What somebody could do to the database past the tracker, its guards taken away."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record import guards

# adopted again, refer, decline, lead, no lead, log, done+release+confirm, more of them, correct,
# estimate, outcome, silence, dates, clauses, withhold
HISTORY = [
    (0, 0, 0, 0, 0, 0),
    (1, 2, 0, 1, 1, 0),
    (3, 2, 2, 1, 1, 0),
    (5, 0, 0, 1, 1, 0),
    (5, 0, 0, 11, 1, 0),
    (6, 0, 2, 2, 5, 0),
    (8, 0, 0, 0, 1, 0),
    (14, 0, 0, 0, 1, 0),
    (10, 0, 2, 1, 1, 0),
    (17, 1, 0, 2, 1, 0),
    (17, 0, 9, 0, 1, 0),
    (18, 0, 0, 0, 1, 0),
    (18, 0, 4, 1, 1, 0),
    (19, 3, 0, 0, 1, 0),
    (19, 0, 4, 0, 1, 0),
    (16, 2, 2, 1, 1, 0),
    (14, 0, 9, 0, 1, 0),
    (18, 0, 9, 1, 1, 0),
    (18, 0, 8, 0, 1, 0),
    (11, 1, 2, 2, 1, 0),
]


def disarm(connection: sa.Connection, keys_too: bool = True) -> None:
    for statement in guards.guard_statements(connection.dialect.name):
        if statement.startswith("DROP TRIGGER"):
            connection.exec_driver_sql(statement)
    if connection.dialect.name == "postgresql" and keys_too:
        # foreign keys off
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def later(connection: sa.Connection) -> None:
    """Keys are looked at with the commit that never comes."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
