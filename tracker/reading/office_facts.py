"""The facts on the office's page of an item, with who recorded each and the names of what it names
by key; those that were taken back among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import OfItem
from tracker.record.ledger_tables import Event
from tracker.record.taken_back import taken_back
from tracker.rules import facts as shapes
from tracker.rules.facts import Fact

from .item_context import ItemContext
from .models import ItemRef
from .naming import namings, references

SHAPES: dict[str, type[Fact]] = {
    "floor": shapes.FloorActionFact,
    "decisions": shapes.ReferralDecisionFact,
    "versions": shapes.VersionFact,
    "floor_people": shapes.FloorPersonFact,
    "recommendations": shapes.RecommendationFact,
    "due_dates": shapes.DueDateFact,
    "assignments": shapes.AssignmentFact,
    "estimates": shapes.EstimateFact,
    "appropriations": shapes.AppropriationFact,
    "links": shapes.LinkFact,
}
"""The kinds of facts that are corrected: names of fields of `Facts`."""


@dataclass(frozen=True)
class RecordedBy:
    person: str | None  # None: the command, or somebody whose name was erased
    on: date
    imported: bool


@dataclass(frozen=True, kw_only=True)
class RecordedFact:
    """A fact, and the names of what it names."""

    fact: Fact
    by: RecordedBy
    clause: int | None = None  # its number
    unit: str | None = None
    person: str | None = None
    delegation: str | None = None
    other: ItemRef | None = None  # the item to which a link leads


@dataclass(frozen=True, kw_only=True)
class TakenBackFact:
    recorded: RecordedFact
    event: int  # that took it back
    by: RecordedBy
    is_corrected: bool  # something took its place


def recorded_facts(item: ItemContext) -> dict[tuple[str, int], RecordedFact]:
    """By kind and key."""
    refs = {key: identity.ref for key, identity in item.identities.items()}
    return {
        (kind, fact.id): _named(item, fact, refs)
        for kind in SHAPES
        for fact in (item.facts.every_link if kind == "links" else getattr(item.facts, kind))
    }


def taken_back_facts(session: Session, item: ItemContext) -> tuple[TakenBackFact, ...]:
    """The newest first."""
    found = taken_back(session, item.id, SHAPES.values())
    linked = {taken.fact.target_id for taken in found if isinstance(taken.fact, shapes.LinkFact)}
    refs = _references(session, item, linked)
    return tuple(
        TakenBackFact(
            recorded=_named(item, taken.fact, refs),
            event=taken.over.id,
            by=_by_event(item, taken.over),
            is_corrected=taken.over.kind != "taken_back",
        )
        for taken in found
    )


def _references(session: Session, item: ItemContext, keys: Iterable[int]) -> dict[int, ItemRef]:
    wanted = set(keys)
    if not wanted:
        return {}
    names = namings(session, item.body_context, wanted, item.as_of)
    return dict(references(session, item.body_context, names, item.as_of))


def _named(item: ItemContext, fact: Fact, refs: Mapping[int, ItemRef]) -> RecordedFact:
    if isinstance(fact, shapes.FloorPersonFact):
        fact = replace(fact, name=item.name_on_floor(fact))
    delegation_id = getattr(fact, "delegation_id", None)
    delegations = item.body_context.delegation_names.shown
    return RecordedFact(
        fact=fact,
        by=RecordedBy(item.person(fact.actor), item.day(fact.recorded_at), fact.imported),
        clause=item.clause_number(getattr(fact, "clause_id", None)),
        unit=item.unit(getattr(fact, "unit_id", None)),
        person=item.person(getattr(fact, "person_id", None)),
        delegation=delegations.get(delegation_id) if delegation_id else None,
        other=refs.get(fact.target_id) if isinstance(fact, shapes.LinkFact) else None,
    )


def _by_event(item: ItemContext, event: Event) -> RecordedBy:
    return RecordedBy(
        item.person(event.actor_id), item.day(event.recorded_at), imported=event.imported
    )


def fact_in_force(session: Session, table: type[OfItem], item_id: int, fact_id: int) -> int | None:
    """The key of a fact of the item, or of the one that took its place; None: it was taken back.

    Raises `LookupError` where the item never had such a fact.
    """
    row = session.get(table, fact_id)
    if row is None or row.item_id != item_id:
        raise LookupError(fact_id)
    while row.retracted_by is not None:
        instead = session.scalars(
            sa.select(table).where(table.item_id == item_id, table.recorded_by == row.retracted_by)
        ).all()
        if len(instead) != 1:
            return None
        [row] = instead
    return row.id
