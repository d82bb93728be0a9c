"""Loads all that was known of some items on a day, as the dataclasses of rules/facts.py.

One plain SELECT for each table.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.extensions import Instant
from tracker.rules import facts as shapes
from tracker.rules import item_facts
from tracker.rules.settings import OF_TODAY, BodySettings
from tracker.rules.settings import read as read_settings
from tracker.rules.terms import Clock, ConventionTerm, clock

# People: foreign keys point at their table.
from . import bodies, conventions, items, money, outcomes, people, progress  # noqa: F401
from .as_of import NOW, AsOf, at, ended, recorded, retracted
from .keys import Among
from .ledger_tables import Event, FactTable, Text
from .prepared import AnySelect, Prepared, Reader, Row

# The table of each dataclass. Its columns are those that the dataclass names.
ALWAYS: dict[type[shapes.Fact], type[FactTable]] = {
    shapes.ItemFact: items.Item,
    shapes.DesignationFact: items.Designation,
    shapes.ClauseFact: items.Clause,
    shapes.DueDateFact: items.DueDate,
    shapes.FloorActionFact: items.FloorAction,
    shapes.ReferralDecisionFact: items.ReferralDecision,
    shapes.AssignmentFact: items.Assignment,
    shapes.LinkFact: items.Link,
    shapes.EntryFact: progress.Entry,
    shapes.ClaimFact: progress.Claim,
    shapes.ReleaseFact: progress.Release,
    shapes.SentBackFact: progress.SentBack,
    shapes.ReviewFact: progress.Review,
    shapes.OutcomeFact: outcomes.Outcome,
    shapes.EstimateFact: money.Estimate,
    shapes.AppropriationFact: money.Appropriation,
    shapes.ExpenseFact: money.Expense,
}
WITH_WORDS: dict[type[shapes.Fact], type[FactTable]] = {
    shapes.VersionFact: items.Version,
    shapes.FloorPersonFact: items.FloorPerson,
    shapes.RecommendationFact: items.Recommendation,
    shapes.SourceCellFact: items.SourceCell,
    shapes.EvidenceFact: progress.Evidence,
    shapes.OpenedEvidenceFact: progress.OpenedEvidence,
    shapes.WithholdingFact: progress.Withholding,
    shapes.ExplanationFact: money.Explanation,
}
TABLES = ALWAYS | WITH_WORDS


class Bounds(NamedTuple):
    """Which bounds an as-of has; a statement is built once for each.

    To build them each time cost more than to run them.
    """

    recorded: bool
    happened: bool


def bounds_of(as_of: AsOf) -> Bounds:
    return Bounds(recorded=as_of.recorded is not None, happened=as_of.happened)


def as_of_of_parameters(bounds: Bounds) -> AsOf:
    """An as-of whose days are parameters, with the values of `parameters` when it runs."""
    on: Any = sa.bindparam("on", type_=sa.Date)
    recorded_by: Any = sa.bindparam("recorded", type_=Instant)
    return AsOf(on, recorded_by if bounds.recorded else None, bounds.happened)


def parameters(as_of: AsOf, **others: object) -> dict[str, object]:
    """The values for a statement with `as_of_of_parameters`, and for its other parameters."""
    return {"on": as_of.on, "recorded": as_of.recorded, **others}


def _is_wanted(item_id: sa.ColumnElement[int], alone: bool) -> sa.ColumnElement[bool]:
    """The one item of the parameter `key` (`alone`), or those of the parameter `keys`.

    For one item, SQLite needs half the time of a list of one.
    """
    if alone:
        return item_id == sa.bindparam("key", type_=sa.BigInteger)
    return Among(item_id)


def _key_parameters(keys: list[int]) -> dict[str, object]:
    return {"key": keys[0]} if len(keys) == 1 else {"keys": keys}


@cache
def _connected(bounds: Bounds, alone: bool) -> Prepared:
    """These items, those that carry their duty on, and those that it came from, in turn."""
    link, key = aliased(items.Link), items.Item.__table__.c.id
    wanted = sa.select(key).where(_is_wanted(key, alone))
    reached = wanted.cte("reached", recursive=True)
    other = sa.case((link.item_id == reached.c.id, link.target_id), else_=link.item_id)
    step = (
        sa.select(other)
        .join(reached, sa.or_(link.item_id == reached.c.id, link.target_id == reached.c.id))
        .where(at(link, as_of_of_parameters(bounds)))
    )
    return Prepared(sa.select(reached.union(step).c.id))


class FactSelect(NamedTuple):
    """A SELECT of facts: their item, then these fields.

    `heard_on` is None unless the table has a day of its own (only releases do).
    """

    select: Prepared
    fields: tuple[str, ...]


@cache
def fact_select(
    shape: type[shapes.Fact], bounds: Bounds, words: bool, alone: bool = False
) -> FactSelect:
    """The SELECT for facts of a shape, of several items or (`alone`) of one.

    The items' keys are parameters, no subquery: a planner that cannot see how few they are scans
    every table.
    """
    fact, as_of = TABLES[shape], as_of_of_parameters(bounds)
    table, event, ending = fact.__table__, Event.__table__, Event.__table__.alias()
    source = sa.join(table, event, event.c.id == table.c.recorded_by)
    counts = at(fact, as_of)
    columns: dict[str, sa.ColumnElement[Any]] = {
        "id": table.c.id,
        "event": event.c.id,
        "actor": event.c.actor_id,
        "on": event.c.effective_on,
        "recorded_at": event.c.recorded_at,
        "day_known": event.c.day_known,
        "imported": event.c.imported,
    }
    for field in dataclasses.fields(shape):
        if field.name in columns or field.name == "heard_on":
            continue
        if field.name == "retracted":  # retracted facts are loaded too, and marked
            counts = recorded(fact, as_of)
            columns[field.name] = retracted(fact, as_of)
        elif field.name == "ended_on":  # ended facts are loaded too, with the day of their end
            counts = sa.and_(recorded(fact, as_of), sa.not_(retracted(fact, as_of)))
            source = sa.outerjoin(
                source, ending, sa.and_(ending.c.id == table.c.ended_by, ended(fact, as_of))
            )
            columns[field.name] = ending.c.effective_on
        elif not is_text(table.c[field.name]):
            columns[field.name] = table.c[field.name]
        elif words:
            text = Text.__table__.alias()
            source = sa.outerjoin(source, text, text.c.digest == table.c[field.name])
            columns[field.name] = text.c.words
    if shape is shapes.WithholdingFact:
        counts = at(fact, NOW)  # whatever day is asked for
    item_id = table.c.id if shape is shapes.ItemFact else table.c.item_id
    heard_on = table.c.heard_on if "heard_on" in table.c else sa.cast(sa.null(), sa.Date())
    statement = (
        sa.select(item_id, heard_on, *columns.values())
        .select_from(source)
        .where(_is_wanted(item_id, alone), counts)
        .order_by(table.c.id)
    )
    return FactSelect(Prepared(statement), ("heard_on", *columns))


def is_text(column: sa.ColumnElement[Any]) -> bool:
    return any(key.column.table is Text.__table__ for key in column.foreign_keys)


Surroundings = tuple[BodySettings, Mapping[int, Clock], frozenset[str]]
"""A body's settings, the clocks of its conventions, and its own kinds that need follow-through."""

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
        with Reader(connection, parameters(self._as_of, **_key_parameters(keys))) as reader:
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
    that was not recorded by then is left out.
    """
    wanted = list(item_ids)
    connected = _connected(bounds_of(as_of), alone=len(wanted) == 1)
    rows_of_keys = connected.rows(
        session.connection(), parameters(as_of, **_key_parameters(wanted))
    )
    keys = [key for (key,) in rows_of_keys]
    if not keys:
        return {}
    body_settings, clocks, kinds = known_surroundings or surroundings(session, body_id, as_of)
    rows = Rows(session, keys, as_of, body_settings.zone, words)
    incoming: dict[int, list[shapes.LinkFact]] = defaultdict(list)
    for link in rows.every(shapes.LinkFact):  # both ends of each link are among the items
        incoming[link.target_id].append(link)
    return {
        item.id: _facts(
            item, rows, as_of.on, body_settings, clocks[item.convention_id], kinds, incoming
        )
        for item in rows.every(shapes.ItemFact)
    }


def _facts(
    item: shapes.ItemFact,
    rows: Rows,
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
        links=rows.of(shapes.LinkFact, item.id),
        incoming=tuple(incoming.get(item.id, ())),
        entries=tuple(entry for entry in entries if not entry.retracted),
        claims=tuple(claim for claim in claims if not claim.retracted),
        outcomes=rows.of(shapes.OutcomeFact, item.id),
        releases=tuple(release for release in releases if not release.retracted),
        sent_back=sent_back,
        reviews=rows.of(shapes.ReviewFact, item.id),
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
    known = as_of_of_parameters(Bounds(recorded=bounds.recorded, happened=False))
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


def zone_of(session: Session, body_id: int) -> ZoneInfo:
    """The body's zone now."""
    return settings(session, body_id, NOW).zone


@cache
def _added_kinds(bounds: Bounds) -> sa.Select[str]:
    fact = bodies.AddedKind
    return sa.select(fact.code).where(
        fact.body_id == sa.bindparam("body"),
        fact.follows_through,
        at(fact, as_of_of_parameters(bounds)),
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
    as_of = as_of_of_parameters(bounds)
    first_closing_recorded_at = (
        sa.select(sa.func.min(Event.recorded_at))
        .join(first, first.recorded_by == Event.id)
        .where(first.convention_id == own.id, first.closes_on.is_not(None))
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
