"""What is wrong with a list, a row or a cell, in one shape for the preview, the JSON and the page; finding it is the other modules' work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Severity(StrEnum):
    WARNING = auto()  # the row comes in; what is not clear stays empty and is kept as published
    ERROR = auto()  # the row is rejected


@dataclass(frozen=True)
class Problem:
    """`row` is the row's number in its sheet or file, None where the whole file is meant; `column` the heading as published."""

    severity: Severity
    what: str
    to_do: str = ""
    row: int | None = None
    column: str | None = None

    @property
    def message(self) -> str:
        return f"{self.what} {self.to_do}".strip()


class Unreadable(Exception):
    """The whole file, or the whole call, cannot be used. `str()` is one line that says what to do."""
