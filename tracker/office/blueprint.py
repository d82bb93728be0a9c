"""The blueprint of the office's pages, and the body that their addresses name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort

from tracker.accounts.access import actor_in
from tracker.clock import now
from tracker.extensions import db
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.record.as_of import AsOf
from tracker.rules.permissions import Actor

office = Blueprint("office", __name__)


@dataclass(frozen=True, kw_only=True)
class OfficeTarget:
    """The body of an address, as it is today, and who is there."""

    target: AddressTarget
    today: date
    context: BodyContext  # with names of people: the office reads them
    actor: Actor

    @property
    def body_id(self) -> int:
        return self.target.body_id


def find_body(slug: str) -> OfficeTarget:
    """404 where there is no such body."""
    target = addresses.resolve(db.session(), slug)
    if target is None:
        abort(404)
    today = target.today(now())
    return OfficeTarget(
        target=target,
        today=today,
        context=load_body_context(db.session(), target.body_id, AsOf(today), names=True),
        actor=actor_in(target.body_id),
    )


def whole_number(text: str | None) -> int | None:
    """What a hidden field holds; None where that is no whole number that a key can be."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
