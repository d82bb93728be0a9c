"""What a mapping says of a list and the list does not have."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Remedy, Severity, Unreadable
from tracker.importing.tables.columns import Column
from tracker.importing.tables.headings import letter, plain
from tracker.importing.tables.item_tables import Table
from tracker.importing.values import statuses
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

from .mapping import ListMapping, nearest_words

# fields of columns of which [statuses] speaks
STATUS_FIELDS = frozenset(
    (
        Field.STATUS,
        Field.FLOOR_ACTION,
        Field.PROGRESS,
        Field.COMPLETE,
        Field.REFERRAL_DECISION,
    )
)
_WITHOUT_A_FIELD = frozenset((Field.SOURCE, Field.LEFT_OUT, Field.DERIVED))
_NEAR = 0.8  # of difflib's ratio: a unit that is spelt less alike is another


def mapping_problems(
    mapping: ListMapping, table: Table, columns: Sequence[Column]
) -> list[Problem]:
    """What the mapping says and the file does not have.

    Raises Unreadable for a heading that was to become a field: without it the list would be
    understood otherwise than the office wants.
    """
    return [
        *_headings(mapping, table),
        *_statuses(mapping, table, columns),
        *_units(mapping, table, columns),
        *_conventions(mapping, table),
    ]


def _warning(what: str, to_do: str | Remedy, column: str | None = None) -> Problem:
    return Problem(severity=Severity.WARNING, what=what, to_do=to_do, column=column)


def _headings(mapping: ListMapping, table: Table) -> Iterator[Problem]:
    known = {
        *table.headings,
        *map(plain, table.headings),
        *(letter(place) for place in range(len(table.headings))),
    }
    missing = [
        heading
        for heading in mapping.columns
        if heading not in known and plain(heading) not in known
    ]
    for heading in missing:
        if Field(mapping.columns[heading]) not in _WITHOUT_A_FIELD:
            raise Unreadable(
                _(
                    "The mapping names the column %(heading)r, which the file does not"
                    " have%(nearest)s. It has: %(known)s.",
                    heading=heading,
                    nearest=nearest_words(heading, table.headings),
                    known=", ".join(map(repr, table.headings)),
                )
            )
    for heading in missing:
        yield _warning(
            _(
                "The mapping names the column %(heading)r, which the file does not"
                " have%(nearest)s.",
                heading=heading,
                nearest=nearest_words(heading, table.headings),
            ),
            remedies.take_the_column_out(),
        )


def second_columns_of_a_field(mapping: ListMapping, columns: Sequence[Column]) -> Iterator[Problem]:
    """Two columns are said to be of one field, of which a row can have only one."""
    field_by_plain = {plain(heading): field for heading, field in mapping.columns.items()}
    for column in columns:
        if not column.by_mapping:
            continue
        field = mapping.columns.get(column.heading) or field_by_plain.get(plain(column.heading))
        if field and field != column.field:
            yield _warning(
                _(
                    "The column is said to be %(field)s, as another is: it is understood as"
                    " %(other)s.",
                    field=field.replace("_", " "),
                    other=column.field.replace("_", " "),
                ),
                remedies.say_another_field(),
                column.heading,
            )


def _statuses(mapping: ListMapping, table: Table, columns: Sequence[Column]) -> Iterator[Problem]:
    """Words of [statuses] that no cell of a column of statuses has."""
    status_columns = [column for column in columns if column.field in STATUS_FIELDS]
    other_columns = [column for column in columns if column.field not in STATUS_FIELDS]
    cells = {statuses.key_of(cell): cell for cell in _cells(table, status_columns).values()}
    for words in mapping.statuses:
        if words in cells:
            continue
        elsewhere = _column_with(words, table, other_columns)
        if elsewhere:
            yield _warning(
                _(
                    "%(words)r is said to be a status, and stands only in the column %(heading)r,"
                    " which is understood as %(field)s.",
                    words=mapping.written[words],
                    heading=elsewhere.heading,
                    field=elsewhere.field.replace("_", " "),
                ),
                remedies.say_that_it_is_a_status(),
                elsewhere.heading,
            )
        else:
            yield _warning(
                _(
                    "%(words)r is said to be a status, and fits no cell%(nearest)s.",
                    words=mapping.written[words],
                    nearest=nearest_words(words, cells.values()),
                ),
                remedies.correct_what_was_said(),
            )


def _column_with(words: str, table: Table, columns: Sequence[Column]) -> Column | None:
    for column in columns:
        cells = _cells(table, [column]).values()
        if any(statuses.key_of(cell) == words for cell in cells):
            return column
    return None


def _units(mapping: ListMapping, table: Table, columns: Sequence[Column]) -> Iterator[Problem]:
    """Units of the mapping that no cell names, and that one nearly names."""
    named = _cells(
        table, [column for column in columns if column.field in (Field.LEAD, Field.REFERRED_TO)]
    )
    for unit in mapping.units:
        if unit in named:
            continue
        close = difflib.get_close_matches(unit, list(named), n=1, cutoff=_NEAR)
        if close:
            yield _warning(
                _(
                    "%(words)r is said to be a unit, and fits no cell; nearest: %(near)r.",
                    words=mapping.written[unit],
                    near=named[close[0]],
                ),
                remedies.correct_what_was_said(),
            )


def _conventions(mapping: ListMapping, table: Table) -> Iterator[Problem]:
    names = {
        name_key(words)
        for row in table.rows
        for words in (*row.cells, row.sheet, row.meeting or "")
    }
    candidates = [name for name in names if 2 < len(name) < 100]
    for words in mapping.conventions:
        if words not in names:
            yield _warning(
                _(
                    "%(words)r is said to be a convention, and fits no cell and no"
                    " sheet%(nearest)s.",
                    words=mapping.written[words],
                    nearest=nearest_words(words, candidates),
                ),
                remedies.correct_what_was_said(),
            )


def _cells(table: Table, columns: Sequence[Column]) -> dict[str, str]:
    """The values of columns, by their `name_key`."""
    return {
        name_key(row.cells[column.place]): row.cells[column.place]
        for column in columns
        for row in table.rows
        if column.place < len(row.cells) and row.cells[column.place]
    }
