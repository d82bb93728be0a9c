"""Reads a report's PDF back as a publisher would look at it, page by page: what stands alone, what
is nearly empty, what is cut, and whether the head of each page names what is on it.

It reads positions and fonts by poppler's `pdftohtml` and the bookmarks by pypdf. Lengths are
points, from the top of the page.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader

SCALE = 1.5  # of pdftohtml: its pixels in a point
MARGIN = 50.0  # of each page, above and below; what stands in it is no text of the report
LINE = 3.0  # words whose tops differ by less stand on one line
FEWEST_LINES = 6  # on a page that is not nearly empty
THIRD = 1 / 3
MOST_EMPTY = 0.8
HEAD_COLOURS = ("#4b5159", "#000000")  # of the heads of tables


@dataclass(frozen=True)
class Words:
    """A run of words of one font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    family: str
    size: float
    colour: str

    @property
    def is_headline(self) -> bool:
        return "Headline" in self.family

    @property
    def is_bold(self) -> bool:
        return "Semi" in self.family


@dataclass(frozen=True)
class Line:
    """What stands side by side."""

    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(run.text for run in self.words).split())

    @property
    def top(self) -> float:
        return min(run.top for run in self.words)

    @property
    def bottom(self) -> float:
        return max(run.bottom for run in self.words)

    @property
    def columns(self) -> frozenset[int]:
        """Where its cells begin."""
        return frozenset(round(run.left / 3) for run in self.words)

    @property
    def is_heading(self) -> bool:
        return all(run.is_headline for run in self.words)

    @property
    def is_head_of_table(self) -> bool:
        """Cells side by side that are bold, and no count at the end."""
        return (
            len(self.words) > 1
            and all(run.is_bold and run.colour in HEAD_COLOURS for run in self.words)
            and not self.words[-1].text.strip()[-1:].isdigit()
        )

    @property
    def may_name_an_item(self) -> bool:
        """As “New business item 2” does above a title, or the first line of a title."""
        return len(self.words) == 1 and self.words[0].is_bold


@dataclass(frozen=True)
class PrintedPage:
    number: int
    width: float
    height: float
    words: tuple[Words, ...]

    @cached_property
    def body(self) -> list[Line]:
        """The lines between the margins."""
        return _lines(
            [run for run in self.words if run.top >= MARGIN and run.bottom <= self.height - MARGIN]
        )

    @cached_property
    def head(self) -> str:
        """What stands above."""
        return " ".join(line.text for line in _lines([r for r in self.words if r.top < MARGIN]))

    @property
    def room(self) -> float:
        """What is between the margins."""
        return self.height - 2 * MARGIN

    @property
    def empty(self) -> float:
        """What is left under the last line."""
        return self.height - MARGIN - self.body[-1].bottom


@dataclass(frozen=True)
class Section:
    """A bookmark."""

    title: str
    page: int
    top: float
    level: int


def _lines(words: list[Words]) -> list[Line]:
    lines: list[list[Words]] = []
    for run in sorted(words, key=lambda run: (run.top, run.left)):
        if lines and run.top - lines[-1][0].top < LINE:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [Line(tuple(line)) for line in lines]


def pages(file: Path) -> list[PrintedPage]:
    xml = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", str(file)], capture_output=True, check=True
    ).stdout
    fonts: dict[str, ElementTree.Element] = {}
    printed = []
    for page in ElementTree.fromstring(xml).iter("page"):
        fonts |= {str(font.get("id")): font for font in page.iter("fontspec")}
        words = [_words(text, fonts[str(text.get("font"))]) for text in page.iter("text")]
        printed.append(
            PrintedPage(
                number=int(str(page.get("number"))),
                width=_length(page, "width"),
                height=_length(page, "height"),
                words=tuple(run for run in words if run.text.strip()),
            )
        )
    return printed


def _length(element: ElementTree.Element, name: str) -> float:
    return float(str(element.get(name))) / SCALE


def _words(text: ElementTree.Element, font: ElementTree.Element) -> Words:
    left, top = _length(text, "left"), _length(text, "top")
    return Words(
        text="".join(text.itertext()),
        left=left,
        top=top,
        right=left + _length(text, "width"),
        bottom=top + _length(text, "height"),
        family=str(font.get("family")),
        size=_length(font, "size"),
        colour=str(font.get("color")),
    )


def sections(file: Path) -> list[Section]:
    """In the order of the pages."""
    reader = PdfReader(file)

    def flat(outline: list[Any], level: int = 1) -> list[Section]:
        own = []
        for entry in outline:
            if isinstance(entry, list):
                own += flat(entry, level + 1)
                continue
            page = reader.get_destination_page_number(entry)
            assert page is not None
            top = float(reader.pages[page].mediabox.height) - float(entry.top or 0)
            own.append(Section(" ".join(str(entry.title).split()), page + 1, top, level))
        return own

    return sorted(flat(reader.outline), key=lambda section: (section.page, section.top))


