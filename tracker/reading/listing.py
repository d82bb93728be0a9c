"""Which items of a convention a list shows, in which order, and what all of them count: of today by the database, of an earlier day derived anew.

The same to everybody: all of it rests on released facts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.extensions import Money
from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.prepared import Prepared
from tracker.record.summary import LISTED, ItemSummary, ListedItem, counted, on_day
from tracker.rules import item_code
from tracker.rules.codes import Floor, Verdict
from tracker.rules.rates import FIGURES, Counted

from .body_context import BodyContext
from .naming import Naming, delegation_choices, delegations, namings


@dataclass(frozen=True)
class Filters:
    """What the address asks for. `words`: a number, words of title or text, a maker's delegation. `rows`: the rows behind a figure
    ("carried_out.adopted") or a field of the chart ("chart.done"). `size` 0: all on one page."""

    words: str = ""
    verdict: str = ""
    delegation: str = ""
    unit: str = ""
    kind: str = ""
    rows: str = ""
    order: str = "number"  # number, word, spent
    page: int = 1
    size: int = 50

    @property
    def any(self) -> bool:
        return bool(
            self.words or self.verdict or self.delegation or self.unit or self.kind or self.rows
        )


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Of an amount: over how many items, and None where nothing is recorded of any."""

    amount: Decimal | None
    items: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Items of a convention that have these codes in common, and what they sum up to."""

    counted: Counted
    kind: str
    follows_through: bool
    floor: tuple[Floor, ...]  # in force
    without_a_word: bool  # none was ever heard
    estimated: Sum
    appropriated: Sum
    spent: Sum
    not_accounted: int


@dataclass(frozen=True, kw_only=True)
class Listing:
    found: int  # items that the filters leave
    filters: Filters  # with the page and the size that there are
    pages: int
    items: tuple[ListedItem, ...]  # of this page of the list


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Of all items of a convention, whatever a list shows of them."""

    tallies: tuple[Tally, ...]
    units: frozenset[int]  # that lead a clause of any of them
    delegations: frozenset[int]  # that brought any of them


class ConventionList:
    """The items of one convention as of a day: of today the database counts and chooses; of an earlier day they are derived, once."""

    def __init__(
        self, session: Session, near: BodyContext, convention_id: int, as_of: AsOf
    ) -> None:
        self._session, self._near, self._as_of = session, near, as_of
        self._convention_id = convention_id
        self._today = as_of.recorded is None and not as_of.happened

    @cached_property
    def _derived(self) -> list[ItemSummary]:
        return derived(self._session, self._near.body.id, self._as_of, [self._convention_id])

    def totals(self) -> Totals:
        if self._today:
            return _totals_of_today(self._session, self._convention_id, self._as_of)
        return Totals(
            tallies=tuple(map(_alone, self._derived)),
            units=frozenset(unit for each in self._derived for unit in _ids(each.units)),
            delegations=delegation_choices(self._session, self._convention_id, self._as_of),
        )

    def chosen(self, filters: Filters, items: int) -> Listing:
        """What the filters leave, one page of it. `items`: how many there are without a filter."""
        if self._today:
            return _of_today(
                self._session, self._near, self._convention_id, self._as_of, filters, items
            )
        return _of_an_earlier_day(self._session, self._near, self._derived, self._as_of, filters)


def spent_waiting(
    session: Session, body_id: int, convention_id: int, as_of: AsOf
) -> Decimal | None:
    """What is on record in entries that are not released: for those who read everything."""
    if as_of.recorded is None and not as_of.happened:
        return session.scalar(
            sa.select(sa.func.sum(ItemSummary.spent_waiting)).where(
                ItemSummary.convention_id == convention_id, on_day(as_of.on)
            )
        )
    waiting = [
        each.spent_waiting
        for each in derived(session, body_id, as_of, [convention_id])
        if each.spent_waiting is not None
    ]
    return sum(waiting, Decimal(0)) if waiting else None


def derived(
    session: Session, body_id: int, as_of: AsOf, convention_ids: Collection[int]
) -> list[ItemSummary]:
    """As of an earlier day, of all items of these conventions. (An identity is never undone, so that these are all that there can have been.)"""
    keys = session.connection().scalars(
        sa.select(Item.id).where(Item.convention_id.in_(convention_ids)).order_by(Item.id)
    )
    return summary.derive(session, body_id, keys.all(), as_of)


# --- of today ---


CONVENTION = sa.bindparam("convention", type_=sa.BigInteger)
DAY = sa.bindparam("day", type_=sa.Date)


