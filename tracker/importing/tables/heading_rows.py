"""Which row of a sheet has the headings, and what they are called in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.importing.codes import Field
from tracker.translation import gettext as _

from .columns import Sure
from .headings import letter, named, plain
from .sources import Sheet

ROWS_LOOKED_AT = 60  # from the top of a sheet
LONGEST_HEADING = 80  # characters; a longer cell is a text
LONGEST_NAME = 200  # characters of a heading that are kept
LEAST_SCORE = 2.0
LEAST_SCORE_OF_A_NARROW_TABLE = 1.0  # of one or two columns
_WORTH = {Sure.SURE: 1.0, Sure.LIKELY: 0.8, Sure.CHECK: 0.3}
_NAMES_AN_ITEM = frozenset((Field.NUMBER, Field.TITLE, Field.TEXT, Field.CODE))


def heading_row(sheet: Sheet) -> int | None:
    """The place of the row that names the most fields, the first of equals; None if none does."""
    places = range(len(sheet.rows[:ROWS_LOOKED_AT]))
    if not places:
        return None
    place = max(places, key=lambda place: score(sheet.rows[place]))
    row = sheet.rows[place]
    is_narrow = sum(map(bool, row)) <= 2
    least = LEAST_SCORE_OF_A_NARROW_TABLE if is_narrow else LEAST_SCORE
    return place if score(row) >= least else None


def score(row: Sequence[str]) -> float:
    """How much a row looks like headings: the fields that it names, by how sure they are."""
    worth_of_fields: dict[Field, float] = {}
    for cell in row:
        field_and_sure = named(cell) if cell and len(cell) <= LONGEST_HEADING else None
        if field_and_sure:
            field, sure = field_and_sure
            worth_of_fields[field] = max(worth_of_fields.get(field, 0), _WORTH[sure])
    names_an_item = 0.5 if worth_of_fields.keys() & _NAMES_AN_ITEM else 0.0
    texts = sum(len(cell) > LONGEST_HEADING for cell in row)
    return round(sum(worth_of_fields.values()) + names_an_item - 0.4 * texts, 2)


def names(row: Sequence[str]) -> tuple[str, ...]:
    """Headings as published.

    One that comes twice is counted, and one without words is named by its column.
    """
    seen: Counter[str] = Counter()
    names_so_far = []
    for place, cell in enumerate(row):
        name = " ".join(cell.split())[:LONGEST_NAME]
        name = name or _("column %(letter)s", letter=letter(place))
        seen[name] += 1
        is_first = seen[name] == 1
        names_so_far.append(name if is_first else f"{name[: LONGEST_NAME - 10]} ({seen[name]})")
    return tuple(names_so_far)


def with_the_row_above(sheet: Sheet, place: int) -> Sequence[str]:
    """Headings in two rows: where the lower has none, the upper one's words name the column."""
    row = sheet.rows[place]
    above = sheet.rows[place - 1] if place else ()
    if sum(map(bool, above)) < 2 or any(len(cell) > LONGEST_HEADING for cell in above):
        return row
    below = sheet.rows[place + 1 :]

    def names_a_column(column: int) -> bool:
        is_used = any(column < len(other) and other[column] for other in below)
        return is_used and named(above[column]) is not None

    return [
        cell or (above[column] if names_a_column(column) else "") for column, cell in enumerate(row)
    ]


def titles(sheet: Sheet, place: int) -> tuple[str, ...]:
    """The rows above the headings, each as one line."""
    return tuple(" ".join(filter(None, row)) for row in sheet.rows[:place] if any(row))


def are_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two rows of headings are of the same table: most of the shorter is in the longer."""
    words_of_first = {plain(cell) for cell in first if cell}
    words_of_second = {plain(cell) for cell in second if cell}
    shorter = min(len(words_of_first), len(words_of_second))
    return len(words_of_first & words_of_second) >= max(2, 0.7 * shorter)


def place_of(names: Sequence[str], name: str) -> int | None:
    """The place of a heading among others; None where it is not there."""
    wanted = plain(name)
    return next((place for place, other in enumerate(names) if plain(other) == wanted), None)
