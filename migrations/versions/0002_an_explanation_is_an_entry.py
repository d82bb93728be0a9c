"""an explanation is an entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_explanation_entry_id"), "entry", ["entry_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_explanation_entry_id"), type_="foreignkey")
        batch_op.drop_column("entry_id")
