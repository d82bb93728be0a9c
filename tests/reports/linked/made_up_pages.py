"""Fragments without WeasyPrint: small pages with a font of their own, made in milliseconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

from tracker.reports.linked import fragment
from tracker.reports.linked.fragment import (
    AnchorOfPage,
    BookmarkOfPage,
    FontOfPage,
    Fragment,
    FragmentHeader,
    LateNumber,
    UsedGlyph,
)

CODE = "ABCDEF"
WIDTH = 500
WIDTH_OF_ONE = 250
LETTERS = "abcdefghijklmnopqrstuvwxyz "
DIGITS = "0123456789"
NAMES = [".notdef", *(f"letter{number}" for number in range(len(LETTERS)))]
ZERO = len(NAMES)
TABULAR_ZERO = ZERO + len(DIGITS)


@dataclass(frozen=True, kw_only=True)
class MadeUpPage:
    """What a page is to have: `late` and `links` are names."""

    words: str
    late: Sequence[str] = ()
    links: Sequence[str] = ()
    anchors: Sequence[str] = ()
    bookmarks: Sequence[tuple[int, str]] = ()


def made_up_font() -> bytes:
    """Its digits have two styles: in the usual one the 1 is narrow."""
    digits = [f"digit{digit}" for digit in DIGITS]
    tabular = [f"{name}.tnum" for name in digits]
    order = [*NAMES, *digits, *tabular]
    pen = TTGlyphPen(None)
    for x, y in ((0, 0), (0, 700), (200, 700), (200, 0)):
        (pen.lineTo if (x, y) != (0, 0) else pen.moveTo)((x, y))
    pen.closePath()
    box = pen.glyph()
    widths = {name: (WIDTH, 0) for name in order} | {"digit1": (WIDTH_OF_ONE, 0)}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    signs = dict(zip(LETTERS, NAMES[1:], strict=True)) | dict(zip(DIGITS, digits, strict=True))
    builder.setupCharacterMap({ord(sign): name for sign, name in signs.items()})
    builder.setupGlyf({name: Glyph() if name == NAMES[-1] else box for name in order})
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made up", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    rules = "".join(f"sub {one} by {other};" for one, other in zip(digits, tabular, strict=True))
    addOpenTypeFeaturesFromString(builder.font, f"feature tnum {{ {rules} }} tnum;")
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


class MadeUpPages:
    """A folder of pages and their font."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fonts = folder / "fonts"
        self.fonts.mkdir()
        content = made_up_font()
        self.font_file = hashlib.sha256(content).hexdigest()
        (self.fonts / self.font_file).write_bytes(content)
        self._next = fragment.FIRST_FREE

    def font(self, words: str, zero: int = TABULAR_ZERO) -> FontOfPage:
        glyphs = {UsedGlyph(1 + LETTERS.index(letter), WIDTH, letter) for letter in words}
        return FontOfPage(
            file=self.font_file,
            index=0,
            name=f"/{CODE}+Made-up",
            family="Made up",
            flags=4,
            ascent=800,
            descent=-200,
            glyphs=(*sorted(glyphs), UsedGlyph(zero, WIDTH, "0")),
        )

    def write(self, page: MadeUpPage, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(fragment.to_bytes(self._fragment(page)))
        return path

    def _fragment(self, page: MadeUpPage) -> Fragment:
        base = self._next
        first_part = base + fragment.FIRST_LATE + len(page.late)
        parts = [*range(first_part, first_part + len(page.late) + 1)]
        number = parts[-1] + 1  # of the page; its element and its links follow
        links = [*range(number + 2, number + 2 + len(page.links))]
        self._next = number + 2 + len(links)
        contents = [parts[0]]
        for late, part in enumerate(parts[1:], base + fragment.FIRST_LATE):
            contents += (late, part)
        streams = list(zip(parts, _contents(page), strict=True))
        written = [(n, fragment.packed_stream_object(n, b"", content)) for n, content in streams]
        inner = [
            (base, _parents(base, number + 1, links)),
            (number, _page(base, [*contents, base + fragment.MARGINS], links)),
            (number + 1, _element(number, links)),
            *((link, _link(base + 1 + n, page.links[n])) for n, link in enumerate(links)),
        ]
        container = base + fragment.OBJECT_STREAM
        written.append((container, fragment.object_stream(container, inner)))
        return Fragment(
            header=FragmentHeader(
                base=base,
                count=self._next - base,
                page=number,
                media_box=(0.0, 0.0, 300.0, 200.0),
                streams=tuple(_offsets(written)),
                late=tuple(
                    LateNumber(late, target, CODE, 3, 10.0, TABULAR_ZERO)
                    for late, target in enumerate(page.late, base + fragment.FIRST_LATE)
                ),
                bookmarks=tuple(BookmarkOfPage(*entry, 20.0, 180.5) for entry in page.bookmarks),
                anchors=tuple(AnchorOfPage(anchor, 20.0, 150.25) for anchor in page.anchors),
                targets=tuple(sorted(page.links)),
                roots=(number + 1,),
                places=(),
                name="",
                fonts={CODE: self.font(page.words)},
            ),
            objects=b"".join(content for _number, content in written),
            rows=_rows(base, self._next - base, [number for number, _body in inner]),
        )


def _contents(page: MadeUpPage) -> list[bytes]:
    glyphs = "".join(f"{1 + LETTERS.index(letter):04x}" for letter in page.words)
    begin = f"q /P <</MCID 0>> BDC BT /{CODE} 12 Tf 20 150 Td <{glyphs}> Tj 0 -20 Td"
    end = "ET EMC Q"
    pieces = [begin, *(["0 -20 Td"] * (len(page.late) - 1)), end]
    return [piece.encode() for piece in (pieces if page.late else [f"{begin} {end}"])]


def _page(base: int, contents: Sequence[int], links: Sequence[int]) -> bytes:
    return (
        f"<</Type/Page/Parent {fragment.ROOT_PAGES} 0 R/MediaBox[0 0 300 200]/Tabs/S"
        f"/StructParents {base}/Resources<</Font {fragment.FONTS} 0 R>>"
        f"/Contents[{_references(contents)}]/Annots[{_references(links)}]>>"
    ).encode()


def _element(page: int, links: Sequence[int]) -> bytes:
    objects = " ".join(f"<</Type/OBJR/Obj {link} 0 R/Pg {page} 0 R>>" for link in links)
    role = "Link" if links else "P"
    return (
        f"<</Type/StructElem/S/{role}/P {fragment.ROOT_DOCUMENT} 0 R/Pg {page} 0 R/K[0 {objects}]>>"
    ).encode()


def _link(key: int, name: str) -> bytes:
    return (
        f"<</Type/Annot/Subtype/Link/Rect[20 20 60 40]/F 4/Contents({name})/Dest({name})"
        f"/StructParent {key}>>"
    ).encode()


def _parents(base: int, element: int, links: Sequence[int]) -> bytes:
    of_links = "".join(f" {base + 1 + n} {element} 0 R" for n in range(len(links)))
    return (
        f"<</Limits[{base} {base + len(links)}]/Nums[{base}[{element} 0 R]{of_links}]>>"
    ).encode()


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _offsets(written: Sequence[tuple[int, bytes]]) -> list[tuple[int, int]]:
    offset, found = 0, []
    for number, content in written:
        found.append((number, offset))
        offset += len(content)
    return found


def _rows(base: int, count: int, inner: Sequence[int]) -> bytes:
    rows = bytearray(fragment.ROW.size * count)
    for place, number in enumerate(inner):
        row = (fragment.IN_OBJECT_STREAM, base + fragment.OBJECT_STREAM, place)
        fragment.ROW.pack_into(rows, fragment.ROW.size * (number - base), *row)
    return bytes(rows)
