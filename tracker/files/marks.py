"""What somebody sends as a body's mark, made into what is stored: a PNG is drawn anew and no higher
than it is shown, an SVG written anew without what could act.
"""

from __future__ import annotations

import hashlib
import io
from enum import StrEnum, auto

from PIL import Image

from tracker.rules.body_mark import PNG, SVG, BodyMark

from . import pictures, sniff, svg

LARGEST = 20 * 2**10  # bytes, as stored: each first visit loads it
LARGEST_SENT = 500 * 2**10
HEIGHT = 96  # pixels of a PNG: three for each of the page
WIDEST = 8  # times its height


class UnfitMark(StrEnum):
    """Why a file cannot be the mark."""

    NO_FILE = auto()
    TOO_LARGE = auto()
    NO_PICTURE = auto()  # neither PNG nor SVG, or not whole
    ACTS = auto()  # an SVG with a script, or that asks for something elsewhere
    SHAPE = auto()  # too wide, or higher than wide by far


class NotAMark(Exception):
    def __init__(self, why: UnfitMark) -> None:
        super().__init__(why.value)
        self.why = why


def take(content: bytes) -> tuple[bytes, BodyMark]:
    """The bytes to store, and how the setting names them. Raises NotAMark."""
    if not content:
        raise NotAMark(UnfitMark.NO_FILE)
    if len(content) > LARGEST_SENT:
        raise NotAMark(UnfitMark.TOO_LARGE)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        kind, (stored, width, height) = PNG, _drawn(content)
    else:
        kind, (stored, width, height) = SVG, _written(content)
    if width > WIDEST * height or height > 2 * width:
        raise NotAMark(UnfitMark.SHAPE)
    if len(stored) > LARGEST:
        raise NotAMark(UnfitMark.TOO_LARGE)
    sha256 = hashlib.sha256(stored).hexdigest()
    return stored, BodyMark(kind=kind, width=width, height=height, sha256=sha256)


def _written(content: bytes) -> tuple[bytes, int, int]:
    try:
        return svg.cleaned(content)
    except svg.NotHarmless as acting:
        raise NotAMark(UnfitMark.ACTS) from acting
    except (ValueError, RecursionError) as broken:
        raise NotAMark(UnfitMark.NO_PICTURE) from broken


def _drawn(content: bytes) -> tuple[bytes, int, int]:
    try:
        sniff.media_type(content, "mark.png")
        copy, _media_type = pictures.public_copy(content, sniff.PNG)
        with Image.open(io.BytesIO(copy), formats=["PNG"]) as picture:
            picture.load()
            drawn: Image.Image = picture
            if picture.height > HEIGHT:
                width = max(1, round(picture.width * HEIGHT / picture.height))
                drawn = picture.convert("RGBA").resize((width, HEIGHT), Image.Resampling.LANCZOS)
    except sniff.NotTaken as not_taken:
        too_many = not_taken.why is sniff.Unfit.TOO_MANY_PIXELS
        why = UnfitMark.TOO_LARGE if too_many else UnfitMark.NO_PICTURE
        raise NotAMark(why) from not_taken
    except (OSError, ValueError) as broken:
        raise NotAMark(UnfitMark.NO_PICTURE) from broken
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue(), drawn.width, drawn.height
