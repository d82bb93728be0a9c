"""columns of lists are opened by the office, one by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opened_column",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_opened_column_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_opened_column_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_opened_column_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_opened_column_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_column")),
    )
    with op.batch_alter_table("opened_column", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opened_column_convention_id"), ["convention_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opened_column_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_opened_column_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opened_column_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    with op.batch_alter_table("source_cell", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "visibility",
                sa.Enum(
                    "shown",
                    "hidden",
                    "not_told",
                    name="visibility",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("source_cell", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_source_cell_visibility"), type_="check")
        batch_op.drop_column("visibility")

    with op.batch_alter_table("opened_column", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_opened_column_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_opened_column_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_opened_column_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_opened_column_convention_id"))

    op.drop_table("opened_column")
