"""Recording conventions, what is known of their names and dates, and opening their
follow-through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.record.conventions import Convention, ConventionDates, ConventionName, FollowThrough
from tracker.record.publications import Publication
from tracker.rules import refusals, slugs
from tracker.rules.codes import Visibility
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal
from tracker.rules.terms import need_days_in_order, still_running

from .act_context import ActContext

OfConvention = ConventionName | ConventionDates | FollowThrough


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What is known; a special convention ends nobody's term.

    `published_items`: how many its list has, where it says so.
    """

    year: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    special: bool = False
    published_items: int | None = None

    def own_day(self, today: date) -> date:
        """A convention, its items and its dates are there, in "happened by", from its opening."""
        begins = self.opens_on or self.closes_on or (date(self.year, 1, 1) if self.year else today)
        return min(begins, today)


def record(
    context: ActContext,
    slug: str,
    name: str,
    dates: Dates,
    place: str | None = None,
    *,
    visibility: Visibility | None = None,
) -> Convention:
    """Whether its follow-through is kept is settled now, by what is known now; no later convention
    takes it away.

    :param visibility: who may read it from the start; None: nobody settles it, and it is public
    """
    context.require(Permission.GOVERN)
    refusals.need(slug not in slugs.RESERVED_CONVENTION_SLUGS, Refusal.SLUG_IS_RESERVED)
    need_days_in_order(dates.opens_on, dates.closes_on)
    with context.record("convention_recorded", on=dates.own_day(context.today)) as act:
        same_slug = sa.select(Convention.id).where(
            Convention.body_id == context.body_id, Convention.slug == slug
        )
        refusals.need(context.session.connection().scalar(same_slug) is None, Refusal.ALREADY_THERE)
        act.subject = convention = act.add(Convention(body_id=context.body_id, slug=slug))
        act.add(ConventionName(convention_id=convention.id, name=name, place=place))
        act.add(_row(convention, dates))
        if visibility is not None:
            act.add(
                Publication(convention_id=convention.id, visibility=visibility, by_edition=False)
            )
        if still_running(context.clock(convention.id), context.today):
            act.add(FollowThrough(convention_id=convention.id, kept_from=context.today))
    return convention


def rename(context: ActContext, convention: Convention, name: str, place: str | None) -> None:
    """Refused where somebody has named it since the form was loaded."""
    context.require(Permission.GOVERN)
    with context.record("convention_named", convention) as act:
        _need_unchanged(context, ConventionName, convention)
        act.add(ConventionName(convention_id=convention.id, name=name, place=place))


def set_dates(context: ActContext, convention: Convention, dates: Dates) -> None:
    """What was known before was never so. Refused where somebody has dated it since the form was
    loaded.
    """
    context.require(Permission.GOVERN)
    need_days_in_order(dates.opens_on, dates.closes_on)
    with context.record("convention_dated", convention, context.day_of(convention)) as act:
        _need_unchanged(context, ConventionDates, convention)
        act.retract(ConventionDates, *_not_retracted(context, ConventionDates, convention))
        act.add(_row(convention, dates))


def _not_retracted(
    context: ActContext, table: type[OfConvention], convention: Convention
) -> Sequence[int]:
    """The keys of what was said of the convention, and is not taken back."""
    return context.session.scalars(
        sa.select(table.id).where(
            table.convention_id == convention.id, table.retracted_by.is_(None)
        )
    ).all()


def _need_unchanged(context: ActContext, table: type[OfConvention], convention: Convention) -> None:
    if context.seen is None:
        return
    newest = context.session.connection().scalar(
        sa.select(sa.func.max(table.recorded_by)).where(table.convention_id == convention.id)
    )
    refusals.need((newest or 0) <= context.seen, Refusal.CHANGED_MEANWHILE)


def _row(convention: Convention, dates: Dates) -> ConventionDates:
    return ConventionDates(
        convention_id=convention.id,
        special=dates.special,
        year=dates.year,
        opens_on=dates.opens_on,
        closes_on=dates.closes_on,
        published_items=dates.published_items,
    )


def open_follow_through(context: ActContext, convention: Convention, since: date) -> None:
    """As a whole, so that nobody enters only the successes. Another day that was said before was
    never so. Refused where somebody has opened it since the form was loaded.
    """
    context.require(Permission.GOVERN)
    refusals.need_day_reached(since, context.today)
    with context.record("follow_through_opened", convention, context.day_of(convention)) as act:
        _need_unchanged(context, FollowThrough, convention)
        act.retract(FollowThrough, *_not_retracted(context, FollowThrough, convention))
        act.add(FollowThrough(convention_id=convention.id, kept_from=since))
