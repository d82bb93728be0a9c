"""Collects the data of a report: readings of the public, all of one moment.

The number of statements does not depend on the number of items. What is collected of one
convention stands here; of several, in `collect_body`; of money, in `fund_groups`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.reading import convention, item
from tracker.reading.audience import PUBLIC
from tracker.reading.convention import ConventionPage, Filters, ItemListRow
from tracker.reading.filters import read_filters
from tracker.reading.publications import readers_as_of, visibility_of
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.editions import EditionRecord, edition_record
from tracker.reports.models import (
    CollectedReport,
    Report,
    ReportKind,
    ReportStatus,
    Selection,
    SilentItem,
)
from tracker.reports.requests import OF_SEVERAL, ReportRequest
from tracker.rules.codes import Verdict

from . import collect_body, fund_groups
from .moment import (
    NotOnRecord,
    ReportMoment,
    head_at,
    moment_of,
    one_moment,
    record_began,
    withheld_lines,
)

__all__ = ["NotOnRecord", "collect", "collect_convention", "one_moment"]


def collect(
    session: Session,
    body_id: int,
    request: ReportRequest,
    now: datetime,
    *,
    base_url: str | None = None,
) -> CollectedReport:
    """The report as known at the end of the day that is asked for, by default today in the body's
    zone, or as had happened by then; frozen at an event, by default at the end of the record.

    The session should read one moment (`one_moment`). Raises NotOnRecord for a day, an item, a
    delegation or a unit of which the record says nothing.
    """
    moment = moment_of(session, body_id, request, now)
    if request.kind in OF_SEVERAL:
        return collect_body.collect(session, body_id, request, moment, base_url)
    return _of_convention(session, body_id, request, moment, base_url)


def collect_convention(
    session: Session, request: ReportRequest, now: datetime, *, base_url: str | None = None
) -> Report:
    """The same of a kind that is of one convention.

    Of a convention that readers read by edition, it is what the newest edition says, unless the
    record as it is is asked for (`live`); of an edition the board's copy, as known at the event
    that it pins.
    """
    body_id = session.get_one(Convention, request.convention_id).body_id
    moment = moment_of(session, body_id, request, now)
    return _of_convention(session, body_id, request, moment, base_url)


def _of_convention(
    session: Session,
    body_id: int,
    request: ReportRequest,
    moment: ReportMoment,
    base_url: str | None,
) -> Report:
    edition = edition_record(session, request.edition_id) if request.edition_id else None
    known = known_to_readers(session, body_id, request, moment, edition)
    page = convention.page(session, body_id, request.convention_id, known, _filters(request))
    if page is None:
        raise NotOnRecord("convention", record_began(session, body_id, moment.zone))
    if request.kind is ReportKind.SILENT:
        silent_rows = [row for row in page.rows if row.verdict is Verdict.NO_WORD]
        page = replace(page, rows=tuple(silent_rows))
    rows = page.rows
    if request.kind is ReportKind.ITEM:
        rows = tuple(row for row in rows if row.id == request.item_id)
        if not rows:
            raise NotOnRecord("item")
    items_by_id = item.pages(session, body_id, [row.id for row in rows], known, PUBLIC)
    funds = fund_groups.fund_lines(session, request.convention_id, known, items_by_id.values())
    return Report(
        kind=request.kind,
        body=page.convention.body,
        as_of=page.as_of,
        reading=request.reading,
        up_to=moment.up_to,
        selection=_selection(page),
        page=page,
        items_by_id=items_by_id,
        silent=_silent_items(page),
        funds=funds,
        amounts=fund_groups.amounts(page, funds),
        money_groups=fund_groups.groups(page, items_by_id, funds)
        if request.kind is ReportKind.MONEY
        else (),
        withheld=withheld_lines(items_by_id.values()),
        head=head_at(session, moment.up_to if known.up_to is None else known.up_to),
        made_on=moment.today,
        base_url=base_url,
        boards_copy=edition.number if edition else None,
        status=ReportStatus.BOARDS_COPY if edition else ReportStatus.DRAFT,
        options=request.options,
    )


def known_to_readers(
    session: Session,
    body_id: int,
    request: ReportRequest,
    moment: ReportMoment,
    edition: EditionRecord | None,
) -> AsOf:
    """As of what a report of one convention is collected. Raises NotOnRecord before the first
    edition of one that readers read by edition.
    """
    if edition:
        return AsOf(edition.on, up_to=edition.up_to)
    if request.live:
        return moment.as_of
    publications = visibility_of(session, body_id, moment.up_to)
    readers = readers_as_of(publications[request.convention_id], moment.as_of)
    if readers is None:
        raise NotOnRecord("edition")
    return readers


def _filters(request: ReportRequest) -> Filters:
    """All rows on one page. A report of one item is of no selection."""
    if request.kind is ReportKind.ITEM:
        return Filters(size=0)
    return replace(read_filters(request.filters), page=1, size=0)


def _selection(page: ConventionPage) -> Selection | None:
    if not page.filters.any:
        return None
    return Selection(filters=page.filters, items=page.matching, of=page.counts.items)


def _silent_items(page: ConventionPage) -> tuple[SilentItem, ...]:
    return tuple(
        _silent_item(row, page.as_of) for row in page.rows if row.verdict is Verdict.NO_WORD
    )


def _silent_item(row: ItemListRow, as_of: date) -> SilentItem:
    since = row.reason.values.get("since")
    if not isinstance(since, date):
        return SilentItem(row, since=None, days=None)
    return SilentItem(row, since=since, days=(as_of - since).days)
