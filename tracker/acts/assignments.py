"""Who has the lead, and who contributes: a unit, perhaps with a person in it."""

from __future__ import annotations

from datetime import date

from tracker.record.items import Assignment, Item
from tracker.record.ledger import Act
from tracker.rules import refusals
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Part
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import Permission, require_in_unit
from tracker.rules.refusals import Refusal

from .act_context import ActContext
from .corrections import recording


def assign(
    context: ActContext,
    item: Item,
    part: Part,
    unit_id: int,
    person_id: int | None = None,
    clause_id: int | None = None,
    on: date | None = None,
    corrects: Assignment | None = None,
) -> None:
    """No lead is ended: the one with the latest day counts, so one that is back-dated displaces no
    later one.

    A manager assigns only units of their own, and takes no lead from another.
    """
    with recording(context, "assigned", item, on, corrects=corrects) as act:
        facts = context.facts(item)
        context.require(Permission.ASSIGN, facts)
        context.need_open_unit(unit_id)
        unit_ids = {unit_id}
        if part is Part.LEAD:
            unit_ids |= _leading_units(facts, clause_id)
        require_in_unit(context.actor, Permission.ASSIGN, unit_ids)
        same_part = [
            assignment
            for assignment in facts.assignments
            if assignment.part is part and assignment.clause_id == clause_id
        ]
        refusals.need_unchanged(context.seen, same_part)
        write_assignment(act, item, part, unit_id, person_id, clause_id)


def write_assignment(
    act: Act,
    item: Item,
    part: Part,
    unit_id: int,
    person_id: int | None,
    clause_id: int | None = None,
) -> None:
    """The fact alone: permission and rule were asked by the caller."""
    act.add(
        Assignment(
            item_id=item.id,
            clause_id=clause_id,
            part=part,
            unit_id=unit_id,
            person_id=person_id,
        )
    )


def unassign(
    context: ActContext,
    item: Item,
    part: Part,
    clause_id: int | None = None,
    on: date | None = None,
    contributor_id: int | None = None,
) -> None:
    """Nobody has that part any more.

    :param contributor_id: the assignment of the one contributor who has it no more; the others stay
    """
    with context.record("unassigned", item, on) as act:
        facts = context.facts(item)
        held = [
            assignment
            for assignment in facts.assignments
            if assignment.part is part
            and assignment.clause_id == clause_id
            and contributor_id in (None, assignment.id)
        ]
        context.require(Permission.ASSIGN, facts)
        require_in_unit(
            context.actor, Permission.ASSIGN, {assignment.unit_id for assignment in held}
        )
        refusals.need_unchanged(context.seen, held)
        refusals.need(held, Refusal.NOT_THERE)
        act.end(Assignment, *(assignment.id for assignment in held))


def _leading_units(facts: Facts, clause_id: int | None) -> set[int]:
    """The units that lead it now: a manager takes no lead away from another unit."""
    states = clause_states(facts, {facts.item.id: facts})  # links move no lead
    return {
        state.lead.unit_id
        for state in states
        if state.lead and clause_id in (None, state.clause.id)
    }
