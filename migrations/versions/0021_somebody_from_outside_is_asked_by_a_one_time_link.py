"""somebody from outside is asked by a one-time link."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REQUEST = "outside_request"
SUBJECT = "outside_request_subject"
ANSWER = "outside_answer"
DECISIONS = ("confirmed", "returned", "cannot_say")


def upgrade() -> None:
    _create_fact(
        REQUEST,
        [
            sa.Column("body_id", _key(), nullable=False),
            *(_text(column, nullable=False) for column in ("name", "role", "organisation")),
            sa.Column("expires_on", sa.Date(), nullable=False),
        ],
        {
            "body_id": "body.id",
            "name": "text.digest",
            "role": "text.digest",
            "organisation": "text.digest",
        },
        indexed=["body_id"],
    )
    op.create_table(
        "outside_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("outside_request_id", _key(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=True),
        _foreign_key("outside_link", "outside_request_id", f"{REQUEST}.id"),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_outside_link")),
        sa.UniqueConstraint("outside_request_id", name=op.f("uq_outside_link_outside_request_id")),
    )
    _create_fact(
        SUBJECT,
        [
            sa.Column("outside_request_id", _key(), nullable=False),
            sa.Column("claim_id", _key(), nullable=True),
            sa.Column("outcome_id", _key(), nullable=True),
            sa.Column("item_id", _key(), nullable=False),
            sa.CheckConstraint(
                "(claim_id IS NULL) <> (outcome_id IS NULL)", name=op.f(f"ck_{SUBJECT}_one_subject")
            ),
        ],
        {
            "outside_request_id": f"{REQUEST}.id",
            "claim_id": "claim.id",
            "outcome_id": "outcome.id",
            "item_id": "item.id",
        },
        indexed=["outside_request_id", "item_id"],
    )
    _create_fact(
        ANSWER,
        [
            sa.Column("subject_id", _key(), nullable=False),
            sa.Column(
                "decision",
                sa.Enum(
                    *DECISIONS,
                    name="outsidedecision",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
            ),
            _text("note"),
            sa.Column("item_id", _key(), nullable=False),
            sa.UniqueConstraint("subject_id", name=op.f(f"uq_{ANSWER}_subject_id")),
        ],
        {"subject_id": f"{SUBJECT}.id", "note": "text.digest", "item_id": "item.id"},
        indexed=["item_id"],
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outside_request_id", _key(), nullable=True))
        batch_op.add_column(_text("outside_role"))
        batch_op.add_column(_text("outside_organisation"))
        batch_op.create_foreign_key(
            batch_op.f("fk_review_outside_request_id"), REQUEST, ["outside_request_id"], ["id"]
        )
        for column in ("outside_role", "outside_organisation"):
            name = batch_op.f(f"fk_review_{column}")
            batch_op.create_foreign_key(name, "text", [column], ["digest"])


def downgrade() -> None:
    columns = ("outside_organisation", "outside_role", "outside_request_id")
    with op.batch_alter_table("review", schema=None) as batch_op:
        for column in columns:
            batch_op.drop_constraint(batch_op.f(f"fk_review_{column}"), type_="foreignkey")
        for column in columns:
            batch_op.drop_column(column)
    for table in (ANSWER, SUBJECT, "outside_link", REQUEST):
        op.drop_table(table)


def _create_fact(
    table: str,
    columns: list[sa.schema.SchemaItem],
    foreign_keys: dict[str, str],
    indexed: list[str],
) -> None:
    op.create_table(
        table,
        *columns,
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        *(_foreign_key(table, column, target) for column, target in foreign_keys.items()),
        *(
            _foreign_key(table, column, "event.id", initially="DEFERRED", deferrable=True)
            for column in ("ended_by", "recorded_by", "retracted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in (*indexed, "recorded_by"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for column in ("ended_by", "retracted_by"):
        over = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_{table}_{column}"), table, [column], sqlite_where=over, postgresql_where=over
        )


def _foreign_key(
    table: str, column: str, target: str, deferrable: bool = False, initially: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [target],
        name=op.f(f"fk_{table}_{column}"),
        deferrable=deferrable or None,
        initially=initially,
    )


def _text(column: str, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(column, sa.String(length=64), nullable=nullable)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
