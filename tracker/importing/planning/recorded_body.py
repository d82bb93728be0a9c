"""The body of an import and its conventions, as the record has them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.bodies import AddedKind, Body
from tracker.record.conventions import Convention, ConventionDates, ConventionName
from tracker.record.surroundings import clocks_of, settings, zone_of
from tracker.rules.settings import BodySettings
from tracker.rules.terms import ConventionTerm


@dataclass(frozen=True, kw_only=True)
class RecordedBody:
    """By slug of a convention: its key, name, term and how many items it published.

    All is empty where the body is new.
    """

    body_id: int | None = None
    settings: BodySettings | None = None
    convention_ids: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, ConventionTerm] = field(default_factory=dict)
    published_items: Mapping[str, int | None] = field(default_factory=dict)
    added_kinds: frozenset[str] = frozenset()

    def year(self, slug: str) -> int | None:
        return self.terms[slug].year if slug in self.terms else None


def recorded_body(session: Session, slug: str, today: date) -> RecordedBody:
    body_id = session.scalar(sa.select(Body.id).where(Body.slug == slug))
    if body_id is None:
        return RecordedBody()
    convention_ids = {
        convention_slug: convention_id
        for convention_slug, convention_id in session.execute(
            sa.select(Convention.slug, Convention.id).where(Convention.body_id == body_id)
        )
    }
    slugs = {convention_id: slug for slug, convention_id in convention_ids.items()}
    dates = session.scalars(
        sa.select(ConventionDates)
        .where(ConventionDates.convention_id.in_(slugs), ConventionDates.retracted_by.is_(None))
        .order_by(ConventionDates.recorded_by)
    ).all()
    as_of = AsOf(today)
    clocks = clocks_of(session, body_id, as_of, zone_of(session, body_id))
    added_kinds = session.scalars(sa.select(AddedKind.code).where(AddedKind.body_id == body_id))
    return RecordedBody(
        body_id=body_id,
        settings=settings(session, body_id, as_of),
        convention_ids=convention_ids,
        names=_names(session, slugs),
        # of each convention the newest dates count
        terms={
            slugs[row.convention_id]: ConventionTerm(
                id=row.convention_id,
                special=row.special,
                year=row.year,
                opens_on=row.opens_on,
                closes_on=row.closes_on,
                dated_on=today if row.closes_on else None,
                kept_from=clocks[row.convention_id].kept_from,
            )
            for row in dates
        },
        published_items={slugs[row.convention_id]: row.published_items for row in dates},
        added_kinds=frozenset(added_kinds),
    )


def _names(session: Session, slugs: Mapping[int, str]) -> dict[str, str]:
    """The newest name of each convention."""
    rows = session.execute(
        sa.select(ConventionName.convention_id, ConventionName.name)
        .where(ConventionName.convention_id.in_(slugs), ConventionName.retracted_by.is_(None))
        .order_by(ConventionName.recorded_by)
    )
    return {slugs[convention_id]: name for convention_id, name in rows}
