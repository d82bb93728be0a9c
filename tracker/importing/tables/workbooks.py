"""Workbooks (XLSX, XLS, ODS) become sheets of plain cells.

Nothing is unpacked before it is measured.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from tracker.importing.problems import Unreadable
from tracker.translation import gettext as _

from . import hidden_cells
from .hidden_cells import Hidden
from .sources import CHOICES_SHEET, Sheet, clean, no_table, squared

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the first bytes of XLS, and of what is encrypted
ZIP = b"PK\x03\x04"
LARGEST_UNPACKED = 400 * 1024 * 1024  # bytes
ALWAYS_UNPACKED = 20 * 1024 * 1024  # bytes, however small the file is
MOST_PACKED = 200  # unpacked bytes for each packed one; more than this is no honest workbook
MOST_PARTS = 10_000  # of a package
MOST_CELLS = 4_000_000  # of a sheet
LARGEST_EXACT = 1e15  # below it, a float holds every whole number
_BLOCK = 2**20  # bytes
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}

Value = int | float | str | bool | time | date | datetime | timedelta


def is_workbook(data: bytes) -> bool:
    return data.startswith((OLE, ZIP))


def sheets(data: bytes, file_name: str) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets that are shown (all, where none is), and the names of those that are hidden.

    Raises Unreadable where the bytes are no workbook, or a protected one, or too large.
    """
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise _protected(file_name)
    if data.startswith(b"PK"):
        _guard_package(data, file_name)
    hidden = _hidden(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = _shown_sheets(book)
            read = tuple(
                _sheet(book, name, file_name, hidden.get(name) if hidden else None)
                for name in names
            )
            left_out = {*names, CHOICES_SHEET}
            return read, tuple(name for name in book.sheet_names if name not in left_out)
    except PasswordError as error:
        raise _protected(file_name) from error
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable(
            _(
                "%(file)s is no workbook that can be read: "
                "open it, and save it again as XLSX or as CSV (UTF-8).",
                file=file_name,
            )
        ) from error


def _shown_sheets(book: CalamineWorkbook) -> list[str]:
    visible = [
        sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible
    ]
    return [name for name in visible or book.sheet_names if name != CHOICES_SHEET]


def _hidden(data: bytes) -> dict[str, Hidden] | None:
    """What each sheet hides; None where the format does not tell."""
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return hidden_cells.of_package(package)


def _sheet(book: CalamineWorkbook, name: str, file_name: str, hidden: Hidden | None) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise _too_many_cells(file_name, sheet.total_height, sheet.total_width)
    rows: list[list[str]] = []
    if sheet.height:
        rows = [
            [clean(_in_words(value)) for value in row]
            for row in sheet.to_python(skip_empty_area=False)
        ]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        _fill_merged(rows, top, bottom, left)
    if hidden is None:
        return Sheet(name, squared(rows), hidden_columns=None)
    return Sheet(name, squared(rows), frozenset(hidden.columns), frozenset(hidden.rows))


def _fill_merged(rows: list[list[str]], top: int, bottom: int, column: int) -> None:
    """A cell that spans rows speaks for each of them."""
    for row in rows[top + 1 : bottom + 1]:
        if column < len(row) and not row[column]:
            row[column] = rows[top][column]


def _in_words(value: Value) -> str:
    """A cell's value as its reader would write it.

    Days are as in ISO 8601, whole numbers without a fraction.
    """
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < LARGEST_EXACT:
            return str(int(value))
        case float() if abs(value) < LARGEST_EXACT:
            return _exact_digits(value)
        case float():
            return f"{value:.10f}".rstrip("0").rstrip(".")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
    return str(value)


def _exact_digits(value: float) -> str:
    """The digits that a spreadsheet shows of a fraction: 15 of them count, 10 after the point."""
    digits = Decimal(f"{value:.15g}").quantize(Decimal("1e-10"))
    return f"{digits:f}".rstrip("0").rstrip(".")


# --- what is refused before it is unpacked ------------------------------------------------------


def _guard_package(data: bytes, file_name: str) -> None:
    """Refuses what would unpack to more than an office ever has, and what is no workbook."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise no_table(file_name) from error
    if any(part.flag_bits & 1 for part in parts):
        raise _protected(file_name)
    unpacked = sum(part.file_size for part in parts)
    largest = min(LARGEST_UNPACKED, max(MOST_PACKED * len(data), ALWAYS_UNPACKED))
    if unpacked > largest or len(parts) > MOST_PARTS:
        raise Unreadable(
            _(
                "%(file)s unpacks to %(size)s MB: save the table alone as CSV (UTF-8).",
                file=file_name,
                size=unpacked // 2**20,
            )
        )
    names = {part.filename for part in parts}
    if not names & _WORKBOOK_PARTS or "word/document.xml" in names:
        raise no_table(file_name)
    for part in parts:
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            _guard_extent(package, part, file_name)


def _guard_extent(package: zipfile.ZipFile, part: zipfile.ZipInfo, file_name: str) -> None:
    """One cell in the farthest corner makes a reader lay out a sheet of 17 billion.

    So the addresses of the cells are looked at first.
    """
    rows = columns = unpacked = 0
    end_of_block_before = b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            unpacked += len(block)
            if unpacked > part.file_size + _BLOCK:
                raise no_table(file_name)
            for letters, number in _CELL.findall(end_of_block_before + block):
                rows = max(rows, int(number))
                columns = max(columns, _column_number(letters))
            end_of_block_before = block[-200:]
    if rows * columns > MOST_CELLS:
        raise _too_many_cells(file_name, rows, columns)


def _column_number(letters: bytes) -> int:
    """ "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _protected(file_name: str) -> Unreadable:
    return Unreadable(
        _("%(file)s is protected by a password: save it without one.", file=file_name)
    )


def _too_many_cells(file_name: str, rows: int, columns: int) -> Unreadable:
    return Unreadable(
        _(
            "%(file)s has a sheet of %(rows)s rows and %(columns)s columns: "
            "delete the empty ones, or save the table alone as CSV.",
            file=file_name,
            rows=rows,
            columns=columns,
        )
    )
