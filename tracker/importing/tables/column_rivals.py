"""Columns beside each other: which of several has a field, and what a column is beside others.

Each step takes the columns with their values and gives them back, some with another field.
`values` has the words of each column, by its place; rows without words are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.importing.codes import Field
from tracker.importing.values import meetings, sponsors, statuses
from tracker.importing.vocabulary.heading_words import NAMES_A_UNIT
from tracker.rules.codes import Effect

from .column_values import (
    is_amount,
    is_clear_status,
    is_floor_action,
    is_kind,
    is_number,
    is_year,
    is_yes_or_no,
    share,
)
from .columns import ALSO_AN_ACTION, Column, Sure
from .headings import asks_whether, plain

Values = Sequence[Sequence[str]]

_ACTION = re.compile(r"\bactions?\b|\bfollow|\bdone\b")
_REFERS = re.compile(
    r"\brefer(?:red|ral|rals|s)?\b|\bremit|\brenvoy|\bremis|überwies|\breceiving\b"
)
_MANY = frozenset((Field.SOURCE, Field.LEFT_OUT, Field.DERIVED, Field.UPDATE))
_RUNNING_TEXT = frozenset((Field.TITLE, Field.TEXT, Field.RATIONALE, Field.UPDATE))
_STATUSES = frozenset((Field.STATUS, Field.FLOOR_ACTION))


def one_column_for_each_field(columns: Sequence[Column], values: Values) -> list[Column]:
    """Of several columns of one field the surer has it, then the fuller, then the first.

    The others get a neighbour field, or stay as published.
    """
    settled = _person_beside_unit(_persons_who_lead(columns, values))
    for field in Field:
        rivals = [column for column in settled if column.field is field]
        if field in _MANY or len(rivals) < 2:
            continue
        best = max(rivals, key=lambda column: _rank(column, values[column.place]))
        for column in rivals:
            if column is not best:
                fields_in_use = {other.field for other in settled}
                settled[column.place] = _second_choice(column, values[column.place], fields_in_use)
    return settled


def _rank(column: Column, cells: Sequence[str]) -> tuple[bool, Sure, bool, float, int]:
    return (
        column.by_mapping,
        column.sure,
        bool(cells),
        _worth(column.field, cells),
        -column.place,
    )


def _worth(field: Field, cells: Sequence[str]) -> float:
    """Which of two columns of one name is meant: the longer text, the status that reads better."""
    if field in _RUNNING_TEXT:
        return sum(map(len, cells))
    if field in _STATUSES:
        return share(cells, is_floor_action)
    return 0.0


def _second_choice(column: Column, cells: Sequence[str], fields_in_use: set[Field]) -> Column:
    field = _neighbour(column.field, cells, fields_in_use)
    if column.field is Field.FLOOR_ACTION and asks_whether(column.heading):
        field = Field.SOURCE  # a further action, and no progress
    note = column.note
    if note is None and field is Field.SOURCE:
        note = "other_column"
    return replace(column, field=field, sure=Sure.CHECK, note=note)


def _neighbour(field: Field, cells: Sequence[str], fields_in_use: set[Field]) -> Field:
    """What a column can be, of whose field there is a better one."""
    if field in _STATUSES and Field.PROGRESS not in fields_in_use:
        return Field.PROGRESS if share(cells, is_floor_action) < 0.2 else Field.SOURCE
    if field is Field.NUMBER and Field.TITLE not in fields_in_use and share(cells, is_number) < 0.5:
        return Field.TITLE
    if field is Field.TEXT and Field.TITLE not in fields_in_use:
        return Field.TITLE
    if field is Field.TITLE and Field.TEXT not in fields_in_use:
        return Field.TEXT
    is_free = Field.ESTIMATE_AMOUNT not in fields_in_use
    if field is Field.COST and is_free and share(cells, is_amount) > 0.6:
        return Field.ESTIMATE_AMOUNT
    return Field.SOURCE


def _persons_who_lead(columns: Sequence[Column], values: Values) -> list[Column]:
    """ "Owner", "Assigned to", where the cells are persons ("T. Quill"): none of them is a unit."""
    if _has(columns, Field.PERSON):
        return list(columns)

    def names_persons(column: Column) -> bool:
        if column.field is not Field.LEAD or column.by_mapping or _names_a_unit(column):
            return False
        return share(values[column.place], sponsors.is_a_person) > 0.6

    return [
        replace(column, field=Field.PERSON, sure=Sure.LIKELY) if names_persons(column) else column
        for column in columns
    ]


def _person_beside_unit(columns: Sequence[Column]) -> list[Column]:
    """Beside a column of departments, one of who is responsible names the person."""
    leads = [column for column in columns if column.field is Field.LEAD]
    others = [column for column in leads if not _names_a_unit(column)]
    if len(others) == len(leads) or _has(columns, Field.PERSON):
        return list(columns)
    person = next((column for column in others if not column.by_mapping), None)
    return _with_field(columns, person, Field.PERSON, Sure.LIKELY)


def _names_a_unit(column: Column) -> bool:
    return bool(NAMES_A_UNIT & set(plain(column.heading).split()))


def status_beside_a_decision(columns: Sequence[Column], values: Values) -> list[Column]:
    """Beside a column of the floor's decisions, a status that holds none says how far the item is.

    Where another column says that, it reports what was done.
    """
    if not _has(columns, Field.FLOOR_ACTION):
        return list(columns)
    field = Field.UPDATE if _has(columns, Field.PROGRESS) else Field.PROGRESS

    def says_how_far(column: Column) -> bool:
        cells = values[column.place]
        if column.field is not Field.STATUS or column.by_mapping or not cells:
            return False
        return share(cells, is_floor_action) < 0.2

    return [
        replace(column, field=field, sure=min(column.sure, Sure.LIKELY))
        if says_how_far(column)
        else column
        for column in columns
    ]


def text_under_another_heading(columns: Sequence[Column], values: Values) -> list[Column]:
    """In a table without titles and texts, "Action" or "Decision" may have the words of motions."""
    if _has(columns, Field.TITLE) or _has(columns, Field.TEXT):
        return list(columns)

    def holds_text(column: Column) -> bool:
        cells = values[column.place]
        if column.field is not Field.STATUS or column.by_mapping or not cells:
            return False
        are_sentences = share(cells, lambda cell: len(cell.split()) > 2) > 0.8
        return are_sentences and share(cells, is_clear_status) < 0.3

    text = next((column for column in columns if holds_text(column)), None)
    return _with_field(columns, text, Field.TEXT, Sure.CHECK, note="by_values")


def votes_that_say_the_result(columns: Sequence[Column], values: Values) -> list[Column]:
    """A column of votes ("Passed 34-2") has the floor's action where no other column has it."""
    vote = _first(columns, Field.VOTE)
    if vote is None or vote.by_mapping or _has(columns, Field.FLOOR_ACTION):
        return list(columns)
    share_of_votes = share(values[vote.place], is_floor_action)
    status = _first(columns, Field.STATUS)
    share_of_status = share(values[status.place], is_floor_action) if status else 0.0
    if share_of_votes < 0.3 or 2 * share_of_status > share_of_votes:
        return list(columns)
    return _with_field(columns, vote, Field.FLOOR_ACTION, Sure.LIKELY)


