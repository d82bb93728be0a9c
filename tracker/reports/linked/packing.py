"""From a page that is laid out to its fragment: drawn by WeasyPrint, without fonts, in no file.

In the text of the document, `goto:NAME` is a link to a name of the report. Where its element has
the class `page`, its text is zeros, and a page number is written there when the report is linked;
it is right aligned and not underlined, and its digits are tabular.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pydyf

from . import fragment, page_objects, structure
from .drawing import StoreFont, draw
from .fragment import (
    AnchorOfPage,
    BookmarkOfPage,
    FontOfPage,
    Fragment,
    FragmentHeader,
    LateNumber,
)
from .page_objects import UnknownValue, number_of
from .structure import PdfInWriting

if TYPE_CHECKING:
    from weasyprint import Document, Page

Allocate = Callable[[int], int]
"""Reserves so many object numbers, and returns the first."""

LINK_SCHEME = "goto:"
CLASS_OF_LATE = "page"

POINTS = 0.75
"""In one pixel of the layout."""

HEX_DIGITS_OF_GLYPH = 4

STATE_OF_MARGINS = ("a1.0", pydyf.Dictionary({"ca": 1}))
"""The graphics state that WeasyPrint sets before text: the margins have it, be the page empty."""


class CannotBePacked(Exception):
    """The page has what a fragment cannot hold: the report is made the plain way."""


class PlaceOfNumber(NamedTuple):
    """Where the content of a page is cut for a late page number."""

    target: str
    font: str
    digits: int
    kerning: float
    zero: int


Part = bytes | PlaceOfNumber
"""Of the content of a page: as it is, or written later."""


def pack(
    page: Page,
    document: Document,
    *,
    places: Sequence[str],
    allocate: Allocate,
    store_font: StoreFont,
) -> bytes:
    """The fragment of a page. Raises CannotBePacked.

    :param document: with which the page was laid out
    :param places: the running heads that begin on it
    """
    try:
        drawing = draw([page], document)
        structure.tidy(drawing.pdf)
        packing = _Packing(drawing.pdf, page)
        made = packing.fragment(allocate(packing.count), tuple(places), drawing.fonts(store_font))
    except (UnknownValue, LookupError) as error:
        raise CannotBePacked(repr(error)) from error
    return fragment.to_bytes(made)


class _Packing:
    """The objects of a page on their way into its fragment."""

    def __init__(self, pdf: PdfInWriting, page: Page) -> None:
        self.pdf, self.page = pdf, page
        self.page_number = pdf.pages["Kids"][0]
        self.page_object = pdf.objects[self.page_number]
        root = self._object(pdf.catalog["StructTreeRoot"])
        self.top = self._object(root["K"][0])
        self.nums: list[Any] = self._object(root["ParentTree"])["Nums"]
        self.targets, late = self._bind_links()
        stream = self._object(self.page_object.pop("Contents"))
        self.parts = list(cut(stream.stream, late))
        self._object(self.page_object["Resources"])["ExtGState"].setdefault(*STATE_OF_MARGINS)
        self.fixed = self._fixed_numbers()
        found = page_objects.reachable(pdf, self._starts(), self.fixed)
        self.streams = [n for n in found if isinstance(pdf.objects[n], pydyf.Stream)]
        self.plain = [n for n in found if not isinstance(pdf.objects[n], pydyf.Stream)]

    @property
    def count(self) -> int:
        """Of object numbers."""
        return fragment.FIRST_LATE + len(self.parts) + len(self.streams) + len(self.plain)

    def fragment(
        self, base: int, places: tuple[str, ...], fonts: dict[str, FontOfPage]
    ) -> Fragment:
        part_numbers = self._part_numbers(base)
        numbers = self._numbers(base)
        self._complete(base)
        streams = self._stream_objects(part_numbers, numbers)
        inner = list(self._inner_objects(base, part_numbers, numbers))
        number = base + fragment.OBJECT_STREAM
        streams.append((number, fragment.object_stream(number, inner)))
        left, bottom, right, top = (edge + 0.0 for edge in self.page_object["MediaBox"])
        header = FragmentHeader(
            base=base,
            count=self.count,
            page=numbers[self.page_number],
            media_box=(left, bottom, right, top),
            streams=tuple(_offsets(streams)),
            late=tuple(
                LateNumber(number, *part)
                for number, part in zip(part_numbers, self.parts, strict=True)
                if isinstance(part, PlaceOfNumber)
            ),
            bookmarks=tuple(_bookmarks(self.page)),
            anchors=tuple(_anchors(self.page)),
            targets=tuple(sorted(self.targets)),
            roots=tuple(numbers[int(kid.split()[0])] for kid in self.top["K"]),
            places=places,
            name=self.page._page_box.page_type.name or "",
            fonts=fonts,
        )
        return Fragment(
            header=header,
            objects=b"".join(content for _, content in streams),
            rows=_rows(base, self.count, [number for number, _ in inner]),
        )

    def _object(self, reference: bytes) -> Any:
        return structure.object_of(self.pdf, reference)

    def _bind_links(self) -> tuple[set[str], dict[int, str]]:
        """Links within the report get their names.

        :returns: the names, and what is to be numbered late, by the number of its marked content
        """
        numbered = {
            box.link_annotation.reference for *_link, box in self.page.links if _is_late(box)
        }
        targets, late = set(), {}
        for reference in self.page_object.get("Annots", ()):
            annotation = self._object(reference)
            name = _bind(annotation)
            if name is None:
                continue
            targets.add(name)
            if reference in numbered:
                owner = self._object(self._owner(annotation["StructParent"]))
                marks = [kid for kid in owner["K"] if isinstance(kid, int)]
                if not marks:
                    raise UnknownValue("a page number has no zeros")
                late.update(dict.fromkeys(marks, name))
        return targets, late

    def _owner(self, key: int) -> bytes:
        """The reference of the element to which an entry of the parent tree leads."""
        reference: bytes = self.nums[self.nums[::2].index(key) * 2 + 1]
        return reference

    def _fixed_numbers(self) -> dict[int, int]:
        """The new numbers of what each report has once."""
        resources = self._object(self.page_object["Resources"])
        fixed = {
            self.pdf.pages.number: fragment.ROOT_PAGES,
            self.top.number: fragment.ROOT_DOCUMENT,
            _needed(resources["Font"]): fragment.FONTS,
            _needed(resources["ColorSpace"]): fragment.COLOUR_SPACES,
        }
        _kind, profile = self._object(resources["ColorSpace"])["srgb"]
        fixed[_needed(profile)] = fragment.COLOUR_PROFILE
        return fixed

    def _starts(self) -> Iterator[int]:
        yield self.page_number
        for reference in self.top["K"]:
            yield _needed(reference)

    def _part_numbers(self, base: int) -> list[int]:
        """Late ones first, as the format has them."""
        is_late = [isinstance(part, PlaceOfNumber) for part in self.parts]
        late = iter(range(base + fragment.FIRST_LATE, base + self.count))
        others = iter(range(base + fragment.FIRST_LATE + sum(is_late), base + self.count))
        return [next(late if part_is_late else others) for part_is_late in is_late]

    def _numbers(self, base: int) -> dict[int, int]:
        """The new numbers of all objects."""
        first = base + fragment.FIRST_LATE + len(self.parts)
        numbers = dict(zip(self.streams + self.plain, range(first, base + self.count), strict=True))
        return {**numbers, **self.fixed}

    def _complete(self, base: int) -> None:
        """The keys of the parent tree are unique in a report as the numbers are."""
        self.page_object["StructParents"] += base
        for reference in self.page_object.get("Annots", ()):
            self._object(reference)["StructParent"] += base

    def _stream_objects(
        self, part_numbers: Sequence[int], numbers: Mapping[int, int]
    ) -> list[tuple[int, bytes]]:
        streams = [
            (number, fragment.packed_stream_object(number, b"", part))
            for number, part in zip(part_numbers, self.parts, strict=True)
            if isinstance(part, bytes)
        ]
        for old in self.streams:
            streams.append((numbers[old], _stream(self.pdf.objects[old], numbers[old], numbers)))
        return streams

    def _inner_objects(
        self, base: int, part_numbers: Sequence[int], numbers: Mapping[int, int]
    ) -> Iterator[tuple[int, bytes]]:
        """What is no stream, with its number."""
        yield base + fragment.PARENTS, self._parents(base, numbers)
        contents = [*part_numbers, base + fragment.MARGINS]
        references = b" ".join(b"%d 0 R" % number for number in contents)
        for old in self.plain:
            value = self.pdf.objects[old]
            if old == self.page_number:
                entries = page_objects.entries(value, numbers)
                yield numbers[old], b"<<%s/Contents[%s]>>" % (entries, references)
            else:
                yield numbers[old], page_objects.written(value, numbers)

    def _parents(self, base: int, numbers: Mapping[int, int]) -> bytes:
        """Leaf of the parent tree."""
        keys = [base + key for key in self.nums[::2]]
        values = [page_objects.written(value, numbers) for value in self.nums[1::2]]
        pairs = b" ".join(b"%d %s" % pair for pair in zip(keys, values, strict=True))
        return b"<</Limits[%d %d]/Nums[%s]>>" % (keys[0], keys[-1], pairs)


def cut(items: Iterable[Any], late: Mapping[int, str]) -> Iterator[Part]:
    """The content of a page, cut at its late page numbers. The whole is a state of its own, so
    that the margins can be drawn after it.

    :param late: whose page is to be written, by the number of the marked content
    """
    current: list[Any] = [b"q"]
    target, font, waiting = None, "", dict(late)
    for item in items:
        if isinstance(item, dict):
            target = waiting.pop(item["MCID"], None) if "MCID" in item else None
        elif isinstance(item, bytes):
            if item.endswith(b" Tf"):
                font = item.split()[0][1:].decode("ascii")
            elif item.endswith(b"] TJ") and target is not None:
                yield page_objects.content(current)
                yield PlaceOfNumber(target, font, *_zeros(item))
                target, current = None, []
                continue
        current.append(item)
    if waiting:
        raise UnknownValue("a page number is not drawn")
    yield page_objects.content([*current, b"Q"])


def _zeros(shown: bytes) -> tuple[int, float, int]:
    """How many are shown, the kerning between them, and their glyph."""
    separate = shown.replace(b"<", b" <").replace(b">", b"> ").strip(b"[] TJ").split()
    glyphs = b"".join(part.strip(b"<>") for part in separate if part.startswith(b"<"))
    kerning = [float(part) for part in separate if not part.startswith(b"<")]
    count = len(glyphs) // HEX_DIGITS_OF_GLYPH
    if not count or glyphs != glyphs[:HEX_DIGITS_OF_GLYPH] * count:
        raise UnknownValue("a page number is not drawn as zeros")
    zero = int(glyphs[:HEX_DIGITS_OF_GLYPH], 16)
    return count, round(sum(kerning) / max(count - 1, 1), 3), zero


def _bind(annotation: dict[str, Any]) -> str | None:
    """The name to which a link leads within the report; None where it leads out of it."""
    if "Dest" in annotation:
        name = annotation["Dest"].string
    else:
        address = annotation["A"]["URI"].string
        if not address.startswith(LINK_SCHEME):
            return None
        name = unquote(address.removeprefix(LINK_SCHEME))
        del annotation["A"]
        annotation["Dest"] = annotation["Contents"] = pydyf.String(name)
    return str(name)


def _is_late(box: Any) -> bool:
    return (
        box.element is not None
        and box.link_annotation is not None
        and CLASS_OF_LATE in box.element.get("class", "").split()
    )


def _bookmarks(page: Page) -> Iterator[BookmarkOfPage]:
    for level, title, (x, y), _state in page.bookmarks:
        yield BookmarkOfPage(level, title, *_point(page, x, y))


def _anchors(page: Page) -> Iterator[AnchorOfPage]:
    for name, (x, y, _right, _bottom) in page.anchors.items():
        yield AnchorOfPage(name, *_point(page, x, y))


def _point(page: Page, x: float, y: float) -> tuple[float, float]:
    """From pixels below the top to points above the bottom."""
    return round(x * POINTS, 4), round((page.height - y) * POINTS, 4)


def _stream(stream: Any, number: int, numbers: Mapping[int, int]) -> bytes:
    """Images come compressed."""
    entries = {key: value for key, value in stream.extra.items() if key != "Length"}
    write = fragment.stream_object if "Filter" in entries else fragment.packed_stream_object
    return write(
        number, page_objects.entries(entries, numbers), page_objects.content(stream.stream)
    )


def _offsets(streams: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, int]]:
    offset = 0
    for number, content in streams:
        yield number, offset
        offset += len(content)


def _rows(base: int, count: int, inner: Iterable[int]) -> bytes:
    """Of the cross-reference stream; those of streams are free until they are linked."""
    rows = bytearray(fragment.ROW.size * count)
    container = base + fragment.OBJECT_STREAM
    for place, number in enumerate(inner):
        row = (fragment.IN_OBJECT_STREAM, container, place)
        fragment.ROW.pack_into(rows, fragment.ROW.size * (number - base), *row)
    return bytes(rows)


def _needed(reference: object) -> int:
    number = number_of(reference)
    if number is None:
        raise UnknownValue("a reference is missing")
    return number
