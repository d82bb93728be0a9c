"""A body's mark without its colours, for a report that is safe in black and white."""

from __future__ import annotations

import io
import re

from PIL import Image, ImageColor

COLOUR = re.compile(
    r"(?P<name>\b(?:fill|stroke|stop-color|color)\s*(?:=\s*[\"']|:)\s*)(?P<colour>[^;\"'}]+)"
)


def png(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        target = io.BytesIO()
        picture.convert("LA").save(target, "PNG")
    return target.getvalue()


def svg(content: bytes) -> bytes:
    """As bright as it was. What names no colour (none, a gradient) stays."""
    return COLOUR.sub(_grey, content.decode()).encode()


def _grey(part: re.Match[str]) -> str:
    try:
        red, green, blue = ImageColor.getrgb(part["colour"].strip())[:3]
    except ValueError:
        return part[0]
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"{part['name']}#{level:02x}{level:02x}{level:02x}"
