"""What an act changed of what is derived of an item: its facts before and after, derived on the day
of the recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tracker.record.fact_history import FactHistory
from tracker.rules.clause_standing import ClauseStanding
from tracker.rules.codes import Change
from tracker.rules.facts import AssignmentFact
from tracker.rules.item_state import ItemState, derive

from .history_models import Changed, DerivedChange, DerivedValue, DesignationThen, LeadThen
from .identity import published


def derived_changes(
    facts: FactHistory, event: int, item_id: int, today: date
) -> tuple[DerivedChange, ...]:
    before = _state(facts, event - 1, item_id, today)
    after = _state(facts, event, item_id, today)
    return tuple(
        change
        for change in (*_of_clauses(before, after), *_of_item(before, after))
        if change.before != change.after
    )


def _state(facts: FactHistory, event: int, item_id: int, today: date) -> ItemState | None:
    """None: it was not on record."""
    then = facts.as_of(event, item_id, today)
    return derive(item_id, then) if item_id in then else None


class _OfClause(NamedTuple):
    standing: DerivedValue
    lead: DerivedValue
    due: DerivedValue


OF_CLAUSES = (Changed.STANDING, Changed.LEAD, Changed.DUE)
NOTHING = _OfClause(None, None, None)


def _of_clauses(before: ItemState | None, after: ItemState | None) -> Iterator[DerivedChange]:
    """One line where all clauses changed alike."""
    earlier, later = _clauses(before), _clauses(after)
    numbers = sorted(earlier.keys() | later.keys())
    for place, changed in enumerate(OF_CLAUSES):
        values = {
            number: (earlier.get(number, NOTHING)[place], later.get(number, NOTHING)[place])
            for number in numbers
        }
        if len(set(values.values())) == 1:
            [(was, is_now)] = set(values.values())
            yield DerivedChange(of=changed, clause=None, before=was, after=is_now)
            continue
        for number, (was, is_now) in values.items():
            yield DerivedChange(of=changed, clause=number, before=was, after=is_now)


def _clauses(state: ItemState | None) -> dict[int, _OfClause]:
    """By number."""
    if state is None:
        return {}
    return {
        clause.state.clause.number: _of_clause(clause) for clause in state.answer.standing.clauses
    }


def _of_clause(clause: ClauseStanding) -> _OfClause:
    lead, due = clause.state.lead, clause.state.due
    return _OfClause(
        standing=clause.code,
        lead=LeadThen(lead.unit_id, lead.person_id if isinstance(lead, AssignmentFact) else None)
        if lead
        else None,
        due=due.due_on if due else None,
    )


def _of_item(before: ItemState | None, after: ItemState | None) -> Iterable[DerivedChange]:
    def change(of: Changed, was: DerivedValue, is_now: DerivedValue) -> DerivedChange:
        return DerivedChange(of=of, clause=None, before=was, after=is_now)

    was, is_now = before and before.money, after and after.money
    return (
        change(
            Changed.ESTIMATED, was.estimated if was else None, is_now.estimated if is_now else None
        ),
        change(
            Changed.APPROPRIATED,
            was.appropriated if was else None,
            is_now.appropriated if is_now else None,
        ),
        change(Changed.SPENT, was.spent if was else None, is_now.spent if is_now else None),
        change(
            Changed.ANSWER,
            before.answer.verdict if before else None,
            after.answer.verdict if after else None,
        ),
        change(Changed.DESIGNATION, _designation(before, after), _designation(after, before)),
        change(
            Changed.CHANGE,
            _change(before),
            _change(after),
        ),
    )


def _change(state: ItemState | None) -> Change | None:
    change = state.answer.change if state else None
    return None if change is Change.NOTHING_ON_RECORD else change


def _designation(state: ItemState | None, other: ItemState | None) -> DesignationThen | None:
    """None where there is no other to compare it with: the item came or went."""
    if state is None or other is None:
        return None
    return DesignationThen(state.kind, published(state.number, state.as_published))
