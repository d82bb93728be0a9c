"""The outline of a report: its bookmarks as a tree, as WeasyPrint makes it of their levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .pdf_file import PdfFile
from .pdf_values import decimal, reference, string


@dataclass
class Bookmark:
    level: int
    title: str
    page: int  # number of its object
    x: float
    y: float
    children: list[Bookmark] = field(default_factory=list)

    def count(self) -> int:
        """Of those below it."""
        return sum(1 + child.count() for child in self.children)


def write_outline(pdf: PdfFile, number: int, bookmarks: Iterable[Bookmark]) -> None:
    """Nothing where there are no bookmarks.

    :param number: of the outline's object
    """
    top = tree(bookmarks)
    if top:
        first, last = _write_siblings(pdf, number, top)
        count = sum(1 + bookmark.count() for bookmark in top)
        pdf.put(
            number,
            b"<</Type/Outlines/Count %d/First %s/Last %s>>"
            % (count, reference(first), reference(last)),
        )


def tree(bookmarks: Iterable[Bookmark]) -> list[Bookmark]:
    """Each below the last one before it whose level is higher up. Levels may be left out."""
    top: list[Bookmark] = []
    above: list[Bookmark] = []
    for bookmark in bookmarks:
        while above and above[-1].level >= bookmark.level:
            above.pop()
        siblings = above[-1].children if above else top
        siblings.append(bookmark)
        above.append(bookmark)
    return top


def _write_siblings(pdf: PdfFile, parent: int, siblings: list[Bookmark]) -> tuple[int, int]:
    """Returns the numbers of the first and the last one."""
    numbers = [pdf.reserve() for _bookmark in siblings]
    for place, bookmark in enumerate(siblings):
        entries = [
            b"/Title %s/Parent %s" % (string(bookmark.title), reference(parent)),
            b"/Dest[%s/XYZ %s %s 0]"
            % (reference(bookmark.page), decimal(bookmark.x), decimal(bookmark.y)),
            *_neighbours(numbers, place),
        ]
        if bookmark.children:
            first, last = _write_siblings(pdf, numbers[place], bookmark.children)
            entries.append(
                b"/Count %d/First %s/Last %s"
                % (bookmark.count(), reference(first), reference(last))
            )
        pdf.put(numbers[place], b"<<%s>>" % b"".join(entries))
    return numbers[0], numbers[-1]


def _neighbours(numbers: list[int], place: int) -> Iterator[bytes]:
    if place:
        yield b"/Prev " + reference(numbers[place - 1])
    if place + 1 < len(numbers):
        yield b"/Next " + reference(numbers[place + 1])
