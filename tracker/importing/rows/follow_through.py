"""How far an item is, as the columns of a row say that speak of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from tracker.importing.codes import Field, Followed
from tracker.importing.tables.columns import Column
from tracker.importing.values import dates, statuses
from tracker.importing.values.statuses import StatusCell
from tracker.importing.vocabulary.status_words import ANSWER, NO, YES
from tracker.translation import gettext as _

from .cell_days import day_inside
from .cells import Cells
from .imported_row import DatedUpdate

PERCENT = re.compile(r"%|\bper ?cent|\bprocent|\bporcentaje|\bprozent", re.I)
_NUMBER = re.compile(r"[\d.,]+\s*%?")


@dataclass(frozen=True, kw_only=True)
class RowFollowThrough:
    """`words` are those of the cell that says how far it is, `claimed_on` the day that it says of
    that.
    """

    followed: Followed | None
    words: str
    updates: tuple[DatedUpdate, ...]
    updated_on: date | None
    claimed_on: date | None = None


@dataclass(frozen=True)
class _ProgressStatement:
    """What one cell says of how far the item is."""

    followed: Followed
    words: str
    place: Field
    on: date | None = None


def follow_through(cells: Cells, year: int | None, floor_on: date | None) -> RowFollowThrough:
    """How far it is, and the words that report it, each with its day where it has one that can
    be.
    """
    today = cells.reading.today
    day = cells.day(Field.UPDATED_ON, None, not_before=floor_on, not_after=today)
    completed_on = cells.day(Field.COMPLETED_ON, year, not_before=floor_on, not_after=today)
    statements = _beside_the_floor(cells, year)
    updates: list[DatedUpdate] = []
    for field in (Field.COMPLETE, Field.PROGRESS):
        cell = cells[field]
        if not cell or _is_number(cells, field):
            continue
        status, on, more = _how_far(cells, field, floor_on)
        if status.followed:
            statements.append(_ProgressStatement(status.followed, cell, field, on))
        if more or not status.clear or len(status.not_understood) > 20:
            updates.append(
                DatedUpdate(cells.repaired(cell), day, cells.columns_by_field[field].heading)
            )
        elif (status.followed is Followed.NOTHING and cell.casefold() not in NO) or (
            status.floor and status.followed is None
        ):
            cells.keep(field)
    if completed_on:
        _completed(cells, statements, completed_on)
    claim = _settled(cells, statements)
    done_on = None
    if claim and claim.followed is Followed.DONE:
        done_on = completed_on or claim.on
    for column in cells.updates:
        cell = cells.repaired(cells.at(column)).strip()
        if cell and _NUMBER.fullmatch(cell) and not cells.reading.is_export:
            cells.keep(column)
        elif cell and not cells.says_nothing(cell):
            updates.append(
                DatedUpdate(cell, _of_heading(column, floor_on, today) or day, column.heading)
            )
    updates = _with_the_day_of_done(updates, done_on)
    claimed_on = done_on or (claim.on if claim else None)
    return RowFollowThrough(
        followed=claim.followed if claim else None,
        words=claim.words if claim else "",
        updates=tuple(updates),
        updated_on=day,
        claimed_on=claimed_on,
    )


def _with_the_day_of_done(updates: list[DatedUpdate], done_on: date | None) -> list[DatedUpdate]:
    """The last update of a row may be of the day on which it was done; those before it are of
    earlier days, and so is one whose heading names a time.
    """
    if not updates or updates[-1].on or dates.names_a_time(updates[-1].heading):
        return updates
    return [*updates[:-1], replace(updates[-1], on=done_on)]


def _beside_the_floor(cells: Cells, year: int | None) -> list[_ProgressStatement]:
    """What the cells of the floor's action say of the follow-through: "Adopted - in progress"."""
    statements = []
    for field in (Field.STATUS, Field.FLOOR_ACTION):
        status = statuses.read(cells[field], cells.reading.mapping.statuses)
        if status.followed:
            statements.append(
                _ProgressStatement(
                    status.followed,
                    cells[field],
                    field,
                    day_inside(cells, field, status.followed_day, year),
                )
            )
    return statements


