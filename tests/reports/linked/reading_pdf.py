"""Reads a PDF into plain data: what a reader, a screen reader, an archive and a program find in it.

Object numbers, names of fonts and resources, the order of names and the pieces in which content is
stored are left out. Places are whole points, from the left and from the bottom of a page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, NameTree, NumberTree, Object, Page, Stream

GLYPH_TEXT = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
OPERATORS = "q Q cm BT Tm Td Tf Tj TJ BMC BDC EMC Do"
IDENTITY = Matrix()

OF_PLACE = frozenset(("/K", "/P", "/Pg", "/S", "/Type", "/ID"))
"""What an element says of where it is in the file, and not of what it is."""

CATALOG = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/PageMode", "/PageLayout", "/OpenAction")


@dataclass(frozen=True)
class PageContent:
    """`margins` is what belongs to no element of the structure: running heads, page numbers. Each
    line of it from top to bottom, without spaces.
    """

    boxes: str
    text: tuple[str, ...]  # in the order of the content, each piece of it that is marked
    margins: tuple[str, ...]


@dataclass(frozen=True)
class StructureElement:
    """What a screen reader learns of a part, and the text that is in it."""

    role: str
    attributes: tuple[str, ...]  # of layout, of tables; words instead of it; language
    content: tuple[StructureElement | str, ...]

    @property
    def lines(self) -> Iterator[str]:
        """With what is in it under it, further to the right."""
        yield " ".join((self.role, *self.attributes))
        for part in self.content:
            lines = part.lines if isinstance(part, StructureElement) else (repr(part),)
            yield from (f"  {line}" for line in lines)


@dataclass(frozen=True)
class LinkContent:
    """Where it begins from the left is left out of a link to a page: the page's number is aligned
    at its right, and there may be room for more digits.
    """

    page: int
    rectangle: tuple[int, ...]
    target: str  # an address, a place, or "nowhere"
    words: str  # what a screen reader says of it


@dataclass(frozen=True)
class OutlineEntry:
    level: int
    title: str
    target: str


@dataclass(frozen=True)
class FileContent:
    pages: tuple[PageContent, ...]
    structure: tuple[StructureElement, ...]
    links: tuple[LinkContent, ...]
    outline: tuple[OutlineEntry, ...]
    anchors: Mapping[str, str]  # the place of each name
    attachments: Mapping[str, str]
    metadata: Mapping[str, str]
    fonts: tuple[str, ...]
    astray: tuple[str, ...]  # marked content that does not lead back to its element


def read(file: Path) -> FileContent:
    with pikepdf.open(file) as pdf:
        return _FileInReading(pdf).content()


class _FileInReading:
    """What is known of a file while it is read."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.contents = [_MarkedContent(page) for page in pdf.pages]
        self.destinations: dict[str, Object] = {}
        if "/Dests" in pdf.Root.get("/Names", {}):
            self.destinations |= dict(NameTree(pdf.Root.Names.Dests).items())
        root = pdf.Root.get("/StructTreeRoot", Dictionary())
        self.owners = NumberTree(root.ParentTree) if "/ParentTree" in root else {}
        self.owned: set[tuple[int, int]] = set()
        self.astray: list[str] = []
        self.structure = tuple(self._element(kid) for kid in _kids(root))

    def content(self) -> FileContent:
        return FileContent(
            pages=tuple(self._page(page) for page in self.pdf.pages),
            structure=self.structure,
            links=tuple(link for page in self.pdf.pages for link in self._links(page)),
            outline=tuple(self._outline(self.pdf.Root.get("/Outlines"), 1)),
            anchors={name: self._place(where) for name, where in self.destinations.items()},
            attachments=dict(_attachments(self.pdf)),
            metadata=dict(_metadata(self.pdf)),
            fonts=tuple(sorted(_fonts(self.pdf))),
            astray=tuple(self.astray),
        )

    def _page(self, page: Page) -> PageContent:
        number = self.numbers[page.objgen]
        content = self.contents[number - 1]
        names = ("/MediaBox", "/TrimBox", "/BleedBox", "/Rotate", "/Tabs")
        boxes = [f"{name} {_value(page.obj[name])}" for name in names if name in page.obj]
        text = [
            words
            for key, words in content.text.items()
            if words and isinstance(key, int) and (number, key) in self.owned
        ]
        owned = {key for own, key in self.owned if own == number}
        return PageContent(" ".join(boxes), tuple(text), content.margins(owned))

    def _element(self, element: Object) -> StructureElement:
        content: list[StructureElement | str] = []
        for kid in _kids(element):
            if isinstance(kid, int):
                self._add_words(content, element, element, kid)
            elif kid.get("/Type") == Name.MCR:
                self._add_words(content, element, kid, int(kid.MCID))
            elif kid.get("/Type") == Name.OBJR:
                content.append(self._annotation(element, kid.Obj))
            else:
                content.append(self._element(kid))
        names = sorted(name for name in element.keys() if name not in OF_PLACE)  # noqa: SIM118
        attributes = tuple(f"{name}={_value(element[name])}" for name in names)
        return StructureElement(str(element.S), attributes, tuple(content))

    def _add_words(
        self,
        content: list[StructureElement | str],
        element: Object,
        place: Object,
        key: int,
    ) -> None:
        """Of a piece of marked content; pieces side by side are one text."""
        page = place.Pg if "/Pg" in place else element.Pg
        number = self.numbers[page.objgen]
        self.owned.add((number, key))
        owners = self._owner(page)
        if not isinstance(owners, Array) or owners[key].objgen != element.objgen:
            self.astray.append(f"page {number}: content {key} of {element.S}")
        words = self.contents[number - 1].text.get(key)
        if words is None:
            self.astray.append(f"page {number}: no content {key} for {element.S}")
        if content and isinstance(content[-1], str):
            content[-1] += words or ""
        elif words:
            content.append(words)

    def _annotation(self, element: Object, annotation: Object) -> str:
        owner = self._owner(annotation)
        if not isinstance(owner, Dictionary) or owner.objgen != element.objgen:
            self.astray.append(f"annotation {annotation.get('/Contents')} of {element.S}")
        return f"{annotation.Subtype} {self._target(annotation)}"

    def _owner(self, place: Object) -> Object | None:
        """What the parent tree says of a page or an annotation."""
        name = "/StructParents" if place.get("/Type") == Name.Page else "/StructParent"
        key = place.get(name)
        return None if key is None else self.owners.get(int(key))

    def _links(self, page: Page) -> Iterator[LinkContent]:
        for annotation in page.get("/Annots", ()):
            left, bottom, right, top = (round(value) for value in annotation.Rect)
            place = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
            words = str(annotation.get("/Contents", ""))
            number, target = self.numbers[page.objgen], self._target(annotation)
            yield LinkContent(number, place[1:] if "/A" not in annotation else place, target, words)

    def _target(self, annotation: Object) -> str:
        action = annotation.get("/A", Dictionary())
        if "/URI" in action:
            return str(action.URI)
        return self._place(annotation.get("/Dest", action.get("/D")))

    def _outline(self, parent: Object | None, level: int) -> Iterator[OutlineEntry]:
        entry = parent.get("/First") if parent is not None else None
        while entry is not None:
            yield OutlineEntry(level, str(entry.Title), self._place(entry.get("/Dest")))
            yield from self._outline(entry, level + 1)
            entry = entry.get("/Next")

    def _place(self, where: Object | None) -> str:
        """Of a destination, or of its name."""
        if isinstance(where, (pikepdf.String, Name)):
            where = self.destinations.get(str(where))
        if isinstance(where, Dictionary):
            where = where.get("/D")
        if not isinstance(where, Array) or where[0].objgen not in self.numbers:
            return "nowhere"
        places = " ".join(_value(value) for value in where[1:])
        return f"page {self.numbers[where[0].objgen]} {places}"


