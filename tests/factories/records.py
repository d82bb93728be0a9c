"""Valid rows for tests, written by the acts: a body, who may do all in it, a convention, items,
evidence.

A test says what matters to it; whatever else is needed has a value here. The histories and scenes
of a room are built of these.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.acts import assignments, bodies, conventions, floor, items, progress
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.rules.codes import Claimed, EvidenceKind, Floor, Kind, Part, Role
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

EVERY_ROLE = frozenset(Grant(role) for role in Role)
NEW_YORK = "America/New_York"
_numbers = count(1)


def new_body(session: Session, now: datetime, slug: str | None = None, **settings: str) -> int:
    """The id of a body that is founded at that moment; its address is its own unless one is
    given."""
    described = {"name": "A union", "time_zone": NEW_YORK, "currency": "USD"} | settings
    return bodies.found_body(session, slug or f"union-{next(_numbers)}", described, now).id


def context_of_new_body(session: Session, now: datetime, **body: Any) -> ActContext:
    """The context in which somebody who is no person of it, and may do all, acts for a new body.

    The keywords are those of `new_body`.
    """
    body_id = new_body(session, now, **body)
    return ActContext(
        session=session,
        actor=Actor(0, EVERY_ROLE),
        now=now,
        body_id=body_id,
        zone=ZoneInfo(body.get("time_zone", NEW_YORK)),
    )


def new_convention(
    context: ActContext,
    year: int,
    opens_on: date | None = None,
    closes_on: date | None = None,
    name: str | None = None,
) -> Convention:
    """A regular convention, under its year."""
    dates = conventions.Dates(year=year, opens_on=opens_on, closes_on=closes_on)
    return conventions.record(context, str(year), name or str(year), dates)


def new_item(
    context: ActContext, convention: Convention, number: str, title: str | None = None, **more: Any
) -> Item:
    """A new business item; the keywords are those of `items.register`."""
    version = items.NewVersion(words=f"Do the thing number {number}.", title=title)
    return items.register(context, convention, Kind.NEW_BUSINESS_ITEM, number, version, **more)


def adopt(
    context: ActContext,
    item: Item,
    on: date,
    lead: int | None = None,
    person: int | None = None,
) -> None:
    """The floor adopts the item; `lead`: the unit that leads it from then on, with a person."""
    floor.record_floor_action(context, item, Floor.ADOPTED, on)
    if lead is not None:
        assignments.assign(context, item, Part.LEAD, lead, person)


def log_progress(context: ActContext, item: Item, words: str) -> Entry:
    """An entry of today: the item's first clause makes progress."""
    clause = context.facts(item).clauses[0]
    claim = NewClaim(clause_id=clause.id, claimed=Claimed.PROGRESS)
    return progress.log(
        context, item, progress.NewEntry(words=words, on=context.today, claims=[claim])
    )


def new_link(
    title: str = "minutes", url: str = "https://example.org/minutes", internal: bool = False
) -> NewEvidence:
    """Evidence that members may open, unless it is internal."""
    return NewEvidence(kind=EvidenceKind.LINK, title=title, url=url, internal=internal)


def new_file(
    title: str = "photo.jpg",
    sha256: str = "ab" * 32,
    media_type: str = "image/jpeg",
    size: int = 1234,
    internal: bool = False,
) -> NewEvidence:
    """A stored file as evidence, of which only the digest is there."""
    return NewEvidence(
        kind=EvidenceKind.FILE,
        title=title,
        sha256=sha256,
        media_type=media_type,
        size=size,
        internal=internal,
    )
