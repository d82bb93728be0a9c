"""One item for the office: what is on record of it with who recorded it and when, and what the
forms of its page choose from. People are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.rules import permissions
from tracker.rules.codes import Part
from tracker.rules.facts import AssignmentFact
from tracker.rules.item_facts import Facts
from tracker.rules.mentions import CheckedWords, Mention, MentionPlace, mentions
from tracker.rules.permissions import Actor, Permission
from tracker.rules.rosters import NamesInForce
from tracker.rules.verdict import Answer

from .audience import OFFICE
from .handing_on import Receiver, receivers
from .item import item_page
from .item_context import INSIDE, ItemContext, load_item_context
from .item_models import ItemPage, OutcomeDetails
from .known_names import known_names
from .office_facts import RecordedFact, TakenBackFact, recorded_facts, taken_back_facts
from .releases import evidence_passages


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """Somebody's part in the item, or in one clause, that has not ended."""

    assignment_id: int
    part: Part
    clause_id: int | None
    clause: int | None  # its number; None: the whole item
    unit_id: int
    unit: str
    person: str | None
    since: date | None


@dataclass(frozen=True, kw_only=True)
class OfficeItem:
    """`facts` are those on which the forms' rules are asked."""

    page: ItemPage
    facts: Facts
    recorded: Mapping[tuple[str, int], RecordedFact]  # by kind and key of a fact
    taken_back: tuple[TakenBackFact, ...]  # the newest first
    parts: tuple[PartLine, ...]
    # what of each outcome that waits for release names a person or a firm
    mentions: Mapping[int, tuple[Mention, ...]]
    receivers: tuple[Receiver, ...]  # to whom a part can be given by this person
    unit_names: NamesInForce
    delegation_names: NamesInForce
    clauses: tuple[tuple[int, int, str | None], ...]  # key, number, words; none: the whole alone
    kinds: tuple[str, ...]  # codes, those that the body added last
    newest_event: int
    may_govern: bool
    may_assign: bool

    @property
    def scopes_with_due_date(self) -> frozenset[int | None]:
        """Clauses that have a due date of their own; None: the whole item has one."""
        return frozenset(self.scope(due.clause_id) for due in self.facts.due_dates)

    def scope(self, clause_id: int | None) -> int | None:
        """The clause among those that forms offer; None: the whole item."""
        numbered = {key for key, _number, _words in self.clauses}
        return clause_id if clause_id in numbered else None


def office_item(
    session: Session, body_id: int, item_id: int, actor: Actor, today: date
) -> OfficeItem | None:
    """For governance and the auditor, and for the managers of its units; None where it is not
    there.

    Raises what `permissions.require` raises for anybody else.
    """
    reads_all = permissions.is_permitted(actor, Permission.READ_ALL)
    item = load_item_context(session, body_id, item_id, today, OFFICE if reads_all else INSIDE)
    if item is None:
        return None
    may_assign = permissions.is_permitted(actor, Permission.ASSIGN, item.facts)
    if not (reads_all or may_assign):
        raise permissions.NotAllowed(Permission.ASSIGN)
    taken_back = taken_back_facts(session, item)
    everybody = receivers(session, item.body_context)
    page = item_page(item)
    return OfficeItem(
        page=page,
        facts=item.facts,
        recorded=recorded_facts(item),
        taken_back=taken_back,
        parts=tuple(_part(item, assignment) for assignment in _parts_in_force(item.answer, item)),
        mentions=_mentions(session, item, [one for one in page.outcomes if one.waiting]),
        receivers=tuple(
            receiver for receiver in everybody if _may_give(actor, receiver.unit_id, reads_all)
        ),
        unit_names=item.body_context.unit_names,
        delegation_names=item.body_context.delegation_names,
        clauses=tuple(
            (clause.id, clause.number, clause.words)
            for clause in item.facts.clauses
            if item.clause_number(clause.id)
        ),
        kinds=tuple(item.body_context.prefixes),
        newest_event=max([item.facts.newest_event, *(taken.event for taken in taken_back)]),
        may_govern=permissions.is_permitted(actor, Permission.GOVERN),
        may_assign=may_assign,
    )


def _mentions(
    session: Session, item: ItemContext, waiting: Sequence[OutcomeDetails]
) -> dict[int, tuple[Mention, ...]]:
    if not waiting:
        return {}
    body_context = item.body_context
    known = known_names(session, body_context.body.id, body_context.settings.zone)
    return {outcome.id: mentions(_passages(outcome), (), known) for outcome in waiting}


def _passages(outcome: OutcomeDetails) -> Iterator[CheckedWords]:
    yield CheckedWords(MentionPlace.WORDS, outcome.words or "")
    yield CheckedWords(MentionPlace.TIE, outcome.tie or "")
    yield from evidence_passages(outcome.evidence)


def _may_give(actor: Actor, unit_id: int, reads_all: bool) -> bool:
    return reads_all or any(grant.unit_id == unit_id for grant in actor.grants)


def _parts_in_force(answer: Answer, item: ItemContext) -> Iterator[AssignmentFact]:
    """The leads in force, then those who contribute.

    A lead that a later one took the place of is not ended, and counts no more.
    """
    leads = {
        clause.state.lead.id: clause.state.lead
        for clause in answer.standing.clauses
        if isinstance(clause.state.lead, AssignmentFact)
    }
    yield from leads.values()
    for assignment in item.facts.assignments:
        if assignment.part is Part.CONTRIBUTOR:
            yield assignment


def _part(item: ItemContext, assignment: AssignmentFact) -> PartLine:
    return PartLine(
        assignment_id=assignment.id,
        part=assignment.part,
        clause_id=assignment.clause_id,
        clause=item.clause_number(assignment.clause_id),
        unit_id=item.body_context.unit_names.target(assignment.unit_id),
        unit=item.unit(assignment.unit_id) or "",
        person=item.person(assignment.person_id),
        since=assignment.on if assignment.day_known else None,
    )
