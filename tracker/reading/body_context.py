"""What surrounds an item: its body and settings, the conventions, names of units and people.

What of it is shown to whom is said by `item`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import bodies, conventions, people
from tracker.record.as_of import NOW, AsOf, at, up_to_edition
from tracker.record.as_of_parameters import Bounds, as_of_with_parameters, bounds_of, parameters
from tracker.record.ledger_tables import CHAIN, Event, Head, Text
from tracker.record.prepared import AnySelect, Prepared
from tracker.record.rosters import roster_names
from tracker.record.surroundings import clocks_of, settings
from tracker.rules.item_code import PREFIX
from tracker.rules.rosters import NamesInForce
from tracker.rules.settings import BodySettings
from tracker.rules.terms import Clock

from .audience import Audience
from .models import BodyDetails, ConventionDetails
from .publications import PublicationState, visibility_of
from .revision_cache import RevisionCache


@dataclass(frozen=True, kw_only=True)
class BodyContext:
    """Of one body, as of a day."""

    body: BodyDetails
    settings: BodySettings
    conventions: Mapping[int, ConventionDetails]
    clocks: Mapping[int, Clock]  # of the conventions
    unit_names: NamesInForce
    delegation_names: NamesInForce
    prefixes: Mapping[str, str]  # of all kinds, those that the body added among them
    closed_kinds: frozenset[str]  # those of the body's own kinds that no form offers
    added_kinds: frozenset[str]  # those of the body's own kinds that need follow-through
    people: Mapping[int, str]  # names; empty where none are shown
    unit_of_person: Mapping[int, int]
    record_began: date
    head: int  # the newest event of the body's chain: its revision
    head_hash: str  # of that event: it stands for all that the chain says
    # Columns of lists, by convention and heading; judged by today, whatever day is asked for.
    open_columns: frozenset[tuple[int, str]]
    # Of every convention, also of one that was not yet recorded; of today as well.
    publications: Mapping[int, PublicationState]

    def readable_keys(self, audience: Audience) -> frozenset[int]:
        """The conventions that the audience may read, recorded by then or not."""
        return frozenset(
            key
            for key, publication in self.publications.items()
            if audience.reads(key, publication.visibility)
        )

    def readable_by(self, audience: Audience, besides: Collection[int] = ()) -> BodyContext:
        """The same with the conventions that the audience may read, and those of `besides`."""
        readable = self.readable_keys(audience).union(besides)
        if readable.issuperset(self.conventions):
            return self
        conventions = {key: self.conventions[key] for key in self.conventions if key in readable}
        return replace(self, conventions=conventions)

    @property
    def units(self) -> Mapping[int, str]:
        """The names that pages show, by key."""
        return self.unit_names.shown

    @property
    def offered_kinds(self) -> tuple[str, ...]:
        """The codes of the kinds that forms offer."""
        return tuple(kind for kind in self.prefixes if kind not in self.closed_kinds)

    @property
    def delegations(self) -> Mapping[int, str]:
        """As `units`."""
        return self.delegation_names.shown


BODY = sa.bindparam("body", type_=sa.BigInteger)


@cache
def _body() -> Prepared:
    first = (
        sa.select(Event.recorded_at)
        .where(Event.id > BODY * CHAIN, Event.id < (BODY + 1) * CHAIN)
        .order_by(Event.id)
        .limit(1)  # times rise
        .scalar_subquery()
    )
    return Prepared(
        sa.select(
            bodies.Body.slug,
            Head.event_id,
            Head.hash,
            sa.type_coerce(first, Event.__table__.c.recorded_at.type),
        )
        .join(Head, Head.chain == bodies.Body.id)
        .where(bodies.Body.id == BODY)
    )


@cache
def _conventions(bounds: Bounds) -> AnySelect:
    """With every name and every set of dates that counts.

    In the order of recording: the last read wins.
    """
    as_of = as_of_with_parameters(bounds)
    convention = conventions.Convention
    name = conventions.ConventionName
    dates = conventions.ConventionDates
    return (
        sa.select(
            convention.id,
            convention.slug,
            name.name,
            name.place,
            dates.special,
            dates.year,
            dates.opens_on,
            dates.closes_on,
            dates.published_items,
        )
        .select_from(convention)
        .outerjoin(name, sa.and_(name.convention_id == convention.id, at(name, as_of)))
        .outerjoin(dates, sa.and_(dates.convention_id == convention.id, at(dates, as_of)))
        .where(convention.body_id == BODY, at(convention, as_of))
        .order_by(convention.id, name.recorded_by, dates.recorded_by)
    )


@cache
def _names(bounds: Bounds) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Names of several sorts: sort, key, name, prefix, whether it needs follow-through, unit."""
    as_of = as_of_with_parameters(bounds)
    no_text = sa.cast(sa.null(), sa.String())
    no_answer = sa.cast(sa.null(), sa.Boolean())
    no_key = sa.cast(sa.null(), sa.BigInteger())
    added_kind = bodies.AddedKind
    person, convention, column = people.Person, conventions.Convention, conventions.OpenedColumn
    added_kinds = sa.select(
        sa.literal_column("'kind'", sa.Text),
        added_kind.id,
        sa.cast(added_kind.code, sa.Text),
        added_kind.prefix,
        added_kind.follows_through,
        no_key,
    ).where(added_kind.body_id == BODY, at(added_kind, as_of))
    closing = bodies.AddedKindClosing
    closed_kinds = (
        sa.select(
            sa.literal_column("'closed kind'", sa.Text),
            added_kind.id,
            sa.cast(added_kind.code, sa.Text),
            no_text,
            no_answer,
            no_key,
        )
        .join(closing, closing.added_kind_id == added_kind.id)
        .where(added_kind.body_id == BODY, at(closing, as_of))
    )
    # Whoever acted is named, be the person known by then or not.
    persons = (
        sa.select(
            sa.literal_column("'person'", sa.Text),
            person.id,
            Text.words,
            no_text,
            no_answer,
            person.unit_id,
        )
        .select_from(person)
        .outerjoin(people.PersonName, people.IS_RENAMED)
        .outerjoin(Text, Text.digest == people.NAME_OF_TODAY)
        .where(person.body_id == BODY)
    )
    # Of today, whatever day is asked for; an edition shows none that was opened after it.
    open_columns = (
        sa.select(
            sa.literal_column("'column'", sa.Text),
            column.convention_id,
            sa.cast(column.heading, sa.Text),
            no_text,
            no_answer,
            no_key,
        )
        .join(convention, convention.id == column.convention_id)
        .where(
            convention.body_id == BODY, at(column, NOW), up_to_edition(column.recorded_by, as_of)
        )
    )
    return sa.union_all(added_kinds, closed_kinds, persons, open_columns)


