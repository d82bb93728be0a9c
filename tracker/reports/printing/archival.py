"""The marks of an archive: PDF/A-3a and PDF/UA-1 at once, with the data of the report inside.

WeasyPrint writes one of the two; what the other asks for is added before the file is written, in
its own objects, so that nothing is read or written twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from tracker.reports import data
from tracker.reports.linked import structure
from tracker.reports.linked.fonts import CMAP_BEGIN, WITHOUT_TEXT
from tracker.reports.linked.structure import PdfInWriting
from tracker.reports.models import CollectedReport
from tracker.translation import gettext as _

from .xmp import xmp

PDF_VARIANT = structure.VARIANT

CARRIAGE_RETURN_BEFORE_END = b"\r\nendstream"
SPACED_FILTER = b"/Filter /FlateDecode"
"""As WeasyPrint writes it in the dictionary of each compressed stream."""

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


def dated(report: CollectedReport) -> date:
    """The day of the files inside."""
    return report.imprint.issued_on if report.imprint else report.made_on


def attachments(report: CollectedReport) -> list[object]:
    """The same as WeasyPrint takes them. Their dates are of the report, so that the same report is
    the same bytes.
    """
    from weasyprint import Attachment

    moment = datetime.combine(dated(report), time())
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
        _give_each_glyph_a_text(pdf)
        structure.tidy(pdf)

    return finish


def _replace_metadata(pdf: PdfInWriting, packet: bytes) -> None:
    """Uncompressed, as PDF/A asks; whoever checks a file finds the number in its bytes."""
    metadata = structure.object_of(pdf, pdf.catalog["Metadata"])
    metadata.stream = [packet]
    metadata.compress = False


def _name_each_file_once(pdf: PdfInWriting) -> None:
    """WeasyPrint 70 names each associated file twice."""
    files = pdf.catalog["AF"]
    once = list(dict.fromkeys(files))
    files.clear()
    files.extend(once)


def _give_each_glyph_a_text(pdf: PdfInWriting) -> None:
    """WeasyPrint 70 gives the text of a letter with its marks to the first of its glyphs, and to
    the others none, which no archive takes.
    """
    text = WITHOUT_TEXT.encode("utf-16-be").hex().encode()
    for made in pdf.objects:
        lines = getattr(made, "stream", None)
        if lines and lines[0] == CMAP_BEGIN.partition(b"\n")[0]:
            lines[:] = [line.replace(b" <>", b" <" + text + b">") for line in lines]


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
