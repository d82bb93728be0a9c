"""What staff and confirmers do with an item: entries, money, reviews, outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.acts import meetings, money, outcomes, outside_requests, progress, reviews
from tracker.acts.act_context import ActContext
from tracker.record.progress import Entry
from tracker.rules import permissions
from tracker.rules.codes import Claimed, MoneySaid, OutsideDecision, Result
from tracker.rules.entry_preconditions import NewClaim

from . import steps
from .people import CONFIRMER, DEPUTY, GOVERNANCE
from .scenes import Scene, World

# --- entries ---


def log(world: World, scene: Scene, step: steps.EntryStep, on: date, day: date) -> None:
    """The entry of `on`, written down on `day`; the office brings those of a list."""
    source, row = step.imported_from or (None, None)
    new_entry = progress.NewEntry(
        words=step.words,
        on=on,
        claims=_claims(world, scene, step),
        evidence=world.evidence(step.links, step.papers),
        expenses=[_expense(world, scene, cost, on) for cost in step.costs],
        internal=step.internal,
        next_word_by=world.day(scene, step.next_word_by),
        corrects=scene.entries[step.corrects].id if step.corrects else None,
        source=source,
        source_row=row,
    )
    author = GOVERNANCE if source else step.author or scene.author
    context = replace(world.at(day, author), importing=source is not None)
    scene.keep_entry(step, progress.log(context, scene.item, new_entry))


def _claims(world: World, scene: Scene, step: steps.EntryStep) -> list[NewClaim]:
    """One for each clause of the step; the answer about money goes with what is done."""
    money_said = step.money or (MoneySaid.AMOUNT if step.costs else None)
    decided_on = world.working_day(scene, step.decided_on)
    return [
        NewClaim(
            clause_id=scene.clauses[number],
            claimed=claimed,
            reason=step.because,
            money=money_said if claimed is Claimed.DONE else None,
            decided_by=step.decided_by,
            decided_on=decided_on,
        )
        for number, claimed in step.claims.items()
    ]


def release(world: World, scene: Scene, step: steps.EntryStep, day: date) -> None:
    context = world.at(day, step.released_by or _usual_releaser(scene, step))
    opening = world.opening(step.papers)
    progress.release(context, scene.item, scene.entry_of(step), opening)


def _usual_releaser(scene: Scene, step: steps.EntryStep) -> str:
    """The manager; of "will not be done", somebody of the office who did not write it."""
    if Claimed.WILL_NOT_BE_DONE not in step.claims.values():
        return scene.releaser
    author = step.author or scene.author
    return DEPUTY if author == GOVERNANCE else GOVERNANCE


def send_back(world: World, scene: Scene, step: steps.EntryStep, day: date) -> None:
    context = world.at(day, step.released_by or scene.releaser)
    progress.send_back(context, scene.item, scene.entry_of(step), step.sent_back or "")


def withdraw(world: World, scene: Scene, step: steps.EntryStep, day: date) -> None:
    context = world.at(day, step.author or scene.author)
    progress.withdraw(context, scene.item, scene.entry_of(step))


# --- money: each an entry that is released at once ---


def spend(world: World, scene: Scene, step: steps.ExpenseStep, on: date) -> None:
    context = world.at(on, scene.author)
    expense = _expense(world, scene, step.cost, on)
    _publish(world, scene, money.spend(context, scene.item, expense), on)


def explain(world: World, scene: Scene, step: steps.ExplanationStep, on: date) -> None:
    context = world.at(on, scene.author)
    _publish(world, scene, money.explain(context, scene.item, step.words), on)


def _publish(world: World, scene: Scene, entry: Entry, day: date) -> None:
    progress.release(world.at(day, scene.releaser), scene.item, entry)


def _expense(world: World, scene: Scene, cost: steps.StoryCost, on: date) -> money.NewExpense:
    return money.NewExpense(
        amount=Decimal(cost.amount),
        on=world.working_day(scene, cost.on) or on,
        category=cost.category,
        payee=cost.payee,
        note=cost.note,
    )


# --- confirming ---


def review(world: World, scene: Scene, step: steps.ReviewStep, on: date) -> None:
    if step.outside:
        _review_from_outside(world, scene, step, on)
        return
    confirmer = step.by or CONFIRMER
    before = Result.CONFIRMED if step.result is Result.REOPENED else None
    for claim_id in newest_claims(scene, step.clauses, before, world.at(on, confirmer)):
        context = world.at(on, confirmer)
        reviews.review(context, scene.item, claim_id, step.result, reason=step.reason)


def _review_from_outside(world: World, scene: Scene, step: steps.ReviewStep, on: date) -> None:
    """Governance asks, and the answer comes on the same day."""
    name, role, organisation = step.outside or ("", "", "")
    context = world.office(on)
    claim_ids = newest_claims(scene, step.clauses, None, context)
    who = outside_requests.WhoIsAsked(name=name, role=role, organisation=organisation)
    request = outside_requests.ask(context, who, claim_ids)
    outside_requests.answer(
        replace(world.office(on), actor=permissions.FROM_OUTSIDE),
        request,
        [
            outside_requests.NewAnswer(
                subject_id=subject_id,
                decision=OutsideDecision(step.result.value),
                reason=step.reason,
            )
            for subject_id in outside_requests.subjects_of(context, request)
        ],
    )


def confirm_by_meeting(
    world: World, meeting: steps.ConfirmingMeeting, met_on: date, day: date
) -> None:
    """What a meeting confirmed on `met_on`, recorded on `day`."""
    context = world.office(day)
    claim_ids = []
    for convention, code, numbers in meeting.claims:
        scene = world.scenes[convention, code]
        claim_ids += newest_claims(scene, numbers, None, context)
    new_meeting = meetings.NewMeeting(
        name=meeting.who, met_on=met_on, words=meeting.minutes, open=True
    )
    meetings.decide_by_meeting(context, new_meeting, meetings.confirmed(claim_ids))


def newest_claims(
    scene: Scene, numbers: Sequence[int], result: Result | None, context: ActContext
) -> list[int]:
    """The keys of the newest released claims of done of these clauses that have this result.

    :param result: of the last review; None: nobody has reviewed them
    """
    facts = context.facts(scene.item)
    claim_ids: dict[int, int] = {}
    for claim in sorted(facts.claims, key=lambda claim: (claim.on, claim.event)):
        if claim.claimed is not Claimed.DONE or not facts.released(entry=claim.entry_id):
            continue
        last_review = facts.review(claim=claim.id)
        if (last_review.result if last_review else None) is result:
            claim_ids[claim.clause_id] = claim.id
    return [claim_ids[scene.clauses[number]] for number in numbers]


# --- what changed ---


def state_outcome(world: World, scene: Scene, step: steps.OutcomeStep, on: date, day: date) -> None:
    """What was observed on `on`, written down on `day`."""
    outcome = outcomes.state(
        world.at(day, step.author or scene.author),
        scene.item,
        step.level,
        step.words,
        observed_on=on,
        tie=step.tie,
        evidence=world.evidence(step.links, step.papers),
    )
    scene.keep_outcome(step, outcome)


def release_outcome(world: World, scene: Scene, step: steps.OutcomeStep, day: date) -> None:
    context = world.at(day, scene.releaser)
    opening = world.opening(step.papers)
    outcomes.release(context, scene.item, scene.outcome_of(step), opening)


def confirm_outcome(world: World, scene: Scene, step: steps.OutcomeStep, day: date) -> None:
    context = world.at(day, CONFIRMER)
    reviews.review_outcome(context, scene.item, scene.outcome_of(step), Result.CONFIRMED)
