"""The funds of a body's conventions, each with what appropriations took of it; for the office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.funds import FundInForce, funds_in_force
from tracker.record.items import Item
from tracker.record.money import Appropriation
from tracker.rules.rosters import name_key

from .body_context import BodyContext
from .models import ConventionDetails


@dataclass(frozen=True, kw_only=True)
class FundDetails:
    fund: FundInForce
    convention: ConventionDetails
    items: int  # with an appropriation that names it, under any name that it had
    appropriated: Decimal


def fund_details(session: Session, body_context: BodyContext) -> list[FundDetails]:
    """Those of the newest convention first. Two statements."""
    conventions = sorted(
        body_context.conventions.values(),
        key=lambda convention: (-(convention.year or 0), convention.id),
    )
    place = {convention.id: number for number, convention in enumerate(conventions)}
    totals = _appropriated(session, body_context.body.id)
    funds = funds_in_force(session, place)
    details = []
    for fund in sorted(funds, key=lambda fund: (place[fund.convention_id], fund.id)):
        named = [
            totals[fund.convention_id, key]
            for key in {name_key(name) for name in (fund.name, *fund.earlier)}
        ]
        details.append(
            FundDetails(
                fund=fund,
                convention=body_context.conventions[fund.convention_id],
                items=len(frozenset[int]().union(*(items for items, _amount in named))),
                appropriated=sum((amount for _items, amount in named), Decimal(0)),
            )
        )
    return details


def _appropriated(
    session: Session, body_id: int
) -> defaultdict[tuple[int, str], tuple[set[int], Decimal]]:
    """By convention and name of a fund: the items, and the sum of what they were given."""
    rows = session.execute(
        sa.select(Item.convention_id, Item.id, Appropriation.fund, Appropriation.amount)
        .join(Item, Item.id == Appropriation.item_id)
        .where(Item.body_id == body_id, at(Appropriation, NOW))
    )
    totals: defaultdict[tuple[int, str], tuple[set[int], Decimal]] = defaultdict(
        lambda: (set(), Decimal(0))
    )
    for convention_id, item_id, fund, amount in rows:
        items, total = totals[convention_id, name_key(fund)]
        totals[convention_id, name_key(fund)] = (items | {item_id}, total + amount)
    return totals
