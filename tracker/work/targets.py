"""From an address of staff's pages to the body, the item and the context of an act.

Roles are asked in `accounts.access`, and for one item by its act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, url_for
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in
from tracker.acts import act_context
from tracker.acts.act_context import ActContext
from tracker.clock import now
from tracker.extensions import db
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.item_models import ItemPage
from tracker.reading.models import ItemRef
from tracker.record.items import Item
from tracker.record.surroundings import zone_of
from tracker.rules.permissions import Actor

LONGEST_KEY = 18  # digits: a longer number is no key of a database


@dataclass(frozen=True)
class ItemTarget:
    """The item that an address names, and the signed-in person's part in its body."""

    address: AddressTarget
    item_id: int

    @property
    def body_id(self) -> int:
        return self.address.body_id

    @property
    def today(self) -> date:
        """The day in the body's zone."""
        return self.address.today(now())

    @property
    def actor(self) -> Actor:
        return actor_in(self.body_id)

    def context(self, session: Session, seen: str | None = None) -> ActContext:
        return context_in(session, self.body_id, seen)

    def item(self, session: Session) -> Item:
        return session.get_one(Item, self.item_id)


def find_body(body: str, convention_slug: str | None = None) -> AddressTarget:
    """The body of this slug, and its convention where one is named; 404 without such a body."""
    target = addresses.resolve(db.session(), body, convention_slug)
    if target is None:
        abort(404)
    return target


def find_item(body: str, convention_slug: str, spelling: str) -> ItemTarget:
    """The item of this code, however it is spelt; 404 where there is none."""
    address = find_body(body, convention_slug)
    if address.convention_id is None:
        abort(404)
    item = addresses.resolve_item(db.session(), address, spelling)
    if item is None:
        abort(404)
    item_id, _code = item
    return ItemTarget(address, item_id)


def staff_address(item: ItemRef | ItemPage, endpoint: str = "work.item", **values: Any) -> str:
    """The address of a staff's page of an item; `values` are further parts of it."""
    body, convention_slug, code = addresses.slugs_of_item(item.path)
    return url_for(endpoint, body=body, convention_slug=convention_slug, spelling=code, **values)


def context_in(session: Session, body_id: int, seen: str | int | None = None) -> ActContext:
    """The context of an act of the signed-in person, with the roles held at this moment.

    `seen`: the number of the newest event that the reader of the form has seen.
    """
    return act_context.for_body(session, body_id, actor_in(body_id), now(), parse_key(seen))


def parse_key(text: str | int | None) -> int | None:
    """The key that a hidden field or an address holds; None where it holds no whole number."""
    digits = str(text or "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > LONGEST_KEY:
        return None
    return int(digits)


def today_in(body_id: int) -> date:
    """The day in a body's zone."""
    return now().astimezone(zone_of(db.session(), body_id)).date()
