"""The number of an issued report in bytes that stream by: it stands behind a marker that nothing
compresses, so no parser is needed.
"""

from __future__ import annotations

import re

MARKER = "TrackerReport:"
LONGEST_NUMBER = 120  # characters
_MARKED = re.compile(
    rf"{MARKER}([0-9A-Za-z][0-9A-Za-z-]{{0,{LONGEST_NUMBER - 1}}})(?![0-9A-Za-z-])".encode()
)
_LONGEST_MARKED = len(MARKER) + LONGEST_NUMBER + 1


class NumberInFile:
    """Finds the first number in a file that comes in pieces, wherever they are cut."""

    def __init__(self) -> None:
        self._number: str | None = None
        self._tail = b""  # what may be the beginning of a marked number

    def feed(self, piece: bytes) -> None:
        if self._number is not None:
            return
        window = self._tail + piece
        match = _MARKED.search(window)
        if match is not None and match.end() < len(window):
            self._number, self._tail = match[1].decode(), b""
        else:
            self._tail = window[-_LONGEST_MARKED:]

    @property
    def number(self) -> str | None:
        """Of what was fed so far, as if the file ended there."""
        if self._number is not None:
            return self._number
        match = _MARKED.search(self._tail)
        return match[1].decode() if match else None
