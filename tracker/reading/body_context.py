"""What surrounds an item: its body and settings, the conventions, the names of units, delegations and people. `item` says what is shown to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import bodies, conventions, people
from tracker.record.as_of import AsOf, at
from tracker.record.ledger_tables import CHAIN, Event, Head, Text
from tracker.record.loader import Form, bound, clocks_of, form, given, settings
from tracker.record.prepared import Prepared
from tracker.rules.item_code import PREFIX
from tracker.rules.settings import BodySettings
from tracker.rules.terms import Clock

from .item_models import BodyDetails, ConventionDetails
from .revision_cache import RevisionCache


@dataclass(frozen=True)
class BodyContext:
    """Of one body, as of a day."""

    body: BodyDetails
    settings: BodySettings
    conventions: Mapping[int, ConventionDetails]
    clocks: Mapping[int, Clock]
    units: Mapping[int, str]
    delegations: Mapping[int, str]
    prefixes: Mapping[str, str]  # of all kinds, those that the body added among them
    added_kinds: frozenset[str]  # those of the body's own kinds that need follow-through
    people: Mapping[int, str]  # names; empty where none are shown
    unit_of_person: Mapping[int, int]
    record_began: date
    head: int  # the newest event of the body's chain: its revision
    head_hash: str  # of that event: it stands for all that the chain says
    open_columns: frozenset[
        tuple[int, str]
    ]  # of lists, by convention and heading; judged by today, whatever the day


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
def _conventions(kind: Form) -> Any:
    """With every name and every set of dates that counts, in the order of recording: the last read wins."""
    own, name, dates, as_of = (
        conventions.Convention,
        conventions.ConventionName,
        conventions.ConventionDates,
        bound(kind),
    )
    return (
        sa.select(
            own.id,
            own.slug,
            name.name,
            name.place,
            dates.special,
            dates.year,
            dates.opens_on,
            dates.closes_on,
            dates.published_items,
        )
        .select_from(own)
        .outerjoin(name, sa.and_(name.convention_id == own.id, at(name, as_of)))
        .outerjoin(dates, sa.and_(dates.convention_id == own.id, at(dates, as_of)))
        .where(own.body_id == BODY, at(own, as_of))
        .order_by(own.id, name.recorded_by, dates.recorded_by)
    )


@cache
def _names(kind: Form) -> Any:
    as_of, no, none, nobody = (
        bound(kind),
        sa.cast(sa.null(), sa.String()),
        sa.cast(sa.null(), sa.Boolean()),
        sa.cast(sa.null(), sa.BigInteger()),
    )
    unit, delegation, added, person = (
        bodies.Unit,
        bodies.Delegation,
        bodies.AddedKind,
        people.Person,
    )
    convention, column = conventions.Convention, conventions.OpenedColumn
    return sa.union_all(
        sa.select(
            sa.literal_column("'unit'"), unit.id, sa.cast(unit.name, sa.Text), no, none, nobody
        ).where(unit.body_id == BODY, at(unit, as_of)),
        sa.select(
            sa.literal_column("'delegation'"),
            delegation.id,
            sa.cast(delegation.name, sa.Text),
            no,
            none,
            nobody,
        ).where(delegation.body_id == BODY, at(delegation, as_of)),
        sa.select(
            sa.literal_column("'kind'"),
            added.id,
            sa.cast(added.code, sa.Text),
            added.prefix,
            added.follows_through,
            nobody,
        ).where(added.body_id == BODY, at(added, as_of)),
        sa.select(sa.literal_column("'person'"), person.id, Text.words, no, none, person.unit_id)
        .outerjoin(Text, Text.digest == person.name)
        .where(person.body_id == BODY),  # whoever acted, be the person known by then or not
        sa.select(
            sa.literal_column("'column'"),
            column.convention_id,
            sa.cast(column.heading, sa.Text),
            no,
            none,
            nobody,
        )
        .join(convention, convention.id == column.convention_id)
        .where(
            convention.body_id == BODY, column.ended_by.is_(None), column.retracted_by.is_(None)
        ),
    )  # of today, whatever the day


def body_details(body_id: int, slug: str, said: BodySettings) -> BodyDetails:
    return BodyDetails(
        body_id,
        slug,
        said.name or slug,
        str(said.zone),
        said.currency,
        said.open,
        said.show_names,
        said.made_up,
        said.silence_days,
        said.variance_percent,
    )


_cache: RevisionCache[BodyContext] = RevisionCache()


def load_body_context(
    session: Session, body_id: int, as_of: AsOf, names: bool = False
) -> BodyContext:
    """Five statements; one while the body's chain ends as it did when it was asked last. `names`: people are named, whatever the body's setting."""
    ((slug, head, hash_, began),) = _body().rows(session.connection(), {"body": body_id})
    revision = (body_id, hash_, as_of)
    if not names and (kept := _cache.get(revision)):
        return kept
    found = _around(session, body_id, as_of, names, (slug, head, hash_, began))
    if not found.people:  # a person's name may be erased by an event of another chain
        _cache.put(found, revision)
    return found


def _around(
    session: Session,
    body_id: int,
    as_of: AsOf,
    names: bool,
    row: tuple[str, int, str, datetime | None],
) -> BodyContext:
    connection, (slug, head, head_hash, began) = session.connection(), row
    said = settings(session, body_id, as_of)
    body = body_details(body_id, slug, said)
    clocks = clocks_of(session, body_id, as_of, said.zone)
    shown: dict[int, ConventionDetails] = {}
    for (
        key,
        own_slug,
        name,
        place,
        special,
        year,
        opens_on,
        closes_on,
        published,
    ) in connection.execute(_conventions(form(as_of)), given(as_of, body=body_id)).all():
        clock = clocks[key]
        kept = clock.kept_from is not None and clock.kept_from <= as_of.on
        shown[key] = ConventionDetails(
            key,
            body,
            own_slug,
            name or own_slug,
            place,
            year,
            bool(special),
            opens_on,
            closes_on,
            clock.kept_from,
            kept,
            clock.term_ends_on,
            published,
        )
    persons: dict[int, tuple[str | None, int | None]] = {}
    open_columns: set[tuple[int, str]] = set()
    units, delegations, prefixes, follow = (
        {},
        {},
        {kind.value: prefix for kind, prefix in PREFIX.items()},
        set(),
    )
    for what, key, name, prefix, follows_through, unit in connection.execute(
        _names(form(as_of)), given(as_of, body=body_id)
    ).all():
        match what:
            case "unit":
                units[key] = name
            case "delegation":
                delegations[key] = name
            case "person":
                persons[key] = (name, unit)
            case "column":
                open_columns.add((key, name))
            case _:
                prefixes[name] = prefix
                follow |= {name} if follows_through else set()
    named = (
        {key: name for key, (name, _) in persons.items() if name}
        if names or said.show_names
        else {}
    )
    unit_of_person = {key: unit for key, (_, unit) in persons.items() if unit}
    return BodyContext(
        body,
        said,
        shown,
        clocks,
        units,
        delegations,
        prefixes,
        frozenset(follow),
        named,
        unit_of_person,
        began.astimezone(said.zone).date() if began else as_of.on,
        head,
        head_hash,
        frozenset(open_columns),
    )