def body_details(body_id: int, slug: str, body_settings: BodySettings) -> BodyDetails:
    return BodyDetails(
        id=body_id,
        slug=slug,
        name=body_settings.name or slug,
        zone=str(body_settings.zone),
        currency=body_settings.currency,
        open=body_settings.open,
        show_names=body_settings.show_names,
        made_up=body_settings.made_up,
        silence_days=body_settings.silence_days,
        variance_percent=body_settings.variance_percent,
        mark=body_settings.mark,
    )


_cache: RevisionCache[BodyContext] = RevisionCache()
"""Contexts without names of people: a name may be erased by an event of another chain."""


def load_body_context(
    session: Session, body_id: int, as_of: AsOf, names: bool = False
) -> BodyContext:
    """Seven statements; one while the body's chain ends as it did when it was last asked for.

    `names`: people are named, whatever the body's setting.
    """
    (row,) = _body().rows(session.connection(), {"body": body_id})
    slug, head, head_hash, began = row
    revision = (body_id, head_hash, as_of)
    if not names:
        context = _cache.get(revision)
        if context is not None:
            return context
    context = _load(
        session, body_id, as_of, names=names, slug=slug, head=head, head_hash=head_hash, began=began
    )
    if not context.people:
        _cache.put(context, revision)
    return context


def context_as_of(session: Session, body_context: BodyContext, as_of: AsOf) -> BodyContext:
    """The same body as of another day, at the same end of its chain; without names of people.

    No statement, where it was asked for before.
    """
    body_id, revision = body_context.body.id, (body_context.body.id, body_context.head_hash, as_of)
    context = _cache.get(revision)
    if context is None:
        context = load_body_context(session, body_id, as_of)
    return context


def _load(
    session: Session,
    body_id: int,
    as_of: AsOf,
    *,
    names: bool,
    slug: str,
    head: int,
    head_hash: str,
    began: datetime | None,
) -> BodyContext:
    body_settings = settings(session, body_id, as_of)
    clocks = clocks_of(session, body_id, as_of, body_settings.zone)
    body = body_details(body_id, slug, body_settings)
    publications = visibility_of(session, body_id)
    convention_details = _load_conventions(session, body, clocks, publications, as_of)
    rosters = roster_names(session, body_id, as_of)
    prefixes = {kind.value: prefix for kind, prefix in PREFIX.items()}
    added_kinds: set[str] = set()
    closed_kinds: set[str] = set()
    person_names: dict[int, str] = {}
    unit_of_person: dict[int, int] = {}
    open_columns: set[tuple[int, str]] = set()
    for sort, key, name, prefix, follows_through, unit_id in session.connection().execute(
        _names(bounds_of(as_of)), parameters(as_of, body=body_id)
    ):
        match sort:
            case "person":
                if name:
                    person_names[key] = name
                if unit_id:
                    unit_of_person[key] = unit_id
            case "column":
                open_columns.add((key, name))
            case "closed kind":
                closed_kinds.add(name)
            case "kind":
                prefixes[name] = prefix
                if follows_through:
                    added_kinds.add(name)
    return BodyContext(
        body=body,
        settings=body_settings,
        conventions=convention_details,
        clocks=clocks,
        unit_names=rosters.units,
        delegation_names=rosters.delegations,
        prefixes=prefixes,
        added_kinds=frozenset(added_kinds),
        closed_kinds=frozenset(closed_kinds),
        people=person_names if names or body_settings.show_names else {},
        unit_of_person=unit_of_person,
        record_began=began.astimezone(body_settings.zone).date() if began else as_of.on,
        head=head,
        head_hash=head_hash,
        open_columns=frozenset(open_columns),
        publications=publications,
    )


def _load_conventions(
    session: Session,
    body: BodyDetails,
    clocks: Mapping[int, Clock],
    publications: Mapping[int, PublicationState],
    as_of: AsOf,
) -> dict[int, ConventionDetails]:
    rows = session.connection().execute(
        _conventions(bounds_of(as_of)), parameters(as_of, body=body.id)
    )
    convention_details = {}
    for row in rows:
        clock = clocks[row.id]
        convention_details[row.id] = ConventionDetails(
            id=row.id,
            body=body,
            slug=row.slug,
            name=row.name or row.slug,
            place=row.place,
            year=row.year,
            special=bool(row.special),
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            kept_from=clock.kept_from,
            kept=clock.kept_from is not None and clock.kept_from <= as_of.on,
            term_ends_on=clock.term_ends_on,
            published_items=row.published_items,
            publication=publications[row.id],
        )
    return convention_details