class _MarkedContent:
    """The words of one page, by the marks that are around them."""

    def __init__(self, page: Page) -> None:
        self.text: dict[int, str] = {}
        self.outside: list[tuple[int, int, str]] = []  # from the top, from the left, words
        self.places: dict[int, tuple[int, int]] = {}
        self.marks: list[int | None] = []
        self._read(page.obj, page.get("/Resources", Dictionary()), IDENTITY)

    def margins(self, owned: set[int]) -> tuple[str, ...]:
        pieces = [*self.outside]
        for key, words in self.text.items():
            if key not in owned and words:
                pieces.append((*self.places[key], words))
        lines: dict[int, str] = {}
        for top, _left, words in sorted(pieces):
            lines[top] = lines.get(top, "") + "".join(words.split())
        return tuple(line for line in lines.values() if line)

    def _read(self, stream: Object, resources: Object, matrix: Matrix) -> None:
        """A page or a form on it; the marks go on in a form."""
        saved: list[Matrix] = []
        fonts = resources.get("/Font", Dictionary())
        texts: Mapping[str, str] = {}
        text_matrix = IDENTITY
        for operands, operator in pikepdf.parse_content_stream(stream, OPERATORS):
            match str(operator):
                case "q":
                    saved.append(matrix)
                case "Q":
                    matrix = saved.pop()
                case "cm":
                    matrix = _matrix(operands) @ matrix
                case "BT":
                    text_matrix = IDENTITY
                case "Tm":
                    text_matrix = _matrix(operands)
                case "Td":
                    text_matrix = Matrix().translated(*map(float, operands)) @ text_matrix
                case "Tf":
                    texts = _texts_of_glyphs(fonts[str(operands[0])])
                case "Tj" | "TJ":
                    self._add(_shown(operands[0], texts), text_matrix @ matrix)
                case "BMC":
                    self.marks.append(None)
                case "BDC":
                    key = operands[1].get("/MCID") if isinstance(operands[1], Dictionary) else None
                    self.marks.append(key)
                    if key is not None:
                        self.text.setdefault(key, "")
                case "EMC":
                    self.marks.pop()
                case "Do":
                    form = resources.XObject[str(operands[0])]
                    if form.get("/Subtype") == Name.Form:
                        own = form.get("/Resources", resources)
                        self._read(form, own, _matrix(form.get("/Matrix", ())) @ matrix)

    def _add(self, words: str, matrix: Matrix) -> None:
        place = -round(matrix.f), round(matrix.e)
        key = next((mark for mark in reversed(self.marks) if mark is not None), None)
        if key is None:
            self.outside.append((*place, words))
            return
        self.places.setdefault(key, place)
        self.text[key] += words


