"""Items of one convention with what is filled in of many at once: the floor's action and its day,
who leads, when it is due. For the office; people are named by the keys of choices.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.items import Item, on_record
from tracker.record.loader import load
from tracker.rules.codes import Floor
from tracker.rules.facts import AssignmentFact, FloorActionFact
from tracker.rules.item_code import sort_key
from tracker.rules.item_facts import Facts
from tracker.rules.item_state import ItemState, derive

from .body_context import BodyContext
from .models import ItemRef
from .naming import namings, references


@dataclass(frozen=True, kw_only=True)
class FillInItem:
    """None: not on record."""

    item: ItemRef
    action: FloorActionFact | None  # in force
    lead: str  # "unit-person", as `handing_on.Receiver.code` has it; "": nobody
    due_on: date | None
    is_missing: bool  # something of it
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
    session: Session, body_context: BodyContext, convention_id: int, today: date
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
    return [_fill_in_item(facts, state, refs[state.item_id]) for facts, state in items]


def _references(
    session: Session, body_context: BodyContext, item_ids: Collection[int], as_of: AsOf
) -> dict[int, ItemRef]:
    names = namings(session, body_context, item_ids, as_of)
    return references(session, body_context, names, as_of)


def _fill_in_item(facts: Facts, state: ItemState, ref: ItemRef) -> FillInItem:
    action = state.floor[0] if state.floor else None
    due_on = max((due.due_on for due in facts.due_dates), default=None)
    is_known = action is not None and action.action is not Floor.UNKNOWN and action.day_known
    is_owed = state.answer.due and not (state.lead and due_on)
    return FillInItem(
        item=ref,
        action=action,
        lead=_lead_code(state),
        due_on=due_on,
        is_missing=not is_known or is_owed,
        newest_event=facts.newest_event,
    )


def _lead_code(state: ItemState) -> str:
    if state.lead is None:
        return ""
    person_id = state.lead.person_id if isinstance(state.lead, AssignmentFact) else None
    return f"{state.lead.unit_id}-{person_id or 0}"
