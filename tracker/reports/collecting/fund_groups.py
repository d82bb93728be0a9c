"""Money against the funds: what each fund gave, and the items by the source of their money.

Sums are over the items that the public page sums up: of a convention whose follow-through is kept
those that are due, else those that were adopted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.reading.convention import ConventionPage, ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.reading.money_models import AppropriationLine
from tracker.reading.tallies import Sum
from tracker.record.as_of import AsOf
from tracker.record.funds import FundInForce, funds_in_force
from tracker.reports.models import AmountTotal, FundLine, MoneyGroup, MoneySource
from tracker.rules.rosters import name_key

SOURCES = tuple(MoneySource)
Source = tuple[MoneySource, str | None]
"""A source, and the name of the fund that it is."""


def fund_lines(
    session: Session, convention_id: int, as_of: AsOf, items: Collection[ItemPage]
) -> tuple[FundLine, ...]:
    """One statement."""
    return tuple(
        _fund_line(fund, items) for fund in funds_in_force(session, [convention_id], as_of)
    )


def _fund_line(fund: FundInForce, items: Collection[ItemPage]) -> FundLine:
    names = frozenset(map(name_key, (fund.name, *fund.earlier)))
    lines_by_item = [
        [line.amount for line in item.money.appropriations if name_key(line.fund) in names]
        for item in items
    ]
    amounts = [amount for lines in lines_by_item for amount in lines]
    return FundLine(
        name=fund.name,
        amount=fund.amount,
        items=sum(bool(lines) for lines in lines_by_item),
        appropriated=sum(amounts, Decimal(0)) if amounts else None,
        names=names,
    )


def amounts(page: ConventionPage, funds: Sequence[FundLine]) -> tuple[AmountTotal, ...]:
    """Over the rows of the report: of a selection, those of the selection."""
    fund = sum((line.amount for line in funds if line.amount is not None), Decimal(0))
    counted = [row for row in page.rows if is_summed(page, row)]

    def total(code: str, of_all: Sum) -> AmountTotal:
        share = 100 * of_all.amount / fund if of_all.amount is not None and fund else None
        return AmountTotal(code=code, items=of_all.items, sum=of_all.amount, share=share)

    return (
        total("estimated", _sum(row.estimate for row in counted)),
        total("appropriated", _sum(row.appropriated for row in counted)),
        total("spent", _sum(row.spent for row in counted)),
    )


def groups(
    page: ConventionPage, items_by_id: Mapping[int, ItemPage], funds: Sequence[FundLine]
) -> tuple[MoneyGroup, ...]:
    """Funds in the order of their recording; others that appropriations name, by name."""
    items: dict[Source, list[ItemPage]] = defaultdict(list)
    for row in page.rows:
        own = items_by_id[row.id]
        if _has_money(own, is_summed(page, row)):
            source = _source(own.money.appropriations, funds)
            if not is_summed(page, row):
                source = (MoneySource.UNCOUNTED, None)
            items[source].append(own)
    recorded = [fund.name for fund in funds]

    def place(source: Source) -> tuple[int, int, str]:
        what, name = source
        order = recorded.index(name) if name in recorded else len(recorded)
        return SOURCES.index(what), order, name or ""

    return tuple(_group(source, items[source]) for source in sorted(items, key=place))


def is_summed(page: ConventionPage, row: ItemListRow) -> bool:
    """Whether the sums of the convention have the item."""
    return row.due if page.convention.kept else row.directs


def _has_money(item: ItemPage, summed: bool) -> bool:
    """Whether it is printed: of what is in no sum, only where money was given or spent."""
    money = item.money
    if money.appropriated is not None or money.spent is not None:
        return True
    return summed and (_estimated(item) is not None or money.not_accounted_for)


def _estimated(item: ItemPage) -> Decimal | None:
    return item.money.estimate.amount if item.money.estimate else None


def _source(lines: Sequence[AppropriationLine], funds: Sequence[FundLine]) -> Source:
    names = {_fund_name(line.fund, funds) for line in lines}
    if len(names) > 1:
        return MoneySource.SEVERAL, None
    return (MoneySource.FUND, names.pop()) if names else (MoneySource.NONE, None)


def _fund_name(name: str, funds: Sequence[FundLine]) -> str:
    """The name in force of the fund that had this one; any other stays as it is."""
    key = name_key(name)
    return next((fund.name for fund in funds if key in fund.names), name)


def _group(source: Source, items: Sequence[ItemPage]) -> MoneyGroup:
    what, fund = source
    return MoneyGroup(
        source=what,
        fund=fund,
        items=tuple(items),
        estimated=_sum(_estimated(item) for item in items),
        appropriated=_sum(item.money.appropriated for item in items),
        spent=_sum(item.money.spent for item in items),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Sum:
    known = [amount for amount in amounts if amount is not None]
    return Sum(amount=sum(known, Decimal(0)) if known else None, items=len(known))
