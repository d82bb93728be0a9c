"""units and delegations are renamed, closed and merged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROSTERS = ("unit", "delegation")


def upgrade() -> None:
    for roster in ROSTERS:
        _create_fact(f"{roster}_name", roster, sa.Column("name", sa.String(200), nullable=False))
        _create_fact(f"{roster}_closing", roster)
        into = sa.Column("into_id", _key(), nullable=False)
        _create_fact(f"{roster}_merger", roster, into)


def downgrade() -> None:
    for roster in ROSTERS:
        for fact in ("merger", "closing", "name"):
            op.drop_table(f"{roster}_{fact}")


def _create_fact(table: str, roster: str, *columns: sa.Column[object]) -> None:
    events = [
        sa.ForeignKeyConstraint(
            [column],
            ["event.id"],
            name=op.f(f"fk_{table}_{column}"),
            initially="DEFERRED",
            deferrable=True,
        )
        for column in ("ended_by", "recorded_by", "retracted_by")
    ]
    keys = [f"{roster}_id", *(column.name for column in columns if column.name == "into_id")]
    op.create_table(
        table,
        sa.Column(f"{roster}_id", _key(), nullable=False),
        *columns,
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        *(
            sa.ForeignKeyConstraint([key], [f"{roster}.id"], name=op.f(f"fk_{table}_{key}"))
            for key in keys
        ),
        *events,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in (*keys, "recorded_by"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for column in ("ended_by", "retracted_by"):
        over = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_{table}_{column}"),
            table,
            [column],
            sqlite_where=over,
            postgresql_where=over,
        )


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
