"""The public copy of a picture.

Drawn anew, without place, camera or anything else that was not to be seen.
"""

from __future__ import annotations

import fcntl
import io
import os
import tempfile
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile, ImageOps

from . import png_strips
from .picture_limits import most_pixels
from .sniff import JPEG, PICTURES, PNG

ORIENTATION = 0x0112  # of EXIF: how the picture was held
JPEG_MODES: tuple[str, ...] = ("L", "RGB")
PNG_MODES: tuple[str, ...] = ("1", "L", "LA", "RGB", "RGBA")
OPAQUE_MODES = ("CMYK", "YCbCr", "LAB", "HSV")
SIDE = 4000  # pixels: a member reads a document at that size, and a phone can show it


class TooManyPixels(ValueError):
    """It would take more memory to draw it than one picture may have; `most` is how many pixels one
    of its kind may have.
    """

    def __init__(self, most: int) -> None:
        super().__init__("more pixels than are drawn")
        self.most = most


def has_copy(media_type: str) -> bool:
    """Whether this kind of picture can be drawn anew.

    (What is no picture needs no copy: PDF, tables, text are opened as they are.)
    """
    return media_type in PICTURES


def needs_copy(media_type: str) -> bool:
    return media_type.startswith("image/")


def cannot_be_copied(media_type: str) -> bool:
    """Whether it is a picture that needs a copy for members and that cannot be drawn anew."""
    return needs_copy(media_type) and not has_copy(media_type)


def public_copy(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes and media type of a copy without metadata: JPEG stays JPEG, all others become PNG.

    Raises ValueError where it cannot be drawn.

    One at a time on this machine: a picture can take 100 MB while it is drawn.
    """
    if not has_copy(media_type):
        raise ValueError(f"{media_type} cannot be drawn anew")
    ImageFile.LOAD_TRUNCATED_IMAGES = (
        False  # WeasyPrint, where it is loaded, switches it on: but half a picture is none
    )
    with (
        _one_at_a_time(),
        warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
    ):
        try:
            return _copied(content, media_type)
        except (OSError, SyntaxError, EOFError, zlib.error, Image.DecompressionBombError) as broken:
            raise ValueError(f"cannot be drawn: {broken}") from broken


def _copied(content: bytes, media_type: str) -> tuple[bytes, str]:
    drawn = _drawn(content, media_type)
    copy = io.BytesIO()
    if media_type == JPEG:
        drawn.save(copy, "JPEG", quality=88)  # `optimize` would hold the whole picture once more
        return copy.getvalue(), JPEG
    # `optimize` took a minute for a picture with much in it, and saved little
    drawn.save(copy, "PNG")
    return copy.getvalue(), PNG


def _drawn(content: bytes, media_type: str) -> Image.Image:
    """The picture alone, upright, no side longer than SIDE.

    It is converted only where it must be: a copy takes as much memory again.
    """
    picture, turned = _made_smaller(content, media_type)
    picture.getexif()[ORIENTATION] = turned
    ImageOps.exif_transpose(picture, in_place=True)
    kept = JPEG_MODES if media_type == JPEG else PNG_MODES
    otherwise = "RGB" if media_type == JPEG or picture.mode in OPAQUE_MODES else "RGBA"
    if picture.mode not in kept or "transparency" in picture.info:
        picture = picture.convert(otherwise)
    # what a file says besides its pixels; Pillow writes some of it again unless told not to
    picture.info.clear()
    return picture


def _made_smaller(content: bytes, media_type: str) -> tuple[Image.Image, int]:
    """The picture, and how it was held.

    A large one is made smaller as it is read, or at once after it; what was read does not stay in
    memory.
    """
    with Image.open(io.BytesIO(content), formats=[PICTURES[media_type]]) as original:
        most = most_pixels(original, media_type, content)
        if original.width * original.height > most:
            raise TooManyPixels(most)
        factor = _factor(original)
        if media_type == JPEG and factor > 1:
            original.draft("RGB", (original.width // factor, original.height // factor))
        if media_type == PNG and factor > 1 and png_strips.header(content).in_strips:
            turned = original.getexif().get(ORIENTATION, 1) if "exif" in original.info else 1
            return png_strips.reduced(content, factor), turned
        original.load()
        # only now: a TIFF turns itself as it is read
        turned = original.getexif().get(ORIENTATION, 1)
    read: Image.Image = original
    # Grey of 16 bits, which Pillow makes neither smaller nor L as it should.
    if read.mode.startswith("I;16"):
        read = read.point(lambda value: value * (1 / 256) + 0).convert("L")
    factor = _factor(read)
    if factor == 1:
        return read, turned
    if read.mode in ("P", "1"):  # colours by number: they cannot be mixed
        size = (-(-read.width // factor), -(-read.height // factor))
        return read.resize(size, Image.Resampling.NEAREST), turned
    return read.reduce(factor), turned


def _factor(picture: Image.Image) -> int:
    """By how much each side must become smaller, as a whole number."""
    return -(-max(picture.size) // SIDE)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """For all threads and processes of one user; the lock goes with its holder, however that
    ends.
    """
    file = Path(tempfile.gettempdir()) / f"tracker-pictures-{os.getuid()}.lock"
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
