"""What is shown of an item, anywhere: derived once, here, from released facts.

Lists, pages, reports, exports and figures are projections of it. What waits for release stands in
a field of its own, for staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .clause_state import ClauseState
from .codes import Change, Claimed, Decision, Effect, MoneySaid, Part, Result, Standing
from .facts import (
    AssignmentFact,
    ClaimFact,
    EstimateFact,
    FloorActionFact,
    ReferralDecisionFact,
    floor_newest_first,
    newest,
)
from .item_facts import Facts
from .money import in_force
from .rates import Counted, counted, figures_of
from .verdict import Answer, answer


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """None: nothing recorded; 0.00: somebody said so. In the body's currency."""

    estimate: EstimateFact | None  # the one in force
    appropriated: Decimal | None
    spent: Decimal | None  # in released entries
    money_said: MoneySaid | None  # of the newest released claim of done
    not_accounted_for: bool  # done or reported so, with the cost not known yet, and nothing spent

    @property
    def estimated(self) -> Decimal | None:
        return self.estimate.amount if self.estimate else None


@dataclass(frozen=True, kw_only=True)
class WaitingFacts:
    """What waits for release: for staff alone."""

    entries: int
    spent: Decimal | None
    explanation: bool  # of a difference; asked only where the facts were loaded with words


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """One item on a day.

    Codes, ids, days and amounts: names and words are looked up where it is shown.
    """

    item_id: int
    convention_id: int
    kind: str  # as corrected last
    number: str
    as_published: str | None
    follows_through: bool  # the kind needs it
    answer: Answer  # standing and verdict, each with its reason, and the clauses
    counted: Counted  # as the rates count it
    figures: tuple[str, ...]  # codes of the figures behind which it is a row
    unheard: bool  # lapsed without a word ever
    past_term: bool
    of_the_part_accepted: bool
    change_outcome: int | None  # the confirmed outcome that says what changed
    last_word: date | None
    quiet_since: date | None  # the day from which silence is measured
    next_word_by: date | None  # announced by the newest entry, where it is ahead
    decides_by: date | None  # asked of a referral that is not decided, where it is ahead
    floor: tuple[FloorActionFact, ...]  # in force: the newest, and what stands beside it
    floor_on: date | None  # None: the day is not known
    referral: FloorActionFact | None  # of those in force
    lead: AssignmentFact | ReferralDecisionFact | None  # of the first clause that anybody leads
    lead_ended: bool  # somebody had the lead and has it no more
    units: tuple[int, ...]  # that lead any of its clauses
    money: Amounts
    waiting: WaitingFacts

    @property
    def holds_until(self) -> date | None:
        """The last day on which, with no further event, all this is sure to hold; None: for
        good.
        """
        return self.answer.holds_until


def derive(item_id: int, every: Mapping[int, Facts]) -> ItemState:
    """The state of one item on the day of its facts.

    :param every: facts by item, of this one and of all items that links join with it
    """
    facts = every[item_id]
    item_answer = answer(item_id, every)
    standing = item_answer.standing
    states = [clause.state for clause in standing.clauses]
    counted_states = [clause.state for clause in standing.counted]
    counts = counted(item_answer)
    floor = floor_in_force(facts.floor)
    named = facts.designation or facts.item
    return ItemState(
        item_id=item_id,
        convention_id=facts.item.convention_id,
        kind=named.kind,
        number=named.number,
        as_published=named.as_published,
        follows_through=facts.follows_through,
        answer=item_answer,
        counted=counts,
        figures=figures_of(counts, facts.clock),
        unheard=standing.unheard,
        past_term=any(clause.past_term for clause in standing.clauses),
        of_the_part_accepted=any(map(_is_accepted_in_part, counted_states)),
        change_outcome=_change_outcome(facts, item_answer.change),
        last_word=item_answer.word.heard_on if item_answer.word else None,
        quiet_since=_last(state.quiet_since for state in counted_states),
        next_word_by=_last_ahead(facts.today, map(_next_word_by, counted_states)),
        decides_by=_last_ahead(facts.today, map(_decides_by, counted_states)),
        floor=floor,
        floor_on=floor[0].on if floor and floor[0].day_known else None,
        referral=next((act for act in floor if act.action.effect is Effect.REFERS), None),
        lead=next((state.lead for state in states if state.lead), None),
        lead_ended=any(
            assignment.part is Part.LEAD and assignment.ended_on is not None
            for assignment in facts.assignments_ever
        ),
        units=tuple(dict.fromkeys(state.lead.unit_id for state in states if state.lead)),
        money=_money(facts, item_answer),
        waiting=_waiting(facts),
    )


