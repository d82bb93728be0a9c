"""Items that a search has found, as its lists ask of them: which the filters leave, and how many
there are by convention, answer, delegation, unit and kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.record.summary import ListedItem
from tracker.rules.codes import Verdict

from .find_models import ConventionCount, Count, Facet, FacetChoice, FindFilters
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


def facet(every: Sequence[FoundItem], filters: FindFilters, name: str, more: bool) -> Facet:
    """Of the filter of this name: its values, those of most items first; answers in their own
    order.
    """
    chosen = getattr(filters, name)
    left = left_without(every, filters, name)
    counts: Counter[str] = Counter({chosen: 0} if chosen else {})
    for item in left:
        counts.update(_values(item, name))
    order = {verdict.value: place for place, verdict in enumerate(Verdict)}
    in_order = sorted(
        counts.items(), key=lambda choice: (order.get(choice[0], 0), -choice[1], choice[0])
    )
    return Facet(
        chosen=chosen,
        any=Count(items=len(left), more=more),
        choices=tuple(
            FacetChoice(value=value, count=Count(items=items, more=more and items > 0))
            for value, items in in_order
        ),
    )


def left_without(every: Sequence[FoundItem], filters: FindFilters, name: str) -> list[FoundItem]:
    """The items that the other filters leave."""
    others: FindFilters = replace(filters, **{name: ""})  # type: ignore[arg-type]
    return [item for item in every if is_left(item, others)]


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
    left = left_without(every, filters, "convention")
    counts = Counter(item.listed.convention_id for item in left)
    return tuple(
        ConventionCount(
            convention=convention,
            count=Count(items=counts[convention.id], more=more and counts[convention.id] > 0),
        )
        for convention in newest_first(conventions)
    )


def newest_first(conventions: Iterable[ConventionDetails]) -> list[ConventionDetails]:
    return sorted(conventions, key=lambda convention: (-(convention.year or 0), convention.id))
