"""The sections of an item's page that are read clause by clause.

Clauses, leads, floor actions, decisions, outcomes, steps, silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.rules.clause_standing import OPEN, ClauseStanding
from tracker.rules.clause_state import ClauseState
from tracker.rules.codes import Change, Claimed, Effect, Group, Result, Standing
from tracker.rules.facts import (
    AssignmentFact,
    ClaimFact,
    FloorActionFact,
    FloorPersonFact,
    OutcomeFact,
    ReferralDecisionFact,
    ReviewFact,
    WithholdingFact,
    floor_newest_first,
    newest,
)
from tracker.rules.item_standing import CLOSED

from .item_context import ItemContext
from .item_models import ClauseDetails, OutcomeDetails, ProgressStep, Silence, WillNot
from .models import (
    Confirmation,
    DecisionLine,
    DueDetails,
    EvidenceDetails,
    FloorLine,
    Lead,
    Sponsor,
    Vote,
)

# --- clauses ---


def clauses(item: ItemContext) -> tuple[ClauseDetails, ...]:
    return tuple(_clause(item, standing) for standing in item.answer.standing.clauses)


def _clause(item: ItemContext, standing: ClauseStanding) -> ClauseDetails:
    state = standing.state
    clause = state.clause
    done = state.done
    claim = _readable_claim(item, state)
    reported = next((entry for entry in state.claims if entry.claim.claimed is Claimed.DONE), None)
    claim_with_evidence = done or state.claim
    will_not = None
    if claim and claim.claimed is Claimed.WILL_NOT_BE_DONE:
        will_not = WillNot(claim.decided_by, claim.decided_on, claim.reason)
    evidence: tuple[EvidenceDetails, ...] = ()
    if claim_with_evidence and claim_with_evidence.claim.claimed is Claimed.DONE:
        evidence = item.evidence(entry=claim_with_evidence.entry.id)
    return ClauseDetails(
        id=clause.id,
        number=clause.number,
        whole=len(item.facts.clauses) == 1 and clause.words is None,
        words=clause.words,
        declaration=clause.declaration,
        addressee=clause.addressee,
        standing=standing.code,
        unheard=standing.unheard,
        reason=item.reason(standing.reason),
        late=standing.late,
        past_term=standing.past_term,
        due=due(state),
        lead=lead(item, state.lead),
        done_on=done.entry.on if done else None,
        reported_on=reported.entry.on if reported and reported.entry.day_known else None,
        confirmation=confirmation(item, done.review) if done and done.review else None,
        sent_back=_times_returned(item, clause.id),
        blocked_by=claim.reason if claim and claim.claimed is Claimed.BLOCKED else None,
        will_not=will_not,
        evidence=evidence,
    )


def _readable_claim(item: ItemContext, state: ClauseState) -> ClaimFact | None:
    """The claim that stands, unless its entry is withheld from this audience."""
    if state.claim is None or item.hidden("entry", state.claim.claim.entry_id):
        return None
    return state.claim.claim


def _times_returned(item: ItemContext, clause_id: int) -> int:
    claim_ids = {claim.id for claim in item.facts.claims if claim.clause_id == clause_id}
    returned = [
        review
        for review in item.facts.reviews
        if review.result is Result.RETURNED and review.claim_id in claim_ids
    ]
    return len(returned)


def due(state: ClauseState) -> DueDetails | None:
    """The date in force, and the first."""
    in_force, first = state.due, state.first_due
    if in_force is None or first is None:
        return None
    return DueDetails(
        due_on=in_force.due_on,
        first_due_on=first.due_on,
        extended_on=in_force.on if in_force.id != first.id else None,
        by_whom=in_force.by_whom,
        reason=in_force.reason,
    )


def lead(item: ItemContext, fact: AssignmentFact | ReferralDecisionFact | None) -> Lead | None:
    """`fact` is what gave the lead: an assignment, or a decision that accepted a referral."""
    if fact is None:
        return None
    person_id = fact.person_id if isinstance(fact, AssignmentFact) else None
    return Lead(
        unit_id=fact.unit_id,
        unit=item.unit(fact.unit_id) or "",
        since=fact.on if fact.day_known else None,
        person=item.person(person_id),
    )


def confirmation(item: ItemContext, review: ReviewFact) -> Confirmation:
    minutes = item.minutes(review.meeting_id)
    return Confirmation(
        by=review.by,
        on=review.heard_on,
        met_on=review.met_on,
        meeting=review.meeting,
        point=review.minutes if item.inside or minutes else None,
        minutes=minutes,
        person=item.person(review.actor),
        role=review.outside_role,
        organisation=review.outside_organisation,
    )


# --- the floor, and decisions about referrals ---


def sponsors(item: ItemContext) -> tuple[Sponsor, ...]:
    """Those of whom this audience may read a delegation or a name, or that it is withheld."""
    shows_names = item.audience.names or item.body_context.settings.show_names
    names = item.body_context.delegation_names
    lines = []
    for person in item.facts.floor_people:
        key = person.delegation_id
        delegation = names.shown.get(key) if key else None
        name = item.name_on_floor(person) if shows_names else None
        withholding = item.withheld_name(person) if shows_names else None
        if delegation or name or withholding:
            then = names.name_at(key, person.event) if key and delegation else None
            lines.append(
                Sponsor(
                    part=person.part.value,
                    delegation=delegation,
                    delegation_then=then if then != delegation else None,
                    name=name,
                    key=_key_of_name(person, withholding) if name else None,
                    withheld=withholding.kind if withholding else None,
                    withheld_on=withholding.on if withholding else None,
                )
            )
    return tuple(lines)


def _key_of_name(person: FloorPersonFact, withholding: WithholdingFact | None) -> str:
    """By which the name is withheld, or was."""
    return f"maker-{withholding.floor_person_id if withholding else person.id}"


def floor_lines(item: ItemContext) -> tuple[FloorLine, ...]:
    """Newest first."""
    return tuple(floor_line(item, action) for action in floor_newest_first(item.facts.floor))


def floor_line(item: ItemContext, action: FloorActionFact) -> FloorLine:
    refers = action.action.effect is Effect.REFERS
    referred_to = item.unit(action.unit_id) or action.referred_to
    return FloorLine(
        id=action.id,
        action=action.action,
        on=action.on if action.day_known else None,
        referred_to=referred_to if refers else None,
        purpose=action.purpose if refers else None,
        decides_by=action.decides_by,
        vote=_vote(action),
        session=action.session,
        note=action.note,
        clause=item.clause_number(action.clause_id),
    )


def _vote(action: FloorActionFact) -> Vote | None:
    if action.votes_for is None and action.votes_against is None and not action.by_voice:
        return None
    return Vote(
        votes_for=action.votes_for,
        against=action.votes_against,
        abstained=action.abstained,
        voice=action.by_voice,
    )


def decisions(item: ItemContext) -> tuple[DecisionLine, ...]:
    newest_first = sorted(
        item.facts.decisions, key=lambda decision: (decision.on, decision.event), reverse=True
    )
    return tuple(decision_line(item, decision) for decision in newest_first)


def decision_line(item: ItemContext, decision: ReferralDecisionFact) -> DecisionLine:
    return DecisionLine(
        id=decision.id,
        decision=decision.decision,
        unit=item.unit(decision.unit_id) or "",
        on=decision.on if decision.day_known else None,
        reason=decision.reason,
        clause=item.clause_number(decision.clause_id),
        minutes=item.minutes(decision.meeting_id),
    )


# --- outcomes ---


def outcomes(item: ItemContext) -> tuple[OutcomeDetails, ...]:
    """Newest first; those that wait for release only for those who read the internal part."""
    details = [
        _outcome(item, outcome)
        for outcome in item.facts.outcomes
        if item.inside or item.facts.released(outcome=outcome.id)
    ]
    return tuple(sorted(details, key=lambda outcome: outcome.on, reverse=True))


def _outcome(item: ItemContext, outcome: OutcomeFact) -> OutcomeDetails:
    hidden = item.hidden("outcome", outcome.id)
    withholding = item.withheld.get(("outcome", outcome.id))
    review = item.facts.review(outcome=outcome.id)
    confirmed = None
    if review is not None and review.result is Result.CONFIRMED:
        confirmed = confirmation(item, review)
    return OutcomeDetails(
        id=outcome.id,
        level=outcome.level,
        words=None if hidden else outcome.words,
        on=outcome.on,
        withheld=withholding.kind if withholding else None,
        waiting=item.facts.released(outcome=outcome.id) is None,
        tie=None if hidden else outcome.tie,
        unit=item.author_unit(outcome.author_id),
        evidence=item.evidence(outcome=outcome.id),
        confirmation=confirmed,
    )


# --- the silence clock ---


def silence(item: ItemContext) -> Silence:
    state = item.state
    starts = [on for on in (state.last_word, state.quiet_since) if on]
    first_shown = state.last_word or state.quiet_since
    return Silence(
        last_word=state.last_word,
        since=state.quiet_since,
        days=(item.as_of.on - first_shown).days if first_shown else None,
        quiet_days=(item.as_of.on - max(starts)).days if starts else None,
        limit=item.body_context.settings.silence_days,
        runs=item.answer.standing.code in OPEN,
        next_word_by=state.next_word_by,
        decides_by=state.decides_by,
    )


# --- the steps: how far it got ---


def steps(item: ItemContext) -> tuple[ProgressStep, ...]:
    """How far it got; empty where nothing is due here, or nothing is kept."""
    answer = item.answer
    if not answer.due or answer.group is None:
        return ()
    # None counts where all were carried over or superseded, say: then those that had a duty.
    counted = answer.standing.counted or [
        standing for standing in answer.standing.clauses if standing.state.duty_start
    ]
    states = [standing.state for standing in counted]
    if answer.group is Group.ADOPTED:
        first_steps = [_adopted(states)]
    else:
        first_steps = [_referred(states), _decided(item, states)]
        is_decided = any(state.decision for state in states)
        if is_decided and answer.group is not Group.ACCEPTED:
            return tuple(first_steps)
    # A unit that reported back on a referral needed no lead.
    has_lead = any(state.lead for state in states)
    reported_back_without_lead = answer.group is Group.REFERRED and answer.decided and not has_lead
    if not reported_back_without_lead:
        first_steps.append(_assigned(states))
    # Clauses that were closed without being done get no farther.
    carried_on = [
        standing
        for standing in counted
        if standing.code is Standing.DONE or standing.code not in CLOSED
    ]
    clause_standings = carried_on or counted
    return (*first_steps, _reported(clause_standings), _confirmed(clause_standings), _change(item))


def _adopted(states: Sequence[ClauseState]) -> ProgressStep:
    action = next(state.directs_follow_through for state in states if state.directs_follow_through)
    return ProgressStep(code="adopted", reached=True, on=action.on if action.day_known else None)


def _referred(states: Sequence[ClauseState]) -> ProgressStep:
    referral = next(state.referral for state in states if state.referral)
    on = referral.on if referral.day_known else None
    return ProgressStep(code="referred", reached=True, on=on)


def _decided(item: ItemContext, states: Sequence[ClauseState]) -> ProgressStep:
    """A report that was asked for decides nothing, and has a day all the same."""
    decision = next((state.decision for state in states if state.decision), None)
    decision = decision or newest(item.facts.decisions)
    is_decided = item.answer.decided
    on = decision.on if is_decided and decision and decision.day_known else None
    return ProgressStep(code="decided", reached=is_decided, on=on)


def _assigned(states: Sequence[ClauseState]) -> ProgressStep:
    leads = [state.lead for state in states if state.lead]
    on = max((lead.on for lead in leads if lead.day_known), default=None)
    return ProgressStep(code="assigned", reached=bool(leads), on=on)


def _reported(standings: Sequence[ClauseStanding]) -> ProgressStep:
    days = [
        standing.state.claims[0].entry.on
        for standing in standings
        if standing.code in (Standing.DONE, Standing.REPORTED_DONE) and standing.state.claims
    ]
    return _step_of_clauses("reported", days, standings)


def _confirmed(standings: Sequence[ClauseStanding]) -> ProgressStep:
    days = [
        standing.state.done.review.heard_on
        for standing in standings
        if standing.code is Standing.DONE and standing.state.done and standing.state.done.review
    ]
    return _step_of_clauses("confirmed", days, standings)


def _step_of_clauses(
    code: str, days: Sequence[date], standings: Sequence[ClauseStanding]
) -> ProgressStep:
    """A step that is reached when every clause has reached it; `days` are of those that have."""
    reached = len(days) == len(standings) > 0
    return ProgressStep(
        code=code,
        reached=reached,
        on=max(days) if reached else None,
        clauses=len(days),
        of=len(standings),
    )


def _change(item: ItemContext) -> ProgressStep:
    followed = item.answer.change is Change.CHANGE_FOLLOWED
    on = None
    if followed:
        for outcome in item.facts.outcomes:
            if outcome.id == item.state.change_outcome:
                on = outcome.on
    return ProgressStep(
        code="change",
        reached=followed,
        on=on,
        none_found=item.answer.change is Change.NONE_FOUND,
    )
