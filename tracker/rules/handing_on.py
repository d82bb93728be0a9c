"""What goes to somebody else when a person leaves: the parts that they have in what is open."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from . import refusals
from .clause_standing import OPEN
from .codes import Part, Standing
from .facts import AssignmentFact
from .item_facts import Facts
from .item_standing import item_standing
from .refusals import Refusal

MAY_GO_ON = (*OPEN, Standing.LAPSED, Standing.NOT_DECIDED, Standing.DECISION_NOT_KNOWN)
"""What is closed stays with whoever led it."""


@dataclass(frozen=True, kw_only=True)
class HeldPart:
    """A part that a person has in an item, or in one clause of it."""

    assignment: AssignmentFact
    part: Part
    clause_id: int | None  # None: the whole item


def held_parts(facts: Facts, every: Mapping[int, Facts], person_id: int) -> tuple[HeldPart, ...]:
    """What the person leads of an item that is open, and where they contribute to one.

    A lead of the whole item that holds of some clauses only goes on for those alone: the others
    are led by somebody else. What is closed stays with whoever led it.

    :param every: facts by item, of this one and of all items that links join with it
    """
    standings = item_standing(facts, every).clauses
    open_clauses = [clause.state for clause in standings if clause.code in MAY_GO_ON]
    if not open_clauses:
        return ()
    led = [
        (state.lead, state.clause.id)
        for state in open_clauses
        if isinstance(state.lead, AssignmentFact) and state.lead.person_id == person_id
    ]
    parts = []
    if len(led) == len(standings) and len({lead.id for lead, _clause_id in led}) == 1:
        lead = led[0][0]
        parts.append(HeldPart(assignment=lead, part=Part.LEAD, clause_id=lead.clause_id))
    else:
        parts += [
            HeldPart(assignment=lead, part=Part.LEAD, clause_id=clause_id)
            for lead, clause_id in led
        ]
    parts += [
        HeldPart(assignment=fact, part=Part.CONTRIBUTOR, clause_id=fact.clause_id)
        for fact in facts.assignments
        if fact.part is Part.CONTRIBUTOR and fact.person_id == person_id
    ]
    return tuple(parts)


def hand_on(
    parts: Collection[HeldPart], listed: Collection[int], from_person: int, to: int | None, on: date
) -> None:
    """Whether these parts may go on from a day.

    :param listed: the keys of the assignments that the reader of the form has seen
    :raises Refused: to the same person, nothing to hand on, something else than what was seen, or
        from a day before the person had one of the parts
    """
    refusals.need(to != from_person, Refusal.SAME_PERSON)
    refusals.need({part.assignment.id for part in parts} == set(listed), Refusal.CHANGED_MEANWHILE)
    refusals.need(parts, Refusal.NOT_THERE)
    refusals.need(all(part.assignment.on <= on for part in parts), Refusal.BEFORE_THEY_HAD_IT)
