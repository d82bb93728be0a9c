"""Addresses: the shape of each, and what one means.

The first functions make the address of a body, a convention, an item or a file; no other module of
the readings puts one together. `resolve` and `resolve_item` go the other way, the latter from any
spelling of an item's code. Who may see what is found is asked elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.bodies import AddedKind, Body, BodySetting
from tracker.record.conventions import Convention, ConventionDates
from tracker.record.items import Designation, Item, on_record
from tracker.record.ledger_tables import Head
from tracker.record.prepared import Prepared
from tracker.record.publications import by_edition_today, visibility_today
from tracker.rules import item_code
from tracker.rules.codes import Visibility
from tracker.rules.settings import DEFAULTS


def body_path(slug: str) -> str:
    return f"/{slug}/"


def convention_path(body_slug: str, slug: str) -> str:
    return f"/{body_slug}/{slug}/"


def item_path(path_of_convention: str, code: str) -> str:
    """`code` is the item's own: nbi-2."""
    return f"{path_of_convention}{code}"


def slugs_of_item(path: str) -> tuple[str, str, str]:
    """The body, the convention and the item's code, from the path of an item."""
    _root, body, convention, code = path.split("/")
    return body, convention, code


def file_path(evidence_id: int) -> str:
    return f"/files/{evidence_id}"


def minutes_path(meeting_id: int) -> str:
    return f"/minutes/{meeting_id}"


@dataclass(frozen=True, kw_only=True)
class AddressTarget:
    """The body of an address and, where it names one that exists, the convention."""

    body_id: int
    revision: str  # the hash of the body's newest event: after a restore, numbers come again
    open: bool
    zone: ZoneInfo
    convention_id: int | None
    year: int | None
    visibility: Visibility  # of the convention, today
    by_edition: bool  # whether readers read it by edition, today

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()


def resolve(session: Session, body: str, convention: str | None = None) -> AddressTarget | None:
    """What these slugs name; in one statement. None: there is no such body."""
    if "\0" in body or "\0" in (convention or ""):
        return None  # no database keeps one, and one of ours refuses the question
    slugs = {"body": body, "convention": convention or ""}
    rows = _target().rows(session.connection(), slugs)
    if not rows:
        return None
    body_id, head, pages, zone, convention_id, year, visibility, by_edition = rows[0]
    return AddressTarget(
        body_id=body_id,
        revision=head,
        open=(pages or DEFAULTS["pages"]) == "open",
        zone=ZoneInfo(zone or DEFAULTS["time_zone"]),
        convention_id=convention_id,
        year=year,
        visibility=visibility or Visibility.PUBLIC,
        by_edition=bool(by_edition),
    )


@cache
def _target() -> Prepared:
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
        sa.select(
            Body.id,
            Head.hash,
            _newest("pages"),
            _newest("time_zone"),
            Convention.id,
            year,
            visibility_today(Convention.__table__.c.id),
            by_edition_today(Convention.__table__.c.id),
        )
        .join(Head, Head.chain == Body.id)
        .outerjoin(
            Convention,
            sa.and_(Convention.body_id == Body.id, Convention.slug == sa.bindparam("convention")),
        )
        .where(Body.slug == sa.bindparam("body"))
    )


def _newest(name: str) -> sa.ScalarSelect[str]:
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


def resolve_item(session: Session, target: AddressTarget, spelling: str) -> tuple[int, str] | None:
    """The item that a spelling of its code means, and its code today. None: no such item.

    A corrected kind or number still leads there. An item that has the number now goes before one
    that had it by mistake.
    """
    parsed = item_code.parse(spelling, target.year)
    added_prefixes: dict[str, str] = {}
    if parsed is None or item_code.kind_of(parsed[0]) is None:
        added_prefixes = _added_prefixes(session, target.body_id)
        parsed = _parse_added_kind(spelling, added_prefixes) or parsed
    if parsed is None:
        return None
    codes_of = _codes(session, target, parsed[1], added_prefixes)
    code = "-".join(parsed)
    for item_id, codes in codes_of.items():
        if codes[-1] == code:
            return item_id, code
    for item_id, codes in codes_of.items():
        if code in codes:
            return item_id, codes[-1]
    return None


def _added_prefixes(session: Session, body_id: int) -> dict[str, str]:
    """The prefixes of the kinds that the body added, by kind."""
    rows = session.connection().execute(_added_kinds(), {"body": body_id})
    return {kind: prefix for kind, prefix in rows}


def _parse_added_kind(spelling: str, prefixes: dict[str, str]) -> tuple[str, str] | None:
    prefix, _hyphen, number = spelling.casefold().partition("-")
    if not number or prefix not in prefixes.values():
        return None
    return prefix, item_code.normalised(number)


def _codes(
    session: Session, target: AddressTarget, number: str, added_prefixes: dict[str, str]
) -> dict[int, list[str]]:
    """By item, of those that have or had this number: their codes, the one of today last."""
    prefixes = {kind.value: prefix for kind, prefix in item_code.PREFIX.items()} | added_prefixes
    parameters = {"convention": target.convention_id, "number": number}
    rows = _items().rows(session.connection(), parameters)
    codes: dict[int, list[str]] = {}
    for item_id, kind, own_number, corrected_kind, corrected_number in rows:
        codes.setdefault(item_id, [f"{prefixes.get(kind, kind)}-{own_number}"])
        if corrected_kind:
            prefix = prefixes.get(corrected_kind, corrected_kind)
            codes[item_id].append(f"{prefix}-{corrected_number}")
    return codes


@cache
def _items() -> Prepared:
    number: sa.BindParameter[str] = sa.bindparam("number")
    return Prepared(
        sa.select(Item.id, Item.kind, Item.number, Designation.kind, Designation.number)
        .outerjoin(Designation, Designation.item_id == Item.id)
        .where(
            Item.convention_id == sa.bindparam("convention"),
            on_record(Item),
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
def _added_kinds() -> sa.Select[str, str]:
    return sa.select(AddedKind.code, AddedKind.prefix).where(
        AddedKind.body_id == sa.bindparam("body")
    )
