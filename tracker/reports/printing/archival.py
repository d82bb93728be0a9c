"""The marks of an archive: PDF/A-3a and PDF/UA-1 at once, with the data of the report inside.

WeasyPrint writes one of the two; what the other asks for is added before the file is written, in
its own objects, so that nothing is read or written twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, Protocol

from tracker.reports import data
from tracker.reports.models import CollectedReport
from tracker.translation import gettext as _

from .xmp import xmp

PDF_VARIANT = "pdf/a-3a"

CARRIAGE_RETURN_BEFORE_END = b"\r\nendstream"
SPACED_FILTER = b"/Filter /FlateDecode"
"""As WeasyPrint writes it in the dictionary of each compressed stream."""

PIXEL = 0.75
"""Points in one pixel of the layout."""


class PdfInWriting(Protocol):
    """What `pydyf.PDF` has and we use. The place of an object in the list is its number."""

    objects: list[Any]
    catalog: dict[str, Any]


Progress = Callable[[str, int | None, int | None], None]
Finisher = Callable[[object, PdfInWriting], None]


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """A file inside the PDF."""

    name: str
    content: str
    description: str
    relationship: str  # of PDF/A-3


def data_files(report: CollectedReport) -> tuple[DataFile, ...]:
    """What is embedded: the rows of the report, and what their JSON means."""
    name = report.imprint.number if report.imprint else "report-data"
    return (
        DataFile(
            name=f"{name}.csv",
            content=data.to_csv(report),
            description=_("The rows of this report, for spreadsheets"),
            relationship="Data",
        ),
        DataFile(
            name=f"{name}.json",
            content=data.to_json(report),
            description=_("The data of this report, for programs"),
            relationship="Data",
        ),
        DataFile(
            name=data.SCHEMA.name,
            content=data.SCHEMA.read_text(encoding="utf-8"),
            description=_("What the members of the JSON file mean (JSON Schema)"),
            relationship="Supplement",
        ),
    )


def attachments(report: CollectedReport) -> list[object]:
    """The same as WeasyPrint takes them. Their dates are of the report, so that the same report is
    the same bytes.
    """
    from weasyprint import Attachment

    on = report.imprint.issued_on if report.imprint else report.made_on
    moment = datetime.combine(on, time())
    return [
        Attachment(
            string=file.content,
            name=file.name,
            description=file.description,
            created=moment,
            modified=moment,
            relationship=file.relationship,
        )
        for file in data_files(report)
    ]


def finisher(report: CollectedReport, progress: Progress) -> Finisher:
    """What WeasyPrint calls when all objects are made, and none is written."""
    packet = xmp(report, data.data_sha256(report))

    def finish(_document: object, pdf: PdfInWriting) -> None:
        progress("archive", None, None)
        _replace_metadata(pdf, packet)
        _name_each_file_once(pdf)
        elements = [
            element
            for element in pdf.objects
            if isinstance(element, dict) and element.get("Type") == "/StructElem"
        ]
        for element in elements:
            match element["S"]:
                case "/TH":
                    element["A"]["Scope"] = _scope(element, pdf)
                case "/L":
                    _keep_items_only(element, pdf)
                case "/Figure":
                    _place_on_page(element, pdf)

    return finish


def _replace_metadata(pdf: PdfInWriting, packet: bytes) -> None:
    """Uncompressed, as PDF/A asks; whoever checks a file finds the number in its bytes."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream = [packet]
    metadata.compress = False


def _name_each_file_once(pdf: PdfInWriting) -> None:
    """WeasyPrint 70 names each associated file twice."""
    files = pdf.catalog["AF"]
    once = list(dict.fromkeys(files))
    files.clear()
    files.extend(once)


def _scope(cell: dict[str, Any], pdf: PdfInWriting) -> str:
    """What a head of a table is the head of: of its row, or of the columns that it spans."""
    rows = _object(pdf, _object(pdf, cell["P"])["P"])
    is_of_columns = rows["S"] == "/THead" or "ColSpan" in cell["A"]
    return "/Column" if is_of_columns else "/Row"


def _keep_items_only(element: dict[str, Any], pdf: PdfInWriting) -> None:
    """White space between the items of a list goes to the end of the item before it."""
    kids = element["K"]
    items: list[bytes] = []
    for reference in list(kids):
        kid = _object(pdf, reference)
        if kid["S"] in ("/L", "/LI", "/Caption"):
            items.append(reference)
        elif items:
            body = _object(pdf, _object(pdf, items[-1])["K"][-1])
            body["K"].append(reference)
            kid["P"] = body.reference
    kids.clear()
    kids.extend(items)


def _place_on_page(figure: dict[str, Any], pdf: PdfInWriting) -> None:
    """WeasyPrint 70 gives the place of a figure in pixels from the top of the page."""
    left, top, right, bottom = figure["A"]["BBox"]
    height = _object(pdf, figure["Pg"])["MediaBox"][3]
    place = (left * PIXEL, height - bottom * PIXEL, right * PIXEL, height - top * PIXEL)
    figure["A"]["BBox"][:] = place


def mend_ends_of_streams(file: Path) -> None:
    """Where the last byte of a stream is a carriage return, it must not be taken for the beginning
    of the line's end that follows.

    PDF/A asks for the exact length, and its validators take both characters for the line's end.
    So a carriage return is added there, and a space is left out before, so that all else stays
    where it is. One stream in 256 ends like that.
    """
    content = file.read_bytes()
    end = content.find(CARRIAGE_RETURN_BEFORE_END)
    if end < 0:
        return
    while end >= 0:
        space = content.rindex(SPACED_FILTER, 0, end) + SPACED_FILTER.index(b" ")
        content = content[:space] + content[space + 1 : end + 1] + b"\r" + content[end + 1 :]
        end = content.find(CARRIAGE_RETURN_BEFORE_END, end + len(CARRIAGE_RETURN_BEFORE_END))
    file.write_bytes(content)


def _object(pdf: PdfInWriting, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
