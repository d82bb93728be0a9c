"""Which items of a convention a list shows: of today, and of an edition, by the database; of an
earlier day derived.

The same to everybody: all of it rests on released facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.prepared import Prepared, Row
from tracker.record.summary import LISTED, LIVE, ItemSummary, ListedItem, kept_of, on_day

from .body_context import BodyContext
from .filters import ORDERS, Filters, conditions, is_found_by, matches, order_key, paged
from .naming import namings
from .tallies import CONVENTION, DAY, UP_TO, Totals, totals_of_summaries, totals_of_today


@dataclass(frozen=True, kw_only=True)
class Listing:
    matching: int  # items that the filters leave
    filters: Filters  # with the page and the size that there are
    pages: int
    items: tuple[ListedItem, ...]  # of this page of the list


class ConventionList:
    """The items of one convention as of a day.

    Of today the database counts and chooses; of an earlier day the items are derived, once.
    """

    def __init__(
        self, session: Session, body_context: BodyContext, convention_id: int, as_of: AsOf
    ) -> None:
        self._session = session
        self._body_context = body_context
        self._convention_id = convention_id
        self._as_of = as_of

    def totals(self) -> Totals:
        if self._as_of.is_kept:
            return totals_of_today(self._session, self._convention_id, self._as_of)
        return totals_of_summaries(self._session, self._convention_id, self._as_of, self._derived)

    def chosen(self, filters: Filters, items: int) -> Listing:
        """What the filters leave, one page of it. `items`: how many there are without a filter.

        A unit or delegation under a name that was given up is the one that has taken its place.
        """
        context = self._body_context
        filters = replace(
            filters,
            unit=context.unit_names.now_called(filters.unit),
            delegation=context.delegation_names.now_called(filters.delegation),
        )
        if not self._as_of.is_kept:
            return self._of_an_earlier_day(filters)
        if not filters.any:
            return self._all_of_today(filters, items)
        if filters.words:
            return self._found_by_words(filters)
        return self._filtered(filters)

    # --- of today ---

    def _all_of_today(self, filters: Filters, items: int) -> Listing:
        pages, filters = paged(filters, items)
        parameters = {
            "convention": self._convention_id,
            "day": self._as_of.on,
            "up_to": self._as_of.up_to or LIVE,
            "size": filters.size,
            "start": filters.start,
        }
        statement = _page_of_all(_order(filters))
        rows = statement.rows(self._session.connection(), parameters)
        return _listing(items, pages, filters, rows)

    def _filtered(self, filters: Filters) -> Listing:
        connection = self._session.connection()
        where = self._where(filters)
        count = sa.select(sa.func.count()).select_from(ItemSummary).where(where)
        matching = connection.scalar(count) or 0
        pages, filters = paged(filters, matching)
        rows = connection.execute(
            sa.select(*LISTED)
            .where(where)
            .order_by(*ORDERS[_order(filters)])
            .limit(filters.size)
            .offset(filters.start)
        )
        return _listing(matching, pages, filters, rows)

    def _found_by_words(self, filters: Filters) -> Listing:
        """The words are compared here: the texts are not in the summary."""
        connection = self._session.connection()
        order = ORDERS[_order(filters)]
        candidates = connection.execute(
            sa.select(ItemSummary.item_id, ItemSummary.kind, ItemSummary.number)
            .where(self._where(filters))
            .order_by(*order)
        ).all()
        body_context = self._body_context
        item_ids = [item_id for item_id, _kind, _number in candidates]
        names = namings(self._session, body_context, item_ids, self._as_of)
        found_ids = [
            item_id
            for item_id, kind, number in candidates
            if is_found_by(
                filters.words,
                names[item_id],
                kind=kind,
                number=number,
                year=body_context.conventions[self._convention_id].year,
                prefixes=body_context.prefixes,
            )
        ]
        pages, filters = paged(filters, len(found_ids))
        page_ids = found_ids[filters.start : filters.start + filters.size]
        rows = connection.execute(
            sa.select(*LISTED)
            .where(ItemSummary.item_id.in_(page_ids), kept_of(self._as_of))
            .order_by(*order)
        )
        return _listing(len(found_ids), pages, filters, rows)

    def _where(self, filters: Filters) -> sa.ColumnElement[bool]:
        return sa.and_(
            ItemSummary.convention_id == self._convention_id,
            kept_of(self._as_of),
            *conditions(filters, self._body_context, self._as_of),
        )

    # --- of an earlier day ---

    @cached_property
    def _derived(self) -> list[ItemSummary]:
        body_id = self._body_context.body.id
        return derived(self._session, body_id, self._as_of, [self._convention_id])

    def _of_an_earlier_day(self, filters: Filters) -> Listing:
        item_ids = [item.item_id for item in self._derived]
        names = namings(self._session, self._body_context, item_ids, self._as_of)
        matching = [
            item
            for item in self._derived
            if matches(item, names[item.item_id], filters, self._body_context)
        ]
        matching.sort(key=order_key(filters.order))
        pages, filters = paged(filters, len(matching))
        on_page = matching[filters.start : filters.start + filters.size]
        return Listing(
            matching=len(matching),
            filters=filters,
            pages=pages,
            items=tuple(ListedItem.of(item) for item in on_page),
        )


@cache
def _page_of_all(order: str) -> Prepared:
    """A page of all items of a convention."""
    return Prepared(
        sa.select(*LISTED)
        .where(ItemSummary.convention_id == CONVENTION, on_day(DAY, UP_TO))
        .order_by(*ORDERS[order])
        .limit(sa.bindparam("size", type_=sa.Integer))
        .offset(sa.bindparam("start", type_=sa.Integer))
    )


def _order(filters: Filters) -> str:
    return filters.order if filters.order in ORDERS else "number"


def _listing(matching: int, pages: int, filters: Filters, rows: Iterable[Row]) -> Listing:
    items = tuple(ListedItem._make(row) for row in rows)
    return Listing(matching=matching, filters=filters, pages=pages, items=items)


# --- of any day ---


def spent_waiting(
    session: Session, body_id: int, convention_id: int, as_of: AsOf
) -> Decimal | None:
    """What is on record in entries that are not released: for those who read everything."""
    if as_of.is_kept:
        return session.scalar(
            sa.select(sa.func.sum(ItemSummary.spent_waiting)).where(
                ItemSummary.convention_id == convention_id, kept_of(as_of)
            )
        )
    amounts = [
        item.spent_waiting
        for item in derived(session, body_id, as_of, [convention_id])
        if item.spent_waiting is not None
    ]
    return sum(amounts, Decimal(0)) if amounts else None


def derived(
    session: Session, body_id: int, as_of: AsOf, convention_ids: Collection[int]
) -> list[ItemSummary]:
    """All items of these conventions as of an earlier day.

    An identity is never undone, so that these are all that there can have been.
    """
    item_ids = session.connection().scalars(
        sa.select(Item.id).where(Item.convention_id.in_(convention_ids)).order_by(Item.id)
    )
    return summary.derive(session, body_id, item_ids.all(), as_of)
