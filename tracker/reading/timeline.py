"""The record of one item in order: what was done about it, and apart what the floor did.

A line after a long silence says how long that was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from tracker.rules.codes import Stage
from tracker.rules.facts import floor_newest_first

from . import entry_moments, moments
from .item_context import ItemContext
from .item_models import Moment
from .item_sections import floor_line
from .placed_moment import PlacedMoment, clause_numbers, known_day


def record(item: ItemContext) -> tuple[Moment, ...]:
    """What was done about it, newest first.

    A line after a silence longer than the limit says how many days that was.
    """
    newest_first = sorted(_all_moments(item), key=lambda moment: moment.place, reverse=True)
    gaps = _gaps(item)
    lines = []
    for placed in newest_first:
        # Of the words heard on that day the newest has the silence before it.
        days = gaps.pop(placed.heard_on, None) if placed.heard_on else None
        lines.append(replace(placed.moment, gap_days=days) if days else placed.moment)
    return tuple(lines)


def floor_record(item: ItemContext) -> tuple[Moment, ...]:
    """What the floor did, newest first, down to the submission."""
    lines = [
        Moment(
            what="floor",
            on=known_day(action),
            recorded_on=item.day(action.recorded_at),
            event=action.event,
            clauses=clause_numbers(item, [action.clause_id]),
            words=action.note,
            floor=floor_line(item, action),
        )
        for action in floor_newest_first(item.facts.floor)
    ]
    submitted = [version for version in item.facts.versions if version.stage is Stage.AS_SUBMITTED]
    if submitted:
        version = submitted[-1]
        lines.append(
            Moment(
                what="submitted",
                on=known_day(version),
                recorded_on=item.day(version.recorded_at),
                event=version.event,
            )
        )
    return tuple(lines)


def _all_moments(item: ItemContext) -> Iterator[PlacedMoment]:
    """What was done about it, in no order."""
    yield from entry_moments.entries(item)
    yield from entry_moments.reviews(item)
    yield from moments.assignments(item)
    yield from moments.extensions(item)
    yield from moments.appropriations(item)
    yield from moments.expenses(item)
    yield from moments.explanations(item)
    yield from moments.decisions(item)
    yield from moments.outcomes(item)
    yield from moments.withheld_evidence(item)
    yield from moments.links(item)


def _gaps(item: ItemContext) -> dict[date, int]:
    """Of each day on which a word ended a silence beyond the limit: the days without a word."""
    states = [standing.state for standing in item.answer.standing.clauses]
    heard = sorted({word.heard_on for state in states for word in state.words})
    duty_starts = [state.duty_start.on for state in states if state.duty_start]
    if not heard or not duty_starts:
        return {}
    begins = [max(duty_starts)]
    if item.facts.clock.kept_from:
        begins.append(item.facts.clock.kept_from)
    if not item.facts.item.imported:
        begins.append(item.facts.item.heard_on)
    days = [max(begins), *heard]
    limit = item.body_context.settings.silence_days
    return {
        later: (later - earlier).days
        for earlier, later in pairwise(days)
        if (later - earlier).days > limit
    }
