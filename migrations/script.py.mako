<%def name="body_of(commands)">${"\n".join(line for line in (commands or "pass").splitlines() if not line.strip().startswith("###") and "# ###" not in line).strip()}</%def>\
"""${message}."""
from __future__ import annotations

import flask_security
import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${body_of(upgrades)}


def downgrade() -> None:
    ${body_of(downgrades)}
