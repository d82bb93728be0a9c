"""Lays out a stretch of a flow, page by page, into the store.

What a process of `processes` does; it needs WeasyPrint.
"""

from __future__ import annotations

import atexit
import gc
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from . import contract
from .flow import Flow
from .pages import PageStore
from .position import Position
from .window import Setting, Window

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

MakeFetcher = Callable[[], "URLFetcher"]

CHARACTERS_OF_PAGE = 2_200
"""About how many characters there are to read on a page."""

PAGES_OF_FIRST_WINDOW, PAGES_OF_WINDOW = 2, 12
WINDOWS_BETWEEN_COLLECTIONS = 3
"""Of garbage: a process collects none by itself. It takes a seventh of the time after each window,
and 160 MB in place of 95 without any for 100 pages.
"""

UNITS_BEYOND = 8
"""A window has so many units more: where a page ends depends on those after it."""


class NoPage(Exception):
    """WeasyPrint does not come to the end of a page, whatever the window."""


@dataclass(frozen=True)
class LayoutRequest:
    """What pages are laid out with, in words: it goes to another process.

    :param sheets: texts of style sheets, in their order. The first is read once for a process, the
        others, which are short, for each request that has others
    :param fetcher: makes what opens the addresses in sheets and texts
    :param font_configuration: the file that tells which fonts there are
    """

    sheets: tuple[str, ...]
    fetcher: MakeFetcher
    base_url: str
    variant: str
    font_configuration: str


@dataclass(frozen=True)
class Stretch:
    """Pages from a position up to a unit. Where another stretch begins at that unit, and has begun,
    they go on until they meet its pages.
    """

    begins: Position
    until: int
    is_short: bool = False


@dataclass(frozen=True)
class Made:
    """The units that a page has taken up: from `begin` up to and without `end`."""

    begin: int
    end: int


@dataclass(frozen=True)
class LayoutTask:
    """A stretch of a flow, for another process."""

    flow: Flow
    stretch: Stretch

    def perform(self, request: LayoutRequest, store: PageStore) -> Iterator[Made]:
        return lay_out(self.flow, self.stretch, prepared(request), store)


def prepared(request: LayoutRequest) -> Setting:
    """The style sheets read and the fonts loaded; each once for a process.

    Raises PrivatePartsChanged.
    """
    contract.check()
    first, *others = request.sheets
    texts = (first, "\n".join(others))  # no more: each sheet is asked for each element
    sheets = tuple(
        _sheet(text, request.base_url, request.fetcher, request.font_configuration)
        for text in texts
        if text
    )
    fonts = _fonts(request.font_configuration)
    return Setting(sheets, fonts, _fetcher(request.fetcher), request.base_url, request.variant)


@lru_cache(maxsize=32)
def _sheet(text: str, base_url: str, make_fetcher: MakeFetcher, font_configuration: str) -> CSS:
    import weasyprint

    return weasyprint.CSS(
        string=text,
        base_url=base_url,
        url_fetcher=_fetcher(make_fetcher),
        font_config=_fonts(font_configuration),
    )


@cache
def _fonts(font_configuration: str) -> FontConfiguration:
    os.environ["FONTCONFIG_FILE"] = font_configuration
    with warnings.catch_warnings():
        # It warns that the machine has no fonts, which is what is wanted.
        warnings.simplefilter("ignore")
        from weasyprint.text.fonts import FontConfiguration

        atexit.register(_forget_prepared)
        return FontConfiguration()


def _forget_prepared() -> None:
    """Fonts are given back while WeasyPrint, which does it, is still loaded."""
    _sheet.cache_clear()
    _fonts.cache_clear()


@cache
def _fetcher(make_fetcher: MakeFetcher) -> URLFetcher:
    return make_fetcher()


def lay_out(flow: Flow, stretch: Stretch, setting: Setting, store: PageStore) -> Iterator[Made]:
    """Each page goes into the store; pages that are known already are passed over. Ends with the
    stretch, or with the document.

    Raises NoPage, window.NotPlaced.
    """
    from .packing import pack

    position: Position | None = stretch.begins
    pages = PAGES_OF_FIRST_WINDOW if stretch.is_short else PAGES_OF_WINDOW
    windows = 0
    while position is not None:
        end = _end_of_window(flow, position, pages)
        window = Window(flow, max(position.unit - 1, 0), end, setting)
        document = window.document()
        has_pages = False
        for page in window.pages(position):
            has_pages = True
            fragment = pack(
                page.page,
                document,
                places=page.places,
                allocate=store.allocate,
                store_font=store.store_font,
            )
            store.store(flow, page.begins, page.ends, page.looked_at, fragment)
            next_unit = len(flow.units) if page.ends is None else page.ends.unit
            yield Made(page.begins.unit, next_unit)
            position = after_known_pages(flow, page.ends, store)
            if position is None:
                return
            has_met = position != page.ends
            if position.unit >= stretch.until and (has_met or not _has_begun(flow, stretch, store)):
                return
            if has_met:
                break
        if not has_pages and end == len(flow.units):
            raise NoPage(f"unit {position.unit} of {len(flow.units)}")
        pages = PAGES_OF_WINDOW if has_pages else 2 * pages
        windows += 1
        if windows % WINDOWS_BETWEEN_COLLECTIONS == 0:
            gc.collect()


def _has_begun(flow: Flow, stretch: Stretch, store: PageStore) -> bool:
    """Whether the stretch after this one has a page."""
    if stretch.until >= len(flow.units) or flow.units[stretch.until].begins_page:
        return False  # there is none, or its first page is where this one ends
    return store.find(flow, Position(stretch.until)) is not None


def after_known_pages(flow: Flow, position: Position | None, store: PageStore) -> Position | None:
    """Where the first page begins that is not known; None where all are, to the end."""
    while position is not None:
        known = store.find(flow, position)
        if known is None:
            return position
        position = known.ends
    return None


def _end_of_window(flow: Flow, position: Position, pages: int) -> int:
    """The unit with which a window of about so many pages ends."""
    characters = 0
    for unit in flow.units[position.unit :]:
        characters += unit.length
        if characters > pages * CHARACTERS_OF_PAGE:
            return min(unit.number + UNITS_BEYOND, len(flow.units))
    return len(flow.units)
