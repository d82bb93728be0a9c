"""editions of conventions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_fact(
        "edition",
        sa.Column("convention_id", _key(), nullable=False),
        sa.Column("number", _key(), nullable=False),
        sa.Column("up_to", _key(), nullable=False),
        _reference("edition", "convention_id", "convention.id"),
        _reference("edition", "up_to", "event.id"),
        index="convention_id",
    )
    _create_fact(
        "edition_sign_off",
        sa.Column("edition_id", _key(), nullable=False),
        sa.Column("note", sa.String(64), nullable=True),
        sa.Column("copy_sha256", sa.String(64), nullable=True),
        _reference("edition_sign_off", "edition_id", "edition.id"),
        _reference("edition_sign_off", "note", "text.digest"),
        _once_an_edition("edition_sign_off"),
    )
    _create_fact(
        "edition_schedule",
        sa.Column("edition_id", _key(), nullable=False),
        sa.Column("at", extensions.Instant(), nullable=False),
        sa.Column("line", sa.String(64), nullable=True),
        _reference("edition_schedule", "edition_id", "edition.id"),
        _reference("edition_schedule", "line", "text.digest"),
        index="edition_id",
    )
    _create_fact(
        "edition_publication",
        sa.Column("edition_id", _key(), nullable=False),
        sa.Column("line", sa.String(64), nullable=True),
        sa.Column("schedule_id", _key(), nullable=True),
        _reference("edition_publication", "edition_id", "edition.id"),
        _reference("edition_publication", "line", "text.digest"),
        _reference("edition_publication", "schedule_id", "edition_schedule.id"),
        _once_an_edition("edition_publication"),
    )


def downgrade() -> None:
    for table in ("edition_publication", "edition_schedule", "edition_sign_off", "edition"):
        op.drop_table(table)


def _create_fact(
    table: str,
    *parts: sa.Column[object] | sa.ForeignKeyConstraint | sa.UniqueConstraint,
    index: str | None = None,
) -> None:
    events = [
        sa.ForeignKeyConstraint(
            [column],
            ["event.id"],
            name=op.f(f"fk_{table}_{column}"),
            initially="DEFERRED",
            deferrable=True,
        )
        for column in ("ended_by", "recorded_by", "retracted_by")
    ]
    op.create_table(
        table,
        *parts,
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        *events,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("recorded_by", index):
        if column:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for column in ("ended_by", "retracted_by"):
        over = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_{table}_{column}"),
            table,
            [column],
            sqlite_where=over,
            postgresql_where=over,
        )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _once_an_edition(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("edition_id", name=op.f(f"uq_{table}_edition_id"))


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
