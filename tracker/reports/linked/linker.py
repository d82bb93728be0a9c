"""Joins pages to a PDF file: PDF/A-3a and PDF/UA-1.

The objects of the pages are copied as they are. What depends on the pages around is written here:
page numbers, margins, the roots of the trees, names, outline and fonts. WeasyPrint is not imported,
nothing is parsed, and one fragment at a time is in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from . import fonts as report_fonts
from . import fragment
from .catalog import DocumentMarks, write_catalog
from .fonts import FontOfReport
from .fragment import BrokenFragment, FontOfPage, FragmentHeader, LateNumber
from .outline import Bookmark, write_outline
from .pdf_file import PdfFile
from .pdf_values import decimal, reference, references, string
from .stamps import Stamp


@dataclass(frozen=True)
class LinkedPage:
    """A page of a report: its fragment, and what stands in its margins."""

    fragment: Path
    stamps: tuple[Stamp, ...] = ()


@dataclass
class _Report:
    """What is known of all pages before the first one is written."""

    pages: Sequence[LinkedPage]
    headers: list[FragmentHeader]
    fonts: dict[str, FontOfReport]
    first_pages: dict[str, int] = field(default_factory=dict)
    """The page on which a name stands first, by the name."""

    @property
    def first_free(self) -> int:
        return max(header.base + header.count for header in self.headers)


def link(pages: Sequence[LinkedPage], target: Path, marks: DocumentMarks, fonts: Path) -> None:
    """Writes the file, which is replaced once it is whole. The same pages are the same bytes.

    Raises BrokenFragment, and UnknownFont where a font cannot be embedded.

    :param fonts: the folder of the font files
    """
    report = _read(pages, fonts)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            _write(PdfFile(file, report.first_free), report, marks)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _read(pages: Sequence[LinkedPage], folder: Path) -> _Report:
    report = _Report(pages, [fragment.read_header(page.fragment) for page in pages], {})
    _check_numbers(report.headers)
    for number, (page, header) in enumerate(zip(pages, report.headers, strict=True), start=1):
        for anchor in header.anchors:
            report.first_pages.setdefault(anchor.name, number)
        _use_fonts(report.fonts, header.fonts, folder)
        for stamp in page.stamps:
            _use_fonts(report.fonts, stamp.fonts, folder)
    return report


def _check_numbers(headers: Sequence[FragmentHeader]) -> None:
    """A number that two pages have would show one of them in the place of the other."""
    in_order = sorted(headers, key=lambda header: header.base)
    for header, after in pairwise(in_order):
        if header.base + header.count > after.base:
            raise BrokenFragment(f"two pages have the object number {after.base}")


def _use_fonts(known: dict[str, FontOfReport], fonts: dict[str, FontOfPage], folder: Path) -> None:
    for code, font in fonts.items():
        if code not in known:
            known[code] = FontOfReport(font, folder)
        known[code].use(font)


def _write(pdf: PdfFile, report: _Report, marks: DocumentMarks) -> None:
    for number in range(1, len(report.pages) + 1):
        _write_page(pdf, report, number)
    _write_trees(pdf, report.headers)
    bookmarks = list(_bookmarks(report.headers))
    write_outline(pdf, fragment.OUTLINE, bookmarks)
    report_fonts.write_all(pdf, fragment.FONTS, report.fonts)
    write_catalog(pdf, marks, _destinations(report), has_outline=bool(bookmarks))
    pdf.finish(b"/Root %d 0 R/Info %d 0 R" % (fragment.CATALOG, fragment.INFORMATION))


def _write_page(pdf: PdfFile, report: _Report, number: int) -> None:
    page, header = report.pages[number - 1], report.headers[number - 1]
    objects, rows = fragment.read_objects(page.fragment)
    written_late = {late.number: _late_number(late, report) for late in header.late}
    written_late[header.margins] = b"\n".join(
        stamp.content(number, len(report.pages), report.fonts) for stamp in page.stamps
    )
    pdf.put_fragment(header.base, objects, rows, header.streams, written_late)


def _late_number(late: LateNumber, report: _Report) -> bytes:
    """The number of the page on which a name stands, right aligned; nothing where it is on none."""
    if late.target not in report.first_pages:
        return b""
    number = str(report.first_pages[late.target])
    font = report.fonts[late.font]
    glyphs = font.digits(number, late.zero)
    advance = font.width(late.zero) - late.kerning
    shift = decimal((len(number) - late.digits) * advance)
    kerning = decimal(late.kerning)
    digits = kerning.join(b"<%04x>" % glyph for glyph in glyphs)
    return b"[%s%s] TJ" % (shift, digits)


def _write_trees(pdf: PdfFile, headers: Sequence[FragmentHeader]) -> None:
    """The roots of pages and of structure."""
    pdf.put(
        fragment.ROOT_PAGES,
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(headers), references(header.page for header in headers)),
    )
    pdf.put(
        fragment.STRUCTURE_ROOT,
        b"<</Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d>>"
        % (
            reference(fragment.ROOT_DOCUMENT),
            reference(fragment.PARENT_TREE),
            max(header.base + header.count for header in headers),
        ),
    )
    pdf.put(
        fragment.ROOT_DOCUMENT,
        b"<</Type/StructElem/S/Document/P %s/K[%s]>>"
        % (
            reference(fragment.STRUCTURE_ROOT),
            references(root for header in headers for root in header.roots),
        ),
    )
    leaves = sorted(header.parents for header in headers)
    pdf.put(fragment.PARENT_TREE, b"<</Kids[%s]>>" % references(leaves))


def _bookmarks(headers: Sequence[FragmentHeader]) -> Iterator[Bookmark]:
    for header in headers:
        for level, title, x, y in header.bookmarks:
            yield Bookmark(level, title, header.page, x, y)


def _destinations(report: _Report) -> bytes:
    """Names and where they stand, sorted. A name on several pages is on the first one; a link to a
    name that is on none leads to the first page.
    """
    places: dict[bytes, bytes] = {}
    for header in report.headers:
        for name, x, y in header.anchors:
            place = b"[%d 0 R/XYZ %s %s 0]" % (header.page, decimal(x), decimal(y))
            places.setdefault(string(name), place)
    beginning = b"[%d 0 R/Fit]" % report.headers[0].page
    for header in report.headers:
        for name in header.targets:
            places.setdefault(string(name), beginning)
    return b" ".join(b"%s %s" % entry for entry in sorted(places.items()))
