"""Collects reports of several conventions: of a delegation, of a unit, and over the years.

Each convention is collected as its readers see it. The number of statements depends on how many
conventions there are, not on their items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.reading import convention, item, rates
from tracker.reading.audience import PUBLIC
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.reading.convention import ConventionPage, Filters, ItemListRow
from tracker.reading.filters import read_filters
from tracker.reading.item_models import ItemPage
from tracker.reading.publications import visibility_of
from tracker.reading.rosters import names_of
from tracker.reading.same_age import at_same_age
from tracker.reading.shown import Shown, conventions_as_shown
from tracker.record.as_of import AsOf
from tracker.record.rosters import items_naming
from tracker.reports.body_models import (
    BodyReport,
    ConventionRows,
    GivenToUnit,
    ListReport,
    YearsReport,
)
from tracker.reports.models import ReportKind, Selection
from tracker.reports.requests import ReportRequest
from tracker.rules.rates import YEAR
from tracker.rules.rosters import Roster

from .moment import NotOnRecord, ReportMoment, head_at, record_began, withheld_lines
from .unit_parts import part_of


@dataclass(frozen=True, kw_only=True)
class _Collecting:
    """What reports of several conventions are collected from."""

    session: Session
    body_id: int
    request: ReportRequest
    moment: ReportMoment
    base_url: str | None
    body_context: BodyContext
    shown: tuple[Shown, ...]  # the newest first
    without: tuple[str, ...]  # names of those that were asked for and are not shown


def collect(
    session: Session,
    body_id: int,
    request: ReportRequest,
    moment: ReportMoment,
    base_url: str | None,
) -> BodyReport:
    """Raises NotOnRecord for a day before the record, and for what was not on record by then."""
    began = record_began(session, body_id, moment.zone)
    if moment.as_of.on < began and not moment.as_of.happened:
        raise NotOnRecord("convention", began)
    body_context = replace(
        load_body_context(session, body_id, moment.as_of),
        publications=visibility_of(session, body_id, moment.up_to),
    )
    wanted = request.convention_ids or body_context.readable_keys(PUBLIC)
    by_key = conventions_as_shown(session, body_context, moment.as_of, wanted, live=request.live)
    collecting = _Collecting(
        session=session,
        body_id=body_id,
        request=request,
        moment=moment,
        base_url=base_url,
        body_context=body_context,
        shown=tuple(
            sorted(by_key.values(), key=lambda own: rates.recency(own.convention), reverse=True)
        ),
        without=tuple(
            one.name
            for key, one in body_context.conventions.items()
            if key in wanted and key not in by_key
        ),
    )
    match request.kind:
        case ReportKind.DELEGATION:
            return _delegation(collecting)
        case ReportKind.UNIT:
            return _unit(collecting)
        case _:
            return _years(collecting)


# --- one delegation, one unit ---


def _delegation(collecting: _Collecting) -> ListReport:
    key = collecting.request.delegation_id or 0
    names = _names(collecting, Roster.DELEGATIONS, key)
    selected = read_filters(collecting.request.filters)
    groups = []
    for own in collecting.shown:
        name = own.body_context.delegation_names.shown.get(key)
        page = of_all = _page(collecting, own, Filters(delegation=name or ""))
        if selected.any:
            page = _page(collecting, own, replace(selected, delegation=name or ""))
        rows = page.rows if name else ()  # else it was not on record as of then
        groups.append(_group(collecting, own, page, rows, of=of_all.matching if name else 0))
    wanted = {key: [row.id for row in group.page.rows] for key, group in _by_key(groups)}
    return _list(collecting, names, groups, _item_pages(collecting, wanted), {})


def _unit(collecting: _Collecting) -> ListReport:
    key = collecting.request.unit_id or 0
    names = _names(collecting, Roster.UNITS, key)
    family = collecting.body_context.unit_names.family(key)
    naming = sorted(collecting.session.scalars(items_naming(Roster.UNITS, family)))
    items = _item_pages(collecting, {own.convention.id: naming for own in collecting.shown})
    parts = {}
    for own in collecting.shown:
        name = own.body_context.unit_names.shown.get(key)
        for item_id, own_item in items.items():
            if name and own_item.convention.id == own.convention.id:
                part = part_of(own_item, name)
                if part is not None:
                    parts[item_id] = part
    groups = []
    for own in collecting.shown:
        page = _page(collecting, own, read_filters(collecting.request.filters))
        rows = tuple(row for row in page.rows if row.id in parts)
        of = sum(items[item_id].convention.id == own.convention.id for item_id in parts)
        groups.append(_group(collecting, own, page, rows, of=of))
    printed = {row.id: items[row.id] for group in groups for row in group.page.rows}
    return _list(collecting, names, groups, printed, {key: parts[key] for key in printed})


def _names(collecting: _Collecting, roster: Roster, key: int) -> tuple[str, ...]:
    """The name in force, then the others: that it had, and of what was merged into it."""
    names = names_of(collecting.body_context, roster)
    if key not in names.rows:
        raise NotOnRecord(roster.table)
    target = names.target(key)
    others = [name for other in sorted(names.family(key)) for name in names.rows[other].names]
    return tuple(dict.fromkeys((names.rows[target].name, *others)))


def _page(collecting: _Collecting, own: Shown, filters: Filters) -> ConventionPage:
    """With all rows that the filters leave."""
    page = convention.page(
        collecting.session,
        collecting.body_id,
        own.convention.id,
        own.as_of,
        replace(filters, page=1, size=0),
    )
    assert page is not None  # it is shown, so it is on record
    return page


def _group(
    collecting: _Collecting,
    own: Shown,
    page: ConventionPage,
    rows: tuple[ItemListRow, ...],
    *,
    of: int,
) -> ConventionRows:
    edition = collecting.body_context.publications[own.convention.id].edition
    return ConventionRows(
        page=replace(page, rows=rows, matching=len(rows)),
        edition=edition.number if edition and own.as_of.up_to == edition.up_to else None,
        of=of,
    )


def _by_key(groups: Collection[ConventionRows]) -> list[tuple[int, ConventionRows]]:
    return [(group.convention.id, group) for group in groups]


def _item_pages(
    collecting: _Collecting, wanted: Mapping[int, Collection[int]]
) -> dict[int, ItemPage]:
    """Those of each convention as its readers see it, in the order of the conventions.

    Conventions that are seen alike are read together.

    :param wanted: by convention, items; those of other conventions are left out
    """
    conventions_by_moment: dict[AsOf, list[int]] = defaultdict(list)
    for own in collecting.shown:
        conventions_by_moment[own.as_of].append(own.convention.id)
    pages: dict[int, ItemPage] = {}
    for as_of, keys in conventions_by_moment.items():
        item_ids = list(dict.fromkeys(item_id for key in keys for item_id in wanted[key]))
        read = item.pages(collecting.session, collecting.body_id, item_ids, as_of, PUBLIC)
        pages |= {key: one for key, one in read.items() if one.convention.id in keys}
    in_order = (item_id for own in collecting.shown for item_id in wanted[own.convention.id])
    return {item_id: pages[item_id] for item_id in in_order if item_id in pages}


def _list(
    collecting: _Collecting,
    names: tuple[str, ...],
    groups: list[ConventionRows],
    items: Mapping[int, ItemPage],
    parts: Mapping[int, GivenToUnit],
) -> ListReport:
    request, moment = collecting.request, collecting.moment
    filters = read_filters(request.filters)
    selection = Selection(
        filters=filters,
        items=sum(len(group.page.rows) for group in groups),
        of=sum(group.of for group in groups),
    )
    return ListReport(
        kind=request.kind,
        body=collecting.body_context.body,
        as_of=moment.as_of.on,
        reading=request.reading,
        up_to=moment.up_to,
        selection=selection if filters.any else None,
        items_by_id=items,
        withheld=withheld_lines(items.values()),
        head=head_at(collecting.session, moment.up_to),
        made_on=moment.today,
        base_url=collecting.base_url,
        options=request.options,
        without=collecting.without,
        subject=names[0],
        also_called=names[1:],
        groups=tuple(groups),
        parts=parts,
    )


# --- several conventions at the same age ---


def _years(collecting: _Collecting) -> YearsReport:
    session, request, moment = collecting.session, collecting.request, collecting.moment
    shown = collecting.shown
    return YearsReport(
        kind=request.kind,
        body=collecting.body_context.body,
        as_of=moment.as_of.on,
        reading=request.reading,
        up_to=moment.up_to,
        selection=None,
        items_by_id={},
        withheld=(),
        head=head_at(session, moment.up_to),
        made_on=moment.today,
        base_url=collecting.base_url,
        options=request.options,
        without=collecting.without,
        same_age=at_same_age(session, shown),
        after_a_year=at_same_age(session, shown, YEAR),
        at_present=tuple(
            rates.of_one(session, own.body_context, own.convention, own.as_of) for own in shown
        ),
    )
