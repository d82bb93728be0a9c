"""When a claim of done, or an outcome, may be confirmed, returned or reopened, and by whom.

Each function returns None, or raises `Refused` with a code. Who may do it, by the actor's roles, is
in `permissions`.
"""

from __future__ import annotations

from .clause_state import clause_states
from .codes import By, Claimed, Part, Result
from .facts import AssignmentFact, ClaimFact, OutcomeFact, ReviewFact
from .item_facts import Facts
from .refusals import Refusal, Refused, need


def need_reason(result: Result, reason: str | None) -> None:
    """A claim or an outcome is returned or reopened with a reason; a confirmation needs none."""
    need(result is Result.CONFIRMED or (reason and reason.strip()), Refusal.NEEDS_A_REASON)


# From which result of a review to which; None: there was none.
STEPS = ((None, Result.CONFIRMED), (None, Result.RETURNED), (Result.CONFIRMED, Result.REOPENED))


def review(
    facts: Facts, then: Facts | None, claim: ClaimFact, result: Result, by: By, actor: int
) -> None:
    """A released claim of done is confirmed, returned or reopened.

    A confirmer is not among those who were `involved_in_claim`. The minutes of a meeting are their
    own proof; of somebody from outside see `outside_requests.need_outsider`.

    :param then: what had happened by the day of the act claimed
    """
    need(claim.claimed is Claimed.DONE, Refusal.NOT_FROM_THERE)
    entry = facts.entry(claim.entry_id)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    released = facts.released(entry=entry.id)
    if released is None:
        raise Refused(Refusal.NOT_RELEASED)
    _may_follow(facts.review(claim=claim.id), result)
    if by is By.CONFIRMER and result is not Result.REOPENED:
        need(actor not in involved_in_claim(facts, then, claim), Refusal.NOT_YOUR_OWN)


def involved_in_claim(facts: Facts, then: Facts | None, claim: ClaimFact) -> set[int]:
    """Its author, who released it or made a link for somebody from outside to confirm it, and who
    led or contributed to the clause on the day of the act claimed or on that of the confirmation.

    :param then: what had happened by the day of the act claimed
    """
    involved = _worked(facts, then, claim.clause_id) | facts.asked_outside(claim=claim.id)
    released = facts.released(entry=claim.entry_id)
    if released is not None:
        involved.add(released.actor)
    entry = facts.entry(claim.entry_id)
    if entry is not None and not entry.imported:  # an import's author is its source
        involved.add(entry.author_id)
    return involved


def review_outcome(
    facts: Facts,
    outcome: OutcomeFact,
    result: Result,
    by: By,
    actor: int,
    then: Facts | None = None,
) -> None:
    """A released outcome is confirmed, returned or reopened, by the same rule as a claim.

    :param then: what had happened by the day on which it was observed
    """
    released = facts.released(outcome=outcome.id)
    if released is None:
        raise Refused(Refusal.NOT_RELEASED)
    _may_follow(facts.review(outcome=outcome.id), result)
    if by is By.CONFIRMER and result is not Result.REOPENED:
        need(actor not in involved_in_outcome(facts, then, outcome), Refusal.NOT_YOUR_OWN)


def involved_in_outcome(facts: Facts, then: Facts | None, outcome: OutcomeFact) -> set[int]:
    """As of a claim, with all who work on the item.

    :param then: what had happened by the day on which it was observed
    """
    involved = _worked(facts, then) | facts.asked_outside(outcome=outcome.id)
    released = facts.released(outcome=outcome.id)
    if released is not None:
        involved.add(released.actor)
    if not outcome.imported:  # an import's author is its source
        involved.add(outcome.author_id)
    return involved


def _may_follow(before: ReviewFact | None, result: Result) -> None:
    step = (before.result if before else None, result)
    need(step in STEPS, Refusal.NOT_FROM_THERE)


def _worked(facts: Facts, then: Facts | None, clause_id: int | None = None) -> set[int]:
    """The lead's person and the contributors of a clause, or of any, on either day."""
    assignments: list[AssignmentFact] = []
    for facts_of_day in (facts, then):
        if facts_of_day is None:
            continue
        for state in clause_states(facts_of_day, {facts_of_day.item.id: facts_of_day}):
            concerned = clause_id in (None, state.clause.id)
            if concerned and isinstance(state.lead, AssignmentFact):
                assignments.append(state.lead)
        for assignment in facts_of_day.assignments:
            concerned = clause_id is None or assignment.clause_id in (None, clause_id)
            if concerned and assignment.part is Part.CONTRIBUTOR:
                assignments.append(assignment)
    return {assignment.person_id for assignment in assignments if assignment.person_id}