def days_of_what_followed(columns: Sequence[Column]) -> list[Column]:
    """The "Date of action" is of what was done, where another column has the floor's decision.

    It is not where the floor's column is that of the action.
    """
    floor = _first(columns, Field.FLOOR_ACTION)
    if floor is None or _has(columns, Field.UPDATED_ON) or "action" in plain(floor.heading).split():
        return list(columns)
    follows = [column for column in columns if column.field in (Field.PROGRESS, Field.UPDATE)]
    if not any(_names_an_action(column) for column in follows):
        return list(columns)
    return [
        replace(column, field=Field.UPDATED_ON, sure=Sure.CHECK)
        if column.field is Field.FLOOR_DATE and not column.by_mapping and _names_an_action(column)
        else column
        for column in columns
    ]


def _names_an_action(column: Column) -> bool:
    return bool(_ACTION.search(plain(column.heading)))


def one_column_for_each_action(columns: Sequence[Column], values: Values) -> list[Column]:
    """ "Adopted", "Referred", "Withdrawn", each with a cross: all tell the floor's action."""
    floor = _first(columns, Field.FLOOR_ACTION)
    if floor is None or asks_whether(floor.heading) is None:
        return list(columns)

    def is_beside(column: Column) -> bool:
        cells = values[column.place]
        if column.field is not Field.SOURCE or column.is_guarded or not cells:
            return False  # by_mapping does not count: a mapping file says so too
        is_crossed = share(cells, is_yes_or_no) > 0.8
        return is_crossed and asks_whether(column.heading) is not None

    return [
        replace(column, note=ALSO_AN_ACTION, sure=Sure.LIKELY) if is_beside(column) else column
        for column in columns
    ]


