"""What a file is, by its bytes and never by its name; and what is not taken in.

Nothing is stored here.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum, auto

import puremagic
from PIL import Image

from .picture_limits import MOST_PIXELS, most_pixels

LARGEST = 25 * 2**20  # bytes
UNKNOWN = "application/octet-stream"
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
IN_PLACE = (PDF, PNG, JPEG)  # shown by the browser; all others are downloaded
ENDINGS = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    "text/csv": (".csv", ".tsv", ".txt"),
    "text/plain": (".txt", ".md", ".csv", ".tsv", ".log", ".eml", ".ics", ".rtf"),
}
PICTURES = {
    PNG: "PNG",
    JPEG: "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}
OTHER_NAMES = {"image/x-ms-bmp": "image/bmp"}
OFFICE = "application/vnd.openxmlformats-officedocument."
BY_PARTS = {
    "word/": f"{OFFICE}wordprocessingml.document",
    "xl/": f"{OFFICE}spreadsheetml.sheet",
    "ppt/": f"{OFFICE}presentationml.presentation",
}


class Unfit(StrEnum):
    """Why a file is not taken in."""

    EMPTY = auto()
    TOO_LARGE = auto()
    WEB_PAGE = auto()  # HTML, SVG: they can act in the browser of whoever opens them
    PROGRAM = auto()
    NOT_WHOLE = auto()  # begins as a picture, and cannot be read as one
    TOO_MANY_PIXELS = auto()


class NotTaken(Exception):
    """`most`: how many pixels it may have, where it has too many."""

    def __init__(self, why: Unfit, name: str, most: int = MOST_PIXELS) -> None:
        super().__init__(f"{name}: {why}")
        self.why, self.name, self.most = why, name, most


# What stands before the first element is read once and never again (`?>`, `*+`): else a row of
# comments is tried in every way there is.
PAGE = re.compile(
    rb"(?>(?:<\?xml[^>]*>|<!--.*?-->|<!doctype(?!\s+(?:html|svg)\b)[^>]*>)\s*)*+"
    rb"<(!doctype\s+(html|svg)|html|head|body|script|iframe|svg|meta|link|style)\b",
    re.IGNORECASE | re.DOTALL,
)
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\0asm",
)


def media_type(content: bytes, name: str) -> str:
    """The media type of the bytes; raises NotTaken.

    A name that says something else is not believed.
    """
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if not content:
        raise NotTaken(Unfit.EMPTY, name)
    if len(content) > LARGEST:
        raise NotTaken(Unfit.TOO_LARGE, name)
    if PAGE.match(start) or PAGE.match(start.replace(b"\0", b"").lstrip(b"\xff\xfe")):
        raise NotTaken(Unfit.WEB_PAGE, name)
    if start.startswith(PROGRAMS):
        raise NotTaken(Unfit.PROGRAM, name)
    recognised = _recognised(content)
    if recognised in PICTURES:
        _check_picture(content, recognised, name)
    return recognised


def named(name: str, media_type: str) -> str:
    """The name under which a file is sent.

    With an ending of its kind, so that text is not opened as a program or a page.
    """
    endings = ENDINGS.get(media_type)
    return name if endings is None or name.casefold().endswith(endings) else name + endings[0]


def _recognised(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if text := _text(content):
        return text
    try:
        guess = str(puremagic.from_string(content[:65536], mime=True))
        guess = OTHER_NAMES.get(guess, guess)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    known_otherwise = (*BY_PARTS.values(), PDF, PNG, JPEG)  # told by their own bytes, above
    if not guess or guess in known_otherwise or "html" in guess or "svg" in guess:
        return UNKNOWN
    return guess


def _archive(content: bytes) -> str:
    """By the names in its directory; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return UNKNOWN
    if "[Content_Types].xml" in names:
        for part, media_type in BY_PARTS.items():
            if any(name.startswith(part) for name in names):
                return media_type
        return "application/zip"
    if names[:1] == ["mimetype"]:
        for kind in ("text", "spreadsheet", "presentation"):
            if f"application/vnd.oasis.opendocument.{kind}".encode() in content[:120]:
                return f"application/vnd.oasis.opendocument.{kind}"
    return "application/zip"


def _text(content: bytes) -> str | None:
    if b"\0" in content or sum(byte < 9 or 13 < byte < 32 for byte in content[:4096]):
        return None
    first_line = content.split(b"\n", 1)[0]
    is_separated = any(first_line.count(separator) > 1 for separator in (b",", b";", b"\t"))
    return "text/csv" if is_separated and content.count(b"\n") > 1 else "text/plain"


def _check_picture(content: bytes, media_type: str, name: str) -> None:
    try:
        with Image.open(io.BytesIO(content), formats=[PICTURES[media_type]]) as picture:
            most = most_pixels(picture, media_type, content)
            if picture.width * picture.height > most:
                raise NotTaken(Unfit.TOO_MANY_PIXELS, name, most)
            picture.verify()
    except Image.DecompressionBombError as bomb:
        raise NotTaken(Unfit.TOO_MANY_PIXELS, name) from bomb
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise NotTaken(Unfit.NOT_WHOLE, name) from broken
