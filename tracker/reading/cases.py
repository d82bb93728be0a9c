"""Several items while they are read by staff, in a constant number of statements; and who worked on a clause on a day. Shows nothing by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.load import load
from tracker.rules.codes import Part
from tracker.rules.item_code import order
from tracker.rules.item_state import derive
from tracker.rules.permissions import Actor, Permission, may, units_of

from .around import Around, around
from .audience import OFFICE, Audience
from .case import Case
from .identity import identity

INSIDE = Audience(names=True, everything=True)
"""For those whom the permission of the page has let in to these items: their internal part, and persons; not what was withheld."""


def audience_of(actor: Actor) -> Audience:
    """The office and the auditor read what was withheld, too."""
    return OFFICE if may(actor, Permission.READ_ALL) else INSIDE


def cases(
    session: Session,
    body_id: int,
    item_ids: Collection[int],
    today: date,
    audience: Audience = INSIDE,
) -> tuple[Around, dict[int, Case]]:
    """By item, in the order of conventions and numbers, in a constant number of statements."""
    as_of = AsOf(today)
    near = around(session, body_id, as_of, names=True)
    if not item_ids:
        return near, {}
    around_them = (near.settings, near.clocks, near.added_kinds)
    every = load(session, body_id, item_ids, as_of, around_them, words=True)
    names = {key: identity(facts, near) for key, facts in every.items()}
    found = [
        Case(
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


def case(
    session: Session, body_id: int, item_id: int, today: date, audience: Audience = INSIDE
) -> Case | None:
    return cases(session, body_id, [item_id], today, audience)[1].get(item_id)


def _place(found: Case) -> tuple[Any, ...]:
    own = found.names[found.facts.item.id]
    return -(own.convention.year or 0), own.convention.id, own.kind, order(own.normalised)


def worked_on(found: Case, clause_id: int, day: date) -> set[int]:
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
