"""The last look at a file before it is handed out: is it whole, archival, readable aloud?

The tests ask validators about every kind of report. This asks, of the one file that was made, what
texts and marks that nobody foresaw could break.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pikepdf

log = logging.getLogger("tracker.reports")

MARKS = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
CATALOG = ("/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents", "/AF", "/ViewerPreferences")


class BrokenFile(Exception):
    """The file is no PDF that can be read whole."""


def check(file: Path, *, decodes: bool = True) -> None:
    """Raises BrokenFile. What an archive or a screen reader would miss is logged: a report that
    can be read is not kept back for it.

    :param decodes: reads the content of all streams too. That is most of the time; of a file that
        is joined from pages they were written, and kept with checksums, long before
    """
    with _opened(file) as pdf:
        broken = pdf.check_pdf_syntax() if decodes else []
        if broken:
            raise BrokenFile("; ".join(broken[:3]))
        missing = [*missing_marks(pdf), *missing_words(pdf)]
    if missing:
        log.error("a report is not archival: %s", "; ".join(missing[:10]))


def _opened(file: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(file)
    except pikepdf.PdfError as error:
        raise BrokenFile(str(error)) from error


def missing_marks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Of the file as a whole."""
    for name in CATALOG:
        if name not in pdf.Root:
            yield f"no {name} in the catalog"
    with pdf.open_metadata() as metadata:
        for name, value in MARKS.items():
            if metadata.get(name) != value:
                yield f"{name} is {metadata.get(name)!r}"


def missing_words(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Of its parts: figures without words, heads without scope, fonts that are not inside."""
    for part in pdf.objects:
        if not isinstance(part, pikepdf.Dictionary):
            continue
        kind = part.get("/S") if part.get("/Type") == "/StructElem" else part.get("/Type")
        if kind == "/Figure" and not part.get("/Alt"):
            yield "a figure without words"
        elif kind == "/TH" and "/Scope" not in part.get("/A", {}):
            yield "a head of a table without its scope"
        elif kind == "/FontDescriptor" and not any(
            name in part for name in ("/FontFile", "/FontFile2", "/FontFile3")
        ):
            yield f"{part.get('/FontName')} is not inside"
