"""What is wrong with a list, a row or a cell, in one shape for preview, JSON and page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Severity(StrEnum):
    WARNING = auto()  # the row comes in; what is not clear stays empty and is kept as published
    ERROR = auto()  # the row is rejected


class RemedyPlace(StrEnum):
    """Where on the page of a list something can be done; a value names a field of its form."""

    CONVENTION = auto()
    CREATE = auto()
    SHEET = auto()
    DATE_ORDER = auto()
    KIND = auto()
    UPDATES_ON = auto()
    OPENED = auto()
    CLOSED_ON = auto()
    COLUMN = auto()  # what the column of the problem is
    STATUSES = auto()  # what the words of its cell mean
    CELLS = auto()  # its cell


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What the office can do about a problem, in the words of its door; see `remedies`."""

    at_terminal: str
    on_page: str
    place: RemedyPlace | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, and what the office can do about it: words where that is the same at each
    door.
    """

    severity: Severity
    what: str
    to_do: str | Remedy = ""
    row: int | None = None  # its number in the sheet or file; None: the whole file is meant
    column: str | None = None  # its heading as published

    @property
    def remedy(self) -> Remedy:
        if isinstance(self.to_do, Remedy):
            return self.to_do
        return Remedy(at_terminal=self.to_do, on_page=self.to_do)

    @property
    def message(self) -> str:
        """As a terminal shows it."""
        return f"{self.what} {self.remedy.at_terminal}".strip()

    @property
    def page_message(self) -> str:
        return f"{self.what} {self.remedy.on_page}".strip()


class Unreadable(Exception):
    """The whole file, or the whole call, cannot be used.

    `str()` is one line that says what to do at a terminal; `page_message` the same on a page.
    """

    def __init__(self, what: str, remedy: Remedy | None = None) -> None:
        super().__init__(f"{what} {remedy.at_terminal}" if remedy else what)
        self.page_message = f"{what} {remedy.on_page}" if remedy else what
