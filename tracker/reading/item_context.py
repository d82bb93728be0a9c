"""One item while it is read: its facts, its state, its surroundings, and for whom it is read.

The sections of a page ask it. What staff may see of several items is loaded here, too, in a
constant number of statements.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.loader import load
from tracker.rules.codes import EvidenceKind, Part
from tracker.rules.facts import (
    AssignmentFact,
    EntryFact,
    EvidenceFact,
    FloorPersonFact,
    WithholdingFact,
)
from tracker.rules.item_code import order
from tracker.rules.item_facts import Facts
from tracker.rules.item_state import ItemState, derive
from tracker.rules.permissions import Actor, Permission, is_permitted, units_of
from tracker.rules.reasons import Reason
from tracker.rules.rosters import name_key
from tracker.rules.verdict import Answer

from . import addresses
from .audience import OFFICE, Audience
from .body_context import BodyContext, load_body_context
from .identity import Identity, identity
from .minutes import meetings_named, minutes_of
from .models import EvidenceDetails, ItemRef, MinutesDetails, NamedReason
from .reasons import named_reason

INSIDE = Audience(names=True, everything=True, hidden=True, members=True)
"""For those whom the permission of the page has let in to these items.

They see the internal part and persons, and not what was withheld.
"""


@dataclass(frozen=True, kw_only=True)
class ItemContext:
    """An item, its facts loaded with words."""

    facts: Facts
    state: ItemState
    body_context: BodyContext
    linked_facts: Mapping[int, Facts]  # of this item and all that links join with it
    identities: Mapping[int, Identity]  # of the same items
    audience: Audience
    as_of: AsOf
    units_today: frozenset[int]  # that lead or contribute now, whatever day is asked for
    # Of the meetings that decided, by their keys.
    all_minutes: Mapping[int, MinutesDetails] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.facts.item.id

    @property
    def identity(self) -> Identity:
        return self.identities[self.id]

    @property
    def ref(self) -> ItemRef:
        return self.identity.ref

    @property
    def answer(self) -> Answer:
        return self.state.answer

    @cached_property
    def inside(self) -> bool:
        """Whether this audience reads the internal part.

        A unit that led the item on the day asked for, and leads it no longer, does not.
        """
        return self.audience.inside(self.units_today)

    # --- what is withheld ---

    @cached_property
    def withheld(self) -> dict[tuple[str, int], WithholdingFact]:
        """By what is withheld: ("entry", id), ("outcome", id), ("evidence", id),
        ("floor_person", id).
        """
        withholdings: dict[tuple[str, int], WithholdingFact] = {}
        for withholding in self.facts.withholdings:
            if withholding.entry_id is not None:
                withholdings["entry", withholding.entry_id] = withholding
            if withholding.outcome_id is not None:
                withholdings["outcome", withholding.outcome_id] = withholding
            if withholding.evidence_id is not None:
                withholdings["evidence", withholding.evidence_id] = withholding
            if withholding.floor_person_id is not None:
                withholdings["floor_person", withholding.floor_person_id] = withholding
        return withholdings

    @cached_property
    def _withheld_names(self) -> dict[str, WithholdingFact]:
        return {
            name_key(withholding.name): withholding
            for withholding in self.facts.withholdings
            if withholding.name is not None
        }

    def withheld_name(self, person: FloorPersonFact) -> WithholdingFact | None:
        """The withholding of the name of somebody on the floor.

        The same name is withheld wherever it stands at the item: as contact beside maker, of the
        days before the floor was corrected, and from a list that brings it again.
        """
        withholding = self.withheld.get(("floor_person", person.id))
        return withholding or self._withheld_names.get(name_key(person.name))

    def name_on_floor(self, person: FloorPersonFact) -> str | None:
        """The name as recorded, unless it is withheld from this audience."""
        hidden = self.withheld_name(person) is not None and not self.audience.withheld
        return None if hidden else person.name

    def hidden(self, what: str, key: int) -> bool:
        """Whether it is withheld from this audience; some read that too."""
        return (what, key) in self.withheld and not self.audience.withheld

    def words_of(self, entry: EntryFact) -> str | None:
        """None where they are withheld, or erased."""
        return None if self.hidden("entry", entry.id) else entry.words

    def minutes(self, meeting_id: int | None) -> MinutesDetails | None:
        """Where this audience may open them."""
        details = self.all_minutes.get(meeting_id) if meeting_id is not None else None
        return details if details and (details.open or self.inside) else None

    # --- names, numbers, days ---

    def person(self, person_id: int | None) -> str | None:
        """None where there is nobody, or this audience does not read names."""
        if person_id is None:
            return None
        if not (self.audience.names or self.body_context.settings.show_names):
            return None
        return self.body_context.people.get(person_id) or None

    def unit(self, unit_id: int | None) -> str | None:
        return self.body_context.units.get(unit_id) if unit_id is not None else None

    def author_unit(self, person_id: int) -> str | None:
        """The unit of whoever wrote it; else that which leads the item."""
        lead = self.state.lead
        own_unit = self.unit(self.body_context.unit_of_person.get(person_id))
        return own_unit or self.unit(lead.unit_id if lead else None)

    def clause_number(self, clause_id: int | None) -> int | None:
        """None for the whole item, and where it has one clause only: then nobody counts them."""
        return self._clause_numbers.get(clause_id) if clause_id is not None else None

    @cached_property
    def _clause_numbers(self) -> dict[int, int]:
        clauses = self.facts.clauses
        return {clause.id: clause.number for clause in clauses} if len(clauses) > 1 else {}

    def day(self, instant: datetime) -> date:
        """In the body's zone."""
        return instant.astimezone(self.body_context.settings.zone).date()

    def reason(self, reason: Reason) -> NamedReason:
        return named_reason(
            reason.code,
            reason.values,
            self.body_context,
            item_ref=self._linked_ref,
            today=self.as_of.on,
        )

    def _linked_ref(self, item_id: int) -> ItemRef | None:
        linked = self.identities.get(item_id)
        return linked.ref if linked else None

    # --- evidence and the cells of lists ---

    def column_open(self, heading: str) -> bool:
        """Whether readers may see what the list says under this heading."""
        return (self.facts.item.convention_id, heading) in self.body_context.open_columns

    def evidence(
        self, *, entry: int | None = None, outcome: int | None = None
    ) -> tuple[EvidenceDetails, ...]:
        """What this audience may open, of an entry or an outcome."""
        subject, key = ("entry", entry) if entry is not None else ("outcome", outcome)
        if key is None or self.hidden(subject, key):
            return ()
        return tuple(
            self.evidence_details(evidence)
            for evidence in self._evidence_of.get((entry, outcome), ())
            if (self.inside or evidence.id in self._opened_evidence)
            and not self.hidden("evidence", evidence.id)
        )

    @cached_property
    def _evidence_of(self) -> dict[tuple[int | None, int | None], list[EvidenceFact]]:
        """By entry and outcome, one of which each piece has."""
        evidence_of: dict[tuple[int | None, int | None], list[EvidenceFact]] = {}
        for evidence in self.facts.evidence:
            evidence_of.setdefault((evidence.entry_id, evidence.outcome_id), []).append(evidence)
        return evidence_of

    @cached_property
    def _opened_evidence(self) -> set[int]:
        return {opened.evidence_id for opened in self.facts.opened_evidence}

    def evidence_details(self, evidence: EvidenceFact) -> EvidenceDetails:
        path = None
        if evidence.kind is EvidenceKind.LINK:
            path = evidence.url
        elif evidence.kind is EvidenceKind.FILE:
            path = addresses.file_path(evidence.id)
        return EvidenceDetails(
            id=evidence.id,
            label=evidence.title or evidence.url or "",
            path=path,
            stored=evidence.kind is EvidenceKind.FILE,
            words=self._row_words(evidence),
            media_type=evidence.media_type,
            size=evidence.size,
            sha256=evidence.sha256,
            on=evidence.on if evidence.day_known else None,
            internal=evidence.id not in self._opened_evidence,
        )

    def _row_words(self, evidence: EvidenceFact) -> str | None:
        """Of the row of a list what this audience may read; of a link or a file none."""
        if evidence.kind is not EvidenceKind.ROW or evidence.words is None:
            return None
        if self.inside:
            return evidence.words
        return self._without_closed_columns(evidence.words)

    def _without_closed_columns(self, row: str) -> str | None:
        """A list's row, one cell a line, without the cells of closed columns.

        None where these cells cannot be told from the others.
        """
        closed = [cell for cell in self.facts.source_cells if not self.column_open(cell.heading)]
        lines = f"\n{row}\n"
        for cell in closed:
            lines = lines.replace(f"\n{cell.heading}: {cell.words}\n", "\n")
        if any(f"\n{cell.heading}: " in lines for cell in closed):
            return None
        return lines.strip("\n")


