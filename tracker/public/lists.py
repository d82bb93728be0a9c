"""The list of a convention in the address: the addresses that change one of its filters, and the
names of those that are on. What the filters mean, and how they are read, is the reading's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict, Unpack, cast
from urllib.parse import urlencode

from tracker.formatting import list_filters
from tracker.reading.convention import ConventionPage, Filters
from tracker.reading.filters import ARGUMENTS

from .dates import Arguments

USUAL = vars(Filters())


class FilterChanges(TypedDict, total=False):
    """The fields of `Filters` that an address changes."""

    words: str
    verdict: str
    delegation: str
    unit: str
    kind: str
    rows: str
    order: str
    page: int
    size: int


def query(filters: Filters, day: Arguments = (), **changes: Unpack[FilterChanges]) -> str:
    """The query of an address, with changes; what is as usual is left out.

    `day`: the arguments that name the day or the edition.
    """
    changed: dict[str, object] = {**vars(filters), "page": 1, **changes}
    values = {
        key: changed[name]
        for name, key in ARGUMENTS.items()
        if name != "size" and changed[name] != USUAL[name]
    }
    if changes.get("size") == 0:
        values["size"] = "all"
    values |= dict(day)
    return f"?{urlencode(values)}" if values else ""


@lru_cache(1024)
def _rows_query(order: str, rows: str, day: Arguments) -> str:
    return query(Filters(order=order), day, rows=rows)


@dataclass(frozen=True)
class Pill:
    """A filter that is on, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True)
class ListAddresses:
    """The addresses of a convention's list. `day`: as in `query`."""

    page: ConventionPage
    day: Arguments

    def changed(self, **changes: Unpack[FilterChanges]) -> str:
        """With the filters of the page, but for these."""
        return f"{self.page.path}{query(self.page.filters, self.day, **changes)}"

    def of_page(self, number: int) -> str:
        return f"{self.changed(page=number)}#items"

    def of_rows(self, rows: str) -> str:
        """Of the rows behind a figure: all that it counts, whatever the other filters are."""
        return f"{self.page.path}{_rows_query(self.page.filters.order, rows, self.day)}#items"

    def pills(self) -> list[Pill]:
        """The filters that are on."""
        return [
            Pill(label, f"{self.changed(**cast(FilterChanges, {name: ''}))}#items")
            for name, label in list_filters.names(self.page.filters).items()
        ]
