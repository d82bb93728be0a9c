"""outgoing mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("made_at", extensions.Instant(), nullable=False),
        sa.Column("good_until", extensions.Instant(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "given_up",
                "shown",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("next_try_at", extensions.Instant(), nullable=True),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tried_at", extensions.Instant(), nullable=True),
        sa.Column("ended_at", extensions.Instant(), nullable=True),
        sa.Column(
            "trouble",
            sa.Enum(
                "not_reached",
                "too_slow",
                "not_encrypted",
                "sign_in_refused",
                "server_refused",
                "address_refused",
                "mail_refused",
                "not_supported",
                "no_address",
                "link_over",
                "no_server",
                "restored",
                "erased",
                name="trouble",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("said", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_outgoing_mail_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_mail_message_id")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_mail_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outgoing_mail_next_try_at"), ["next_try_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_outgoing_mail_to_address"), ["to_address"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_to_address"))
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_outgoing_mail_body_id"))

    op.drop_table("outgoing_mail")
