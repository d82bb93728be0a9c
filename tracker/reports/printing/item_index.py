"""The index of a long report: under each delegation, each unit and each kind, its items.

The page of an item is written by the layout (report.css).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.formatting import labels, phrases
from tracker.reading.item_models import ItemPage
from tracker.reports.models import CollectedReport
from tracker.reports.words.item_wording import item_name
from tracker.rules.codes import Effect
from tracker.translation import gettext as _

Names = Callable[[ItemPage], Iterable[str]]


@dataclass(frozen=True)
class IndexEntry:
    """A name, and its items in the order of the report."""

    name: str
    items: tuple[ItemPage, ...]


def by_delegation(report: CollectedReport) -> list[IndexEntry]:
    """Who moved it."""
    return _entries(report, lambda item: item.delegations)


def by_unit(report: CollectedReport) -> list[IndexEntry]:
    """Who has it: the lead, or the body to which it was referred."""
    return _entries(report, _units)


def by_number(report: CollectedReport) -> list[IndexEntry]:
    """Each item once, under its kind, the kinds in the order in which the report first has them."""
    return _grouped(report, lambda item: (labels.kinds(item.kind),))


def usual_kind(report: CollectedReport) -> str:
    """The kind of most items: in the index its name is left out."""
    kinds = Counter(item.kind for item in report.items)
    return kinds.most_common(1)[0][0]


def how_to_read(kind: str) -> str:
    return _(
        "A number alone is that of a %(kind)s. In brackets: the page.",
        kind=phrases.lower(labels.kind(kind)),
    )


def name(item: ItemPage, usual_kind: str | None) -> str:
    """The number alone where the kind is the usual one, or stands beside it (None)."""
    if item.number and usual_kind in (None, item.kind):
        return item.number
    return item_name(item)


def _units(item: ItemPage) -> list[str]:
    if item.lead:
        return [item.lead.unit]
    return [
        line.referred_to
        for line in item.floor_in_force
        if line.action.effect is Effect.REFERS and line.referred_to
    ]


def _entries(report: CollectedReport, names: Names) -> list[IndexEntry]:
    """In the order of the alphabet."""
    return sorted(_grouped(report, names), key=lambda entry: entry.name.casefold())


def _grouped(report: CollectedReport, names: Names) -> list[IndexEntry]:
    items: dict[str, list[ItemPage]] = {}
    for item in report.items:
        for name in names(item):
            items.setdefault(name, []).append(item)
    return [IndexEntry(name, tuple(own)) for name, own in items.items()]
