"""Items of one convention with what is filled in of many at once: the floor's action and its day,
who leads, when it is due; and what of it this person may change there. People are named by keys.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.items import Item, on_record
from tracker.record.loader import load
from tracker.rules import permissions
from tracker.rules.codes import Floor
from tracker.rules.facts import AssignmentFact, DueDateFact, FloorActionFact
from tracker.rules.item_code import sort_key
from tracker.rules.item_facts import Facts
from tracker.rules.item_state import ItemState, derive
from tracker.rules.permissions import Actor, Permission
from tracker.rules.rosters import NamesInForce

from .body_context import BodyContext
from .models import ItemRef
from .naming import namings, references


class FillInCell(StrEnum):
    """What is filled in of an item. LEAD is a unit, perhaps with a person in it."""

    ACTION = auto()
    DAY = auto()
    LEAD = auto()
    DUE = auto()


@dataclass(frozen=True, kw_only=True)
class FillInItem:
    """None: not on record."""

    item: ItemRef
    action: FloorActionFact | None  # in force
    unit_id: int | None  # that leads; where nobody does, to which the floor referred it
    person_id: int | None
    has_lead: bool
    due_on: date | None  # in force
    missing: frozenset[FillInCell]
    may_assign: bool  # it is shown to this person
    may_change: frozenset[FillInCell]  # there; the others have parts by clause, or are not theirs
    by_clause: frozenset[FillInCell]  # the clauses differ in it
    newest_event: int

    @property
    def action_code(self) -> str:
        """ "": not known."""
        if self.action is None or self.action.action is Floor.UNKNOWN:
            return ""
        return self.action.action.value

    @property
    def acted_on(self) -> date | None:
        return self.action.on if self.action and self.action.day_known else None


def fill_in_items(
    session: Session, body_context: BodyContext, convention_id: int, today: date, actor: Actor
) -> list[FillInItem]:
    """All of the convention, as its list has them; the number of statements does not depend on
    how many they are.
    """
    as_of = AsOf(today)
    own = sa.select(Item.id).where(Item.convention_id == convention_id, on_record(Item))
    item_ids = list(session.scalars(own))
    if not item_ids:
        return []
    surroundings = (body_context.settings, body_context.clocks, body_context.added_kinds)
    every = load(session, body_context.body.id, item_ids, as_of, surroundings)
    refs = _references(session, body_context, item_ids, as_of)
    items = [(every[item_id], derive(item_id, every)) for item_id in item_ids if item_id in refs]
    items.sort(key=lambda item: sort_key(item[1].kind, item[1].number))
    return [
        _fill_in_item(facts, state, refs[state.item_id], body_context.unit_names, actor)
        for facts, state in items
    ]


def _references(
    session: Session, body_context: BodyContext, item_ids: Collection[int], as_of: AsOf
) -> dict[int, ItemRef]:
    names = namings(session, body_context, item_ids, as_of)
    return references(session, body_context, names, as_of)


def _fill_in_item(
    facts: Facts, state: ItemState, ref: ItemRef, units: NamesInForce, actor: Actor
) -> FillInItem:
    action = state.floor[0] if state.floor else None
    due_on = max((due.due_on for due in _due_dates(state)), default=None)
    unit_id, person_id = _whose(state)
    by_clause = _by_clause(state)
    may_assign = permissions.is_permitted(actor, Permission.ASSIGN, facts)
    return FillInItem(
        item=ref,
        action=action,
        unit_id=units.target(unit_id) if unit_id is not None else None,
        person_id=person_id,
        has_lead=state.lead is not None,
        due_on=due_on,
        missing=_missing(state, action, due_on),
        may_assign=may_assign,
        may_change=_may_change(actor, state, due_on) - by_clause if may_assign else frozenset(),
        by_clause=by_clause,
        newest_event=facts.newest_event,
    )


def _due_dates(state: ItemState) -> list[DueDateFact]:
    """Those in force, of each clause."""
    clauses = state.answer.standing.clauses
    return [clause.state.due for clause in clauses if clause.state.due]


def _whose(state: ItemState) -> tuple[int | None, int | None]:
    """The unit and the person that lead; where nobody does, the unit to which it was referred."""
    if isinstance(state.lead, AssignmentFact):
        return state.lead.unit_id, state.lead.person_id
    if state.lead:
        return state.lead.unit_id, None
    return (state.referral.unit_id if state.referral else None), None


def _missing(
    state: ItemState, action: FloorActionFact | None, due_on: date | None
) -> frozenset[FillInCell]:
    missing = set()
    if action is None or action.action is Floor.UNKNOWN:
        missing.add(FillInCell.ACTION)
    elif not action.day_known:
        missing.add(FillInCell.DAY)
    if state.answer.due and not state.lead:
        missing.add(FillInCell.LEAD)
    if state.answer.due and due_on is None:
        missing.add(FillInCell.DUE)
    return frozenset(missing)


def _by_clause(state: ItemState) -> frozenset[FillInCell]:
    """In what the clauses differ: a value of the whole item would take the place of theirs."""
    clauses = [clause.state for clause in state.answer.standing.clauses]
    by_clause = set()
    if any(action.clause_id is not None for action in state.floor):
        by_clause |= {FillInCell.ACTION, FillInCell.DAY}
    if len({clause.lead.id if clause.lead else None for clause in clauses}) > 1:
        by_clause.add(FillInCell.LEAD)
    if len({clause.due.id if clause.due else None for clause in clauses}) > 1:
        by_clause.add(FillInCell.DUE)
    return frozenset(by_clause)


def _may_change(actor: Actor, state: ItemState, due_on: date | None) -> frozenset[FillInCell]:
    """Governance all; a manager the lead within the units of theirs, and a due date that is on
    record.
    """
    if permissions.is_permitted(actor, Permission.GOVERN):
        return frozenset(FillInCell)
    may_change = set()
    if permissions.is_permitted_in_units(actor, Permission.ASSIGN, state.units):
        may_change.add(FillInCell.LEAD)
    if due_on is not None:
        may_change.add(FillInCell.DUE)
    return frozenset(may_change)
