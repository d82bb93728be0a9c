"""A body's mark, as its setting names it: what kind of picture, its size, and the digest of its
bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SVG, PNG = "svg", "png"
STORED = re.compile(r"(svg|png) ([1-9][0-9]{0,3})x([1-9][0-9]{0,3}) ([0-9a-f]{64})")


@dataclass(frozen=True, kw_only=True)
class BodyMark:
    kind: str  # SVG or PNG
    width: int  # pixels, or units of an SVG
    height: int
    sha256: str

    @property
    def stored(self) -> str:
        """The value of the setting."""
        return f"{self.kind} {self.width}x{self.height} {self.sha256}"

    @property
    def file_name(self) -> str:
        """In its address: another mark has another."""
        return f"{self.sha256}.{self.kind}"


def is_mark(value: str) -> bool:
    """Whether the setting can have this value; without a mark it is empty."""
    return not value or STORED.fullmatch(value) is not None


def read_mark(value: str) -> BodyMark | None:
    parts = STORED.fullmatch(value)
    if parts is None:
        return None
    kind, width, height, sha256 = parts.groups()
    return BodyMark(kind=kind, width=int(width), height=int(height), sha256=sha256)
