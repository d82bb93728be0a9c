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
from tracker.rules.permissions import Actor, Permission, may, units_of
from tracker.rules.verdict import answer

from .around import Around, around
from .audience import OFFICE, Audience
from .case import Case
from .identity import identity
from .told import told

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
    """By item, in the order of conventions and numbers. Twelve statements."""
    as_of = AsOf(today)
    near = around(session, body_id, as_of, names=True)
    if not item_ids:
        return near, {}
    every = load(session, body_id, item_ids, as_of)
    rows = told(session, every.keys(), as_of)
    names = {key: identity(rows[key], near) for key in every}
    found = [
        Case(
            every[key],
            answer(key, every),
            rows[key],
            near,
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


def newest_event(found: Case) -> int:
    """What a form on this item carries."""
    return int(max(row.event for each in found.rows.values() for row in each))


def worked_on(found: Case, clause_id: int, day: date) -> set[int]:
    """The lead's person and the contributors of a clause on a day: none of them confirms it."""
    mine = [
        row
        for row in found.rows["assignments"]
        if row.clause_id in (None, clause_id)
        and row.on <= day
        and not (row.ended_on and row.ended_on <= day)
    ]
    leads = [row for row in mine if row.part is Part.LEAD]
    people = [row.person_id for row in mine if row.part is Part.CONTRIBUTOR]
    people += [max(leads, key=lambda row: (row.on, row.event)).person_id] if leads else []
    return {each for each in people if each}
