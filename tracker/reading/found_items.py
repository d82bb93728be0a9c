"""Items that a search has found, as its lists ask of them: which the filters leave, and how many
there are by convention, answer, delegation, unit and kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.record.summary import ListedItem
from tracker.rules.codes import Verdict

from .find_models import ConventionCount, Count, FacetChoice, FindFilters
from .models import ConventionDetails


@dataclass(frozen=True, kw_only=True)
class FoundItem:
    """What filters and orders ask of one item."""

    listed: ListedItem
    sort_key: bytes
    year: int
    slug: str  # of its convention
    delegations: frozenset[str]
    units: frozenset[str]

    @property
    def id(self) -> int:
        return self.listed.item_id


def is_left(item: FoundItem, filters: FindFilters) -> bool:
    return (
        filters.convention in ("", item.slug)
        and filters.verdict in ("", item.listed.verdict.value)
        and filters.kind in ("", item.listed.kind)
        and (not filters.delegation or filters.delegation in item.delegations)
        and (not filters.unit or filters.unit in item.units)
    )


def choices(
    every: Sequence[FoundItem], filters: FindFilters, name: str, more: bool
) -> tuple[FacetChoice, ...]:
    """Values of one filter among the items that the others leave: those of most items first."""
    others: FindFilters = replace(filters, **{name: ""})  # type: ignore[arg-type]
    counts: Counter[str] = Counter()
    for item in every:
        if is_left(item, others):
            counts.update(_values(item, name))
    order = {verdict.value: place for place, verdict in enumerate(Verdict)}
    return tuple(
        FacetChoice(value=value, count=Count(items=items, more=more))
        for value, items in sorted(
            counts.items(),
            key=lambda choice: (order.get(choice[0], 0), -choice[1], choice[0]),
        )
    )


def _values(item: FoundItem, name: str) -> Collection[str]:
    match name:
        case "verdict":
            return [item.listed.verdict.value]
        case "kind":
            return [item.listed.kind]
        case "delegation":
            return item.delegations
    return item.units


def convention_counts(
    conventions: Iterable[ConventionDetails],
    every: Sequence[FoundItem],
    filters: FindFilters,
    more: bool,
) -> tuple[ConventionCount, ...]:
    """Of all conventions, the newest first: how many of their items the other filters leave."""
    others = replace(filters, convention="")
    counts = Counter(item.listed.convention_id for item in every if is_left(item, others))
    return tuple(
        ConventionCount(
            convention=convention,
            count=Count(items=counts[convention.id], more=more and counts[convention.id] > 0),
        )
        for convention in sorted(conventions, key=_newest_first)
    )


def _newest_first(convention: ConventionDetails) -> tuple[int, int]:
    return -(convention.year or 0), convention.id
