"""The frozen data of a whole report: readings, and what a printed page needs beside them. Sentences and layout are made in `render`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto

from tracker.reading.convention import ConventionPage, ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.rules.codes import WithheldFor


class ReportKind(StrEnum):
    SHORT = auto()  # a row an item
    FULL = auto()  # a section an item, besides
    ITEM = auto()  # one item alone


@dataclass(frozen=True)
class ChainHead:
    """The end of the body's chain when the data were collected."""

    event: int
    hash: str

    @property
    def in_groups(self) -> str:
        """For comparing by eye: groups of eight."""
        return " ".join(self.hash[at : at + 8] for at in range(0, len(self.hash), 8))


@dataclass(frozen=True)
class SilentItem:
    """An item without a word: since when, and the days to the as-of day."""

    row: ItemListRow
    since: date | None
    days: int | None


@dataclass(frozen=True)
class FundLine:
    name: str
    amount: Decimal | None


@dataclass(frozen=True)
class AmountTotal:
    """One of the three amounts, summed over the due items; `share` is its per cent of the fund, where the fund's amount is on record."""

    code: str  # estimated, appropriated, spent
    items: int
    sum: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class WithheldLine:
    """What stands withheld on the as-of day."""

    item: ItemPage
    on: date
    kind: WithheldFor


@dataclass(frozen=True)
class Report:
    """`items` are those of `page.rows`, in their order; of one item alone, that one."""

    form: ReportKind
    page: ConventionPage
    items: Mapping[int, ItemPage]
    silent: tuple[SilentItem, ...]
    funds: tuple[FundLine, ...]
    amounts: tuple[AmountTotal, ...]
    withheld: tuple[WithheldLine, ...]
    head: ChainHead
    made_on: date
    base_url: str | None

    @property
    def as_of(self) -> date:
        return self.page.as_of

    @property
    def fund(self) -> Decimal | None:
        """All funds of the convention together."""
        amounts = [each.amount for each in self.funds if each.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    @property
    def has_money(self) -> bool:
        """Whether any amount of the items, or of a fund, is on record."""
        return bool(self.funds or self.paid or any(each.sum is not None for each in self.amounts))

    @property
    def due(self) -> bool:
        """Whether there is an adopted item whose follow-through is due and kept: only then are there rates."""
        return self.page.convention.kept and bool(self.page.counts.adopted)

    @property
    def shown(self) -> tuple[ItemPage, ...]:
        return tuple(self.items.values())

    @property
    def paid(self) -> tuple[ItemPage, ...]:
        """Items for which money was appropriated or spent, be it nought."""
        return tuple(
            each
            for each in self.shown
            if each.money.appropriated is not None or each.money.spent is not None
        )

    @property
    def not_accounted(self) -> tuple[ItemPage, ...]:
        return tuple(each for each in self.shown if each.money.not_accounted_for)


def has_more(item: ItemPage) -> bool:
    """Whether there is something to show beyond its text and the floor's decision: such an item begins a page in the full form."""
    beyond = any(
        each.what not in ("assigned", "unassigned", "due", "carried") for each in item.record
    )
    return bool(beyond or item.outcomes or item.decisions or item.evidence or len(item.clauses) > 1)
