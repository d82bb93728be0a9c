"""No illegal transition is accepted.

People of one role each try everything; whatever got in is looked at, row by row, in the tables
alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tracker.acts import assignments, bodies, floor
from tracker.record import ledger_tables
from tracker.record.as_of import AsOf
from tracker.record.bodies import BodySetting
from tracker.record.items import Assignment, FloorAction, ReferralDecision
from tracker.record.loader import load
from tracker.record.progress import Claim, Entry, Evidence, Release, Review, SentBack
from tracker.record.verification import verify
from tracker.rules.codes import Claimed, Effect, Floor, Part, Result, Role
from tracker.rules.permissions import Actor, Grant

from .player import SETTINGS, Move, Player, moves

# Who may seal an event of each kind (docs/permissions.md). Office: governance; lead: staff,
# manager, governance.
OFFICE, ADMINISTRATOR, LEAD, RELEASING = (
    {Role.GOVERNANCE},
    {Role.ADMINISTRATOR},
    {Role.STAFF, Role.MANAGER, Role.GOVERNANCE},
    {Role.MANAGER, Role.GOVERNANCE},
)
SEALED_BY = {
    "floor_action_recorded": OFFICE,
    "referral_decided": OFFICE,
    "clauses_entered": OFFICE,
    "due_date_set": OFFICE,
    "item_linked": OFFICE,
    "designation_corrected": OFFICE,
    "corrected": OFFICE,
    "convention_dated": OFFICE,
    "follow_through_opened": OFFICE,
    "estimated": OFFICE,
    "withheld": OFFICE,
    "withholding_lifted": OFFICE,
    "meeting_recorded": OFFICE,
    "claims_decided_by_meeting": OFFICE,
    "outcomes_decided_by_meeting": OFFICE,
    "setting_changed": ADMINISTRATOR,
    "assigned": RELEASING,
    "unassigned": RELEASING,
    "progress_logged": LEAD,
    "progress_withdrawn": LEAD,
    "spent": LEAD,
    "outcome_stated": LEAD,
    "progress_released": LEAD,
    "outcome_released": LEAD,  # their own, where the body lets them: looked at below
    "progress_sent_back": RELEASING,
    "claim_confirmed": {Role.CONFIRMER},
    "claim_returned": {Role.CONFIRMER},
    "outcome_confirmed": {Role.CONFIRMER},
    "claim_reopened": {Role.CONFIRMER, Role.GOVERNANCE},
    "outcome_reopened": {Role.CONFIRMER, Role.GOVERNANCE},
}
SEEN: Counter[str] = Counter()
MUST_GET_IN = ("release", "confirmed", "returned", "assign", "log")


@dataclass(kw_only=True)
class Crowd(Player):
    """Everybody has one role; who tries an act is drawn, the office most often."""

    dice: Random = field(default_factory=Random)
    roles: dict[int, Grant] = field(default_factory=dict)

    def gather(self, seed: int) -> None:
        self.dice = Random(seed)
        research, committee = self.units
        grants = [
            Grant(Role.GOVERNANCE),
            Grant(Role.GOVERNANCE),
            Grant(Role.MANAGER, research),
            Grant(Role.MANAGER, committee),
            Grant(Role.STAFF, research),
            Grant(Role.STAFF, research),
            Grant(Role.CONFIRMER),
            Grant(Role.AUDITOR),
            Grant(Role.READER),
            Grant(Role.ADMINISTRATOR),
        ]
        self.roles = dict(zip(self.people, grants, strict=True))
        office = replace(self.context, actor=self.of(self.people[0]))
        for item in self.items:
            assignments.assign(
                office, item, Part.LEAD, research, self.dice.choice([None, self.people[4]])
            )
        floor.record_floor_action(office, self.items[3], Floor.ADOPTED, self.context.today)
        bodies.set_setting(
            replace(self.context, actor=self.of(self.people[9])),
            "leads_release",
            self.dice.choice(["yes", "no"]),
        )

    def of(self, person: int) -> Actor:
        return Actor(person, frozenset({self.roles[person]}))

    def author(self, person: int) -> Actor:
        return self.of(person) if person in self.roles else Actor(person)

    def actor(self, number: int) -> Actor:
        """Mostly somebody whose work it is, so that something gets in; else anybody."""
        usual = {1: [0, 4, 5], 2: [0, 1, 4], 3: [0, 4], 5: [1, 2, 2], 9: [6, 6, 0]}
        return self.of(
            self.people[
                self.dice.choice(usual[number])
                if self.dice.random() < 0.7
                else self.dice.randrange(10)
            ]
        )


@pytest.fixture(scope="module")
def enough_was_tried() -> Iterator[None]:
    """Looks, after the histories, whether enough was accepted and refused."""
    yield
    refused = sum(count for name, count in SEEN.items() if name.startswith("refused"))
    accepted = sum(
        count for name, count in SEEN.items() if not name.startswith(("refused", "nothing"))
    )
    assert refused > 100 and accepted > 100, SEEN
    missing = [name for name in MUST_GET_IN if not SEEN[name]]
    assert not missing, (missing, SEEN)


@pytest.mark.slow
@pytest.mark.usefixtures("enough_was_tried")
@SETTINGS
@given(history=moves, seed=st.integers(0, 2**32))
def test_whatever_got_in_was_legal(engine: sa.Engine, history: list[Move], seed: int) -> None:
    with Session(engine) as session:
        crowd = Crowd.begin(session)
        assert isinstance(crowd, Crowd)
        crowd.gather(seed)
        begun = session.get_one(
            ledger_tables.Head, crowd.context.body_id, populate_existing=True
        ).event_id
        crowd.look = lambda: None  # type: ignore[method-assign]
        for move in history * 2:
            crowd.play(move)
        SEEN.update(crowd.played)
        record = Record(session, crowd)
        for event in record.events.values():
            if event.id > begun:
                assert record.role(event) in SEALED_BY[event.kind], (event.kind, record.role(event))
                assert event.effective_on <= event.recorded_at.astimezone(crowd.context.zone).date()
                record.inside_the_unit(event)
        record.releases()
        record.reviews()
        record.claims()
        record.decisions()
        assert list(verify(session, crowd.context.body_id)) == []
        session.rollback()


class Record:
    """The rows that were written, whatever became of them since; nothing here asks a rule."""

    def __init__(self, session: Session, crowd: Crowd) -> None:
        chain = crowd.context.body_id * ledger_tables.CHAIN
        self.session, self.crowd, self.chain = session, crowd, chain
        session.expire_all()
        self.events = {
            scalar.id: scalar
            for scalar in session.scalars(
                sa.select(ledger_tables.Event).where(
                    ledger_tables.Event.id.between(chain, chain + ledger_tables.CHAIN)
                )
            )
        }

    def rows(self, kind: Any) -> list[Any]:
        return list(
            self.session.scalars(
                sa.select(kind)
                .where(kind.recorded_by.between(self.chain, self.chain + ledger_tables.CHAIN))
                .order_by(kind.id)
            )
        )

    def role(self, event: ledger_tables.Event) -> Role:
        return self.crowd.roles[event.actor_id].role

    def lets_leads_release(self, before: int) -> bool:
        values = [
            row.value
            for row in self.rows(BodySetting)
            if row.name == "leads_release" and row.recorded_by < before
        ]
        return bool(values) and values[-1] == "yes"

    def inside_the_unit(self, event: ledger_tables.Event) -> None:
        """A manager and staff act where their unit leads or contributes; staff where nobody else of
        it is named.
        """
        grant = self.crowd.roles[event.actor_id]
        if grant.unit_id is None:
            return
        before = AsOf(date.max, recorded=self.events[event.id - 1].recorded_at)
        facts = load(self.session, self.crowd.context.body_id, [event.subject_id], before)[
            event.subject_id
        ]
        accepted = [
            (decision.unit_id, None)
            for decision in facts.decisions
            if decision.decision.value.startswith("accepted")
        ]
        worked = [
            (assignment.unit_id, assignment.person_id) for assignment in facts.assignments
        ] + accepted
        mine = [person for unit, person in worked if unit == grant.unit_id]
        assert mine, (event.kind, grant)
        if grant.role is Role.STAFF:
            assert None in mine or event.actor_id in mine, event.kind
        if event.kind == "assigned":
            assignments = [row for row in self.rows(Assignment) if row.recorded_by == event.id]
            assert all(assignment.unit_id == grant.unit_id for assignment in assignments)

    def releases(self) -> None:
        entries = {row.id: row for row in self.rows(Entry)}
        sent_back = {row.entry_id: row.recorded_by for row in self.rows(SentBack)}
        wont = {row.entry_id for row in self.rows(Claim) if row.claimed is Claimed.WILL_NOT_BE_DONE}
        for release in self.rows(Release):
            event = self.events[release.recorded_by]
            if release.entry_id is None or (
                self.role(event) is Role.GOVERNANCE and event.kind == "referral_decided"
            ):
                continue
            entry = entries[release.entry_id]
            own = event.actor_id == entry.author_id and not self.events[entry.recorded_by].imported
            assert not entry.internal and release.entry_id not in sent_back
            assert not own or self.lets_leads_release(event.id)
            assert own or self.role(event) in RELEASING
            assert release.entry_id not in wont or self.role(event) is Role.GOVERNANCE

    def reviews(self) -> None:
        claims, releases = (
            {row.id: row for row in self.rows(Claim)},
            {row.entry_id: row for row in self.rows(Release)},
        )
        entries, steps = {row.id: row for row in self.rows(Entry)}, defaultdict(list)
        for review in self.rows(Review):
            event = self.events[review.recorded_by]
            steps[review.claim_id, review.outcome_id].append(review.result)
            if review.claim_id is None:
                continue
            claim = claims[review.claim_id]
            release = releases[claim.entry_id]
            assert claim.claimed is Claimed.DONE and release.recorded_by < review.recorded_by
            assert review.result is Result.CONFIRMED or review.reason
            if event.kind in ("claim_confirmed", "claim_returned"):
                author = (
                    None
                    if self.events[claim.recorded_by].imported
                    else entries[claim.entry_id].author_id
                )
                assert event.actor_id not in (author, self.events[release.recorded_by].actor_id)
        legal = ([Result.CONFIRMED], [Result.RETURNED], [Result.CONFIRMED, Result.REOPENED])
        assert all(step in legal for step in steps.values()), steps

    def claims(self) -> None:
        shown = {row.entry_id for row in self.rows(Evidence)}
        # of a clause: confirmed by, reopened by
        done: dict[int, list[tuple[int, int]]] = defaultdict(list)
        claims = {row.id: row for row in self.rows(Claim)}
        for confirmation in self.rows(Review):
            if confirmation.claim_id and confirmation.result is Result.CONFIRMED:
                over = [
                    other.recorded_by
                    for other in self.rows(Review)
                    if other.claim_id == confirmation.claim_id and other.result is Result.REOPENED
                ]
                done[claims[confirmation.claim_id].clause_id].append(
                    (confirmation.recorded_by, min(over, default=self.chain + ledger_tables.CHAIN))
                )
        newest_done = defaultdict(list)
        for claim in claims.values():
            if claim.claimed is Claimed.DONE:
                assert claim.entry_id in shown
                newest_done[claim.clause_id].append(claim)
            if (
                claim.claimed is Claimed.WILL_NOT_BE_DONE
                and not self.events[claim.recorded_by].imported
            ):
                assert claim.reason and claim.decided_by and claim.decided_on
        for clause, times in done.items():
            # with several, which of them is the newest depends on their dates
            if len(newest_done[clause]) == 1:
                after = [
                    claim
                    for claim in claims.values()
                    if claim.clause_id == clause
                    and claim.claimed
                    and any(a < claim.recorded_by < b for a, b in times)
                ]
                assert not after

    def decisions(self) -> None:
        refers = [row for row in self.rows(FloorAction) if row.action.effect is Effect.REFERS]
        for decision in self.rows(ReferralDecision):
            event = self.events[decision.recorded_by]
            if event.kind in ("referral_decided", "corrected"):
                assert any(
                    other.item_id == decision.item_id
                    and other.recorded_by < decision.recorded_by
                    and self.events[other.recorded_by].effective_on <= event.effective_on
                    for other in refers
                )
