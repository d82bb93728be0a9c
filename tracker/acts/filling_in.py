"""Filling in what is missing of many items: each change is an act of its own, with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.record.items import FloorAction, Item
from tracker.rules.codes import Effect, Floor, Part, Purpose
from tracker.rules.permissions import Permission

from . import assignments, floor, items
from .act_context import ActContext


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """What was filled in of one item; a field that is None stays as it is."""

    action: Floor | None = None
    acted_on: date | None = None  # of the action; None: not known
    replaces: int | None = None  # the floor action on record that was not so
    lead: tuple[int, int | None] | None = None  # a unit, and perhaps a person in it
    no_lead: bool = False
    due_on: date | None = None


def fill_in(context: ActContext, item: Item, filled_in: FilledIn) -> None:
    context.require(Permission.GOVERN)
    if filled_in.action:
        _record_action(context, item, filled_in.action, filled_in)
    if filled_in.lead:
        unit_id, person_id = filled_in.lead
        assignments.assign(context, item, Part.LEAD, unit_id, person_id)
    elif filled_in.no_lead:
        assignments.unassign(context, item, Part.LEAD)
    if filled_in.due_on:
        items.set_due_date(context, item, filled_in.due_on)


def _record_action(context: ActContext, item: Item, action: Floor, filled_in: FilledIn) -> None:
    wrong = None
    if filled_in.replaces is not None:
        wrong = context.session.get(FloorAction, filled_in.replaces)
    if wrong is None or filled_in.acted_on is None:
        floor.record_floor_action(context, item, action, filled_in.acted_on, position=None)
        return
    refers = action.effect is Effect.REFERS
    right = FloorAction(
        item_id=item.id,
        clause_id=wrong.clause_id,
        action=action,
        position=wrong.position,
        unit_id=wrong.unit_id if refers else None,
        purpose=(wrong.purpose or Purpose.DECISION) if refers else None,
        decides_by=wrong.decides_by if refers else None,
        votes_for=wrong.votes_for,
        votes_against=wrong.votes_against,
        abstained=wrong.abstained,
        by_voice=wrong.by_voice,
        session=wrong.session,
        referred_to=wrong.referred_to if refers else None,
        note=wrong.note,
    )
    items.correct(context, item, wrong, right, filled_in.acted_on)
