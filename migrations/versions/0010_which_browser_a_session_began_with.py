"""which browser and which system a session began with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account_session", sa.Column("browser", sa.String(60), nullable=True))
    op.add_column("account_session", sa.Column("system", sa.String(60), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.drop_column("system")
        batch_op.drop_column("browser")
