"""From an address to what it means: a body, its convention, an item under any spelling of its code. Who may see it is asked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.bodies import AddedKind, Body, BodySetting
from tracker.record.conventions import Convention, ConventionDates
from tracker.record.items import Designation, Item
from tracker.record.ledger_tables import Head
from tracker.record.prepared import Prepared
from tracker.rules import item_code
from tracker.rules.settings import DEFAULTS


@dataclass(frozen=True)
class AddressTarget:
    """The body of an address and, where it names one that exists, the convention."""

    body_id: int
    revision: str  # the hash of the body's newest event: after a restore, numbers come again
    open: bool
    zone: ZoneInfo
    convention_id: int | None
    year: int | None

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()


def _newest(name: str) -> sa.ScalarSelect[Any]:
    return (
        sa.select(BodySetting.value)
        .where(
            BodySetting.body_id == Body.id,
            BodySetting.name == name,
            BodySetting.retracted_by.is_(None),
        )
        .order_by(BodySetting.recorded_by.desc(), BodySetting.id.desc())
        .limit(1)
        .correlate(Body)
        .scalar_subquery()
    )


@cache
def _arrival() -> Prepared:
    year = (
        sa.select(ConventionDates.year)
        .where(
            ConventionDates.convention_id == Convention.id, ConventionDates.retracted_by.is_(None)
        )
        .order_by(ConventionDates.recorded_by.desc())
        .limit(1)
        .correlate(Convention)
        .scalar_subquery()
    )
    return Prepared(
        sa.select(Body.id, Head.hash, _newest("pages"), _newest("time_zone"), Convention.id, year)
        .join(Head, Head.chain == Body.id)
        .outerjoin(
            Convention,
            sa.and_(Convention.body_id == Body.id, Convention.slug == sa.bindparam("convention")),
        )
        .where(Body.slug == sa.bindparam("body"))
    )


def resolve(session: Session, body: str, convention: str | None = None) -> AddressTarget | None:
    """One statement. None: there is no such body."""
    if "\0" in body or "\0" in (convention or ""):
        return None  # no database keeps one, and one of ours refuses the question
    asked = {"body": body, "convention": convention or ""}
    rows = _arrival().rows(session.connection(), asked)
    if not rows:
        return None
    body_id, head, pages, zone, convention_id, year = rows[0]
    return AddressTarget(
        body_id,
        head,
        (pages or DEFAULTS["pages"]) == "open",
        ZoneInfo(zone or DEFAULTS["time_zone"]),
        convention_id,
        year,
    )


@cache
def _items() -> Prepared:
    number: sa.BindParameter[Any] = sa.bindparam("number")
    return Prepared(
        sa.select(Item.id, Item.kind, Item.number, Designation.kind, Designation.number)
        .outerjoin(Designation, Designation.item_id == Item.id)
        .where(
            Item.convention_id == sa.bindparam("convention"),
            sa.or_(
                Item.number == number,
                Item.id.in_(
                    sa.select(Designation.item_id).where(
                        Designation.convention_id == sa.bindparam("convention"),
                        Designation.number == number,
                    )
                ),
            ),
        )
        .order_by(Item.id, Designation.id)
    )


@cache
def _kinds() -> Any:
    return sa.select(AddedKind.code, AddedKind.prefix).where(
        AddedKind.body_id == sa.bindparam("body")
    )


def resolve_item(session: Session, arrival: AddressTarget, spelling: str) -> tuple[int, str] | None:
    """The item that a spelling of its code means, and its code today; a corrected kind or number still leads there. None: no such item.

    An item that has the number now goes before one that had it by mistake.
    """
    said = item_code.parse(spelling, arrival.year)
    added: dict[str, str] = {}
    if said is None or item_code.kind_of(said[0]) is None:
        added = {
            code: prefix
            for code, prefix in session.connection().execute(_kinds(), {"body": arrival.body_id})
        }
        prefix, _, rest = spelling.casefold().partition("-")
        said = next(
            (
                (prefix, item_code.normalised(rest))
                for each in added.values()
                if each == prefix and rest
            ),
            said,
        )
    if said is None:
        return None
    prefixes = {kind.value: prefix for kind, prefix in item_code.PREFIX.items()} | added
    names: dict[int, list[str]] = {}
    asked = {"convention": arrival.convention_id, "number": said[1]}
    for key, kind, number, later_kind, later_number in _items().rows(session.connection(), asked):
        names.setdefault(key, [f"{prefixes.get(kind, kind)}-{number}"])
        if later_kind:
            names[key].append(f"{prefixes.get(later_kind, later_kind)}-{later_number}")
    code = "-".join(said)
    now = next((key for key, codes in names.items() if codes[-1] == code), None)
    key = (
        now
        if now is not None
        else next((key for key, codes in names.items() if code in codes), None)
    )
    return (key, names[key][-1]) if key is not None else None
