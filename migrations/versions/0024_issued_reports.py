"""issued reports, their files, sign-offs of drafts, and withheld files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker import extensions

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

REPORT, FILE, SIGN_OFF, WITHHOLDING = (
    "issued_report",
    "issued_file",
    "report_sign_off",
    "report_withholding",
)
VARIANTS = ("short", "full", "large", "report", "html", "csv", "json")
KINDS = ("personal_data", "legal", "not_ours_to_publish", "mistake")


def upgrade() -> None:
    _create_report()
    _create_fact(
        FILE,
        sa.Column("report_id", _key(), nullable=False),
        sa.Column("variant", _codes("filevariant", *VARIANTS), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", _key(), nullable=False),
        sa.Column("data_sha256", sa.String(64), nullable=False),
        sa.Column("pages", _key(), nullable=True),
        sa.Column("signed_by", sa.String(300), nullable=True),
        sa.Column("signature_time", extensions.Instant(), nullable=True),
        _reference(FILE, "report_id", "issued_report.id"),
        _unique(FILE, "report_id", "variant"),
        indexed=("report_id", "sha256", "data_sha256"),
    )
    _create_fact(
        SIGN_OFF,
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("data_sha256", sa.String(64), nullable=False),
        sa.Column("note", sa.String(64), nullable=True),
        _reference(SIGN_OFF, "body_id", "body.id"),
        _reference(SIGN_OFF, "note", "text.digest"),
        _unique(SIGN_OFF, "body_id", "request_key", "data_sha256"),
        indexed=("body_id",),
    )
    _create_fact(
        WITHHOLDING,
        sa.Column("report_id", _key(), nullable=False),
        sa.Column("kind", _codes("withheldfor", *KINDS), nullable=True),
        _reference(WITHHOLDING, "report_id", "issued_report.id"),
        _unique(WITHHOLDING, "report_id"),
    )


def downgrade() -> None:
    for table in (WITHHOLDING, SIGN_OFF, FILE, REPORT):
        op.drop_table(table)


def _create_report() -> None:
    texts = ("title", "line", "correction")
    _create_fact(
        REPORT,
        sa.Column("body_id", _key(), nullable=False),
        sa.Column("convention_id", _key(), nullable=True),
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("running", _key(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("up_to", _key(), nullable=False),
        sa.Column("data_sha256", sa.String(64), nullable=True),
        sa.Column("variants", sa.String(80), nullable=False),
        sa.Column("on_convention_page", sa.Boolean(), nullable=False),
        sa.Column("line", sa.String(64), nullable=True),
        sa.Column("corrects_id", _key(), nullable=True),
        sa.Column("correction", sa.String(64), nullable=True),
        sa.Column("replaces_id", _key(), nullable=True),
        sa.Column("edition_id", _key(), nullable=True),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction IS NULL)",
            name=op.f(f"ck_{REPORT}_erratum_has_words"),
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR replaces_id IS NULL", name=op.f(f"ck_{REPORT}_one_purpose")
        ),
        _reference(REPORT, "body_id", "body.id"),
        _reference(REPORT, "convention_id", "convention.id"),
        _reference(REPORT, "up_to", "event.id"),
        _reference(REPORT, "corrects_id", "issued_report.id"),
        _reference(REPORT, "replaces_id", "issued_report.id"),
        _reference(REPORT, "edition_id", "edition.id"),
        *(_reference(REPORT, column, "text.digest") for column in texts),
        _unique(REPORT, "number"),
        _unique(REPORT, "replaces_id"),
        indexed=("body_id", "convention_id", "data_sha256", "corrects_id", "edition_id"),
    )


def _create_fact(
    table: str,
    *parts: sa.schema.SchemaItem,
    indexed: tuple[str, ...] = (),
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
    for column in ("recorded_by", *indexed):
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


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
