"""The fragment: one page as finished PDF objects, in a file of its own.

It is to a report what an object file is to a program. Object numbers are unique among all fragments
of a cache, so the linker copies the objects as they are, and writes only what depends on the pages
around: page numbers, margins, outline, fonts, and the roots of the trees.

    number        object
    base          leaf of the parent tree, with the keys base, base + 1, ...
    base + 1      object stream with all that is no stream itself: the page, its elements, ...
    base + 2      the margins: a content stream that the linker writes, be it empty
    base + 3 ...  late page numbers: content streams that the linker writes
    then          content streams of the page, images, patterns
    then          what is in the object stream

The file: 4 bytes with the length of the header and 4 with its checksum, the header as JSON, the
stream objects, and a row of the cross-reference stream for each number. Rows of streams are filled
in by the linker.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = 2

CATALOG = 1
ROOT_PAGES = 2
INFORMATION = 3
METADATA = 4
STRUCTURE_ROOT = 5
ROOT_DOCUMENT = 6
FONTS = 7
COLOUR_SPACES = 8
COLOUR_PROFILE = 9
PARENT_TREE = 10
NAMES = 11
OUTLINE = 12
FIRST_FREE = 64
"""Objects with these numbers are in each report; the linker writes them. Cached ones follow."""

PARENTS, OBJECT_STREAM, MARGINS, FIRST_LATE = range(4)
"""What a fragment has at its base, and after it."""

ROW = struct.Struct(">BIH")
"""Of the cross-reference stream: type, offset or object stream, place in the object stream."""

FREE, AT_OFFSET, IN_OBJECT_STREAM = range(3)
"""Types of a row."""

START = struct.Struct(">II")
"""Of the file: length and checksum of the header."""


class BrokenFragment(ValueError):
    """The file is not whole, or of another format: its page is laid out anew."""


class LateNumber(NamedTuple):
    """A page number that is written when the report is linked."""

    number: int  # of the content stream
    target: str  # whose page it is
    font: str  # its code
    digits: int  # for how many there is room; the number is right aligned
    kerning: float  # between two, in thousandths of the font size, as `TJ` takes it
    zero: int  # the glyph in their place: digits are in its style


class BookmarkOfPage(NamedTuple):
    level: int
    title: str
    x: float
    y: float


class AnchorOfPage(NamedTuple):
    name: str
    x: float
    y: float


class UsedGlyph(NamedTuple):
    glyph: int  # its number in the font
    width: int  # in thousandths of the font size
    text: str


@dataclass(frozen=True, kw_only=True)
class FontOfPage:
    """What embeds a font, once for the whole report."""

    file: str  # as `store_font` named it
    index: int  # in the file
    name: str
    family: str
    flags: int
    ascent: int
    descent: int
    glyphs: tuple[UsedGlyph, ...]


@dataclass(frozen=True, kw_only=True)
class FragmentHeader:
    """What the linker knows of a page without reading its objects."""

    base: int  # the first object number
    count: int  # of object numbers
    page: int
    media_box: tuple[float, float, float, float]
    streams: tuple[tuple[int, int], ...]  # object number, offset in the objects
    late: tuple[LateNumber, ...]
    bookmarks: tuple[BookmarkOfPage, ...]
    anchors: tuple[AnchorOfPage, ...]
    targets: tuple[str, ...]  # names that links lead to
    roots: tuple[int, ...]  # the page's top structure elements
    places: tuple[str, ...]  # running heads that begin here
    name: str  # of the page in the style sheet, or ""
    fonts: dict[str, FontOfPage]  # by code

    @property
    def parents(self) -> int:
        """Leaf of the parent tree."""
        return self.base + PARENTS

    @property
    def margins(self) -> int:
        """The content stream of the margins, after the others of the page: as WeasyPrint has them.
        The axes of the page are as they were."""
        return self.base + MARGINS


@dataclass(frozen=True, kw_only=True)
class Fragment:
    header: FragmentHeader
    objects: bytes  # one after the other
    rows: bytes  # of the cross-reference stream


def stream_object(number: int, entries: bytes, content: bytes) -> bytes:
    """A stream as it stands in the file. Where its last byte is a carriage return, the line's end
    that follows must have one too, or validators count it as part of that.

    :param entries: of its dictionary, without the length
    """
    end = b"\r\n" if content.endswith(b"\r") else b"\n"
    head = b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(content))
    return b"".join((head, content, end, b"endstream\nendobj\n"))


def packed_stream_object(number: int, entries: bytes, content: bytes) -> bytes:
    """The same, compressed."""
    return stream_object(number, entries + b"/Filter/FlateDecode", zlib.compress(content, 6))


def object_stream(number: int, objects: Iterable[tuple[int, bytes]]) -> bytes:
    """A stream of objects that are no streams; at most 65,536."""
    starts, bodies, position = [], [], 0
    for inner, body in objects:
        starts.append(b"%d %d" % (inner, position))
        bodies.append(body)
        position += len(body) + 1
    first = b" ".join(starts) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(starts), len(first))
    return packed_stream_object(number, entries, first + b"\n".join(bodies))


def to_bytes(fragment: Fragment) -> bytes:
    content = fragment.objects + fragment.rows
    document = {
        "format": FORMAT,
        "size": len(content),
        "checksum": zlib.crc32(content),
        **vars(fragment.header),
        "fonts": {code: vars(font) for code, font in fragment.header.fonts.items()},
    }
    header = json.dumps(document, separators=(",", ":")).encode()
    return START.pack(len(header), zlib.crc32(header)) + header + content


def read_header(path: Path) -> FragmentHeader:
    """Reads no more than the header; whether the objects are whole is not looked at."""
    with path.open("rb") as file:
        start = file.read(START.size)
        if len(start) < START.size:
            raise BrokenFragment(path.name)
        length, checksum = START.unpack(start)
        header = file.read(length)
    return _header(_document(header, checksum, path.name))


def read(path: Path) -> Fragment:
    return from_bytes(path.read_bytes(), path.name)


def read_objects(path: Path) -> tuple[bytes, bytes]:
    """Objects and rows, for whoever has read the header before. Raises BrokenFragment."""
    _header_of_page, objects, rows = _content(path.read_bytes(), path.name)
    return objects, rows


def from_bytes(data: bytes, name: str = "fragment") -> Fragment:
    """Raises BrokenFragment, which has the name.

    :param name: of the file
    """
    document, objects, rows = _content(data, name)
    return Fragment(header=_header(document), objects=objects, rows=rows)


def _content(data: bytes, name: str) -> tuple[dict[str, Any], bytes, bytes]:
    """The header as it is in the file, the objects, and the rows."""
    if len(data) < START.size:
        raise BrokenFragment(name)
    length, checksum = START.unpack_from(data)
    start = START.size + length
    document = _document(data[START.size : start], checksum, name)
    content = data[start:]
    if (document["size"], document["checksum"]) != (len(content), zlib.crc32(content)):
        raise BrokenFragment(name)
    cut = len(content) - ROW.size * document["count"]
    return document, content[:cut], content[cut:]


def _document(header: bytes, checksum: int, name: str) -> dict[str, Any]:
    if not header or zlib.crc32(header) != checksum:
        raise BrokenFragment(name)
    document: dict[str, Any] = json.loads(header)
    if document["format"] != FORMAT:
        raise BrokenFragment(name)
    return document


def _header(document: dict[str, Any]) -> FragmentHeader:
    left, bottom, right, top = document["media_box"]
    return FragmentHeader(
        base=document["base"],
        count=document["count"],
        page=document["page"],
        media_box=(left, bottom, right, top),
        streams=tuple((number, offset) for number, offset in document["streams"]),
        late=tuple(LateNumber(*row) for row in document["late"]),
        bookmarks=tuple(BookmarkOfPage(*row) for row in document["bookmarks"]),
        anchors=tuple(AnchorOfPage(*row) for row in document["anchors"]),
        targets=tuple(document["targets"]),
        roots=tuple(document["roots"]),
        places=tuple(document["places"]),
        name=document["name"],
        fonts={code: _font(font) for code, font in document["fonts"].items()},
    )


def _font(document: dict[str, Any]) -> FontOfPage:
    glyphs = tuple(map(UsedGlyph._make, document.pop("glyphs")))
    return FontOfPage(**document, glyphs=glyphs)
