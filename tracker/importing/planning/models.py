"""The plan of an import as frozen objects: rows, what changes, what is kept, what is created.

Making the plan is the work of `preview`, writing it that of `writing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto

from tracker.acts.import_models import ItemChanges
from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.tables.columns import Column
from tracker.rules import item_code
from tracker.rules.codes import Kind
from tracker.rules.item_facts import KINDS

from .own_words import OwnWordUsed

ItemKey = tuple[str, str, str]  # convention, kind, normalised number

TITLE_WORDS = 12  # words of the text that stand for a title that is missing


def code_of(kind: str, number: str) -> str:
    """The code of an item, as in "nbi-2"; of a kind that the body added, with the kind's name."""
    if kind in KINDS:
        return item_code.code_of(Kind(kind), number)
    return f"{kind}-{number}"


class RowOutcome(StrEnum):
    NEW = auto()
    CHANGED = auto()
    SAME = auto()
    REJECTED = auto()
    LEFT_OUT = auto()  # by who looked at it


@dataclass(frozen=True)
class FieldChange:
    """A field whose value the file changes; `before` is None where nothing is on record.

    Values are as a reader sees them: words, dates, amounts, tuples of them. `adds`: a further
    entry or claim, beside those that are on record.
    """

    field: str
    before: object
    after: object
    adds: bool = False


@dataclass(frozen=True, kw_only=True)
class KeptByHand:
    """A field that somebody changed by hand since; the file's value is not taken.

    `at` and `by` say when that was recorded, and who did (None: the command line, or several).
    """

    field: str
    yours: object
    in_file: object
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RowPlan:
    """One row of the list, the item that it speaks of, and what it writes of the item.

    `convention`, `item_number` and `code` are where the item is, or would be. `changes` and `kept`
    say field by field what `writes` does to an item on record.
    """

    row: ImportedRow
    outcome: RowOutcome
    convention: str | None
    item_number: str  # normalised; "unnumbered-1" without one
    code: str = ""
    item_id: int | None = None  # None: not on record
    writes: ItemChanges = field(default_factory=ItemChanges)
    # a cell of an export that the office changed is its own word, and no list's
    by_hand: bool = False
    # the item into which it was merged, where that can be linked
    merges_into: ItemKey | None = None
    changes: tuple[FieldChange, ...] = ()
    kept: tuple[KeptByHand, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def number(self) -> int:
        """The row's, in its sheet or file."""
        return self.row.row_number

    @property
    def sheet(self) -> str:
        return self.row.sheet

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def title(self) -> str:
        return self.row.title or " ".join((self.row.text or "").split()[:TITLE_WORDS])

    @property
    def key(self) -> ItemKey:
        """Of the item; for a row whose convention is not known, one that no item has."""
        return (self.convention or "", self.kind, self.item_number)


@dataclass(frozen=True, kw_only=True)
class Creations:
    """What the import brings along: a new body's slug, slugs of conventions, and names."""

    body: str | None = None
    conventions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()
    people: tuple[tuple[str, str | None], ...] = ()  # a name, and the unit


@dataclass(frozen=True, kw_only=True)
class ConventionPlan:
    """One convention of the file, as it would be.

    `opens_from` is the day from which its follow-through is opened; `term_ended`: that was asked
    for when the term of its items had ended.
    """

    slug: str
    year: int | None
    is_new: bool
    id: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    new_dates: bool = False
    special: bool = False
    published_items: int | None = None
    opens_from: date | None = None
    term_ended: bool = False
    name: str | None = None  # of a new one, as the list names it


@dataclass(frozen=True, kw_only=True)
class BodyPlan:
    """The body and the conventions of the file, as they would be."""

    slug: str
    is_new: bool
    body_id: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)  # those to record
    conventions: tuple[ConventionPlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an import would do. `problems` are those of the file, its sheets and its rows."""

    file_name: str
    sha256: str
    columns: tuple[Column, ...]
    rows: tuple[RowPlan, ...]
    body: BodyPlan
    problems: tuple[Problem, ...]
    creates: Creations
    unclear_statuses: tuple[str, ...] = ()
    own_words: tuple[OwnWordUsed, ...] = ()  # of the body, where the list has them
    order_missing: bool = False
    on_record: Mapping[ItemKey, int] = field(default_factory=dict)  # items that are there already
    # convention and code of items that earlier lists brought, and this one has not
    missing: tuple[str, ...] = ()

    def count(self, outcome: RowOutcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def read(self) -> int:
        return len(self.rows)

    @property
    def warnings(self) -> int:
        return sum(problem.severity is Severity.WARNING for problem in self.problems)

    @property
    def assignments(self) -> int:
        return sum(row.writes.lead is not None for row in self.rows)

    @property
    def entries(self) -> int:
        return sum(len(row.writes.entries) for row in self.rows)

    @property
    def claims(self) -> int:
        return sum(entry.claimed is not None for row in self.rows for entry in row.writes.entries)

    @property
    def expenses(self) -> int:
        return sum(entry.expense is not None for row in self.rows for entry in row.writes.entries)
