"""What all items of a convention count and sum up to, whatever a list shows of them.

Of today the database counts; of an earlier day each item is a tally of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.prepared import Prepared
from tracker.record.summary import LIVE, ItemSummary, counted, on_day
from tracker.rules.codes import Floor
from tracker.rules.rates import Counted

from .naming import delegation_choices

CONVENTION = sa.bindparam("convention", type_=sa.BigInteger)
DAY = sa.bindparam("day", type_=sa.Date)
UP_TO = sa.bindparam("up_to", type_=sa.BigInteger)


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
class Totals:
    """Of all items of a convention."""

    tallies: tuple[Tally, ...]
    units: frozenset[int]  # that lead a clause of any of them
    delegations: frozenset[int]  # that brought any of them


def totals_of_today(session: Session, convention_id: int, as_of: AsOf) -> Totals:
    connection = session.connection()
    parameters = {"convention": convention_id, "day": as_of.on, "up_to": as_of.up_to or LIVE}
    tallies = tuple(_tally(*row) for row in _tallies().rows(connection, parameters))
    units: set[int] = set()
    for (text,) in _units().rows(connection, parameters):
        units.update(keys_in(str(text)))
    return Totals(
        tallies=tallies,
        units=frozenset(units),
        delegations=delegation_choices(session, convention_id, as_of),
    )


def totals_of_summaries(
    session: Session, convention_id: int, as_of: AsOf, summaries: Sequence[ItemSummary]
) -> Totals:
    """Of an earlier day: `summaries` are those of all items, derived."""
    units: set[int] = set()
    for summary in summaries:
        units.update(keys_in(summary.units))
    return Totals(
        tallies=tuple(_tally_of_one(summary) for summary in summaries),
        units=frozenset(units),
        delegations=delegation_choices(session, convention_id, as_of),
    )


@cache
def _tallies() -> Prepared:
    """The columns are the parameters of `_tally`, in their order."""
    item = ItemSummary
    codes = (item.counts_as, item.kind, item.follows_through, item.floor)
    is_unheard = item.last_word.is_(None)
    sums_and_counts = [
        column
        for amount in (item.estimate, item.appropriated, item.spent)
        for column in (sa.func.sum(amount), sa.func.count(amount))
    ]
    return Prepared(
        sa.select(
            *codes,
            is_unheard,
            sa.func.count(),
            _whole(sa.func.sum(item.clauses)),
            _whole(sa.func.sum(item.clauses_done)),
            sa.func.max(item.done_on),
            *sums_and_counts,
            _whole(sa.func.sum(sa.case((item.not_accounted_for, 1), else_=0))),
        )
        .where(item.convention_id == CONVENTION, on_day(DAY, UP_TO))
        .group_by(*codes, is_unheard)
    )


def _whole(total: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """PostgreSQL sums up whole numbers as decimals."""
    return sa.cast(total, sa.BigInteger)


@cache
def _units() -> Prepared:
    return Prepared(
        sa.select(ItemSummary.units)
        .where(ItemSummary.convention_id == CONVENTION, on_day(DAY, UP_TO), ItemSummary.units != "")
        .distinct()
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


def _tally_of_one(item: ItemSummary) -> Tally:
    return Tally(
        counted=counted(
            item.counts_as,
            items=1,
            clauses=item.clauses,
            clauses_done=item.clauses_done,
            done_on=item.done_on,
        ),
        kind=item.kind,
        follows_through=item.follows_through,
        floor=floor_codes(item.floor),
        without_a_word=item.last_word is None,
        estimated=_sum_of_one(item.estimate),
        appropriated=_sum_of_one(item.appropriated),
        spent=_sum_of_one(item.spent),
        not_accounted=int(item.not_accounted_for),
    )


def _sum_of_one(amount: Decimal | None) -> Sum:
    return Sum(amount=amount, items=int(amount is not None))


def keys_in(text: str) -> list[int]:
    """Keys as a summary spells them: in one text, with spaces between."""
    return [int(key) for key in text.split()]


@lru_cache(256)
def floor_codes(text: str) -> tuple[Floor, ...]:
    """The floor actions in force as a summary spells them: in one text, with spaces between."""
    return tuple(Floor(code) for code in text.split())
