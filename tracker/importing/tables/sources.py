"""A file that was read: sheets of plain cells, and what had to be assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.importing.problems import Unreadable
from tracker.translation import gettext as _

LARGEST_FILE = 50 * 1024 * 1024  # bytes
LONGEST_CELL = 100_000  # characters
CHOICES_SHEET = "Words to choose from"  # of a workbook that the record gave out: never read
_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a file without sheets.

    `rows[n]` is row n + 1 of the sheet, or record n + 1 of the file. All cells are text; each row
    is as long as the widest.
    """

    name: str  # "" for a file without sheets
    rows: Rows
    # places, counted from 0; None: the format does not tell
    hidden_columns: frozenset[int] | None = frozenset()
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that was read, and what had to be assumed."""

    file_name: str
    sha256: str  # of its bytes, in hexadecimal
    sheets: tuple[Sheet, ...]
    encoding: str | None = None  # of a text file; None for a workbook
    encoding_sure: bool = True
    hidden_sheets: tuple[str, ...] = ()  # their names; they are not read
    # rows of a text file that had a NUL character, which is left out
    rows_with_nul: tuple[int, ...] = ()


def clean(cell: str) -> str:
    """Line ends as one character; what no page can show is left out."""
    return _NOT_SHOWN.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).strip(" \t\n\u00a0")


def squared(rows: Sequence[Sequence[str]]) -> Rows:
    """Rows of one length, filled up with empty cells."""
    width = max(map(len, rows), default=0)
    return tuple((*row, *("",) * (width - len(row))) for row in rows)


def no_table(file_name: str) -> Unreadable:
    return Unreadable(
        _(
            "%(file)s is no table that can be read: save it as CSV (UTF-8) or as XLSX.",
            file=file_name,
        )
    )
