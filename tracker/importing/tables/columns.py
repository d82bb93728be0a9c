"""A column of a table as it is understood: the field that it fills, and how sure that is.

How it is understood is in `column_reader`; what one of its cells says is decided in `rows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from tracker.importing.codes import Field
from tracker.importing.values.sponsors import PeopleColumn
from tracker.rules.codes import ColumnVisibility
from tracker.rules.columns import is_confidential

ALSO_AN_ACTION = "also_an_action"  # the note of a column whose yes tells a further floor action


class Sure(IntEnum):
    CHECK = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, kw_only=True)
class Column:
    place: int  # counted from 0
    heading: str
    field: Field
    sure: Sure
    examples: tuple[str, ...] = ()  # its first values
    note: str | None = None  # a code of what was assumed: "month_first", "other_column"
    by_mapping: bool = False  # the mapping file says its field
    visibility: ColumnVisibility = ColumnVisibility.SHOWN  # in the workbook
    set_aside: Field | None = None  # what it would be, were it not hidden or confidential
    people: PeopleColumn | None = None  # of a column of sponsors
    # of a status: its first values, and the codes that each means; no code: it is not known
    meanings: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_guarded(self) -> bool:
        """Its words are for the inside: only a mapping file can make them those of a field."""
        return self.visibility is ColumnVisibility.HIDDEN or is_confidential(self.heading)
