"""Stamps: what stands in the margins of a page, drawn once for each text.

A stamp is content of a page, marked as an artifact: a screen reader passes over it. In its page
numbers are zeros, which become the digits of the page when the report is linked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from .fonts import FontOfReport
from .fragment import FontOfPage, UsedGlyph
from .whole_files import write_whole

PAGE, PAGES = "page", "pages"
"""The two counters: number of the page, count of all pages."""


class BrokenStamp(ValueError):
    """Its file is not whole: it is drawn anew."""


class DigitSlot(NamedTuple):
    """Where a digit is written, between the parts of a stamp."""

    counter: str  # PAGE or PAGES
    place: int  # of the digit in the number, from the left
    font: str  # its code
    zero: int  # the glyph that stood there


@dataclass(frozen=True)
class Stamp:
    """`parts` is one longer than `slots`: each slot is between two of them."""

    parts: tuple[str, ...]
    slots: tuple[DigitSlot, ...]
    fonts: dict[str, FontOfPage]

    def content(self, page: int, pages: int, fonts: Mapping[str, FontOfReport]) -> bytes:
        numbers = {PAGE: str(page), PAGES: str(pages)}
        written = [self.parts[0]]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            digit = numbers[slot.counter][slot.place]
            (glyph,) = fonts[slot.font].digits(digit, slot.zero)
            written += (f"{glyph:04x}", part)
        return "".join(written).encode("ascii")


def write_stamp(path: Path, stamp: Stamp) -> None:
    document = {
        "parts": stamp.parts,
        "slots": stamp.slots,
        "fonts": {code: asdict(font) for code, font in stamp.fonts.items()},
    }
    write_whole(path, json.dumps(document).encode())


def read_stamp(path: Path) -> Stamp:
    """Raises BrokenStamp, also where there is no such file."""
    try:
        document = json.loads(path.read_bytes())
        os.utime(path)
        return Stamp(
            parts=tuple(document["parts"]),
            slots=tuple(DigitSlot(*slot) for slot in document["slots"]),
            fonts={code: _font(font) for code, font in document["fonts"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BrokenStamp(path.name) from error


def _font(document: dict[str, object]) -> FontOfPage:
    glyphs = tuple(UsedGlyph(*glyph) for glyph in document.pop("glyphs"))  # type: ignore[attr-defined]
    return FontOfPage(**document, glyphs=glyphs)  # type: ignore[arg-type]
