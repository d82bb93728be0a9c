"""The parts of an item's page that are read clause by clause: clauses, leads, floor actions, decisions, outcomes, steps, silence."""

from __future__ import annotations

from datetime import date

from tracker.rules.clause_state import ClauseState
from tracker.rules.codes import Change, Claimed, Effect, Group, Result, Standing
from tracker.rules.facts import (
    AssignmentFact,
    FloorActionFact,
    ReferralDecisionFact,
    ReviewFact,
    floor_newest_first,
    newest,
)
from tracker.rules.standing import CLOSED, LEAST_ADVANCED_FIRST, ClauseStanding

from .item_context import ItemContext
from .item_models import (
    ClauseDetails,
    Confirmation,
    DecisionLine,
    DueDetails,
    FloorLine,
    Lead,
    OutcomeDetails,
    ProgressStep,
    Silence,
    Sponsor,
    Vote,
    WillNot,
)


def clauses(case: ItemContext) -> tuple[ClauseDetails, ...]:
    return tuple(_clause(case, each) for each in case.answer.standing.clauses)


def _clause(case: ItemContext, said: ClauseStanding) -> ClauseDetails:
    state, clause = said.state, said.state.clause
    done = state.done
    claim = state.claim.claim if state.claim else None
    reported = next((each for each in state.claims if each.claim.claimed is Claimed.DONE), None)
    shown = done or state.claim
    returned = [
        each
        for each in case.facts.reviews
        if each.result is Result.RETURNED
        and each.claim_id
        in {claim.id for claim in case.facts.claims if claim.clause_id == state.clause.id}
    ]
    told = claim if claim and not case.hidden("entry", claim.entry_id) else None
    return ClauseDetails(
        clause.id,
        clause.number,
        len(case.facts.clauses) == 1 and clause.words is None,
        clause.words,
        clause.declaration,
        clause.addressee,
        said.code,
        said.unheard,
        case.reason(said.reason),
        said.late,
        said.past_term,
        due(state),
        lead(case, state.lead),
        done.entry.on if done else None,
        reported.entry.on if reported and reported.entry.day_known else None,
        confirmation(case, done.review) if done and done.review else None,
        len(returned),
        told.reason if told and told.claimed is Claimed.BLOCKED else None,
        WillNot(told.decided_by, told.decided_on, told.reason)
        if told and told.claimed is Claimed.WILL_NOT_BE_DONE
        else None,
        case.evidence(entry=shown.entry.id)
        if shown and shown.claim.claimed is Claimed.DONE
        else (),
    )


def due(state: ClauseState) -> DueDetails | None:
    """The date in force, and the first."""
    counts, first = state.due, state.first_due
    if counts is None or first is None:
        return None
    return DueDetails(
        counts.due_on,
        first.due_on,
        counts.on if counts.id != first.id else None,
        counts.by_whom,
        counts.reason,
    )


def lead(case: ItemContext, found: AssignmentFact | ReferralDecisionFact | None) -> Lead | None:
    if found is None:
        return None
    person = found.person_id if isinstance(found, AssignmentFact) else None
    return Lead(
        found.unit_id,
        case.unit(found.unit_id) or "",
        found.on if found.day_known else None,
        case.person(person),
    )


def confirmation(case: ItemContext, review: ReviewFact) -> Confirmation:
    return Confirmation(
        review.by,
        review.heard_on,
        review.met_on,
        review.meeting,
        review.minutes,
        case.person(review.actor),
    )


def sponsors(case: ItemContext) -> tuple[Sponsor, ...]:
    named = case.audience.names or case.near.settings.show_names
    found = [
        Sponsor(
            mover.part.value,
            case.near.delegations.get(mover.delegation_id) if mover.delegation_id else None,
            mover.name if named else None,
        )
        for mover in case.facts.floor_people
    ]
    return tuple(each for each in found if each.delegation or each.name)


def floor_lines(case: ItemContext) -> tuple[FloorLine, ...]:
    """Newest first."""
    return tuple(floor_line(case, action) for action in floor_newest_first(case.facts.floor))


def floor_line(case: ItemContext, action: FloorActionFact) -> FloorLine:
    counted = action.votes_for is not None or action.votes_against is not None or action.by_voice
    refers = action.action.effect is Effect.REFERS
    return FloorLine(
        action.id,
        action.action,
        action.on if action.day_known else None,
        (case.unit(action.unit_id) or action.referred_to) if refers else None,
        action.purpose if refers else None,
        action.decides_by,
        Vote(action.votes_for, action.votes_against, action.abstained, action.by_voice)
        if counted
        else None,
        action.session,
        action.note,
        case.clause_number(action.clause_id),
    )


