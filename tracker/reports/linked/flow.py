"""A document as a flow of units: what a page can begin with, and be cut between.

The text of the document marks them by comments. `<!--unit-->` stands before each unit, which is
exactly one element: a row, a heading, a paragraph, the section of an item; `<!--page-->` in its
place says that the style sheet begins a page with it, or with the frames that it opens. What is
around units is a frame: `<!--open-->` opening tags `<!--in-->` units and frames `<!--out-->`
closing tags `<!--close-->`. So any stretch of units is a document again, inside the same frames.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

MARK = re.compile(r"<!--(open|in|out|close|unit|page)-->")
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
NOT_READ = re.compile(r"<[^>]*>|\s+(?=\s)")
FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)")

UNIT_ATTRIBUTE = "data-unit"
FRAME_ATTRIBUTE = "data-frame"


class NotMarked(ValueError):
    """The marks of the text do not fit each other."""


@dataclass(frozen=True, eq=False)
class Frame:
    """Tags around units: of the document, a section, a table with its head."""

    number: int
    parent: Frame | None
    opening: str
    digest: str  # of its opening tags and those around it
    depth: int  # 0: the document itself

    @cached_property
    def chain(self) -> tuple[Frame, ...]:
        """From the document down to this frame."""
        return (*self.parent.chain, self) if self.parent else (self,)


@dataclass(frozen=True)
class FlowUnit:
    """One element of the flow, and the frame in which it stands.

    `ends`: how many of the frames around it end with it. `begins_page`: whatever stands before it.
    """

    number: int
    frame: Frame
    text: str
    ends: int = 0
    begins_page: bool = False

    @cached_property
    def length(self) -> int:
        """About how many characters there are to read."""
        return len(NOT_READ.sub("", self.text))

    @cached_property
    def digest(self) -> str:
        """Of the text, of the frames around it, and of where it is the last: rules of style ask for
        the last row of a table.
        """
        return digest(self.frame.digest, self.text, str(self.ends))


@dataclass
class _Reading:
    """What has been read of the text so far."""

    frames: list[Frame] = field(default_factory=list)
    units: list[FlowUnit] = field(default_factory=list)
    closings: dict[int, str] = field(default_factory=dict)
    opened: list[Frame] = field(default_factory=list)


class Flow:
    """The units of a document, and any stretch of them as a document."""

    def __init__(
        self, units: Sequence[FlowUnit], frames: Sequence[Frame], closings: dict[int, str]
    ):
        self.units = tuple(units)
        self.frames = tuple(frames)
        self._closings = closings

    @classmethod
    def of_text(cls, text: str) -> Flow:
        """Raises NotMarked."""
        reading = _Reading()
        pieces = MARK.split(text)  # text, mark, text, mark, ... text
        if pieces[0].strip() or len(pieces) < 3 or pieces[1] != "open":
            raise NotMarked("the text does not begin with a frame")
        for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            _read(reading, mark, piece)
        if reading.opened or not reading.units:
            raise NotMarked("a frame is not closed, or there is no unit")
        return cls(reading.units, reading.frames, reading.closings)

    @cached_property
    def first_units(self) -> dict[int, int]:
        """The first unit of each frame, by the frame's number."""
        first: dict[int, int] = {}
        for unit in self.units:
            for frame in unit.frame.chain:
                first.setdefault(frame.number, unit.number)
        return first

    @cached_property
    def last_units(self) -> dict[int, int]:
        """The last unit of each frame, by the frame's number."""
        return {frame.number: unit.number for unit in self.units for frame in unit.frame.chain}

    def frames_begun(self, unit: int) -> int:
        """How many frames begin with a unit, besides the document."""
        frames = self.units[unit].frame.chain[1:]
        return sum(self.first_units[frame.number] == unit for frame in frames)

    def with_texts(self, texts: dict[int, str]) -> Flow:
        """The same flow in which some units, by their numbers, have another text."""
        units = [
            replace(unit, text=texts[unit.number]) if unit.number in texts else unit
            for unit in self.units
        ]
        return Flow(units, self.frames, self._closings)

    def window(self, begin: int, end: int) -> str:
        """The units from `begin` up to and without `end`, as a document.

        Each unit's element and each frame's first element bear their numbers.
        """
        return "".join(self._window(begin, end))

    def _window(self, begin: int, end: int) -> Iterator[str]:
        opened: tuple[Frame, ...] = ()
        for unit in self.units[begin:end]:
            chain = unit.frame.chain
            common = _common(opened, chain)
            yield from self._close(opened[common:])
            for frame in chain[common:]:
                yield _numbered(frame.opening, FRAME_ATTRIBUTE, frame.number)
            opened = chain
            yield _numbered(unit.text, UNIT_ATTRIBUTE, unit.number)
        yield from self._close(opened)

    def _close(self, frames: Iterable[Frame]) -> Iterator[str]:
        for frame in reversed(tuple(frames)):
            yield self._closings[frame.number]


def digest(*parts: str) -> str:
    """A checksum of texts in their order."""
    checksum = hashlib.sha256()
    for part in parts:
        content = part.encode()
        checksum.update(b"%d:" % len(content))
        checksum.update(content)
    return checksum.hexdigest()[:32]


def _read(reading: _Reading, mark: str, piece: str) -> None:
    match mark:
        case "open":
            parent = reading.opened[-1] if reading.opened else None
            if parent is None and reading.frames:
                raise NotMarked("more than one document")
            opening = piece if parent else HEAD.sub("", piece)
            frame = Frame(
                number=len(reading.frames),
                parent=parent,
                opening=opening,
                digest=digest(parent.digest if parent else "", opening),
                depth=len(reading.opened),
            )
            reading.frames.append(frame)
            reading.opened.append(frame)
        case "unit" | "page":
            if not reading.opened:
                raise NotMarked("a unit outside of the document")
            number, frame, begins_page = len(reading.units), reading.opened[-1], mark == "page"
            reading.units.append(FlowUnit(number, frame, piece.strip(), begins_page=begins_page))
        case "out":
            if not reading.opened:
                raise NotMarked("a frame ends that has not begun")
            frame = reading.opened.pop()
            if not reading.units or frame not in reading.units[-1].frame.chain:
                raise NotMarked(f"a frame without a unit: {frame.opening.strip()[:60]!r}")
            reading.units[-1] = replace(reading.units[-1], ends=reading.units[-1].ends + 1)
            reading.closings[frame.number] = piece
        case _:
            if piece.strip():
                raise NotMarked(f"text that is in no unit: {piece.strip()[:60]!r}")


def _common(one: Sequence[Frame], other: Sequence[Frame]) -> int:
    """How many frames both are in."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first is not second:
            break
        count += 1
    return count


def _numbered(text: str, attribute: str, number: int) -> str:
    return FIRST_TAG.sub(rf'<\1 {attribute}="{number}"', text, count=1)
