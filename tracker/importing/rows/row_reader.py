"""Reads the rows of a table: what each says of identity, text, people, money, floor and progress.

What the record already holds is no matter here; `planning` compares the two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.acts.import_models import ImportedFloorAction
from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity
from tracker.importing.tables.columns import Column
from tracker.importing.tables.item_rows import TableRow
from tracker.importing.tables.sources import LONGEST_CELL
from tracker.importing.values import statuses
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .cells import Cells
from .continued_rows import name_continued_rows
from .file_reading import FileReading
from .floor_actions import read_floor
from .follow_through import follow_through
from .imported_row import DatedUpdate, ImportedRow
from .row_costs import row_cost
from .row_decisions import row_decision
from .row_identity import RowIdentity, row_identity
from .row_people import row_people
from .row_texts import RowText, row_text

# "Amendment lost", "the amendments were adopted": so much and no more
_OF_AN_AMENDMENT = re.compile(r"(?:the )?amendments? (?:was |were )?[^\W\d_]+[\W\d_]*", re.I)


def read_rows(reading: FileReading, rows: Sequence[TableRow]) -> list[ImportedRow]:
    """What each row says, with its problems."""
    imported = [read_row(reading, row) for row in name_continued_rows(reading, rows)]
    return _with_unclear_people(imported)


def read_row(reading: FileReading, row: TableRow) -> ImportedRow:
    """What one row says; of a row with a cell that is too long, only that problem.

    Fields are read in a fixed order: that of the problems, and of the cells kept as published.
    """
    cells = Cells(reading, row)
    too_long = _find_too_long(cells)
    if too_long is not None:
        return _rejected_row(cells, too_long)
    published_cells = _published_cells(cells)
    identity = row_identity(cells)
    text = row_text(cells, identity.title)
    _require_identity(cells, identity, text, published_cells)

    floor, vote = read_floor(cells, text.status, identity.year)
    if floor and _is_of_an_amendment(cells, identity.kind):
        _warn_of_amendment(cells)
        floor, vote = (), None
    floor_on = _first_floor_day(floor, reading, identity.year)

    progress = follow_through(cells, identity.year, floor_on)
    updates = _without_undecided_days(cells, progress.updates)
    people = row_people(cells)
    estimate = row_cost(cells)
    decision, decided_on = row_decision(cells, identity.year, floor_on)
    recommendation = cells.words(Field.RECOMMENDATION)
    for column in reading.columns:
        if column.field is Field.SOURCE:
            cells.keep(column)
    revision = _revision(cells)
    rationale = cells.words(Field.RATIONALE)
    lead = cells.name(Field.LEAD)
    person = cells.name(Field.PERSON)
    due = cells.day(Field.DUE, identity.year, not_before=floor_on)
    spent = _spent(cells)
    appropriated = cells.money(Field.APPROPRIATED)
    fund = cells.name(Field.FUND)
    merged_into = cells.words(Field.MERGED_INTO)
    return ImportedRow(
        row_number=row.number,
        sheet=row.sheet,
        year=identity.year,
        convention=identity.meeting,
        kind=identity.kind,
        number=identity.number,
        published=identity.published,
        title=text.title,
        text=text.text,
        truncated=text.truncated,
        seems_cut_off=text.seems_cut_off,
        rationale=rationale,
        delegations=people.delegations,
        makers=people.makers,
        seconders=people.seconders,
        contacts=people.contacts,
        floor=floor,
        vote=vote,
        recommendation=recommendation,
        sentence=estimate.sentence,
        cost=estimate.cost,
        cost_columns=estimate.columns,
        lead=reading.mapping.unit(lead) if lead else None,
        person=person,
        due=due,
        followed=progress.followed,
        followed_words=progress.words,
        updates=updates,
        updated_on=progress.updated_on,
        claimed_on=progress.claimed_on,
        spent=spent,
        appropriated=appropriated,
        fund=fund,
        merged_into=merged_into,
        decision=decision,
        decided_on=decided_on,
        revision=revision,
        is_of_a_unit=Field.SHEET_OF_UNIT in cells.columns_by_field,
        cells=tuple(cells.kept),
        undecided_cells=tuple(dict.fromkeys(cells.undecided)),  # each once
        published_cells=published_cells,
        problems=tuple(cells.problems),
        meeting_is_blank=identity.meeting_is_blank,
        named_by=identity.named_by,
        unnumbered=identity.unnumbered,
        kind_is_assumed=identity.kind_is_assumed,
        unclear_people=tuple(column.heading for column in cells.unclear_columns),
    )


def _find_too_long(cells: Cells) -> Column | None:
    """The first column whose cell is too long to be read."""
    for column in cells.reading.columns:
        if len(cells.at(column)) > LONGEST_CELL:
            return column
    return None


def _rejected_row(cells: Cells, too_long: Column) -> ImportedRow:
    """A row that says nothing but that its cell in this column is too long."""
    cells.warn(
        too_long,
        _(
            "The cell has %(length)s characters, the most is %(most)s.",
            length=len(cells.at(too_long)),
            most=LONGEST_CELL,
        ),
        _("Is a quotation mark missing? Correct the file."),
        severity=Severity.ERROR,
    )
    return ImportedRow(
        row_number=cells.row.number,
        sheet=cells.row.sheet,
        year=None,
        convention=None,
        kind=cells.reading.kind,
        number="",
        published=None,
        problems=tuple(cells.problems),
    )


def _published_cells(cells: Cells) -> tuple[tuple[str, str], ...]:
    """The whole row as headings and words, without what is blank or left out by the mapping."""
    published = []
    for column in cells.reading.columns:
        if column.heading and column.field is not Field.LEFT_OUT:
            words = cells.repaired(cells.at(column))
            if words:
                published.append((column.heading, words))
    return tuple(published)


def _require_identity(
    cells: Cells,
    identity: RowIdentity,
    text: RowText,
    published_cells: Sequence[tuple[str, str]],
) -> None:
    """Add an error to a row without number, title and text: nobody can tell what item it is."""
    if identity.number or text.title or text.text:
        return
    words = "; ".join(words for _heading, words in published_cells)[:80]
    cells.warn(
        Field.NUMBER,
        _("Neither number, title nor text, only %(words)r.", words=words),
        _("Leave the row out, or give it one of them."),
        severity=Severity.ERROR,
    )


def _is_of_an_amendment(cells: Cells, kind: str) -> bool:
    """Whether the row tells what became of an amendment to the item, and not of the item itself.

    "Amendment lost" of a motion does; of a bylaw amendment, which is an item, it does not.
    """
    if kind.endswith("amendment"):
        return False
    cell = cells[_field_of_floor_words(cells)]
    if statuses.key_of(cell) in cells.reading.mapping.statuses:
        return False  # the office has said what it means
    return _OF_AN_AMENDMENT.fullmatch(cell) is not None


def _warn_of_amendment(cells: Cells) -> None:
    field = _field_of_floor_words(cells)
    cells.warn(
        field,
        _(
            "%(cell)r is of an amendment: what the floor did with the item cannot be told.",
            cell=cells[field][:60],
        ),
        remedies.say_what_the_status_means(),
    )


def _field_of_floor_words(cells: Cells) -> Field:
    return Field.FLOOR_ACTION if cells[Field.FLOOR_ACTION] else Field.STATUS


def _first_floor_day(
    floor: Sequence[ImportedFloorAction], reading: FileReading, year: int | None
) -> date | None:
    """The day of the first floor action; where none has a day, that on which the year's convention
    begins, as far as it is known.
    """
    days = [action.on for action in floor if action.on]
    if days:
        return min(days)
    return reading.first_days.get(year) if year else None


def _without_undecided_days(
    cells: Cells, updates: Sequence[DatedUpdate]
) -> tuple[DatedUpdate, ...]:
    """The updates that can be imported now.

    Where nobody can tell which number of the column of days is the month, those without a day wait:
    their words are added to the undecided cells until the office says the order (`date_order`).
    """
    if Field.UPDATED_ON not in cells.undecided_fields:
        return tuple(updates)
    cells.undecided += [(update.heading, update.words) for update in updates if update.on is None]
    return tuple(update for update in updates if update.on is not None)


def _spent(cells: Cells) -> Decimal | None:
    """What was spent: released and waiting amounts together, which an export has in two columns."""
    amounts = [cells.money(Field.SPENT), cells.money(Field.SPENT_WAITING)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _revision(cells: Cells) -> int | None:
    """The revision of the record at which an export was made."""
    cell = cells[Field.REVISION]
    if cell.isdecimal():
        return int(cell)
    if cell:  # such as "1E+11", when a spreadsheet has rounded it
        cells.warn(
            Field.REVISION,
            _(
                "%(cell)r is not what was exported: what was changed here by hand since the last"
                " import is kept.",
                cell=cell[:60],
            ),
            _("Export again, and leave that column as it is."),
            keep=False,
        )
    return None


def _with_unclear_people(rows: Sequence[ImportedRow]) -> list[ImportedRow]:
    """The rows, with one warning for each column in which delegations and persons cannot be told
    apart.
    """
    rows_with_problems = list(rows)
    positions_by_heading: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for heading in row.unclear_people:
            positions_by_heading[heading].append(position)
    for heading, positions in positions_by_heading.items():
        first = rows_with_problems[positions[0]]
        problem = _unclear_people_problem(first, heading, count=len(positions))
        rows_with_problems[positions[0]] = replace(first, problems=(*first.problems, problem))
    return rows_with_problems


def _unclear_people_problem(first: ImportedRow, heading: str, count: int) -> Problem:
    """The warning of a column, at the first of the rows (`count`) whose cells are unclear."""
    words = next((words for name, words in first.cells if name == heading), "")
    return Problem(
        severity=Severity.WARNING,
        what=ngettext(
            "%(words)r: whether it is a delegation or a person cannot be told.",
            "%(words)r and %(more)s other cells: whether they are delegations or persons cannot be"
            " told.",
            count,
            words=words[:60],
            more=count - 1,
        ),
        to_do=_(
            "They are kept as published. A person is told by an initial (T. Quill), or beside the"
            " delegation (Vermont, T. Quill)."
        ),
        row=first.row_number,
        column=heading,
    )
