"""Loads all that was known of some items on a day, as the dataclasses of rules/facts.py.

One plain SELECT for each table; those are in `fact_selects`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.rules import facts as shapes
from tracker.rules import item_facts
from tracker.rules.settings import BodySettings
from tracker.rules.terms import Clock

from . import items
from .as_of import AsOf, at
from .as_of_parameters import Bounds, as_of_with_parameters, bounds_of, parameters
from .fact_selects import ALWAYS, TABLES, fact_select, is_wanted, key_parameters
from .keys import Among
from .prepared import Prepared, Reader, Row
from .surroundings import Surroundings, surroundings


@cache
def _connected(bounds: Bounds, alone: bool) -> Prepared:
    """These items, those that carry their duty on, and those that it came from, in turn."""
    link, key = aliased(items.Link), items.Item.__table__.c.id
    wanted = sa.select(key).where(is_wanted(key, alone))
    reached = wanted.cte("reached", recursive=True)
    other = sa.case((link.item_id == reached.c.id, link.target_id), else_=link.item_id)
    step = (
        sa.select(other)
        .join(reached, sa.or_(link.item_id == reached.c.id, link.target_id == reached.c.id))
        .where(at(link, as_of_with_parameters(bounds)))
    )
    return Prepared(sa.select(reached.union(step).c.id))


def ever_joined() -> sa.Select[int]:
    """The items of the parameter `keys`, and all that links ever joined with them.

    Duties and verdicts follow links both ways, also those that an act has ended.
    """
    link, key = aliased(items.Link), items.Item.__table__.c.id
    reached = sa.select(key).where(Among(key)).cte("reached", recursive=True)
    other = sa.case((link.item_id == reached.c.id, link.target_id), else_=link.item_id)
    step = sa.select(other).join(
        reached, sa.or_(link.item_id == reached.c.id, link.target_id == reached.c.id)
    )
    return sa.select(reached.union(step).c.id)


FactT = TypeVar("FactT", bound=shapes.Fact)
FactsByShape = dict[type[shapes.Fact], dict[int, list[shapes.Fact]]]


class Rows:
    """The facts of some items, by shape and item, in the order in which they were recorded."""

    def __init__(
        self, session: Session, keys: Collection[int], as_of: AsOf, zone: ZoneInfo, words: bool
    ) -> None:
        self._as_of, self._zone = as_of, zone
        self._days: dict[int, date] = {}  # by event: the body's day on which it was recorded
        self._facts_by_shape = self._read(session.connection(), list(keys), words)

    def _read(self, connection: sa.Connection, keys: list[int], words: bool) -> FactsByShape:
        facts_by_shape: FactsByShape = {}
        bounds, alone = bounds_of(self._as_of), len(keys) == 1
        with Reader(connection, parameters(self._as_of, **key_parameters(keys))) as reader:
            for shape in TABLES if words else ALWAYS:
                # a class can be hashed, which mypy does not see
                select, fields = fact_select(shape, bounds, words, alone)  # type: ignore[arg-type]
                if rows := reader.rows(select):
                    facts_by_shape[shape] = self._build(shape, fields, rows)
        return facts_by_shape

    def _build(
        self, shape: type[shapes.Fact], fields: tuple[str, ...], rows: Iterable[Row]
    ) -> dict[int, list[shapes.Fact]]:
        """The facts by item.

        Their constructor is not called: that of a frozen class calls a function for every field,
        which took a third of an item's loading.
        """
        by_item: dict[int, list[shapes.Fact]] = defaultdict(list)
        for row in rows:
            fact = object.__new__(shape)
            values = vars(fact)
            values.update(zip(fields, row[1:], strict=True))
            if values["heard_on"] is None or self._as_of.happened:
                values["heard_on"] = self._heard_on(fact)
            by_item[row[0]].append(fact)
        return by_item

    def _heard_on(self, fact: shapes.Fact) -> date:
        """The day of its recording.

        Its own day where it was imported, and always in the reading "happened by".
        """
        if self._as_of.happened or fact.imported:
            return fact.on
        if fact.event not in self._days:
            self._days[fact.event] = fact.recorded_at.astimezone(self._zone).date()
        return self._days[fact.event]

    def keep_items_on_record(self) -> None:
        """Forget the items that have no clause: their import was undone. And links with them."""
        items = self._facts_by_shape.get(shapes.ItemFact, {})
        gone = items.keys() - self._facts_by_shape.get(shapes.ClauseFact, {}).keys()
        if not gone:
            return
        for item_id in gone:
            del items[item_id]
        for item_id, links in self._facts_by_shape.get(shapes.LinkFact, {}).items():
            links[:] = [
                link
                for link in cast(list[shapes.LinkFact], links)
                if item_id not in gone and link.target_id not in gone
            ]

    def of(self, shape: type[FactT], item_id: int) -> tuple[FactT, ...]:
        return cast(tuple[FactT, ...], tuple(self._facts_by_shape.get(shape, {}).get(item_id, ())))

    def every(self, shape: type[FactT]) -> Iterator[FactT]:
        for facts in self._facts_by_shape.get(shape, {}).values():
            yield from cast(list[FactT], facts)


def load(
    session: Session,
    body_id: int,
    item_ids: Iterable[int],
    as_of: AsOf,
    known_surroundings: Surroundings | None = None,
    *,
    words: bool = False,
) -> dict[int, item_facts.Facts]:
    """The facts of these items, and of the items that carry their duty on.

    In a constant number of statements.

    `words`: with free text, and with what pages alone show (see `rules.item_facts.Facts`). An item
    that was not on record by then is left out (see `items.on_record`).
    """
    wanted = list(item_ids)
    connected = _connected(bounds_of(as_of), alone=len(wanted) == 1)
    rows_of_keys = connected.rows(session.connection(), parameters(as_of, **key_parameters(wanted)))
    keys = [key for (key,) in rows_of_keys]
    if not keys:
        return {}
    body_settings, clocks, kinds = known_surroundings or surroundings(session, body_id, as_of)
    rows = Rows(session, keys, as_of, body_settings.zone, words)
    rows.keep_items_on_record()
    incoming: dict[int, list[shapes.LinkFact]] = defaultdict(list)
    for link in rows.every(shapes.LinkFact):  # both ends of each link are among the items
        if not (link.waits or link.comes_unseen):
            incoming[link.target_id].append(link)
    return {
        item.id: facts_of(
            item, rows, as_of.on, body_settings, clocks[item.convention_id], kinds, incoming
        )
        for item in rows.every(shapes.ItemFact)
    }


class RowsOfItems(Protocol):
    """The facts of some items, by shape and item, in the order in which they were recorded."""

    def of(self, shape: type[FactT], item_id: int) -> tuple[FactT, ...]: ...


def facts_of(
    item: shapes.ItemFact,
    rows: RowsOfItems,
    today: date,
    body_settings: BodySettings,
    clock: Clock,
    added_kinds: frozenset[str],
    incoming: Mapping[int, Collection[shapes.LinkFact]],
) -> item_facts.Facts:
    entries, claims = rows.of(shapes.EntryFact, item.id), rows.of(shapes.ClaimFact, item.id)
    releases = rows.of(shapes.ReleaseFact, item.id)
    assignments = rows.of(shapes.AssignmentFact, item.id)
    sent_back = rows.of(shapes.SentBackFact, item.id)
    standing = shapes.standing_entries(entries, sent_back)
    links = rows.of(shapes.LinkFact, item.id)
    return item_facts.Facts(
        today=today,
        clock=clock,
        silence_days=body_settings.silence_days,
        leads_release=body_settings.leads_release,
        item=item,
        clauses=rows.of(shapes.ClauseFact, item.id),
        due_dates=rows.of(shapes.DueDateFact, item.id),
        floor=rows.of(shapes.FloorActionFact, item.id),
        decisions=rows.of(shapes.ReferralDecisionFact, item.id),
        assignments=tuple(assignment for assignment in assignments if assignment.ended_on is None),
        links=tuple(link for link in links if not link.waits),
        waiting_links=tuple(link for link in links if link.waits),
        incoming=tuple(incoming.get(item.id, ())),
        entries=tuple(entry for entry in entries if not entry.retracted),
        claims=tuple(claim for claim in claims if not claim.retracted),
        outcomes=rows.of(shapes.OutcomeFact, item.id),
        releases=tuple(release for release in releases if not release.retracted),
        sent_back=sent_back,
        reviews=rows.of(shapes.ReviewFact, item.id),
        outside_subjects=rows.of(shapes.OutsideSubjectFact, item.id),
        estimates=rows.of(shapes.EstimateFact, item.id),
        designations=rows.of(shapes.DesignationFact, item.id),
        added_kinds=added_kinds,
        appropriations=rows.of(shapes.AppropriationFact, item.id),
        expenses=shapes.of_standing_entries(rows.of(shapes.ExpenseFact, item.id), standing),
        entries_ever=entries,
        claims_ever=claims,
        assignments_ever=assignments,
        released_ever=frozenset(
            release.entry_id for release in releases if release.entry_id is not None
        ),
        versions=rows.of(shapes.VersionFact, item.id),
        floor_people=rows.of(shapes.FloorPersonFact, item.id),
        recommendations=rows.of(shapes.RecommendationFact, item.id),
        source_cells=rows.of(shapes.SourceCellFact, item.id),
        evidence=rows.of(shapes.EvidenceFact, item.id),
        opened_evidence=rows.of(shapes.OpenedEvidenceFact, item.id),
        withholdings=rows.of(shapes.WithholdingFact, item.id),
        explanations=shapes.of_standing_entries(rows.of(shapes.ExplanationFact, item.id), standing),
    )
