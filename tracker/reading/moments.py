"""The lines of an item's record beside entries: leads, due dates, money, decisions, outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tracker.rules.codes import Effect, Part
from tracker.rules.facts import (
    AssignmentFact,
    DueDateFact,
    ExpenseFact,
    OutcomeFact,
    WithholdingFact,
)

from .amounts import expense_line
from .item_context import ItemContext
from .item_models import Moment
from .item_sections import decision_line
from .models import DueDetails
from .placed_moment import PlacedMoment, clause_numbers, is_read, known_day, placed

# --- leads and due dates ---


def assignments(item: ItemContext) -> Iterator[PlacedMoment]:
    for assignment in item.facts.assignments_ever:
        yield placed(assignment, _assignment(item, assignment, "assigned", known_day(assignment)))
        if assignment.ended_on:
            yield PlacedMoment(
                on=assignment.ended_on,
                event=assignment.event,
                row=assignment.id,
                heard_on=None,
                moment=_assignment(item, assignment, "unassigned", assignment.ended_on),
            )


def _assignment(
    item: ItemContext, assignment: AssignmentFact, what: str, on: date | None
) -> Moment:
    return Moment(
        what=what,
        on=on,
        recorded_on=item.day(assignment.recorded_at),
        event=assignment.event,
        clauses=clause_numbers(item, [assignment.clause_id]),
        unit=item.unit(assignment.unit_id),
        person=item.person(assignment.person_id),
        code="lead" if assignment.part is Part.LEAD else "contributor",
    )


def extensions(item: ItemContext) -> Iterator[PlacedMoment]:
    """Of due dates; the first date is part of the item."""
    dates_of: dict[int | None, list[DueDateFact]] = defaultdict(list)
    for due in sorted(item.facts.due_dates, key=lambda due: (due.on, due.event, due.id)):
        dates_of[due.clause_id].append(due)
    for first, *later in dates_of.values():
        for due in later:
            yield placed(due, _extension(item, due, first))


def _extension(item: ItemContext, due: DueDateFact, first: DueDateFact) -> Moment:
    return Moment(
        what="due",
        on=known_day(due),
        recorded_on=item.day(due.recorded_at),
        event=due.event,
        clauses=clause_numbers(item, [due.clause_id]),
        words=due.reason,
        unit=due.by_whom,
        due=DueDetails(
            due_on=due.due_on,
            first_due_on=first.due_on,
            extended_on=due.on,
            by_whom=due.by_whom,
            reason=due.reason,
        ),
    )


# --- money ---


def appropriations(item: ItemContext) -> Iterator[PlacedMoment]:
    for appropriation in item.facts.appropriations:
        moment = Moment(
            what="appropriated",
            on=known_day(appropriation),
            recorded_on=item.day(appropriation.recorded_at),
            event=appropriation.event,
            unit=appropriation.decided_by,
            amount=appropriation.amount,
            code=appropriation.fund,
        )
        yield placed(appropriation, moment)


def expenses(item: ItemContext) -> Iterator[PlacedMoment]:
    """Those that stand alone; others stand with their entry, and wait with it."""
    for expense in item.facts.expenses:
        if not _stands_alone(item, expense):
            continue
        line = expense_line(item, expense)
        moment = Moment(
            what="spent",
            on=line.on,
            recorded_on=item.day(expense.recorded_at),
            event=expense.event,
            amount=line.amount,
            reason=line.category or None,
        )
        yield placed(expense, moment)


def _stands_alone(item: ItemContext, expense: ExpenseFact) -> bool:
    """Released, and with no entry that shows."""
    if expense.entry_id is None:
        return True
    return item.facts.was_released(expense.entry_id) and item.hidden("entry", expense.entry_id)


def explanations(item: ItemContext) -> Iterator[PlacedMoment]:
    """Why more, or less, was spent than was planned; those that came without an entry."""
    for explanation in item.facts.explanations:
        if explanation.entry_id is not None:
            continue
        moment = Moment(
            what="explained",
            on=explanation.on,
            recorded_on=item.day(explanation.recorded_at),
            event=explanation.event,
            words=explanation.words,
            by_office=explanation.by_office,
            unit=None if explanation.by_office else item.author_unit(explanation.actor),
            person=item.person(explanation.actor),
        )
        yield placed(explanation, moment)


# --- decisions, outcomes, links ---


def decisions(item: ItemContext) -> Iterator[PlacedMoment]:
    for decision in item.facts.decisions:
        line = decision_line(item, decision)
        moment = Moment(
            what="decided",
            on=known_day(decision),
            recorded_on=item.day(decision.recorded_at),
            event=decision.event,
            clauses=clause_numbers(item, [decision.clause_id]),
            words=decision.reason,
            unit=line.unit,
            decision=line,
        )
        yield placed(decision, moment, decision.heard_on)


def outcomes(item: ItemContext) -> Iterator[PlacedMoment]:
    """Those that wait for release only for those who read the internal part."""
    for outcome in item.facts.outcomes:
        release = item.facts.released(outcome=outcome.id)
        if release or item.inside:
            moment = _outcome(item, outcome, waiting=release is None)
            yield placed(outcome, moment, release.heard_on if release else None)


def _outcome(item: ItemContext, outcome: OutcomeFact, *, waiting: bool) -> Moment:
    hidden = item.hidden("outcome", outcome.id)
    withholding = item.withheld.get(("outcome", outcome.id))
    return Moment(
        what="withheld" if hidden else "outcome",
        on=known_day(outcome),
        recorded_on=item.day(outcome.recorded_at),
        event=outcome.event,
        words=None if hidden else outcome.words,
        reason=None if hidden else outcome.tie,
        unit=item.author_unit(outcome.author_id),
        person=item.person(outcome.author_id),
        evidence=item.evidence(outcome=outcome.id),
        key=f"outcome-{outcome.id}",
        waiting=waiting,
        level=outcome.level,
        withheld=withholding.kind if withholding else None,
        withheld_on=withholding.on if withholding else None,
    )


def withheld_evidence(item: ItemContext) -> Iterator[PlacedMoment]:
    for (what, evidence_id), withholding in item.withheld.items():
        if what == "evidence" and _was_read(item, evidence_id):
            yield placed(withholding, _withholding(item, withholding, evidence_id))


def _withholding(item: ItemContext, withholding: WithholdingFact, evidence_id: int) -> Moment:
    entry_ids = [
        evidence.entry_id for evidence in item.facts.evidence if evidence.id == evidence_id
    ]
    entry_days = [entry.on for entry in item.facts.entries_ever if entry.id in entry_ids]
    return Moment(
        what="withheld",
        on=withholding.on,
        recorded_on=item.day(withholding.recorded_at),
        event=withholding.event,
        corrects=entry_days[0] if entry_days else None,
        withheld=withholding.kind,
        withheld_on=withholding.on,
        key=f"evidence-{evidence_id}",
        code="evidence",
    )


def _was_read(item: ItemContext, evidence_id: int) -> bool:
    """Whether evidence that is withheld was to be read on the day that is asked for."""
    for evidence in item.facts.evidence:
        if evidence.id != evidence_id:
            continue
        if evidence.outcome_id is not None:
            return item.inside or item.facts.released(outcome=evidence.outcome_id) is not None
        return any(
            entry.id == evidence.entry_id and is_read(item, entry)
            for entry in item.facts.entries_ever
        )
    return False


def links(item: ItemContext) -> Iterator[PlacedMoment]:
    """To an item of another convention, or of its own where the floor did not merge them.

    Where the floor merged them, that is what the floor did.
    """
    is_merged = any(action.action.effect is Effect.MERGES for action in item.facts.floor)
    for link in item.facts.links:
        target = item.identities.get(link.target_id)
        if target is None:
            continue
        same_convention = target.convention.id == item.facts.item.convention_id
        if same_convention and is_merged:
            continue
        moment = Moment(
            what="taken_on" if same_convention else "carried",
            on=known_day(link),
            recorded_on=item.day(link.recorded_at),
            event=link.event,
            clauses=clause_numbers(item, [link.clause_id]),
            item=target.ref,
        )
        yield placed(link, moment)
