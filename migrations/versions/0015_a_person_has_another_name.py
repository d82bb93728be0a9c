"""a person has another name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "person_name"


def upgrade() -> None:
    events = [
        sa.ForeignKeyConstraint(
            [column],
            ["event.id"],
            name=op.f(f"fk_{TABLE}_{column}"),
            initially="DEFERRED",
            deferrable=True,
        )
        for column in ("ended_by", "recorded_by", "retracted_by")
    ]
    op.create_table(
        TABLE,
        sa.Column("person_id", _key(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{TABLE}_person_id")),
        sa.ForeignKeyConstraint(["name"], ["text.digest"], name=op.f(f"fk_{TABLE}_name")),
        *events,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("person_id", "recorded_by"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    for column in ("ended_by", "retracted_by"):
        over = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_{TABLE}_{column}"),
            TABLE,
            [column],
            sqlite_where=over,
            postgresql_where=over,
        )


def downgrade() -> None:
    op.drop_table(TABLE)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
