"""What stands in the margins of the pages: drawn by WeasyPrint once for each text, on pages that
are else empty, and kept as stamps.

Above and below are apart: what is above depends on what the page shows, what is below on the day
and the page number. So neither a number nor a day causes the layout of a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import page_objects, structure
from .drawing import draw
from .fragment import FontOfPage, FragmentHeader
from .layout import LayoutRequest, Made, prepared
from .page_objects import UnknownValue
from .pages import PageStore
from .stamps import PAGE, PAGES, BrokenStamp, DigitSlot, Stamp, read_stamp, write_stamp

if TYPE_CHECKING:
    from weasyprint import Document

ZERO = "0"
MARK_OF_PAGE, MARK_OF_PAGES = "\ue000", "\ue001"

STATE = b"/a1.0 gs"
"""The one graphics state that each page has."""

NOT_OF_PAGES = (b" Do", b" gs", b" scn", b" SCN", b" sh")
"""Ends of operators that use what only the page of the stamp has."""

FONT = re.compile(rb"/(\w+) [0-9.]+ Tf")
GLYPHS = re.compile(rb"<([0-9a-f]+)>")
HEX_DIGITS_OF_GLYPH = 4
MARKED_CONTENT = b"/MCID"


class ShownGlyph(NamedTuple):
    """A glyph in the content of a stamp."""

    font: str  # its code
    glyph: int
    start: int  # of its hexadecimal digits in the content


class ShownText(NamedTuple):
    """What one operator shows."""

    font: str
    glyphs: tuple[ShownGlyph, ...]


@dataclass(frozen=True)
class MarginSheets:
    """The rules of the margins, as style sheets.

    :param above: for what is above; the running head is the named string `head`
    :param below: for what is below, with these words as the page number
    :param number: the words of the page number: number of the page, count of pages
    """

    above: str
    below: Callable[[str], str]
    number: Callable[[str, str], str]
    head: str


@dataclass(frozen=True)
class WantedStamp:
    """What decides how a stamp looks.

    :param setting: a declaration that sets the running head
    :param page_name: as style sheets call pages of this kind, or ""
    :param number: the words of the page number, with zeros
    :param counters: whose digits the zeros stand for, one after the other
    """

    rules: str
    setting: str
    head: str
    page_name: str
    number: str = ""
    counters: tuple[tuple[str, int], ...] = ()

    @property
    def element(self) -> str:
        """An element that has a page to itself."""
        name = f"page: {self.page_name};" if self.page_name else ""
        return (
            f'<div data-head="{escape(self.head)}" style="break-after: page; height: 1px;'
            f' {name} {self.setting}"></div>'
        )


@dataclass(frozen=True)
class StampTask:
    """Stamps to be drawn, for another process."""

    wanted: tuple[WantedStamp, ...]

    def perform(self, request: LayoutRequest, store: PageStore) -> Iterator[Made]:
        """Tells of no page: it makes none. Raises UnknownValue."""
        for rules, group in groupby(sorted(self.wanted, key=_rules), key=_rules):
            wanted = list(group)
            with_rules = replace(request, sheets=(*request.sheets, rules))
            for stamp, drawn in zip(wanted, _draw(wanted, with_rules, store), strict=True):
                write_stamp(_path(store, stamp), drawn)
        return iter(())


def stamps_for(
    pages: Sequence[FragmentHeader],
    sheets: MarginSheets,
    store: PageStore,
    perform: Callable[[StampTask], None],
) -> list[tuple[Stamp, ...]]:
    """The stamps of each page.

    :param perform: draws those that are not in the store
    """
    wanted = [
        (above(sheets, head, page.name), below(sheets, page.name, number, len(pages)))
        for number, (head, page) in enumerate(zip(running_heads(pages), pages, strict=True), 1)
    ]
    all_wanted = dict.fromkeys(stamp for both in wanted for stamp in both)
    known = dict(_known(all_wanted, store))
    missing = tuple(stamp for stamp in all_wanted if stamp not in known)
    if missing:
        perform(StampTask(missing))
        known |= {stamp: read_stamp(_path(store, stamp)) for stamp in missing}
    return [(known[one], known[other]) for one, other in wanted]


def running_heads(pages: Iterable[FragmentHeader]) -> Iterator[str]:
    """Of each page: the first that begins on it, else the last one before."""
    current = ""
    for page in pages:
        yield page.places[0] if page.places else current
        if page.places:
            current = page.places[-1]


def above(sheets: MarginSheets, head: str, page_name: str) -> WantedStamp:
    setting = f"string-set: {sheets.head} attr(data-head)"
    return WantedStamp(sheets.above, setting, head, page_name)


def below(sheets: MarginSheets, page_name: str, page: int, pages: int) -> WantedStamp:
    """The same for all numbers with as many digits."""
    digits = {PAGE: len(str(page)), PAGES: len(str(pages))}
    words = sheets.number(ZERO * digits[PAGE], ZERO * digits[PAGES])
    order = sheets.number(MARK_OF_PAGE, MARK_OF_PAGES)
    is_page_first = order.index(MARK_OF_PAGE) < order.index(MARK_OF_PAGES)
    counters = (PAGE, PAGES) if is_page_first else (PAGES, PAGE)
    return WantedStamp(
        rules=sheets.below(words),
        setting="",
        head="",
        page_name=page_name,
        number=words,
        counters=tuple(
            (counter, place) for counter in counters for place in range(digits[counter])
        ),
    )


def _known(wanted: Iterable[WantedStamp], store: PageStore) -> Iterator[tuple[WantedStamp, Stamp]]:
    for stamp in wanted:
        try:
            yield stamp, read_stamp(_path(store, stamp))
        except BrokenStamp:
            continue


def _rules(wanted: WantedStamp) -> str:
    return wanted.rules


def _path(store: PageStore, wanted: WantedStamp) -> Path:
    return store.stamp(wanted.rules, wanted.element, wanted.number, str(wanted.counters))


def _draw(
    wanted: Sequence[WantedStamp], request: LayoutRequest, store: PageStore
) -> Iterator[Stamp]:
    document = _laid_out(wanted, request)
    if len(document.pages) != len(wanted):
        raise UnknownValue("the margins have not one page each")
    drawing = draw(document.pages, document)
    structure.tidy(drawing.pdf)
    fonts = drawing.fonts(store.store_font)
    for stamp, page in zip(wanted, drawing.pdf.pages["Kids"][::3], strict=True):
        contents = drawing.pdf.objects[page]["Contents"]
        yield _stamp(stamp, structure.object_of(drawing.pdf, contents).stream, fonts)


def _laid_out(wanted: Sequence[WantedStamp], request: LayoutRequest) -> Document:
    import weasyprint

    setting = prepared(request)
    elements = "".join(stamp.element for stamp in wanted)
    html = weasyprint.HTML(
        string=f'<html lang="en"><title>Margins</title><body>{elements}',
        base_url=setting.base_url,
        url_fetcher=setting.fetcher,
    )
    return html.render(
        stylesheets=list(setting.sheets), font_config=setting.fonts, pdf_variant=setting.variant
    )


def _stamp(wanted: WantedStamp, items: Sequence[Any], fonts: Mapping[str, FontOfPage]) -> Stamp:
    """The content of a page as a stamp, cut where the digits are."""
    content = page_objects.content([b"q", *items, b"Q"])
    if any(line.endswith(NOT_OF_PAGES) and line != STATE for line in content.split(b"\n")):
        raise UnknownValue("the margins have more than text")
    if MARKED_CONTENT in content:
        raise UnknownValue("the margins are in the structure")
    texts = list(_texts(content))
    used = {
        code: font
        for code in dict.fromkeys(text.font for text in texts)
        if (font := _with_glyphs_of(fonts[code], code, texts)).glyphs
    }
    zeros = [zero for text in texts for zero in _zeros(text, wanted.number, used)]
    if len(zeros) != len(wanted.counters):
        raise UnknownValue("a page number is not drawn as zeros")
    return Stamp(
        parts=tuple(_parts(content.decode("ascii"), zeros)),
        slots=tuple(
            DigitSlot(counter, place, zero.font, zero.glyph)
            for (counter, place), zero in zip(wanted.counters, zeros, strict=True)
        ),
        fonts=used,
    )


def _texts(content: bytes) -> Iterator[ShownText]:
    font, start = "", 0
    for line in content.split(b"\n"):
        if named := FONT.fullmatch(line):
            font = named[1].decode("ascii")
        elif line.endswith(b"] TJ"):
            yield ShownText(font, tuple(_glyphs(line, font, start)))
        start += len(line) + 1


def _glyphs(shown: bytes, font: str, start: int) -> Iterator[ShownGlyph]:
    for several in GLYPHS.finditer(shown):
        for place in range(*several.span(1), HEX_DIGITS_OF_GLYPH):
            code = shown[place : place + HEX_DIGITS_OF_GLYPH]
            yield ShownGlyph(font, int(code, 16), start + place)


def _with_glyphs_of(font: FontOfPage, code: str, texts: Sequence[ShownText]) -> FontOfPage:
    """With no other glyphs than those that are shown."""
    shown = {glyph.glyph for text in texts if text.font == code for glyph in text.glyphs}
    return replace(font, glyphs=tuple(used for used in font.glyphs if used.glyph in shown))


def _zeros(text: ShownText, number: str, fonts: Mapping[str, FontOfPage]) -> Iterator[ShownGlyph]:
    """Those of the page number; none where the text is another one."""
    signs = {used.glyph: used.text for used in fonts[text.font].glyphs} if text.glyphs else {}
    if "".join(signs[shown.glyph] for shown in text.glyphs) == number:
        yield from (shown for shown in text.glyphs if signs[shown.glyph] == ZERO)


def _parts(content: str, zeros: Sequence[ShownGlyph]) -> Iterator[str]:
    start = 0
    for zero in zeros:
        yield content[start : zero.start]
        start = zero.start + HEX_DIGITS_OF_GLYPH
    yield content[start:]
