"""who may read a convention."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "members_code",
        sa.Column(
            "convention_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("made_at", extensions.Instant(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_members_code_convention_id")
        ),
        sa.PrimaryKeyConstraint("convention_id", name=op.f("pk_members_code")),
    )
    op.create_table(
        "publication",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "visibility",
            sa.Enum(
                "hidden",
                "members",
                "public",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_edition", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_publication_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_publication_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_publication_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_publication_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_convention_id"), ["convention_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_publication_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_publication_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_publication_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_publication_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_publication_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_publication_convention_id"))

    op.drop_table("publication")
    op.drop_table("members_code")
