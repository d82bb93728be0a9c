"""What may be done with an item: decided, linked, divided into clauses, withheld.

Each function returns None, or raises `Refused` with a code. Who may do it, by the actor's roles, is
in `permissions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from .clause_state import clause_states
from .codes import Effect
from .item_facts import Facts
from .refusals import Refusal, need


def decide(facts: Facts, every: Mapping[int, Facts], clause_id: int | None, on: date) -> None:
    """A unit decides what was referred to it, and not before it was."""
    need(_is_referred(facts, every, clause_id, on), Refusal.NOT_REFERRED)


def _is_referred(facts: Facts, every: Mapping[int, Facts], clause_id: int | None, on: date) -> bool:
    return any(
        state.referral is not None and state.referral.on <= on
        for state in clause_states(facts, every)
        if clause_id in (None, state.clause.id)
    )


def link(item_id: int, target_id: int, every: Mapping[int, Facts]) -> None:
    """A link leads to an item of the record, and never back to where it began.

    :param every: facts by item: of the target, and of whatever carries its duty on
    """
    need(target_id in every, Refusal.NOT_THERE)
    reached, to_visit = set[int](), [target_id]
    while to_visit:
        key = to_visit.pop()
        if key not in reached and key in every:
            reached.add(key)
            to_visit += [onward.target_id for onward in every[key].every_link]
    need(item_id not in reached, Refusal.LEADS_BACK_TO_ITSELF)


def enter_clauses(facts: Facts) -> None:
    """Clauses are entered until the first entry, and until something else is recorded of one
    clause: it would be lost with it.
    """
    need(not facts.entries, Refusal.CLAIMS_WERE_MADE)
    clause_ids = {clause.id for clause in facts.clauses}
    facts_of_clauses = (
        *facts.due_dates,
        *facts.floor,
        *facts.decisions,
        *facts.assignments,
        *facts.every_link,
        *facts.incoming,
    )
    points_at_one = any(fact.clause_id in clause_ids for fact in facts_of_clauses)
    need(not points_at_one, Refusal.OTHERS_POINT_AT_IT)


def due_date(facts: Facts, due_on: date) -> None:
    """Nothing is due before the floor adopted it."""
    adopted = [
        action.on
        for action in facts.floor
        if action.action.effect is Effect.DIRECTS and action.day_known
    ]
    need(not adopted or due_on >= min(adopted), Refusal.DUE_BEFORE_ITS_ADOPTION)


def appropriate(facts: Facts, amount: Decimal) -> None:
    """No more is cut (an amount below zero) than was appropriated."""
    need(amount >= 0 or _appropriated(facts) + amount >= 0, Refusal.CUT_BELOW_NOTHING)


def _appropriated(facts: Facts) -> Decimal:
    amounts = (appropriation.amount for appropriation in facts.appropriations)
    return sum(amounts, Decimal(0))


def keep_referrals(
    before: Facts,
    every_before: Mapping[int, Facts],
    after: Facts,
    every_after: Mapping[int, Facts],
) -> None:
    """No floor action is taken back on which a unit's decision rests."""
    for decision in after.decisions:
        of_decision = (decision.clause_id, decision.on)
        if _is_referred(before, every_before, *of_decision):
            need(_is_referred(after, every_after, *of_decision), Refusal.OTHERS_POINT_AT_IT)


def keep_appropriated(before: Facts, after: Facts) -> None:
    """No appropriation is taken back that was cut since."""
    need(_appropriated(after) >= min(_appropriated(before), Decimal(0)), Refusal.CUT_BELOW_NOTHING)


def withhold(
    facts: Facts, already: bool, entry: int | None = None, outcome: int | None = None
) -> None:
    """It keeps its effect: what is withheld is its display. An entry that was corrected since is
    read beside its correction, and can be withheld, too.

    (Evidence is withheld with the entry or outcome that it belongs to named here.)
    """
    need(not already, Refusal.ALREADY_WITHHELD)
    was_released = entry is not None and facts.was_released(entry)
    need(was_released or facts.released(entry=entry, outcome=outcome), Refusal.NOT_RELEASED)


def withhold_name(name: str | None, already: bool) -> None:
    """Of somebody on the floor: a name that was recorded, with or without a delegation."""
    need(name, Refusal.NOT_THERE)
    need(not already, Refusal.ALREADY_WITHHELD)


def lift(stands: bool, note: str) -> None:
    """With a reason, and once."""
    need(note.strip(), Refusal.NEEDS_WORDS)
    need(stands, Refusal.NOT_WITHHELD)