def _how_far(
    cells: Cells, field: Field, floor_on: date | None
) -> tuple[StatusCell, date | None, bool]:
    """What a cell of such a column says, its day, and whether it says more.

    "Yes - 3/1/2018", "No, the printer is closed".
    """
    table, today, cell = cells.reading.mapping.statuses, cells.reading.today, cells[field]
    status = statuses.read(cell, table, yes_is_done=True)
    if status.followed and status.followed_day:
        return status, day_inside(cells, field, status.followed_day, None), False
    if field is not Field.COMPLETE or status.followed:
        return status, None, False
    if status.followed is None and dates.looks_like_a_day(cell):
        # Under "Completed", the day on which it was.
        return (
            StatusCell(followed=Followed.DONE),
            cells.day(field, None, not_before=floor_on, not_after=today),
            False,
        )
    answer = ANSWER.fullmatch(cell.strip())
    if not answer:
        return status, None, False
    followed = Followed.DONE if answer["answer"].casefold() in YES else Followed.NOTHING
    more_words = answer["rest"].strip(" ()")
    if dates.looks_like_a_day(more_words):
        return StatusCell(followed=followed), day_inside(cells, field, more_words, None), False
    more = statuses.read(more_words, table)
    if followed is Followed.NOTHING and more.followed not in (None, Followed.DONE):
        followed = more.followed
    return StatusCell(followed=followed), None, True


def _completed(cells: Cells, statements: list[_ProgressStatement], on: date) -> None:
    """A day of done says that it is done, if the heading speaks of what was and not of what shall
    be.
    """
    column = cells.columns_by_field[Field.COMPLETED_ON]
    says_so = any(statement.followed is Followed.DONE for statement in statements)
    if not says_so and re.search(r"\bcompletion\b", column.heading, re.I):
        cells.warn(
            column,
            _(
                "%(cell)r is a day of completion, and nothing says that it is complete.",
                cell=cells.at(column)[:60],
            ),
            _("The cell is kept as published; say so in a column complete."),
        )
    elif not says_so:
        statements.append(
            _ProgressStatement(Followed.DONE, cells.at(column), Field.COMPLETED_ON, on)
        )


def _settled(cells: Cells, statements: list[_ProgressStatement]) -> _ProgressStatement | None:
    """The one claim of a row.

    Where one cell says that it is done and another that it is not, there is none.
    """
    done = [statement for statement in statements if statement.followed is Followed.DONE]
    not_done = [
        statement
        for statement in statements
        if statement.followed not in (Followed.DONE, Followed.WORD)
    ]
    if done and not_done:
        for statement in (*done, *not_done):
            cells.keep(statement.place)
        cells.warn(
            done[0].place,
            _(
                "%(one)r, and %(other)r: whether it is done cannot be told.",
                one=done[0].words[:40],
                other=not_done[0].words[:40],
            ),
            _("Nothing is claimed; correct one of them."),
        )
        return None
    columns_first = sorted(
        statements, key=lambda statement: statement.place in (Field.STATUS, Field.FLOOR_ACTION)
    )
    claims = [
        statement for statement in columns_first if statement.followed is not Followed.NOTHING
    ]
    return next(iter(claims or columns_first), None)


def _is_number(cells: Cells, field: Field) -> bool:
    """A number alone, as Excel's 0.75 for 75 %, reports nothing and claims nothing: it stays as
    published.

    Under "Complete?" 1 is yes.
    """
    cell, column = cells[field].strip(), cells.columns_by_field[field]
    is_answer = field is Field.COMPLETE and cell in YES | NO and not PERCENT.search(column.heading)
    if not _NUMBER.fullmatch(cell) or cell.endswith("%") or is_answer:
        return False
    cells.keep(field)
    return True


def _of_heading(column: Column, floor_on: date | None, today: date) -> date | None:
    """A day in the heading itself: "Update of 1 March 2018"."""
    on = dates.find(column.heading).on
    if on is None or on > today or (floor_on is not None and on < floor_on):
        return None
    return on
