"""The funds of conventions, each under the name and with the amount that hold as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .as_of import NOW, AsOf, at
from .bodies import Fund, FundRevision


@dataclass(frozen=True, kw_only=True)
class FundInForce:
    id: int
    convention_id: int
    name: str
    amount: Decimal | None
    earlier: tuple[str, ...]  # other names that it had
    changed_by: int  # the event that said the newest of it


def funds_in_force(
    session: Session, convention_ids: Collection[int], as_of: AsOf = NOW
) -> list[FundInForce]:
    """In the order of their recording. One statement."""
    of_conventions = sa.and_(Fund.convention_id.in_(convention_ids), at(Fund, as_of))
    said = sa.union_all(
        sa.select(Fund.id, Fund.convention_id, Fund.name, Fund.amount, Fund.recorded_by).where(
            of_conventions
        ),
        sa.select(
            Fund.id,
            Fund.convention_id,
            FundRevision.name,
            FundRevision.amount,
            FundRevision.recorded_by,
        )
        .join(FundRevision, FundRevision.fund_id == Fund.id)
        .where(of_conventions, at(FundRevision, as_of)),
    ).subquery()
    by_fund = defaultdict(list)
    for row in session.execute(sa.select(said).order_by(said.c.id, said.c.recorded_by)):
        by_fund[row.id].append(row)
    return [
        FundInForce(
            id=fund_id,
            convention_id=rows[-1].convention_id,
            name=rows[-1].name,
            amount=rows[-1].amount,
            earlier=tuple(dict.fromkeys(row.name for row in rows if row.name != rows[-1].name)),
            changed_by=rows[-1].recorded_by,
        )
        for fund_id, rows in by_fund.items()
    ]
