"""Pages of some units of a flow, laid out one after the other from a position.

WeasyPrint lays out a document from its beginning. Its own functions take any place where a page may
begin, so that the pages are those that a document in one go would have. Which private parts this
needs is in `contract`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .flow import FRAME_ATTRIBUTE, UNIT_ATTRIBUTE, Flow
from .position import Position, Resume, inside_from, resume_from

if TYPE_CHECKING:
    from weasyprint import CSS, Document, Page
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

BoxPath = tuple[int, ...]
"""From the root box to a box: the number of a child, of its child, and so on."""


class NotPlaced(Exception):
    """A page ends where no unit and no frame is: the position cannot be named."""


@dataclass(frozen=True)
class Setting:
    """What all pages of a report are laid out with."""

    sheets: tuple[CSS, ...]
    fonts: FontConfiguration
    fetcher: URLFetcher
    base_url: str
    variant: str  # of the PDF


@dataclass(frozen=True)
class LaidOutPage:
    """A page, where the next one begins (None: it is the last), and how far its text was looked at.

    `places` are the running heads that begin on it.
    """

    page: Page
    begins: Position
    ends: Position | None
    looked_at: int  # the number of the first unit that has no part in how the page is
    places: tuple[str, ...]


class Window:
    """The units from `begin` up to and without `end`."""

    def __init__(self, flow: Flow, begin: int, end: int, setting: Setting) -> None:
        from weasyprint import Document
        from weasyprint.css.counters import CounterStyle
        from weasyprint.formatting_structure.build import build_formatting_structure

        from .source import ReportHTML

        self._flow = flow
        self._end = end
        self._setting = setting
        self._html = ReportHTML(
            string=flow.window(begin, end),
            base_url=setting.base_url,
            url_fetcher=setting.fetcher,
        )
        counters = CounterStyle()
        options = _options(setting)
        self._output_intent = options["output_intent"]
        self._context = Document._build_layout_context(
            self._html, setting.fonts, counters, {}, options
        )
        self._root = build_formatting_structure(
            self._html.etree_element,
            self._context.style_for,
            self._context.get_image_from_uri,
            self._html.base_url,
            self._context.target_collector,
            counters,
            self._context.footnotes,
        )
        self._unit_paths: dict[int, BoxPath] = {}
        self._frame_paths: dict[int, BoxPath] = {}
        self._note_paths(self._root, ())
        self._unit_at = {path: unit for unit, path in self._unit_paths.items()}
        self._frame_at = {path: frame for frame, path in self._frame_paths.items()}

    def pages(self, position: Position) -> Iterator[LaidOutPage]:
        """Page by page from a position, which is in the window; nothing is laid out before it is
        asked for.

        Ends with the last page of whose end the window has enough to see. Raises NotPlaced.
        """
        from weasyprint import Page
        from weasyprint.layout import initialize_page_maker
        from weasyprint.layout.page import remake_page

        context = self._context
        initialize_page_maker(context, self._root)
        _resume, next_page, _is_right, state, remake = context.page_maker[0]
        if not position.is_beginning:
            next_page = {"break": position.forced, "page": position.page_name or None}
        beginning = (self._resume(position), next_page, True, state, remake)
        # The first page of a document keeps the margin at its top: others are never number 0.
        number = 0 if position.is_beginning else 1
        context.page_maker = [beginning] * (number + 1)
        context.rendered_notes = []
        begins = position
        is_last = False
        while not is_last:
            page_box, resume = remake_page(number, context, self._root, self._html)
            number += 1
            is_last = resume is None
            ends = None
            looked_at = self._end
            if not is_last:
                ends = self._position(resume, context.page_maker[number][1])
                looked_at = self._looked_at(ends)
            if self._end < len(self._flow.units) and (is_last or looked_at >= self._end):
                return
            places = _places(page_box)
            self._finish(page_box)
            yield LaidOutPage(
                page=Page(page_box),
                begins=begins,
                ends=ends,
                looked_at=looked_at,
                places=places,
            )
            if ends is not None:
                begins = ends

    def document(self) -> Document:
        """The document to which the pages belong: fonts, metadata, fetcher; without its pages."""
        from weasyprint import Document
        from weasyprint.document import DocumentMetadata

        return Document(
            [],
            DocumentMetadata(),
            self._setting.fetcher,
            self._setting.fonts,
            {},
            self._output_intent,
        )

    def _finish(self, page_box: Any) -> None:
        """What WeasyPrint does with all pages at the end: here the page has no margin boxes."""
        from weasyprint.layout.background import layout_backgrounds

        root, footnotes, notes = page_box.children
        page_box.children = (root, *(area for area in (footnotes, notes) if area.children))
        layout_backgrounds(page_box, self._context.get_image_from_uri)

    def _note_paths(self, box: Any, path: BoxPath) -> None:
        """Of the outermost box of each unit and frame."""
        element = box.element
        if element is not None and element.get(UNIT_ATTRIBUTE) is not None:
            self._unit_paths.setdefault(int(element.get(UNIT_ATTRIBUTE)), path)
            return
        if element is not None and element.get(FRAME_ATTRIBUTE) is not None:
            self._frame_paths.setdefault(int(element.get(FRAME_ATTRIBUTE)), path)
        for number, child in enumerate(getattr(box, "children", ())):
            self._note_paths(child, (*path, number))

    def _resume(self, position: Position) -> Resume:
        """The position as WeasyPrint takes it; None at the beginning of the document."""
        if position.is_beginning:
            return None
        path = self._unit_paths[position.unit]
        if position.frames:
            frame = self._flow.units[position.unit].frame.chain[-position.frames]
            path = self._frame_paths[frame.number]
        resume = resume_from(position.inside)
        for number in reversed(path):
            resume = {number: resume}
        return resume

    def _position(self, resume: Resume, next_page: dict[str, str | None]) -> Position:
        forced = next_page["break"] or "any"
        page_name = next_page["page"] or ""
        path: BoxPath = ()
        while resume is not None:
            if len(resume) != 1:
                break
            ((number, resume),) = resume.items()
            path = (*path, number)
            if path in self._unit_at:
                return Position(self._unit_at[path], 0, inside_from(resume), forced, page_name)
            if resume is None and path in self._frame_at:
                frame = self._flow.frames[self._frame_at[path]]
                unit = self._flow.first_units[frame.number]
                frames = self._flow.units[unit].frame.depth - frame.depth + 1
                return Position(unit, frames, "", forced, page_name)
        raise NotPlaced(f"{path} is in no unit")

    def _looked_at(self, ends: Position) -> int:
        """The unit with which the next page begins, or goes on, has been looked at, and those that
        must not be parted from it: with the last of them, the page may end in the first.
        """
        from weasyprint.layout.block import block_level_page_break

        last = max(ends.unit, self._last_of_whole_frames(ends.unit))
        while last + 1 < self._end:
            siblings = self._siblings(last, last + 1)
            if not block_level_page_break(*siblings).startswith("avoid"):
                break
            last = max(last + 1, self._last_of_whole_frames(last + 1))
        return last + 1

    def _last_of_whole_frames(self, unit: int) -> int:
        """The last unit of a frame that is not cut, if the unit is in one."""
        for frame in self._flow.units[unit].frame.chain[1:]:
            box = self._box(self._frame_paths[frame.number])
            if box.style["break_inside"].startswith("avoid"):
                return self._flow.last_units[frame.number]
        return unit

    def _siblings(self, before: int, after: int) -> tuple[Any, Any]:
        """The boxes that meet between two units: theirs, or of the frames around them."""
        one, other = self._unit_paths[before], self._unit_paths[after]
        depth = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
        return self._box(one[: depth + 1]), self._box(other[: depth + 1])

    def _box(self, path: BoxPath) -> Any:
        box = self._root
        for number in path:
            box = box.children[number]
        return box


def _options(setting: Setting) -> dict[str, Any]:
    """As `HTML.render` completes them."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.pdf import VARIANTS

    options = {
        **DEFAULT_OPTIONS,
        "stylesheets": list(setting.sheets),
        "pdf_variant": setting.variant,
    }
    _function, properties = VARIANTS[setting.variant]
    for name, value in properties.items():
        if options.get(name) is None:
            options[name] = value
    return options


def _places(page_box: Any) -> tuple[str, ...]:
    """The running heads that begin on a page, in their order."""
    return tuple(
        text
        for box in page_box.descendants()
        if box.string_set and box.string_set != "none"
        for _name, text in box.string_set
    )
