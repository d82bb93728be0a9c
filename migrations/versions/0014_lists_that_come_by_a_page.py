"""lists that come by a page, looked at before they are written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("list_import", sa.Column("new_rows", _key(), nullable=True))
    op.add_column("list_import", sa.Column("changed_rows", _key(), nullable=True))
    op.create_table(
        "import_preview",
        sa.Column("id", _key(), nullable=False),
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("person_id", _key(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", extensions.Instant(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("version", _key(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "ready",
                "unreadable",
                "writing",
                "imported",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("job_id", _key(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("rejected", sa.Text(), nullable=True),
        sa.Column("differs", sa.Text(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_import_preview_body_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_import_preview_job_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_import_preview_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_preview")),
    )
    with op.batch_alter_table("import_preview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_preview_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_preview_sha256"), ["sha256"], unique=False)
    op.create_table(
        "import_preview_row",
        sa.Column("id", _key(), nullable=False),
        sa.Column("preview_id", _key(), nullable=False),
        sa.Column("place", _key(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preview_id"],
            ["import_preview.id"],
            name=op.f("fk_import_preview_row_preview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_preview_row")),
        sa.UniqueConstraint(
            "preview_id", "place", name=op.f("uq_import_preview_row_preview_id_place")
        ),
    )
    op.create_table(
        "kept_mapping",
        sa.Column("id", _key(), nullable=False),
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("kept_at", extensions.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_kept_mapping_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_mapping")),
        sa.UniqueConstraint("body_id", "shape", name=op.f("uq_kept_mapping_body_id_shape")),
    )


def downgrade() -> None:
    op.drop_table("kept_mapping")
    op.drop_table("import_preview_row")
    with op.batch_alter_table("import_preview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_preview_sha256"))
        batch_op.drop_index(batch_op.f("ix_import_preview_body_id"))
    op.drop_table("import_preview")
    with op.batch_alter_table("list_import", schema=None) as batch_op:
        batch_op.drop_column("changed_rows")
        batch_op.drop_column("new_rows")