def _matrix(values: Iterable[Object]) -> Matrix:
    return Matrix(*(float(value) for value in values))


def _texts_of_glyphs(font: Object) -> dict[str, str]:
    """By the two bytes of a glyph's number, as latin-1."""
    if "/ToUnicode" not in font:
        return {}
    return {
        bytes.fromhex(glyph.decode()).decode("latin-1"): bytes.fromhex(text.decode()).decode(
            "utf-16-be"
        )
        for glyph, text in GLYPH_TEXT.findall(font.ToUnicode.read_bytes())
    }


def _shown(operand: Object, texts: Mapping[str, str]) -> str:
    """What a string, or the strings of an array, are read as; a glyph without text is "?"."""
    parts = operand if isinstance(operand, Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    glyphs = (codes[start : start + 2].decode("latin-1") for start in range(0, len(codes), 2))
    return "".join(texts.get(glyph, "?") for glyph in glyphs)


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _value(value: object) -> str:
    """Of a dictionary, its members in one order; a number as a whole point."""
    if isinstance(value, Dictionary):
        return " ".join(f"{name} {_value(part)}" for name, part in sorted(value.items()))
    if isinstance(value, Array):
        return "[" + " ".join(_value(part) for part in value) + "]"
    if isinstance(value, bool):
        return str(value)
    try:
        return str(round(value))  # type: ignore[call-overload]
    except TypeError:
        return str(value)


def _attachments(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """As a program finds them (by name), and as an archive does (associated with the whole)."""
    for name, file in pdf.attachments.items():
        stream: Stream = file.obj.EF.F
        parts = [str(file.obj.get(part, "")) for part in ("/UF", "/Desc", "/AFRelationship")]
        parts += [str(stream.get("/Subtype", "")), _value(stream.get("/Params", Dictionary()))]
        yield name, " ".join([*parts, _digest(stream.read_bytes())])
    associated = [str(file.UF) for file in pdf.Root.get("/AF", Array())]
    yield "associated", ", ".join(associated)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    yield "version", pdf.pdf_version
    yield "identifiers", str(len(pdf.trailer.get("/ID", ())))
    for name, value in pdf.docinfo.items():
        yield name, str(value)
    for name in CATALOG:
        if name in pdf.Root:
            yield f"catalog {name}", _value(pdf.Root[name])
    if "/Metadata" in pdf.Root:
        yield "XMP", pdf.Root.Metadata.read_bytes().decode()
    for intent in pdf.Root.get("/OutputIntents", ()):
        parts = [f"{name} {intent[name]}" for name in ("/S", "/Info", "/OutputConditionIdentifier")]
        digest = _digest(intent.DestOutputProfile.read_bytes())
        yield "output intent", " ".join([*parts, digest])


def _fonts(pdf: pikepdf.Pdf) -> set[str]:
    """Their families; which glyphs of them are inside differs from file to file."""
    return {
        str(part.get("/FontFamily", part.FontName))
        for part in pdf.objects
        if isinstance(part, Dictionary) and part.get("/Type") == Name.FontDescriptor
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
