"""Tables in text: CSV in any encoding and with any delimiter becomes records of cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from charset_normalizer import from_bytes

from tracker.importing.problems import Unreadable
from tracker.translation import gettext as _

from .sources import LARGEST_FILE, Rows, clean, no_table, squared

MOST_NUL = 20  # a text file has at most one NUL in so many bytes
MOST_CONTROLS = 40  # control characters in the first 4096 bytes of a text
_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT_FOR_DELIMITER = 200_000  # characters
_ROWS_FOR_DELIMITER = 400
_LOOKED_AT_FOR_ENCODING = 400_000  # characters
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
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
_APOSTROPHES = "\u2019\u2018"
_DASHES = "\u2013\u2014"
_OTHER_MARKS = "\u201c\u201d\u2026\u2022\u00a0\u20ac\u00a3\u00a7\u00b0\u00ab\u00bb\u00bf\u00a1"


@dataclass(frozen=True)
class DecodedText:
    """The words of a file, and the encoding by which they were read."""

    words: str
    encoding: str
    sure: bool


@dataclass(frozen=True)
class CsvRecords:
    rows: Rows
    rows_with_nul: tuple[int, ...]  # numbers, counted from 1


def decoded(data: bytes, file_name: str, encoding: str | None) -> DecodedText:
    """The text of a file, in the encoding that the mapping file says, else in the likeliest.

    Raises Unreadable where the bytes are no text.
    """
    if encoding:
        return _decoded_as(data, file_name, encoding)
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return DecodedText(data.decode(codec, "replace"), codec, True)
    wide = _wide_codec(data)
    if wide:
        return DecodedText(data.decode(wide, "replace"), wide, True)
    if data.count(0) * MOST_NUL > len(data):
        raise no_table(file_name)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise no_table(file_name) from None
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a" for byte in data[:4096])
    if controls > MOST_CONTROLS or data.startswith(_OTHER_FORMATS):
        raise no_table(file_name)
    return _guessed(data)


def _decoded_as(data: bytes, file_name: str, encoding: str) -> DecodedText:
    try:
        return DecodedText(data.decode(encoding), encoding, True)
    except (LookupError, UnicodeDecodeError) as error:
        raise Unreadable(
            _(
                "%(file)s is not text in %(encoding)s: correct the encoding in the mapping file.",
                file=file_name,
                encoding=encoding,
            )
        ) from error


def _guessed(data: bytes) -> DecodedText:
    """In one of the old encodings: the Western one that makes most sense, else another."""
    texts = [DecodedText(data.decode(codec, "replace"), codec, False) for codec in _WESTERN]
    western = max(texts, key=lambda text: _sense(text.words))
    letters = sum(map(str.isalpha, western.words))
    not_ascii = sum(byte > 127 for byte in data)
    if _sense(western.words) >= 0 and letters >= 3 * not_ascii:
        return western
    other = from_bytes(data, cp_isolation=list(_OTHER)).best()
    if other is None:
        return western
    return DecodedText(str(other), other.encoding, False)


def _sense(words: str) -> float:
    """How well letters and marks outside ASCII stand where a reader expects them.

    Of equals the first is the likelier encoding.
    """
    return sum(
        _sense_of_mark(match[1], match[2], match[3])
        for match in re.finditer(
            r"(.?)([^\x00-\x7f])(?=(.?))", words[:_LOOKED_AT_FOR_ENCODING], re.DOTALL
        )
    )


def _sense_of_mark(before: str, mark: str, after: str) -> float:
    inside_a_word = before.isalpha() and after.isalpha()
    if mark.isalpha():
        if before.islower() and mark.isupper():
            return -1
        return 1 if mark.islower() or not before.isalpha() else 0
    if mark in _APOSTROPHES:
        return 1.5
    if mark in _DASHES:
        return 0.6 if inside_a_word else 1.2
    if mark in _OTHER_MARKS:
        return -1 if inside_a_word else 0.5
    return -1


def _wide_codec(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a table in Latin letters is zero."""
    if b"\x00" not in data:
        return None
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    half = len(data[:4000]) // 2
    if half and max(even, odd) > 0.4 * half and min(even, odd) < 0.1 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def records(words: str, file_name: str, delimiter: str | None = None) -> CsvRecords:
    """The records of a text. Raises Unreadable where it is not regular CSV.

    `delimiter`: None where it is to be told from the text.
    """
    first_line = re.match(r"sep=(.)\r?\n", words)  # by which spreadsheets say their delimiter
    if first_line:
        words, delimiter = words[first_line.end() :], first_line[1]
    elif delimiter is None:
        beginning = words[:_LOOKED_AT_FOR_DELIMITER]
        delimiter = max(_DELIMITERS, key=lambda mark: _fits(beginning, mark))
    csv.field_size_limit(LARGEST_FILE)
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(
            _(
                "%(file)s is not regular CSV (%(why)s): "
                "save the table again as CSV (UTF-8) or as XLSX.",
                file=file_name,
                why=str(error),
            )
        ) from error
    if first_line:
        rows.insert(0, [])
    with_nul = tuple(
        number for number, row in enumerate(rows, 1) if any("\x00" in cell for cell in row)
    )
    return CsvRecords(squared([tuple(map(clean, row)) for row in rows]), with_nul)


def _fits(words: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter cuts a text into rows of one width.

    The share of rows that have the commonest width above one, then that width.
    """
    widths: Counter[int] = Counter()
    try:
        reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
        for count, record in enumerate(reader):
            if any(record):
                widths[len(record)] += 1
            if count > _ROWS_FOR_DELIMITER:
                break
    except csv.Error:
        return 0.0, 0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width = max(wide, key=lambda width: (wide[width], width))
    return round(wide[width] / sum(widths.values()), 1), width
