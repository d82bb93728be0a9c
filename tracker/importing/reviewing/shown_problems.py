"""What is wrong with a list, as its page shows it: causes, each with the field that does something
about it, cells that can be corrected, and the rows that are left out as a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TypedDict

from tracker.formatting.spreadsheets import marked
from tracker.importing.codes import Field
from tracker.importing.planning.causes import Cause, causes
from tracker.importing.planning.models import Preview, RowOutcome
from tracker.importing.problems import Problem, RemedyPlace, Severity

from .choices import key_of, place_of

LONGEST_CORRECTED = 500  # characters
MOST_CELLS = 60  # that can be corrected on the page
MOST_CAUSES = 200
MOST_VALUES = 3
MOST_ROWS = 12  # that are named of one cause
_CELL = "cell-"  # the beginning of the id of its field
_NUMBERS = (Field.NUMBER, Field.CODE)
_ASKED_ELSEWHERE = (
    Field.STATUS,
    Field.FLOOR_ACTION,
    Field.PROGRESS,
    Field.COMPLETE,
    Field.UPDATE,
    Field.TEXT,
    Field.RATIONALE,
)
ROW, REASON = "row in the file", "why it was left out"  # headings of the rejected rows


class CauseLine(TypedDict):
    rejects: bool
    column: str | None
    what: str
    to_do: str
    at: str | None  # id of the field of the page that does it
    cell: int | None  # the place among the cells of the only one that has it
    rows: list[int]
    more_rows: int
    others: list[str]  # cells of which the same is said
    more_others: int


class CellLine(TypedDict):
    """A cell in which something is wrong; `row` as forms name it."""

    row: str
    heading: str
    words: str
    why: str


def shown_causes(preview: Preview, cells: Sequence[CellLine]) -> list[CauseLine]:
    """One line for all rows of which the same is said; `cells` are those that can be corrected."""
    return [
        _cause(cause, _field_at(cause, preview, cells))
        for cause in causes(preview.problems)[:MOST_CAUSES]
    ]


def _cause(cause: Cause, at: str | None) -> CauseLine:
    is_of_a_cell = at is not None and at.startswith(_CELL) and cause.count == 1
    return {
        "rejects": cause.severity is Severity.ERROR,
        "column": cause.column,
        "what": cause.what,
        "to_do": cause.remedy.on_page,
        "at": at,
        "cell": int(at.removeprefix(_CELL)) if at and is_of_a_cell else None,
        "rows": list(cause.rows[:MOST_ROWS]),
        "more_rows": max(0, len(cause.rows) - MOST_ROWS),
        "others": list(cause.values[:MOST_VALUES]),
        "more_others": max(0, len(cause.values) - MOST_VALUES),
    }


def _field_at(cause: Cause, preview: Preview, cells: Sequence[CellLine]) -> str | None:
    """The id of the field of the page in which something can be done about a cause; None: the
    page has none.
    """
    place = cause.remedy.place
    if place is RemedyPlace.COLUMN:
        places = [column.place for column in preview.columns if column.heading == cause.column]
        return f"column-{places[0]}" if places else "h-columns"
    if place is RemedyPlace.STATUSES:
        return "h-words" if preview.unclear_statuses else None
    if place not in (None, RemedyPlace.CELLS):
        return place.value
    for number, line in enumerate(cells):
        row = place_of(line["row"])
        is_of_row = row is not None and row[1] in cause.rows
        if is_of_row and cause.column in (None, line["heading"]):
            return f"{_CELL}{number}"
    return None


def shown_cells(preview: Preview) -> list[CellLine]:
    """What can be corrected cell by cell: rows that are rejected first. A problem that names no
    column is said at the number.
    """
    headings = {column.heading for column in preview.columns}
    # a word of a status is asked for once, for all its rows; in long words nothing is to be mended
    asked = {column.heading for column in preview.columns if column.field in _ASKED_ELSEWHERE}
    number = next((column.heading for column in preview.columns if column.field in _NUMBERS), None)
    lines: dict[tuple[str, str], CellLine] = {}
    for plan in sorted(preview.rows, key=lambda plan: plan.outcome is not RowOutcome.REJECTED):
        published = dict(plan.row.published_cells)
        for problem in plan.problems:
            heading = problem.column if problem.column in headings else None
            if heading is None and plan.outcome is RowOutcome.REJECTED:
                heading = number
            if heading and heading not in asked and len(lines) < MOST_CELLS:
                row = key_of((plan.sheet, plan.number))
                words = published.get(heading, "")
                if len(words) <= LONGEST_CORRECTED:
                    lines.setdefault(
                        (row, heading),
                        {"row": row, "heading": heading, "words": words, "why": problem.what},
                    )
    return list(lines.values())


def rejected_csv(preview: Preview) -> str | None:
    """The rows that are left out as they came, each with the reasons; None where there is none."""
    rejected = [plan for plan in preview.rows if plan.outcome is RowOutcome.REJECTED]
    if not rejected:
        return None
    headings = list(dict.fromkeys(column.heading for column in preview.columns if column.heading))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*map(marked, headings), ROW, REASON])
    for plan in rejected:
        cells = dict(plan.row.published_cells)
        row = [marked(cells.get(heading, "")) for heading in headings]
        writer.writerow([*row, key_of((plan.sheet, plan.number)), _reasons(plan.problems)])
    return out.getvalue()


def _reasons(problems: Sequence[Problem]) -> str:
    return " ".join(
        problem.page_message for problem in problems if problem.severity is Severity.ERROR
    )
