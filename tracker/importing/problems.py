"""What is wrong with a list, a row or a cell, in one shape for preview, JSON and page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Severity(StrEnum):
    WARNING = auto()  # the row comes in; what is not clear stays empty and is kept as published
    ERROR = auto()  # the row is rejected


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, and what the office can do about it."""

    severity: Severity
    what: str
    to_do: str = ""
    row: int | None = None  # its number in the sheet or file; None: the whole file is meant
    column: str | None = None  # its heading as published

    @property
    def message(self) -> str:
        return f"{self.what} {self.to_do}".strip()


class Unreadable(Exception):
    """The whole file, or the whole call, cannot be used.

    `str()` is one line that says what to do.
    """
