"""What of an item was released, and can be withheld; what of it is withheld, and was.

For governance and the auditor, with the numbers by which the office names each at a terminal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.items import FloorPerson
from tracker.record.ledger_tables import Erasure, Event, Text
from tracker.record.progress import Lifting, Withholding
from tracker.rules.codes import Claimed, EvidenceKind, FloorPart, Level, Result, WithheldFor
from tracker.rules.facts import EntryFact, EvidenceFact, OutcomeFact, WithholdingFact
from tracker.rules.rosters import name_key

from .audience import OFFICE, PUBLIC
from .item import item_page
from .item_context import ItemContext, load_item_context
from .item_models import ItemPage, Moment
from .models import EvidenceDetails, Sponsor

SUBJECTS = {
    "entry": "entry_id",
    "outcome": "outcome_id",
    "evidence": "evidence_id",
    "maker": "floor_person_id",
}
"""The columns that name what is withheld, by the option of the command that names it."""


@dataclass(frozen=True, kw_only=True)
class WithholdingDetails:
    """That something was withheld, and that this was lifted, if it was."""

    id: int
    kind: WithheldFor
    on: date
    by: str | None  # None: the command, or somebody whose name was erased
    note: str | None  # why
    lifted_on: date | None = None
    lifted_by: str | None = None
    lifted_note: str | None = None


@dataclass(frozen=True, kw_only=True)
class PublishedFact:
    """Something that readers read, unless it is withheld."""

    kind: str  # entry, outcome, evidence or maker: the option of the command that names it
    id: int
    on: date
    words: str | None  # of evidence its title, of somebody on the floor the name; None: erased
    withholdings: tuple[WithholdingDetails, ...] = ()  # in the order of recording

    # Of an entry or an outcome.
    pieces: int = 0  # of evidence
    spent: Decimal | None = None
    level: Level | None = None
    is_corrected: bool = False  # it stands beside its correction
    confirmed_clauses: tuple[int, ...] = ()  # numbers
    is_confirmed: bool = False

    # Of evidence.
    evidence: EvidenceDetails | None = None
    evidence_kind: EvidenceKind | None = None
    of_kind: str | None = None  # of what it is: entry or outcome
    of_on: date | None = None

    # Of somebody on the floor.
    part: FloorPart | None = None
    delegation: str | None = None
    is_former: bool = False  # put right since: readers of earlier days read it

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.kind}-{self.id}"

    @property
    def withheld(self) -> WithholdingDetails | None:
        """The withholding that holds."""
        return next((line for line in self.withholdings if line.lifted_on is None), None)

    def as_data(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "number": self.id,
            "on": self.on.isoformat(),
            "words": self.words,
            "withheld": self.withheld.kind.value if self.withheld else None,
        }


@dataclass(frozen=True, kw_only=True)
class PublishedItem:
    """An item with all that can be withheld of it."""

    page: ItemPage  # as the office reads it
    facts: tuple[PublishedFact, ...]
    item: ItemContext

    @property
    def readable(self) -> tuple[PublishedFact, ...]:
        return tuple(fact for fact in self.facts if fact.withheld is None)

    @property
    def lifted(self) -> tuple[tuple[PublishedFact, WithholdingDetails], ...]:
        """What was withheld once; the newest first."""
        lines = [
            (fact, line)
            for fact in self.facts
            for line in fact.withholdings
            if line.lifted_on is not None
        ]
        return tuple(sorted(lines, key=lambda pair: pair[1].id, reverse=True))

    def fact(self, key: str) -> PublishedFact | None:
        return next((fact for fact in self.facts if fact.key == key), None)


def published_item(
    session: Session, body_id: int, item_id: int, today: date
) -> PublishedItem | None:
    """Entries, then outcomes, then what shows them, then who moved it; each in the order of its
    recording. None where the item is not on record.
    """
    item = load_item_context(session, body_id, item_id, today, OFFICE)
    if item is None:
        return None
    withholdings = _withholdings(session, item)
    facts = tuple(
        replace(fact, withholdings=tuple(withholdings[_subject_of(fact)]))
        for fact in (*_entries(item), *_outcomes(item), *_evidence(item), *_movers(session, item))
    )
    return PublishedItem(page=item_page(item), facts=facts, item=item)


def _entries(item: ItemContext) -> Iterator[PublishedFact]:
    """Those that were corrected since among them: readers read them beside their correction."""
    for entry in item.facts.entries_ever:
        if not item.facts.was_released(entry.id):
            continue
        claims = [claim for claim in item.facts.claims if claim.entry_id == entry.id]
        confirmed = [
            claim.clause_id
            for claim in claims
            if claim.claimed is Claimed.DONE and _is_confirmed(item, claim=claim.id)
        ]
        numbers = {item.clause_number(clause_id) for clause_id in confirmed} - {None}
        expenses = [
            expense.amount for expense in item.facts.expenses if expense.entry_id == entry.id
        ]
        yield PublishedFact(
            kind="entry",
            id=entry.id,
            on=entry.on,
            words=entry.words,
            pieces=sum(evidence.entry_id == entry.id for evidence in item.facts.evidence),
            spent=sum(expenses, Decimal(0)) if expenses else None,
            is_corrected=entry.retracted,
            confirmed_clauses=tuple(sorted(number for number in numbers if number is not None)),
            is_confirmed=bool(confirmed),
        )


def _is_confirmed(
    item: ItemContext, *, claim: int | None = None, outcome: int | None = None
) -> bool:
    review = item.facts.review(claim=claim, outcome=outcome)
    return review is not None and review.result is Result.CONFIRMED


def _outcomes(item: ItemContext) -> Iterator[PublishedFact]:
    for outcome in item.facts.outcomes:
        if item.facts.released(outcome=outcome.id) is None:
            continue
        yield PublishedFact(
            kind="outcome",
            id=outcome.id,
            on=outcome.on,
            words=outcome.words,
            pieces=sum(evidence.outcome_id == outcome.id for evidence in item.facts.evidence),
            level=outcome.level,
            is_confirmed=_is_confirmed(item, outcome=outcome.id),
        )


def _evidence(item: ItemContext) -> Iterator[PublishedFact]:
    entries = {
        entry.id: entry for entry in item.facts.entries_ever if item.facts.was_released(entry.id)
    }
    outcomes = {
        outcome.id: outcome
        for outcome in item.facts.outcomes
        if item.facts.released(outcome=outcome.id)
    }
    for evidence in item.facts.evidence:
        owner = entries.get(evidence.entry_id or 0) or outcomes.get(evidence.outcome_id or 0)
        if owner is not None:
            yield _piece(item, evidence, owner)


def _piece(
    item: ItemContext, evidence: EvidenceFact, owner: EntryFact | OutcomeFact
) -> PublishedFact:
    return PublishedFact(
        kind="evidence",
        id=evidence.id,
        on=evidence.on,
        words=evidence.title,
        evidence=item.evidence_details(evidence),
        evidence_kind=evidence.kind,
        of_kind="entry" if isinstance(owner, EntryFact) else "outcome",
        of_on=owner.on,
    )


def _movers(session: Session, item: ItemContext) -> Iterator[PublishedFact]:
    """Each name once: where it stands, else where it stood before it was put right."""
    delegations = item.body_context.delegation_names.shown
    standing = {person.id for person in item.facts.floor_people}
    known: set[str] = set()
    rows = session.execute(
        sa.select(FloorPerson, Event.effective_on, Text.words)
        .join(Event, Event.id == FloorPerson.recorded_by)
        .join(Text, Text.digest == FloorPerson.name)
        .where(FloorPerson.item_id == item.id, Text.words.is_not(None))
        .order_by(FloorPerson.retracted_by.is_not(None), FloorPerson.id)
    )
    for person, on, name in rows:
        if name_key(name) in known:
            continue
        known.add(name_key(name))
        yield PublishedFact(
            kind="maker",
            id=person.id,
            on=on,
            words=name,
            part=person.part,
            delegation=delegations.get(person.delegation_id) if person.delegation_id else None,
            is_former=person.id not in standing,
        )


# --- what was withheld, and lifted ---

_Subject = tuple[str, int | str]  # a kind, and a key; of somebody on the floor the name


def _subject_of(fact: PublishedFact) -> _Subject:
    return fact.kind, name_key(fact.words) if fact.kind == "maker" else fact.id


def _withholdings(
    session: Session, item: ItemContext
) -> defaultdict[_Subject, list[WithholdingDetails]]:
    """By what was withheld, in the order of recording."""
    lifting, lifted, name = aliased(Lifting), aliased(Event), aliased(Text)
    why, why_lifted = aliased(Text), aliased(Text)
    rows = session.execute(
        sa.select(Withholding, Event, why.words, lifted, why_lifted.words, name.words)
        .join(Event, Event.id == Withholding.recorded_by)
        .outerjoin(why, why.digest == Withholding.note)
        .outerjoin(lifted, lifted.id == Withholding.ended_by)
        .outerjoin(lifting, lifting.withholding_id == Withholding.id)
        .outerjoin(why_lifted, why_lifted.digest == lifting.note)
        .outerjoin(FloorPerson, FloorPerson.id == Withholding.floor_person_id)
        .outerjoin(name, name.digest == FloorPerson.name)
        .where(Withholding.item_id == item.id, Withholding.retracted_by.is_(None))
        .order_by(Withholding.id)
    )
    withholdings = defaultdict(list)
    for row, recording, note, ending, lifted_note, words in rows:
        kind = next(kind for kind, column in SUBJECTS.items() if getattr(row, column) is not None)
        key = name_key(words) if kind == "maker" else getattr(row, SUBJECTS[kind])
        withholdings[kind, key].append(
            WithholdingDetails(
                id=row.id,
                kind=row.kind,
                on=recording.effective_on,
                by=item.person(recording.actor_id),
                note=note,
                lifted_on=ending.effective_on if ending else None,
                lifted_by=item.person(ending.actor_id) if ending else None,
                lifted_note=lifted_note,
            )
        )
    return withholdings


# --- what readers will see in its place ---


@dataclass(frozen=True)
class InItsPlace:
    """What stands in place of what is withheld: a line of the record, or of who moved it. Neither:
    readers do not read it now.
    """

    moment: Moment | None = None
    sponsor: Sponsor | None = None


def in_its_place(
    published: PublishedItem, fact: PublishedFact, kind: WithheldFor, today: date
) -> InItsPlace:
    """What the public will read there once this is withheld for a kind of reason."""
    item = published.item
    event = item.facts.newest_event + 1
    withholding = WithholdingFact(
        id=0,
        event=event,
        actor=0,
        on=today,
        heard_on=today,
        day_known=True,
        imported=False,
        kind=kind,
        name=fact.words if fact.kind == "maker" else None,
        entry_id=fact.id if fact.kind == "entry" else None,
        outcome_id=fact.id if fact.kind == "outcome" else None,
        evidence_id=fact.id if fact.kind == "evidence" else None,
        floor_person_id=fact.id if fact.kind == "maker" else None,
    )
    before, after = (
        item_page(replace(item, audience=PUBLIC, facts=facts))
        for facts in (
            item.facts,
            replace(item.facts, withholdings=(*item.facts.withholdings, withholding)),
        )
    )
    new_moments = [moment for moment in after.record if moment not in before.record]
    new_sponsors = [sponsor for sponsor in after.sponsors if sponsor not in before.sponsors]
    return InItsPlace(
        moment=next((moment for moment in new_moments if moment.withheld), None),
        sponsor=next((sponsor for sponsor in new_sponsors if sponsor.withheld), None),
    )


def count_erasures(session: Session) -> int:
    """How many texts of the installation were ever erased."""
    return session.connection().scalar(sa.select(sa.func.count()).select_from(Erasure)) or 0