def source_of(entry: EntryFact) -> str | None:
    """Of an imported entry: the list from which it is, and its row."""
    if entry.source and entry.source_row:
        return f"{entry.source}, row {entry.source_row}"
    return entry.source or None


# --- for staff ---


def audience_of(actor: Actor) -> Audience:
    """The office and the auditor read what was withheld, too."""
    return OFFICE if is_permitted(actor, Permission.READ_ALL) else INSIDE


def load_item_contexts(
    session: Session,
    body_id: int,
    item_ids: Collection[int],
    today: date,
    audience: Audience = INSIDE,
) -> tuple[BodyContext, dict[int, ItemContext]]:
    """Items as staff read them, by id, in the order of conventions and numbers.

    The number of statements does not depend on the number of items.
    """
    as_of = AsOf(today)
    body_context = load_body_context(session, body_id, as_of, names=True)
    if not item_ids:
        return body_context, {}
    surroundings = (body_context.settings, body_context.clocks, body_context.added_kinds)
    facts_by_id = load(session, body_id, item_ids, as_of, surroundings, words=True)
    identities = {item_id: identity(facts, body_context) for item_id, facts in facts_by_id.items()}
    all_minutes = minutes_of(session, meetings_named(facts_by_id.values()))
    items = [
        ItemContext(
            facts=facts_by_id[item_id],
            state=derive(item_id, facts_by_id),
            body_context=body_context,
            linked_facts=facts_by_id,
            identities=identities,
            audience=audience,
            as_of=as_of,
            units_today=units_of(facts_by_id[item_id]),
            all_minutes=all_minutes,
        )
        for item_id in item_ids
        if item_id in facts_by_id
    ]
    return body_context, {item.id: item for item in sorted(items, key=_place)}


