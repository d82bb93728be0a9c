"""Loads all that was known of some items on a day, as the rules' dataclasses, in a constant number of statements."""

from __future__ import annotations

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.extensions import Instant, Key, Money
from tracker.rules import facts as shapes
from tracker.rules.settings import OF_TODAY, BodySettings
from tracker.rules.settings import read as read_settings
from tracker.rules.terms import Clock, Convention, clock

from . import bodies, conventions, items, money, outcomes, people, progress  # noqa: F401 (people: keys point at it)
from .as_of import NOW, AsOf, at
from .ledger import Event, Fact

# The field of rules.Facts that each table fills. The columns are those that the dataclass names.
TABLES: dict[str, tuple[type[Fact], type[shapes.Fact]]] = {
    "item": (items.Item, shapes.Item),
    "clauses": (items.Clause, shapes.Clause),
    "due_dates": (items.DueDate, shapes.DueDate),
    "floor": (items.FloorAction, shapes.FloorAction),
    "decisions": (items.ReferralDecision, shapes.ReferralDecision),
    "assignments": (items.Assignment, shapes.Assignment),
    "links": (items.Link, shapes.Link),
    "incoming": (items.Link, shapes.Link),
    "entries": (progress.Entry, shapes.Entry),
    "claims": (progress.Claim, shapes.Claim),
    "outcomes": (outcomes.Outcome, shapes.Outcome),
    "releases": (progress.Release, shapes.Release),
    "sent_back": (progress.SentBack, shapes.SentBack),
    "reviews": (progress.Review, shapes.Review),
    "estimates": (money.Estimate, shapes.Estimate),
    "designations": (items.Designation, shapes.Designation),
}
OWNER = {"item": "id", "incoming": "target_id"}  # of all others: item_id
ENVELOPE = len(dataclasses.fields(shapes.Fact))
SLOTS: tuple[sa.types.TypeEngine[Any], ...] = (
    Key,
    Key,
    Key,
    Key,
    sa.String(),
    sa.String(),
    sa.String(),
    sa.Date(),
    Money(),
    sa.Boolean(),
)

# Statements are built once for each form of as-of: building them each time cost more than running them.
KEYS: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)
Form = tuple[bool, bool]


def form(as_of: AsOf) -> Form:
    return as_of.recorded is not None, as_of.happened


def bound(form: Form) -> AsOf:
    """An as-of whose days are parameters, to be given when the statement runs."""
    recorded, happened = form
    on: Any = sa.bindparam("on", type_=sa.Date)
    by: Any = sa.bindparam("recorded", type_=Instant)
    return AsOf(on, by if recorded else None, happened)


def given(as_of: AsOf, **more: Any) -> dict[str, Any]:
    return {"on": as_of.on, "recorded": as_of.recorded, **more}


def _slots(
    table: sa.FromClause, shape: type[shapes.Fact]
) -> list[tuple[int, type[enum.Enum] | None]]:
    """For each own field of a shape, the slot of the union that carries it, and the codes to turn it back into."""
    free, found = list(enumerate(SLOTS)), []
    for field in dataclasses.fields(shape)[ENVELOPE:]:
        kind = table.c[field.name].type
        slot = next(slot for slot in free if isinstance(kind, type(slot[1])))  # an Enum is a String
        free.remove(slot)
        found.append((slot[0], kind.enum_class if isinstance(kind, sa.Enum) else None))
    return found


LAYOUT = {name: (shape, _slots(fact.__table__, shape)) for name, (fact, shape) in TABLES.items()}


@cache
def _connected(form: Form) -> sa.Select[Any]:
    """These items, those that carry their duty on, and those that it came from, in turn."""
    link = aliased(items.Link)
    reached = sa.select(items.Item.id).where(items.Item.id.in_(KEYS)).cte("reached", recursive=True)
    other = sa.case((link.item_id == reached.c.id, link.target_id), else_=link.item_id)
    step = (
        sa.select(other)
        .join(reached, sa.or_(link.item_id == reached.c.id, link.target_id == reached.c.id))
        .where(at(link, bound(form)))
    )
    return sa.select(reached.union(step).c.id)


@cache
def _everything(form: Form) -> sa.CompoundSelect[Any]:
    """All facts of some items, whatever their table, in one statement. The keys are given, not selected: a planner that
    cannot see how few they are scans every table."""
    event, arms = Event.__table__, []
    for name, (fact, shape) in TABLES.items():
        table = fact.__table__
        owner = table.c[OWNER.get(name, "item_id")]
        columns: list[sa.ColumnElement[Any]] = [sa.cast(sa.null(), slot) for slot in SLOTS]
        for (slot, _), field in zip(
            LAYOUT[name][1], dataclasses.fields(shape)[ENVELOPE:], strict=True
        ):
            columns[slot] = sa.type_coerce(table.c[field.name], SLOTS[slot])
        heard = (
            table.c.heard_on if "heard_on" in table.c else sa.cast(sa.null(), sa.Date())
        )  # a fact may say itself when it was heard
        envelope = (
            table.c.id,
            event.c.id,
            event.c.actor_id,
            event.c.effective_on,
            event.c.recorded_at,
            event.c.day_known,
            event.c.imported,
            heard,
        )
        arms.append(
            sa.select(sa.literal_column(f"'{name}'"), owner, *envelope, *columns)
            .join_from(table, event, event.c.id == table.c.recorded_by)
            .where(owner.in_(KEYS), at(fact, bound(form)))
        )
    return sa.union_all(*arms)


