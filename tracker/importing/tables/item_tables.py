"""Sheets of cells become one table: which row has the headings, which rows are items, and which are titles, totals or repetitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.importing.values import kinds, meetings
from tracker.importing.vocabulary.meeting_words import QUALIFIER
from tracker.importing.vocabulary.text_words import LEFT_EMPTY
from tracker.translation import gettext as _

from .column_reader import is_export
from .columns import Sure
from .headings import named, plain
from .sources import Sheet, Source

MOST_ROWS = 20_000
_LOOKED_AT = 60  # rows in which headings are looked for
_TOTAL = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|summe|gesamt|summa|suma|totaux|totale|totaal|count|anzahl|average|mean)\b",
    re.I,
)
_BESIDE_A_MEETING = QUALIFIER | {
    "motions",
    "items",
    "item",
    "business",
    "new",
    "proposals",
    "agenda",
    "list",
    "held",
    "submitted",
    "presented",
    "considered",
}
_CELLS = frozenset((Field.NUMBER, Field.TITLE, Field.TEXT, Field.CODE))


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One row of a table. `number` is its row in the sheet or file, counted from 1; `section` is what a line
    between the rows says above it of their kind."""

    number: int
    cells: tuple[str, ...]
    sheet: str = ""
    section: str | None = None
    meeting: str | None = (
        None  # what a line between the rows says above it: "Special Meeting, March 2025"
    )


@dataclass(frozen=True, kw_only=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    titles: tuple[str, ...] = ()  # what stands above the headings, and the names of the sheets
    problems: tuple[Problem, ...] = ()  # of rows and sheets that are left out
    titles_of: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # by sheet: what stands above its headings
    hidden: frozenset[int] | None = (
        frozenset()
    )  # places of columns that the workbook hides; None: it does not tell


def table(source: Source, header_row: int | None = None, sheet: str | None = None) -> Table:
    """Raises Unreadable where no row has headings."""
    sheets = [each for each in source.sheets if any(any(row) for row in each.rows)]
    if sheet is not None:
        sheets = [each for each in sheets if each.name == sheet]
        if not sheets:
            raise Unreadable(
                _(
                    "%(file)s has no sheet %(sheet)r: it has %(known)s.",
                    file=source.file_name,
                    sheet=sheet,
                    known=", ".join(each.name for each in source.sheets),
                )
            )
    if not sheets:
        raise Unreadable(_("%(file)s is empty: export the table again.", file=source.file_name))
    found = [(each, header_row - 1 if header_row else _header(each)) for each in sheets]
    with_headings = [(each, row) for each, row in found if row is not None and row < len(each.rows)]
    if not with_headings:
        raise Unreadable(
            _(
                "%(file)s: no row has headings such as Number, Title, Text, Status; give the columns names in the first row,"
                " or say header_row in the mapping file.",
                file=source.file_name,
            )
        )
    first, header = max(
        with_headings, key=lambda each: (_score(each[0].rows[each[1]]), len(each[0].rows))
    )
    names = _names(_with_the_row_above(first, header))
    if sum(len(each.rows) for each in sheets) > MOST_ROWS:
        raise Unreadable(
            _(
                "%(file)s has more than %(most)s rows: is it the right file? A list may come in several files.",
                file=source.file_name,
                most=MOST_ROWS,
            )
        )
    rows, problems = _rows(first, header, names)
    hidden = first.hidden_columns
    problems += [
        Problem(
            severity=Severity.WARNING,
            what=_("The sheet %(sheet)r is hidden, and is left out.", sheet=name),
            to_do=_("If it has items, show it, and save the workbook again."),
        )
        for name in source.hidden_sheets
    ]
    titles_of = {first.name: _above(first, header)}
    titles = [*titles_of[first.name], *([first.name] if first.name else [])]
    for other, row in found:
        if other is first:
            continue
        if row is not None and _alike(first.rows[header], other.rows[row]):
            more, wrong = _rows(other, row, _names(other.rows[row]))
            order = [_place(_names(other.rows[row]), name) for name in names]
            rows += [
                replace(
                    each,
                    cells=tuple(each.cells[place] if place is not None else "" for place in order),
                )
                for each in more
            ]
            problems += wrong
            titles_of[other.name] = _above(other, row)
            hidden = _hidden_in_either(hidden, other, order)
        else:
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "The sheet %(sheet)r has other columns, and is left out.", sheet=other.name
                    ),
                    to_do=_(
                        "To read it, import it alone: sheet = %(sheet)r in the mapping file.",
                        sheet=other.name,
                    ),
                )
            )
    return Table(
        headings=names,
        rows=tuple(rows),
        titles=tuple(titles),
        problems=tuple(problems),
        titles_of=titles_of,
        hidden=hidden,
    )


