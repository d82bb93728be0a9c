"""Files as people send them in: pictures, archives, and one that attacks."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#2c6cb0").save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def bomb(side: int = 40_000) -> bytes:
    """A PNG that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def photo() -> bytes:
    """A picture whose metadata name the camera."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "ACME Camera"
    Image.new("RGB", (60, 40), "#2c6cb0").save(out, "JPEG", exif=exif)
    return out.getvalue()
