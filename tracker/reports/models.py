"""The frozen data of a whole report: what is read for it, and what a printed page needs besides.

Sentences and layout are made in `render`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto

from tracker.reading.convention import ConventionPage, Filters, ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.reading.models import BodyDetails, ConventionDetails
from tracker.reading.tallies import Sum
from tracker.rules.codes import WithheldFor

HEADING_ONLY = ("assigned", "unassigned", "due", "carried")
"""Lines of an item's record that its heading and its standing show already."""


class ReportKind(StrEnum):
    SHORT = auto()  # one row for each item
    FULL = auto()  # the rows, and a section for each item
    ITEM = auto()  # one item alone
    DELEGATION = auto()  # what became of what one delegation moved
    UNIT = auto()  # what one unit was given
    YEARS = auto()  # several conventions, each at the same age
    SILENT = auto()  # items without a word
    MONEY = auto()  # money against the fund


class Reading(StrEnum):
    """Which of the two readings of a day."""

    KNOWN = auto()  # what was recorded by then
    HAPPENED = auto()  # what had happened by then, as far as is known now


class ReportStatus(StrEnum):
    DRAFT = auto()
    BOARDS_COPY = auto()  # the draft of an edition
    SHEET = auto()  # one item's dated sheet, for everybody: neither a draft, nor has it a number
    ISSUED = auto()


class Paper(StrEnum):
    LETTER = auto()
    A4 = auto()


@dataclass(frozen=True, kw_only=True)
class PrintOptions:
    """How a report is printed. Only `texts` changes what is in it."""

    paper: Paper | None = None  # None: by the body's time zone
    large: bool = False  # 16 pt
    mono: bool = False  # safe in black and white
    texts: bool = True  # with the texts of the items


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What an issued report says of itself on its cover and its last page."""

    number: str  # "PA-2026-1"
    issued_on: date
    corrects: str | None = None  # the number of the report that this erratum puts right
    correction: str | None = None  # what is put right
    replaces: str | None = None  # the number of the report that was withheld
    line: str | None = None  # of the office, for readers


@dataclass(frozen=True)
class RecordHead:
    """The end of the body's chain when the data were collected."""

    event: int
    hash: str

    @property
    def in_groups(self) -> str:
        """The hash in groups of eight, for comparing by eye."""
        groups = [self.hash[start : start + 8] for start in range(0, len(self.hash), 8)]
        return " ".join(groups)


@dataclass(frozen=True)
class SilentItem:
    """An item without a word: the day since which it is silent, and the days to the as-of day."""

    row: ItemListRow
    since: date | None
    days: int | None


@dataclass(frozen=True)
class FundLine:
    """A fund of the convention, and what the items of the report took of it."""

    name: str
    amount: Decimal | None  # in the body's currency; None: not known
    items: int = 0  # with an appropriation that names it, under any name that it had
    appropriated: Decimal | None = None  # None: of none
    names: frozenset[str] = frozenset()  # keys of those that it has and had

    @property
    def left(self) -> Decimal | None:
        """None where the fund's amount is not known."""
        return None if self.amount is None else self.amount - (self.appropriated or Decimal(0))


class MoneySource(StrEnum):
    """From where the money of items came."""

    FUND = auto()
    SEVERAL = auto()  # funds
    NONE = auto()  # no appropriation is on record
    UNCOUNTED = auto()  # of whatever fund: items that are in no sum, as nothing is due of them


@dataclass(frozen=True, kw_only=True)
class MoneyGroup:
    """Items whose money came from one source, with their sums: each item stands in one group."""

    source: MoneySource
    fund: str | None  # its name
    items: tuple[ItemPage, ...]
    estimated: Sum
    appropriated: Sum
    spent: Sum

    @property
    def not_accounted_for(self) -> int:
        return sum(item.money.not_accounted_for for item in self.items)


