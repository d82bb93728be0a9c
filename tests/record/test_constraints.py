"""Each constraint of the record's tables, broken once.

A row that is there, with one thing made wrong, or a copy of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.everything import record_everything
from tracker.record import canonical_form, ledger_tables
from tracker.record.summary import ItemSummary

from .by_force import disarm
from .player import Player

TABLES = [
    *ledger_tables.fact_tables(),
    *(
        kind.__table__
        for kind in (ledger_tables.Event, ledger_tables.Head, ledger_tables.Text, ItemSummary)
    ),
]
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)

# Each CHECK that is more than a list of codes, and what a row has to say to break it.
CHECKS: dict[str, list[dict[str, object]]] = {
    "ck_convention_dates_opens_first": [
        {"opens_on": date(2017, 7, 6), "closes_on": date(2017, 7, 5)}
    ],
    "ck_estimate_none_is_zero": [
        {"basis": "none", "amount": 100},
        {"basis": "none", "amount": None},
    ],
    "ck_floor_person_somebody": [{"delegation_id": None, "name": None}],
    "ck_role_held_unit_of_role": [
        {"role": "manager", "unit_id": None},
        {"role": "auditor", "unit_id": 1},
    ],
    "ck_evidence_content_of_kind": [
        {"kind": "link", "url": None},
        {"kind": "link", "url": "x", "sha256": "y"},
        {"kind": "file", "url": None, "sha256": None},
        {"kind": "row", "url": None, "sha256": None, "words": None},
    ],
    "ck_evidence_one_subject": [
        {"entry_id": None, "outcome_id": None},
        {"entry_id": 1, "outcome_id": 1},
    ],
    "ck_release_one_subject": [
        {"entry_id": None, "outcome_id": None},
        {"entry_id": 1, "outcome_id": 1},
    ],
    "ck_review_one_subject": [
        {"claim_id": None, "outcome_id": None},
        {"claim_id": 1, "outcome_id": 1},
    ],
    "ck_meeting_has_minutes": [{"words": None, "url": None, "sha256": None, "file_name": None}],
    "ck_meeting_link_or_file": [{"url": "x", "sha256": "y", "file_name": "z"}],
    "ck_meeting_file_has_name": [{"words": "x", "url": None, "sha256": "y", "file_name": None}],
    "ck_outside_request_subject_one_subject": [
        {"claim_id": None, "outcome_id": None},
        {"claim_id": 1, "outcome_id": 1},
    ],
    "ck_issued_report_erratum_has_words": [{"corrects_id": 1, "correction": None}],
    "ck_issued_report_one_purpose": [{"corrects_id": 1, "replaces_id": 1}],
    "ck_withholding_one_subject": [
        {"entry_id": None, "outcome_id": None, "evidence_id": None},
        {"entry_id": 1, "outcome_id": 1, "evidence_id": None},
        {"entry_id": None, "outcome_id": 1, "evidence_id": 1},
        {"outcome_id": None, "evidence_id": 1, "floor_person_id": 1},
    ],
}


@pytest.fixture(scope="module")
def filled(engine: sa.Engine) -> sa.Engine:
    """Rows in each table, and no guards: they would refuse each change before a constraint is
    asked.
    """
    with Session(engine, expire_on_commit=False) as session:
        record_everything(Player.begin(session))
        session.commit()
        disarm(session.connection(), keys_too=False)
        session.commit()
    return engine


def refusal(
    engine: sa.Engine, statement: sa.Executable, values: dict[str, object] | None = None
) -> str:
    """What the database says to it: the constraint's name, or SQLite's words where it gives none.

    Nothing is kept.
    """
    with engine.connect() as connection:
        with pytest.raises(sa.exc.IntegrityError) as refused:
            assert connection.execute(statement, values).rowcount
            connection.commit()  # a deferred key is looked at here
        error: Any = refused.value.orig
    return (
        str(error) if engine.dialect.name == "sqlite" else error.diag.constraint_name or str(error)
    )


def changing(engine: sa.Engine, table: sa.Table, changes: dict[str, object]) -> str:
    """Changes one row, if possible one where the first of the columns is filled."""
    key, first = next(iter(table.primary_key.columns)), table.c[next(iter(changes))]
    with engine.connect() as connection:
        chosen = connection.execute(
            sa.select(key).order_by(first.is_(None), key).limit(1)
        ).scalar_one()
    # untyped: codes that are none pass
    raw = sa.table(table.name, *(sa.column(name) for name in canonical_form.column_names(table)))
    return refusal(engine, sa.update(raw).where(sa.column(key.name) == chosen).values(changes))


def copying(
    engine: sa.Engine, table: sa.Table, where: sa.ColumnElement[bool], changes: dict[str, object]
) -> str:
    with engine.connect() as connection:
        row = connection.execute(sa.select(table).where(where).limit(1)).mappings().one()
    return refusal(engine, sa.insert(table), {**row, **changes})


@each_table
def test_codes(filled: sa.Engine, table: sa.Table) -> None:
    """A code is one of the words of docs/glossary.md."""
    also = {
        "evidence": {"url": None, "sha256": None, "words": None},
        "role_held": {"unit_id": None},
    }.get(table.name, {})
    for column in table.columns:
        if isinstance(column.type, sa.Enum):
            assert f"ck_{table.name}_{column.type.name}" in changing(
                filled, table, {column.name: "no_such_code", **also}
            ), column


@each_table
def test_a_foreign_key_that_leads_nowhere_is_refused(filled: sa.Engine, table: sa.Table) -> None:
    """Whatever is pointed at is there."""
    for key in table.foreign_keys:
        nowhere = "f" * 64 if isinstance(key.parent.type, sa.String) else 10**15
        assert changing(filled, table, {key.parent.name: nowhere}) in (
            f"fk_{table.name}_{key.parent.name}",
            "FOREIGN KEY constraint failed",
        ), key


@each_table
def test_a_second_row_of_a_unique_key_is_refused(filled: sa.Engine, table: sa.Table) -> None:
    """A copy of a row, under another id, is refused."""
    uniques = [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint)
    ]
    for columns in uniques:
        others = {
            name: "another"
            for unique in uniques
            for name in unique
            if name not in columns and isinstance(table.c[name].type, sa.String)
        }
        others |= {
            name: None
            for unique in uniques
            for name in unique
            if name not in columns and table.c[name].nullable
        }
        message = copying(
            filled,
            table,
            sa.and_(*(table.c[name].is_not(None) for name in columns)),
            {"id": 10**15} | others,
        )
        assert message in (
            f"uq_{table.name}_{'_'.join(columns)}",
            f"UNIQUE constraint failed: {', '.join(f'{table.name}.{name}' for name in columns)}",
        )


@each_table
def test_a_column_that_is_needed_is_not_left_empty(filled: sa.Engine, table: sa.Table) -> None:
    for column in table.columns:
        if not column.nullable and not column.primary_key:
            message = changing(filled, table, {column.name: None})
            assert "NOT NULL" in message or "null value" in message or message.startswith("ck_"), (
                column
            )


@each_table
def test_a_second_row_of_the_same_id_is_refused(filled: sa.Engine, table: sa.Table) -> None:
    key = ", ".join(f"{table.name}.{column.name}" for column in table.primary_key.columns)
    assert copying(filled, table, sa.true(), {}) in (
        f"pk_{table.name}",
        f"UNIQUE constraint failed: {key}",
    ), table


@pytest.mark.parametrize(
    ("check", "changes"),
    [(check, changes) for check, several in CHECKS.items() for changes in several],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_check_refuses_its_change(
    filled: sa.Engine, check: str, changes: dict[str, object]
) -> None:
    table = next(
        table
        for table in TABLES
        if any(constraint.name == check for constraint in table.constraints)
    )
    assert check in changing(filled, table, changes)


def test_each_check_is_broken_here() -> None:
    named = {
        str(constraint.name)
        for table in TABLES
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint) and not constraint._type_bound
    }
    assert named == set(CHECKS)
