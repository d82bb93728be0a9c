"""A body with two units, and people who act in one role each; what tests of the acts ask of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import records
from tests.record.player import Player
from tracker.acts import (
    assignments,
    progress,
)
from tracker.acts.act_context import ActContext
from tracker.acts.progress import NewEntry
from tracker.record import ledger_tables
from tracker.record.items import Item
from tracker.record.progress import Claim, Entry, Evidence, OpenedEvidence
from tracker.rules.codes import (
    Claimed,
    MoneySaid,
    Part,
    Role,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant, NotAllowed
from tracker.rules.refusals import Refusal, Refused

SHA, COPY = "ab" * 32, "cd" * 32
FILE = records.new_file(sha256=SHA, internal=True)
PAGE = records.new_link()


class StaffedBody:
    """A union with two units; people of one role each."""

    def __init__(self, session: Session) -> None:
        self.session, player = session, Player.begin(session)
        self.player, self.item, self.convention = player, player.items[0], player.conventions[0]
        self.research, self.committee = player.units
        self.all = player.context

    def context(
        self, role: Role, number: int = 1, unit: int | None = None, days: int = 0, **more: Any
    ) -> ActContext:
        now = self.all.now + timedelta(days=days)
        return replace(
            self.all,
            actor=Actor(self.player.people[number], frozenset({Grant(role, unit)})),
            now=now,
            **more,
        )

    def clause(self, item: Item | None = None) -> int:
        return self.all.facts(item or self.item).clauses[0].id

    def lead(self, person: int | None = None, unit: int | None = None) -> None:
        assignments.assign(
            self.context(Role.GOVERNANCE, 9),
            self.item,
            Part.LEAD,
            unit or self.research,
            self.player.people[person] if person else None,
        )

    def log(
        self, context: ActContext, claimed: Claimed | None = Claimed.PROGRESS, **more: Any
    ) -> Entry:
        return progress.log(
            context,
            self.item,
            NewEntry(
                words="words",
                on=context.today,
                claims=[
                    NewClaim(
                        clause_id=self.clause(),
                        claimed=claimed,
                        reason="why",
                        money=MoneySaid.NOT_KNOWN_YET,
                    )
                ],
                **more,
            ),
        )

    def event(self, fact: ledger_tables.FactTable) -> ledger_tables.Event:
        return self.session.get_one(ledger_tables.Event, fact.recorded_by)


def refused(code: Refusal, act: Callable[..., object], *args: object, **more: object) -> None:
    with pytest.raises(Refused) as no:
        act(*args, **more)
    assert no.value.code is code


def not_allowed(act: Callable[..., object], *args: object, **more: object) -> None:
    with pytest.raises(NotAllowed):
        act(*args, **more)


def opened_evidence(office: StaffedBody, entry: Entry) -> dict[str, str | None]:
    rows = (
        sa.select(Evidence.kind, OpenedEvidence.public_sha256)
        .join(OpenedEvidence, OpenedEvidence.evidence_id == Evidence.id)
        .where(Evidence.entry_id == entry.id)
    )
    return {kind.value: copy for kind, copy in office.session.execute(rows)}


def report_done(office: StaffedBody, item: Item | None = None, days: int = 0) -> int:
    """A released claim of done."""
    item, context = item or office.item, office.context(Role.GOVERNANCE, days=days)
    entry = progress.log(
        context,
        item,
        NewEntry(
            words="done",
            on=context.today,
            claims=[
                NewClaim(
                    clause_id=office.clause(item),
                    claimed=Claimed.DONE,
                    money=MoneySaid.NOT_KNOWN_YET,
                )
            ],
            evidence=[PAGE],
        ),
    )
    progress.release(replace(context, actor=office.context(Role.GOVERNANCE, 5).actor), item, entry)
    return office.session.scalars(sa.select(Claim.id).where(Claim.entry_id == entry.id)).one()