def decisions(case: ItemContext) -> tuple[DecisionLine, ...]:
    newest_first = sorted(
        case.facts.decisions, key=lambda each: (each.on, each.event), reverse=True
    )
    return tuple(decision_line(case, decision) for decision in newest_first)


def decision_line(case: ItemContext, decision: ReferralDecisionFact) -> DecisionLine:
    return DecisionLine(
        decision.id,
        decision.decision,
        case.unit(decision.unit_id) or "",
        decision.on if decision.day_known else None,
        decision.reason,
        case.clause_number(decision.clause_id),
    )


def outcomes(case: ItemContext) -> tuple[OutcomeDetails, ...]:
    found = []
    for outcome in case.facts.outcomes:
        waiting = case.facts.released(outcome=outcome.id) is None
        if waiting and not case.inside:
            continue
        review, hidden = case.facts.review(outcome=outcome.id), case.hidden("outcome", outcome.id)
        held = case.withheld.get(("outcome", outcome.id))
        confirmed = review is not None and review.result is Result.CONFIRMED
        found.append(
            OutcomeDetails(
                outcome.id,
                outcome.level,
                None if hidden else outcome.words,
                outcome.on,
                held.kind if held else None,
                waiting,
                None if hidden else outcome.tie,
                case.author_unit(outcome.author_id),
                case.evidence(outcome=outcome.id),
                confirmation(case, review) if review and confirmed else None,
            )
        )
    return tuple(sorted(found, key=lambda each: each.on, reverse=True))


def silence(case: ItemContext) -> Silence:
    state, standing = case.state, case.answer.standing
    start = state.last_word or state.quiet_since
    return Silence(
        last_word=state.last_word,
        since=state.quiet_since,
        days=(case.as_of.on - start).days if start else None,
        limit=case.near.settings.silence_days,
        runs=standing.code in LEAST_ADVANCED_FIRST,
        next_word_by=state.next_word_by,
        decides_by=state.decides_by,
    )


def steps(case: ItemContext) -> tuple[ProgressStep, ...]:
    """How far it got; empty where nothing is due here, or nothing is kept."""
    answer = case.answer
    if not answer.due or answer.group is None:
        return ()
    counted = answer.standing.counted or [
        each for each in answer.standing.clauses if each.state.duty_start
    ]
    states = [each.state for each in counted]
    found = []
    if answer.group is Group.ADOPTED:
        action = next(
            state.directs_follow_through for state in states if state.directs_follow_through
        )
        found.append(ProgressStep("adopted", True, action.on if action.day_known else None))
    else:
        referral = next(state.referral for state in states if state.referral)
        decision = next((state.decision for state in states if state.decision), None)
        found.append(ProgressStep("referred", True, referral.on if referral.day_known else None))
        said = decision or newest(
            case.facts.decisions
        )  # a report that was asked for decides nothing, and has a day all the same
        found.append(
            ProgressStep(
                "decided",
                answer.decided,
                said.on if answer.decided and said and said.day_known else None,
            )
        )
        if decision is not None and answer.group is not Group.ACCEPTED:
            return tuple(found)
    leads = [state.lead for state in states if state.lead]
    if (
        leads or answer.group is not Group.REFERRED or not answer.decided
    ):  # who reported back was assigned by the referral
        found.append(
            ProgressStep(
                "assigned",
                bool(leads),
                max((each.on for each in leads if each.day_known), default=None),
            )
        )
    counted = [
        each for each in counted if each.code is Standing.DONE or each.code not in CLOSED
    ] or counted  # the others get no farther
    reported = [
        each.state.claims[0].entry.on
        for each in counted
        if each.code in (Standing.DONE, Standing.REPORTED_DONE) and each.state.claims
    ]
    found.append(
        ProgressStep(
            "reported",
            len(reported) == len(counted) > 0,
            _last(reported, counted),
            clauses=len(reported),
            of=len(counted),
        )
    )
    confirmed = [
        each.state.done.review.heard_on
        for each in counted
        if each.code is Standing.DONE and each.state.done and each.state.done.review
    ]
    found.append(
        ProgressStep(
            "confirmed",
            len(confirmed) == len(counted) > 0,
            _last(confirmed, counted),
            clauses=len(confirmed),
            of=len(counted),
        )
    )
    outcome = next(
        (each for each in case.facts.outcomes if each.id == case.state.change_outcome), None
    )
    followed = answer.change is Change.CHANGE_FOLLOWED
    found.append(
        ProgressStep(
            "change",
            followed,
            outcome.on if followed and outcome else None,
            answer.change is Change.NONE_FOUND,
        )
    )
    return tuple(found)


def _last(days: list[date], counted: list[ClauseStanding]) -> date | None:
    return max(days) if len(days) == len(counted) > 0 else None
