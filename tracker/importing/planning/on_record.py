"""What the record holds now of the items that a list may speak of.

Each value says whether an import or a hand wrote it. A projection of the facts and of
`rules.item_state`: nothing is derived here, nothing is written.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts.floor import VoteCount
from tracker.importing.values.texts import normalised
from tracker.record.as_of import AsOf
from tracker.record.items import Item, Version, on_record
from tracker.record.ledger_tables import Text
from tracker.record.loader import load
from tracker.record.surroundings import surroundings
from tracker.rules import item_code
from tracker.rules.codes import Basis, Claimed, Decision, Effect, Floor, FloorPart, Stage
from tracker.rules.facts import (
    AppropriationFact,
    AssignmentFact,
    EstimateFact,
    ExpenseFact,
    Fact,
    FloorActionFact,
    ReferralDecisionFact,
    newest,
)
from tracker.rules.item_facts import Facts
from tracker.rules.item_state import ItemState, derive
from tracker.rules.versions import newest_of_each_stage

from .body_names import NamesByKey, names_by_key

BATCH = 500  # items whose facts are in memory at once

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
Movers = tuple[tuple[str, str], ...]  # a name, and the delegation; "" where there is none
# sentence, amount, basis, conditional, assumption, budget, stage
EstimateValue = tuple[str | None, Decimal | None, Basis, bool, str | None, str | None, Stage]


@dataclass(frozen=True, kw_only=True)
class RecordedValue(Generic[Value_co]):
    """A value on record. `event` recorded it, at that time, by whom (None: the command line).

    `by_hand`: no import did.
    """

    value: Value_co
    event: int
    by_hand: bool
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordedFloorAction:
    """A floor action on record; `on` is None where its day is not known."""

    id: int
    action: Floor
    on: date | None
    unit: str | None
    referred_to: str | None
    merged_into: str | None
    vote: VoteCount | None
    event: int
    by_hand: bool
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True)
class RecordedTotal:
    """Amounts that add up, each with its event and whether an import brought it.

    A total of none of them is None.
    """

    amounts: tuple[tuple[Decimal, int, bool], ...] = ()

    @property
    def now(self) -> Decimal | None:
        return self._sum(None)

    @property
    def at_import(self) -> Decimal | None:
        """After the last that an import brought."""
        last = max((event for _amount, event, imported in self.amounts if imported), default=None)
        return None if last is None else self._sum(last)

    def at(self, revision: int) -> Decimal | None:
        """As an export of that revision has it."""
        return self._sum(revision)

    def _sum(self, last: int | None) -> Decimal | None:
        counted = [
            amount for amount, event, _imported in self.amounts if last is None or event <= last
        ]
        return sum(counted, Decimal(0)) if counted else None


NOTHING = RecordedTotal()


@dataclass(frozen=True, kw_only=True)
class RecordedItem:
    """One item on record.

    None is what the record does not hold; money is in the body's currency.
    """

    item_id: int | None  # None: it comes with an earlier row of the list
    kind: str
    number: str
    imported: bool = False  # an import has written something of it before
    title: RecordedValue[str] | None = None
    text: RecordedValue[str] | None = None
    rationale: RecordedValue[str] | None = None
    truncated: RecordedValue[bool] | None = None
    stage: Stage | None = None
    movers: Mapping[FloorPart, RecordedValue[Movers]] = field(default_factory=dict)
    estimate: RecordedValue[EstimateValue] | None = None
    lead: RecordedValue[str] | None = None
    person: RecordedValue[str] | None = None
    due: RecordedValue[date] | None = None
    recommendation: RecordedValue[str | None] | None = None
    decision: RecordedValue[tuple[Decision, date]] | None = None  # on a referral
    cells: Mapping[str, RecordedValue[str | None]] = field(default_factory=dict)  # by heading
    floor: tuple[RecordedFloorAction, ...] = ()
    links: frozenset[int] = frozenset()
    words_reported: frozenset[str] = frozenset()  # of all entries, normalised
    claimed_done: bool = False
    confirmed_done: bool = False  # of any clause: what is claimed of it waits for a reopening
    last_claim: Claimed | None = None  # the newest that an import brought
    estimated: Decimal | None = None
    spent: RecordedTotal = NOTHING
    appropriated: RecordedTotal = NOTHING
    # the unit that leads because it accepted the referral, until the office assigns another
    accepted_by: RecordedValue[str | None] | None = None
    former: tuple[tuple[str, str], ...] = ()  # kinds and numbers that were put right


def recorded_items(
    session: Session, body_id: int, convention_ids: Collection[int], today: date
) -> dict[int, list[RecordedItem]]:
    """All items of these conventions, by convention, as they are now."""
    rows = session.execute(
        sa.select(Item.id, Item.convention_id)
        .where(Item.body_id == body_id, Item.convention_id.in_(convention_ids), on_record(Item))
        .order_by(Item.id)
    ).all()
    by_convention: dict[int, list[RecordedItem]] = defaultdict(list)
    names = names_by_key(session, body_id)
    as_of = AsOf(today)
    body_surroundings = surroundings(session, body_id, as_of)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        item_ids = [row.id for row in batch]
        facts_by_id = load(session, body_id, item_ids, as_of, body_surroundings, words=True)
        for row in batch:
            state = derive(row.id, facts_by_id)
            by_convention[row.convention_id].append(
                _recorded_item(facts_by_id[row.id], state, names)
            )
    return by_convention


def undone_titles(
    session: Session, convention_ids: Collection[int]
) -> dict[tuple[int, str, str], str]:
    """Of items without a number whose import was undone: by convention, kind and number, the title
    that they had, or the text.
    """
    rows = session.execute(
        sa.select(Item.convention_id, Item.kind, Item.number, Text.words)
        .join(Version, Version.item_id == Item.id)
        .join(Text, Text.digest == sa.func.coalesce(Version.title, Version.words))
        .where(
            Item.convention_id.in_(convention_ids),
            Item.number.startswith(item_code.UNNUMBERED),
            Text.words.is_not(None),
            sa.not_(on_record(Item)),
        )
        .order_by(Version.id)
    )
    return {(row.convention_id, row.kind, row.number): row.words for row in rows}


def _recorded_item(facts: Facts, state: ItemState, names: NamesByKey) -> RecordedItem:
    versions = newest_of_each_stage(facts.versions)
    # what the version that counts leaves out is that of the next
    titled = next((version for version in versions if version.title), None)
    worded = next((version for version in versions if version.words), None)
    argued = next((version for version in versions if version.rationale), None)
    recommendation = facts.recommendations[-1] if facts.recommendations else None
    decision = newest(decision for decision in facts.decisions if decision.clause_id is None)
    addresses = {(facts.item.kind, facts.item.number)}
    addresses |= {(corrected.kind, corrected.number) for corrected in facts.designations}
    return RecordedItem(
        item_id=state.item_id,
        kind=state.kind,
        number=state.number,
        imported=any(fact.imported for fact in facts.every_fact()),
        title=_recorded(titled, titled.title or "", names) if titled else None,
        text=_recorded(worded, worded.words or "", names) if worded else None,
        rationale=_recorded(argued, argued.rationale or "", names) if argued else None,
        truncated=_recorded(versions[0], versions[0].truncated, names) if versions else None,
        stage=versions[0].stage if versions else None,
        movers=_movers(facts, names),
        estimate=_estimate(state.money.estimate, names),
        lead=_lead(state, names),
        person=_person(state, names),
        due=_due(state, names),
        recommendation=(
            _recorded(recommendation, recommendation.words, names) if recommendation else None
        ),
        decision=(
            _recorded(decision, (decision.decision, decision.on), names) if decision else None
        ),
        cells={cell.heading: _recorded(cell, cell.words, names) for cell in facts.source_cells},
        floor=_floor(facts, names),
        links=frozenset(link.target_id for link in facts.every_link),
        words_reported=frozenset(normalised(entry.words) for entry in facts.entries),
        claimed_done=_claimed_done(facts),
        confirmed_done=any(clause.state.done for clause in state.answer.standing.clauses),
        last_claim=_last_imported_claim(facts),
        estimated=state.money.estimated,
        spent=_total(facts.expenses),
        appropriated=_total(facts.appropriations),
        accepted_by=_accepted_by(state, names),
        former=tuple(addresses - {(state.kind, state.number)}),
    )


def _recorded(fact: Fact, value: Value, names: NamesByKey) -> RecordedValue[Value]:
    return RecordedValue(
        value=value,
        event=fact.event,
        by_hand=not fact.imported,
        at=fact.recorded_at,
        by=names.people.get(fact.actor),
    )


def _movers(facts: Facts, names: NamesByKey) -> dict[FloorPart, RecordedValue[Movers]]:
    by_part = {}
    for part in FloorPart:
        movers = [mover for mover in facts.floor_people if mover.part is part]
        if not movers:
            continue
        named = sorted(
            (mover.name or "", names.delegations.get(mover.delegation_id or 0, ""))
            for mover in movers
        )
        last = max(movers, key=lambda mover: mover.event)
        by_hand = any(not mover.imported for mover in movers)
        by_part[part] = dataclasses.replace(_recorded(last, tuple(named), names), by_hand=by_hand)
    return by_part


def _estimate(
    estimate: EstimateFact | None, names: NamesByKey
) -> RecordedValue[EstimateValue] | None:
    if estimate is None:
        return None
    value = (
        estimate.sentence,
        estimate.amount,
        estimate.basis,
        estimate.conditional,
        estimate.assumption,
        estimate.budget,
        estimate.stage,
    )
    return _recorded(estimate, value, names)


def _lead(state: ItemState, names: NamesByKey) -> RecordedValue[str] | None:
    """The unit that was assigned; one that leads because it accepted a referral is none."""
    if not isinstance(state.lead, AssignmentFact):
        return None
    return _recorded(state.lead, names.units.get(state.lead.unit_id, ""), names)


def _person(state: ItemState, names: NamesByKey) -> RecordedValue[str] | None:
    if not isinstance(state.lead, AssignmentFact) or state.lead.person_id is None:
        return None
    return _recorded(state.lead, names.people.get(state.lead.person_id) or "", names)


def _accepted_by(state: ItemState, names: NamesByKey) -> RecordedValue[str | None] | None:
    if not isinstance(state.lead, ReferralDecisionFact):
        return None
    return _recorded(state.lead, names.units.get(state.lead.unit_id), names)


def _due(state: ItemState, names: NamesByKey) -> RecordedValue[date] | None:
    """Of the first clause that has one."""
    for clause in state.answer.standing.clauses:
        if clause.state.due:
            return _recorded(clause.state.due, clause.state.due.due_on, names)
    return None


def _claimed_done(facts: Facts) -> bool:
    """Whether each clause was claimed as done, in entries that are released or not."""
    done = {claim.clause_id for claim in facts.claims if claim.claimed is Claimed.DONE}
    return bool(done) and all(clause.id in done or clause.declaration for clause in facts.clauses)


def _last_imported_claim(facts: Facts) -> Claimed | None:
    for claim in reversed(facts.claims):
        if claim.claimed and claim.imported:
            return claim.claimed
    return None


def _floor(facts: Facts, names: NamesByKey) -> tuple[RecordedFloorAction, ...]:
    """All actions on the whole item, in their order."""
    whole = [action for action in facts.floor if action.clause_id is None or len(facts.clauses) < 2]
    whole.sort(key=lambda action: (action.on, action.position, action.event, action.id))
    return tuple(_floor_action(action, names) for action in whole)


def _floor_action(action: FloorActionFact, names: NamesByKey) -> RecordedFloorAction:
    vote = VoteCount(action.votes_for, action.votes_against, action.abstained, action.by_voice)
    return RecordedFloorAction(
        id=action.id,
        action=action.action,
        on=action.on if action.day_known else None,
        unit=names.units.get(action.unit_id) if action.unit_id else None,
        referred_to=action.referred_to,
        merged_into=action.note if action.action.effect is Effect.MERGES else None,
        vote=None if vote == VoteCount() else vote,
        event=action.event,
        by_hand=not action.imported,
        at=action.recorded_at,
        by=names.people.get(action.actor),
    )


def _total(facts: Iterable[AppropriationFact | ExpenseFact]) -> RecordedTotal:
    return RecordedTotal(tuple((fact.amount, fact.event, fact.imported) for fact in facts))