def _with_the_row_above(sheet: Sheet, header: int) -> Sequence[str]:
    """Headings in two rows: where the lower has none, the upper one's words name the column."""
    row = sheet.rows[header]
    above = sheet.rows[header - 1] if header else ()
    if sum(map(bool, above)) < 2 or not all(len(cell) <= 80 for cell in above):
        return row
    below = sheet.rows[header + 1 :]
    is_used = [
        any(place < len(other) and other[place] for other in below) for place in range(len(row))
    ]
    return [
        cell or (above[place] if is_used[place] and named(above[place]) else "")
        for place, cell in enumerate(row)
    ]


def _above(sheet: Sheet, header: int) -> tuple[str, ...]:
    """The title rows, each as one line."""
    return tuple(" ".join(filter(None, row)) for row in sheet.rows[:header] if any(row))


def _hidden_in_either(
    hidden: frozenset[int] | None, other: Sheet, order: Sequence[int | None]
) -> frozenset[int] | None:
    """`order` has the place in the other sheet of each column of the first."""
    if hidden is None or other.hidden_columns is None:
        return None
    return hidden | {place for place, there in enumerate(order) if there in other.hidden_columns}


def _header(sheet: Sheet) -> int | None:
    """The row that names the most fields; the first of equals."""
    scores = [(_score(row), -place) for place, row in enumerate(sheet.rows[:_LOOKED_AT])]
    score, place = max(scores, default=(0.0, 0))
    return (
        -place if score >= 2 or (score >= 1 and sum(map(bool, sheet.rows[-place])) <= 2) else None
    )


def _score(row: Sequence[str]) -> float:
    fields: dict[Field, float] = {}
    for cell in row:
        if cell and len(cell) <= 80 and (found := named(cell)):
            fields[found[0]] = max(
                fields.get(found[0], 0),
                1.0 if found[1] is Sure.SURE else 0.8 if found[1] is Sure.LIKELY else 0.3,
            )
    wanted = 0.5 if fields.keys() & _CELLS else 0.0
    return round(sum(fields.values()) + wanted - 0.4 * sum(len(cell) > 80 for cell in row), 2)


def _names(row: Sequence[str]) -> tuple[str, ...]:
    """Headings as published; one that comes twice is counted, and one without words is named by its column."""
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(row):
        name = " ".join(cell.split())[:200] or _("column %(letter)s", letter=_letter(place))
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name[:190]} ({seen[name]})")
    return tuple(names)


