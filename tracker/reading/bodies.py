"""The bodies of an installation, and the conventions of one at a glance.

A closed body is shown to those who may read it: the door says to whom.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.bodies import Body, BodySetting
from tracker.record.conventions import Convention
from tracker.record.publications import visibility_today
from tracker.rules.codes import Visibility
from tracker.rules.settings import YES, read

from .audience import PUBLIC, Audience
from .body_context import body_details, load_body_context
from .models import BodyDetails
from .rates import ConventionRates, at_a_glance, in_order, of_one
from .shown import shown_conventions


@dataclass(frozen=True)
class BodyLine:
    body: BodyDetails
    conventions: int  # how many


@dataclass(frozen=True, kw_only=True)
class BodyPage:
    body: BodyDetails
    as_of: date
    today: bool  # the as-of day is the current one
    record_began: date
    conventions: tuple[ConventionRates, ...]  # the newest first


def page(session: Session, body_id: int, as_of: AsOf, audience: Audience = PUBLIC) -> BodyPage:
    """With the conventions that this audience may read."""
    body_context = load_body_context(session, body_id, as_of)
    shown = shown_conventions(session, body_context, as_of, audience)
    of_all = {one.convention.id: one for one in at_a_glance(session, body_context, as_of)}
    return BodyPage(
        body=body_context.body,
        as_of=as_of.on,
        today=as_of.is_now,
        record_began=body_context.record_began,
        conventions=tuple(
            in_order(
                of_all[key]
                if own.as_of == as_of
                else of_one(session, own.body_context, own.convention, own.as_of)
                for key, own in shown.items()
            )
        ),
    )


def bodies(
    session: Session,
    also: Collection[int] = (),
    audience_of: Callable[[int], Audience] = lambda _body_id: PUBLIC,
) -> list[BodyLine]:
    """Those with open pages, and the closed ones of `also`, which the reader may read; by name.

    Of their conventions those count that the audience may read. Two statements.

    :param audience_of: by the key of a body
    """
    settings: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for body_id, slug, name, value in session.connection().execute(_settings()):
        stored = settings[body_id, slug]
        if name:
            stored[name] = value
    conventions = Counter(
        body_id
        for body_id, convention_id, visibility in session.connection().execute(_conventions())
        if audience_of(body_id).reads(convention_id, visibility or Visibility.PUBLIC)
    )
    lines = []
    for (body_id, slug), stored in settings.items():
        body = body_details(body_id, slug, read(stored))
        if body.open or body_id in also:
            lines.append(BodyLine(body=body, conventions=conventions[body_id]))
    return sorted(lines, key=lambda line: line.body.name.casefold())


def any_founded(session: Session) -> bool:
    """Whether there is a body, open or closed."""
    return session.connection().scalar(sa.select(Body.id).limit(1)) is not None


def all_made_up(session: Session) -> bool:
    """Whether there is a record, and every body in it is made up.

    Then each page says so, also those that belong to no body.
    """
    return bool(session.connection().scalar(_bodies_made_up()) == 1)


@cache
def _settings() -> sa.Select[int, str, str, str]:
    """The stored settings of all bodies, in the order of recording: the last read wins."""
    return (
        sa.select(Body.id, Body.slug, BodySetting.name, BodySetting.value)
        .outerjoin(
            BodySetting, sa.and_(BodySetting.body_id == Body.id, BodySetting.retracted_by.is_(None))
        )
        .order_by(Body.id, BodySetting.recorded_by, BodySetting.id)
    )


@cache
def _conventions() -> sa.Select[int, int, Visibility]:
    """The conventions of all bodies, with who may read each."""
    visibility = visibility_today(Convention.__table__.c.id)
    return sa.select(Convention.body_id, Convention.id, visibility)


@cache
def _bodies_made_up() -> sa.Select[int]:
    """One row: true if no body lacks the setting, null if there is no body."""
    is_made_up = sa.exists().where(
        BodySetting.body_id == Body.id, BodySetting.name == "made_up", BodySetting.value == YES
    )
    return sa.select(sa.func.min(sa.case((is_made_up, 1), else_=0))).select_from(Body)
