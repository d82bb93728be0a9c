"""Who acts, for which body, when; and the one way in which an act is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

import tracker.search  # noqa: F401  (what items are found by follows each act)
from tracker.extensions import Base
from tracker.record import ledger, ledger_tables
from tracker.record.as_of import AsOf
from tracker.record.items import Item, on_record
from tracker.record.loader import load
from tracker.record.rosters import roster_names
from tracker.record.surroundings import clocks_of, zone_of
from tracker.rules import permissions, refusals
from tracker.rules.codes import Role
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import Actor, Permission
from tracker.rules.refusals import Refusal
from tracker.rules.terms import Clock


@dataclass(frozen=True, kw_only=True)
class ActContext:
    """What every act is given first.

    Acts flush, and raise `rules.refusals.Refused` or `rules.permissions.NotAllowed`.
    Whoever made the context commits.
    """

    session: Session
    actor: Actor
    # aware; passed in, never read from the machine
    now: datetime
    body_id: int
    zone: ZoneInfo
    # what an import says is heard on its own date
    importing: bool = False
    # the newest event that the reader of the form has seen; None: there was no form
    seen: int | None = None

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def actor_id(self) -> int:
        return self.actor.person_id

    def require(self, permission: Permission, facts: Facts | None = None) -> None:
        permissions.require(self.actor, permission, facts)

    @contextmanager
    def record(
        self, kind: str, subject: Base | None = None, on: date | None = None, day_known: bool = True
    ) -> Iterator[ledger.Act]:
        """Locks the body's chain; inside, the rule is checked and the facts are written.

        No act is dated after its recording.
        """
        refusals.need_day_reached(on, self.today)
        with ledger.record(
            self.session,
            chain=self.body_id,
            actor_id=self.actor_id,
            kind=kind,
            subject=subject,
            now=self.now,
            on=on or self.today,
            imported=self.importing,
            day_known=day_known,
        ) as act:
            if isinstance(subject, Item):
                self._need_on_record(subject)
            yield act

    def _need_on_record(self, item: Item) -> None:
        """Refuse where its import was undone since the page was loaded.

        Not asked within an import: that found its items under the lock.
        """
        if ledger.bulk_of(self.session) is None:
            standing = sa.select(Item.id).where(Item.id == item.id, on_record(Item))
            found = self.session.connection().scalar(standing)
            refusals.need(found is not None, Refusal.NOT_THERE)

    def as_staff(self, facts: Facts) -> bool:
        """Whether the actor logs for a unit of their own; else it is the office that records."""
        own = Actor(
            self.actor_id,
            frozenset(
                grant for grant in self.actor.grants if grant.role in (Role.STAFF, Role.MANAGER)
            ),
        )
        return permissions.is_permitted(own, Permission.LOG, facts)

    def facts(self, item: Item) -> Facts:
        """An item's facts now."""
        facts, _linked = self.facts_with_linked(item)
        return facts

    def facts_with_linked(self, item: Item) -> tuple[Facts, dict[int, Facts]]:
        """As `facts`; and, by item, these and those of the items that links join it with."""
        every = load(self.session, self.body_id, [item.id], AsOf(self.today))
        refusals.need(item.id in every, Refusal.NOT_THERE)
        act = ledger.open_act(self.session)
        if act is not None and act.at.astimezone(self.zone).date() == self.today:
            act.keep_known_facts(every)
        return every[item.id], every

    def need_unchanged(self, item: Item, kind: str) -> None:
        """Refuse if facts of a kind (the name of a field of `Facts`) were recorded after the form
        was loaded.
        """
        if self.seen is None:
            return
        as_of = AsOf(self.today)
        facts = load(self.session, self.body_id, [item.id], as_of, words=True)[item.id]
        refusals.need_unchanged(self.seen, getattr(facts, kind))

    def facts_by(self, item: Item, day: date) -> Facts | None:
        """What had happened by a day."""
        return load(self.session, self.body_id, [item.id], AsOf.happened_by(day)).get(item.id)

    def clock(self, convention_id: int) -> Clock:
        """What the calendar says of a convention, by what is known now."""
        return clocks_of(self.session, self.body_id, AsOf(self.today), self.zone)[convention_id]

    def need_open_unit(self, unit_id: int) -> None:
        """Refuse where the unit is closed, or merged into another. A list may name any."""
        if not self.importing:
            row = roster_names(self.session, self.body_id).units.rows.get(unit_id)
            refusals.need(row is None or row.is_open, Refusal.IS_CLOSED)

    def day_of(self, fact: ledger_tables.FactTable) -> date:
        """The day on which what the fact says happened: that of the event that recorded it."""
        return self.session.get_one(ledger_tables.Event, fact.recorded_by).effective_on


def for_body(
    session: Session,
    body_id: int,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    importing: bool = False,
) -> ActContext:
    """The context of acts for a body, in the body's own zone."""
    return ActContext(
        session=session,
        actor=actor,
        now=now,
        body_id=body_id,
        zone=zone_of(session, body_id),
        importing=importing,
        seen=seen,
    )