def problems(file: Path) -> list[str]:
    """What a publisher would send back; empty where there is nothing."""
    printed, named = pages(file), sections(file)
    return [
        *alone_at_the_foot(printed),
        *nearly_empty(printed),
        *would_have_fitted(printed, named),
        *cut_money(printed),
        *without_head(printed),
        *wrong_running_heads(printed, named),
        *over_the_edge(printed),
    ]


def alone_at_the_foot(printed: list[PrintedPage]) -> list[str]:
    """A heading, or the head of a table, under which nothing follows."""
    return [
        f"page {page.number}: alone at the foot: {last.text}"
        for page in printed[1:]
        if page.body and ((last := page.body[-1]).is_heading or last.is_head_of_table)
    ]


def nearly_empty(printed: list[PrintedPage]) -> list[str]:
    """Some lines and no more; the last page may be short, but not as short as that."""
    last = len(printed)
    return [
        f"page {page.number}: {len(page.body)} lines"
        for page in printed[1:]
        if len(page.body) < FEWEST_LINES
        or (page.number != last and page.empty > page.room * MOST_EMPTY)
    ]


def would_have_fitted(printed: list[PrintedPage], named: list[Section]) -> list[str]:
    """A third of a page is empty, and what begins the next page would have stood in it."""
    wrong = []
    for before, page in pairwise(printed[1:]):
        beginning = [section for section in named if section.page == page.number]
        if before.empty < before.room * THIRD or not page.body or not beginning:
            continue
        first = beginning[0]
        if len(beginning) > 1 and beginning[1].level > first.level:
            del beginning[1]  # a heading goes with the first section under it
        if first.top > page.body[0].bottom + 40:
            continue  # the page begins in the middle of a section
        ends = beginning[1].top if len(beginning) > 1 else page.body[-1].bottom
        goes_on = (
            len(beginning) == 1
            and page.number < len(printed)
            and not any(
                section.page == page.number + 1 and section.top < MARGIN + 60 for section in named
            )
        )
        needs = ends - page.body[0].top + 40
        if not goes_on and needs < before.empty:
            wrong.append(
                f"page {before.number}: {before.empty:.0f} points are empty, and "
                f"“{first.title}” needs {needs:.0f}"
            )
    return wrong


MONEY_HEADS = ("Amount As published", "No. Item Estimated Appropriated", "Amount Items Sum")
MOST_LINES_IN_ONE_PIECE = 30


def cut_money(printed: list[PrintedPage]) -> list[str]:
    """A table of money that goes on, but one that is nearly as long as a page."""
    wrong = []
    for before, page in pairwise(printed):
        if not page.body or not page.body[0].text.startswith(MONEY_HEADS):
            continue
        heads = [index for index, line in enumerate(before.body) if line.is_head_of_table]
        lines = len(before.body) - heads[-1] - 1 if heads else 0
        lines += next(
            (index for index, line in enumerate(page.body) if line.is_heading), len(page.body)
        )
        if heads and lines < MOST_LINES_IN_ONE_PIECE:
            wrong.append(f"page {page.number}: a table of money goes on: {page.body[0].text}")
    return wrong


def without_head(printed: list[PrintedPage]) -> list[str]:
    """A page that begins with the row of a table whose head is on a page before."""
    wrong = []
    for before, page in pairwise(printed):
        heads = [index for index, line in enumerate(before.body) if line.is_head_of_table]
        if not heads or not page.body:
            continue
        head, first = before.body[heads[-1]], page.body[0]
        is_over = any(line.is_heading for line in before.body[heads[-1] :])
        if not is_over and not first.is_head_of_table and len(first.columns & head.columns) > 1:
            wrong.append(f"page {page.number}: no head above: {first.text}")
    return wrong


def wrong_running_heads(printed: list[PrintedPage], named: list[Section]) -> list[str]:
    """The head names what the page begins with: the section or item in which it stands."""
    wrong = []
    for page in printed[1:]:
        if not page.body:
            continue
        first = page.body[0]
        begins = first.bottom + (40 if first.may_name_an_item else 0)
        so_far = [
            section for section in named if (section.page, section.top) <= (page.number, begins)
        ]
        if not so_far:
            continue
        title = so_far[-1].title
        if not _names(page.head, title):
            wrong.append(f"page {page.number}: “{page.head}” does not name “{title}”")
    return wrong


def _names(head: str, title: str) -> bool:
    """Whole, or its beginning before an ellipsis."""
    if title in head:
        return True
    before, ellipsis, _after = head.partition("…")
    return bool(ellipsis) and any(
        before.endswith(title[:length]) for length in range(8, len(title))
    )


def over_the_edge(printed: list[PrintedPage]) -> list[str]:
    """Words that run out of the page, or into its edge."""
    return [
        f"page {page.number}: at the edge: {run.text}"
        for page in printed
        for run in page.words
        if run.right > page.width - 28 or run.left < 28
    ]
