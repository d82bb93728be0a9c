"""The cells of one row by the fields that they fill; understanding them is in `row_reader` and
`floor_actions`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Remedy, Severity
from tracker.importing.tables.columns import Column
from tracker.importing.tables.item_rows import TableRow
from tracker.importing.values import dates, texts
from tracker.importing.values.amounts import currencies, exact
from tracker.importing.vocabulary.text_words import SAYS_NOTHING
from tracker.translation import gettext as _

from . import doubts
from .file_reading import FileReading

NAME = 200  # characters of the name of a unit, a delegation, a fund
_SENTENCES = frozenset((Field.COST, Field.ESTIMATE_AMOUNT))
# no amount, however a list says so
_NO_AMOUNT = re.compile(r"\W*(?:n/?a|tbd|none|-+)?\W*", re.I)


class Cells:
    """The cells of one row by field, the problems found in them, and those that stay as
    published.
    """

    def __init__(self, reading: FileReading, row: TableRow) -> None:
        self.reading, self.row = reading, row
        self.problems: list[Problem] = []
        self.kept: list[tuple[str, str]] = []
        self.undecided: list[tuple[str, str]] = []  # days that wait for `date_order`
        self.undecided_fields: set[Field] = set()
        self.unclear_columns: list[Column] = []  # of delegations or of persons: nobody can tell
        self.columns_by_field: dict[Field, Column] = {}
        self.updates = [column for column in reading.columns if column.field is Field.UPDATE]
        for column in reading.columns:
            self.columns_by_field.setdefault(column.field, column)

    def at(self, column: Column) -> str:
        """The cell of a column; "" where the row is shorter than the heading."""
        return unmarked(self.row.cells[column.place]) if column.place < len(self.row.cells) else ""

    def __getitem__(self, field: Field) -> str:
        """The cell of a field; "" where the list has no column for it."""
        column = self.columns_by_field.get(field)
        return self.at(column) if column else ""

    def words(self, field: Field) -> str | None:
        """What a cell says; None where it is blank, or only says so: "N/A", "-", "TBD".

        Of a cost, that is a sentence all the same.
        """
        words = self.repaired(self[field]).strip()
        return words if words and (field in _SENTENCES or not self.says_nothing(words)) else None

    def says_nothing(self, words: str) -> bool:
        return not self.reading.is_export and bool(SAYS_NOTHING.fullmatch(words))

    def repaired(self, cell: str) -> str:
        return cell if self.reading.is_export else texts.repaired(cell)

    def _column_of(self, field_or_column: Field | Column) -> Column | None:
        if isinstance(field_or_column, Column):
            return field_or_column
        return self.columns_by_field.get(field_or_column)

    def warn(
        self,
        field_or_column: Field | Column,
        what: str,
        to_do: str | Remedy = "",
        keep: bool = True,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Add a problem of the row; unless it is an error, the cell is kept as published too."""
        column = self._column_of(field_or_column)
        self.problems.append(
            Problem(
                severity=severity,
                what=what,
                to_do=to_do,
                row=self.row.number,
                column=column.heading if column else None,
            )
        )
        if column and keep and severity is Severity.WARNING:
            self.keep(column)

    def keep(self, field_or_column: Field | Column) -> None:
        """Keep a cell that is not understood: the item's page has it as published, under Source."""
        column = self._column_of(field_or_column)
        words = self.repaired(self.at(column)) if column else ""
        if (
            column
            and words
            and words.casefold().strip() != "none"
            and (column.heading, words) not in self.kept
        ):
            self.kept.append((column.heading, words))

    def day(
        self,
        field: Field,
        year: int | None,
        not_before: date | None = None,
        not_after: date | None = None,
    ) -> date | None:
        """A day that can be; else a warning, and the cell as published."""
        column = self.columns_by_field.get(field)
        cell = self.at(column) if column else ""
        if column is None or not cell:
            return None
        order = self.reading.mapping.date_order or self.reading.orders.get(column.place)
        day = dates.read(cell, order, year)
        doubt = day.doubt
        if day.on and not_after and day.on > not_after:
            doubt = "future"
        elif day.on and not_before and day.on < not_before and not self.reading.is_export:
            doubt = "too_early"
        if doubt == "order":
            self.warn(column, *doubts.of_a_day(doubt, cell[:60]), keep=False)
            self.undecided.append((column.heading, self.repaired(cell)))
            self.undecided_fields.add(field)
            return None
        if doubt:
            self.warn(column, *doubts.of_a_day(doubt, cell[:60]))
            return None
        return day.on

    def money(self, field: Field) -> Decimal | None:
        """An amount in the body's currency; None, with a warning, where it is no amount in it."""
        column = self.columns_by_field.get(field)
        cell = self.at(column) if column else ""
        if column is None or _NO_AMOUNT.fullmatch(cell):
            return None
        if self.foreign(cell):
            self.warn(column, *doubts.of_a_currency(cell, self.reading.currency or ""))
            return None
        amount = exact(cell)
        if amount is None or amount < 0:
            self.warn(column, *doubts.of_money(cell))
            return None
        return amount

    def foreign(self, words: str) -> bool:
        """An amount in another currency than the body's."""
        named = currencies(words)
        return bool(named and self.reading.currency and self.reading.currency not in named)

    def name(self, field: Field) -> str | None:
        """Of a unit, a fund, a person: one line, not too long."""
        words = " ".join((self.words(field) or "").split())
        if len(words) > NAME:
            self.warn(
                field,
                _(
                    "The name has %(length)s characters, the most is %(most)s.",
                    length=len(words),
                    most=NAME,
                ),
                _("Shorten it."),
            )
            return None
        return words or None


def unmarked(cell: str) -> str:
    """Without the apostrophe by which an export keeps a spreadsheet from reading a formula."""
    is_marked = cell.startswith("'") and re.match(r"'+[=+\-@]", cell)
    return cell[1:] if is_marked else cell
