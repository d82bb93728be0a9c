"""A file becomes sheets of plain cells, with the numbers of their rows; which row holds the headings is `tables`' question."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from tracker.importing.problems import Unreadable
from tracker.translation import gettext as _

from . import hidden_cells

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_PACKED = 200  # unpacked bytes for each packed one; more than this is no honest workbook
MOST_CELLS = 4_000_000
LONGEST_CELL = 100_000  # characters
MOST_NUL = 20  # a text file has at most one NUL in so many bytes
_DELIMITERS = (",", ";", "\t", "|")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WESTERN = ("cp1252", "mac_roman", "cp437")
_OTHER = (
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "koi8_r",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
)
_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True)
class Sheet:
    """`rows[n]` is row n + 1 of the sheet, or record n + 1 of the file; all cells are text, as long as the widest row."""

    name: str  # "" for a file without sheets
    rows: tuple[tuple[str, ...], ...]
    hidden_columns: frozenset[int] | None = frozenset()  # places; None: the format does not tell us
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that was read: its name, the SHA-256 of its bytes, its sheets, and what had to be assumed."""

    file_name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None  # of a text file; None for a workbook
    encoding_sure: bool = True
    hidden_sheets: tuple[str, ...] = ()  # their names; they are not read
    rows_with_nul: tuple[
        int, ...
    ] = ()  # rows of a text file that had a NUL character, which is left out


