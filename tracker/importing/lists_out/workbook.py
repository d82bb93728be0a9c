"""A list as a workbook (XLSX): days and amounts as such, choices, and locked cells.

Its cells are those of the CSV, so that both come back in alike.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.formatting.spreadsheets import marked
from tracker.importing.tables.sources import CHOICES_SHEET
from tracker.translation import gettext as _

from .choices import Choices
from .columns import ChoiceList, Holds, ListColumn

ITEMS_SHEET = "Items"
LONGEST_IN_A_CELL = 32_767  # of a workbook, in UTF-16 units
MOST_DIGITS = 15  # that a number of a spreadsheet keeps
FIRST_DAY = date(1900, 3, 1)  # of which all programs think alike
NOT_OF_XML = ("\ufffe", "\uffff")
FROZEN_COLUMNS = 2
LOOKS = {
    Holds.WORDS: "@",
    Holds.DAY: "yyyy-mm-dd",
    Holds.AMOUNT: "#,##0.00",
    Holds.WHOLE_NUMBER: "0",
}
_LOCKED_GROUND = "#EEEEEE"


def as_workbook(
    columns: Sequence[ListColumn], rows: Sequence[Mapping[str, str]], choices: Choices
) -> bytes:
    """The bytes of the file. Sheets are protected without a password: it is a help, no lock."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(ITEMS_SHEET)
        ranges = _choices_sheet(book, choices, {column.choices for column in columns})
        heading = book.add_format({"bold": True, "bottom": 1, "locked": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name, heading)
            sheet.set_column(place, place, column.width)
            _Cells(book, sheet, place, column).write([row[column.name] for row in rows])
            if column.is_open and rows:
                sheet.data_validation(1, place, len(rows), place, _validation(column, ranges))
        sheet.freeze_panes(1, FROZEN_COLUMNS)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        _protect(sheet)
    return out.getvalue()


class _Cells:
    """The cells of one column, each as what it holds."""

    def __init__(
        self, book: xlsxwriter.Workbook, sheet: Worksheet, place: int, column: ListColumn
    ) -> None:
        self.sheet, self.place, self.column = sheet, place, column
        looks = {
            "locked": not column.is_open,
            "num_format": LOOKS[column.holds],
            "valign": "top",
            "text_wrap": column.holds is Holds.WORDS,
        }
        if not column.is_open:
            looks["bg_color"] = _LOCKED_GROUND
        self.look = book.add_format(looks)
        # an edited cell is not read anew as a formula
        self.look_of_words = book.add_format({**looks, "num_format": "@", "quote_prefix": True})

    def write(self, cells: Sequence[str]) -> None:
        for row, cell in enumerate(cells, 1):
            if not cell:
                self.sheet.write_blank(row, self.place, None, self.look)
            elif not _can_be_held(cell):
                self.sheet.write_blank(row, self.place, None, self.look)
                self.sheet.write_comment(row, self.place, _left_out(cell))
            elif not self._written_as_value(row, cell):
                self.sheet.write_string(row, self.place, _words(cell), self._look_of(cell))

    def _written_as_value(self, row: int, cell: str) -> bool:
        """Whether it is a day or a number that a spreadsheet keeps without loss."""
        if self.column.holds is Holds.DAY and (on := _day(cell)):
            self.sheet.write_datetime(row, self.place, on, self.look)
            return True
        if self.column.holds in (Holds.AMOUNT, Holds.WHOLE_NUMBER) and _is_kept_whole(cell):
            self.sheet.write_number(row, self.place, float(cell), self.look)
            return True
        return False

    def _look_of(self, cell: str) -> Format:
        return self.look_of_words if cell[0] in "=+-@'" else self.look


def _day(cell: str) -> date | None:
    """None where the cell holds several, or one that spreadsheets do not agree on."""
    try:
        on = date.fromisoformat(cell)
    except ValueError:
        return None
    return on if on >= FIRST_DAY else None


def _is_kept_whole(cell: str) -> bool:
    return len(Decimal(cell).as_tuple().digits) <= MOST_DIGITS


def _can_be_held(cell: str) -> bool:
    units = len(cell.encode("utf-16-le", "surrogatepass")) // 2
    return units <= LONGEST_IN_A_CELL and not any(sign in cell for sign in NOT_OF_XML)


def _left_out(cell: str) -> str:
    return _(
        "These words (%(length)s characters) cannot stand in a cell of a workbook, and are left"
        " out here. A blank cell changes nothing; the CSV has them whole.",
        length=len(cell),
    )


def _words(cell: str) -> str:
    """An apostrophe before a sign is doubled, since an import takes one off; a space is added to
    what the writer would take for marks of its own, and taken off by the reader.
    """
    words = marked(cell) if cell.startswith("'") else cell
    return f"{words} " if words.startswith("<r>") and words.endswith("</r>") else words


# --- what can be chosen -------------------------------------------------------------------------


def _choices_sheet(
    book: xlsxwriter.Workbook, choices: Choices, wanted: set[ChoiceList | None]
) -> dict[ChoiceList, str]:
    """Where each list of words stands, as a formula; each word has its meaning beside it."""
    sheet = book.add_worksheet(CHOICES_SHEET)
    heading, words = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    ranges = {}
    place = 0
    for choice_list in ChoiceList:
        if choice_list not in wanted or not choices[choice_list]:
            continue
        sheet.write_string(0, place, _heading(choice_list), heading)
        sheet.set_column(place, place + 1, 28)
        for row, (word, meaning) in enumerate(choices[choice_list], 1):
            sheet.write_string(row, place, word, words)
            sheet.write_string(row, place + 1, meaning, words)
        last = len(choices[choice_list])
        first_cell = xlsxwriter.utility.xl_rowcol_to_cell(1, place, True, True)
        last_cell = xlsxwriter.utility.xl_rowcol_to_cell(last, place, True, True)
        ranges[choice_list] = f"='{CHOICES_SHEET}'!{first_cell}:{last_cell}"
        place += 2
    sheet.freeze_panes(1, 0)
    _protect(sheet)
    return ranges


def _heading(choice_list: ChoiceList) -> str:
    return {
        ChoiceList.YES_OR_NO: _("Yes or no"),
        ChoiceList.FLOOR_ACTIONS: _("What the floor did"),
        ChoiceList.DECISIONS: _("Decision on a referral"),
        ChoiceList.BASES: _("Basis of an estimate"),
        ChoiceList.PROGRESS: _("How far it is"),
        ChoiceList.UNITS: _("Units"),
        ChoiceList.PEOPLE: _("People"),
    }[choice_list]


def _validation(column: ListColumn, ranges: Mapping[ChoiceList, str]) -> dict[str, object]:
    """What may be typed into the cells of a column; "warning": something else after a question."""
    rule: dict[str, object] = {
        "validate": "any",
        "error_type": "stop" if column.only_these else "warning",
    }
    if column.choices and column.choices in ranges:
        rule |= {"validate": "list", "source": ranges[column.choices]}
        rule |= _error(
            _("This is none of the words on the sheet “%(sheet)s”.", sheet=CHOICES_SHEET)
        )
    elif column.holds is Holds.DAY:
        rule |= {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
        rule |= _error(_("This is no day."))
    elif column.holds is Holds.AMOUNT:
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
        rule |= _error(_("This is no amount."))
    return rule | _hint(column)


def _error(message: str) -> dict[str, object]:
    return {"error_title": _("Not understood"), "error_message": message}


def _hint(column: ListColumn) -> dict[str, object]:
    """What is said of a cell when it is chosen."""
    hints = {
        "spent": _("The total so far. What you add to it comes in as an expense."),
        "progress": _("Blank where nothing is new. “blocked” needs its reason under update."),
        "update": _("What was done since. It waits for release when the sheet comes back."),
        "updated_on": _("The day on which it was done."),
    }
    if column.name not in hints:
        return {}
    return {"input_title": column.name, "input_message": hints[column.name]}


def _protect(sheet: Worksheet) -> None:
    allowed = ("format_columns", "format_rows", "autofilter", "sort")
    sheet.protect("", dict.fromkeys(allowed, True))
