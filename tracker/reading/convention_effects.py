"""What another day of a convention changes in what pages say today: compared before and after, in a
transaction that is rolled back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.summary import ItemSummary, on_day
from tracker.rules.codes import Standing

from .body_context import load_body_context
from .models import ConventionDetails


class StandingDetails(NamedTuple):
    """What the label of a standing is made of."""

    standing: Standing
    unheard: bool
    late: bool


class ItemAnswer(NamedTuple):
    convention_id: int
    details: StandingDetails


@dataclass(frozen=True, kw_only=True)
class BodyAnswers:
    """Of one body, today: its conventions, and where each item stands."""

    conventions: Mapping[int, ConventionDetails]
    items: Mapping[int, ItemAnswer]


@dataclass(frozen=True, kw_only=True)
class ChangedTerm:
    convention: ConventionDetails
    before: date | None  # None: none runs
    after: date | None


@dataclass(frozen=True, kw_only=True)
class ChangedStandings:
    """So many items of one convention would stand elsewhere."""

    convention: ConventionDetails
    before: StandingDetails
    after: StandingDetails
    count: int


@dataclass(frozen=True, kw_only=True)
class ConventionEffects:
    terms: tuple[ChangedTerm, ...]
    standings: tuple[ChangedStandings, ...]  # those that concern most items first


def answers_of_body(session: Session, body_id: int, today: date) -> BodyAnswers:
    rows = session.execute(
        sa.select(
            ItemSummary.item_id,
            ItemSummary.convention_id,
            ItemSummary.standing,
            ItemSummary.unheard,
            ItemSummary.late,
        )
        .join(Item, Item.id == ItemSummary.item_id)
        .where(Item.body_id == body_id, on_day(today))
    )
    return BodyAnswers(
        conventions=load_body_context(session, body_id, AsOf(today)).conventions,
        items={
            item_id: ItemAnswer(convention_id, StandingDetails(standing, unheard, late))
            for item_id, convention_id, standing, unheard, late in rows
        },
    )


def effects(before: BodyAnswers, after: BodyAnswers) -> ConventionEffects:
    counts = Counter(
        (answer.convention_id, answer.details, after.items[item_id].details)
        for item_id, answer in before.items.items()
        if answer.details != after.items[item_id].details
    )
    return ConventionEffects(
        terms=tuple(
            ChangedTerm(
                convention=convention,
                before=before.conventions[key].term_ends_on,
                after=convention.term_ends_on,
            )
            for key, convention in after.conventions.items()
            if before.conventions[key].term_ends_on != convention.term_ends_on
        ),
        standings=tuple(
            ChangedStandings(convention=after.conventions[key], before=old, after=new, count=count)
            for (key, old, new), count in counts.most_common()
        ),
    )