def read(path: Path, encoding: str | None = None) -> Source:
    """CSV in any encoding and with any delimiter, XLSX, XLS or ODS. Raises Unreadable, with what to do."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Unreadable(_("%(file)s is a folder: name the file in it.", file=path.name))
        if size > LARGEST_FILE:
            raise Unreadable(
                _(
                    "%(file)s has %(size)s MB, the most is %(most)s MB: save the table alone, without pictures, or in two files.",
                    file=path.name,
                    size=size // 2**20,
                    most=LARGEST_FILE // 2**20,
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            _(
                "%(file)s cannot be opened (%(why)s): check its name and its rights.",
                file=path.name,
                why=error.strerror,
            )
        ) from error
    return understood(data, path.name, encoding)


def understood(data: bytes, file_name: str, encoding: str | None = None) -> Source:
    """The same for bytes that are at hand already."""
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("%(file)s is empty: export the table again.", file=file_name))
    if data.startswith(_OLE) or data.startswith(b"PK\x03\x04"):
        sheets, hidden_sheets = _workbook(data, file_name)
        return Source(
            file_name=file_name, sha256=digest, sheets=sheets, hidden_sheets=hidden_sheets
        )
    if data.startswith(b"%PDF"):
        raise _no_table(file_name)
    words, used, sure = _decoded(data, file_name, encoding)
    if re.match(r"\s*<(?:!doctype html|html|head|body|table|\?xml)\b", words[:1000], re.I):
        raise Unreadable(
            _(
                "%(file)s is a web page under the name of a table: open it in a spreadsheet, and save it as XLSX.",
                file=file_name,
            )
        )
    rows, with_nul = _records(words, file_name)
    return Source(
        file_name=file_name,
        sha256=digest,
        sheets=(Sheet("", rows),),
        encoding=used,
        encoding_sure=sure,
        rows_with_nul=with_nul,
    )


# --- text -------------------------------------------------------------------------------------------------------------


def _decoded(data: bytes, file_name: str, encoding: str | None) -> tuple[str, str, bool]:
    if encoding:
        try:
            return data.decode(encoding), encoding, True
        except (LookupError, UnicodeDecodeError) as error:
            raise Unreadable(
                _(
                    "%(file)s is not text in %(encoding)s: correct the encoding in the mapping file.",
                    file=file_name,
                    encoding=encoding,
                )
            ) from error
    for mark, codec in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(codec, "replace"), codec, True
    if b"\x00" in data and (wide := _wide(data)):
        return wide
    if data.count(0) * MOST_NUL > len(data):
        raise _no_table(file_name)
    try:
        return data.decode("utf-8"), "utf-8", True
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise _no_table(file_name) from None
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a" for byte in data[:4096])
    if controls > 40 or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise _no_table(file_name)
    words, codec = max(
        ((data.decode(each, "replace"), each) for each in _WESTERN),
        key=lambda each: _sense(each[0]),
    )
    if _sense(words) < 0 or sum(map(str.isalpha, words)) < 3 * sum(
        byte > 127 for byte in data
    ):  # hardly a Western language
        other = from_bytes(data, cp_isolation=list(_OTHER)).best()
        if other is not None:
            return str(other), other.encoding, False
    return words, codec, False


def _sense(words: str) -> float:
    """How well the letters and marks outside ASCII stand where a reader expects them: the first of equals is the likelier encoding."""
    score = 0.0
    for found in re.finditer(r"(.?)([^\x00-\x7f])(?=(.?))", words[:400_000], re.S):
        before, mark, after = found[1], found[2], found[3]
        inside = before.isalpha() and after.isalpha()
        if mark.isalpha():
            score += (
                -1
                if before.islower() and mark.isupper()
                else 1
                if mark.islower() or not before.isalpha()
                else 0
            )
        elif mark in "\u2019\u2018":
            score += 1.5
        elif mark in "\u2013\u2014":
            score += 0.6 if inside else 1.2
        elif (
            mark in "\u201c\u201d\u2026\u2022\u00a0\u20ac\u00a3\u00a7\u00b0\u00ab\u00bb\u00bf\u00a1"
        ):
            score += -1 if inside else 0.5
        else:
            score -= 1
    return score


def _wide(data: bytes) -> tuple[str, str, bool] | None:
    """UTF-16 without its mark: every other byte of a table in Latin letters is zero."""
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    half = len(data[:4000]) // 2
    if half and max(even, odd) > 0.4 * half and min(even, odd) < 0.1 * half:
        codec = "utf-16-le" if odd > even else "utf-16-be"
        return data.decode(codec, "replace"), codec, True
    return None


def _no_table(file_name: str) -> Unreadable:
    return Unreadable(
        _(
            "%(file)s is no table that can be read: save it as CSV (UTF-8) or as XLSX.",
            file=file_name,
        )
    )


def _records(words: str, file_name: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """The rows, and the numbers of those that had a NUL character."""
    if told := re.match(r"sep=(.)\r?\n", words):
        words, delimiter = words[told.end() :], told[1]
    else:
        delimiter = max(_DELIMITERS, key=lambda each: _fits(words[:200_000], each))
    csv.field_size_limit(LARGEST_FILE)
    try:
        records = list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(
            _(
                "%(file)s is not regular CSV (%(why)s): save the table again as CSV (UTF-8) or as XLSX.",
                file=file_name,
                why=str(error),
            )
        ) from error
    if told:
        records.insert(0, [])
    with_nul = tuple(
        number for number, record in enumerate(records, 1) if any("\x00" in cell for cell in record)
    )
    return _squared([tuple(_clean(cell) for cell in record) for record in records]), with_nul


def _fits(words: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter cuts the text into rows of one width: the share of rows that have it, then the width."""
    widths: Counter[int] = Counter()
    try:
        for count, record in enumerate(
            csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
        ):
            if record and any(record):
                widths[len(record)] += 1
            if count > 400:
                break
    except csv.Error:
        return 0.0, 0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda each: (each[1], each[0]))
    return round(count / sum(widths.values()), 1), width


def _clean(cell: str) -> str:
    """Line ends as one character; what no page can show is left out."""
    return _NOT_SHOWN.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).strip(" \t\n\u00a0")


