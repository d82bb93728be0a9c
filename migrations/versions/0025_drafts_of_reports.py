"""drafts of reports; jobs are cancelled, and one request is one job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

JOB, DRAFT = "job", "report_draft"
BEFORE = ("queued", "running", "done", "failed")
OPEN = sa.text("state IN ('queued', 'running')")


def upgrade() -> None:
    _set_states(*BEFORE, "cancelled")
    with op.batch_alter_table(JOB, schema=None) as batch_op:
        batch_op.add_column(sa.Column("request_key", sa.String(64), nullable=True))
    op.create_index(
        op.f("uq_job_open_request"),
        JOB,
        ["body_id", "kind", "request_key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        DRAFT,
        sa.Column("job_id", _key(), autoincrement=False, nullable=False),
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("convention_id", _key(), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("up_to", _key(), nullable=False),
        sa.Column("head_hash", sa.String(64), nullable=False),
        sa.Column("newest_event", _key(), nullable=False),
        sa.Column("data_sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("pages", _key(), nullable=False),
        sa.Column("made_at", extensions.Instant(), nullable=False),
        sa.Column("made_by", _key(), nullable=False),
        sa.Column("kept_until", extensions.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f(f"fk_{DRAFT}_job_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f(f"fk_{DRAFT}_body_id")),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f(f"fk_{DRAFT}_convention_id")
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f(f"pk_{DRAFT}")),
    )
    for column in ("body_id", "request_key"):
        op.create_index(op.f(f"ix_{DRAFT}_{column}"), DRAFT, [column])


def downgrade() -> None:
    op.drop_table(DRAFT)
    op.drop_index(op.f("uq_job_open_request"), JOB)
    with op.batch_alter_table(JOB, schema=None) as batch_op:
        batch_op.drop_column("request_key")
    op.execute("UPDATE job SET state = 'failed' WHERE state = 'cancelled'")
    _set_states(*BEFORE)


def _set_states(*codes: str) -> None:
    allowed = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table(JOB, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_job_state"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_job_state"), f"state IN ({allowed})")


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
