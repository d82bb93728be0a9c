"""How many pixels a picture may have: by the memory that reading it takes, as measured for each
kind.

Nothing is decoded here. A kind that is read a piece at a time may have more pixels than one that is
in memory whole, some of them more than once.
"""

from __future__ import annotations

from PIL import Image

from . import png_strips

MOST_PIXELS = 50_000_000  # of any picture
MOST_MEMORY = (
    100_000_000  # bytes while it is read; all processes of the server together stay below 400 MB
)
# for a pixel; sixteen bits as they become eight; all others: 4
BYTES_OF_MODE = {
    "1": 1,
    "L": 1,
    "P": 1,
    "I;16": 5,
    "I;16B": 5,
    "I;16L": 5,
}
BITS_PER_SAMPLE, SAMPLES_PER_PIXEL = 258, 277  # tags of TIFF
START_OF_SCAN = 0xDA  # of JPEG


def most_pixels(picture: Image.Image, media_type: str, content: bytes) -> int:
    """The most that a picture of this kind may have, opened and not yet loaded."""
    return min(MOST_PIXELS, MOST_MEMORY // _bytes_per_pixel(picture, media_type, content))


def _bytes_per_pixel(picture: Image.Image, media_type: str, content: bytes) -> int:
    held = BYTES_OF_MODE.get(picture.mode, 4)
    match media_type:
        case "image/jpeg":
            if _is_in_one_scan(picture, content):
                return 1
            # It comes in several scans: it is held as coefficients, two bytes each.
            return 2 * len(picture.getbands()) + held
        case "image/png":
            return 1 if png_strips.header(content).in_strips else held
        case "image/webp":  # two canvases of the decoder, its answer, and the picture
            return 8 + held
        case "image/tiff":  # it may be one strip, which is unpacked whole
            return held + _stored_bytes(picture)
        case _:
            return 2 * held


def _has_no_length(marker: int) -> bool:
    """Of the second byte of a marker of JPEG: no length follows it."""
    return marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= 0xD9


def _is_in_one_scan(picture: Image.Image, content: bytes) -> bool:
    if "progressive" in picture.info:
        return False
    at = 2
    while at + 5 <= len(content):
        if content[at] != 0xFF:
            at += 1
        elif content[at + 1] == START_OF_SCAN:
            return content[at + 4] == len(picture.getbands())
        elif _has_no_length(content[at + 1]):
            at += 1 if content[at + 1] == 0xFF else 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return False


def _stored_bytes(picture: Image.Image) -> int:
    """Of a pixel in a TIFF, before it is packed."""
    tags = getattr(picture, "tag_v2", {})
    bits = tags.get(BITS_PER_SAMPLE) or (1,)
    samples = tags.get(SAMPLES_PER_PIXEL) or 1
    return -(-max(bits) * max(samples, len(bits)) // 8)
