"""A line of an item's record with its place there, and what every sort of line asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.rules.facts import EntryFact, Fact

from .item_context import ItemContext
from .item_models import Moment


@dataclass(frozen=True, kw_only=True)
class PlacedMoment:
    """A line of the record, and its place there: by its day, its event, its row."""

    on: date
    event: int
    row: int
    heard_on: date | None  # the day on which it was heard, if it is a word
    moment: Moment

    @property
    def place(self) -> tuple[date, int, int]:
        return self.on, self.event, self.row


def known_day(fact: Fact) -> date | None:
    return fact.on if fact.day_known else None


def clause_numbers(item: ItemContext, clause_ids: Sequence[int | None]) -> tuple[int, ...]:
    """In order, each once; empty for the whole item."""
    numbers = {item.clause_number(clause_id) for clause_id in clause_ids}
    return tuple(sorted(number for number in numbers if number is not None))


def placed(fact: Fact, moment: Moment, heard_on: date | None = None) -> PlacedMoment:
    return PlacedMoment(on=fact.on, event=fact.event, row=fact.id, heard_on=heard_on, moment=moment)


def is_read(item: ItemContext, entry: EntryFact) -> bool:
    """Whether this audience reads the entry, or that it is withheld."""
    return item.inside or (item.facts.was_released(entry.id) and not entry.internal)
