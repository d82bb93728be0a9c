"""Collects the data of a report: readings of the public, all of one moment.

The number of statements does not depend on the number of items.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.engine import READING
from tracker.reading import convention, item
from tracker.reading.audience import PUBLIC
from tracker.reading.convention import ConventionPage, Filters, ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.reading.publications import readers_as_of, visibility_of
from tracker.record import ledger_tables, surroundings
from tracker.record.as_of import AsOf, begins
from tracker.record.conventions import Convention
from tracker.record.editions import EditionRecord
from tracker.record.funds import funds_in_force
from tracker.rules.codes import Verdict

from .models import (
    AmountTotal,
    FundLine,
    RecordHead,
    Report,
    ReportKind,
    ReportStatus,
    SilentItem,
    WithheldLine,
)


class NotOnRecord(Exception):
    """The convention or the item was not on record on that day, or there is no edition yet.

    `what` is "convention", "item" or "edition". `since` is the day from which there is an answer,
    where one is known.
    """

    def __init__(self, what: str, since: date | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.since = since


def one_moment(session: Session) -> None:
    """All that this session reads from here on is of one moment: data and chain head agree."""
    options: dict[str, bool | str] = {**READING}
    if session.get_bind().dialect.name != "sqlite":
        options["isolation_level"] = "REPEATABLE READ"
    session.connection(execution_options=options)


def collect(
    session: Session,
    convention_id: int,
    kind: ReportKind,
    now: datetime,
    *,
    as_of: date | None = None,
    item_id: int | None = None,
    base_url: str | None = None,
    edition: EditionRecord | None = None,
    live: bool = False,
) -> Report:
    """The report as known at the end of `as_of`, by default today in the body's zone; of an
    `edition` the board's copy, as known at the event that it pins.

    Of a convention that readers read by edition, it is what the newest edition says, unless the
    record as it is is asked for (`live`).

    `item_id` is the item of a report of the kind ITEM. The session should read one moment
    (`one_moment`). Raises NotOnRecord for a day or an item of which the record says nothing.
    """
    body_id = session.get_one(Convention, convention_id).body_id
    zone = surroundings.zone_of(session, body_id)
    today = now.astimezone(zone).date()
    day = min(as_of or today, today)
    known = AsOf(day) if day == today else AsOf.known_on(day, zone)
    if edition:
        known = AsOf(edition.on, up_to=edition.up_to)
    elif not live:
        publication = visibility_of(session, body_id)[convention_id]
        readers = readers_as_of(publication, known)
        if readers is None:
            raise NotOnRecord("edition")
        known = readers
    head = _head(session, body_id, known.up_to)
    page = convention.page(session, body_id, convention_id, known, Filters(size=0))
    if page is None:
        raise NotOnRecord("convention", begins(session, body_id).astimezone(zone).date())
    rows = page.rows
    if kind is ReportKind.ITEM:
        rows = tuple(row for row in rows if row.id == item_id)
        if not rows:
            raise NotOnRecord("item")
    items_by_id = item.pages(session, body_id, [row.id for row in rows], known, PUBLIC)
    funds = _funds(session, convention_id, known)
    return Report(
        kind=kind,
        page=page,
        items_by_id=items_by_id,
        silent=_silent_items(page),
        funds=funds,
        amounts=_amounts(page, funds),
        withheld=_withheld(items_by_id.values()),
        head=head,
        made_on=today,
        base_url=base_url,
        boards_copy=edition.number if edition else None,
        status=ReportStatus.BOARDS_COPY if edition else ReportStatus.DRAFT,
    )


def _head(session: Session, body_id: int, up_to: int | None) -> RecordHead:
    """The end of what the report rests on."""
    if up_to is not None:
        event = session.get_one(ledger_tables.Event, up_to)
        return RecordHead(event=event.id % ledger_tables.CHAIN, hash=event.hash)
    head = session.get_one(ledger_tables.Head, body_id)
    return RecordHead(event=head.event_id % ledger_tables.CHAIN, hash=head.hash)


def _silent_items(page: ConventionPage) -> tuple[SilentItem, ...]:
    return tuple(
        _silent_item(row, page.as_of) for row in page.rows if row.verdict is Verdict.NO_WORD
    )


def _silent_item(row: ItemListRow, as_of: date) -> SilentItem:
    since = row.reason.values.get("since")
    if not isinstance(since, date):
        return SilentItem(row, since=None, days=None)
    return SilentItem(row, since=since, days=(as_of - since).days)


def _funds(session: Session, convention_id: int, as_of: AsOf) -> tuple[FundLine, ...]:
    funds = funds_in_force(session, [convention_id], as_of)
    return tuple(FundLine(fund.name, fund.amount) for fund in funds)


def _amounts(page: ConventionPage, funds: Sequence[FundLine]) -> tuple[AmountTotal, ...]:
    fund = sum((line.amount for line in funds if line.amount is not None), Decimal(0))
    money = page.money

    def total(code: str, items: int, amount: Decimal | None) -> AmountTotal:
        share = 100 * amount / fund if amount is not None and fund else None
        return AmountTotal(code=code, items=items, sum=amount, share=share)

    return (
        total("estimated", money.estimated_items, money.estimated),
        total("appropriated", money.appropriated_items, money.appropriated),
        total("spent", money.spent_items, money.spent),
    )


def _withheld(items: Collection[ItemPage]) -> tuple[WithheldLine, ...]:
    """In the order of the days on which they were withheld."""
    lines = [
        WithheldLine(item, on=on, kind=kind)
        for item in items
        for on, kind in (
            *((moment.withheld_on, moment.withheld) for moment in item.record),
            *((sponsor.withheld_on, sponsor.withheld) for sponsor in item.sponsors),
        )
        if on and kind
    ]
    return tuple(sorted(lines, key=lambda line: line.on))
