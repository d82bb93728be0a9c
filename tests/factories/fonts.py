"""A font file with a few characters that no packaged font has."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]

UNITS = 1000
SERIF = 2  # of PANOSE


def write_font(
    path: Path, characters: str, *, weight: int = 400, serif: bool = False, embeddable: bool = True
) -> Path:
    """An OpenType font with curves of the third degree, as fonts for Chinese have them; each sign
    is a black square.
    """
    names = {ord(character): f"uni{ord(character):04X}" for character in f" {characters}"}
    order = [".notdef", *names.values()]
    builder = FontBuilder(UNITS, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    drawn = {name: _square(name in (".notdef", names[0x20])) for name in order}
    builder.setupCFF("Added-Regular", {"FullName": "Added"}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (UNITS, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Added", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=weight, fsType=0 if embeddable else 2)
    builder.font["OS/2"].panose.bFamilyType = 2
    builder.font["OS/2"].panose.bSerifStyle = SERIF if serif else 11
    builder.setupPost()
    builder.save(path)
    return path


def _square(empty: bool) -> object:
    pen = T2CharStringPen(UNITS, None)
    if not empty:
        pen.moveTo((100, 0))
        for point in ((900, 0), (900, 800), (100, 800)):
            pen.lineTo(point)
        pen.closePath()
    return pen.getCharString()
