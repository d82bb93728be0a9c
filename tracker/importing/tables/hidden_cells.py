"""What a workbook hides: the columns and rows of its sheets, read from the XML of XLSX and ODS.

Other formats do not tell.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
_BLOCK = 2**18  # bytes
_SEPARATOR = " "  # between the namespace of a name and the name itself
Attributes = Mapping[str, str]


@dataclass
class Hidden:
    """Places of columns and rows, counted from 0."""

    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


class _Refused(Exception):
    """The XML defines entities, which can make a small file large."""


_CANNOT_TELL = (
    _Refused,
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,  # of zipfile: a method of packing that it does not know, a password
)


def of_package(package: zipfile.ZipFile) -> dict[str, Hidden] | None:
    """By sheet. None: this package does not tell, or not in a way that we can read."""
    names = set(package.namelist())
    try:
        if "xl/workbook.xml" in names:
            return {
                sheet: _of_xlsx_sheet(package, part)
                for sheet, part in _xlsx_sheets(package).items()
                if part in names
            }
        if "content.xml" in names:
            return _of_ods(package)
    except _CANNOT_TELL:
        return None
    return None


def _walk(
    package: zipfile.ZipFile,
    part: str,
    starts: Callable[[str, Attributes], None],
    ends: Callable[[str], None] = lambda name: None,
) -> None:
    """Calls `starts` and `ends` with local names; attributes have local names as well.

    Read block by block, so that nothing is laid out in memory; a part that defines entities is
    refused.
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)

    def refuse(*_: object) -> None:
        raise _Refused

    def start(name: str, attributes: Mapping[str, str]) -> None:
        starts(_local(name), {_local(key): value for key, value in attributes.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: ends(_local(name))
    parser.StartDoctypeDeclHandler = refuse
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]


# --- XLSX ---------------------------------------------------------------------------------------


def _xlsx_sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of the package that holds each sheet."""
    relations: dict[str, str] = {}
    parts: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            is_absolute = target.startswith("/")
            part = target.lstrip("/") if is_absolute else posixpath.normpath(f"xl/{target}")
            relations[attributes.get("Id", "")] = part

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet" and attributes.get("id") in relations:
            parts[attributes.get("name", "")] = relations[attributes["id"]]

    _walk(package, "xl/_rels/workbook.xml.rels", relation)
    _walk(package, "xl/workbook.xml", sheet)
    return parts


def _of_xlsx_sheet(package: zipfile.ZipFile, part: str) -> Hidden:
    hidden = Hidden()
    last_row = 0

    def starts(name: str, attributes: Attributes) -> None:
        nonlocal last_row
        if name == "col" and _is_hidden(attributes, "width"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), MOST_COLUMNS)
            hidden.columns.update(range(first - 1, last))
        elif name == "row":
            last_row = int(attributes.get("r", last_row + 1))
            if _is_hidden(attributes, "ht"):
                hidden.rows.add(last_row - 1)

    _walk(package, part, starts)
    return hidden


def _is_hidden(attributes: Attributes, size: str) -> bool:
    """It says so, or it has no width or height that could be seen."""
    if attributes.get("hidden", "").casefold() in ("1", "true", "on"):
        return True
    return size in attributes and float(attributes[size]) == 0


# --- ODS ----------------------------------------------------------------------------------------


def _of_ods(package: zipfile.ZipFile) -> dict[str, Hidden]:
    sheets: dict[str, Hidden] = {}
    tables: list[str] = []  # a table may stand in a cell of another
    column = row = 0

    def starts(name: str, attributes: Attributes) -> None:
        nonlocal column, row
        if name == "table":
            tables.append(attributes.get("name", ""))
            if len(tables) == 1:
                sheets[tables[0]] = Hidden()
                column = row = 0
        elif name == "table-column" and len(tables) == 1:
            last = min(column + int(attributes.get("number-columns-repeated", 1)), MOST_COLUMNS)
            if attributes.get("visibility", "visible") != "visible":
                sheets[tables[0]].columns.update(range(column, last))
            column = last
        elif name == "table-row" and len(tables) == 1:
            last = min(row + int(attributes.get("number-rows-repeated", 1)), MOST_ROWS)
            if attributes.get("visibility", "visible") != "visible":
                sheets[tables[0]].rows.update(range(row, last))
            row = last

    def ends(name: str) -> None:
        if name == "table":
            tables.pop()

    _walk(package, "content.xml", starts, ends)
    return sheets
