"""answers of editions are stored.

What lists read and the index of words are derived from the record: their tables are made anew, and
filled by the next `tracker init`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tracker import extensions

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CREATE_FULL_TEXT = (
    "CREATE VIRTUAL TABLE find_words USING fts5("
    "words, marks, content = 'find_item', content_rowid = 'id', "
    "tokenize = \"ascii tokenchars '=:|-'\", columnsize = 0)"
)


def upgrade() -> None:
    _drop()
    _create(["up_to"])


def downgrade() -> None:
    _drop()
    _create([])


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _word() -> sa.types.TypeEngine[str]:
    return sa.String(length=40, collation="C").with_variant(sa.String(length=40), "sqlite")


def _drop() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE find_words")
    for table in ("find_item", "find_word", "find_spelling", "item_summary"):
        op.drop_table(table)


def _create(up_to: list[str]) -> None:
    """With the column `up_to`, or without it."""
    _create_item_summary(up_to)
    _create_find_item(up_to)
    _create_words(up_to)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(CREATE_FULL_TEXT)


def _create_item_summary(up_to: list[str]) -> None:
    op.create_table(
        "item_summary",
        sa.Column("item_id", _key(), autoincrement=False, nullable=False),
        *(sa.Column(name, _key(), autoincrement=False, nullable=False) for name in up_to),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("convention_id", _key(), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("as_published", sa.String(length=80), nullable=True),
        sa.Column("follows_through", sa.Boolean(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "decision_not_known",
                "not_decided",
                "not_due",
                "not_tracked",
                "done",
                "partly_done",
                "superseded",
                "carried_over",
                "will_not_be_done",
                "declined",
                "reported_done",
                "lapsed",
                "with_another_body",
                "unassigned",
                "silent",
                "blocked",
                "under_way",
                "assigned",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unheard", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("past_term", sa.Boolean(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "decision_not_known",
                "not_decided",
                "not_due",
                "not_tracked",
                "carried_out",
                "partly_carried_out",
                "reported_done",
                "will_not_be_done",
                "declined",
                "unfinished",
                "no_word",
                "not_yet",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_way_of", _key(), nullable=True),
        sa.Column(
            "change",
            sa.Enum(
                "change_followed",
                "none_found",
                "nothing_on_record",
                name="change",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("change_outcome_id", _key(), nullable=True),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "adopted",
                "referred",
                "accepted",
                name="group",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("clauses", _key(), nullable=False),
        sa.Column("clauses_done", _key(), nullable=False),
        sa.Column("counts_as", sa.String(length=240), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("last_word", sa.Date(), nullable=True),
        sa.Column("quiet_since", sa.Date(), nullable=True),
        sa.Column("floor", sa.String(length=80), nullable=False),
        sa.Column("floor_on", sa.Date(), nullable=True),
        sa.Column("referral_id", _key(), nullable=True),
        sa.Column("referred_unit_id", _key(), nullable=True),
        sa.Column("lead_unit_id", _key(), nullable=True),
        sa.Column("lead_ended", sa.Boolean(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("estimate", extensions.Money(), nullable=True),
        sa.Column("appropriated", extensions.Money(), nullable=True),
        sa.Column("spent", extensions.Money(), nullable=True),
        sa.Column("not_accounted_for", sa.Boolean(), nullable=False),
        sa.Column("entries_waiting", _key(), nullable=False),
        sa.Column("spent_waiting", extensions.Money(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_summary_item_id")),
        sa.PrimaryKeyConstraint("item_id", *up_to, "first_day", name=op.f("pk_item_summary")),
    )
    with op.batch_alter_table("item_summary", schema=None) as batch_op:
        batch_op.create_index(
            "ix_item_summary_counts",
            [
                "convention_id",
                *up_to,
                "counts_as",
                "first_day",
                "last_day",
                "clauses",
                "clauses_done",
                "done_on",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_item_summary_order", ["convention_id", *up_to, "sort_key"], unique=False
        )


def _create_find_item(up_to: list[str]) -> None:
    op.create_table(
        "find_item",
        sa.Column("id", _key(), autoincrement=False, nullable=False),
        sa.Column("item_id", _key(), nullable=False),
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("convention_id", _key(), nullable=False),
        *(sa.Column(name, _key(), nullable=False) for name in up_to),
        sa.Column("level", _key(), nullable=False),
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
            "ix_find_item_counts", ["body_id", "level", *up_to, "convention_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_find_item_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_find_item_vector",
            ["vector"],
            unique=False,
            postgresql_using="gin",
            sqlite_where=sa.text("vector IS NOT NULL"),
        )


def _create_words(up_to: list[str]) -> None:
    of_convention = ["convention_id", *up_to] if up_to else []
    op.create_table(
        "find_word",
        sa.Column("body_id", _key(), autoincrement=False, nullable=False),
        sa.Column("word", _word(), nullable=False),
        *(sa.Column(name, _key(), autoincrement=False, nullable=False) for name in of_convention),
        sa.Column("said_by", _key(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_find_word_body_id")),
        sa.PrimaryKeyConstraint("body_id", "word", *of_convention, name=op.f("pk_find_word")),
    )
    op.create_table(
        "find_spelling",
        sa.Column("body_id", _key(), autoincrement=False, nullable=False),
        sa.Column("spelling", _word(), nullable=False),
        sa.Column("word", _word(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_find_spelling_body_id")),
        sa.PrimaryKeyConstraint("body_id", "spelling", "word", name=op.f("pk_find_spelling")),
    )
