"""Fonts that the operator adds, for characters that no packaged font has (TRACKER_REPORT_FONTS).

Of their files only those characters go into a report, so that all else looks the same everywhere.
Each rule of the style sheets that names fonts names them last, those of its own style first.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.current_settings import current_settings
from tracker.reports.linked.font_files import NOT_EMBEDDED

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

SUFFIXES = (".otf", ".ttc", ".otc", ".ttf")
BOLD = 600  # the lightest weight that is taken for bold
REGULAR_WEIGHT, BOLD_WEIGHT = 400, 600  # as the style sheets name them
SERIF_STYLES = range(2, 11)  # of PANOSE
MAY_NOT_BE_EMBEDDED = 0x2
WITHOUT_SHAPING = 0x2E80
"""The first of the characters that need no rules of their font: Chinese, Japanese, Korean."""

SPACES = frozenset((0x20, 0xA0))
"""Between two of the characters they are of the same font."""

FAMILIES = re.compile(r'"[^";{}]+"(?:, "[^";{}]+")+(?=\s*[;}])')
"""The families of a rule."""

SERIF = '"Noto Serif"'

TRUE_TYPE = "\x00\x01\x00\x00"
MAXIMA = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
)
"""Of what a font without programs has none."""

USABLE_TABLES = ("glyf", "CFF ")


@dataclass(frozen=True)
class Face:
    """A font of the folder: what the style sheets call it, and the characters that it has."""

    path: Path
    modified: int
    serif: bool
    bold: bool
    characters: frozenset[int]


def font_files() -> tuple[Path, ...]:
    """The files of the folder; in an application context. None where no folder is set."""
    folder = current_settings().report_fonts
    return () if folder is None else files_in(folder)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Of all folders below, too; in the order of their names."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return tuple(sorted(path for path in found if path.is_file()))


def faces(files: Iterable[Path]) -> list[Face]:
    """Those that can be printed, the regular ones first: of a collection its first font."""
    found = (_face(path, path.stat().st_mtime_ns) for path in files)
    return sorted((face for face in found if face), key=lambda face: (face.bold, face.path))


def covered(characters: Iterable[str]) -> frozenset[str]:
    """Those of the characters that an added font has."""
    wanted, files = set(characters), font_files()
    if not (wanted and files):
        return frozenset()
    known = frozenset().union(*(face.characters for face in faces(files)))
    return frozenset(character for character in wanted if ord(character) in known)


@dataclass(frozen=True)
class AddedFonts:
    """Fonts of the characters of one report."""

    rules: tuple[str, ...] = ()
    sans: tuple[str, ...] = ()  # families
    serif: tuple[str, ...] = ()

    def over(self, sheets: Sequence[str]) -> list[str]:
        """The style sheets with these fonts, which come after all others that a rule names."""
        if not self.rules:
            return list(sheets)
        sans, serif = self._names(self.sans, self.serif), self._names(self.serif, self.sans)

        def named(rule: re.Match[str]) -> str:
            return f"{rule[0]}{serif if SERIF in rule[0] else sans}"

        return [*(FAMILIES.sub(named, sheet) for sheet in sheets), "\n".join(self.rules)]

    def _names(self, first: tuple[str, ...], then: tuple[str, ...]) -> str:
        return "".join(f', "{family}"' for family in dict.fromkeys((*first, *then)))


NONE_ADDED = AddedFonts()


def added_fonts(characters: Iterable[str]) -> AddedFonts:
    """Of these characters; none where no font of the folder has any of them."""
    wanted = frozenset(map(ord, covered(characters)))
    if not wanted:
        return NONE_ADDED
    rules: list[str] = []
    families: dict[bool, list[str]] = {False: [], True: []}
    usable = faces(font_files())
    for serif in (False, True):
        for bold in (False, True):
            missing, rank = set(wanted), 0
            for face in usable:
                own = missing & face.characters
                if own and face.serif is serif and face.bold is bold:
                    missing, rank = missing - own, rank + 1
                    family = f"Added {'Serif' if serif else 'Sans'} F{rank}"
                    families[serif].append(family)
                    rules.append(_rule(family, face, frozenset(own)))
    return AddedFonts(tuple(rules), tuple(families[False]), tuple(families[True]))


def _rule(family: str, face: Face, characters: frozenset[int]) -> str:
    packed = base64.b64encode(_subset(face.path, face.modified, characters)).decode()
    weight = BOLD_WEIGHT if face.bold else REGULAR_WEIGHT
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f' src: url("data:font/ttf;base64,{packed}"); }}'
    )


@lru_cache(64)
def _face(path: Path, modified: int) -> Face | None:
    """None of a file that is no font, or one that cannot be printed in an archive."""
    from fontTools.ttLib import TTLibError

    try:
        with _opened(path) as font:
            tables = set(font.keys())
            if NOT_EMBEDDED & tables or not tables.intersection(USABLE_TABLES):
                return None
            style = font["OS/2"]
            if style.fsType & MAY_NOT_BE_EMBEDDED:
                return None
            is_latin_text = style.panose.bFamilyType == 2
            return Face(
                path=path,
                modified=modified,
                serif=is_latin_text and style.panose.bSerifStyle in SERIF_STYLES,
                bold=style.usWeightClass >= BOLD,
                characters=frozenset(font.getBestCmap() or ()),
            )
    except (TTLibError, KeyError, OSError, ValueError, AssertionError):
        return None


@lru_cache(16)
def _subset(path: Path, modified: int, characters: frozenset[int]) -> bytes:
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    if min(characters) >= WITHOUT_SHAPING:
        options.layout_features = []
        options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    content = io.BytesIO()
    with _opened(path) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=sorted(characters | SPACES))
        subsetter.subset(font)
        if "CFF " in font:
            _to_true_type(font)
        font.save(content)
    return content.getvalue()


def _to_true_type(font: TTFont) -> None:
    """The same outlines as quadratic curves, as the packaged fonts have them: the glyphs of fonts
    with CIDs of their own would have other numbers in the file than where it is embedded.
    """
    from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
    from fontTools.ttLib import newTable

    drawn, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = newTable("glyf")
    glyphs.glyphOrder, glyphs.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        glyphs.glyphs[name] = pen.glyph()
    font["glyf"], font["loca"] = glyphs, newTable("loca")
    del font["CFF "]
    maxima = font["maxp"]
    maxima.tableVersion = 0x00010000
    for member in MAXIMA:
        setattr(maxima, member, 0)
    maxima.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = TRUE_TYPE


def _opened(path: Path) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(path, fontNumber=0, lazy=True, recalcTimestamp=False)
