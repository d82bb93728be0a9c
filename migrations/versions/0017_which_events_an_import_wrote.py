"""which events an import wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("list_import", sa.Column("first_event", key, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("list_import", schema=None) as batch_op:
        batch_op.drop_column("first_event")
