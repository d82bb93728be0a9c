"""a summary of each item for all days ahead.

What lists read is derived from the record: the tables are made empty, up and down, and filled by
the next `tracker init`, which derives it anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_summary",
        sa.Column(
            "item_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
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
        sa.Column("by_way_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
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
        sa.Column(
            "change_outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
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
        sa.Column("clauses", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "clauses_done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("counts_as", sa.String(length=240), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("last_word", sa.Date(), nullable=True),
        sa.Column("quiet_since", sa.Date(), nullable=True),
        sa.Column("floor", sa.String(length=80), nullable=False),
        sa.Column("floor_on", sa.Date(), nullable=True),
        sa.Column(
            "referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "referred_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "lead_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("lead_ended", sa.Boolean(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("estimate", extensions.Money(), nullable=True),
        sa.Column("appropriated", extensions.Money(), nullable=True),
        sa.Column("spent", extensions.Money(), nullable=True),
        sa.Column("not_accounted_for", sa.Boolean(), nullable=False),
        sa.Column(
            "entries_waiting", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("spent_waiting", extensions.Money(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_summary_item_id")),
        sa.PrimaryKeyConstraint("item_id", "first_day", name=op.f("pk_item_summary")),
    )
    with op.batch_alter_table("item_summary", schema=None) as batch_op:
        batch_op.create_index(
            "ix_item_summary_counts",
            [
                "convention_id",
                "counts_as",
                "first_day",
                "last_day",
                "clauses",
                "clauses_done",
                "done_on",
            ],
            unique=False,
        )
        batch_op.create_index("ix_item_summary_order", ["convention_id", "sort_key"], unique=False)

    with op.batch_alter_table("now", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_now_holds_until"))

    op.drop_table("now")


def downgrade() -> None:
    op.create_table(
        "now",
        sa.Column(
            "item_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
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
        sa.Column("late", sa.Boolean(), nullable=False),
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
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_way_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("last_word", sa.Date(), nullable=True),
        sa.Column("quiet_since", sa.Date(), nullable=True),
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
        sa.Column("clauses", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "clauses_done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_now_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_now")),
    )
    with op.batch_alter_table("now", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_now_holds_until"), ["holds_until"], unique=False)

    with op.batch_alter_table("item_summary", schema=None) as batch_op:
        batch_op.drop_index("ix_item_summary_order")
        batch_op.drop_index("ix_item_summary_counts")

    op.drop_table("item_summary")
