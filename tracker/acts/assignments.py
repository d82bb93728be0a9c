"""Who has the lead, and who contributes: a unit, perhaps with a person in it."""

from __future__ import annotations

from datetime import date

from tracker.record.items import Assignment, Item
from tracker.record.ledger import Act
from tracker.rules import preconditions
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Part
from tracker.rules.facts import Facts
from tracker.rules.permissions import Permission, require_in_unit

from .act_context import ActContext


def assign(
    context: ActContext,
    item: Item,
    part: Part,
    unit_id: int,
    person_id: int | None = None,
    clause_id: int | None = None,
    on: date | None = None,
) -> None:
    """The newest lead counts, so that a back-dated one need not end a later one.

    A manager assigns inside the unit.
    """
    with context.record("assigned", item, on) as act:
        facts, _ = context.facts(item)
        context.require(Permission.ASSIGN, facts)
        require_in_unit(
            context.actor,
            Permission.ASSIGN,
            {unit_id, *(_leading(facts, clause_id) if part is Part.LEAD else ())},
        )
        preconditions.unchanged(
            context.seen,
            [
                each
                for each in facts.assignments
                if (each.part, each.clause_id) == (part, clause_id)
            ],
        )
        write_assignment(act, item, part, unit_id, person_id, clause_id)


def write_assignment(
    act: Act,
    item: Item,
    part: Part,
    unit_id: int,
    person_id: int | None,
    clause_id: int | None = None,
) -> None:
    act.add(
        Assignment(
            item_id=item.id,
            clause_id=clause_id,
            part=part,
            unit_id=unit_id,
            person_id=person_id,
        )
    )


def release_from(
    context: ActContext,
    item: Item,
    part: Part,
    clause_id: int | None = None,
    on: date | None = None,
) -> None:
    """Nobody has that part any more."""
    with context.record("unassigned", item, on) as act:
        facts, _ = context.facts(item)
        mine = [
            each for each in facts.assignments if each.part is part and each.clause_id == clause_id
        ]
        context.require(Permission.ASSIGN, facts)
        require_in_unit(context.actor, Permission.ASSIGN, {each.unit_id for each in mine})
        act.end(Assignment, *(each.id for each in mine))


def _leading(facts: Facts, clause_id: int | None) -> set[int]:
    """The units that lead it now: a manager takes no lead away from another unit."""
    return {
        state.lead.unit_id
        for state in clause_states(facts, {facts.item.id: facts})
        if state.lead and clause_id in (None, state.clause.id)
    }
