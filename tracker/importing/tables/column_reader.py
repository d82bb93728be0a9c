"""How each column of a table is understood: by the words of its heading, then by its values.

What a mapping file says of a column counts before both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.importing.codes import Field
from tracker.importing.values import dates, sponsors, statuses
from tracker.importing.vocabulary.heading_words import DERIVED
from tracker.rules.codes import ColumnVisibility
from tracker.rules.columns import is_personal

from . import column_rivals
from .column_values import DAYS, LONGEST_VALUE, checked_by_values, is_day, share
from .columns import Column, Sure
from .headings import answered, letter, named, names_another_body, plain

EXAMPLES = 3  # values of a column that a preview shows
LONGEST_EXAMPLE = 80  # characters
STATUSES_WITH_MEANING = 6  # values of a status whose meaning a preview shows
NOTES_OF_A_UNIT = "notes_for_the_office"  # the heading of what is kept as published
LEAST_DERIVED = 3  # columns of the record's own answers, by which a file is taken for an export
# all that is read of the sheet of one unit, whatever is written into its other columns
_OF_A_UNIT_SHEET = frozenset(
    (
        Field.SHEET_OF_UNIT,
        Field.CONVENTION,
        Field.CODE,
        Field.KIND,
        Field.NUMBER,
        Field.PROGRESS,
        Field.UPDATE,
        Field.UPDATED_ON,
        Field.SPENT,
        Field.REVISION,
    )
)
_IDENTITY = frozenset(
    (
        Field.YEAR,
        Field.CONVENTION,
        Field.KIND,
        Field.CODE,
        Field.NUMBER,
        Field.TEXT_TRUNCATED,
        Field.SOURCE,
        Field.LEFT_OUT,
        Field.DERIVED,
    )
)
_NAMES = frozenset(
    (
        Field.SUBMITTED_BY,
        Field.MAKER,
        Field.SECONDER,
        Field.CONTACT,
        Field.CONTACT_STATE,
        Field.LEAD,
        Field.PERSON,
    )
)


def understand(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    mapped: Mapping[str, str] | None = None,
    table: Mapping[str, str] | None = None,
    hidden: frozenset[int] | None = frozenset(),
) -> tuple[Column, ...]:
    """Each column with its field.

    `mapped` has the mapping file's words: heading, or letter of the column, to field; `table` its
    statuses. `hidden` are the places that the workbook hides, None where it does not tell.
    """
    rows = list(rows)
    values = [
        [row[place][:LONGEST_VALUE] for row in rows if place < len(row) and row[place]]
        for place in range(len(headings))
    ]
    mapped = mapped or {}
    if is_export(headings):
        exported = tuple(
            _of_an_export(_by_heading(place, heading, values[place], mapped))
            for place, heading in enumerate(headings)
        )
        return _of_a_unit_sheet(exported) if Field.SHEET_OF_UNIT in headings else exported
    columns = [
        replace(
            _by_heading_and_values(place, heading, values[place], mapped),
            visibility=_visibility(place, hidden),
        )
        for place, heading in enumerate(headings)
    ]
    if sum(column.field is Field.DERIVED for column in columns) < LEAST_DERIVED:
        columns = [_not_derived(column, values[column.place]) for column in columns]
    columns = [_kept_inside(column) for column in columns]
    columns = column_rivals.one_column_for_each_field(columns, values)
    columns = column_rivals.text_under_another_heading(columns, values)
    columns = column_rivals.votes_that_say_the_result(columns, values)
    columns = column_rivals.columns_by_values(columns, values)
    columns = column_rivals.status_beside_a_decision(columns, values)
    columns = column_rivals.days_of_what_followed(columns)
    columns = column_rivals.committees_before_the_floor(columns, rows, table)
    columns = column_rivals.one_column_for_each_action(columns, values)
    return tuple(_with_what_it_holds(column, values[column.place], table) for column in columns)


def is_export(headings: Sequence[str]) -> bool:
    """A file that the record itself gave out.

    Its headings are codes, and its cells are what they say.
    """
    return Field.REVISION in headings


def _of_an_export(column: Column) -> Column:
    if column.by_mapping or column.heading in frozenset(Field):
        return column
    if plain(column.heading) in DERIVED:
        return replace(column, field=Field.DERIVED)
    return column


def _of_a_unit_sheet(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A unit says what it has done, and changes nothing else of an item."""
    return tuple(
        column
        if column.field in _OF_A_UNIT_SHEET or column.heading == NOTES_OF_A_UNIT
        else replace(column, field=Field.LEFT_OUT)
        for column in columns
    )


