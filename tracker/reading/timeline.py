"""The record of one item, line by line: what was done about it, and apart what the floor did; silences, corrections, what is withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypedDict

from tracker.rules.codes import Claimed, Effect, Part, Result, Stage
from tracker.rules.facts import (
    ClaimFact,
    DueDateFact,
    EntryFact,
    ExpenseFact,
    Fact,
    ReviewFact,
    floor_newest_first,
)

from .amounts import expense_line
from .item_context import ItemContext
from .item_models import DueDetails, Moment
from .item_sections import confirmation, decision_line, floor_line

Placed = tuple[date, int, int, date | None, Moment]
"""Its day, its event and row, the day on which it was heard if it is a word, and the line."""

ORDER_OF_CLAIMS = (
    Claimed.DONE,
    Claimed.WILL_NOT_BE_DONE,
    Claimed.BLOCKED,
    Claimed.PROGRESS,
    Claimed.STARTED,
    None,
)


def _shown_on(fact: Fact) -> date | None:
    return fact.on if fact.day_known else None


def record(case: ItemContext) -> tuple[Moment, ...]:
    """What was done about it, newest first; a line after a silence longer than the limit says how long that was."""
    placed = [
        each
        for part in (
            _entries,
            _reviews,
            _assignments,
            _due_dates,
            _money,
            _decisions,
            _outcomes,
            _links,
        )
        for each in part(case)
    ]
    placed.sort(key=lambda each: each[:3], reverse=True)
    gaps = _gaps(case)
    found = []
    for _, _, _, heard, moment in placed:
        days = gaps.pop(heard, None) if heard else None
        found.append(_with_gap(moment, days) if days else moment)
    return tuple(found)


def _with_gap(moment: Moment, days: int) -> Moment:
    return Moment(**(vars(moment) | {"gap_days": days}))


def floor_record(case: ItemContext) -> tuple[Moment, ...]:
    """What the floor did, newest first, down to the submission."""
    found = [
        Moment(
            "floor",
            _shown_on(action),
            case.day(action.recorded_at),
            action.event,
            _numbers(case, [action.clause_id]),
            words=action.note,
            floor=floor_line(case, action),
        )
        for action in floor_newest_first(case.facts.floor)
    ]
    submitted = [each for each in case.facts.versions if each.stage is Stage.AS_SUBMITTED]
    found += [
        Moment("submitted", _shown_on(version), case.day(version.recorded_at), version.event)
        for version in submitted[-1:]
    ]
    return tuple(found)


def _gaps(case: ItemContext) -> dict[date, int]:
    """Of each day on which a word was heard after a silence beyond the limit, the days without one."""
    states = [each.state for each in case.answer.standing.clauses]
    heard = sorted({word.heard_on for state in states for word in state.words})
    starts = [state.duty_start.on for state in states if state.duty_start]
    kept, item = case.facts.clock.kept_from, case.facts.item
    begins = [
        day
        for day in (max(starts, default=None), kept, None if item.imported else item.heard_on)
        if day
    ]
    if not heard or not starts:
        return {}
    days = [max(begins), *heard]
    limit = case.body_context.settings.silence_days
    return {
        later: (later - earlier).days
        for earlier, later in pairwise(days)
        if (later - earlier).days > limit
    }


def _numbers(case: ItemContext, keys: list[int | None]) -> tuple[int, ...]:
    return tuple(
        sorted({number for key in keys if (number := case.clause_number(key)) is not None})
    )


def _place(fact: Fact, moment: Moment, heard: date | None = None) -> Placed:
    return fact.on, fact.event, fact.id, heard, moment


def _entries(case: ItemContext) -> Iterator[Placed]:
    """Released ones, those among them that were corrected later; for staff also what waits, was sent back, or is internal.

    A correction publishes itself alone: what it corrects shows to the public only if that was released.
    """
    entries = {entry.id: entry for entry in case.facts.entries_ever}
    corrected_entries = {
        before.id
        for entry in entries.values()
        if case.facts.was_released(entry.id)
        for before in _before(entries, entry)
    }
    claims: dict[int, list[ClaimFact]] = defaultdict(list)
    for claim in case.facts.claims_ever:
        claims[claim.entry_id].append(claim)
    for entry in entries.values():
        release = case.facts.released(entry=entry.id)
        corrected = entry.id in corrected_entries
        if (entry.retracted and not corrected) or not (case.inside or _was_read(case, entry)):
            continue
        read_before = (
            before for before in _before(entries, entry) if case.inside or _was_read(case, before)
        )
        corrects = next((before.on for before in read_before), None)
        yield _place(
            entry,
            _entry(case, entry, claims[entry.id], corrects, release is not None, corrected),
            release.heard_on if release else None,
        )


def _before(entries: Mapping[int, EntryFact], entry: EntryFact) -> Iterator[EntryFact]:
    """The entry that it corrects, the one that that corrects, and so on."""
    before = entries.get(entry.corrects_id or 0)
    while before is not None:
        yield before
        before = entries.get(before.corrects_id or 0)


def _was_read(case: ItemContext, entry: EntryFact) -> bool:
    """By the public; an internal entry never was."""
    return case.facts.was_released(entry.id) and not entry.internal


def _entry(
    case: ItemContext,
    entry: EntryFact,
    claims: list[ClaimFact],
    corrects: date | None,
    released: bool,
    corrected: bool,
) -> Moment:
    hidden, held = case.hidden("entry", entry.id), case.withheld.get(("entry", entry.id))
    said: dict[Claimed | None, list[int | None]] = defaultdict(list)
    for claim in claims:
        said[claim.claimed].append(claim.clause_id)
    reasons = list(
        dict.fromkeys(
            claim.reason
            for claim in claims
            if claim.reason and claim.claimed in (Claimed.BLOCKED, Claimed.WILL_NOT_BE_DONE)
        )
    )
    spent = [each.amount for each in case.facts.expenses if each.entry_id == entry.id]
    return Moment(
        "withheld" if hidden else "entry",
        _shown_on(entry),
        case.day(entry.recorded_at),
        entry.event,
        claims=()
        if hidden
        else tuple((code, _numbers(case, said[code])) for code in ORDER_OF_CLAIMS if code in said),
        words=None if hidden else entry.words,
        reason=None if hidden or not reasons else " ".join(reasons),
        unit=None if entry.source or entry.by_office else case.author_unit(entry.author_id),
        person=None if entry.source else case.person(entry.author_id),
        evidence=case.evidence(entry=entry.id),
        entry=entry.id,
        amount=sum(spent, Decimal(0))
        if spent and (released or case.inside) and not hidden
        else None,
        corrects=corrects,
        corrected=corrected,
        withheld=held.kind if held else None,
        withheld_on=held.on if held else None,
        source=entry.source or None,
        source_row=entry.source_row,
        internal=entry.internal,
        explains=any(each.entry_id == entry.id for each in case.facts.explanations),
        waiting=not released and not corrected,
        by_office=entry.by_office,
    )


def _reviews(case: ItemContext) -> Iterator[Placed]:
    clause_of = {claim.id: claim.clause_id for claim in case.facts.claims}
    # What one person, or one meeting, decided on one day is one line.
    together: dict[tuple[object, ...], list[ReviewFact]] = defaultdict(list)
    for review in case.facts.reviews:
        released = review.outcome_id is None or case.facts.released(outcome=review.outcome_id)
        if released and (review.outcome_id or review.claim_id in clause_of):
            day = review.met_on or case.day(review.recorded_at)
            by_whom = (review.by, day, review.meeting, review.actor)
            together[review.result, *by_whom, review.reason, review.outcome_id].append(review)
    for reviews in together.values():
        last = reviews[-1]
        confirmed = last.result is Result.CONFIRMED
        outcome = next((each for each in case.facts.outcomes if each.id == last.outcome_id), None)
        on = last.met_on or last.heard_on
        moment = Moment(
            last.result.value,
            on,
            case.day(last.recorded_at),
            last.event,
            _numbers(case, [clause_of.get(each.claim_id or 0) for each in reviews]),
            reason=last.reason if case.inside else None,
            person=case.person(last.actor) if not confirmed else None,
            confirmation=confirmation(case, last) if confirmed else None,
            level=outcome.level if outcome else None,
        )
        yield on, last.event, last.id, last.heard_on, moment


class _Whom(TypedDict):
    unit: str | None
    person: str | None
    code: str


def _assignments(case: ItemContext) -> Iterator[Placed]:
    for assignment in case.facts.assignments_ever:
        about: _Whom = {
            "unit": case.unit(assignment.unit_id),
            "person": case.person(assignment.person_id),
            "code": "lead" if assignment.part is Part.LEAD else "contributor",
        }
        numbers, ended_on = _numbers(case, [assignment.clause_id]), assignment.ended_on
        day, event = case.day(assignment.recorded_at), assignment.event
        assigned = Moment("assigned", _shown_on(assignment), day, event, numbers, **about)
        yield _place(assignment, assigned)
        if ended_on:
            unassigned = Moment("unassigned", ended_on, day, event, numbers, **about)
            yield ended_on, event, assignment.id, None, unassigned


def _due_dates(case: ItemContext) -> Iterator[Placed]:
    """Extensions; the first date is part of the item."""
    of: dict[int | None, list[DueDateFact]] = defaultdict(list)
    for due in sorted(case.facts.due_dates, key=lambda each: (each.on, each.event, each.id)):
        of[due.clause_id].append(due)
    for first, *later in of.values():
        for due in later:
            yield _place(
                due,
                Moment(
                    "due",
                    _shown_on(due),
                    case.day(due.recorded_at),
                    due.event,
                    _numbers(case, [due.clause_id]),
                    words=due.reason,
                    unit=due.by_whom,
                    due=DueDetails(
                        due_on=due.due_on,
                        first_due_on=first.due_on,
                        extended_on=due.on,
                        by_whom=due.by_whom,
                        reason=due.reason,
                    ),
                ),
            )


def _money(case: ItemContext) -> Iterator[Placed]:
    for given in case.facts.appropriations:
        yield _place(
            given,
            Moment(
                "appropriated",
                _shown_on(given),
                case.day(given.recorded_at),
                given.event,
                unit=given.decided_by,
                amount=given.amount,
                code=given.fund,
            ),
        )
    for expense in case.facts.expenses:  # others stand with their entry, and wait with it
        if _stands_alone(case, expense):
            line = expense_line(case, expense)
            yield _place(
                expense,
                Moment(
                    "spent",
                    line.on,
                    case.day(expense.recorded_at),
                    expense.event,
                    amount=line.amount,
                    reason=line.category or None,
                ),
            )
    for explanation in case.facts.explanations:
        if explanation.entry_id is not None:
            continue
        yield _place(
            explanation,
            Moment(
                "explained",
                explanation.on,
                case.day(explanation.recorded_at),
                explanation.event,
                words=explanation.words,
                by_office=explanation.by_office,
                unit=None if explanation.by_office else case.author_unit(explanation.actor),
                person=case.person(explanation.actor),
            ),
        )


def _stands_alone(case: ItemContext, expense: ExpenseFact) -> bool:
    """Released, and with no entry that shows."""
    if expense.entry_id is None:
        return True
    return case.facts.was_released(expense.entry_id) and case.hidden("entry", expense.entry_id)


def _decisions(case: ItemContext) -> Iterator[Placed]:
    for decision in case.facts.decisions:
        line = decision_line(case, decision)
        yield _place(
            decision,
            Moment(
                "decided",
                _shown_on(decision),
                case.day(decision.recorded_at),
                decision.event,
                _numbers(case, [decision.clause_id]),
                words=decision.reason,
                unit=line.unit,
                decision=line,
            ),
            decision.heard_on,
        )


def _outcomes(case: ItemContext) -> Iterator[Placed]:
    for outcome in case.facts.outcomes:
        release = case.facts.released(outcome=outcome.id)
        if not release and not case.inside:
            continue
        hidden, held = (
            case.hidden("outcome", outcome.id),
            case.withheld.get(("outcome", outcome.id)),
        )
        yield _place(
            outcome,
            Moment(
                "withheld" if hidden else "outcome",
                _shown_on(outcome),
                case.day(outcome.recorded_at),
                outcome.event,
                words=None if hidden else outcome.words,
                reason=None if hidden else outcome.tie,
                unit=case.author_unit(outcome.author_id),
                person=case.person(outcome.author_id),
                evidence=case.evidence(outcome=outcome.id),
                waiting=release is None,
                level=outcome.level,
                withheld=held.kind if held else None,
                withheld_on=held.on if held else None,
            ),
            release.heard_on if release else None,
        )
    for (what, key), withholding in case.withheld.items():
        if what == "evidence" and _stood_there(case, key):
            entry = next((each.entry_id for each in case.facts.evidence if each.id == key), None)
            day = next((each.on for each in case.facts.entries_ever if each.id == entry), None)
            yield _place(
                withholding,
                Moment(
                    "withheld",
                    withholding.on,
                    case.day(withholding.recorded_at),
                    withholding.event,
                    corrects=day,
                    withheld=withholding.kind,
                    withheld_on=withholding.on,
                    code="evidence",
                ),
            )


def _stood_there(case: ItemContext, evidence: int) -> bool:
    """Whether what was withheld was to be read on the day that is asked for."""
    of = next((each for each in case.facts.evidence if each.id == evidence), None)
    if of is None:
        return False
    if of.outcome_id is not None:
        return case.inside or case.facts.released(outcome=of.outcome_id) is not None
    return any(
        each.id == of.entry_id and (case.inside or _was_read(case, each))
        for each in case.facts.entries_ever
    )


def _links(case: ItemContext) -> Iterator[Placed]:
    """To an item of another convention, or of its own where the floor did not merge them: else that is what the floor did."""
    merged = any(each.action.effect is Effect.MERGES for each in case.facts.floor)
    for link in case.facts.links:
        target = case.identities.get(link.target_id)
        inside = target is not None and target.convention.id == case.facts.item.convention_id
        if target is not None and not (inside and merged):
            yield _place(
                link,
                Moment(
                    "taken_on" if inside else "carried",
                    _shown_on(link),
                    case.day(link.recorded_at),
                    link.event,
                    _numbers(case, [link.clause_id]),
                    item=target.ref,
                ),
            )
