"""The preview of an import as frozen objects: rows, what changes, what is kept, what is created. Making it is the work of `preview`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.tables.columns import Column

from .comparing import FieldChange, KeptByHand, Plan
from .conventions import Settled

Key = tuple[str, str, str]  # convention, kind, normalised number


class RowOutcome(StrEnum):
    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    REJECTED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewRow:
    """One row. `code` and `convention` are where its item is, or would be; `plan` is what would be written."""

    number: int
    sheet: str
    outcome: RowOutcome
    convention: str | None
    kind: str
    item_number: str  # normalised; "unnumbered-1" without one
    code: str
    title: str
    row: ImportedRow
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[KeptByHand, ...] = ()
    problems: tuple[Problem, ...] = ()
    plan: Plan = field(default_factory=Plan)
    item_id: int | None = None
    target: tuple[str, str, str] | None = (
        None  # convention, kind and number of the item into which it was merged, if that can be linked
    )


@dataclass(frozen=True, kw_only=True)
class Creates:
    """What the import brings along."""

    body: str | None = None
    conventions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()
    people: tuple[tuple[str, str | None], ...] = ()  # a name, and the unit


@dataclass(frozen=True, kw_only=True)
class Preview:
    file_name: str
    sha256: str
    body: str
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]
    settled: Settled  # the body and the conventions as they would be
    problems: tuple[Problem, ...]  # of the file, its sheets, its rows
    creates: Creates
    unclear_statuses: tuple[str, ...] = ()
    order_missing: bool = False
    on_record: Mapping[Key, int] = field(default_factory=dict)  # items that are there already
    missing: tuple[
        str, ...
    ] = ()  # convention and code of items that earlier lists brought, and this one has not

    def count(self, outcome: RowOutcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def read(self) -> int:
        return len(self.rows)

    @property
    def warnings(self) -> int:
        return sum(each.severity is Severity.WARNING for each in self.problems)

    @property
    def assignments(self) -> int:
        return sum(row.plan.lead is not None for row in self.rows)

    @property
    def entries(self) -> int:
        return sum(len(row.plan.reports) for row in self.rows)

    @property
    def claims(self) -> int:
        return sum(report.claimed is not None for row in self.rows for report in row.plan.reports)

    @property
    def expenses(self) -> int:
        return sum(row.plan.spent is not None for row in self.rows)
