"""Makes the fonts of the pages from the whole Latin ones beside them.

What English needs, and letters with accents in files of their own.

python tools/subset_fonts.py    (fontTools and brotli are there with WeasyPrint and Flask-Compress)
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).parents[1] / "static" / "fonts"
WEIGHTS = {"wght": (400, 400, 700)}  # the style sheets use no others
FEATURES = ["ccmp", "kern", "liga", "locl", "pnum", "tnum"]  # nor other features
ACCENTS = [*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100), 0x131, 0x152, 0x153]
# as the ranges in static/css/tokens.css say
BASIC = [
    *range(0x20, 0x7F),
    *range(0xA0, 0xC0),
    *(0xD7, 0xF7, 0x2BB, 0x2BC, 0x2C6, 0x2DA, 0x2DC, 0x20AC, 0x2122, 0x2212),
    *range(0x2000, 0x2070),
]
SOURCES = (
    "public-sans-latin-var",
    "public-sans-latin-400-italic",
    "newsreader-latin-400",
    "newsreader-headline-latin-600",
)


def made(source: Path, target: Path, characters: list[int]) -> int:
    """How many bytes the new file has."""
    font = TTFont(source)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, WEIGHTS)
    options = subset.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, glyph_names=False
    )
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    subset.save_font(font, target, options)
    return target.stat().st_size


if __name__ == "__main__":
    for name in SOURCES:
        for part, characters in (("basic", BASIC), ("accents", ACCENTS)):
            target = FONTS / f"{name.replace('latin', part)}.woff2"
            print(target.name, made(FONTS / f"{name}.woff2", target, characters))
