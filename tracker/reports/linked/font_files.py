"""Font files on their way into a report: cut down to the glyphs in use, and the glyphs of their
digits. What was made before is kept in the folder of the font files.

fontTools is imported when a file has to be made, not to join pages that were joined before.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from .whole_files import write_whole

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

UNUSED_TABLES = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "STAT", "kern", "name")
NOT_EMBEDDED = frozenset(("CBDT", "CFF2", "COLR", "EBDT", "SVG ", "fvar", "sbix"))
"""Tables of fonts that would have to be drawn in another way than with one outline a glyph."""

VERSION = 1
"""Of how files are made here: those of another version are made anew."""

DIGITS = "0123456789"
TABULAR = "tnum"
SINGLE_SUBSTITUTION = 1

Digits = tuple[int, ...]
"""The glyphs of 0 to 9."""


class UnknownFont(Exception):
    """The font has what is not embedded here: the report is made the plain way."""


def subset(folder: Path, name: str, index: int, glyphs: Collection[int]) -> bytes:
    """The file with these glyphs, whose numbers stay as they are. Raises UnknownFont.

    :param name: of the file in the folder
    :param index: of the font in the file
    """
    key = f"{VERSION} {name} {index} {sorted(glyphs)}".encode()
    kept = folder / f"{hashlib.sha256(key).hexdigest()}.subset"
    try:
        content = zlib.decompress(kept.read_bytes())
        os.utime(kept)
    except (OSError, zlib.error):
        content = _subset(_read(folder / name, index), glyphs)
        write_whole(kept, zlib.compress(content))
    return content


def digits(folder: Path, name: str, index: int, zero: int) -> Digits:
    """The glyphs of the digits in the style of a zero: all have its width. Raises UnknownFont."""
    kept = folder / f"{name}-{index}-{VERSION}.digits"
    try:
        styles = json.loads(kept.read_bytes())
    except (OSError, ValueError):
        styles = _styles_of_digits(_read(folder / name, index))
        write_whole(kept, json.dumps(styles).encode())
    for style in styles:
        if style[0] == zero:
            return tuple(style)
    raise UnknownFont("the digits of a page number have not one width")


def _read(path: Path, index: int) -> TTFont:
    from fontTools.ttLib import TTFont

    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != path.name:
        raise UnknownFont(f"{path.name} is not whole")
    font = TTFont(io.BytesIO(content), fontNumber=index, lazy=True, recalcTimestamp=False)
    if NOT_EMBEDDED.intersection(font.keys()):
        raise UnknownFont(f"{path.name} is no font of plain outlines")
    return font


def _subset(font: TTFont, glyphs: Collection[int]) -> bytes:
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options(
        desubroutinize=True,
        glyph_names=False,
        hinting=False,
        ignore_missing_glyphs=True,
        layout_features=[],
        notdef_outline=True,
        retain_gids=True,
    )
    options.drop_tables += UNUSED_TABLES
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=glyphs)
    subsetter.subset(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _styles_of_digits(font: TTFont) -> list[list[int]]:
    """Those in which each digit has the same width."""
    signs = font.getBestCmap()
    names = [signs.get(ord(digit)) for digit in DIGITS]
    if None in names:
        return []
    tabular = _tabular_names(font)
    styles = (names, [tabular.get(name, name) for name in names])
    return [
        [font.getGlyphID(name) for name in style]
        for style in styles
        if len({font["hmtx"][name][0] for name in style}) == 1
    ]


def _tabular_names(font: TTFont) -> dict[str, str]:
    """The names of glyphs for figures of one width, by the names of the usual ones."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    lookups = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == TABULAR
        for number in record.Feature.LookupListIndex
    }
    names: dict[str, str] = {}
    for number in sorted(lookups):
        for subtable in table.LookupList.Lookup[number].SubTable:
            substitution = getattr(subtable, "ExtSubTable", subtable)
            if substitution.LookupType == SINGLE_SUBSTITUTION:
                names |= substitution.mapping
    return names
