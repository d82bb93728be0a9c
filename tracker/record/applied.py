"""The facts of an item after an act, made of those that its rule was asked about and of what it
wrote: they need not be loaded again.

Where that is not sure to be the same (links, clauses, the item itself), nothing is given, and they
are loaded.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from tracker.rules import facts as shapes
from tracker.rules.item_facts import Facts

from . import items, money, outcomes, outside_requests, progress
from .fact_selects import WITH_WORDS, is_text
from .ledger import Act
from .ledger_tables import Event, FactTable

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
    outside_requests.OutsideRequestSubject: (shapes.OutsideSubjectFact, "outside_subjects"),
    outcomes.Outcome: (shapes.OutcomeFact, "outcomes"),
    money.Estimate: (shapes.EstimateFact, "estimates"),
    money.Appropriation: (shapes.AppropriationFact, "appropriations"),
    money.Expense: (shapes.ExpenseFact, "expenses"),
}
# The field of `Facts` that holds the rows of a table.
FIELD_OF = {table.__tablename__: field for table, (_shape, field) in PLACES.items()}
# `Facts` has these with words alone.
LEFT_OUT = frozenset(table.__tablename__ for table in WITH_WORDS.values())
ENDABLE = frozenset({items.Assignment.__tablename__})
# Without what was sent back, expenses would count again: then the facts are loaded.
NEVER_TAKEN_BACK = frozenset({progress.SentBack.__tablename__})
# The fields that also hold what is over, by the fields that hold what counts.
EVER = {"entries": "entries_ever", "claims": "claims_ever", "assignments": "assignments_ever"}

FactsByField = dict[str, dict[int, Any]]  # of a field of `Facts`, its facts by their keys


def applied(act: Act, event: Event) -> dict[int, Facts] | None:
    """The facts of the event's item after the act, and those of the items that links join with it.

    They are as `loader.load` would give them without words. None: it is not sure that they would
    be; load them.
    """
    before = act.facts.get(event.subject_id)
    if before is None or not _is_sure(act, event.subject_id):
        return None
    fields: FactsByField = {
        field: {fact.id: fact for fact in getattr(before, field)}
        for field in (*FIELD_OF.values(), *EVER.values())
    }
    _add(act, event, before, fields)
    _take_back(act, fields)
    _end(act, event, fields)
    standing = shapes.standing_entries(fields["entries"].values(), fields["sent_back"].values())
    in_order: dict[str, Any] = {
        field: tuple(facts[key] for key in sorted(facts)) for field, facts in fields.items()
    }
    in_order["expenses"] = shapes.of_standing_entries(in_order["expenses"], standing)
    released_now = [
        row.entry_id
        for row in act.added
        if isinstance(row, progress.Release) and row.entry_id is not None
    ]
    after = dataclasses.replace(
        before, released_ever=before.released_ever.union(released_now), **in_order
    )
    return {**act.facts, event.subject_id: after}


def _is_sure(act: Act, item_id: int) -> bool:
    """Whether all that the act wrote, ended or took back is of the item, and of a known kind."""
    known = FIELD_OF.keys() | LEFT_OUT
    ended = act.payload.over["ended_by"].keys()
    taken_back = act.payload.over["retracted_by"].keys()
    return (
        act.payload.wrote.keys() <= known
        and ended <= ENDABLE | LEFT_OUT
        and taken_back <= known - NEVER_TAKEN_BACK
        and all(getattr(fact, "item_id", None) == item_id for fact in act.added)
    )


def _add(act: Act, event: Event, before: Facts, fields: FactsByField) -> None:
    for row in act.added:
        if type(row) not in PLACES:
            continue
        shape, field = PLACES[type(row)]
        fact = _as_fact(row, shape, event, before)
        fields[field][fact.id] = fact
        if field in EVER:
            fields[EVER[field]][fact.id] = fact


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


def _as_fact(row: FactTable, shape: type[shapes.Fact], event: Event, before: Facts) -> shapes.Fact:
    """The dataclass of a row that the act has just written."""
    names = _copied(type(row), shape)  # type: ignore[arg-type]  # a class can be hashed
    own = {name: getattr(row, name) for name in names}
    heard_on = getattr(row, "heard_on", None)
    if heard_on is None:
        heard_on = event.effective_on if event.imported else before.today
    return shape(
        id=row.id,
        event=event.id,
        actor=event.actor_id,
        on=event.effective_on,
        heard_on=heard_on,
        day_known=event.day_known,
        imported=event.imported,
        recorded_at=event.recorded_at,
        **own,
    )


def _take_back(act: Act, fields: FactsByField) -> None:
    for table, keys in act.payload.over["retracted_by"].items():
        if table in LEFT_OUT:
            continue
        field = FIELD_OF[table]
        for key in keys:
            fields[field].pop(key, None)
            if field == "assignments":
                fields["assignments_ever"].pop(key, None)
            elif field in EVER:
                _mark(fields[EVER[field]], key, retracted=True)


def _end(act: Act, event: Event, fields: FactsByField) -> None:
    for key in act.payload.over["ended_by"].get(items.Assignment.__tablename__, ()):
        fields["assignments"].pop(key, None)
        _mark(fields["assignments_ever"], key, ended_on=event.effective_on)


def _mark(facts: dict[int, Any], key: int, **values: Any) -> None:
    if key in facts:
        facts[key] = dataclasses.replace(facts[key], **values)
