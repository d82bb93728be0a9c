"""Collects the data of a report: readings of the public, all of one moment, in a number of statements that does not depend on the items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.engine import READING
from tracker.reading import convention, item
from tracker.reading.audience import PUBLIC
from tracker.reading.convention import ConventionPage, Filters, ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.record import bodies, ledger, loader
from tracker.record.as_of import AsOf, at, begins
from tracker.record.conventions import Convention
from tracker.rules.codes import Verdict

from .models import AmountTotal, ChainHead, FundLine, Report, ReportKind, SilentItem, WithheldLine


class NotOnRecord(Exception):
    """The convention or the item was not on record on that day; `since` is the day from which there is an answer, where one is known."""

    def __init__(self, what: str, since: date | None = None) -> None:
        super().__init__(what)
        self.what, self.since = what, since


def one_moment(session: Session) -> None:
    """All that this session reads from here on is of one moment, so that data and chain head agree."""
    dialect = session.get_bind().dialect.name
    session.connection(
        execution_options=READING
        if dialect == "sqlite"
        else READING | {"isolation_level": "REPEATABLE READ"}
    )


def collect(
    session: Session,
    convention_id: int,
    form: ReportKind,
    now: datetime,
    as_of: date | None = None,
    item_id: int | None = None,
    base_url: str | None = None,
) -> Report:
    """The report as known at the end of `as_of`, by default today in the body's zone. `item_id`: of the form ITEM.

    The session should read one moment (`one_moment`). Raises NotOnRecord for a day or an item of which the record says nothing.
    """
    own = session.get_one(Convention, convention_id)
    zone = loader.zone_of(session, own.body_id)
    today = now.astimezone(zone).date()
    on = min(as_of or today, today)
    known = AsOf(on) if on == today else AsOf.known_on(on, zone)
    head = session.get_one(ledger.Head, own.body_id)
    page = convention.page(session, own.body_id, convention_id, known, Filters(size=0))
    if page is None:
        raise NotOnRecord("convention", begins(session, own.body_id).astimezone(zone).date())
    rows = page.rows
    if form is ReportKind.ITEM:
        rows = tuple(row for row in rows if row.id == item_id)
        if not rows:
            raise NotOnRecord("item")
    found = item.pages(session, own.body_id, [row.id for row in rows], known, PUBLIC)
    items = {row.id: found[row.id] for row in rows if row.id in found}
    funds = _funds(session, convention_id, known)
    return Report(
        form,
        page,
        items,
        _silent(page),
        funds,
        _amounts(page, funds),
        _withheld(items),
        ChainHead(head.event_id % ledger.CHAIN, head.hash),
        today,
        base_url,
    )


def _silent(page: ConventionPage) -> tuple[SilentItem, ...]:
    def since(row: ItemListRow) -> date | None:
        found = row.reason.values.get("since")
        return found if isinstance(found, date) else None

    silent = [
        SilentItem(row, since(row), (page.as_of - day).days if (day := since(row)) else None)
        for row in page.rows
        if row.verdict is Verdict.NO_WORD
    ]
    return tuple(silent)


def _funds(session: Session, convention_id: int, as_of: AsOf) -> tuple[FundLine, ...]:
    own = bodies.Fund
    rows = session.execute(
        sa.select(own.name, own.amount)
        .where(own.convention_id == convention_id, at(own, as_of))
        .order_by(own.id)
    )
    return tuple(FundLine(name, amount) for name, amount in rows)


def _amounts(page: ConventionPage, funds: tuple[FundLine, ...]) -> tuple[AmountTotal, ...]:
    known = [each.amount for each in funds if each.amount is not None]
    fund, money = sum(known, Decimal(0)), page.money

    def amount(name: str, items: int, total: Decimal | None) -> AmountTotal:
        return AmountTotal(
            name, items, total, 100 * total / fund if total is not None and fund else None
        )

    return (
        amount("estimated", money.estimated_items, money.estimated),
        amount("appropriated", money.appropriated_items, money.appropriated),
        amount("spent", money.spent_items, money.spent),
    )


def _withheld(items: Mapping[int, ItemPage]) -> tuple[WithheldLine, ...]:
    found = [
        WithheldLine(each, moment.withheld_on, moment.withheld)
        for each in items.values()
        for moment in each.record
        if moment.withheld and moment.withheld_on
    ]
    return tuple(sorted(found, key=lambda each: each.on))
