"""What the record holds now of the items that a list may speak of: each field, and whether an import or a hand wrote it.

A projection of the facts and of `rules.item_state`; nothing is derived here, nothing is written.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.importing.values.texts import name_key, normalised
from tracker.record.as_of import AsOf
from tracker.record.bodies import Delegation, Unit
from tracker.record.items import Item
from tracker.record.ledger_tables import Text
from tracker.record.loader import load, surroundings
from tracker.record.people import Person
from tracker.rules.codes import Claimed, Effect, Floor, FloorPart
from tracker.rules.facts import (
    AppropriationFact,
    AssignmentFact,
    EstimateFact,
    ExpenseFact,
    Fact,
    Facts,
    FloorActionFact,
    ReferralDecisionFact,
    newest,
)
from tracker.rules.item_state import ItemState, derive
from tracker.rules.versions import in_order

BATCH = 500  # items whose facts are in memory at once


@dataclass(frozen=True, kw_only=True)
class Held:
    """A value on record. `event` recorded it, when and by whom (a name; None: the command line); `by_hand`: no import did."""

    value: Any
    event: int
    by_hand: bool
    at: datetime | None = None
    by: str | None = None


Vote = tuple[int | None, int | None, int | None, bool]  # for, against, abstained, by voice


@dataclass(frozen=True, kw_only=True)
class FloorHeld:
    id: int
    action: Floor
    on: date | None
    unit: str | None
    referred_to: str | None
    merged_into: str | None
    vote: Vote | None
    event: int
    by_hand: bool
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True)
class Total:
    """Amounts that add up, each with its event and whether an import brought it; None where there is none."""

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


NOTHING = Total()


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """One item on record. `fields` by the names of `fields.FIELDS`; money in the body's currency."""

    item_id: int | None  # None: it comes with an earlier row of the list
    kind: str
    number: str
    imported: bool = False  # an import has written something of it before
    fields: Mapping[str, Held] = field(default_factory=dict)
    cells: Mapping[str, Held] = field(default_factory=dict)
    floor: tuple[FloorHeld, ...] = ()
    links: frozenset[int] = frozenset()
    words_reported: frozenset[str] = frozenset()  # of all entries, plain
    claimed_done: bool = False
    confirmed_done: bool = False  # of any clause: what is claimed of it waits for a reopening
    last_claim: Claimed | None = None  # the newest that an import brought
    estimate: Decimal | None = None
    spent: Total = NOTHING
    appropriated: Total = NOTHING
    accepted_by: Held | None = (
        None  # the unit that leads because it accepted the referral, until the office assigns another
    )
    former: tuple[tuple[str, str], ...] = ()  # kinds and numbers that were put right


@dataclass(frozen=True)
class Names:
    """Units, delegations and people of the body, by their plain names."""

    units: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    delegations: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    people: Mapping[str, tuple[tuple[int, int | None], ...]] = field(
        default_factory=dict
    )  # (id, unit)


def names(session: Session, body_id: int) -> Names:
    called = _Called.of(session, body_id)
    people: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for person_id, name in called.people.items():
        people[name_key(name or "")].append((person_id, called.unit_of[person_id]))
    return Names(
        units={name_key(name): (unit_id, name) for unit_id, name in called.units.items()},
        delegations={
            name_key(name): (delegation_id, name)
            for delegation_id, name in called.delegations.items()
        },
        people={name: tuple(of_name) for name, of_name in people.items()},
    )


@dataclass(frozen=True, kw_only=True)
class _Called:
    """Names of a body by their keys. Of people, the unit beside it."""

    units: Mapping[int, str]
    delegations: Mapping[int, str]
    people: Mapping[int, str | None]
    unit_of: Mapping[int, int | None]

    @classmethod
    def of(cls, session: Session, body_id: int) -> _Called:
        named = (
            sa.select(kind.id, kind.name).where(kind.body_id == body_id).order_by(kind.id)
            for kind in (Unit, Delegation)
        )
        units, delegations = ({row.id: row.name for row in session.execute(one)} for one in named)
        people = session.execute(
            sa.select(Person.id, Person.unit_id, Text.words)
            .join(Text, Text.digest == Person.name)
            .where(Person.body_id == body_id)
            .order_by(Person.id)
        ).all()
        return cls(
            units=units,
            delegations=delegations,
            people={row.id: row.words for row in people},
            unit_of={row.id: row.unit_id for row in people},
        )


def on_record(
    session: Session, body_id: int, convention_ids: Collection[int], today: date
) -> dict[int, list[OnRecord]]:
    """All items of these conventions, by convention, as they are now."""
    items = session.execute(
        sa.select(Item.id, Item.convention_id)
        .where(Item.body_id == body_id, Item.convention_id.in_(convention_ids))
        .order_by(Item.id)
    ).all()
    found: dict[int, list[OnRecord]] = defaultdict(list)
    called, as_of = _Called.of(session, body_id), AsOf(today)
    around = surroundings(session, body_id, as_of)
    for start in range(0, len(items), BATCH):
        part = items[start : start + BATCH]
        every = load(session, body_id, [row.id for row in part], as_of, around, words=True)
        for row in part:
            found[row.convention_id].append(
                _on_record(every[row.id], derive(row.id, every), called)
            )
    return found


