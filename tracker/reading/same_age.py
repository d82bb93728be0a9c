"""Conventions side by side, each measured at the same age: as many days after its own closing.

What is counted is `rates`; here is on which day each is measured, and which are left out and why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf

from . import rates
from .body_context import context_as_of
from .models import ConventionDetails
from .rates import ConventionRates
from .shown import Shown


class WhyLeftOut(StrEnum):
    """Why a convention is not measured."""

    NOT_KEPT = auto()  # what was done about its items was not kept on that day
    NO_CLOSING = auto()  # the day of its closing is not known
    NOT_CLOSED = auto()  # it closes after the day asked for
    BEFORE_THE_RECORD = auto()  # it had that age before it, or anything, was on record


@dataclass(frozen=True, kw_only=True)
class MeasuredConvention:
    """A convention, and its rates on the day on which it had the age."""

    rates: ConventionRates
    age: int  # days after its closing
    is_younger: bool  # it has not come to the age yet, and is measured at its own


@dataclass(frozen=True)
class LeftOutConvention:
    convention: ConventionDetails
    why: WhyLeftOut


@dataclass(frozen=True, kw_only=True)
class SameAge:
    """`conventions` and `left_out`: the newest first, those without a year at the end."""

    age: int | None  # None: there is no convention that could be measured
    conventions: tuple[MeasuredConvention, ...]
    left_out: tuple[LeftOutConvention, ...]


def at_same_age(session: Session, shown: Collection[Shown], age: int | None = None) -> SameAge:
    """Each convention as its readers were shown it `age` days after its closing, in the reading of
    the day for which it is shown; by default at the age that the youngest has on that day.

    The number of statements depends on how many conventions there are, not on their items.
    """
    closings = {
        own.convention.id: own.convention.closes_on
        for own in shown
        if own.convention.closes_on and _why_left_out(own) is None
    }
    ages = [(own.as_of.on - closings[key]).days for key, own in _by_key(shown) if key in closings]
    if age is None:
        age = min(ages, default=None)
    measured, left_out = [], []
    for key, own in _by_key(shown):
        one = (
            _why_left_out(own)
            if key not in closings or age is None
            else _measured(session, own, closings[key], age)
        )
        if isinstance(one, MeasuredConvention):
            measured.append(one)
        elif one is not None:
            left_out.append(LeftOutConvention(own.convention, one))
    measured.sort(key=lambda one: rates.recency(one.rates.convention), reverse=True)
    left_out.sort(key=lambda one: rates.recency(one.convention), reverse=True)
    return SameAge(age=age, conventions=tuple(measured), left_out=tuple(left_out))


def _by_key(shown: Collection[Shown]) -> list[tuple[int, Shown]]:
    return [(own.convention.id, own) for own in shown]


def _why_left_out(own: Shown) -> WhyLeftOut | None:
    closes_on = own.convention.closes_on
    if not own.convention.kept:
        return WhyLeftOut.NOT_KEPT
    if closes_on is None:
        return WhyLeftOut.NO_CLOSING
    return WhyLeftOut.NOT_CLOSED if closes_on > own.as_of.on else None


def _measured(
    session: Session, own: Shown, closes_on: date, age: int
) -> MeasuredConvention | WhyLeftOut:
    """On the day on which it had the age, at the latest on its own; or why it cannot be."""
    day = min(closes_on + timedelta(days=age), own.as_of.on)
    as_of, context = own.as_of, own.body_context
    if day < as_of.on:
        as_of = (
            AsOf(day, happened=True, up_to=as_of.up_to)
            if as_of.happened
            else AsOf.known_on(day, context.settings.zone, as_of.up_to)
        )
        if not as_of.happened and day < context.record_began:
            return WhyLeftOut.BEFORE_THE_RECORD
        context = context_as_of(session, context, as_of)
    convention = context.conventions.get(own.convention.id)
    if convention is None:
        return WhyLeftOut.BEFORE_THE_RECORD
    if not convention.kept:
        return WhyLeftOut.NOT_KEPT
    return MeasuredConvention(
        rates=rates.of_one(session, context, convention, as_of),
        age=(day - closes_on).days,
        is_younger=(day - closes_on).days < age,
    )
