"""The tags of a PDF as WeasyPrint makes them, made lighter and stricter before they are written.

Both ways of making the file tidy with this, so that both have the same tree. Nothing else of the
report is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

VARIANT = "pdf/a-3a"
"""Both layout and writing must have it; what PDF/UA-1 asks for more is added."""

PIXEL = 0.75
"""Points in one pixel of the layout."""

REFERENCE = re.compile(rb"(\d+) 0 R")


class PdfInWriting(Protocol):
    """What `pydyf.PDF` has and we use. The place of an object in the list is its number."""

    objects: list[Any]
    catalog: dict[str, Any]
    pages: Any


def tidy(pdf: PdfInWriting) -> None:
    for element in elements(pdf):
        match element["S"]:
            case "/TH":
                element["A"]["Scope"] = _scope(element, pdf)
            case "/L":
                _keep_items_only(element, pdf)
            case "/Figure":
                _place_on_page(element, pdf)


def elements(pdf: PdfInWriting) -> Iterator[Any]:
    """Of the structure; each before those that are in it."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("Type") == "/StructElem":
            yield element


def object_of(pdf: PdfInWriting, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _scope(cell: dict[str, Any], pdf: PdfInWriting) -> str:
    """What a head of a table is the head of: of its row, or of the columns that it spans."""
    rows = object_of(pdf, object_of(pdf, cell["P"])["P"])
    is_of_columns = rows["S"] == "/THead" or "ColSpan" in cell["A"]
    return "/Column" if is_of_columns else "/Row"


def _keep_items_only(element: dict[str, Any], pdf: PdfInWriting) -> None:
    """White space between the items of a list goes to the end of the item before it."""
    kids = element["K"]
    items: list[bytes] = []
    for reference in list(kids):
        kid = object_of(pdf, reference)
        if kid["S"] in ("/L", "/LI", "/Caption"):
            items.append(reference)
        elif items:
            body = object_of(pdf, object_of(pdf, items[-1])["K"][-1])
            body["K"].append(reference)
            kid["P"] = body.reference
    kids.clear()
    kids.extend(items)


def _place_on_page(figure: dict[str, Any], pdf: PdfInWriting) -> None:
    """WeasyPrint 70 gives the place of a figure in pixels from the top of the page."""
    left, top, right, bottom = figure["A"]["BBox"]
    height = object_of(pdf, figure["Pg"])["MediaBox"][3]
    place = (left * PIXEL, height - bottom * PIXEL, right * PIXEL, height - top * PIXEL)
    figure["A"]["BBox"][:] = place
