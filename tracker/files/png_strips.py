"""Reading a large PNG a strip at a time, so that it is never in memory whole.

Only for those that Pillow would need four bytes a pixel for.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 4: 2, 6: 4}  # of PNG's colour types: RGB, grey with alpha, RGBA
ROWS = 256  # of a strip, before it is rounded to what is wanted


@dataclass(frozen=True, kw_only=True)
class Header:
    width: int
    height: int
    bits: int
    colour: int
    interlaced: bool

    @property
    def in_strips(self) -> bool:
        return self.bits == 8 and self.colour in CHANNELS and not self.interlaced

    @property
    def row(self) -> int:
        """Bytes of a row, with the number of its filter before it."""
        return 1 + self.width * CHANNELS[self.colour]


def header(content: bytes) -> Header:
    """Raises ValueError for what is no PNG."""
    if not content.startswith(SIGNATURE) or content[12:16] != b"IHDR" or len(content) < 29:
        raise ValueError("no PNG")
    width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", content[16:29])
    return Header(width=width, height=height, bits=bits, colour=colour, interlaced=bool(interlace))


def reduced(content: bytes, factor: int) -> Image.Image:
    """The picture with each side divided by the factor, as Pillow's `reduce` gives it.

    Raises ValueError where it is not whole.
    """
    head = header(content)
    made: Image.Image | None = None
    top = 0
    for strip in _strips(content, head, max(ROWS // factor, 1) * factor):
        small = strip.reduce(factor)
        if made is None:
            made = Image.new(small.mode, (small.width, -(-head.height // factor)))
        made.paste(small, (0, top // factor))
        top += strip.height
    if made is None or top != head.height:
        raise ValueError("not a whole PNG")
    return made


def _strips(content: bytes, head: Header, rows: int) -> Iterator[Image.Image]:
    """Each strip becomes a PNG of its own.

    Rows are told by what differs from the row above: that one goes before the strip, as it is.
    """
    above, left = b"", head.height
    for lines in _lines(content, head.row * rows):
        count = min(len(lines) // head.row, left)
        if not count:
            return
        extra = 1 if above else 0
        body = (b"\0" + above if above else b"") + lines[: count * head.row]
        strip = _decoded(head, count + extra, body)
        above = strip.crop((0, strip.height - 1, strip.width, strip.height)).tobytes()
        left -= count
        yield strip.crop((0, extra, strip.width, strip.height))


def _decoded(head: Header, height: int, body: bytes) -> Image.Image:
    header = struct.pack(">IIBBBBB", head.width, height, head.bits, head.colour, 0, 0, 0)
    small = (
        SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(body, 0))
        + _chunk(b"IEND", b"")
    )
    with Image.open(io.BytesIO(small), formats=["PNG"]) as picture:
        picture.load()
        return picture


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _lines(content: bytes, size: int) -> Iterator[bytes]:
    """What the data of the picture unpack to, in pieces of that size; the last may be shorter."""
    unpacking, held = zlib.decompressobj(), bytearray()
    for data in _data(content):
        while data:
            held += unpacking.decompress(data, size - len(held))
            data = unpacking.unconsumed_tail
            if len(held) == size:
                yield bytes(held)
                held.clear()
    if held:
        yield bytes(held)


def _data(content: bytes) -> Iterator[bytes]:
    at = len(SIGNATURE)
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == b"IDAT":
            yield content[at + 8 : at + 8 + length]
        at += length + 12