def _is_accepted_in_part(state: ClauseState) -> bool:
    acceptance = state.acceptance
    return acceptance is not None and acceptance.decision is Decision.ACCEPTED_IN_PART


def _next_word_by(state: ClauseState) -> date | None:
    """As the newest entry announces it."""
    return state.released_claims[0].entry.next_word_by if state.released_claims else None


def _decides_by(state: ClauseState) -> date | None:
    """Of a referral that is not decided."""
    return state.referral.decides_by if state.referral and not state.decision else None


def floor_in_force(actions: Iterable[FloorActionFact]) -> tuple[FloorActionFact, ...]:
    """The floor's newest action, and beside what directs what refers, of the same day."""
    ordered = floor_newest_first(actions)
    if not ordered:
        return ()
    first, *before = ordered
    side_by_side = {Effect.DIRECTS, Effect.REFERS}
    beside = next(
        (
            action
            for action in before
            if action.on == first.on and {action.action.effect, first.action.effect} == side_by_side
        ),
        None,
    )
    return (first, beside) if beside else (first,)


_LEVEL = {Change.CHANGE_FOLLOWED: "change_followed", Change.NONE_FOUND: "none_found"}


def _change_outcome(facts: Facts, change: Change | None) -> int | None:
    for outcome in facts.outcomes:
        review = facts.review(outcome=outcome.id)
        confirmed = review is not None and review.result is Result.CONFIRMED
        if change and confirmed and outcome.level.value == _LEVEL.get(change):
            return outcome.id
    return None


def _money(facts: Facts, item_answer: Answer) -> Amounts:
    appropriated = [appropriation.amount for appropriation in facts.appropriations]
    spent = [expense.amount for expense in facts.expenses if facts.was_released(expense.entry_id)]
    claims_of_done = [claim for claim in facts.claims if claim.claimed is Claimed.DONE]
    newest_released = newest(
        claim for claim in claims_of_done if facts.released(entry=claim.entry_id)
    )
    newest_standing = newest(_done_or_reported(item_answer))
    cost_unknown = newest_standing is not None and newest_standing.money is MoneySaid.NOT_KNOWN_YET
    return Amounts(
        estimate=in_force(facts.estimates),
        appropriated=sum(appropriated, Decimal(0)) if appropriated else None,
        spent=sum(spent, Decimal(0)) if spent else None,
        money_said=newest_released.money if newest_released else None,
        not_accounted_for=cost_unknown and not spent,
    )


def _done_or_reported(item_answer: Answer) -> Iterator[ClaimFact]:
    """The claims on which rests that clauses are done, or reported so."""
    for clause in item_answer.standing.clauses:
        if clause.code is Standing.DONE and clause.state.done:
            yield clause.state.done.claim
        elif clause.code is Standing.REPORTED_DONE and clause.state.claim:
            yield clause.state.claim.claim


def _waiting(facts: Facts) -> WaitingFacts:
    waiting = [
        expense.amount for expense in facts.expenses if not facts.was_released(expense.entry_id)
    ]
    return WaitingFacts(
        entries=len(facts.waiting),
        spent=sum(waiting, Decimal(0)) if waiting else None,
        explanation=not all(
            facts.was_released(explanation.entry_id) for explanation in facts.explanations
        ),
    )


def _last(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _last_ahead(today: date, days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day and day >= today), default=None)


# --- the days ahead ---


@dataclass(frozen=True)
class Span:
    """Days, first to last, in which nothing changes unless something is recorded."""

    first: date
    last: date
    state: ItemState


def spans(item_id: int, every: Mapping[int, Facts]) -> Iterator[Span]:
    """From the facts' day on to the end of days, in their order.

    The first begins with the earliest day: of what came before their own day the facts say
    nothing, and nobody asks it of them.
    """
    joined = {key: every[key] for key in _joined(item_id, every)}
    first = date.min
    while True:
        state = derive(item_id, joined)
        yield Span(first, state.holds_until or date.max, state)
        if state.holds_until is None or state.holds_until == date.max:
            return
        first = state.holds_until + timedelta(days=1)
        joined = {key: replace(facts, today=first) for key, facts in joined.items()}


def _joined(item_id: int, every: Mapping[int, Facts]) -> set[int]:
    """The items that links join with it, in turn."""
    joined, to_visit = {item_id}, [item_id]
    while to_visit:
        facts = every[to_visit.pop()]
        neighbours = {link.target_id for link in facts.links}
        neighbours |= {link.item_id for link in facts.incoming}
        new = (neighbours & every.keys()) - joined
        joined |= new
        to_visit += new
    return joined
