"""The kinds of items that a body knows: those that every body has, and those that it added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.bodies import AddedKind, AddedKindClosing
from tracker.record.items import Item
from tracker.record.summary import ItemSummary, on_day
from tracker.rules.codes import Kind
from tracker.rules.item_code import PREFIX

from .body_context import BodyContext


@dataclass(frozen=True, kw_only=True)
class KindDetails:
    code: str
    prefix: str
    follows_through: bool
    items: int
    added_id: int | None = None  # the key of a kind that the body added
    is_closed: bool = False


def kind_details(session: Session, body_context: BodyContext, today: date) -> list[KindDetails]:
    """Those that every body has first. Three statements."""
    body_id = body_context.body.id
    counted = session.execute(
        sa.select(ItemSummary.kind, sa.func.count())
        .join(Item, Item.id == ItemSummary.item_id)
        .where(Item.body_id == body_id, on_day(today))
        .group_by(ItemSummary.kind)
    )
    items = {kind: count for kind, count in counted}
    closed = set(
        session.scalars(sa.select(AddedKindClosing.added_kind_id).where(at(AddedKindClosing, NOW)))
    )
    added = session.scalars(
        sa.select(AddedKind).where(AddedKind.body_id == body_id).order_by(AddedKind.id)
    )
    every_body_has = [
        KindDetails(
            code=kind.value,
            prefix=PREFIX[kind],
            follows_through=kind.follows_through,
            items=items.get(kind.value, 0),
        )
        for kind in Kind
    ]
    return every_body_has + [
        KindDetails(
            code=kind.code,
            prefix=kind.prefix,
            follows_through=kind.follows_through,
            items=items.get(kind.code, 0),
            added_id=kind.id,
            is_closed=kind.id in closed,
        )
        for kind in added
    ]
