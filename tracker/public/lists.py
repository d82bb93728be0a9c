"""The list of a convention in the address.

Reading its filters, and the addresses that change one of them. What the filters mean is the
reading's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict, Unpack
from urllib.parse import urlencode

from tracker.formatting import convention_rates, labels
from tracker.reading.convention import ConventionPage, Filters
from tracker.rules.codes import Verdict
from tracker.translation import gettext as _

from .arguments import read_page, read_text
from .dates import Arguments

NAMES = {
    "words": "q",
    "verdict": "verdict",
    "delegation": "delegation",
    "unit": "department",
    "kind": "kind",
    "rows": "rows",
    "order": "order",
    "page": "page",
    "size": "size",
}
USUAL = vars(Filters())
ORDERS = ("number", "word", "spent")


def read(args: Mapping[str, str]) -> Filters:
    """What cannot be understood is left out."""
    order = args.get("order", "number")
    return Filters(
        words=_text(args, "words"),
        verdict=_text(args, "verdict"),
        delegation=_text(args, "delegation"),
        unit=_text(args, "unit"),
        kind=_text(args, "kind"),
        rows=_text(args, "rows"),
        order=order if order in ORDERS else "number",
        page=read_page(args),
        size=0 if args.get("size") == "all" else Filters.size,
    )


def _text(args: Mapping[str, str], name: str) -> str:
    """What the address says of the filter of this name."""
    return read_text(args, NAMES[name])


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
        for name, key in NAMES.items()
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
            Pill(label, f"{self.changed(**without)}#items")
            for label, without in _labels(self.page.filters)
        ]


def _labels(filters: Filters) -> Iterator[tuple[str, FilterChanges]]:
    """The name of each filter that is on, with the change that takes it off."""
    if filters.words:
        yield _("“%(words)s”", words=filters.words), {"words": ""}
    if filters.verdict in list(Verdict):
        yield labels.verdict(Verdict(filters.verdict)), {"verdict": ""}
    if filters.delegation:
        yield filters.delegation, {"delegation": ""}
    if filters.unit:
        yield filters.unit, {"unit": ""}
    if filters.kind:
        yield labels.kinds(filters.kind), {"kind": ""}
    if filters.rows:
        yield convention_rates.rows_name(filters.rows), {"rows": ""}
