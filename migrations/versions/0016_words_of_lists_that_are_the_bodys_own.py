"""words of lists that are the body's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "own_word",
        sa.Column("id", _key(), nullable=False),
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("of", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("meaning", sa.String(length=60), nullable=False),
        sa.Column("person_id", _key(), nullable=False),
        sa.Column("said_at", extensions.Instant(), nullable=False),
        sa.Column("said_of", sa.String(length=200), nullable=True),
        sa.Column("version", _key(), nullable=False),
        sa.Column("used_in", _key(), nullable=False),
        sa.Column("used_at", extensions.Instant(), nullable=True),
        sa.Column("used_of", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_own_word_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_own_word_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_word")),
        sa.UniqueConstraint("body_id", "of", "key", name=op.f("uq_own_word_body_id_of_key")),
    )


def downgrade() -> None:
    op.drop_table("own_word")
