"""What the record holds now of the items that a list may speak of: each field, and whether an import or a hand wrote it. Nothing is written."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.bodies import Delegation, Unit
from tracker.record.items import Item
from tracker.record.ledger import Text
from tracker.record.load import load
from tracker.record.people import Person
from tracker.rules.codes import Claimed, Decision, Effect, FloorPart, Part, Result
from tracker.rules.facts import Appropriation, Expense, Fact, Facts
from tracker.rules.money import NEAREST_FIRST, in_force


@dataclass(frozen=True, kw_only=True)
class Held:
    """A value on record. `event` recorded it, when and by whom (a name; None: the command line); `by_hand`: no import did."""

    value: Any
    event: int
    by_hand: bool
    at: datetime | None = None
    actor: int | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class FloorHeld:
    id: int
    action: Any
    on: date | None
    unit: str | None
    whom_said: str | None
    target: str | None
    vote: tuple[int | None, int | None, int | None, bool] | None
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
class Present:
    """One item on record. `fields` by the names of `fields.FIELDS`; money in the body's currency."""

    item: Item
    kind: str
    number: str
    imported: bool  # an import has written something of it before
    fields: Mapping[str, Held]
    cells: Mapping[str, Held]
    floor: tuple[FloorHeld, ...]
    links: frozenset[int]
    words_reported: frozenset[str]  # of all entries, plain
    claimed_done: bool
    confirmed_done: bool  # of any clause: what is claimed of it waits for a reopening
    last_claim: Claimed | None  # the newest that an import brought
    estimate: Decimal | None
    spent: Total
    appropriated: Total
    accepted_by: str | None = (
        None  # the unit that took on what was referred to it: it leads until the office assigns another
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


def plain(words: str | None) -> str:
    """Two spellings are the same where only white space, case of no letter, and the form of accents differ."""
    return " ".join(unicodedata.normalize("NFC", words or "").split())


def key(name: str) -> str:
    return plain(name).casefold()


def names(session: Session, body_id: int) -> Names:
    units = {
        key(name): (number, name)
        for number, name in session.execute(
            sa.select(Unit.id, Unit.name).where(Unit.body_id == body_id)
        )
    }
    delegations = {
        key(name): (number, name)
        for number, name in session.execute(
            sa.select(Delegation.id, Delegation.name).where(Delegation.body_id == body_id)
        )
    }
    people: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for number, unit, words in session.execute(
        sa.select(Person.id, Person.unit_id, Text.words)
        .join(Text, Text.digest == Person.name)
        .where(Person.body_id == body_id)
        .order_by(Person.id)
    ):
        people[key(words or "")].append((number, unit))
    return Names(units, delegations, {name: tuple(each) for name, each in people.items()})


def present(
    session: Session, body_id: int, convention_ids: Collection[int], today: date
) -> dict[int, list[Present]]:
    """All items of these conventions, by convention, as they are now."""
    items = session.scalars(
        sa.select(Item)
        .where(Item.body_id == body_id, Item.convention_id.in_(convention_ids))
        .order_by(Item.id)
    ).all()
    found: dict[int, list[Present]] = defaultdict(list)
    if not items:
        return found
    every = load(session, body_id, [item.id for item in items], AsOf(today), words=True)
    units = {
        number: name
        for number, name in session.execute(
            sa.select(Unit.id, Unit.name).where(Unit.body_id == body_id)
        )
    }
    delegations = {
        number: name
        for number, name in session.execute(
            sa.select(Delegation.id, Delegation.name).where(Delegation.body_id == body_id)
        )
    }
    people = {
        number: words
        for number, words in session.execute(
            sa.select(Person.id, Text.words)
            .join(Text, Text.digest == Person.name)
            .where(Person.body_id == body_id)
        )
    }
    for item in items:
        found[item.convention_id].append(_present(item, every[item.id], units, delegations, people))
    return found


def _present(
    item: Item,
    facts: Facts,
    units: Mapping[int, str],
    delegations: Mapping[int, str],
    people: Mapping[int, str | None],
) -> Present:
    said = facts.designations[-1] if facts.designations else item
    former = tuple(
        {(item.kind, item.number), *((each.kind, each.number) for each in facts.designations)}
        - {(said.kind, said.number)}
    )
    fields: dict[str, Held] = {}
    _texts(facts, fields)
    _movers(facts, fields, delegations)
    _money(facts, fields)
    _who(facts, fields, units, people)
    if facts.recommendations:
        fields["recommendation"] = _held(facts.recommendations[-1], facts.recommendations[-1].words)
    fields = {
        name: replace(held, by=people.get(held.actor)) if held.actor else held
        for name, held in fields.items()
    }
    decisions = [each for each in facts.decisions if each.clause_id is None]
    if decisions:
        newest = max(decisions, key=lambda each: (each.on, each.event))
        fields["referral_decision"] = _held(newest, (Decision(newest.decision), newest.on))
    words = {each.id: plain(each.words) for each in facts.entries}
    claims = [each for each in facts.claims if each.claimed is not None]
    done = {each.clause_id for each in claims if each.claimed is Claimed.DONE}
    cells = {each.heading: _held(each, each.words) for each in facts.source_cells}
    return Present(
        item=item,
        kind=said.kind,
        number=said.number,
        imported=any(fact.imported for fact in facts.every_fact()),
        fields=fields,
        cells=cells,
        floor=_floor(facts, units, people),
        links=frozenset(each.target_id for each in facts.links),
        words_reported=frozenset(words.values()),
        claimed_done=bool(facts.clauses)
        and all(each.id in done or each.declaration for each in facts.clauses)
        and bool(done),
        confirmed_done=_confirmed(facts),
        last_claim=next((each.claimed for each in reversed(claims) if each.imported), None),
        estimate=_estimate(facts),
        spent=_total(facts.expenses),
        appropriated=_total(facts.appropriations),
        accepted_by=_accepted_by(facts, units),
        former=former,
    )


def _accepted_by(facts: Facts, units: Mapping[int, str]) -> str | None:
    taken = [
        each
        for each in facts.decisions
        if each.decision in (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART)
    ]
    return units.get(max(taken, key=lambda each: (each.on, each.event)).unit_id) if taken else None


def _confirmed(facts: Facts) -> bool:
    last = {
        each.claim_id: each.result
        for each in sorted(facts.reviews, key=lambda review: review.event)
        if each.claim_id is not None
    }
    return Result.CONFIRMED in last.values()


def _held(fact: Fact, value: Any) -> Held:
    return Held(
        value=value,
        event=fact.event,
        by_hand=not fact.imported,
        at=fact.recorded_at,
        actor=fact.actor,
    )


def _texts(facts: Facts, fields: dict[str, Held]) -> None:
    """Of the version that counts; what it leaves out is that of the next."""
    newest = {
        each.stage: each for each in sorted(facts.versions, key=lambda each: (each.event, each.id))
    }
    for stage in NEAREST_FIRST:
        if (version := newest.get(stage)) is not None:
            for name, value in (
                ("title", version.title),
                ("text", version.words),
                ("rationale", version.rationale),
            ):
                if value and name not in fields:
                    fields[name] = _held(version, value)
            fields.setdefault("text_truncated", _held(version, bool(version.truncated)))
            fields.setdefault("stage", _held(version, stage))


def _movers(facts: Facts, fields: dict[str, Held], delegations: Mapping[int, str]) -> None:
    for part in FloorPart:
        mine = [each for each in facts.floor_people if each.part is part]
        if mine:
            value = tuple(
                sorted(
                    (each.name or "", delegations.get(each.delegation_id or 0, "")) for each in mine
                )
            )
            newest = max(mine, key=lambda each: each.event)
            fields[part.value] = Held(
                value=value,
                event=newest.event,
                by_hand=any(not each.imported for each in mine),
                at=newest.recorded_at,
                actor=newest.actor,
            )


def _estimate(facts: Facts) -> Decimal | None:
    counts = in_force(facts.estimates)
    return counts.amount if counts else None


def _money(facts: Facts, fields: dict[str, Held]) -> None:
    if counts := in_force(facts.estimates):
        fields["estimate"] = _held(
            counts,
            (
                counts.sentence,
                counts.amount,
                counts.basis,
                counts.conditional,
                counts.assumption,
                counts.budget,
                counts.stage,
            ),
        )


def _who(
    facts: Facts,
    fields: dict[str, Held],
    units: Mapping[int, str],
    people: Mapping[int, str | None],
) -> None:
    order = {each.id: each.number for each in facts.clauses}
    leads = [each for each in facts.assignments if each.part is Part.LEAD]
    whole = [each for each in leads if each.clause_id is None] or sorted(
        leads, key=lambda each: -order.get(each.clause_id or 0, 0)
    )
    if whole:
        lead = (
            max(whole, key=lambda each: (each.on, each.event))
            if whole[0].clause_id is None
            else whole[-1]
        )
        fields["lead"] = _held(lead, units.get(lead.unit_id, ""))
        if lead.person_id is not None:
            fields["person"] = _held(lead, people.get(lead.person_id) or "")
    due = [each for each in facts.due_dates if each.clause_id is None] or facts.due_dates
    if due:
        newest = max(due, key=lambda each: (each.on, each.event))
        fields["due"] = _held(newest, newest.due_on)


def _floor(
    facts: Facts, units: Mapping[int, str], people: Mapping[int, str | None]
) -> tuple[FloorHeld, ...]:
    held = []
    for each in sorted(facts.floor, key=lambda act: (act.on, act.position, act.event, act.id)):
        if each.clause_id is None or len(facts.clauses) < 2:
            vote = (each.votes_for, each.votes_against, each.abstained, bool(each.by_voice))
            held.append(
                FloorHeld(
                    id=each.id,
                    action=each.action,
                    on=each.on if each.day_known else None,
                    unit=units.get(each.unit_id) if each.unit_id else None,
                    whom_said=each.referred_to,
                    target=each.note if each.action.effect is Effect.MERGES else None,
                    vote=vote
                    if any(part is not None and part is not False for part in vote)
                    else None,
                    event=each.event,
                    by_hand=not each.imported,
                    at=each.recorded_at,
                    by=people.get(each.actor),
                )
            )
    return tuple(held)


def _total(given: Collection[Appropriation] | Collection[Expense]) -> Total:
    return Total(tuple((each.amount, each.event, each.imported) for each in given))
