"""What a search found, as its readers are shown it: the items of each convention as of the day that
is asked for, or as the newest edition has them.

The number of statements depends on how many editions are among what is found, not on how many
items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.record.items import FloorPerson
from tracker.record.keys import Among
from tracker.record.loader import load
from tracker.record.summary import LISTED, LIVE, ItemSummary, ListedItem, kept_of
from tracker.rules.item_facts import Facts
from tracker.search.candidates import Candidate
from tracker.search.extent import Extent
from tracker.search.passages import ItemNames, Level, Passage, passages

from .body_context import BodyContext
from .found_items import FoundItem
from .models import ConventionDetails
from .naming import delegations as delegations_of_items
from .rows import ItemListRow, rows
from .shown import Shown
from .tallies import keys_in


class InConvention(Protocol):
    """What names an item and its convention."""

    @property
    def item_id(self) -> int: ...

    @property
    def convention_id(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class FoundAsShown:
    session: Session
    body_id: int
    all_conventions: AbstractSet[int]  # of the body
    shown: Mapping[int, Shown]  # by convention: those that are looked through

    @property
    def extent(self) -> Extent:
        up_to = {key: own.as_of.up_to or LIVE for key, own in self.shown.items()}
        if up_to.keys() == self.all_conventions and not any(up_to.values()):
            return Extent(body_id=self.body_id)
        return Extent(body_id=self.body_id, up_to=up_to)

    @property
    def conventions(self) -> list[ConventionDetails]:
        return [own.convention for own in self.shown.values()]

    def _as_shown(self, items: Iterable[InConvention]) -> list[tuple[Shown, list[int]]]:
        """Items by that as of which they are shown: most often one for all of them."""
        item_ids: dict[AsOf, list[int]] = defaultdict(list)
        shown_by_as_of = {}
        for item in items:
            own = self.shown[item.convention_id]
            item_ids[own.as_of].append(item.item_id)
            shown_by_as_of[own.as_of] = own
        return [(shown_by_as_of[as_of], keys) for as_of, keys in item_ids.items()]

    def facts(self, items: Iterable[InConvention]) -> dict[int, Facts]:
        facts_by_item = {}
        for own, item_ids in self._as_shown(items):
            context = own.body_context
            around = (context.settings, context.clocks, context.added_kinds)
            loaded = load(self.session, self.body_id, item_ids, own.as_of, around, words=True)
            facts_by_item.update({key: loaded[key] for key in item_ids if key in loaded})
        return facts_by_item

    def passages(self, facts: Facts, level: Level) -> list[Passage]:
        """That readers up to a level read."""
        own = self.shown[facts.item.convention_id]
        names = ItemNames(
            delegations=own.body_context.delegation_names,
            units=own.body_context.unit_names,
            prefixes=own.body_context.prefixes,
            year=own.convention.year,
        )
        return [passage for passage in passages(facts, names) if passage.level <= level]

    def in_list(self, found: Sequence[Candidate]) -> dict[int, FoundItem]:
        in_list = {}
        for own, item_ids in self._as_shown(found):
            brought_by = self._delegations(own, item_ids)
            units = own.body_context.units
            for listed, sort_key, unit_keys in self._summaries(own, item_ids):
                convention = self.shown[listed.convention_id].convention
                in_list[listed.item_id] = FoundItem(
                    listed=listed,
                    sort_key=sort_key,
                    year=convention.year or 0,
                    slug=convention.slug,
                    delegations=frozenset(brought_by[listed.item_id]),
                    units=frozenset(units[key] for key in keys_in(unit_keys) if key in units),
                )
        return in_list

    def _summaries(self, own: Shown, item_ids: list[int]) -> list[tuple[ListedItem, bytes, str]]:
        """With the key of its place in a list, and the units that lead it."""
        if not own.as_of.is_kept:
            derived = summary.derive(self.session, self.body_id, item_ids, own.as_of)
            return [(ListedItem.of(item), item.sort_key, item.units) for item in derived]
        found = self.session.connection().execute(
            sa.select(ItemSummary.sort_key, ItemSummary.units, *LISTED).where(
                Among(ItemSummary.item_id), kept_of(own.as_of)
            ),
            {"keys": item_ids},
        )
        return [(ListedItem._make(row[2:]), row[0], row[1]) for row in found]

    def _delegations(self, own: Shown, item_ids: list[int]) -> Mapping[int, set[str]]:
        names: dict[int, set[str]] = defaultdict(set)
        brought = delegations_of_items(own.as_of).where(Among(FloorPerson.item_id))
        found = self.session.connection().execute(brought, {"keys": item_ids})
        for item_id, delegation_id in found:
            name = own.body_context.delegations.get(delegation_id or 0)
            if name:
                names[item_id].add(name)
        return names

    def rows(self, found: Iterable[FoundItem]) -> dict[int, ItemListRow]:
        """By item."""
        listed = {item.id: item.listed for item in found}
        found_rows = {}
        for own, item_ids in self._as_shown(listed.values()):
            context = replace(own.body_context, conventions=self._named(own.body_context))
            own_rows = rows(self.session, context, [listed[key] for key in item_ids], own.as_of)
            found_rows.update({row.id: row for row in own_rows})
        return found_rows

    def _named(self, context: BodyContext) -> Mapping[int, ConventionDetails]:
        """Items of these conventions may be named beside those that are found."""
        return {key: context.conventions[key] for key in self.shown if key in context.conventions}