def committees_before_the_floor(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    table: Mapping[str, str] | None,
) -> list[Column]:
    """A column of referrals that is none: a reference committee, which dealt with items before.

    It names a committee also for items that the floor decided itself. `table` has the office's
    own translations of statuses.
    """
    referred = _first(columns, Field.REFERRED_TO)
    decided = _first(columns, Field.FLOOR_ACTION) or _first(columns, Field.STATUS)
    if referred is None or referred.by_mapping or decided is None:
        return list(columns)
    with_committee = [
        row for row in rows if row[referred.place] and not is_yes_or_no(row[referred.place])
    ]
    effects = _effects(with_committee, decided, table)
    referred_by_floor = sum(Effect.REFERS in of_row for of_row in effects)
    decided_by_floor = len(effects) - referred_by_floor
    ended = any(Effect.ENDS in of_row for of_row in effects)
    if _REFERS.search(plain(referred.heading)):
        is_everywhere = len(effects) > 3 and len(with_committee) > 0.8 * len(rows)
        never_by_floor = is_everywhere and referred_by_floor == 0
        is_before = never_by_floor or (ended and referred_by_floor < decided_by_floor)
    else:
        is_before = decided_by_floor > 0.2 * len(effects)
    return _with_field(
        columns,
        referred if is_before else None,
        Field.SOURCE,
        Sure.CHECK,
        note="before_the_floor",
    )


def _effects(
    rows: Iterable[Sequence[str]], decided: Column, table: Mapping[str, str] | None
) -> list[set[Effect]]:
    """The effects of what the floor did, of each row that says so clearly."""
    statuses_of_rows = [statuses.read(row[decided.place], table) for row in rows]
    return [
        {word.action.effect for word in status.floor}
        for status in statuses_of_rows
        if status.clear and status.floor
    ]


def columns_by_values(columns: Sequence[Column], values: Values) -> list[Column]:
    """What no heading names and the table needs is looked for among columns that nothing wants.

    Such a column is always to be checked.
    """
    settled = list(columns)
    for wanted, fits in _BY_VALUES:
        field = _missing(wanted, settled, values)
        if field is None:
            continue
        free = [
            column
            for column in settled
            if _is_free(column) and values[column.place] and fits(values[column.place])
        ]
        if free:
            fullest = max(free, key=lambda column: _fullness(field, values[column.place]))
            settled[fullest.place] = replace(
                fullest, field=field, sure=Sure.CHECK, note="by_values"
            )
    return settled


def _missing(field: Field, columns: Sequence[Column], values: Values) -> Field | None:
    """The field that the table lacks; None where some column has it.

    A status without any word of the floor leaves room for a column that has them.
    """
    rivals = [column for column in columns if column.field in _RIVAL_FIELDS.get(field, {field})]
    has_own_status = any(
        column.field is Field.STATUS and not column.by_mapping for column in rivals
    )
    if field is Field.STATUS and has_own_status:
        field = Field.FLOOR_ACTION
        rivals = [column for column in rivals if _says_what_the_floor_did(column, values)]
    return None if rivals else field


def _says_what_the_floor_did(column: Column, values: Values) -> bool:
    cells = values[column.place]
    if column.field is not Field.STATUS or column.by_mapping or not cells:
        return True
    return share(cells, is_floor_action) > 0


def _is_free(column: Column) -> bool:
    if column.field is not Field.SOURCE or column.by_mapping or column.note == "another_body":
        return False
    return not column.is_guarded and not column.set_aside


def _fullness(field: Field, cells: Sequence[str]) -> int:
    return sum(map(len, cells)) if field is Field.TEXT else len(cells)


def _are_statuses(cells: Sequence[str]) -> bool:
    are_short_actions = share(cells, lambda cell: len(cell) < 120 and is_floor_action(cell)) > 0.6
    return len(cells) > 2 and are_short_actions


def _are_kinds(cells: Sequence[str]) -> bool:
    return share(cells, lambda cell: len(cell) < 40 and is_kind(cell)) > 0.8


def _are_numbers(cells: Sequence[str]) -> bool:
    are_different = len(set(cells)) > 0.8 * len(cells)
    return are_different and share(cells, is_number) > 0.9


_RIVAL_FIELDS = {
    Field.STATUS: {Field.STATUS, Field.FLOOR_ACTION},
    Field.NUMBER: {Field.NUMBER, Field.CODE},
}
# the fields that a table needs, in the order in which columns are given to them
_BY_VALUES: tuple[tuple[Field, Callable[[Sequence[str]], bool]], ...] = (
    (Field.YEAR, lambda cells: share(cells, is_year) > 0.9),
    (Field.KIND, _are_kinds),
    (Field.CONVENTION, lambda cells: share(cells, meetings.is_a_name) > 0.8),
    (Field.STATUS, _are_statuses),
    (Field.NUMBER, _are_numbers),
    (Field.TEXT, lambda cells: sum(map(len, cells)) / len(cells) > 80),
)


def _has(columns: Iterable[Column], field: Field) -> bool:
    return any(column.field is field for column in columns)


def _first(columns: Iterable[Column], field: Field) -> Column | None:
    return next((column for column in columns if column.field is field), None)


def _with_field(
    columns: Sequence[Column],
    chosen: Column | None,
    field: Field,
    sure: Sure,
    note: str | None = None,
) -> list[Column]:
    """The columns with another field for one of them, if one is chosen."""
    return [
        replace(column, field=field, sure=sure, note=note or column.note)
        if column is chosen
        else column
        for column in columns
    ]
