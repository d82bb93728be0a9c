"""The public copy of a picture: drawn anew, without place, camera or anything else that was not to be seen."""
from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, ImageOps

from .sniff import JPEG, PICTURES, PNG

SIDE = 4000  # pixels: a member reads a document at that size, and a phone can show it


def has_copy(media_type: str) -> bool:
    """Whether this kind of picture can be drawn anew. (What is no picture needs no copy: PDF, tables, text are opened as they are.)"""
    return media_type in PICTURES


def needs_copy(media_type: str) -> bool:
    return media_type.startswith("image/")


def public_copy(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes and media type of a copy without metadata: JPEG stays JPEG, all others become PNG. Raises ValueError where it cannot be drawn."""
    if not has_copy(media_type):
        raise ValueError(f"{media_type} cannot be drawn anew")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, switches it on: but half a picture is none
    with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
        try:
            with Image.open(io.BytesIO(content), formats=[PICTURES[media_type]]) as original:
                upright = ImageOps.exif_transpose(original)
                upright.thumbnail((SIDE, SIDE))
                drawn = Image.new("RGB" if media_type == JPEG else "RGBA", upright.size)
                drawn.paste(upright.convert(drawn.mode))
        except (OSError, SyntaxError, EOFError, Image.DecompressionBombError) as broken:
            raise ValueError(f"cannot be drawn: {broken}") from broken
    copy = io.BytesIO()
    if media_type == JPEG:
        drawn.save(copy, "JPEG", quality=88, optimize=True)
        return copy.getvalue(), JPEG
    drawn.save(copy, "PNG", optimize=True)
    return copy.getvalue(), PNG
