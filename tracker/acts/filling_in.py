"""Filling in what is missing of many items: each change is an act of its own, with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.record.items import FloorAction, Item
from tracker.rules import item_preconditions
from tracker.rules.codes import Effect, Floor, Part, Purpose
from tracker.rules.permissions import Permission

from . import assignments, due_dates, floor, items
from .act_context import ActContext
from .floor import Referral


@dataclass(frozen=True)
class Extension:
    """By whom a due date that is on record is moved, and why."""

    by_whom: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """What was filled in of one item; a field that is None stays as it is."""

    action: Floor | None = None
    acted_on: date | None = None  # of the action; None: not known
    replaces: int | None = None  # the floor action on record that was not so
    referred_to: int | None = None  # the unit to which the floor referred it by that action
    lead: tuple[int, int | None] | None = None  # a unit, and perhaps a person in it
    no_lead: bool = False
    due_on: date | None = None
    extension: Extension | None = None  # of the due date on record; None: there is none


def fill_in(context: ActContext, item: Item, filled_in: FilledIn) -> None:
    """Each part asks what its own act does: a manager assigns and extends alone."""
    context.require(Permission.ASSIGN, context.facts(item))
    if filled_in.action:
        _record_action(context, item, filled_in.action, filled_in)
    if filled_in.lead:
        unit_id, person_id = filled_in.lead
        assignments.assign(context, item, Part.LEAD, unit_id, person_id)
    elif filled_in.no_lead:
        assignments.unassign(context, item, Part.LEAD)
    if filled_in.due_on and filled_in.extension:
        by_whom, reason = filled_in.extension.by_whom, filled_in.extension.reason
        due_dates.extend(context, item, filled_in.due_on, by_whom, reason)
    elif filled_in.due_on:
        item_preconditions.due_date(context.facts(item), filled_in.due_on)
        items.set_due_date(context, item, filled_in.due_on)


def _record_action(context: ActContext, item: Item, action: Floor, filled_in: FilledIn) -> None:
    wrong = None
    if filled_in.replaces is not None:
        wrong = context.session.get(FloorAction, filled_in.replaces)
    if wrong is None:
        referral = None
        if filled_in.referred_to is not None:
            referral = Referral(unit_id=filled_in.referred_to)
        floor.record_floor_action(
            context, item, action, filled_in.acted_on, position=None, referral=referral
        )
        return
    context.need_unchanged(item, "floor")
    if filled_in.referred_to is not None:
        context.need_open_unit(filled_in.referred_to)
    closing = None if action is Floor.RESCINDED else context.clock(item.convention_id).closes_on
    items.correct(
        context,
        item,
        wrong,
        _corrected(wrong, action, filled_in.referred_to),
        filled_in.acted_on or floor.assumed_day(action, closing, context.today),
        day_known=filled_in.acted_on is not None,
    )


def _corrected(wrong: FloorAction, action: Floor, referred_to: int | None) -> FloorAction:
    """The same with another action; to whom it was referred stays, unless it is said anew."""
    refers = action.effect is Effect.REFERS
    return FloorAction(
        item_id=wrong.item_id,
        clause_id=wrong.clause_id,
        action=action,
        position=wrong.position,
        unit_id=(referred_to or wrong.unit_id) if refers else None,
        purpose=(wrong.purpose or Purpose.DECISION) if refers else None,
        decides_by=wrong.decides_by if refers else None,
        votes_for=wrong.votes_for,
        votes_against=wrong.votes_against,
        abstained=wrong.abstained,
        by_voice=wrong.by_voice,
        session=wrong.session,
        referred_to=wrong.referred_to if refers and referred_to is None else None,
        note=wrong.note,
    )
