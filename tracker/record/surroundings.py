"""What the facts of a body's items stand in: its settings, the terms of its conventions, its own
kinds of items.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.rules.settings import OF_TODAY, BodySettings
from tracker.rules.settings import read as read_settings
from tracker.rules.terms import Clock, ConventionTerm, clock

from . import bodies, conventions, money
from .as_of import NOW, AsOf, at, undone, up_to_edition
from .as_of_parameters import Bounds, as_of_with_parameters, bounds_of, parameters
from .items import Item
from .ledger_tables import Event
from .prepared import AnySelect

Surroundings = tuple[BodySettings, Mapping[int, Clock], frozenset[str]]
"""A body's settings, the clocks of its conventions, and its own kinds that need follow-through."""


def surroundings(session: Session, body_id: int, as_of: AsOf) -> Surroundings:
    body_settings = settings(session, body_id, as_of)
    kinds = session.connection().scalars(
        _added_kinds(bounds_of(as_of)), parameters(as_of, body=body_id)
    )
    return body_settings, clocks_of(session, body_id, as_of, body_settings.zone), frozenset(kinds)


@cache
def _settings(bounds: Bounds) -> sa.Select[str, str, date]:
    fact = bodies.BodySetting
    # The zone is needed on any day: `settings` sorts out what had happened.
    known = as_of_with_parameters(bounds._replace(happened=False))
    counts = sa.or_(
        sa.and_(fact.name.in_(OF_TODAY), at(fact, NOW)),
        sa.and_(fact.name.not_in(OF_TODAY), at(fact, known)),
    )
    return (
        sa.select(fact.name, fact.value, Event.effective_on)
        .join(Event, Event.id == fact.recorded_by)
        .where(fact.body_id == sa.bindparam("body"), counts)
        .order_by(fact.recorded_by, fact.id)
    )


def settings(session: Session, body_id: int, as_of: AsOf) -> BodySettings:
    """The body's settings on a day.

    Its name, zone and currency are those of its founding before any later day. Who may read, and
    whether people are named, is what holds today.
    """
    rows = (
        session.connection()
        .execute(_settings(bounds_of(as_of)), parameters(as_of, body=body_id))
        .all()
    )
    from_the_founding = ("name", "time_zone", "currency", *OF_TODAY)
    return read_settings(
        {
            name: value
            for name, value, on in rows
            if name in from_the_founding or not as_of.happened or on <= as_of.on
        }
    )


def any_amount_recorded(session: Session, body_id: int) -> bool:
    """Whether an amount is on record of any item: the currency is settled with the first, unless
    the list that brought it was undone.
    """
    return any(
        session.connection().scalar(
            sa.select(fact.id)
            .join(Item, Item.id == fact.item_id)
            .where(Item.body_id == body_id, sa.not_(undone(fact, NOW)))
            .limit(1)
        )
        for fact in (money.Estimate, money.Appropriation, money.Expense)
    )


def zone_of(session: Session, body_id: int) -> ZoneInfo:
    """The body's zone now."""
    return settings(session, body_id, NOW).zone


@cache
def _added_kinds(bounds: Bounds) -> sa.Select[str]:
    fact = bodies.AddedKind
    return sa.select(fact.code).where(
        fact.body_id == sa.bindparam("body"),
        fact.follows_through,
        at(fact, as_of_with_parameters(bounds)),
    )


@cache
def _dates(bounds: Bounds) -> AnySelect:
    """Of each convention the dates as they became known, and from when it is kept.

    Also when a day of closing first became known, even if it was corrected since.
    """
    own = conventions.Convention
    dates = conventions.ConventionDates
    kept = conventions.FollowThrough
    first = aliased(conventions.ConventionDates)
    as_of = as_of_with_parameters(bounds)
    first_closing_recorded_at = (
        sa.select(sa.func.min(Event.recorded_at))
        .join(first, first.recorded_by == Event.id)
        .where(
            first.convention_id == own.id,
            first.closes_on.is_not(None),
            up_to_edition(first.recorded_by, as_of),
        )
        .correlate(own)
        .scalar_subquery()
    )
    return (
        sa.select(
            own.id,
            dates.special,
            dates.year,
            dates.opens_on,
            dates.closes_on,
            first_closing_recorded_at,
            kept.kept_from,
        )
        .select_from(own)
        .outerjoin(dates, sa.and_(dates.convention_id == own.id, at(dates, as_of)))
        .outerjoin(kept, sa.and_(kept.convention_id == own.id, at(kept, as_of)))
        .where(own.body_id == sa.bindparam("body"), at(own, as_of))
        .order_by(dates.recorded_by, kept.recorded_by)
    )


def clocks_of(session: Session, body_id: int, as_of: AsOf, zone: ZoneInfo) -> dict[int, Clock]:
    rows = session.connection().execute(_dates(bounds_of(as_of)), parameters(as_of, body=body_id))
    terms = {
        key: ConventionTerm(
            id=key,
            special=bool(special),
            year=year,
            opens_on=opens_on,
            closes_on=closes_on,
            dated_on=first_closing_recorded_at
            and first_closing_recorded_at.astimezone(zone).date(),
            kept_from=kept_from,
        )
        for key, special, year, opens_on, closes_on, first_closing_recorded_at, kept_from in rows
    }
    return {key: clock(term, terms.values()) for key, term in terms.items()}
