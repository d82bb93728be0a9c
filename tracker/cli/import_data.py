"""A preview of an import as data for other programs: the contract of `import items --json`."""

from __future__ import annotations

from tracker.formatting.import_values import Json, json_value
from tracker.importing.planning.causes import Cause, causes
from tracker.importing.planning.models import (
    FieldChange,
    KeptByHand,
    Preview,
    RowOutcome,
    RowPlan,
)
from tracker.importing.problems import Problem
from tracker.importing.tables.columns import Column


def as_data(preview: Preview, mapping: str | None = None) -> dict[str, Json]:
    """Counts and problems, how columns were understood, what changes, and what is created.

    `mapping` is the name of the mapping file that was written.
    """
    return {
        "read": preview.read,
        "new": preview.count(RowOutcome.NEW),
        "changed": preview.count(RowOutcome.CHANGED),
        "same": preview.count(RowOutcome.SAME),
        "rejected": preview.count(RowOutcome.REJECTED),
        "warnings": preview.warnings,
        "problems": [_problem(problem) for problem in preview.problems],
        "causes": [_cause(cause) for cause in causes(preview.problems)],
        "missing": list(preview.missing),
        "columns": [_column(column) for column in preview.columns],
        "changes": [_change(row, change) for row in preview.rows for change in row.changes],
        "kept": [_kept(row, kept) for row in preview.rows for kept in row.kept],
        "creates": json_value(preview.creates),
        "follow_through": {
            "assignments": preview.assignments,
            "entries": preview.entries,
            "claims": preview.claims,
            "expenses": preview.expenses,
        },
        "mapping": mapping,
    }


def _problem(problem: Problem) -> Json:
    return {
        "row": problem.row,
        "column": problem.column,
        "severity": problem.severity.value,
        "message": problem.message,
    }


def _cause(cause: Cause) -> Json:
    return {
        "column": cause.column,
        "severity": cause.severity.value,
        "message": cause.message,
        "count": cause.count,
        "rows": list(cause.rows),
    }


def _column(column: Column) -> Json:
    return {
        "heading": column.heading,
        "field": column.field.value,
        "confidence": column.sure.name.lower(),
        "examples": list(column.examples),
        "note": column.note,
        "meanings": {value: list(codes) for value, codes in column.meanings},
    }


def _item(row: RowPlan) -> str:
    return f"{row.convention}/{row.code}"


def _change(row: RowPlan, change: FieldChange) -> Json:
    return {
        "row": row.number,
        "item": _item(row),
        "field": change.field,
        "before": json_value(change.before),
        "after": json_value(change.after),
        "adds": change.adds,
    }


def _kept(row: RowPlan, kept: KeptByHand) -> Json:
    return {
        "row": row.number,
        "item": _item(row),
        "field": kept.field,
        "yours": json_value(kept.yours),
        "in_file": json_value(kept.in_file),
    }
