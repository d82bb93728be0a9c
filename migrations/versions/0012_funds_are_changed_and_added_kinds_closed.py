"""funds are changed, and added kinds closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_fact(
        "fund_revision",
        "fund",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("amount", extensions.Money(), nullable=True),
    )
    _create_fact("added_kind_closing", "added_kind")


def downgrade() -> None:
    op.drop_table("added_kind_closing")
    op.drop_table("fund_revision")


def _create_fact(table: str, of: str, *columns: sa.Column[object]) -> None:
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
    key = f"{of}_id"
    op.create_table(
        table,
        sa.Column(key, _key(), nullable=False),
        *columns,
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        sa.ForeignKeyConstraint([key], [f"{of}.id"], name=op.f(f"fk_{table}_{key}")),
        *events,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in (key, "recorded_by"):
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
