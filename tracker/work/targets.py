"""From an address of staff to the body, the item and the context of an act. Roles are asked in accounts.access, items by the acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in
from tracker.acts import act_context
from tracker.clock import now
from tracker.extensions import db
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.record.items import Item


@dataclass(frozen=True)
class ItemTarget:
    arrival: AddressTarget
    item_id: int

    @property
    def body_id(self) -> int:
        return self.arrival.body_id

    @property
    def today(self) -> date:
        return self.arrival.today(now())


def find_body(body: str, convention_slug: str | None = None) -> AddressTarget:
    found = addresses.resolve(db.session(), body, convention_slug)
    if found is None:
        abort(404)
    return found


def find_item(body: str, convention_slug: str, spelling: str) -> ItemTarget:
    """404 where there is no such item."""
    arrival = find_body(body, convention_slug)
    found = (
        addresses.resolve_item(db.session(), arrival, spelling)
        if arrival.convention_id is not None
        else None
    )
    if found is None:
        abort(404)
    return ItemTarget(arrival, found[0])


def context_in(session: Session, body_id: int, seen: Any = None) -> act_context.ActContext:
    """The context of the signed-in, with the roles held at this moment. `seen`: the newest event that the form's reader has seen."""
    return act_context.for_body(session, body_id, actor_in(body_id), now(), parse_key(seen))


def stored_item(session: Session, item_id: int) -> Item:
    return session.get_one(Item, item_id)


def parse_key(said: Any) -> int | None:
    """What a hidden field holds, if it is a whole number that a key can be."""
    text = str(said or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
