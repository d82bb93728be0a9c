"""The parts of an item's page that are read clause by clause: clauses, leads, floor actions, decisions, outcomes, steps, silence."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.rules.codes import Change, Claimed, Effect, Group, Result, Standing
from tracker.rules.facts import Assignment, ReferralDecision, Review, newest
from tracker.rules.look import Look
from tracker.rules.standing import CLOSED, LEAST_ADVANCED_FIRST, ClauseStanding

from .case import Case
from .shown import (
    ClauseShown,
    Confirmation,
    DecisionLine,
    Due,
    FloorLine,
    Lead,
    OutcomeShown,
    Silence,
    Sponsor,
    Step,
    Vote,
    WillNot,
)


def clauses(case: Case) -> tuple[ClauseShown, ...]:
    words = {row.id: row for row in case.rows["clauses"]}
    return tuple(
        _clause(case, each, words[each.look.clause.id]) for each in case.answer.standing.clauses
    )


def _clause(case: Case, said: ClauseStanding, row: Any) -> ClauseShown:
    look = said.look
    done = look.done
    claim = look.claim.claim if look.claim else None
    reported = next((each for each in look.claims if each.claim.claimed is Claimed.DONE), None)
    shown = done or look.claim
    returned = [
        each
        for each in case.facts.reviews
        if each.result is Result.RETURNED
        and each.claim_id
        in {claim.id for claim in case.facts.claims if claim.clause_id == look.clause.id}
    ]
    details = next((each for each in case.rows["claims"] if claim and each.id == claim.id), None)
    hidden = details is None or case.hidden("entry", details.entry_id)
    return ClauseShown(
        look.clause.id,
        look.clause.number,
        len(case.facts.clauses) == 1 and row.words is None,
        row.words,
        look.clause.declaration,
        row.addressee,
        said.code,
        said.unheard,
        case.reason(said.reason),
        said.late,
        said.past_term,
        due(case, look),
        lead(case, look.lead),
        done.entry.on if done else None,
        reported.entry.on if reported and reported.entry.day_known else None,
        confirmation(case, done.review) if done and done.review else None,
        len(returned),
        details.reason
        if claim and claim.claimed is Claimed.BLOCKED and not hidden and details
        else None,
        WillNot(details.decided_by, details.decided_on, details.reason)
        if claim and claim.claimed is Claimed.WILL_NOT_BE_DONE and not hidden and details
        else None,
        case.evidence(entry=shown.entry.id)
        if shown and shown.claim.claimed is Claimed.DONE
        else (),
    )


def due(case: Case, look: Look) -> Due | None:
    """The date in force, and the first."""
    if look.due is None:
        return None
    mine = [row for row in case.rows["due_dates"] if row.clause_id in (None, look.clause.id)]
    first = min(mine, key=lambda row: (row.on, row.event, row.id))
    row = next(each for each in mine if each.id == look.due.id)
    return Due(
        row.due_on, first.due_on, row.on if row is not first else None, row.by_whom, row.reason
    )


def lead(case: Case, found: Assignment | ReferralDecision | None) -> Lead | None:
    if found is None:
        return None
    person = found.person_id if isinstance(found, Assignment) else None
    return Lead(
        found.unit_id,
        case.unit(found.unit_id) or "",
        found.on if found.day_known else None,
        case.person(person),
    )


def confirmation(case: Case, review: Review) -> Confirmation:
    row = next(each for each in case.rows["reviews"] if each.id == review.id)
    return Confirmation(
        review.by, review.heard_on, row.met_on, row.meeting, row.minutes, case.person(row.actor)
    )


def sponsors(case: Case) -> tuple[Sponsor, ...]:
    named = case.audience.names or case.near.settings.show_names
    found = [
        Sponsor(
            row.part.value,
            case.near.delegations.get(row.delegation_id),
            row.name if named else None,
        )
        for row in case.rows["movers"]
    ]
    return tuple(each for each in found if each.delegation or each.name)


def floor_lines(case: Case) -> tuple[FloorLine, ...]:
    """Newest first."""
    rows = sorted(
        case.rows["floor"], key=lambda row: (row.on, row.position, row.event), reverse=True
    )
    return tuple(floor_line(case, row) for row in rows)


def floor_line(case: Case, row: Any) -> FloorLine:
    counted = row.votes_for is not None or row.votes_against is not None or row.by_voice
    vote = Vote(row.votes_for, row.votes_against, row.abstained, row.by_voice) if counted else None
    refers = row.action.effect is Effect.REFERS
    return FloorLine(
        row.id,
        row.action,
        row.on if row.day_known else None,
        (case.unit(row.unit_id) or row.referred_to) if refers else None,
        row.purpose if refers else None,
        row.decides_by,
        vote,
        row.session,
        row.note,
        case.clause_number(row.clause_id),
    )


def decisions(case: Case) -> tuple[DecisionLine, ...]:
    rows = sorted(case.rows["decisions"], key=lambda row: (row.on, row.event), reverse=True)
    return tuple(decision_line(case, row) for row in rows)


def decision_line(case: Case, row: Any) -> DecisionLine:
    return DecisionLine(
        row.id,
        row.decision,
        case.unit(row.unit_id) or "",
        row.on if row.day_known else None,
        row.reason,
        case.clause_number(row.clause_id),
    )


def outcomes(case: Case) -> tuple[OutcomeShown, ...]:
    found = []
    for row in case.rows["outcomes"]:
        waiting = case.facts.released(outcome=row.id) is None
        if waiting and not case.inside:
            continue
        review, hidden = case.facts.review(outcome=row.id), case.hidden("outcome", row.id)
        held = case.withheld.get(("outcome", row.id))
        confirmed = review is not None and review.result is Result.CONFIRMED
        found.append(
            OutcomeShown(
                row.id,
                row.level,
                None if hidden else row.words,
                row.on,
                held.kind if held else None,
                waiting,
                None if hidden else row.tie,
                case.author_unit(row.author_id),
                case.evidence(outcome=row.id),
                confirmation(case, review) if review and confirmed else None,
            )
        )
    return tuple(sorted(found, key=lambda each: each.on, reverse=True))


def change_outcome(case: Case) -> int | None:
    """The outcome that says what changed."""
    level = {Change.CHANGE_FOLLOWED: "change_followed", Change.NONE_FOUND: "none_found"}.get(
        case.answer.change or Change.NOTHING_ON_RECORD
    )
    for each in case.facts.outcomes:
        review = case.facts.review(outcome=each.id)
        if level == each.level.value and review and review.result is Result.CONFIRMED:
            return each.id
    return None


def silence(case: Case) -> Silence:
    standing = case.answer.standing
    last = case.answer.word.heard_on if case.answer.word else None
    since = max(
        (each.look.quiet_since for each in standing.counted if each.look.quiet_since), default=None
    )
    announced = [
        each.look.concerned[0].entry.next_word_by
        for each in standing.counted
        if each.look.concerned
    ]
    ahead = max((day for day in announced if day and day >= case.as_of.on), default=None)
    asked = [
        each.look.referral.decides_by
        for each in standing.counted
        if each.look.referral and not each.look.decision
    ]
    start = last or since
    return Silence(
        last,
        since,
        (case.as_of.on - start).days if start else None,
        case.near.settings.silence_days,
        standing.code in LEAST_ADVANCED_FIRST,
        ahead,
        max((day for day in asked if day and day >= case.as_of.on), default=None),
    )


def steps(case: Case) -> tuple[Step, ...]:
    """How far it got; empty where nothing is due here, or nothing is kept."""
    answer = case.answer
    if not answer.due or answer.group is None:
        return ()
    counted = answer.standing.counted or [
        each for each in answer.standing.clauses if each.look.duty_from
    ]
    looks = [each.look for each in counted]
    found = []
    if answer.group is Group.ADOPTED:
        action = next(look.directs_follow_through for look in looks if look.directs_follow_through)
        found.append(Step("adopted", True, action.on if action.day_known else None))
    else:
        referral = next(look.referral for look in looks if look.referral)
        decision = next((look.decision for look in looks if look.decision), None)
        found.append(Step("referred", True, referral.on if referral.day_known else None))
        said = decision or newest(
            case.facts.decisions
        )  # a report that was asked for decides nothing, and has a day all the same
        found.append(
            Step(
                "decided",
                answer.decided,
                said.on if answer.decided and said and said.day_known else None,
            )
        )
        if decision is not None and answer.group is not Group.ACCEPTED:
            return tuple(found)
    leads = [look.lead for look in looks if look.lead]
    if (
        leads or answer.group is not Group.REFERRED or not answer.decided
    ):  # who reported back was assigned by the referral
        found.append(
            Step(
                "assigned",
                bool(leads),
                max((each.on for each in leads if each.day_known), default=None),
            )
        )
    counted = [
        each for each in counted if each.code is Standing.DONE or each.code not in CLOSED
    ] or counted  # the others get no farther
    reported = [
        each.look.claims[0].entry.on
        for each in counted
        if each.code in (Standing.DONE, Standing.REPORTED_DONE) and each.look.claims
    ]
    found.append(
        Step(
            "reported",
            len(reported) == len(counted) > 0,
            _last(reported, counted),
            clauses=len(reported),
            of=len(counted),
        )
    )
    confirmed = [
        each.look.done.review.heard_on
        for each in counted
        if each.code is Standing.DONE and each.look.done and each.look.done.review
    ]
    found.append(
        Step(
            "confirmed",
            len(confirmed) == len(counted) > 0,
            _last(confirmed, counted),
            clauses=len(confirmed),
            of=len(counted),
        )
    )
    outcome = next((each for each in case.facts.outcomes if each.id == change_outcome(case)), None)
    followed = answer.change is Change.CHANGE_FOLLOWED
    found.append(
        Step(
            "change",
            followed,
            outcome.on if followed and outcome else None,
            answer.change is Change.NONE_FOUND,
        )
    )
    return tuple(found)


def _last(days: list[date], counted: list[ClauseStanding]) -> date | None:
    return max(days) if len(days) == len(counted) > 0 else None
