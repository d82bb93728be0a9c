"""The tags of a PDF as WeasyPrint makes them, made lighter and stricter before they are written.

Both ways of making the file tidy with this, so that both have the same tree. Nothing else of the
report is known here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, Protocol

VARIANT = "pdf/a-3a"
"""Both layout and writing must have it; what PDF/UA-1 asks for more is added."""

PIXEL = 0.75
"""Points in one pixel of the layout."""

NULL = b"null"

REFERENCE = re.compile(rb"(\d+) 0 R")
MOVES = re.compile(rb"(-?[0-9.]+)<>(-?[0-9.]+)")

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
WITH_TEXT = frozenset(
    (*HEADINGS, "/P", "/TD", "/TH", "/LBody", "/Lbl", "/Link", "/Span", "/NonStruct")
)
"""Elements that hold text themselves. Others only group."""

PAGINATION = b"<</Type/Pagination/Subtype/%s>>"
PLAIN_KEYS = frozenset(("Type", "S", "K", "Pg", "P"))

Element = dict[str, Any]


class PdfInWriting(Protocol):
    """What `pydyf.PDF` has and we use. The place of an object in the list is its number."""

    objects: list[Any]
    catalog: dict[str, Any]
    pages: Any


class _Freed:
    """In the place of an object that is not needed. `pydyf.PDF.write` passes it over."""

    number = offset = 0
    generation = 65535
    free = "f"
    compressible = False


def tidy(pdf: PdfInWriting) -> None:
    """Elements have what a screen reader needs, and nothing more; margins are artifacts."""
    _Tidying(pdf).tidy()


def object_of(pdf: PdfInWriting, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


class _Tidying:
    def __init__(self, pdf: PdfInWriting) -> None:
        self.pdf = pdf
        self.root = object_of(pdf, pdf.catalog["StructTreeRoot"])
        self.nums: list[Any] = object_of(pdf, self.root["ParentTree"])["Nums"]
        self.moved: dict[bytes, bytes] = {}
        """From elements that are no more to those that hold their content now."""
        self.removed: set[int] = set()
        """Keys of the parent tree that lead nowhere."""

    def tidy(self) -> None:
        in_tree = self._in_tree()
        self._mark_margins({element.number for element in in_tree})
        for element in in_tree:
            self._correct(element)
        for element in reversed(in_tree):  # what is in an element before the element
            self._fold(element)
        self._move_owners()
        for page in self._pages():
            shorten_texts(object_of(self.pdf, page["Contents"]).stream)

    def _in_tree(self) -> list[Any]:
        """All elements that can be reached, each before those in it."""
        found, waiting = [], list(self.root["K"])
        while waiting:
            element = object_of(self.pdf, waiting.pop())
            if element["Type"] == "/StructElem":
                found.append(element)
                waiting.extend(kid for kid in element["K"] if isinstance(kid, bytes))
        return found

    def _pages(self) -> Iterator[Any]:
        for number in self.pdf.pages["Kids"][::3]:
            yield self.pdf.objects[number]

    def _mark_margins(self, in_tree: Collection[int]) -> None:
        """What stands in the margins is in no element that can be reached: it is an artifact."""
        of_margins: dict[bytes, set[int]] = {}
        for element in self.pdf.objects:
            if _is_element(element) and element.number not in in_tree:
                marks = of_margins.setdefault(element["Pg"], set())
                marks.update(kid for kid in element["K"] if isinstance(kid, int))
                self._free(element)
        for reference, marks in of_margins.items():
            page = object_of(self.pdf, reference)
            middle = page["MediaBox"][3] / PIXEL / 2
            mark_artifacts(object_of(self.pdf, page["Contents"]).stream, marks, middle)
            owners = self.nums[self.nums[::2].index(page["StructParents"]) * 2 + 1]
            owners[:] = [NULL if mark in marks else owner for mark, owner in enumerate(owners)]
            while owners and owners[-1] == NULL:
                owners.pop()

    def _correct(self, element: Element) -> None:
        match element["S"]:
            case "/TH":
                element["A"]["Scope"] = self._scope(element)
                element.pop("ID", None)
            case "/TD":  # the scope of the heads says the same as their list
                element["A"].pop("Headers", None)
                if len(element["A"]) == 1:
                    del element["A"]
            case "/L":
                self._keep_items_only(element)
            case "/Figure":
                self._place_on_page(element)

    def _scope(self, cell: Element) -> str:
        """What a head of a table is the head of: of its row, or of the columns that it spans."""
        rows = object_of(self.pdf, object_of(self.pdf, cell["P"])["P"])
        is_of_columns = rows["S"] == "/THead" or "ColSpan" in cell["A"]
        return "/Column" if is_of_columns else "/Row"

    def _keep_items_only(self, element: Element) -> None:
        """White space between the items of a list goes to the end of the item before it."""
        kids = element["K"]
        items: list[bytes] = []
        for reference in list(kids):
            kid = object_of(self.pdf, reference)
            if kid["S"] in ("/L", "/LI", "/Caption"):
                items.append(reference)
            elif items:
                body = object_of(self.pdf, object_of(self.pdf, items[-1])["K"][-1])
                body["K"].append(reference)
                kid["P"] = body.reference
        kids.clear()
        kids.extend(items)

    def _place_on_page(self, figure: Element) -> None:
        """WeasyPrint 70 gives the place of a figure in pixels from the top of the page."""
        left, top, right, bottom = figure["A"]["BBox"]
        height = object_of(self.pdf, figure["Pg"])["MediaBox"][3]
        place = (left * PIXEL, height - bottom * PIXEL, right * PIXEL, height - top * PIXEL)
        figure["A"]["BBox"][:] = place

    def _fold(self, element: Any) -> None:
        """Text is in its paragraph or cell, without an element for each line; where an element
        only groups, lines that follow each other have one. References to links are inside.
        """
        holds_text = element["S"] in WITH_TEXT
        kids: list[Any] = []
        line: Any = None  # the element of text before, where this one only groups
        for kid in element["K"]:
            child = object_of(self.pdf, kid) if isinstance(kid, bytes) else None
            if child is None:
                kids.append(kid)
            elif child["Type"] == "/OBJR":
                self._free(child)
                del child["Pg"]  # it is that of the element
                kids.append(child)
            elif _is_text(child, element) and (holds_text or not child["K"]):
                self._move(child, element)
                kids.extend(child["K"])
            elif _is_link(element, kids) and _is_in_link(child, element):
                self._move(child, element)
                kids.extend(kid for kid in child["K"] if not self._is_again(kid, element))
            elif line is not None and child["S"] == "/Span" and _is_text(child, element):
                self._move(child, line)
                line["K"].extend(child["K"])
            else:
                kids.append(kid)
                line = child if child["S"] == "/Span" and _is_text(child, element) else None
        element["K"][:] = kids

    def _is_again(self, kid: object, link: Element) -> bool:
        """Whether it is an annotation that WeasyPrint has made once more for a box in a link. It is
        removed.
        """
        if not isinstance(kid, dict):
            return False
        annotation = object_of(self.pdf, kid["Obj"])
        object_of(self.pdf, link["Pg"])["Annots"].remove(kid["Obj"])
        self.removed.add(annotation["StructParent"])
        self._free(annotation)
        return True

    def _move(self, child: Any, owner: Any) -> None:
        self.moved[child.reference] = owner.reference
        self._free(child)

    def _free(self, child: Any) -> None:
        self.pdf.objects[child.number] = _Freed()

    def _move_owners(self) -> None:
        """The parent tree names who holds the content now."""
        pairs = list(zip(self.nums[::2], self.nums[1::2], strict=True))
        self.nums.clear()
        for key, value in pairs:
            if isinstance(value, list):
                value[:] = [self._owner(reference) for reference in value]
                self.nums += [key, value]
            elif key not in self.removed:
                self.nums += [key, self._owner(value)]

    def _owner(self, reference: bytes) -> bytes:
        while reference in self.moved:
            reference = self.moved[reference]
        return reference


def mark_artifacts(items: list[Any], marks: Collection[int], middle: float) -> None:
    """Makes artifacts of marked content: headers above the middle of the page, and footers.

    :param items: of the content stream
    :param marks: numbers of the marked content
    """
    for place, item in enumerate(items):
        if isinstance(item, dict) and item.get("MCID") in marks:
            positions = (later for later in items[place:] if _ends(later, b" Tm"))
            header = float(next(positions).split()[5]) < middle
            items[place - 1] = "/Artifact"
            items[place] = PAGINATION % (b"Header" if header else b"Footer")


def shorten_texts(items: list[Any]) -> None:
    """Leaves out the kerning that is nothing, a good part of a page, and adds up the other.

    :param items: of the content stream
    """
    for place, item in enumerate(items):
        if _ends(item, b"] TJ"):
            shorter = item.replace(b">0<", b"").replace(b">0]", b">]")
            items[place] = MOVES.sub(_sum, shorter) if b"<>" in shorter else shorter


def _sum(moves: re.Match[bytes]) -> bytes:
    return b"%.2f" % (float(moves[1]) + float(moves[2]))


def _ends(item: object, end: bytes) -> bool:
    return isinstance(item, bytes) and item.endswith(end)


def _is_element(value: object) -> bool:
    return isinstance(value, dict) and value.get("Type") == "/StructElem"


def _is_text(child: Element, parent: Element) -> bool:
    """Whether it has text and no meaning."""
    return (
        child["S"] in ("/Span", "/NonStruct")
        and child.keys() <= PLAIN_KEYS
        and child["Pg"] == parent.get("Pg")
        and all(isinstance(kid, int) for kid in child["K"])
    )


def _is_link(element: Element, kids: list[Any]) -> bool:
    """:param kids: with its annotation, which comes first"""
    return element["S"] == "/Link" and bool(kids) and isinstance(kids[0], dict)


def _is_in_link(child: Element, link: Element) -> bool:
    """Whether it is a box in a link, without a meaning of its own."""
    return (
        child["S"] in ("/Link", "/Span", "/NonStruct")
        and child.keys() <= PLAIN_KEYS
        and child["Pg"] == link.get("Pg")
        and all(isinstance(kid, int | dict) for kid in child["K"])
    )
