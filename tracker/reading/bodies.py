"""The bodies of an installation, and the conventions of one at a glance. A closed body is shown to those who may read it: the door says which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.bodies import Body, BodySetting
from tracker.record.conventions import Convention
from tracker.rules.settings import YES, read

from .body_context import body_details, load_body_context
from .item_models import BodyDetails
from .rates import ConventionRates, at_a_glance


@dataclass(frozen=True)
class BodyLine:
    body: BodyDetails
    conventions: int


@dataclass(frozen=True)
class BodyPage:
    body: BodyDetails
    as_of: date
    today: bool
    record_began: date
    conventions: tuple[ConventionRates, ...]  # the newest first


@cache
def _settings() -> Any:
    return (
        sa.select(Body.id, Body.slug, BodySetting.name, BodySetting.value)
        .outerjoin(
            BodySetting, sa.and_(BodySetting.body_id == Body.id, BodySetting.retracted_by.is_(None))
        )
        .order_by(Body.id, BodySetting.recorded_by, BodySetting.id)
    )


@cache
def _bodies_made_up() -> Any:
    """One row: true if no body lacks the setting, null if there is no body."""
    said = sa.exists().where(
        BodySetting.body_id == Body.id, BodySetting.name == "made_up", BodySetting.value == YES
    )
    return sa.select(sa.func.min(sa.case((said, 1), else_=0))).select_from(Body)


def all_made_up(session: Session) -> bool:
    """Whether there is a record, and every body in it is made up: then each page says so, also those that belong to no body."""
    return bool(session.connection().scalar(_bodies_made_up()) == 1)


@cache
def _counts() -> Any:
    return sa.select(Convention.body_id, sa.func.count()).group_by(Convention.body_id)


def bodies(session: Session, also: Collection[int] = ()) -> list[BodyLine]:
    """Those with open pages, and the closed ones that the reader may read (`also`); by name. Two statements."""
    said: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for key, slug, name, value in session.connection().execute(_settings()):
        said[key, slug] |= {name: value} if name else {}
    counts = {key: count for key, count in session.connection().execute(_counts())}
    every = [body_details(key, slug, read(stored)) for (key, slug), stored in said.items()]
    lines = [
        BodyLine(body, counts.get(body.id, 0)) for body in every if body.open or body.id in also
    ]
    return sorted(lines, key=lambda line: line.body.name.casefold())


def page(session: Session, body_id: int, as_of: AsOf) -> BodyPage:
    near = load_body_context(session, body_id, as_of)
    return BodyPage(
        near.body,
        as_of.on,
        as_of.recorded is None and not as_of.happened,
        near.record_began,
        tuple(at_a_glance(session, near, as_of)),
    )
