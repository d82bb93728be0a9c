"""Several items while they are read by staff, in a constant number of statements; and who worked on a clause on a day. Shows nothing by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.loader import load
from tracker.rules.codes import Part
from tracker.rules.item_code import order
from tracker.rules.item_state import derive
from tracker.rules.permissions import Actor, Permission, is_permitted, units_of

from .audience import OFFICE, Audience
from .body_context import BodyContext, load_body_context
from .identity import identity
from .item_context import ItemContext

INSIDE = Audience(names=True, everything=True)
"""For those whom the permission of the page has let in to these items: their internal part, and persons; not what was withheld."""


def audience_of(actor: Actor) -> Audience:
    """The office and the auditor read what was withheld, too."""
    return OFFICE if is_permitted(actor, Permission.READ_ALL) else INSIDE


def load_item_contexts(
    session: Session,
    body_id: int,
    item_ids: Collection[int],
    today: date,
    audience: Audience = INSIDE,
) -> tuple[BodyContext, dict[int, ItemContext]]:
    """By item, in the order of conventions and numbers, in a constant number of statements."""
    as_of = AsOf(today)
    near = load_body_context(session, body_id, as_of, names=True)
    if not item_ids:
        return near, {}
    around_them = (near.settings, near.clocks, near.added_kinds)
    every = load(session, body_id, item_ids, as_of, around_them, words=True)
    names = {key: identity(facts, near) for key, facts in every.items()}
    found = [
        ItemContext(
            every[key],
            derive(key, every),
            near,
            every,
            names,
            audience,
            as_of,
            units_of(every[key]),
        )
        for key in item_ids
        if key in every
    ]
    return near, {each.facts.item.id: each for each in sorted(found, key=_place)}


def load_item_context(
    session: Session, body_id: int, item_id: int, today: date, audience: Audience = INSIDE
) -> ItemContext | None:
    return load_item_contexts(session, body_id, [item_id], today, audience)[1].get(item_id)


def _place(found: ItemContext) -> tuple[Any, ...]:
    own = found.names[found.facts.item.id]
    return -(own.convention.year or 0), own.convention.id, own.kind, order(own.normalised)


def worked_on(found: ItemContext, clause_id: int, day: date) -> set[int]:
    """The lead's person and the contributors of a clause on a day: none of them confirms it."""
    mine = [
        assignment
        for assignment in found.facts.assignments_ever
        if assignment.clause_id in (None, clause_id)
        and assignment.on <= day
        and not (assignment.ended_on and assignment.ended_on <= day)
    ]
    people = {each.person_id for each in mine if each.part is Part.CONTRIBUTOR}
    leads = [each for each in mine if each.part is Part.LEAD]
    if leads:
        people.add(max(leads, key=lambda lead: (lead.on, lead.event)).person_id)
    return {person for person in people if person}
