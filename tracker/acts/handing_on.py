"""A person leaves: all that they lead, and where they contribute, goes to somebody else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from tracker.record.items import Assignment, Item
from tracker.rules import handing_on, refusals
from tracker.rules.codes import Part
from tracker.rules.handing_on import HeldPart
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext
from .assignments import write_assignment


def hand_on(
    context: ActContext,
    from_person: int,
    unit_id: int,
    person_id: int | None,
    listed: Collection[int],
    on: date | None = None,
) -> int:
    """All parts of a person in what is open go to a unit, or to a person in it, from a day on.

    One event for each item, in one transaction; gives back how many items.

    :param listed: the keys of the assignments that the reader of the form has seen: where they are
        others now, nothing is done
    """
    context.require(Permission.GOVERN)
    refusals.need_day_reached(on, context.today)
    context.need_open_unit(unit_id)
    items = [
        context.session.get_one(Item, item_id)
        for item_id in context.session.connection().scalars(items_of(context.body_id, from_person))
    ]
    parts_by_item = [(item, _parts(context, item, from_person)) for item in items]
    parts = [part for _item, item_parts in parts_by_item for part in item_parts]
    handing_on.hand_on(parts, listed, from_person, person_id, on or context.today)
    touched = [(item, item_parts) for item, item_parts in parts_by_item if item_parts]
    for item, item_parts in touched:
        with context.record("handed_on", item, on) as act:
            # what was seen before the lock was taken is looked at again under it
            refusals.need(
                _parts(context, item, from_person) == item_parts, Refusal.CHANGED_MEANWHILE
            )
            for part in item_parts:
                if part.part is Part.CONTRIBUTOR:
                    act.end(Assignment, part.assignment.id)
                write_assignment(act, item, part.part, unit_id, person_id, part.clause_id)
    # nothing was given to the person before the lock was taken, and after what was seen
    held_now = context.session.connection().scalars(items_of(context.body_id, from_person))
    refusals.need({item.id for item in items}.issuperset(held_now), Refusal.CHANGED_MEANWHILE)
    return len(touched)


def items_of(body_id: int, person_id: int) -> sa.Select[int]:
    """The keys of the items in which a person was given a part that was not ended."""
    return (
        sa.select(Assignment.item_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(
            Item.body_id == body_id,
            Assignment.person_id == person_id,
            Assignment.ended_by.is_(None),
            Assignment.retracted_by.is_(None),
        )
        .distinct()
        .order_by(Assignment.item_id)
    )


def _parts(context: ActContext, item: Item, person_id: int) -> tuple[HeldPart, ...]:
    facts, every = context.facts_with_linked(item)
    return handing_on.held_parts(facts, every, person_id)
