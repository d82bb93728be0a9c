"""Files and links: of what kind and size they are, and why a file is not taken."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.files.sniff import NotTaken, Unfit
from tracker.reading.models import EvidenceDetails, MinutesDetails
from tracker.translation import gettext as _

from .amounts import size

KINDS = {
    "pdf": "PDF",
    "png": "PNG",
    "jpeg": "JPEG",
    "csv": "CSV",
    "zip": "ZIP",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
}
"""The short names of kinds of files, by the end of their media type."""


def with_address(evidence: Iterable[EvidenceDetails]) -> list[EvidenceDetails]:
    """Links and files; not the row of a list, which stands on the page itself."""
    return [piece for piece in evidence if piece.path]


def kind_and_size(evidence: EvidenceDetails | MinutesDetails) -> str:
    """PDF, 120 KB; "link" for a link."""
    if not evidence.stored:
        return _("link") if evidence.path else _("as recorded")
    kind = (evidence.media_type or "").rpartition("/")[2].split("+")[0]
    if kind in KINDS:
        name = KINDS[kind]
    elif kind == "plain":
        name = _("text")
    else:
        name = kind.upper() if len(kind) < 6 else _("file")
    return ", ".join(part for part in (name, size(evidence.size) if evidence.size else "") if part)


def not_taken(no: NotTaken) -> str:
    """Why a file is not taken, and what to do instead."""
    return {
        Unfit.EMPTY: _("%(name)s is empty. Choose the file again.", name=no.name),
        Unfit.TOO_LARGE: _(
            "%(name)s is larger than %(most)s. Send a smaller one, or a link to where it lies.",
            name=no.name,
            most=size(25_000_000),
        ),
        Unfit.WEB_PAGE: _(
            "%(name)s is a web page, whatever its name says. Give its address as a link, or "
            "save it as PDF.",
            name=no.name,
        ),
        Unfit.PROGRAM: _(
            "%(name)s is a program, and programs are not taken. Send the document itself.",
            name=no.name,
        ),
        Unfit.NOT_WHOLE: _(
            "%(name)s begins like a picture, and cannot be read as one. Send it again, or as PDF.",
            name=no.name,
        ),
        Unfit.TOO_MANY_PIXELS: _(
            "%(name)s has more than %(most)s million pixels, and no more are taken of its kind. "
            "Send it smaller.",
            name=no.name,
            most=_millions(no.most),
        ),
    }[no.why]


def too_many_pixels(name: str, most: int) -> str:
    """Of a picture that was taken in when more pixels were allowed."""
    return _(
        "%(name)s has more than %(most)s million pixels, and no more are drawn anew of its kind. "
        "Ask for a smaller one, or let staff alone read it.",
        name=name,
        most=_millions(most),
    )


def _millions(pixels: int) -> int:
    return pixels // 1_000_000


def no_copy(name: str) -> str:
    """Of a picture that cannot be drawn anew."""
    return _(
        "Place and camera cannot be taken out of %(name)s. Send it as JPEG, or let staff alone "
        "read it.",
        name=name,
    )
