"""What a PDF says of itself as a whole: the catalog, its information, metadata, files and colours.

The same as WeasyPrint writes for PDF/A-3a, with the metadata of PDF/UA-1.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from . import fragment
from .pdf_file import PdfFile
from .pdf_values import reference, references, string

PROFILE = "sRGB2014.icc"
PROFILE_NAME = "IEC 61966-2-1 Default RGB Colour Space - sRGB"

# White points and ranges of CIE Lab, under the names by which content streams call them.
LAB_SPACES = (
    b"/lab-d50[/Lab<</WhitePoint[0.9642 1 0.8251]/Range[-125 125 -125 125]>>]"
    b"/lab-d65[/Lab<</WhitePoint[0.9505 1 1.089]/Range[-125 125 -125 125]>>]"
)


@dataclass(frozen=True, kw_only=True)
class EmbeddedFile:
    """A file inside the PDF."""

    name: str
    content: bytes
    description: str
    relationship: str  # of PDF/A-3
    media_type: str
    dated: date


@dataclass(frozen=True, kw_only=True)
class DocumentMarks:
    """What the document says of itself."""

    title: str
    language: str
    author: str
    description: str
    created: str  # an ISO date
    producer: str
    xmp: bytes
    files: tuple[EmbeddedFile, ...]


def write_catalog(
    pdf: PdfFile, marks: DocumentMarks, destinations: bytes, *, has_outline: bool
) -> None:
    """The catalog and all of which it knows, but for pages, structure and outline.

    :param destinations: names and destinations, in the order of the names
    """
    pdf.put_stream(fragment.COLOUR_PROFILE, b"/N 3", _profile())
    profile = reference(fragment.COLOUR_PROFILE)
    pdf.put(fragment.COLOUR_SPACES, b"<<%s/srgb[/ICCBased %s]>>" % (LAB_SPACES, profile))
    pdf.put_stream(fragment.METADATA, b"/Type/Metadata/Subtype/XML", marks.xmp, compressed=False)
    pdf.put(fragment.INFORMATION, _information(marks))
    files = [_write_file(pdf, file) for file in marks.files]
    pdf.put(fragment.NAMES, _names(destinations, marks.files, files))
    entries = [
        b"/Type/Catalog",
        b"/Pages " + reference(fragment.ROOT_PAGES),
        b"/Names " + reference(fragment.NAMES),
        b"/Metadata " + reference(fragment.METADATA),
        b"/StructTreeRoot " + reference(fragment.STRUCTURE_ROOT),
        b"/Lang " + string(marks.language),
        b"/MarkInfo<</Marked true>>",
        b"/ViewerPreferences<</DisplayDocTitle true>>",
        b"/OutputIntents[%s]" % _output_intent(profile),
        b"/AF[%s]" % references(files),
    ]
    if has_outline:
        entries.append(b"/Outlines " + reference(fragment.OUTLINE))
    pdf.put(fragment.CATALOG, b"<<%s>>" % b"".join(entries))


def _information(marks: DocumentMarks) -> bytes:
    return b"<</Title %s/Author %s/Subject %s/Producer %s/CreationDate %s>>" % (
        string(marks.title),
        string(marks.author),
        string(marks.description),
        string(marks.producer),
        string(f"D:{marks.created.replace('-', '')}"),
    )


def _write_file(pdf: PdfFile, file: EmbeddedFile) -> int:
    """Returns the number of its specification."""
    moment = string(f"D:{file.dated:%Y%m%d}000000Z")
    content = pdf.add_stream(
        b"/Type/EmbeddedFile/Subtype/%s/Params<</CheckSum<%s>/Size %d/CreationDate %s/ModDate %s>>"
        % (
            file.media_type.replace("/", "#2f").encode("ascii"),
            hashlib.md5(file.content, usedforsecurity=False).hexdigest().encode("ascii"),
            len(file.content),
            moment,
            moment,
        ),
        file.content,
    )
    name = string(file.name)
    return pdf.add(
        b"<</Type/Filespec/F %s/UF %s/EF<</F %s>>/Desc %s/AFRelationship/%s>>"
        % (
            name,
            name,
            reference(content),
            string(file.description),
            file.relationship.encode("ascii"),
        )
    )


def _names(destinations: bytes, files: Sequence[EmbeddedFile], numbers: Sequence[int]) -> bytes:
    """Both trees of names are sorted."""
    named = sorted((string(file.name), number) for file, number in zip(files, numbers, strict=True))
    embedded = b" ".join(b"%s %d 0 R" % entry for entry in named)
    return b"<</Dests<</Names[%s]>>/EmbeddedFiles<</Names[%s]>>>>" % (destinations, embedded)


def _output_intent(profile: bytes) -> bytes:
    name = string(PROFILE_NAME)
    return (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier%s/Info%s"
        b"/DestOutputProfile %s>>" % (name, name, profile)
    )


@cache
def _profile() -> bytes:
    """The one that WeasyPrint has; it is found without being imported."""
    found = importlib.util.find_spec("weasyprint")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("weasyprint")
    return (Path(found.origin).parent / "pdf" / PROFILE).read_bytes()
