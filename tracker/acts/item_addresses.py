"""Kinds and numbers of a convention: which are taken, and which are of an item whose import was
undone.
"""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record.conventions import Convention
from tracker.record.items import Designation, Item, on_record
from tracker.rules import item_code

from .act_context import ActContext


def taken(context: ActContext, convention: Convention) -> set[tuple[str, str]]:
    """Of all items of a convention."""
    rows = context.session.connection().execute(_taken(convention)).all()
    return {(row.kind, row.number) for row in rows}


def is_taken(context: ActContext, convention: Convention, kind: str, number: str) -> bool:
    addresses = _taken(convention).subquery()
    same = sa.select(addresses).where(addresses.c.kind == kind, addresses.c.number == number)
    return context.session.connection().execute(same).first() is not None


def _taken(convention: Convention) -> sa.CompoundSelect[tuple[str, str]]:
    """One from before a correction redirects, and stays taken; that of an item which is not on
    record any more is free.
    """
    return sa.union_all(
        sa.select(Item.kind, Item.number).where(
            Item.convention_id == convention.id, on_record(Item)
        ),
        sa.select(Designation.kind, Designation.number).where(
            Designation.convention_id == convention.id
        ),
    )


def next_unnumbered(context: ActContext, convention: Convention, kind: str) -> str:
    """What stands for the number of the next item of this kind that has none. One that was undone
    is another item, and keeps its place.
    """
    addresses = taken(context, convention) | undone(context, convention).keys()
    places = [
        item_code.place_of_unnumbered(number) for own_kind, number in addresses if own_kind == kind
    ]
    return item_code.unnumbered(max(places, default=0) + 1)


def undone(context: ActContext, convention: Convention) -> dict[tuple[str, str], Item]:
    """By kind and number: the identities that are taken up again when they come in again."""
    items = context.session.scalars(_undone(convention))
    return {(item.kind, item.number): item for item in items}


def undone_item(context: ActContext, convention: Convention, kind: str, number: str) -> Item | None:
    one = _undone(convention).where(Item.kind == kind, Item.number == number)
    return context.session.scalars(one).one_or_none()


def _undone(convention: Convention) -> sa.Select[Item]:
    return sa.select(Item).where(Item.convention_id == convention.id, sa.not_(on_record(Item)))