def _by_heading(
    place: int, heading: str, values: Sequence[str], mapped: Mapping[str, str]
) -> Column:
    examples = tuple(dict.fromkeys(value[:LONGEST_EXAMPLE] for value in values))[:EXAMPLES]
    column = Column(
        place=place,
        heading=heading,
        field=Field.SOURCE,
        sure=Sure.CHECK if heading and values else Sure.SURE,
        examples=examples,
    )
    mapped_field = _mapped_field(place, heading, mapped)
    if mapped_field is not None:
        return replace(column, field=mapped_field, sure=Sure.SURE, by_mapping=True)
    field_and_sure = named(heading)
    if field_and_sure is None:
        return column
    field, sure = field_and_sure
    return _with_note_of_another_body(replace(column, field=field, sure=sure))


def _mapped_field(place: int, heading: str, mapped: Mapping[str, str]) -> Field | None:
    """What the mapping file says of a column, by its heading or its letter."""
    by_plain_heading = {plain(key): code for key, code in mapped.items()}
    code = mapped.get(heading)
    if code is None and plain(heading):
        code = by_plain_heading.get(plain(heading))
    if code is None:
        code = mapped.get(letter(place))
    return None if code is None else Field(code)


def _by_heading_and_values(
    place: int, heading: str, values: Sequence[str], mapped: Mapping[str, str]
) -> Column:
    column = _by_heading(place, heading, values, mapped)
    if column.by_mapping or named(heading) is None:
        return column
    field, sure = checked_by_values(column.field, column.sure, heading, values)
    return _with_note_of_another_body(replace(column, field=field, sure=sure))


def _with_note_of_another_body(column: Column) -> Column:
    is_of_another = column.field is Field.SOURCE and names_another_body(column.heading)
    return replace(column, note="another_body" if is_of_another else None)


def _not_derived(column: Column, values: Sequence[str]) -> Column:
    """A heading of our exports in a list that is none."""
    if column.field is not Field.DERIVED or column.by_mapping:
        return column
    heading = plain(column.heading)
    if heading == "body":
        return replace(column, field=Field.TEXT, sure=Sure.LIKELY)
    if heading == "as of" and (not values or share(values, is_day) >= 0.5):
        return replace(column, field=Field.UPDATED_ON, sure=Sure.LIKELY)
    return replace(column, field=Field.SOURCE, sure=Sure.CHECK)


def _visibility(place: int, hidden: frozenset[int] | None) -> ColumnVisibility:
    if hidden is None:
        return ColumnVisibility.NOT_TOLD
    return ColumnVisibility.HIDDEN if place in hidden else ColumnVisibility.SHOWN


def _kept_inside(column: Column) -> Column:
    """What the workbook hides, or the heading calls confidential, fills no field that shows.

    A mapping file may say otherwise. Nor is how to reach a person the person's name.
    """
    if column.by_mapping or column.field in _IDENTITY:
        return column
    is_address = column.field in _NAMES and is_personal(column.heading)
    if not column.is_guarded and not is_address:
        return column
    return replace(column, field=Field.SOURCE, sure=Sure.CHECK, set_aside=column.field)


def _with_what_it_holds(
    column: Column, values: Sequence[str], table: Mapping[str, str] | None
) -> Column:
    """The column with what its cells are read by: people, meanings of statuses, order of days."""
    if column.field is Field.SUBMITTED_BY:
        return replace(column, people=sponsors.people_in_column(column.heading, values))
    if column.field in (Field.MAKER, Field.SECONDER):
        people = sponsors.people_in_column_of_movers(column.heading, values)
        return replace(column, people=people)
    if column.field in (Field.STATUS, Field.FLOOR_ACTION, Field.COMPLETE):
        return replace(column, meanings=_meanings(column, values, table))
    if column.field in DAYS and any(
        dates.read(value, year=2000).doubt == "order" for value in values
    ):
        return _with_order_of_days(column, values)
    return column


def _with_order_of_days(column: Column, values: Sequence[str]) -> Column:
    order = dates.order_of(values)
    if order is None:
        return replace(column, note="order_not_known", sure=Sure.CHECK)
    return replace(column, note=order.value, sure=min(column.sure, Sure.LIKELY))


def _meanings(
    column: Column, values: Sequence[str], table: Mapping[str, str] | None
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The first values of a status, and the codes that each means."""
    first_values = list(dict.fromkeys(values))[:STATUSES_WITH_MEANING]
    return tuple((value[:LONGEST_EXAMPLE], _codes(column, value, table)) for value in first_values)


def _codes(column: Column, value: str, table: Mapping[str, str] | None) -> tuple[str, ...]:
    is_complete = column.field is Field.COMPLETE
    status = statuses.read(value, table, yes_is_done=is_complete)
    if column.field is Field.FLOOR_ACTION:
        status = answered(column.heading, value) or status
    actions = [] if is_complete else [word.action.value for word in status.floor]
    claims = [status.followed.value] if status.followed else []
    return (*actions, *claims)
