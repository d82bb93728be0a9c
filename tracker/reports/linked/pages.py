"""The pages that were laid out before: a folder that holds them by where they begin and what they
take in.

    pages/BEGINNING/SPAN-TEXT.fragment   a page as a fragment
    pages/BEGINNING/SPAN-TEXT.json       where the next page begins, and its running heads
    fonts/CHECKSUM                       font files, as WeasyPrint hands them over
    stamps/CHECKSUM.stamp                what stands in margins
    next_number                          the next object number that is free

BEGINNING is a checksum of the position, of the unit there and the one before it, and of all that
holds for each page (style sheets, program). SPAN is how many units were looked at when the page was
made, and TEXT a checksum of them. So a page is found again only where it would be made the same.

What is in the folder goes into files that are signed: only the program may write into it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .flow import Flow, digest
from .position import Position
from .whole_files import write_first, write_whole

FIRST_NUMBER = 64
"""Object numbers below are the linker's own."""

DIGITS_OF_NUMBER = b"%010d"
"""A number is written over the one before: the file is never cut, be the disk full."""

MOST_NUMBERS = 1_000_000
"""A folder in which more were given is begun anew: a PDF may have 8,388,607."""

LAYOUT_OF_FOLDER = 1


@dataclass(frozen=True)
class KnownPage:
    """A page that was laid out: its fragment, where the next one begins (None: it is the last)."""

    fragment: Path
    begins: Position
    ends: Position | None


class PageStore:
    """The folder of one version of the program.

    :param holds_for_all: whatever changes how each page looks: style sheets, fonts, versions
    """

    def __init__(self, folder: Path, holds_for_all: str) -> None:
        self._folder = folder
        self._holds_for_all = holds_for_all
        self._pages = folder / "pages"
        self.fonts = folder / "fonts"
        self._stamps = folder / "stamps"
        self._numbers = folder / "next_number"
        if not _has_number(self._numbers):
            # The numbers of pages would be given again.
            shutil.rmtree(self._pages, ignore_errors=True)
            self._numbers.unlink(missing_ok=True)
        for path in (folder, self._pages, self.fonts, self._stamps):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_first(self._numbers, DIGITS_OF_NUMBER % FIRST_NUMBER)
        self._known_fonts: dict[str, str] = {}

    def find(self, flow: Flow, position: Position) -> KnownPage | None:
        """The page that begins there and takes in the same text; None where there is none."""
        beginning = self._beginning(flow, position)
        for name in _names(beginning):
            span, _dash, text = name.removesuffix(".json").partition("-")
            end = position.unit + int(span)
            if end > len(flow.units) or _text(flow, position.unit, end) != text:
                continue
            fragment = beginning / f"{span}-{text}.fragment"
            try:
                ends = _position(json.loads((beginning / name).read_text()), position.unit)
                os.utime(fragment)
            except (OSError, ValueError, KeyError, TypeError):  # not whole: it is made anew
                continue
            return KnownPage(fragment, position, ends)
        return None

    def store(
        self, flow: Flow, begins: Position, ends: Position | None, looked_at: int, fragment: bytes
    ) -> KnownPage:
        """Keeps a page, whose text was looked at up to and without the unit `looked_at`."""
        beginning = self._beginning(flow, begins)
        beginning.mkdir(mode=0o700, exist_ok=True)
        name = f"{looked_at - begins.unit}-{_text(flow, begins.unit, looked_at)}"
        path = beginning / f"{name}.fragment"
        write_whole(path, fragment)
        next_page = None
        if ends is not None:
            next_page = {"units": ends.unit - begins.unit, "position": ends.to_json()}
        write_whole(beginning / f"{name}.json", json.dumps(next_page).encode())
        return KnownPage(path, begins, ends)

    def stamp(self, *parts: str) -> Path:
        """Where what stands in margins is kept, by all that decides how it looks."""
        return self._stamps / f"{digest(self._holds_for_all, *parts)}.stamp"

    def allocate(self, count: int) -> int:
        """The first of so many object numbers, which nobody else gets: any fragments of the folder
        can stand in one file.
        """
        with self._numbers.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            first = int(file.read())
            file.seek(0)
            file.write(DIGITS_OF_NUMBER % (first + count))
        return first

    def store_font(self, code: str, content: bytes) -> str:
        """Keeps a font file; returns its name in the folder `fonts`."""
        if code not in self._known_fonts:
            name = hashlib.sha256(content).hexdigest()
            if not (self.fonts / name).exists():
                write_whole(self.fonts / name, content)
            self._known_fonts[code] = name
        return self._known_fonts[code]

    def _beginning(self, flow: Flow, position: Position) -> Path:
        units = flow.units[max(position.unit - 1, 0) : position.unit + 1]
        return self._pages / digest(
            self._holds_for_all, position.to_json(), *(unit.digest for unit in units)
        )


def tidy(folder: Path, days: int) -> None:
    """Removes what was not used for so many days; all, where the numbers run out."""
    try:
        is_full = int((folder / "next_number").read_text() or 0) > MOST_NUMBERS
    except (OSError, ValueError):
        is_full = False
    if is_full:
        shutil.rmtree(folder, ignore_errors=True)
        return
    before = time.time() - days * 24 * 60 * 60
    for beginning in _folders(folder / "pages"):
        for path in beginning.glob("*.fragment"):
            if path.stat().st_mtime < before:
                path.with_suffix(".json").unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        if not any(beginning.iterdir()):
            beginning.rmdir()
    for path in [*folder.glob("stamps/*.stamp"), *folder.glob("fonts/*.subset")]:
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _has_number(path: Path) -> bool:
    try:
        return path.read_bytes().isdigit()
    except OSError:
        return False


def _folders(path: Path) -> Iterator[Path]:
    return (entry for entry in path.glob("*") if entry.is_dir())


def _names(beginning: Path) -> list[str]:
    try:
        return [name for name in os.listdir(beginning) if name.endswith(".json")]
    except FileNotFoundError:
        return []


def _text(flow: Flow, begin: int, end: int) -> str:
    ending = "end" if end == len(flow.units) else ""
    return digest(*(unit.digest for unit in flow.units[begin:end]), ending)


def _position(stored: dict[str, str | int] | None, unit: int) -> Position | None:
    if stored is None:
        return None
    return Position.from_json(str(stored["position"]), unit + int(stored["units"]))
