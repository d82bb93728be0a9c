"""The list of a convention in the address.

Reading its filters, and the addresses that change one of them. What the filters mean is the
reading's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from tracker.formatting import convention_rates, labels
from tracker.reading.convention import ConventionPage, Filters
from tracker.rules.codes import Verdict
from tracker.translation import gettext as _

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
LONGEST = 200  # characters of a filter


def read(args: Mapping[str, str]) -> Filters:
    """What cannot be understood is left out."""
    values: dict[str, Any] = {
        name: "".join(filter(str.isprintable, args.get(key, ""))).strip()[:LONGEST]
        for name, key in NAMES.items()
        if name not in ("page", "size", "order")
    }
    page = args.get("page", "1")
    order = args.get("order", "number")
    return Filters(
        **values,
        order=order if order in ORDERS else "number",
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
        size=0 if args.get("size") == "all" else Filters.size,
    )


def query(filters: Filters, as_of: str = "", **changes: Any) -> str:
    """The query of an address, with changes; what is as usual is left out."""
    changed = vars(filters) | {"page": 1} | changes
    values = {
        key: changed[name]
        for name, key in NAMES.items()
        if name != "size" and changed[name] != USUAL[name]
    }
    if changes.get("size") == 0:
        values["size"] = "all"
    if as_of:
        values["as_of"] = as_of
    return f"?{urlencode(values)}" if values else ""


def rows_query(filters: Filters, rows: str, as_of: str = "") -> str:
    """The query that shows the rows behind a figure.

    All that it counts, whatever else was asked for.
    """
    return _rows_query(filters.order, rows, as_of)


@lru_cache(1024)
def _rows_query(order: str, rows: str, as_of: str) -> str:
    return query(Filters(order=order), as_of, rows=rows)


@dataclass(frozen=True)
class Pill:
    """A filter that is on, and the address without it."""

    label: str
    without: str


def pills(page: ConventionPage, as_of: str) -> list[Pill]:
    on = page.filters
    texts = {
        "words": on.words and _("“%(words)s”", words=on.words),
        "verdict": on.verdict in list(Verdict) and labels.verdict(Verdict(on.verdict)),
        "delegation": on.delegation,
        "unit": on.unit,
        "kind": on.kind and labels.kinds(on.kind),
        "rows": on.rows and convention_rates.rows_name(on.rows),
    }
    return [
        Pill(str(label), f"{page.path}{query(on, as_of, **{name: ''})}#items")
        for name, label in texts.items()
        if label
    ]