Surroundings = tuple[BodySettings, Mapping[int, Clock], frozenset[str]]
"""A body's settings, the clocks of its conventions, and its own kinds that need follow-through."""


def load(
    session: Session,
    body_id: int,
    item_ids: Iterable[int],
    as_of: AsOf,
    surroundings: Surroundings | None = None,
) -> dict[int, shapes.Facts]:
    """The facts of these items, and of the items that carry their duty on."""
    keys = list(
        session.connection().scalars(_connected(form(as_of)), given(as_of, keys=list(item_ids)))
    )
    rows = session.connection().execute(_everything(form(as_of)), given(as_of, keys=keys)).all()
    said, clocks, kinds = surroundings or _surroundings(session, body_id, as_of)
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: {name: [] for name in TABLES})
    for name, owner, key, event, actor, on, recorded_at, day_known, imported, heard, *slots in rows:
        shape, layout = LAYOUT[name]
        values = [
            slots[n] if codes is None or slots[n] is None else codes(slots[n])
            for n, codes in layout
        ]
        heard_on = (
            on
            if as_of.happened
            else heard or (on if imported else recorded_at.astimezone(said.zone).date())
        )
        found[owner][name].append(
            shape(key, event, actor, on, heard_on, day_known, imported, *values)
        )
    facts = {}
    for key, tables in found.items():
        if own := tables.pop("item"):
            known: dict[str, Any] = {
                name: tuple(sorted(rows, key=attrgetter("id"))) for name, rows in tables.items()
            }
            facts[key] = shapes.Facts(
                as_of.on,
                clocks[own[0].convention_id],
                said.silence_days,
                said.leads_release,
                own[0],
                added_kinds=kinds,
                **known,
            )
    return facts


def _surroundings(session: Session, body_id: int, as_of: AsOf) -> Surroundings:
    said = settings(session, body_id, as_of)
    kinds = session.connection().scalars(_added_kinds(form(as_of)), given(as_of, body=body_id))
    return said, clocks_of(session, body_id, as_of, said.zone), frozenset(kinds)


@cache
def _settings(form: Form) -> Any:
    fact = bodies.BodySetting
    recorded = bound(
        (form[0], False)
    )  # a zone is needed on any day that may be asked for: what had happened is sorted out below
    counts = sa.or_(
        sa.and_(fact.name.in_(OF_TODAY), at(fact, NOW)),
        sa.and_(fact.name.not_in(OF_TODAY), at(fact, recorded)),
    )
    return (
        sa.select(fact.name, fact.value, Event.effective_on)
        .join(Event, Event.id == fact.recorded_by)
        .where(fact.body_id == sa.bindparam("body"), counts)
        .order_by(fact.recorded_by, fact.id)
    )


def settings(session: Session, body_id: int, as_of: AsOf) -> BodySettings:
    """The body's settings on a day; its name, zone and currency are those of its founding before any later day. Who may read, and
    whether people are named, is what holds today."""
    rows = session.connection().execute(_settings(form(as_of)), given(as_of, body=body_id)).all()
    always = ("name", "time_zone", "currency", *OF_TODAY)
    return read_settings(
        {
            name: value
            for name, value, on in rows
            if name in always or not as_of.happened or on <= as_of.on
        }
    )


def zone_of(session: Session, body_id: int) -> ZoneInfo:
    """The body's zone now."""
    return settings(session, body_id, AsOf(date.max)).zone


@cache
def _added_kinds(form: Form) -> Any:
    fact = bodies.AddedKind
    return sa.select(fact.code).where(
        fact.body_id == sa.bindparam("body"), fact.follows_through, at(fact, bound(form))
    )


@cache
def _dates(form: Form) -> Any:
    """Of each convention the dates as they became known, when a closing first did (be it corrected since), and from when it is kept."""
    own, dates, kept, first = (
        conventions.Convention,
        conventions.ConventionDates,
        conventions.FollowThrough,
        aliased(conventions.ConventionDates),
    )
    as_of = bound(form)
    dated = (
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
            dated,
            kept.kept_from,
        )
        .select_from(own)
        .outerjoin(dates, sa.and_(dates.convention_id == own.id, at(dates, as_of)))
        .outerjoin(kept, sa.and_(kept.convention_id == own.id, at(kept, as_of)))
        .where(own.body_id == sa.bindparam("body"), at(own, as_of))
        .order_by(dates.recorded_by, kept.recorded_by)
    )


def clocks_of(session: Session, body_id: int, as_of: AsOf, zone: ZoneInfo) -> dict[int, Clock]:
    rows = session.connection().execute(_dates(form(as_of)), given(as_of, body=body_id))
    known = {
        key: Convention(
            key,
            bool(special),
            year,
            opens_on,
            closes_on,
            dated_at and dated_at.astimezone(zone).date(),
            kept_from,
        )
        for key, special, year, opens_on, closes_on, dated_at, kept_from in rows
    }
    return {key: clock(own, known.values()) for key, own in known.items()}