def _letter(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def _alike(one: Sequence[str], two: Sequence[str]) -> bool:
    first, second = ({plain(cell) for cell in row if cell} for row in (one, two))
    return len(first & second) >= max(2, 0.7 * min(len(first), len(second)))


def _place(names: Sequence[str], name: str) -> int | None:
    wanted = plain(name)
    return next((place for place, each in enumerate(names) if plain(each) == wanted), None)


def _rows(sheet: Sheet, header: int, names: Sequence[str]) -> tuple[list[TableRow], list[Problem]]:
    rows: list[TableRow] = []
    problems: list[Problem] = []
    headings = [plain(cell) for cell in sheet.rows[header]]
    section: str | None = None
    meeting: str | None = None
    ours = is_export(names)
    for place, published in enumerate(sheet.rows[header + 1 :], header + 1):
        cells = (
            published
            if ours
            else tuple("" if LEFT_EMPTY.fullmatch(cell.strip()) else cell for cell in published)
        )
        filled = [(n, cell) for n, cell in enumerate(cells) if cell]
        if not filled or _repeats(cells, headings):
            continue
        if place in sheet.hidden_rows:
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_("The row is hidden in the workbook, and is left out."),
                    to_do=_("If it is an item, show it, and save the workbook again."),
                    row=place + 1,
                )
            )
            continue
        words = filled[0][1][:1000]
        if (
            len(filled) == 1
            and not ours
            and len([cell for cell in headings if cell]) > 2
            and _names_a_meeting(words)
        ):
            meeting = words
            continue
        if (
            len(filled) == 1
            and len([cell for cell in headings if cell]) > 3
            and not kinds.code_of(words).normalised
        ):
            if (
                len(words) < 60
                and not re.search(r"\d{3}", words)
                and kinds.kind_of(words)
                and not _TOTAL.match(words)
            ):
                section = words
            elif rows and not ours and _reports(names[filled[0][0]]):
                rows.append(
                    TableRow(
                        number=place + 1,
                        cells=cells,
                        sheet=sheet.name,
                        section=section,
                        meeting=meeting,
                    )
                )  # it goes on below its item
            else:
                problems.append(
                    _left_out(
                        place,
                        names[filled[0][0]],
                        _("holds nothing but %(words)r", words=words[:60]),
                    )
                )
            continue
        if (
            _TOTAL.match(words.strip(" *#:"))
            and len(words) < 40
            and len(filled) <= max(3, len(headings) // 2)
            and _adds_up(filled[1:])
        ):
            problems.append(_left_out(place, names[filled[0][0]], _("is a total")))
            continue
        rows.append(
            TableRow(
                number=place + 1, cells=cells, sheet=sheet.name, section=section, meeting=meeting
            )
        )
    return rows, problems


def _names_a_meeting(words: str) -> bool:
    """A line between the rows that says of which meeting those below it are; a year alone says that too."""
    if re.fullmatch(r"(?:19|20)\d\d", words) or meetings.is_a_name(words):
        return True
    named = meetings.inside(words) if len(words) < 100 else None
    beside = re.findall(r"[^\W_]+", words.replace(named.words, " ")) if named else []
    return named is not None and all(
        word.casefold() in _BESIDE_A_MEETING or kinds.kind_of(word) for word in beside
    )


def _reports(heading: str) -> bool:
    """A column of words on the follow-through; a plain "Status" may be the floor's."""
    found = named(heading)
    return found is not None and (
        found[0] in (Field.UPDATE, Field.PROGRESS, Field.COMPLETE)
        or found == (Field.STATUS, Sure.LIKELY)
    )


def _left_out(place: int, column: str, why: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_("Row %(row)s %(why)s, and is left out.", row=place + 1, why=why),
        to_do=_("If it is an item, give it a number, a title or a text."),
        row=place + 1,
        column=column,
    )


def _repeats(cells: Sequence[str], headings: Sequence[str]) -> bool:
    filled = [
        (plain(cell), heading) for cell, heading in zip(cells, headings, strict=False) if cell
    ]
    return len(filled) > 1 and sum(cell == heading for cell, heading in filled) >= 0.8 * len(filled)


def _adds_up(filled: Sequence[tuple[int, str]]) -> bool:
    """Nothing beside the word for a total but numbers."""
    return all(
        re.fullmatch(r"[^\W\d_]{0,3}[\s$€£]*[-(]?[\d.,'\s]+\)?\s*%?[^\W\d_]{0,5}", cell)
        for _n, cell in filled
    )
