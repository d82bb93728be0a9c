"""the one-time link by which an office begins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "set_up_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("expires_at", extensions.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_set_up_link_body_id")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_set_up_link")),
    )


def downgrade() -> None:
    op.drop_table("set_up_link")