# --- workbooks --------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, file_name: str) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets that are shown (all, where none is), and the names of those that are hidden."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise _protected(file_name)
    if data.startswith(b"PK"):
        _guard_package(data, file_name)
    hides = _hides(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                each.name
                for each in book.sheets_metadata
                if each.visible is SheetVisibleEnum.Visible
            ] or book.sheet_names
            sheets = tuple(
                _sheet(book, name, file_name, hides.get(name) if hides else None) for name in shown
            )
            return sheets, tuple(name for name in book.sheet_names if name not in shown)
    except PasswordError as error:
        raise _protected(file_name) from error
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable(
            _(
                "%(file)s is no workbook that can be read: open it, and save it again as XLSX or as CSV (UTF-8).",
                file=file_name,
            )
        ) from error


def _hides(data: bytes) -> dict[str, hidden_cells.Hidden] | None:
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return hidden_cells.of_package(package)


def _protected(file_name: str) -> Unreadable:
    return Unreadable(
        _("%(file)s is protected by a password: save it without one.", file=file_name)
    )


def _guard_package(data: bytes, file_name: str) -> None:
    """Refuses what would unpack to more than an office ever has, before anything is unpacked, and other things that are zipped."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _no_table(file_name) from error
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise _protected(file_name)
    unpacked = sum(part.file_size for part in parts)
    if (
        unpacked > LARGEST_UNPACKED
        or len(parts) > 10_000
        or unpacked > max(MOST_PACKED * len(data), 20 * 2**20)
    ):
        raise Unreadable(
            _(
                "%(file)s unpacks to %(size)s MB: save the table alone as CSV (UTF-8).",
                file=file_name,
                size=unpacked // 2**20,
            )
        )
    if (
        not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
        or "word/document.xml" in names
    ):
        raise _no_table(file_name)
    for part in parts:
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            _guard_extent(package, part, file_name)


def _guard_extent(package: zipfile.ZipFile, part: zipfile.ZipInfo, file_name: str) -> None:
    """One cell in the farthest corner makes a reader lay out a sheet of 17 billion: look at the addresses first."""
    rows = columns = unpacked = 0
    with package.open(part) as stream:
        kept = b""
        while block := stream.read(2**20):
            unpacked += len(block)
            if unpacked > part.file_size + 2**20:
                raise _no_table(file_name)
            for letters, number in _CELL.findall(kept + block):
                rows = max(rows, int(number))
                column = 0
                for letter in letters:
                    column = column * 26 + letter - 64
                columns = max(columns, column)
            kept = block[-200:]
    if rows * columns > MOST_CELLS:
        raise Unreadable(
            _(
                "%(file)s has a sheet of %(rows)s rows and %(columns)s columns: delete the empty ones, or save the table alone as CSV.",
                file=file_name,
                rows=rows,
                columns=columns,
            )
        )


def _sheet(
    book: CalamineWorkbook, name: str, file_name: str, hides: hidden_cells.Hidden | None
) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise Unreadable(
            _(
                "%(file)s has a sheet of %(rows)s rows and %(columns)s columns: delete the empty ones, or save the table alone as CSV.",
                file=file_name,
                rows=sheet.total_height,
                columns=sheet.total_width,
            )
        )
    rows = (
        [[_clean(_shown(value)) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        if sheet.height
        else []
    )
    for (top, left), (bottom, _right) in (
        sheet.merged_cell_ranges or ()
    ):  # a cell that spans rows speaks for each of them
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and not rows[row][left]:
                rows[row][left] = rows[top][left]
    if hides is None:
        return Sheet(name, _squared(rows), hidden_columns=None)
    return Sheet(name, _squared(rows), frozenset(hides.columns), frozenset(hides.rows))


def _shown(value: int | float | str | bool | time | date | datetime | timedelta) -> str:
    """A cell's value as its reader would write it: days as ISO dates, whole numbers without a fraction."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return (
                str(int(value))
                if value.is_integer() and abs(value) < 1e15
                else f"{value:.10f}".rstrip("0").rstrip(".")
            )
        case datetime():
            return (
                value.date().isoformat()
                if value.time() == time()
                else value.isoformat(" ", "minutes")
            )
        case date() | time():
            return value.isoformat()
    return str(value)


def _squared(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, rows), default=0)
    return tuple((*row, *("",) * (width - len(row))) for row in rows)
