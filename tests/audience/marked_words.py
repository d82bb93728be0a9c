"""What somebody wrote in a random history, and from when the public may read it.

Every word carries a marker by which it is found again anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry


@dataclass(kw_only=True)
class MarkedWords:
    """Something written, found again anywhere by its marker."""

    marker: str
    what: str
    released_on: date | None = None  # from when the public may read it; None: never so far
    is_name: bool = False
    hidden: bool = False  # withheld or erased: of today, whatever day is asked for
    undone: bool = False  # with its list; an edition that was made before has it all the same
    digest: str | None = None  # of its text, where it can be erased
    column: str | None = None  # the heading of a list's column for which the record has no field

    def shows(self, page_day: date, names: bool, columns: set[str]) -> bool:
        """Whether the public may read it on a page that speaks of that day.

        `columns` are those open today.
        """
        return not self.undone and self._shows_of(page_day, names, columns)

    def shows_in_edition(self, page_day: date, names: bool, columns: set[str]) -> bool:
        """The same in an edition that has it: what was undone after it is in it all the same."""
        return self._shows_of(page_day, names, columns)

    def _shows_of(self, page_day: date, names: bool, columns: set[str]) -> bool:
        if (
            self.hidden
            or (self.is_name and not names)
            or (self.column and self.column not in columns)
        ):
            return False
        return self.released_on is not None and self.released_on <= page_day


@dataclass(kw_only=True)
class Statement:
    """An entry or an outcome, with all the marked words that follow it."""

    row: Entry | Outcome
    item: Item
    internal: bool
    state: str = "waiting"  # waiting, returned, withdrawn, released
    words: list[MarkedWords] = field(default_factory=list)
    # by its id, what is opened
    evidence: dict[int, list[MarkedWords]] = field(default_factory=dict)
    kept_inside: list[MarkedWords] = field(default_factory=list)  # never for the public
    spent: Decimal | None = None
    corrects: Statement | None = None
    corrected: bool = False  # a released correction counts in its place
