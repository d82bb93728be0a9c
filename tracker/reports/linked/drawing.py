"""Pages that are laid out, drawn by WeasyPrint: objects in memory, without fonts, in no file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from . import structure
from .fragment import FontOfPage, UsedGlyph
from .page_objects import UnknownValue
from .structure import PdfInWriting

if TYPE_CHECKING:
    from weasyprint import Document, Page

StoreFont = Callable[[str, bytes], str]
"""Keeps the file of a font, whose code is given, and returns its name."""


class _Drawn(Exception):
    """All objects of the pages are made: WeasyPrint need not write a file."""


class _FontsInUse:
    """The fonts with which pages are drawn. WeasyPrint embeds those that it finds in `values`."""

    def __init__(self) -> None:
        self.by_key: dict[object, Any] = {}

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def __getitem__(self, key: object) -> Any:
        return self.by_key[key]

    def __setitem__(self, key: object, font: Any) -> None:
        self.by_key[key] = font

    def values(self) -> tuple[()]:
        return ()


class Drawing:
    """The objects of some pages, and the fonts that they use."""

    def __init__(self, pdf: PdfInWriting, fonts: _FontsInUse) -> None:
        self.pdf = pdf
        self._fonts = fonts

    def fonts(self, store_font: StoreFont) -> dict[str, FontOfPage]:
        """By code. WeasyPrint can have one font twice, with some glyphs in each.

        Raises UnknownValue where a character has no sign.
        """
        described: dict[str, FontOfPage] = {}
        for font in self._fonts.by_key.values():
            if font.missing:
                raise UnknownValue("a character has no sign")
            glyphs = dict.fromkeys(described[font.hash].glyphs if font.hash in described else ())
            glyphs |= dict.fromkeys(
                UsedGlyph(glyph, font.widths.get(glyph, 0), text)
                for glyph, text in font.to_unicode.items()
            )
            described[font.hash] = FontOfPage(
                file=store_font(font.hash, font.file_content),
                index=font.index,
                name=font.name.decode("ascii"),
                family=font.family,
                flags=font.flags,
                ascent=font.ascent,
                descent=font.descent,
                glyphs=tuple(glyphs),
            )
        return described


def draw(pages: Sequence[Page], document: Document) -> Drawing:
    """Raises UnknownValue.

    :param document: with which the pages were laid out
    """
    drawn: list[PdfInWriting] = []

    def finisher(_document: Document, pdf: PdfInWriting) -> None:
        drawn.append(pdf)
        raise _Drawn

    from weasyprint.document import DocumentMetadata

    alone = document.copy(list(pages))
    alone.metadata = DocumentMetadata(lang="und")  # what a document says of itself comes later
    alone.fonts = fonts = _FontsInUse()
    try:
        alone.write_pdf(finisher=finisher, pdf_variant=structure.VARIANT, uncompressed_pdf=True)
    except _Drawn:
        return Drawing(drawn[0], fonts)
    raise UnknownValue("the finisher was not called")
