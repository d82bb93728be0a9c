"""What of an item is found by its words: passages, each with where it stands and who may read it.

Plain functions on facts that were loaded with words. Of whom each is readable follows the same
rules as what `reading` shows: to the public what was released and is not withheld; to people of the
item's units what waits or is internal, too; to the office what is withheld. Persons are not found
by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum, auto

from tracker.rules import item_code
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import FloorPart, Part
from tracker.rules.facts import (
    DesignationFact,
    EntryFact,
    EvidenceFact,
    Fact,
    ItemFact,
    OutcomeFact,
)
from tracker.rules.item_facts import Facts
from tracker.rules.rosters import NamesInForce
from tracker.rules.versions import newest_of_each_stage

from .query import Mark, spelled
from .words import words

BROUGHT_IT = (FloorPart.MAKER, FloorPart.SPONSOR)


class Level(IntEnum):
    """Who may read a passage: each reads what those before it read, too."""

    PUBLIC = 0
    INTERNAL = 1  # people of the item's units
    WITHHELD = 2  # the office and the auditor


class Place(StrEnum):
    """Where a passage stands."""

    CODE = auto()
    TITLE = auto()
    DELEGATION = auto()
    UNIT = auto()
    TEXT = auto()
    CLAUSE = auto()
    ENTRY = auto()
    DECISION = auto()
    OUTCOME = auto()
    EVIDENCE = auto()


@dataclass(frozen=True, kw_only=True)
class Passage:
    place: Place
    text: str
    level: Level = Level.PUBLIC
    on: date | None = None  # the day of the entry, decision or outcome; None: not known
    fact_id: int  # of the version, delegation, unit, entry and so on
    marks: tuple[str, ...] = field(default=())  # marked words by which it is found besides


@dataclass(frozen=True, kw_only=True)
class ItemNames:
    """What the facts name by keys."""

    delegations: NamesInForce
    units: NamesInForce
    prefixes: Mapping[str, str]  # of all kinds, those that the body added among them
    year: int | None  # of the item's convention


def passages(facts: Facts, names: ItemNames) -> tuple[Passage, ...]:
    """In the order of their weight: code and title, names, texts, what was said since."""
    return (
        *_codes(facts, names),
        *_titles(facts),
        *_delegations(facts, names),
        *_units(facts, names),
        *_texts(facts),
        *_clauses(facts),
        *_entries(facts),
        *_decisions(facts),
        *_outcomes(facts),
        *_evidence(facts),
    )


def _codes(facts: Facts, names: ItemNames) -> Iterator[Passage]:
    """The code of today, and those that it had by mistake: they lead to it still."""
    corrections = sorted(facts.designations, key=lambda designation: designation.event)
    designations: list[ItemFact | DesignationFact] = [facts.item, *corrections]
    for designation in reversed(designations):
        prefix = names.prefixes.get(designation.kind, designation.kind)
        number = designation.number
        marks = [Mark.CODE.of(spelled(f"{prefix}-{number}"))]
        if not number.startswith(item_code.UNNUMBERED):
            marks.append(Mark.NUMBER.of(spelled(number)))
        if names.year is not None:
            marks.append(Mark.YEAR.of(str(names.year)))
        text = f"{prefix} {number}"
        if names.year is not None:
            text += f" {names.year}"
        yield Passage(place=Place.CODE, text=text, fact_id=designation.id, marks=tuple(marks))


def _titles(facts: Facts) -> Iterator[Passage]:
    for version in newest_of_each_stage(facts.versions):
        if version.title:
            yield Passage(place=Place.TITLE, text=version.title, fact_id=version.id)


def _delegations(facts: Facts, names: ItemNames) -> Iterator[Passage]:
    keys = [person.delegation_id for person in facts.floor_people if person.part in BROUGHT_IT]
    for key in dict.fromkeys(keys):
        for name in _known_as(names.delegations, key):
            marks = tuple(Mark.DELEGATION.of(word) for word in words(name))
            yield Passage(place=Place.DELEGATION, text=name, fact_id=key or 0, marks=marks)


def _known_as(names: NamesInForce, key: int | None) -> tuple[str, ...]:
    """The name in force, and those before: an item is found by each."""
    if key is None or key not in names.rows:
        return ()
    return (names.shown[key], *names.earlier(key))


def _units(facts: Facts, names: ItemNames) -> Iterator[Passage]:
    """Units that have it: leads, contributors, and those to which it was referred."""
    leads = [
        state.lead.unit_id for state in clause_states(facts, {facts.item.id: facts}) if state.lead
    ]
    contributors = [
        assignment.unit_id
        for assignment in facts.assignments
        if assignment.part is Part.CONTRIBUTOR
    ]
    receivers = [action.unit_id for action in facts.floor if action.unit_id is not None]
    for key in dict.fromkeys([*leads, *contributors, *receivers]):
        for name in _known_as(names.units, key):
            yield _unit(name, key)
    for action in facts.floor:
        if action.unit_id is None and action.referred_to:
            yield _unit(action.referred_to, action.id)


def _unit(name: str, fact_id: int) -> Passage:
    marks = tuple(Mark.UNIT.of(word) for word in words(name))
    return Passage(place=Place.UNIT, text=name, fact_id=fact_id, marks=marks)


def _texts(facts: Facts) -> Iterator[Passage]:
    for version in newest_of_each_stage(facts.versions):
        for text in (version.words, version.rationale):
            if text:
                yield Passage(place=Place.TEXT, text=text, fact_id=version.id)


def _clauses(facts: Facts) -> Iterator[Passage]:
    for clause in facts.clauses:
        for text in (clause.words, clause.addressee):
            if text:
                yield Passage(place=Place.CLAUSE, text=text, fact_id=clause.id)


# --- what was said since ---


def _entries(facts: Facts) -> Iterator[Passage]:
    for entry in facts.entries:
        reasons = [claim.reason for claim in facts.claims if claim.entry_id == entry.id]
        text = " ".join(part for part in (entry.words, *reasons) if part)
        if text:
            yield Passage(
                place=Place.ENTRY,
                text=text,
                level=_level_of_entry(facts, entry),
                on=_day(entry),
                fact_id=entry.id,
            )


def _level_of_entry(facts: Facts, entry: EntryFact) -> Level:
    if any(withholding.entry_id == entry.id for withholding in facts.withholdings):
        return Level.WITHHELD
    return Level.INTERNAL if facts.released(entry=entry.id) is None else Level.PUBLIC


def _decisions(facts: Facts) -> Iterator[Passage]:
    for decision in facts.decisions:
        if decision.reason:
            yield Passage(
                place=Place.DECISION,
                text=decision.reason,
                on=_day(decision),
                fact_id=decision.id,
            )


def _outcomes(facts: Facts) -> Iterator[Passage]:
    for outcome in facts.outcomes:
        text = " ".join(part for part in (outcome.words, outcome.tie) if part)
        if text:
            yield Passage(
                place=Place.OUTCOME,
                text=text,
                level=_level_of_outcome(facts, outcome),
                on=_day(outcome),
                fact_id=outcome.id,
            )


def _level_of_outcome(facts: Facts, outcome: OutcomeFact) -> Level:
    if any(withholding.outcome_id == outcome.id for withholding in facts.withholdings):
        return Level.WITHHELD
    return Level.INTERNAL if facts.released(outcome=outcome.id) is None else Level.PUBLIC


def _evidence(facts: Facts) -> Iterator[Passage]:
    """Its titles. Of an entry that was withdrawn or corrected none is shown."""
    opened = {opening.evidence_id for opening in facts.opened_evidence}
    entries = {entry.id: entry for entry in facts.entries}
    outcomes = {outcome.id: outcome for outcome in facts.outcomes}
    for evidence in facts.evidence:
        if evidence.entry_id in entries:
            level = _level_of_entry(facts, entries[evidence.entry_id])
        elif evidence.outcome_id in outcomes:
            level = _level_of_outcome(facts, outcomes[evidence.outcome_id])
        else:
            continue
        if evidence.title:
            yield Passage(
                place=Place.EVIDENCE,
                text=evidence.title,
                level=max(level, _own_level(facts, evidence, evidence.id in opened)),
                fact_id=evidence.id,
            )


def _own_level(facts: Facts, evidence: EvidenceFact, is_opened: bool) -> Level:
    if any(withholding.evidence_id == evidence.id for withholding in facts.withholdings):
        return Level.WITHHELD
    return Level.PUBLIC if is_opened else Level.INTERNAL


def _day(fact: Fact) -> date | None:
    return fact.on if fact.day_known else None
