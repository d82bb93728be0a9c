"""meetings that decided, and what of a meeting is not recorded yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLE = "meeting"
DECIDED = ("review", "referral_decision")


def upgrade() -> None:
    texts = ("words", "url", "file_name")
    foreign_keys = [
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f(f"fk_{TABLE}_body_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{TABLE}_unit_id")),
        *(
            sa.ForeignKeyConstraint([column], ["text.digest"], name=op.f(f"fk_{TABLE}_{column}"))
            for column in texts
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["event.id"],
                name=op.f(f"fk_{TABLE}_{column}"),
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("ended_by", "recorded_by", "retracted_by")
        ),
    ]
    op.create_table(
        TABLE,
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("unit_id", _key(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        *(sa.Column(column, sa.String(64), nullable=True) for column in texts),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("public_sha256", sa.String(64), nullable=True),
        sa.Column("media_type", sa.String(80), nullable=True),
        sa.Column("size", _key(), nullable=True),
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        sa.CheckConstraint(
            "words IS NOT NULL OR url IS NOT NULL OR sha256 IS NOT NULL",
            name=op.f(f"ck_{TABLE}_has_minutes"),
        ),
        sa.CheckConstraint("url IS NULL OR sha256 IS NULL", name=op.f(f"ck_{TABLE}_link_or_file")),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (file_name IS NULL)", name=op.f(f"ck_{TABLE}_file_has_name")
        ),
        *foreign_keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("body_id", "recorded_by", "sha256"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    for column in ("ended_by", "retracted_by"):
        over = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_{TABLE}_{column}"),
            TABLE,
            [column],
            sqlite_where=over,
            postgresql_where=over,
        )
    for table in DECIDED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("meeting_id", _key(), nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_meeting_id"), TABLE, ["meeting_id"], ["id"]
            )
        op.create_index(op.f(f"ix_{table}_meeting_id"), table, ["meeting_id"])
    _create_drafts()


def _create_drafts() -> None:
    draft = "meeting_draft"
    op.create_table(
        draft,
        sa.Column("id", _key(), nullable=False),
        sa.Column("person_id", _key(), nullable=False),
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("saved_at", extensions.Instant(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("file_name", sa.String(200), nullable=True),
        sa.Column("media_type", sa.String(80), nullable=True),
        sa.Column("size", _key(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{draft}_person_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f(f"fk_{draft}_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{draft}")),
        sa.UniqueConstraint("person_id", "body_id", name=op.f(f"uq_{draft}_person_id_body_id")),
    )
    op.create_index(op.f(f"ix_{draft}_sha256"), draft, ["sha256"])


def downgrade() -> None:
    op.drop_table("meeting_draft")
    for table in DECIDED:
        op.drop_index(op.f(f"ix_{table}_meeting_id"), table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"fk_{table}_meeting_id"), type_="foreignkey")
            batch_op.drop_column("meeting_id")
    op.drop_table(TABLE)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