def _on_record(facts: Facts, state: ItemState, called: _Called) -> OnRecord:
    addresses = {(facts.item.kind, facts.item.number)}
    addresses |= {(put_right.kind, put_right.number) for put_right in facts.designations}
    return OnRecord(
        item_id=state.item_id,
        kind=state.kind,
        number=state.number,
        imported=any(fact.imported for fact in facts.every_fact()),
        fields=dict(_fields(facts, state, called)),
        cells={cell.heading: _held(cell, cell.words, called) for cell in facts.source_cells},
        floor=_floor(facts, called),
        links=frozenset(link.target_id for link in facts.links),
        words_reported=frozenset(normalised(entry.words) for entry in facts.entries),
        claimed_done=_claimed_done(facts),
        confirmed_done=any(clause.state.done for clause in state.answer.standing.clauses),
        last_claim=next(
            (claim.claimed for claim in reversed(facts.claims) if claim.claimed and claim.imported),
            None,
        ),
        estimate=state.money.estimated,
        spent=_total(facts.expenses),
        appropriated=_total(facts.appropriations),
        accepted_by=_held(state.lead, called.units.get(state.lead.unit_id), called)
        if isinstance(state.lead, ReferralDecisionFact)
        else None,
        former=tuple(addresses - {(state.kind, state.number)}),
    )


def _claimed_done(facts: Facts) -> bool:
    """Of each clause, be it released or not."""
    done = {claim.clause_id for claim in facts.claims if claim.claimed is Claimed.DONE}
    return bool(done) and all(clause.id in done or clause.declaration for clause in facts.clauses)


def _held(fact: Fact, value: object, called: _Called) -> Held:
    return Held(
        value=value,
        event=fact.event,
        by_hand=not fact.imported,
        at=fact.recorded_at,
        by=called.people.get(fact.actor),
    )


def _fields(facts: Facts, state: ItemState, called: _Called) -> Iterator[tuple[str, Held]]:
    yield from _texts(facts, called)
    yield from _movers(facts, called)
    if estimate := state.money.estimate:
        yield "estimate", _held(estimate, _estimated(estimate), called)
    if isinstance(lead := state.lead, AssignmentFact):
        yield "lead", _held(lead, called.units.get(lead.unit_id, ""), called)
        if lead.person_id is not None:
            yield "person", _held(lead, called.people.get(lead.person_id) or "", called)
    states = [clause.state for clause in state.answer.standing.clauses]
    if due := next((state.due for state in states if state.due), None):
        yield "due", _held(due, due.due_on, called)
    if facts.recommendations:
        yield (
            "recommendation",
            _held(facts.recommendations[-1], facts.recommendations[-1].words, called),
        )
    if decision := newest(each for each in facts.decisions if each.clause_id is None):
        yield "referral_decision", _held(decision, (decision.decision, decision.on), called)


def _texts(facts: Facts, called: _Called) -> Iterator[tuple[str, Held]]:
    """Of the version that counts; what it leaves out is that of the next."""
    versions = in_order(facts.versions)
    for name in ("title", "words", "rationale"):
        version = next((each for each in versions if getattr(each, name)), None)
        if version is not None:
            value = getattr(version, name)
            yield "text" if name == "words" else name, _held(version, value, called)
    if versions:
        yield "text_truncated", _held(versions[0], versions[0].truncated, called)
        yield "stage", _held(versions[0], versions[0].stage, called)


def _movers(facts: Facts, called: _Called) -> Iterator[tuple[str, Held]]:
    for part in FloorPart:
        movers = [mover for mover in facts.floor_people if mover.part is part]
        if not movers:
            continue
        said = sorted(
            (mover.name or "", called.delegations.get(mover.delegation_id or 0, ""))
            for mover in movers
        )
        last = max(movers, key=lambda mover: mover.event)
        held = _held(last, tuple(said), called)
        by_hand = any(not mover.imported for mover in movers)
        yield part.value, dataclasses.replace(held, by_hand=by_hand)


def _estimated(estimate: EstimateFact) -> tuple[object, ...]:
    return (
        estimate.sentence,
        estimate.amount,
        estimate.basis,
        estimate.conditional,
        estimate.assumption,
        estimate.budget,
        estimate.stage,
    )


def _floor(facts: Facts, called: _Called) -> tuple[FloorHeld, ...]:
    """All actions on the whole item, in their order."""
    whole = [action for action in facts.floor if action.clause_id is None or len(facts.clauses) < 2]
    whole.sort(key=lambda action: (action.on, action.position, action.event, action.id))
    return tuple(_floor_held(action, called) for action in whole)


def _floor_held(action: FloorActionFact, called: _Called) -> FloorHeld:
    vote = (action.votes_for, action.votes_against, action.abstained, action.by_voice)
    is_told = any(part is not None and part is not False for part in vote)
    return FloorHeld(
        id=action.id,
        action=action.action,
        on=action.on if action.day_known else None,
        unit=called.units.get(action.unit_id) if action.unit_id else None,
        referred_to=action.referred_to,
        merged_into=action.note if action.action.effect is Effect.MERGES else None,
        vote=vote if is_told else None,
        event=action.event,
        by_hand=not action.imported,
        at=action.recorded_at,
        by=called.people.get(action.actor),
    )


def _total(facts: Iterable[AppropriationFact | ExpenseFact]) -> Total:
    return Total(tuple((fact.amount, fact.event, fact.imported) for fact in facts))
