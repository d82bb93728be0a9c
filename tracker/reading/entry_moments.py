"""The lines of an item's record that say what was done: entries, and what was decided on claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.rules.codes import By, Claimed, Result
from tracker.rules.facts import ClaimFact, EntryFact, ReviewFact

from .item_context import ItemContext
from .item_models import Moment
from .item_sections import confirmation
from .placed_moment import PlacedMoment, clause_numbers, is_read, known_day, placed

ORDER_OF_CLAIMS = (
    Claimed.DONE,
    Claimed.WILL_NOT_BE_DONE,
    Claimed.BLOCKED,
    Claimed.PROGRESS,
    Claimed.STARTED,
    None,
)


def entries(item: ItemContext) -> Iterator[PlacedMoment]:
    """Released ones, those among them that were corrected later.

    For staff also what waits, was sent back, or is internal. A correction publishes itself alone:
    what it corrects shows to the public only if that was released.
    """
    entries_by_id = {entry.id: entry for entry in item.facts.entries_ever}
    corrected_ids = {
        earlier.id
        for entry in entries_by_id.values()
        if item.facts.was_released(entry.id)
        for earlier in _corrected_by(entries_by_id, entry)
    }
    claims_of: dict[int, list[ClaimFact]] = defaultdict(list)
    for claim in item.facts.claims_ever:
        claims_of[claim.entry_id].append(claim)
    for entry in entries_by_id.values():
        is_corrected = entry.id in corrected_ids
        if entry.retracted and not is_corrected:
            continue
        if not is_read(item, entry):
            continue
        corrected_days = [
            earlier.on for earlier in _corrected_by(entries_by_id, entry) if is_read(item, earlier)
        ]
        release = item.facts.released(entry=entry.id)
        moment = _entry(
            item,
            entry,
            claims_of[entry.id],
            corrects=corrected_days[0] if corrected_days else None,
            is_released=release is not None,
            is_corrected=is_corrected,
        )
        yield placed(entry, moment, release.heard_on if release else None)


def _corrected_by(entries: Mapping[int, EntryFact], entry: EntryFact) -> Iterator[EntryFact]:
    """The entry that it corrects, the one that that corrects, and so on."""
    earlier = entries.get(entry.corrects_id or 0)
    while earlier is not None:
        yield earlier
        earlier = entries.get(earlier.corrects_id or 0)


def _entry(
    item: ItemContext,
    entry: EntryFact,
    claims: Sequence[ClaimFact],
    *,
    corrects: date | None,
    is_released: bool,
    is_corrected: bool,
) -> Moment:
    hidden = item.hidden("entry", entry.id)
    withholding = item.withheld.get(("entry", entry.id))
    expenses = [expense.amount for expense in item.facts.expenses if expense.entry_id == entry.id]
    shows_amount = expenses and (is_released or item.inside) and not hidden
    return Moment(
        what="withheld" if hidden else "entry",
        on=known_day(entry),
        recorded_on=item.day(entry.recorded_at),
        event=entry.event,
        claims=() if hidden else _claims(item, claims),
        words=None if hidden else entry.words,
        reason=None if hidden else _reasons(claims),
        unit=None if entry.source or entry.by_office else item.author_unit(entry.author_id),
        person=None if entry.source else item.person(entry.author_id),
        evidence=item.evidence(entry=entry.id),
        entry=entry.id,
        key=f"entry-{entry.id}",
        amount=sum(expenses, Decimal(0)) if shows_amount else None,
        corrects=corrects,
        corrected=is_corrected,
        withheld=withholding.kind if withholding else None,
        withheld_on=withholding.on if withholding else None,
        source=entry.source or None,
        source_row=entry.source_row,
        internal=entry.internal,
        explains=any(explanation.entry_id == entry.id for explanation in item.facts.explanations),
        waiting=not is_released and not is_corrected,
        by_office=entry.by_office,
    )


def _claims(
    item: ItemContext, claims: Sequence[ClaimFact]
) -> tuple[tuple[Claimed | None, tuple[int, ...]], ...]:
    """What is claimed of which clauses, by their numbers."""
    clauses_of: dict[Claimed | None, list[int | None]] = defaultdict(list)
    for claim in claims:
        clauses_of[claim.claimed].append(claim.clause_id)
    return tuple(
        (claimed, clause_numbers(item, clauses_of[claimed]))
        for claimed in ORDER_OF_CLAIMS
        if claimed in clauses_of
    )


def _reasons(claims: Sequence[ClaimFact]) -> str | None:
    """Why it is blocked, or will not be done; each reason once."""
    reasons = [
        claim.reason
        for claim in claims
        if claim.reason and claim.claimed in (Claimed.BLOCKED, Claimed.WILL_NOT_BE_DONE)
    ]
    return " ".join(dict.fromkeys(reasons)) or None


# --- confirmations, returns, reopenings ---


def reviews(item: ItemContext) -> Iterator[PlacedMoment]:
    """What one person, or one meeting, decided on one day for one reason is one line."""
    clause_of = {claim.id: claim.clause_id for claim in item.facts.claims}
    decided_together: dict[tuple[object, ...], list[ReviewFact]] = defaultdict(list)
    for review in item.facts.reviews:
        if review.outcome_id is None:
            is_shown = review.claim_id in clause_of
        else:
            is_shown = item.facts.released(outcome=review.outcome_id) is not None
        if is_shown:
            decided_together[_decision_key(item, review)].append(review)
    for together in decided_together.values():
        last = together[-1]
        on = last.met_on or last.heard_on
        clause_ids = [clause_of.get(review.claim_id or 0) for review in together]
        yield PlacedMoment(
            on=on,
            event=last.event,
            row=last.id,
            heard_on=last.heard_on,
            moment=_review(item, last, on, clause_numbers(item, clause_ids)),
        )


def _decision_key(item: ItemContext, review: ReviewFact) -> tuple[object, ...]:
    day = review.met_on or item.day(review.recorded_at)
    outside = (review.outside_role, review.outside_organisation)
    by_whom = (review.by, day, review.meeting, review.actor, *outside)
    return (review.result, *by_whom, review.reason, review.outcome_id)


def _review(item: ItemContext, review: ReviewFact, on: date, clauses: tuple[int, ...]) -> Moment:
    is_confirmed = review.result is Result.CONFIRMED
    # who returned it is for staff, as what it said
    is_named = is_confirmed or (item.inside and review.by is By.FROM_OUTSIDE)
    outcomes = [outcome for outcome in item.facts.outcomes if outcome.id == review.outcome_id]
    return Moment(
        what=review.result.value,
        on=on,
        recorded_on=item.day(review.recorded_at),
        event=review.event,
        clauses=clauses,
        reason=review.reason if item.inside else None,
        person=None if is_confirmed else item.person(review.actor),
        confirmation=confirmation(item, review) if is_named else None,
        level=outcomes[0].level if outcomes else None,
    )
