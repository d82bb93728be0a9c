"""SHA-256 of a file that streams by, and the number of a report that stands in it. Nothing of the
file is kept, neither in memory nor on disk.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.rules.report_number import NumberInFile

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

PIECE = 2**16  # bytes


class ChecksumStream(io.RawIOBase):
    """Is written to, as a file would be; there is nothing to read."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()
        self._number = NumberInFile()

    def writable(self) -> bool:
        return True

    def write(self, piece: ReadableBuffer, /) -> int:
        content = bytes(piece)
        self.size += len(content)
        self._digest.update(content)
        self._number.feed(content)
        return len(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Whoever wrote a file goes back to its beginning; here nothing is there."""
        return 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def number(self) -> str | None:
        return self._number.number


def checksum_of(path: Path) -> ChecksumStream:
    """Of a file on disk, read in pieces."""
    stream = ChecksumStream()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            stream.write(piece)
    return stream