def load_item_context(
    session: Session, body_id: int, item_id: int, today: date, audience: Audience = INSIDE
) -> ItemContext | None:
    _body_context, items = load_item_contexts(session, body_id, [item_id], today, audience)
    return items.get(item_id)


def _place(item: ItemContext) -> tuple[Any, ...]:
    """In a list: the newest convention first, then kind and number."""
    convention = item.identity.convention
    number = order(item.identity.normalised)
    return -(convention.year or 0), convention.id, item.identity.kind, number


def worked_on(item: ItemContext, clause_id: int, day: date) -> set[int]:
    """The lead's person and the contributors of a clause on a day: none of them confirms it."""
    assignments = [
        assignment
        for assignment in item.facts.assignments_ever
        if assignment.clause_id in (None, clause_id) and _held_on(assignment, day)
    ]
    people = {
        assignment.person_id
        for assignment in assignments
        if assignment.part is Part.CONTRIBUTOR and assignment.person_id
    }
    leads = [assignment for assignment in assignments if assignment.part is Part.LEAD]
    newest_lead = max(leads, key=lambda lead: (lead.on, lead.event), default=None)
    if newest_lead and newest_lead.person_id:
        people.add(newest_lead.person_id)
    return people


def _held_on(assignment: AssignmentFact, day: date) -> bool:
    ended = assignment.ended_on is not None and assignment.ended_on <= day
    return assignment.on <= day and not ended
