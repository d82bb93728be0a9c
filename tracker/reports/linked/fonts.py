"""The fonts of a report: each is embedded once, with the glyphs of all its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from . import font_files
from .font_files import Digits
from .fragment import FontOfPage, UsedGlyph
from .pdf_file import PdfFile
from .pdf_values import string

FIXED_PITCH = 1
STEM = 80
"""Widths of stems are not looked up, as WeasyPrint does not."""

SIGNS_IN_BLOCK = 100
"""At most so many may stand between `beginbfchar` and `endbfchar`."""

WITHOUT_TEXT = "\u200b"
"""What a glyph stands for whose text is that of the one before it: a mark over a letter."""

CMAP_BEGIN = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""

CMAP_END = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class FontOfReport:
    """A font with the glyphs in use."""

    def __init__(self, font: FontOfPage, folder: Path) -> None:
        self._font = font
        self._folder = folder
        self._glyphs: dict[int, UsedGlyph] = {}
        self._digits: dict[int, Digits] = {}

    def use(self, font: FontOfPage) -> None:
        """Raises UnknownFont where it is another one under the same code."""
        if (font.file, font.index) != (self._font.file, self._font.index):
            raise font_files.UnknownFont(f"two fonts have the name {font.name}")
        for used in font.glyphs:
            self._glyphs.setdefault(used[0], used)

    def width(self, glyph: int) -> float:
        """In thousandths of the font size."""
        return self._glyphs[glyph].width

    def digits(self, number: str, zero: int) -> tuple[int, ...]:
        """The glyphs of a number, in the style of a zero that is in use."""
        if zero not in self._digits:
            self._digits[zero] = font_files.digits(
                self._folder, self._font.file, self._font.index, zero
            )
        glyphs = tuple(self._digits[zero][int(digit)] for digit in number)
        for glyph, digit in zip(glyphs, number, strict=True):
            if glyph not in self._glyphs:
                self._glyphs[glyph] = UsedGlyph(glyph, self._glyphs[zero].width, digit)
        return glyphs

    def write(self, pdf: PdfFile) -> int:
        """Returns the number of the font's object."""
        name = self._font.name.encode("ascii")
        used = [self._glyphs[glyph] for glyph in sorted(self._glyphs)]
        content = font_files.subset(
            self._folder, self._font.file, self._font.index, sorted(self._glyphs)
        )
        has_curves_of_postscript = content.startswith(b"OTTO")
        if has_curves_of_postscript:
            file = pdf.add_stream(b"/Subtype/OpenType", content)
        else:
            file = pdf.add_stream(b"/Length1 %d" % len(content), content)
        signs = pdf.add_stream(b"", _signs(used))
        descriptor = pdf.add(self._descriptor(file, used, has_curves_of_postscript))
        kind = b"0" if has_curves_of_postscript else b"2"
        glyphs = pdf.add(
            b"<</Type/Font/Subtype/CIDFontType%s/BaseFont%s/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 0/W[%s]"
            b"/FontDescriptor %d 0 R>>" % (kind, name, b"".join(_widths(used)), descriptor)
        )
        return pdf.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, glyphs, signs)
        )

    def _descriptor(self, file: int, used: list[UsedGlyph], is_postscript: bool) -> bytes:
        font, widths = self._font, {glyph.width for glyph in used}
        is_fixed = len(used) > 1 and len(widths) == 1
        return (
            b"<</Type/FontDescriptor/FontName%s/FontFamily%s/Flags %d/FontBBox[0 %d %s %d]"
            b"/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV %d/StemH %d"
            b"/FontFile%s %d 0 R>>"
            % (
                font.name.encode("ascii"),
                string(font.family),
                font.flags | (FIXED_PITCH if is_fixed else 0),
                font.descent,
                b"%g" % max(widths, default=0),
                font.ascent,
                font.ascent,
                font.descent,
                font.ascent,
                STEM,
                STEM,
                b"3" if is_postscript else b"2",
                file,
            )
        )


def write_all(pdf: PdfFile, number: int, fonts: Mapping[str, FontOfReport]) -> None:
    """All fonts of a report.

    :param number: of the dictionary in which the pages find them by their codes
    """
    entries = [b"/%s %d 0 R" % (code.encode("ascii"), fonts[code].write(pdf)) for code in fonts]
    pdf.put(number, b"<<%s>>" % b"".join(entries))


def _widths(used: Iterable[UsedGlyph]) -> Iterator[bytes]:
    """Each run of glyphs after the number of its first one."""
    expected = None
    for glyph in used:
        if glyph.glyph != expected:
            yield b"%s%d[" % (b"" if expected is None else b"]", glyph.glyph)
        yield b"%g " % glyph.width
        expected = glyph.glyph + 1
    if expected is not None:
        yield b"]"


def _signs(used: Iterable[UsedGlyph]) -> bytes:
    """Which text each glyph stands for."""
    rows = [
        b"<%04x> <%s>"
        % (
            glyph.glyph,
            (glyph.text or WITHOUT_TEXT).encode("utf-16-be").hex().encode(),
        )
        for glyph in used
    ]
    lines = [CMAP_BEGIN]
    for start in range(0, len(rows), SIGNS_IN_BLOCK):
        block = rows[start : start + SIGNS_IN_BLOCK]
        lines += [b"%d beginbfchar" % len(block), *block, b"endbfchar"]
    return b"\n".join([*lines, CMAP_END])
