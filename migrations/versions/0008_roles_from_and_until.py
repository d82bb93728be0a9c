"""roles hold from and until, and it is kept when an account signed in last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("role_held", sa.Column("from_on", sa.Date(), nullable=True))
    op.add_column("role_held", sa.Column("until_on", sa.Date(), nullable=True))
    op.add_column("user_account", sa.Column("signed_in_at", extensions.Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_column("signed_in_at")
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.drop_column("until_on")
        batch_op.drop_column("from_on")
