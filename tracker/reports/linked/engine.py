"""From a document to a file: the walk from page to page, with those that are known.

A page that was laid out before, from the same position and over the same text, is known. Where one
is not, pages are laid out from there until a known one is met again: after a change of one item
these are few, since breaks are between rows and sections.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .flow import Flow
from .fragment import read_header
from .layout import CHARACTERS_OF_PAGE, LayoutTask, Made, Stretch, after_known_pages
from .pages import KnownPage, PageStore
from .position import Position, page_beginning
from .processes import PageTask, Watch

PAGES_OF_STRETCH = 8
"""Fewer pages are not worth another process."""

STRETCHES_OF_PROCESS = 3

WAITING = re.compile(r'data-to="#([^"]+)"\s+data-page=""')
"""A reference to a page, whose number is written into the text once it is known."""

DEPTH_OF_SECTION = 1

COUNTED = re.compile(r'<(?:div|tr)\b.*?\bid="', re.DOTALL)
"""The units that progress counts: those to which a link can lead, but for whole sections."""

Progress = Callable[[int, int], None]
"""Is told how many of the counted units are done, and of how many; may raise, to stop."""


@dataclass
class LaidOut:
    """The pages of a document, and how many of them had to be laid out for it."""

    pages: list[KnownPage] = field(default_factory=list)
    made: int = 0


class Running(Protocol):
    """Does tasks, in so many processes."""

    @property
    def count(self) -> int: ...

    def run(self, tasks: Sequence[PageTask], watch: Watch) -> None: ...


def lay_out_document(text: str, store: PageStore, running: Running, progress: Progress) -> LaidOut:
    """The pages of the document, each in the store.

    Raises flow.NotMarked, processes.LayoutFailed, OSError.
    """
    flow = Flow.of_text(text)
    walk = _Walk(store, running, progress)
    waiting = [unit.number for unit in flow.units if WAITING.search(unit.text)]
    if waiting:
        before = walk.pages(flow, until=waiting[0])
        flow = flow.with_texts(_numbered(flow, waiting, first_pages(before)))
    return LaidOut(walk.pages(flow, until=len(flow.units)), walk.made)


def first_pages(pages: Sequence[KnownPage]) -> dict[str, int]:
    """The number of the page on which each anchor stands first."""
    numbers: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for name, *_place in read_header(page.fragment).anchors:
            numbers.setdefault(name, number)
    return numbers


class _Walk:
    """From page to page, for one document."""

    def __init__(self, store: PageStore, running: Running, progress: Progress) -> None:
        self._store = store
        self._running = running
        self._progress = progress
        self._done: set[int] = set()
        self.made = 0

    def pages(self, flow: Flow, until: int) -> list[KnownPage]:
        """Up to the first page that begins with the unit `until`, or after it."""
        counted = {unit.number for unit in flow.units if COUNTED.match(unit.text)}
        pages: list[KnownPage] = []
        position: Position | None = Position(0)
        missed: Position | None = None
        while position is not None and position.unit < until:
            known = self._store.find(flow, position)
            if known is None:
                if position == missed:
                    raise FileNotFoundError(f"the page of {position} is gone")
                missed = position
                self._lay_out(flow, position, until, counted)
                continue
            pages.append(known)
            position = known.ends
            end = len(flow.units) if position is None else position.unit
            self._note(Made(known.begins.unit, end), counted)
        return pages

    def _lay_out(self, flow: Flow, position: Position, until: int, counted: set[int]) -> None:
        def watch(made: Made) -> None:
            self.made += 1
            self._note(made, counted)

        stretches = self._stretches(flow, position, until)
        self._running.run([LayoutTask(flow, stretch) for stretch in stretches], watch)

    def _note(self, made: Made, counted: set[int]) -> None:
        self._done.update(counted.intersection(range(made.begin, made.end)))
        self._progress(len(self._done), len(counted))

    def _stretches(self, flow: Flow, position: Position, until: int) -> list[Stretch]:
        """What is not known from a position on: each stretch up to the next known page at the top
        of which a unit stands. The pages behind that one are taken for known, so that all changes
        of a document are laid out at the same time; where they are not, the walk comes back.
        """
        stretches: list[Stretch] = []
        missed: Position | None = position
        while missed is not None and missed.unit < until:
            known = self._next_known(flow, missed.unit + 1, until)
            end = until if known is None else known.unit
            stretches += self._parts(flow, missed, end)
            missed = after_known_pages(flow, known, self._store)
        return stretches

    def _parts(self, flow: Flow, begins: Position, end: int) -> list[Stretch]:
        """A stretch as several, where it is long and there are processes for them."""
        pages = sum(unit.length for unit in flow.units[begins.unit : end]) // CHARACTERS_OF_PAGE
        count = min(pages // PAGES_OF_STRETCH, self._running.count * STRETCHES_OF_PROCESS)
        if self._running.count == 1 or count < 2:
            return [Stretch(begins, end, is_short=pages < PAGES_OF_STRETCH)]
        certain = _certain(flow, begins.unit, end)
        beginnings = [begins, *(certain or _even(flow, begins.unit, end, count))]
        ends = [*(position.unit for position in beginnings[1:]), end]
        return [Stretch(begin, stop) for begin, stop in zip(beginnings, ends, strict=True)]

    def _next_known(self, flow: Flow, begin: int, until: int) -> Position | None:
        """The first of these units with which a known page begins, or with frames around it."""
        for unit in range(begin, until):
            positions = [Position(unit, frames) for frames in range(flow.frames_begun(unit) + 1)]
            if flow.units[unit].begins_page:
                positions = [page_beginning(flow, unit)]
            for position in positions:
                if self._store.find(flow, position) is not None:
                    return position
        return None


def _certain(flow: Flow, begin: int, end: int) -> list[Position]:
    """Units with which a page begins, whatever stands before them."""
    units = flow.units[begin + 1 : end]
    return [page_beginning(flow, unit.number) for unit in units if unit.begins_page]


def _even(flow: Flow, begin: int, end: int, count: int) -> list[Position]:
    """Units at which a stretch is cut into so many parts of about the same length: a guess that a
    page begins there.

    Each is the longest unit near its place: long ones often begin a page, since what is kept
    together at their beginning is tall. Of 28 guesses in a report of 100 pages all that were long
    met the true pages within one page, and a quarter of the short ones not within eight. None is
    in a table: rows of one height bring two guesses together only where the table ends.
    """
    lengths = [unit.length for unit in flow.units[begin:end]]
    places = [sum(lengths) * number / count for number in range(1, count)]
    around = sum(lengths) / count / 4
    chosen: dict[int, tuple[int, int]] = {}  # length and unit, by the number of the place
    before = 0
    for unit, length in zip(flow.units[begin:end], lengths, strict=True):
        for number, place in enumerate(places):
            is_near = abs(before - place) <= around and unit.number > begin
            is_row = unit.frame.depth > DEPTH_OF_SECTION
            if is_near and not is_row:
                chosen[number] = max(chosen.get(number, (0, 0)), (length, unit.number))
        before += length
    return [Position(unit) for unit in sorted({unit for _length, unit in chosen.values()})]


def _numbered(flow: Flow, waiting: Sequence[int], numbers: Mapping[str, int]) -> dict[int, str]:
    """The texts of units that wait for page numbers, with them."""

    def write(reference: re.Match[str]) -> str:
        name = reference[1]
        return f'data-to="#{name}" data-page="{numbers.get(name, "")}"'

    return {number: WAITING.sub(write, flow.units[number].text) for number in waiting}