def _whole(total: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.cast(total, sa.BigInteger)  # PostgreSQL sums up whole numbers as decimals


@cache
def _tallies() -> Prepared:
    own = ItemSummary
    codes = (own.counts_as, own.kind, own.follows_through, own.floor)
    unheard = own.last_word.is_(None)
    amounts = [
        column
        for amount in (own.estimate, own.appropriated, own.spent)
        for column in (sa.func.sum(amount), sa.func.count(amount))
    ]
    return Prepared(
        sa.select(
            *codes,
            unheard,
            sa.func.count(),
            _whole(sa.func.sum(own.clauses)),
            _whole(sa.func.sum(own.clauses_done)),
            sa.func.max(own.done_on),
            *amounts,
            _whole(sa.func.sum(sa.case((own.not_accounted_for, 1), else_=0))),
        )
        .where(own.convention_id == CONVENTION, on_day(DAY))
        .group_by(*codes, unheard)
    )


@cache
def _units() -> Prepared:
    return Prepared(
        sa.select(ItemSummary.units)
        .where(ItemSummary.convention_id == CONVENTION, on_day(DAY), ItemSummary.units != "")
        .distinct()
    )


def _totals_of_today(session: Session, convention_id: int, as_of: AsOf) -> Totals:
    connection, given = session.connection(), {"convention": convention_id, "day": as_of.on}
    return Totals(
        tallies=tuple(_tally(*row) for row in _tallies().rows(connection, given)),
        units=frozenset(
            unit for (text,) in _units().rows(connection, given) for unit in _ids(str(text))
        ),
        delegations=delegation_choices(session, convention_id, as_of),
    )


@cache
def _all_by(order: str) -> Prepared:
    """A page of all items of a convention."""
    return Prepared(
        sa.select(*LISTED)
        .where(ItemSummary.convention_id == CONVENTION, on_day(DAY))
        .order_by(*ORDERS[order])
        .limit(sa.bindparam("size", type_=sa.Integer))
        .offset(sa.bindparam("start", type_=sa.Integer))
    )


def _of_today(
    session: Session,
    near: BodyContext,
    convention_id: int,
    as_of: AsOf,
    filters: Filters,
    items: int,
) -> Listing:
    connection = session.connection()
    order = filters.order if filters.order in ORDERS else "number"
    if not filters.any:
        found, pages, filters = _paged(filters, items)
        given = {"convention": convention_id, "day": as_of.on, "size": filters.size}
        rows = _all_by(order).rows(connection, {**given, "start": _start(filters)})
        return _listing(found, pages, filters, rows)
    where = sa.and_(
        ItemSummary.convention_id == convention_id, on_day(as_of.on), *_conditions(filters, near)
    )
    page = sa.select(*LISTED).order_by(*ORDERS[order])
    if filters.words:
        named = connection.execute(
            sa.select(ItemSummary.item_id, ItemSummary.kind, ItemSummary.number)
            .where(where)
            .order_by(*ORDERS[order])
        ).all()
        keys = [key for key, _kind, _number in named]
        names = namings(session, near, keys, as_of)
        own = near.conventions[convention_id]
        match = [
            key
            for key, kind, number in named
            if _speaks_of(filters.words, own.year, near, kind, number, names[key])
        ]
        found, pages, filters = _paged(filters, len(match))
        here = match[_start(filters) :][: filters.size]
        page = page.where(ItemSummary.item_id.in_(here), on_day(as_of.on))
    else:
        count = connection.scalar(sa.select(sa.func.count()).select_from(ItemSummary).where(where))
        found, pages, filters = _paged(filters, count or 0)
        page = page.where(where).limit(filters.size).offset(_start(filters))
    return _listing(found, pages, filters, connection.execute(page))


def _listing(found: int, pages: int, filters: Filters, rows: Iterable[Sequence[Any]]) -> Listing:
    return Listing(
        found=found, filters=filters, pages=pages, items=tuple(map(ListedItem._make, rows))
    )


def _tally(
    counts_as: str,
    kind: str,
    follows_through: bool,
    floor: str,
    unheard: bool,
    items: int,
    clauses: int,
    clauses_done: int,
    done_on: date | None,
    estimated: Decimal | None,
    estimated_items: int,
    appropriated: Decimal | None,
    appropriated_items: int,
    spent: Decimal | None,
    spent_items: int,
    not_accounted: int,
) -> Tally:
    """Of a row of `_tallies`."""
    return Tally(
        counted=counted(
            counts_as, items=items, clauses=clauses, clauses_done=clauses_done, done_on=done_on
        ),
        kind=kind,
        follows_through=follows_through,
        floor=floor_codes(floor),
        without_a_word=bool(unheard),
        estimated=Sum(amount=estimated, items=estimated_items),
        appropriated=Sum(amount=appropriated, items=appropriated_items),
        spent=Sum(amount=spent, items=spent_items),
        not_accounted=not_accounted,
    )


def _conditions(filters: Filters, near: BodyContext) -> Iterable[sa.ColumnElement[bool]]:
    """But for the words: the texts are not in the summary."""
    if filters.verdict:
        known = filters.verdict in list(Verdict)
        yield ItemSummary.verdict == Verdict(filters.verdict) if known else sa.false()
    if filters.kind:
        yield ItemSummary.kind == filters.kind
    if filters.unit:
        named = _named(near.units, filters.unit)
        yield sa.or_(sa.false(), *(ItemSummary.units.contains(f" {unit} ") for unit in named))
    if filters.delegation:
        brought = delegations(AsOf(date.max)).where(
            sa.column("delegation_id").in_(_named(near.delegations, filters.delegation))
        )
        yield ItemSummary.item_id.in_(sa.select(brought.subquery().c.item_id))
    if filters.rows:
        known = filters.rows in FIGURES
        yield (
            ItemSummary.figures.contains(f" {filters.rows} ", autoescape=True)
            if known
            else sa.false()
        )


_NOTHING = sa.literal(Decimal(-1), Money())
ORDERS: Mapping[str, tuple[sa.SQLColumnExpression[Any], ...]] = {
    "number": (ItemSummary.sort_key, ItemSummary.item_id),
    "word": (
        ItemSummary.last_word.is_(None),
        ItemSummary.last_word.desc(),
        ItemSummary.sort_key,
        ItemSummary.item_id,
    ),
    "spent": (
        sa.func.coalesce(ItemSummary.spent, _NOTHING).desc(),
        ItemSummary.sort_key,
        ItemSummary.item_id,
    ),
}


# --- of an earlier day ---


def _of_an_earlier_day(
    session: Session,
    near: BodyContext,
    every: Sequence[ItemSummary],
    as_of: AsOf,
    filters: Filters,
) -> Listing:
    names = namings(session, near, [each.item_id for each in every], as_of)
    match = [each for each in every if _matches(each, names[each.item_id], filters, near)]
    match.sort(key=_order(filters.order))
    found, pages, filters = _paged(filters, len(match))
    start = _start(filters)
    return Listing(
        found=found,
        filters=filters,
        pages=pages,
        items=tuple(map(ListedItem.of, match[start : start + filters.size])),
    )


def _alone(own: ItemSummary) -> Tally:
    def total(amount: Decimal | None) -> Sum:
        return Sum(amount=amount, items=int(amount is not None))

    return Tally(
        counted=counted(
            own.counts_as,
            items=1,
            clauses=own.clauses,
            clauses_done=own.clauses_done,
            done_on=own.done_on,
        ),
        kind=own.kind,
        follows_through=own.follows_through,
        floor=floor_codes(own.floor),
        without_a_word=own.last_word is None,
        estimated=total(own.estimate),
        appropriated=total(own.appropriated),
        spent=total(own.spent),
        not_accounted=int(own.not_accounted_for),
    )


def _matches(own: ItemSummary, named: Naming, filters: Filters, near: BodyContext) -> bool:
    if filters.verdict and own.verdict.value != filters.verdict:
        return False
    if filters.kind and filters.kind != own.kind:
        return False
    if filters.unit and not _named(near.units, filters.unit) & set(_ids(own.units)):
        return False
    brought = _named(near.delegations, filters.delegation) & set(named.delegation_ids)
    if filters.delegation and not brought:
        return False
    if filters.rows and filters.rows not in own.figures.split():
        return False
    year = near.conventions[own.convention_id].year
    return not filters.words or _speaks_of(filters.words, year, near, own.kind, own.number, named)


def _order(name: str) -> Callable[[ItemSummary], tuple[Any, ...]]:
    def by_number(own: ItemSummary) -> tuple[Any, ...]:
        return own.sort_key, own.item_id

    def by_word(own: ItemSummary) -> tuple[Any, ...]:
        return -(own.last_word.toordinal() if own.last_word else 0), *by_number(own)

    def by_spent(own: ItemSummary) -> tuple[Any, ...]:
        return -(own.spent if own.spent is not None else Decimal(-1)), *by_number(own)

    return {"word": by_word, "spent": by_spent}.get(name, by_number)


# --- of any day ---


def _speaks_of(
    words: str, year: int | None, near: BodyContext, kind: str, number: str, named: Naming
) -> bool:
    """A code or a number finds the item that has it; other words must all occur in title, text or delegation."""
    code = item_code.parse(words, year)
    if code:
        return code == (near.prefixes.get(kind, kind), number)
    if item_code.normalised(words) == number:
        return True
    text = named.search.casefold()
    return all(word in text for word in words.casefold().split())


def _paged(filters: Filters, found: int) -> tuple[int, int, Filters]:
    """How many are found, on how many pages, and the filters with the page that there is."""
    size = filters.size or max(found, 1)
    pages = max(1, -(-found // size))
    return found, pages, replace(filters, page=min(max(filters.page, 1), pages), size=size)


def _start(filters: Filters) -> int:
    """How many items stand on the pages before."""
    return (filters.page - 1) * filters.size


def _named(names: Mapping[int, str], name: str) -> set[int]:
    return {key for key, own in names.items() if own == name}


def _ids(text: str) -> Sequence[int]:
    return [int(part) for part in text.split()]


@lru_cache(256)
def floor_codes(text: str) -> tuple[Floor, ...]:
    return tuple(Floor(code) for code in text.split())
