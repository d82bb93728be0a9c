"""One row while it is compared with the record: what changes, what is kept, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Remedy, Severity
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.tables.columns import Column
from tracker.importing.values.texts import normalised
from tracker.rules.codes import ColumnVisibility

from .models import FieldChange, KeptByHand
from .on_record import RecordedItem, RecordedValue
from .options import RowField

Value = TypeVar("Value")

LONGEST_HEADING = 200  # characters of a heading that are kept with a cell

# What a release of the entry would open with its row: words that have no field, other updates,
# and persons.
_NO_EVIDENCE = frozenset(
    (
        Field.SOURCE,
        Field.UPDATE,
        Field.SUBMITTED_BY,
        Field.MAKER,
        Field.SECONDER,
        Field.CONTACT,
        Field.CONTACT_STATE,
        Field.PERSON,
    )
)


@dataclass(frozen=True, kw_only=True)
class ListContext:
    """What the comparisons of all rows of a list have in common.

    `updates_on` is the day of updates that the list does not date, as the call says it.
    """

    today: date
    updates_on: date | None
    visibility: Mapping[str, ColumnVisibility]  # of a column in its workbook, by heading
    headings_without_evidence: frozenset[str]
    file_wins: frozenset[RowField] = frozenset()  # over what a hand has set

    @classmethod
    def of(
        cls,
        columns: Collection[Column],
        today: date,
        updates_on: date | None,
        file_wins: frozenset[RowField] = frozenset(),
    ) -> ListContext:
        fields = {column.heading: column.field for column in columns}
        return cls(
            today=today,
            updates_on=updates_on,
            file_wins=file_wins,
            visibility={column.heading[:LONGEST_HEADING]: column.visibility for column in columns},
            headings_without_evidence=frozenset(
                heading for heading, field in fields.items() if field in _NO_EVIDENCE
            ),
        )


@dataclass(kw_only=True)
class RowComparison:
    """`recorded` is the item as the record has it, None where it is new."""

    row: ImportedRow
    recorded: RecordedItem | None
    context: ListContext
    changes: list[FieldChange] = field(default_factory=list)
    kept: list[KeptByHand] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def takes(
        self,
        name: str,
        value: object,
        recorded: RecordedValue[Value] | None,
        is_same: Callable[[Value], bool],
    ) -> bool:
        """Whether the file's value of a field is taken.

        It is where it says something, says something else than the record (`is_same` of the
        recorded value), and no hand has changed the field since.
        """
        if value is None or value == () or value == "":
            return False
        if recorded is None:
            self.add_change(name, None, value)
            return True
        if is_same(recorded.value):
            return False
        if self.is_newer_than_list(name, recorded.event, by_hand=recorded.by_hand):
            self.kept.append(
                KeptByHand(
                    field=name,
                    yours=recorded.value,
                    in_file=value,
                    at=recorded.at,
                    by=recorded.by,
                )
            )
            return False
        self.add_change(name, recorded.value, value)
        return True

    def takes_words(
        self, name: str, words: str | None, recorded: RecordedValue[str | None] | None
    ) -> bool:
        """The same of words, where white space and the form of accents make no difference."""
        return self.takes(
            name, words, recorded, lambda value: normalised(value) == normalised(words)
        )

    def is_newer_than_list(self, name: str, event: int, by_hand: bool) -> bool:
        """Whether it was recorded by hand after the last import.

        Of an export that comes back in: whether anybody recorded it after the export. Never where
        the office says that the file is right.
        """
        if (self.row.sheet, self.row.row_number, name) in self.context.file_wins:
            return False
        if self.row.revision is not None:
            return event > self.row.revision
        return by_hand and self.recorded is not None and self.recorded.imported

    def add_change(self, name: str, before: object, after: object, adds: bool = False) -> None:
        """A change of an item on record; of a new item all is new, and nothing is listed."""
        if self.recorded is not None:
            self.changes.append(FieldChange(name, before, after, adds))

    def withdraw_change(self, name: str) -> None:
        """Takes back what was added of a field, which is not changed after all."""
        self.changes = [change for change in self.changes if change.field != name]

    def warn(self, what: str, to_do: str | Remedy = "", column: str | None = None) -> None:
        self.problems.append(
            Problem(
                severity=Severity.WARNING,
                what=what,
                to_do=to_do,
                row=self.row.row_number,
                column=column,
            )
        )
