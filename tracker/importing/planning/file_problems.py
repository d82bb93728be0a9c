"""What is wrong or doubtful with a file as a whole, before any row is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Remedy, RemedyPlace, Severity, Unreadable
from tracker.importing.rows.file_reading import FileReading
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.tables.columns import Column
from tracker.importing.tables.sources import Source
from tracker.importing.values import statuses
from tracker.rules.codes import ColumnVisibility
from tracker.translation import gettext as _

# of mail, and of telephones in North America
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<![\d/-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")


def file_problems(source: Source, columns: Sequence[Column]) -> list[Problem]:
    """Raises Unreadable where no column can say which items the rows are of."""
    fields = {column.field for column in columns}
    if not fields & {Field.NUMBER, Field.TITLE, Field.TEXT, Field.CODE}:
        raise Unreadable(
            _(
                "%(file)s: no column was understood as number, title or text.",
                file=source.file_name,
            ),
            remedies.say_what_columns_are(),
        )
    return [
        *_encoding_problems(source),
        *_addresses_of_persons(columns),
        *_named_before_the_floor(columns),
        *_set_aside(columns),
        *_no_words(columns),
        *_understood_by_values(columns),
    ]


def _warning(
    what: str, to_do: str | Remedy, column: str | None = None, row: int | None = None
) -> Problem:
    return Problem(severity=Severity.WARNING, what=what, to_do=to_do, row=row, column=column)


def _encoding_problems(source: Source) -> list[Problem]:
    problems = []
    if not source.encoding_sure:
        problems.append(
            _warning(
                _(
                    "The file does not say its encoding: read as %(encoding)s.",
                    encoding=source.encoding,
                ),
                remedies.say_the_encoding(),
            )
        )
    for row in source.rows_with_nul:
        problems.append(
            _warning(
                _("The row has a NUL character, which no text has: it is left out."),
                _("Look whether something is missing there, and save the table again."),
                row=row,
            )
        )
    return problems


def _addresses_of_persons(columns: Sequence[Column]) -> list[Problem]:
    return [
        _warning(
            _("The column holds addresses of persons. It is kept, and readers do not see it."),
            remedies.leave_the_column_out(),
            column.heading,
        )
        for column in columns
        if column.field is Field.SOURCE and any(map(_ADDRESS.search, column.examples))
    ]


def _named_before_the_floor(columns: Sequence[Column]) -> list[Problem]:
    return [
        _warning(
            _(
                "It names somebody also where the floor did not refer the item: taken as who dealt"
                " with it before, and kept as published."
            ),
            remedies.say_it_is_a_referral(),
            column.heading,
        )
        for column in columns
        if column.note == "before_the_floor"
    ]


def _set_aside(columns: Sequence[Column]) -> list[Problem]:
    return [
        _warning(
            _why_set_aside(column),
            remedies.say_it_is_meant(),
            column.heading,
        )
        for column in columns
        if column.set_aside
    ]


def _why_set_aside(column: Column) -> str:
    field = (column.set_aside or Field.SOURCE).replace("_", " ")
    if column.visibility is ColumnVisibility.HIDDEN:
        return _(
            "The workbook hides the column: it is kept, readers do not see it, and it is not taken"
            " as %(field)s.",
            field=field,
        )
    return _(
        "By its heading the column is not for everybody: it is kept, readers do not see it, and it"
        " is not taken as %(field)s.",
        field=field,
    )


def _no_words(columns: Sequence[Column]) -> list[Problem]:
    """Neither title nor text, while a column that no mapping speaks of may be one."""
    fields = {column.field for column in columns}
    may_be_one = any(column.field is Field.SOURCE and not column.by_mapping for column in columns)
    if not may_be_one or fields & {Field.TITLE, Field.TEXT, Field.SHEET_OF_UNIT}:
        return []
    return [
        _warning(
            _("No column was understood as title or text: new items show by their numbers alone."),
            remedies.say_which_is_text(),
        )
    ]


def _understood_by_values(columns: Sequence[Column]) -> list[Problem]:
    return [
        _warning(
            _(
                "The column is understood as %(field)s by its values alone.",
                field=column.field.replace("_", " "),
            ),
            remedies.look_at_the_column(),
            column.heading,
        )
        for column in columns
        if column.note == "by_values"
    ]


def kind_problems(
    reading: FileReading, rows: Sequence[ImportedRow], fields: Collection[Field]
) -> list[Problem]:
    """Nothing says the kind of some row. "NBI 1" has it in its number."""
    is_said = reading.kind_named or reading.mapping.kind or Field.KIND in fields
    if is_said or not any(row.kind_is_assumed for row in rows):
        return []
    return [
        _warning(
            _(
                "No column says the kind of item: what has no kind in its number is taken as a new"
                " business item."
            ),
            remedies.say_the_kind(),
        )
    ]


def unclear_statuses(
    columns: Sequence[Column], rows: Sequence[ImportedRow], table: Mapping[str, str]
) -> tuple[str, ...]:
    """The statuses that could not be placed, each once; `table` has those that the office said."""
    headings = {
        column.heading for column in columns if column.field in (Field.STATUS, Field.FLOOR_ACTION)
    }
    unclear: dict[str, None] = {}
    for row in rows:
        for problem in row.problems:
            if problem.column not in headings:
                continue
            for heading, words in row.published_cells:
                if heading != problem.column:
                    continue
                is_asked = problem.remedy.place is RemedyPlace.STATUSES
                if is_asked or not statuses.read(words, table).clear:
                    unclear[words] = None
    return tuple(unclear)
