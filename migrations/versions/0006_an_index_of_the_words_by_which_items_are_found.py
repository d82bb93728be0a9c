"""an index of the words by which items are found.

What is found is derived from the record: the tables are made empty, and filled by the next
`tracker init`. On SQLite a virtual table beside them is the index of full text.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


CREATE_FULL_TEXT = (
    "CREATE VIRTUAL TABLE find_words USING fts5("
    "words, marks, content = 'find_item', content_rowid = 'id', "
    "tokenize = \"ascii tokenchars '=:|-'\", columnsize = 0)"
)


def upgrade() -> None:
    op.create_table(
        "find_spelling",
        sa.Column(
            "body_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "spelling",
            sa.String(length=40, collation="C").with_variant(sa.String(length=40), "sqlite"),
            nullable=False,
        ),
        sa.Column(
            "word",
            sa.String(length=40, collation="C").with_variant(sa.String(length=40), "sqlite"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_find_spelling_body_id")),
        sa.PrimaryKeyConstraint("body_id", "spelling", "word", name=op.f("pk_find_spelling")),
    )
    op.create_table(
        "find_word",
        sa.Column(
            "body_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "word",
            sa.String(length=40, collation="C").with_variant(sa.String(length=40), "sqlite"),
            nullable=False,
        ),
        sa.Column("said_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_find_word_body_id")),
        sa.PrimaryKeyConstraint("body_id", "word", name=op.f("pk_find_word")),
    )
    op.create_table(
        "find_item",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("level", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("vector", postgresql.TSVECTOR().with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_find_item_body_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_find_item_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_find_item")),
    )
    with op.batch_alter_table("find_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_find_item_counts", ["body_id", "level", "convention_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_find_item_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_find_item_vector",
            ["vector"],
            unique=False,
            postgresql_using="gin",
            sqlite_where=sa.text("vector IS NOT NULL"),
        )

    if op.get_bind().dialect.name == "sqlite":
        op.execute(CREATE_FULL_TEXT)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE find_words")
    with op.batch_alter_table("find_item", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_find_item_vector",
            postgresql_using="gin",
            sqlite_where=sa.text("vector IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_find_item_item_id"))
        batch_op.drop_index("ix_find_item_counts")

    op.drop_table("find_item")
    op.drop_table("find_word")
    op.drop_table("find_spelling")
