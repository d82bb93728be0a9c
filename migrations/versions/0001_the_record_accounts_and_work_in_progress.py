"""the record, accounts, and work in progress."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("recorded_at", extensions.Instant(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column(
            "subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("day_known", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "head",
        sa.Column(
            "chain",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", extensions.Instant(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_head")),
    )
    op.create_table(
        "text",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_text")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_account_fs_uniquifier")),
    )
    op.create_table(
        "body",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_body_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_body_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_body_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("slug", name=op.f("uq_body_slug")),
    )
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_body_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_body_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_body_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "erasure",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["digest"], ["text.digest"], name=op.f("fk_erasure_digest")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_erasure_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_erasure_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_erasure_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("digest", name=op.f("uq_erasure_digest")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_erasure_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_erasure_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_erasure_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "one_time_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", extensions.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_one_time_link_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_one_time_link")),
    )
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_user_id"), ["user_id"], unique=False)

    op.create_table(
        "added_kind",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("follows_through", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_added_kind_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_added_kind_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_added_kind_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_added_kind_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_kind")),
        sa.UniqueConstraint("body_id", "code", name=op.f("uq_added_kind_body_id_code")),
        sa.UniqueConstraint("body_id", "prefix", name=op.f("uq_added_kind_body_id_prefix")),
    )
    with op.batch_alter_table("added_kind", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_added_kind_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_added_kind_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_added_kind_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_added_kind_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "body_setting",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_setting_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_body_setting_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_body_setting_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_body_setting_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_setting")),
    )
    with op.batch_alter_table("body_setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_setting_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_body_setting_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_body_setting_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_body_setting_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "convention",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_convention_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_convention_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_convention_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_convention_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention")),
        sa.UniqueConstraint("body_id", "slug", name=op.f("uq_convention_body_id_slug")),
    )
    with op.batch_alter_table("convention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_convention_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_convention_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_convention_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_convention_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "delegation",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_delegation_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_delegation_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_delegation_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_delegation_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_delegation_body_id_name")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delegation_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_delegation_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_delegation_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "requested_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("requested_at", extensions.Instant(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("worker", sa.String(length=120), nullable=True),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", extensions.Instant(), nullable=True),
        sa.Column("heard_at", extensions.Instant(), nullable=True),
        sa.Column("finished_at", extensions.Instant(), nullable=True),
        sa.Column("result", sa.String(length=300), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_job_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state"), ["state"], unique=False)

    op.create_table(
        "list_import",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_list_import_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_list_import_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_list_import_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_list_import_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
    )
    with op.batch_alter_table("list_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_import_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_list_import_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_list_import_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_list_import_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "unit",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_unit_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_unit_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_unit_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_unit_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_unit_body_id_name")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_unit_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_unit_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_unit_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "convention_dates",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column(
            "published_items", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_convention_dates_opens_first")),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_convention_dates_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_convention_dates_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_convention_dates_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_convention_dates_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention_dates")),
    )
    with op.batch_alter_table("convention_dates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_convention_dates_convention_id"), ["convention_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_convention_dates_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_convention_dates_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_convention_dates_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "convention_name",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_convention_name_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_convention_name_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_convention_name_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_convention_name_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention_name")),
    )
    with op.batch_alter_table("convention_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_convention_name_convention_id"), ["convention_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_convention_name_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_convention_name_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_convention_name_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "follow_through",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kept_from", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_follow_through_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_follow_through_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_follow_through_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_follow_through_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_through")),
    )
    with op.batch_alter_table("follow_through", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_through_convention_id"), ["convention_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_follow_through_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_follow_through_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_follow_through_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "fund",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("amount", extensions.Money(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_fund_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_fund_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_fund_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_fund_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("convention_id", "name", name=op.f("uq_fund_convention_id_name")),
    )
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_convention_id"), ["convention_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_fund_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_fund_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_fund_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "item",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("as_published", sa.String(length=80), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_item_body_id")),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_item_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_item_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_item_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_item_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint(
            "convention_id", "kind", "number", name=op.f("uq_item_convention_id_kind_number")
        ),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_convention_id"), ["convention_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_item_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_item_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_item_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "person",
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_person_body_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_person_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["name"], ["text.digest"], name=op.f("fk_person_name")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_person_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_person_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_person_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "appropriation",
        sa.Column("fund", sa.String(length=200), nullable=False),
        sa.Column("amount", extensions.Money(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_appropriation_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_appropriation_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_appropriation_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_appropriation_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appropriation")),
    )
    with op.batch_alter_table("appropriation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appropriation_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_appropriation_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appropriation_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_appropriation_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "clause",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=True),
        sa.Column("declaration", sa.Boolean(), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_clause_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_clause_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_clause_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_clause_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_clause_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
    )
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clause_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_clause_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clause_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_clause_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "designation",
        sa.Column(
            "convention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("as_published", sa.String(length=80), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_designation_convention_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_designation_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_designation_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_designation_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_designation_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_designation")),
    )
    with op.batch_alter_table("designation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_designation_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_designation_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_designation_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_designation_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_designation_address", ["convention_id", "kind", "number"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("saved_at", extensions.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_draft_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("person_id", "item_id", name=op.f("uq_draft_person_id_item_id")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_item_id"), ["item_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column(
            "author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("next_word_by", sa.Date(), nullable=True),
        sa.Column(
            "corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("by_office", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column(
            "source_row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["entry.id"], name=op.f("fk_entry_corrects_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_entry_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_entry_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_entry_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_entry_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_entry_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entry_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_entry_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entry_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "estimate",
        sa.Column(
            "basis",
            sa.Enum(
                "none",
                "additional",
                "unknown",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "as_submitted",
                "as_modified",
                "amendment",
                "as_adopted",
                "as_published",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(length=64), nullable=False),
        sa.Column("amount", extensions.Money(), nullable=True),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        sa.Column("assumption", sa.String(length=64), nullable=True),
        sa.Column("budget", sa.String(length=120), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "basis <> 'none' OR (amount IS NOT NULL AND amount = 0)",
            name=op.f("ck_estimate_none_is_zero"),
        ),
        sa.ForeignKeyConstraint(
            ["assumption"], ["text.digest"], name=op.f("fk_estimate_assumption")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_estimate_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_estimate_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_estimate_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_estimate_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["sentence"], ["text.digest"], name=op.f("fk_estimate_sentence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estimate")),
    )
    with op.batch_alter_table("estimate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_estimate_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_estimate_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_estimate_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_estimate_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "explanation",
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("by_office", sa.Boolean(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_explanation_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_explanation_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_explanation_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_explanation_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_explanation_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
    )
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_explanation_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_explanation_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_explanation_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_explanation_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "floor_person",
        sa.Column(
            "part",
            sa.Enum(
                "maker",
                "seconder",
                "contact",
                "sponsor",
                name="floorpart",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("name", sa.String(length=64), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "delegation_id IS NOT NULL OR name IS NOT NULL", name=op.f("ck_floor_person_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_floor_person_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_floor_person_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_floor_person_item_id")),
        sa.ForeignKeyConstraint(["name"], ["text.digest"], name=op.f("fk_floor_person_name")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_floor_person_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_floor_person_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_person")),
    )
    with op.batch_alter_table("floor_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_floor_person_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_floor_person_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_floor_person_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_floor_person_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_floor_person_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

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

    op.create_table(
        "outcome",
        sa.Column(
            "author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "level",
            sa.Enum(
                "output_only",
                "tie_not_shown",
                "change_followed",
                "none_found",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("tie", sa.String(length=64), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_outcome_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_outcome_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_outcome_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_outcome_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["tie"], ["text.digest"], name=op.f("fk_outcome_tie")),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_outcome_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_outcome_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outcome_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "person_account",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_person_account_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_account_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_person_account_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_person_account_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_account")),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_account_person_id")),
    )
    with op.batch_alter_table("person_account", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_account_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_person_account_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_account_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_person_account_user_id"), ["user_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_recommendation_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_recommendation_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_recommendation_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_recommendation_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_recommendation_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_recommendation_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recommendation_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "role_held",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "governance",
                "manager",
                "staff",
                "confirmer",
                "auditor",
                "reader",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(role IN ('manager', 'staff')) = (unit_id IS NOT NULL)",
            name=op.f("ck_role_held_unit_of_role"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_role_held_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_held_person_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_role_held_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_role_held_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_held_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
    )
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_role_held_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_role_held_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_held_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_role_held_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "source_cell",
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column(
            "source_row", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_source_cell_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_source_cell_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_source_cell_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_source_cell_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_source_cell_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_cell")),
    )
    with op.batch_alter_table("source_cell", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_source_cell_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_source_cell_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_source_cell_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_source_cell_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "version",
        sa.Column(
            "stage",
            sa.Enum(
                "as_submitted",
                "as_modified",
                "amendment",
                "as_adopted",
                "as_published",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=64), nullable=True),
        sa.Column("words", sa.String(length=64), nullable=True),
        sa.Column("rationale", sa.String(length=64), nullable=True),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_version_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_version_item_id")),
        sa.ForeignKeyConstraint(["rationale"], ["text.digest"], name=op.f("fk_version_rationale")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_version_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_version_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["title"], ["text.digest"], name=op.f("fk_version_title")),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_version_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
    )
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_version_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_version_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_version_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_version_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "assignment",
        sa.Column(
            "part",
            sa.Enum(
                "lead",
                "contributor",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_assignment_clause_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_assignment_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_assignment_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_assignment_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_assignment_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_assignment_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assignment_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignment_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "claim",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "claimed",
            sa.Enum(
                "started",
                "progress",
                "blocked",
                "done",
                "will_not_be_done",
                name="claimed",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column(
            "money",
            sa.Enum(
                "amount",
                "nothing_beyond_the_budget",
                "not_known_yet",
                name="moneysaid",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_claim_clause_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_claim_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_claim_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_claim_item_id")),
        sa.ForeignKeyConstraint(["reason"], ["text.digest"], name=op.f("fk_claim_reason")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_claim_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_claim_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("entry_id", "clause_id", name=op.f("uq_claim_entry_id_clause_id")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claim_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_claim_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_claim_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "due_date",
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by_whom", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_due_date_clause_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_due_date_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_due_date_item_id")),
        sa.ForeignKeyConstraint(["reason"], ["text.digest"], name=op.f("fk_due_date_reason")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_due_date_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_due_date_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date")),
    )
    with op.batch_alter_table("due_date", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_due_date_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_due_date_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_date_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_due_date_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column(
            "kind",
            sa.Enum(
                "link",
                "file",
                "row",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("url", sa.String(length=64), nullable=True),
        sa.Column("words", sa.String(length=64), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("media_type", sa.String(length=80), nullable=True),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(kind = 'link') = (url IS NOT NULL) AND (kind = 'file') = (sha256 IS NOT NULL) AND "
            "(kind = 'row') = (words IS NOT NULL)",
            name=op.f("ck_evidence_content_of_kind"),
        ),
        sa.CheckConstraint(
            "(entry_id IS NULL) <> (outcome_id IS NULL)", name=op.f("ck_evidence_one_subject")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_evidence_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_evidence_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_evidence_item_id")),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_evidence_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_evidence_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_evidence_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["title"], ["text.digest"], name=op.f("fk_evidence_title")),
        sa.ForeignKeyConstraint(["url"], ["text.digest"], name=op.f("fk_evidence_url")),
        sa.ForeignKeyConstraint(["words"], ["text.digest"], name=op.f("fk_evidence_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_evidence_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_outcome_id"), ["outcome_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_evidence_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"], unique=False)

    op.create_table(
        "expense",
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("amount", extensions.Money(), nullable=False),
        sa.Column("payee", sa.String(length=64), nullable=True),
        sa.Column("note", sa.String(length=64), nullable=True),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_expense_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_expense_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_expense_item_id")),
        sa.ForeignKeyConstraint(["note"], ["text.digest"], name=op.f("fk_expense_note")),
        sa.ForeignKeyConstraint(["payee"], ["text.digest"], name=op.f("fk_expense_payee")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_expense_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_expense_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense")),
    )
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_expense_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_expense_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expense_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_expense_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "floor_action",
        sa.Column(
            "action",
            sa.Enum(
                "adopted",
                "adopted_as_amended",
                "adopted_as_modified",
                "substitute_adopted",
                "referred",
                "remitted",
                "consolidated",
                "defeated",
                "withdrawn",
                "deemed_to_have_failed",
                "objection_sustained",
                "postponed_indefinitely",
                "ruled_out_of_order",
                "not_reached",
                "rescinded",
                "awaiting_debate",
                "postponed_to_a_time",
                "laid_on_the_table",
                "reconsidered",
                "unknown",
                name="floor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "decision",
                "report",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decides_by", sa.Date(), nullable=True),
        sa.Column("votes_for", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "votes_against", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("abstained", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_voice", sa.Boolean(), nullable=False),
        sa.Column("session", sa.String(length=120), nullable=True),
        sa.Column("referred_to", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=64), nullable=True),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_floor_action_clause_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_floor_action_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_floor_action_item_id")),
        sa.ForeignKeyConstraint(["note"], ["text.digest"], name=op.f("fk_floor_action_note")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_floor_action_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_floor_action_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_floor_action_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_action")),
    )
    with op.batch_alter_table("floor_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_floor_action_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_floor_action_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_floor_action_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_floor_action_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "link",
        sa.Column(
            "target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_link_clause_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_link_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_link_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_link_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_link_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["target_id"], ["item.id"], name=op.f("fk_link_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_link_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_link_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_link_target_id"), ["target_id"], unique=False)

    op.create_table(
        "referral_decision",
        sa.Column(
            "decision",
            sa.Enum(
                "accepted",
                "accepted_in_part",
                "declined",
                "reported_back",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_referral_decision_clause_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_referral_decision_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_referral_decision_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason"], ["text.digest"], name=op.f("fk_referral_decision_reason")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_referral_decision_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_referral_decision_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_referral_decision_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_decision")),
    )
    with op.batch_alter_table("referral_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referral_decision_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_referral_decision_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_referral_decision_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_referral_decision_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "release",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(entry_id IS NULL) <> (outcome_id IS NULL)", name=op.f("ck_release_one_subject")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_release_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_release_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_release_item_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_release_outcome_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_release_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_release_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_release_entry_id")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_release_outcome_id")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_release_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_release_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_release_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "sent_back",
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_sent_back_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_sent_back_entry_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_sent_back_item_id")),
        sa.ForeignKeyConstraint(["reason"], ["text.digest"], name=op.f("fk_sent_back_reason")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_sent_back_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_sent_back_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_back")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_sent_back_entry_id")),
    )
    with op.batch_alter_table("sent_back", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sent_back_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_sent_back_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sent_back_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sent_back_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "upload",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", extensions.Instant(), nullable=False),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_upload_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_upload_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_sha256"), ["sha256"], unique=False)

    op.create_table(
        "opened_evidence",
        sa.Column(
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("public_sha256", sa.String(length=64), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_opened_evidence_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_opened_evidence_evidence_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_opened_evidence_item_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_opened_evidence_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_opened_evidence_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_evidence")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_opened_evidence_evidence_id")),
    )
    with op.batch_alter_table("opened_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opened_evidence_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_opened_evidence_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_opened_evidence_public_sha256"), ["public_sha256"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opened_evidence_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opened_evidence_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "review",
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "result",
            sa.Enum(
                "confirmed",
                "returned",
                "reopened",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "by",
            sa.Enum(
                "confirmer",
                "meeting",
                "from_outside",
                name="by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("meeting", sa.String(length=200), nullable=True),
        sa.Column("minutes", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(claim_id IS NULL) <> (outcome_id IS NULL)", name=op.f("ck_review_one_subject")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_review_claim_id")),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_review_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_review_item_id")),
        sa.ForeignKeyConstraint(["minutes"], ["text.digest"], name=op.f("fk_review_minutes")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_review_outcome_id")),
        sa.ForeignKeyConstraint(["reason"], ["text.digest"], name=op.f("fk_review_reason")),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_review_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_review_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_review_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_recorded_by"), ["recorded_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_review_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )

    op.create_table(
        "withholding",
        sa.Column(
            "kind",
            sa.Enum(
                "personal_data",
                "legal",
                "not_ours_to_publish",
                "mistake",
                name="withheldfor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "retracted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN outcome_id IS NULL THEN "
            "0 ELSE 1 END) + (CASE WHEN evidence_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_withholding_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["event.id"],
            name=op.f("fk_withholding_ended_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_withholding_entry_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_withholding_evidence_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_withholding_item_id")),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_withholding_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["event.id"],
            name=op.f("fk_withholding_recorded_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by"],
            ["event.id"],
            name=op.f("fk_withholding_retracted_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withholding")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_withholding_entry_id")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_withholding_evidence_id")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_withholding_outcome_id")),
    )
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_withholding_ended_by"),
            ["ended_by"],
            unique=False,
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_withholding_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_withholding_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_withholding_retracted_by"),
            ["retracted_by"],
            unique=False,
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_withholding_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_withholding_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_withholding_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_withholding_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("withholding")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_review_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_review_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_review_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_review_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("review")
    with op.batch_alter_table("opened_evidence", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_opened_evidence_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_opened_evidence_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_opened_evidence_public_sha256"))
        batch_op.drop_index(batch_op.f("ix_opened_evidence_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_opened_evidence_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("opened_evidence")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_sha256"))
        batch_op.drop_index(batch_op.f("ix_upload_person_id"))
        batch_op.drop_index(batch_op.f("ix_upload_draft_id"))

    op.drop_table("upload")
    with op.batch_alter_table("sent_back", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_sent_back_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_sent_back_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_sent_back_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_sent_back_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("sent_back")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_release_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_release_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_release_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_release_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("release")
    with op.batch_alter_table("referral_decision", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_referral_decision_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_referral_decision_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_referral_decision_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_referral_decision_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("referral_decision")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_target_id"))
        batch_op.drop_index(
            batch_op.f("ix_link_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_link_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_link_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_link_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("link")
    with op.batch_alter_table("floor_action", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_floor_action_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_floor_action_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_floor_action_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_floor_action_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("floor_action")
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_expense_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_expense_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_expense_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_expense_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("expense")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))
        batch_op.drop_index(
            batch_op.f("ix_evidence_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_evidence_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_evidence_outcome_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_item_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_entry_id"))
        batch_op.drop_index(
            batch_op.f("ix_evidence_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("evidence")
    with op.batch_alter_table("due_date", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_due_date_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_due_date_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_due_date_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_due_date_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("due_date")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_claim_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_claim_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_claim_item_id"))
        batch_op.drop_index(batch_op.f("ix_claim_entry_id"))
        batch_op.drop_index(
            batch_op.f("ix_claim_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_claim_clause_id"))

    op.drop_table("claim")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_assignment_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assignment_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_assignment_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_assignment_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("assignment")
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_version_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_version_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_version_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_version_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("version")
    with op.batch_alter_table("source_cell", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_source_cell_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_source_cell_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_source_cell_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_source_cell_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("source_cell")
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_role_held_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_held_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_role_held_person_id"))
        batch_op.drop_index(
            batch_op.f("ix_role_held_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("role_held")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_recommendation_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_recommendation_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_recommendation_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_recommendation_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("recommendation")
    with op.batch_alter_table("person_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_account_user_id"))
        batch_op.drop_index(
            batch_op.f("ix_person_account_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_person_account_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_person_account_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("person_account")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_outcome_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_outcome_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_outcome_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("outcome")
    with op.batch_alter_table("now", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_now_holds_until"))

    op.drop_table("now")
    with op.batch_alter_table("floor_person", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_floor_person_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_floor_person_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_floor_person_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_floor_person_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_floor_person_delegation_id"))

    op.drop_table("floor_person")
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_explanation_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_explanation_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_explanation_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_explanation_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("explanation")
    with op.batch_alter_table("estimate", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_estimate_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_estimate_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_estimate_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_estimate_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("estimate")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_entry_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_entry_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_entry_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_entry_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("entry")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_item_id"))

    op.drop_table("draft")
    with op.batch_alter_table("designation", schema=None) as batch_op:
        batch_op.drop_index("uq_designation_address")
        batch_op.drop_index(
            batch_op.f("ix_designation_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_designation_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_designation_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_designation_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("designation")
    with op.batch_alter_table("clause", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_clause_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clause_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_clause_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_clause_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("clause")
    with op.batch_alter_table("appropriation", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_appropriation_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_appropriation_recorded_by"))
        batch_op.drop_index(batch_op.f("ix_appropriation_item_id"))
        batch_op.drop_index(
            batch_op.f("ix_appropriation_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("appropriation")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_person_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_person_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_person_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_person_body_id"))

    op.drop_table("person")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_item_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_item_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_item_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_item_convention_id"))
        batch_op.drop_index(batch_op.f("ix_item_body_id"))

    op.drop_table("item")
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_fund_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_fund_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_fund_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_fund_convention_id"))

    op.drop_table("fund")
    with op.batch_alter_table("follow_through", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_follow_through_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_follow_through_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_follow_through_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_follow_through_convention_id"))

    op.drop_table("follow_through")
    with op.batch_alter_table("convention_name", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_convention_name_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_convention_name_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_convention_name_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_convention_name_convention_id"))

    op.drop_table("convention_name")
    with op.batch_alter_table("convention_dates", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_convention_dates_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_convention_dates_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_convention_dates_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_convention_dates_convention_id"))

    op.drop_table("convention_dates")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_unit_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_unit_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_unit_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_unit_body_id"))

    op.drop_table("unit")
    with op.batch_alter_table("list_import", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_list_import_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_list_import_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_list_import_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_list_import_body_id"))

    op.drop_table("list_import")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state"))
        batch_op.drop_index(batch_op.f("ix_job_body_id"))

    op.drop_table("job")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_delegation_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delegation_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_delegation_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delegation_body_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("convention", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_convention_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_convention_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_convention_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_convention_body_id"))

    op.drop_table("convention")
    with op.batch_alter_table("body_setting", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_body_setting_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_body_setting_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_body_setting_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_body_setting_body_id"))

    op.drop_table("body_setting")
    with op.batch_alter_table("added_kind", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_added_kind_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_added_kind_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_added_kind_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_added_kind_body_id"))

    op.drop_table("added_kind")
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_link_user_id"))

    op.drop_table("one_time_link")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_erasure_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_erasure_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_erasure_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("erasure")
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_body_retracted_by"),
            sqlite_where=sa.text("retracted_by IS NOT NULL"),
            postgresql_where=sa.text("retracted_by IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_body_recorded_by"))
        batch_op.drop_index(
            batch_op.f("ix_body_ended_by"),
            sqlite_where=sa.text("ended_by IS NOT NULL"),
            postgresql_where=sa.text("ended_by IS NOT NULL"),
        )

    op.drop_table("body")
    op.drop_table("user_account")
    op.drop_table("text")
    op.drop_table("head")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_subject_id"))

    op.drop_table("event")