@dataclass(frozen=True)
class AmountTotal:
    """One of the three amounts of money, summed over the items that are due."""

    code: str  # estimated, appropriated, spent
    items: int  # how many items have this amount on record
    sum: Decimal | None  # in the body's currency; None: of no item is it on record
    share: Decimal | None  # per cent of the fund; None: the fund's amount is not on record


@dataclass(frozen=True)
class WithheldLine:
    """What stands withheld on the as-of day."""

    item: ItemPage
    on: date
    kind: WithheldFor


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The items of a report that is not of all."""

    filters: Filters
    items: int  # how many the filters leave
    of: int  # how many there are


@dataclass(frozen=True, kw_only=True)
class CollectedReport:
    """What a report of any kind has: all of it of one moment."""

    kind: ReportKind
    body: BodyDetails
    as_of: date
    reading: Reading = Reading.KNOWN
    up_to: int  # the event of the body's chain at which the record is frozen
    selection: Selection | None  # None: all items
    items_by_id: Mapping[int, ItemPage]  # those of which more than a row is printed, in order
    withheld: tuple[WithheldLine, ...]
    head: RecordHead  # of what it rests on: of an edition, the event that it pins
    made_on: date
    base_url: str | None  # of the installation; None: the report names no address
    boards_copy: int | None = None  # the number of the edition whose copy it is
    status: ReportStatus = ReportStatus.DRAFT
    imprint: Imprint | None = None  # of one that is issued
    options: PrintOptions = PrintOptions()

    @property
    def conventions(self) -> tuple[ConventionDetails, ...]:
        """Of which it is; the newest first."""
        return ()

    @property
    def path(self) -> str:
        """Of the page that shows the same, or leads there."""
        return self.body.path

    @property
    def items(self) -> tuple[ItemPage, ...]:
        return tuple(self.items_by_id.values())

    @property
    def currency(self) -> str:
        return self.body.currency


@dataclass(frozen=True, kw_only=True)
class Report(CollectedReport):
    """A report of one convention, or of one item of it."""

    page: ConventionPage  # its rows are those of the report; of ITEM, all
    silent: tuple[SilentItem, ...]
    funds: tuple[FundLine, ...]
    amounts: tuple[AmountTotal, ...]
    money_groups: tuple[MoneyGroup, ...] = ()  # of MONEY

    @property
    def conventions(self) -> tuple[ConventionDetails, ...]:
        return (self.convention,)

    @property
    def path(self) -> str:
        return self.convention.path

    @property
    def convention(self) -> ConventionDetails:
        return self.page.convention

    @property
    def fund(self) -> Decimal | None:
        """All funds of the convention together; None where no amount is on record."""
        amounts = [fund.amount for fund in self.funds if fund.amount is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    @property
    def has_money(self) -> bool:
        """Whether any amount of the items, or of a fund, is on record."""
        has_totals = any(total.sum is not None for total in self.amounts)
        return bool(self.funds or self.items_with_money or has_totals)

    @property
    def has_rates(self) -> bool:
        """Whether there is an adopted item whose follow-through is due and kept."""
        return self.convention.kept and bool(self.page.counts.adopted)

    @property
    def items_with_money(self) -> tuple[ItemPage, ...]:
        """Items for which money was appropriated or spent, be it nought."""
        return tuple(
            item
            for item in self.items
            if item.money.appropriated is not None or item.money.spent is not None
        )

    @property
    def items_not_accounted_for(self) -> tuple[ItemPage, ...]:
        return tuple(item for item in self.items if item.money.not_accounted_for)


def has_more(item: ItemPage) -> bool:
    """Whether an item has more to show than its text and the floor's decision.

    In the full form such an item begins a page.
    """
    if item.outcomes or item.decisions or item.evidence or len(item.clauses) > 1:
        return True
    return any(moment.what not in HEADING_ONLY for moment in item.record)


def has_sections(report: CollectedReport) -> bool:
    """Whether a section for each item follows the rows."""
    if report.kind in (ReportKind.DELEGATION, ReportKind.UNIT, ReportKind.SILENT):
        return report.options.texts and bool(report.items)
    return report.kind is ReportKind.FULL
