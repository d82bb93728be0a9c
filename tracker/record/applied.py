"""The facts of an item after an act, made of those that its rule was asked about and of what it
wrote: they need not be loaded again.

Where that is not sure to be the same (links, clauses, the item itself), nothing is given, and they
are loaded.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any

from tracker.rules import facts as shapes
from tracker.rules.facts import Facts

from . import items, money, outcomes, progress
from .ledger import Act
from .ledger_tables import Event, FactTable
from .loader import WITH_WORDS, is_text

PLACES: dict[type[FactTable], tuple[type[shapes.Fact], str]] = {
    items.Designation: (shapes.DesignationFact, "designations"),
    items.DueDate: (shapes.DueDateFact, "due_dates"),
    items.FloorAction: (shapes.FloorActionFact, "floor"),
    items.ReferralDecision: (shapes.ReferralDecisionFact, "decisions"),
    items.Assignment: (shapes.AssignmentFact, "assignments"),
    progress.Entry: (shapes.EntryFact, "entries"),
    progress.Claim: (shapes.ClaimFact, "claims"),
    progress.Release: (shapes.ReleaseFact, "releases"),
    progress.SentBack: (shapes.SentBackFact, "sent_back"),
    progress.Review: (shapes.ReviewFact, "reviews"),
    outcomes.Outcome: (shapes.OutcomeFact, "outcomes"),
    money.Estimate: (shapes.EstimateFact, "estimates"),
    money.Appropriation: (shapes.AppropriationFact, "appropriations"),
    money.Expense: (shapes.ExpenseFact, "expenses"),
}
BY_TABLE = {kind.__tablename__: place for kind, (_shape, place) in PLACES.items()}
# `Facts` has them with words alone
LEFT_OUT = frozenset(kind.__tablename__ for kind in WITH_WORDS.values())
ENDABLE = frozenset({items.Assignment.__tablename__})
FOR_GOOD = frozenset({progress.SentBack.__tablename__})  # without it, expenses would count again
EVER = {"entries": "entries_ever", "claims": "claims_ever", "assignments": "assignments_ever"}
Tables = dict[str, dict[int, Any]]  # of a field of `Facts`, its facts by their keys


def applied(act: Act, event: Event) -> dict[int, Facts] | None:
    """As `load` would give them without words, with those of the items that links join with it;
    None: load them.
    """
    before = act.facts.get(event.subject_id)
    if before is None or not _is_sure(act, event.subject_id):
        return None
    tables: Tables = {
        name: {fact.id: fact for fact in getattr(before, name)}
        for name in (*BY_TABLE.values(), *EVER.values())
    }
    released_ever = set(before.released_ever)
    for fact in act.added:
        if type(fact) not in PLACES:
            continue
        shape, place = PLACES[type(fact)]
        made = _made(fact, shape, event, before)
        tables[place][fact.id] = made
        if place in EVER:
            tables[EVER[place]][fact.id] = made
        if isinstance(made, shapes.ReleaseFact) and made.entry_id is not None:
            released_ever.add(made.entry_id)
    _take_back(act, tables)
    _end(act, event, tables)
    standing = shapes.standing_entries(tables["entries"].values(), tables["sent_back"].values())
    tables["expenses"] = {
        key: expense
        for key, expense in tables["expenses"].items()
        if expense.entry_id is None or expense.entry_id in standing
    }
    in_order: Mapping[str, Any] = {
        name: tuple(facts[key] for key in sorted(facts)) for name, facts in tables.items()
    }
    after = dataclasses.replace(before, released_ever=frozenset(released_ever), **in_order)
    return {**act.facts, event.subject_id: after}


def _is_sure(act: Act, item_id: int) -> bool:
    known = BY_TABLE.keys() | LEFT_OUT
    ended, taken_back = (act.payload.over[name].keys() for name in ("ended_by", "retracted_by"))
    return (
        act.payload.wrote.keys() <= known
        and ended <= ENDABLE | LEFT_OUT
        and taken_back <= known - FOR_GOOD
        and all(getattr(fact, "item_id", None) == item_id for fact in act.added)
    )


@cache
def _copied(kind: type[FactTable], shape: type[shapes.Fact]) -> tuple[str, ...]:
    """The fields that a shape takes over from its row; free text is left out."""
    columns = kind.__table__.c
    envelope = {field.name for field in dataclasses.fields(shapes.Fact)}
    return tuple(
        field.name
        for field in dataclasses.fields(shape)
        if field.name not in envelope and field.name in columns and not is_text(columns[field.name])
    )


def _made(fact: FactTable, shape: type[shapes.Fact], event: Event, before: Facts) -> shapes.Fact:
    says = getattr(fact, "heard_on", None)
    own = {name: getattr(fact, name) for name in _copied(type(fact), shape)}  # type: ignore[arg-type]  # a class can be hashed
    return shape(
        id=fact.id,
        event=event.id,
        actor=event.actor_id,
        on=event.effective_on,
        heard_on=says or (event.effective_on if event.imported else before.today),
        day_known=event.day_known,
        imported=event.imported,
        recorded_at=event.recorded_at,
        **own,
    )


def _take_back(act: Act, tables: Tables) -> None:
    for table, keys in act.payload.over["retracted_by"].items():
        if table in LEFT_OUT:
            continue
        place = BY_TABLE[table]
        for key in keys:
            tables[place].pop(key, None)
            if place == "assignments":
                tables["assignments_ever"].pop(key, None)
            elif place in EVER and key in tables[EVER[place]]:
                ever = tables[EVER[place]]
                ever[key] = dataclasses.replace(ever[key], retracted=True)


def _end(act: Act, event: Event, tables: Tables) -> None:
    for key in act.payload.over["ended_by"].get(items.Assignment.__tablename__, ()):
        tables["assignments"].pop(key, None)
        ever = tables["assignments_ever"]
        if key in ever:
            ever[key] = dataclasses.replace(ever[key], ended_on=event.effective_on)
