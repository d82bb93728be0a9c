"""what is withheld can be lifted, and so can the name of who moved an item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SUBJECTS = ("entry_id", "outcome_id", "evidence_id")
PLAIN, PARTIAL = ("withholding_id", "item_id", "recorded_by"), ("ended_by", "retracted_by")


def upgrade() -> None:
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("floor_person_id", _key(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.String(length=64), nullable=True))
        for subject in SUBJECTS:
            batch_op.drop_constraint(batch_op.f(f"uq_withholding_{subject}"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_withholding_one_subject"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_withholding_one_subject"), _one_of(*SUBJECTS, "floor_person_id")
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_withholding_floor_person_id"),
            "floor_person",
            ["floor_person_id"],
            ["id"],
        )
        batch_op.create_foreign_key(batch_op.f("fk_withholding_note"), "text", ["note"], ["digest"])
    for subject in (*SUBJECTS, "floor_person_id"):
        op.create_index(op.f(f"ix_withholding_{subject}"), "withholding", [subject])
    op.create_table(
        "lifting",
        sa.Column("withholding_id", _key(), nullable=False),
        sa.Column("note", sa.String(length=64), nullable=False),
        sa.Column("item_id", _key(), nullable=False),
        sa.Column("id", _key(), nullable=False),
        sa.Column("recorded_by", _key(), nullable=False),
        sa.Column("ended_by", _key(), nullable=True),
        sa.Column("retracted_by", _key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["withholding_id"], ["withholding.id"], name=op.f("fk_lifting_withholding_id")
        ),
        sa.ForeignKeyConstraint(["note"], ["text.digest"], name=op.f("fk_lifting_note")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_lifting_item_id")),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["event.id"],
                name=op.f(f"fk_lifting_{column}"),
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("ended_by", "recorded_by", "retracted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifting")),
    )
    for column in PLAIN:
        op.create_index(op.f(f"ix_lifting_{column}"), "lifting", [column])
    for column in PARTIAL:
        over = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            op.f(f"ix_lifting_{column}"),
            "lifting",
            [column],
            sqlite_where=over,
            postgresql_where=over,
        )


def downgrade() -> None:
    op.drop_table("lifting")
    for subject in (*SUBJECTS, "floor_person_id"):
        op.drop_index(op.f(f"ix_withholding_{subject}"), "withholding")
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_withholding_note"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_withholding_floor_person_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_withholding_one_subject"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_withholding_one_subject"), _one_of(*SUBJECTS)
        )
        for subject in SUBJECTS:
            batch_op.create_unique_constraint(batch_op.f(f"uq_withholding_{subject}"), [subject])
        batch_op.drop_column("note")
        batch_op.drop_column("floor_person_id")


def _one_of(*columns: str) -> str:
    filled = (f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return " + ".join(filled) + " = 1"


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
