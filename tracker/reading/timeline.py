"""The record of one item, line by line: what was done about it, and apart what the floor did; silences, corrections, what is withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tracker.rules.codes import Claimed, Effect, Part, Result, Stage

from .amounts import expense_line
from .case import Case
from .parts import confirmation, decision_line, floor_line
from .shown import Due, Moment

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


def _shown_on(row: Any) -> date | None:
    return row.on if row.day_known else None


def record(case: Case) -> tuple[Moment, ...]:
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


def floor_record(case: Case) -> tuple[Moment, ...]:
    """What the floor did, newest first, down to the submission."""
    rows = sorted(
        case.rows["floor"], key=lambda row: (row.on, row.position, row.event), reverse=True
    )
    found = [
        Moment(
            "floor",
            _shown_on(row),
            case.day(row.recorded_at),
            row.event,
            _numbers(case, [row.clause_id]),
            words=row.note,
            floor=floor_line(case, row),
        )
        for row in rows
    ]
    submitted = [row for row in case.rows["versions"] if row.stage is Stage.AS_SUBMITTED]
    found += [
        Moment("submitted", _shown_on(row), case.day(row.recorded_at), row.event)
        for row in submitted[-1:]
    ]
    return tuple(found)


def _gaps(case: Case) -> dict[date, int]:
    """Of each day on which a word was heard after a silence beyond the limit, the days without one."""
    looks = [each.look for each in case.answer.standing.clauses]
    heard = sorted({word.heard_on for look in looks for word in look.words})
    starts = [look.duty_from.on for look in looks if look.duty_from]
    kept, item = case.facts.clock.kept_from, case.facts.item
    begins = [
        day
        for day in (max(starts, default=None), kept, None if item.imported else item.heard_on)
        if day
    ]
    if not heard or not starts:
        return {}
    days = [max(begins), *heard]
    limit = case.near.settings.silence_days
    return {
        later: (later - earlier).days
        for earlier, later in pairwise(days)
        if (later - earlier).days > limit
    }


def _numbers(case: Case, keys: list[int | None]) -> tuple[int, ...]:
    return tuple(
        sorted({number for key in keys if (number := case.clause_number(key)) is not None})
    )


def _place(row: Any, moment: Moment, heard: date | None = None) -> Placed:
    return row.on, row.event, row.id, heard, moment


def _entries(case: Case) -> Iterator[Placed]:
    """Released ones, those among them that were corrected later; for staff also what waits, was sent back, or is internal.

    A correction publishes itself alone: what it corrects shows to the public only if that was released.
    """
    entries = {row.id: row for row in case.rows["entries"]}
    corrected_entries = {
        before.id for row in entries.values() if row.released for before in _before(entries, row)
    }
    claims: dict[int, list[Any]] = defaultdict(list)
    for row in case.rows["claims"]:
        claims[row.entry_id].append(row)
    for row in case.rows["entries"]:
        release = case.facts.released(entry=row.id)
        corrected = row.id in corrected_entries
        if (row.retracted and not corrected) or not (case.inside or _was_read(row)):
            continue
        corrects = next(
            (before.on for before in _before(entries, row) if case.inside or _was_read(before)),
            None,
        )
        yield _place(
            row,
            _entry(case, row, claims[row.id], corrects, release is not None, corrected),
            release.heard_on if release else None,
        )


def _before(entries: Mapping[int, Any], row: Any) -> Iterator[Any]:
    """The entry that it corrects, the one that that corrects, and so on."""
    while (row := entries.get(row.corrects_id)) is not None:
        yield row


def _was_read(row: Any) -> bool:
    """By the public; an internal entry never was."""
    return bool(row.released and not row.internal)


def _entry(
    case: Case, row: Any, claims: list[Any], corrects: date | None, released: bool, corrected: bool
) -> Moment:
    hidden, held = case.hidden("entry", row.id), case.withheld.get(("entry", row.id))
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
    spent = [each.amount for each in case.rows["expenses"] if each.entry_id == row.id]
    return Moment(
        "withheld" if hidden else "entry",
        _shown_on(row),
        case.day(row.recorded_at),
        row.event,
        claims=()
        if hidden
        else tuple((code, _numbers(case, said[code])) for code in ORDER_OF_CLAIMS if code in said),
        words=None if hidden else row.words,
        reason=None if hidden or not reasons else " ".join(reasons),
        unit=None if row.source or row.by_office else case.author_unit(row.author_id),
        person=None if row.source else case.person(row.author_id),
        evidence=case.evidence(entry=row.id),
        entry=row.id,
        amount=sum(spent, Decimal(0))
        if spent and (released or case.inside) and not hidden
        else None,
        corrects=corrects,
        corrected=corrected,
        withheld=held.kind if held else None,
        withheld_on=held.on if held else None,
        source=row.source or None,
        source_row=row.source_row,
        internal=row.internal,
        explains=any(each.entry_id == row.id for each in case.rows["explanations"]),
        waiting=not released and not corrected,
        by_office=row.by_office,
    )


def _reviews(case: Case) -> Iterator[Placed]:
    clause_of = {claim.id: claim.clause_id for claim in case.facts.claims}
    together: dict[tuple[Any, ...], list[Any]] = defaultdict(
        list
    )  # what one person, or one meeting, decided on one day is one line
    for row in case.rows["reviews"]:
        released = row.outcome_id is None or case.facts.released(outcome=row.outcome_id)
        if released and (row.outcome_id or row.claim_id in clause_of):
            day = row.met_on or case.day(row.recorded_at)
            together[
                row.result, row.by, day, row.meeting, row.actor, row.reason, row.outcome_id
            ].append(row)
    ruled = {each.id: each for each in case.facts.reviews}
    for (result, *_), rows in together.items():
        row = rows[-1]
        outcome = next((each for each in case.rows["outcomes"] if each.id == row.outcome_id), None)
        on = row.met_on or ruled[row.id].heard_on
        moment = Moment(
            result.value,
            on,
            case.day(row.recorded_at),
            row.event,
            _numbers(case, [clause_of.get(each.claim_id) for each in rows]),
            reason=row.reason if case.inside else None,
            person=case.person(row.actor) if result is not Result.CONFIRMED else None,
            confirmation=confirmation(case, ruled[row.id]) if result is Result.CONFIRMED else None,
            level=outcome.level if outcome else None,
        )
        yield on, row.event, row.id, ruled[row.id].heard_on, moment


def _assignments(case: Case) -> Iterator[Placed]:
    for row in case.rows["assignments"]:
        part = "lead" if row.part is Part.LEAD else "contributor"
        about: dict[str, Any] = {
            "unit": case.unit(row.unit_id),
            "person": case.person(row.person_id),
            "code": part,
        }
        numbers = _numbers(case, [row.clause_id])
        yield _place(
            row,
            Moment(
                "assigned", _shown_on(row), case.day(row.recorded_at), row.event, numbers, **about
            ),
        )
        if row.ended_on:
            yield (
                row.ended_on,
                row.event,
                row.id,
                None,
                Moment(
                    "unassigned",
                    row.ended_on,
                    case.day(row.recorded_at),
                    row.event,
                    numbers,
                    **about,
                ),
            )


def _due_dates(case: Case) -> Iterator[Placed]:
    """Extensions; the first date is part of the item."""
    of: dict[int | None, list[Any]] = defaultdict(list)
    for row in sorted(case.rows["due_dates"], key=lambda row: (row.on, row.event, row.id)):
        of[row.clause_id].append(row)
    for rows in of.values():
        for row in rows[1:]:
            yield _place(
                row,
                Moment(
                    "due",
                    _shown_on(row),
                    case.day(row.recorded_at),
                    row.event,
                    _numbers(case, [row.clause_id]),
                    words=row.reason,
                    unit=row.by_whom,
                    due=Due(row.due_on, rows[0].due_on, row.on, row.by_whom, row.reason),
                ),
            )


def _money(case: Case) -> Iterator[Placed]:
    for row in case.rows["appropriations"]:
        yield _place(
            row,
            Moment(
                "appropriated",
                _shown_on(row),
                case.day(row.recorded_at),
                row.event,
                unit=row.decided_by,
                amount=row.amount,
                code=row.fund,
            ),
        )
    for row in case.rows["expenses"]:  # others stand with their entry, and wait with it
        if row.released and (row.entry_id is None or case.hidden("entry", row.entry_id)):
            line = expense_line(case, row)
            yield _place(
                row,
                Moment(
                    "spent",
                    line.on,
                    case.day(row.recorded_at),
                    row.event,
                    amount=line.amount,
                    reason=line.category or None,
                ),
            )
    for row in case.rows["explanations"]:
        if row.entry_id is not None:
            continue
        yield _place(
            row,
            Moment(
                "explained",
                row.on,
                case.day(row.recorded_at),
                row.event,
                words=row.words,
                by_office=row.by_office,
                unit=None if row.by_office else case.author_unit(row.actor),
                person=case.person(row.actor),
            ),
        )


def _decisions(case: Case) -> Iterator[Placed]:
    heard = {each.id: each.heard_on for each in case.facts.decisions}
    for row in case.rows["decisions"]:
        line = decision_line(case, row)
        yield _place(
            row,
            Moment(
                "decided",
                _shown_on(row),
                case.day(row.recorded_at),
                row.event,
                _numbers(case, [row.clause_id]),
                words=row.reason,
                unit=line.unit,
                decision=line,
            ),
            heard.get(row.id),
        )


def _outcomes(case: Case) -> Iterator[Placed]:
    for row in case.rows["outcomes"]:
        release = case.facts.released(outcome=row.id)
        if not release and not case.inside:
            continue
        hidden, held = case.hidden("outcome", row.id), case.withheld.get(("outcome", row.id))
        yield _place(
            row,
            Moment(
                "withheld" if hidden else "outcome",
                _shown_on(row),
                case.day(row.recorded_at),
                row.event,
                words=None if hidden else row.words,
                reason=None if hidden else row.tie,
                unit=case.author_unit(row.author_id),
                person=case.person(row.author_id),
                evidence=case.evidence(outcome=row.id),
                waiting=release is None,
                level=row.level,
                withheld=held.kind if held else None,
                withheld_on=held.on if held else None,
            ),
            release.heard_on if release else None,
        )
    for (what, key), row in case.withheld.items():
        if what == "evidence" and _stood_there(case, key):
            entry = next((each.entry_id for each in case.rows["evidence"] if each.id == key), None)
            day = next((each.on for each in case.rows["entries"] if each.id == entry), None)
            yield _place(
                row,
                Moment(
                    "withheld",
                    row.on,
                    case.day(row.recorded_at),
                    row.event,
                    corrects=day,
                    withheld=row.kind,
                    withheld_on=row.on,
                    code="evidence",
                ),
            )


def _stood_there(case: Case, evidence: int) -> bool:
    """Whether what was withheld was to be read on the day that is asked for."""
    of = next((each for each in case.rows["evidence"] if each.id == evidence), None)
    if of is None:
        return False
    if of.outcome_id is not None:
        return case.inside or case.facts.released(outcome=of.outcome_id) is not None
    return any(
        each.id == of.entry_id and (case.inside or _was_read(each)) for each in case.rows["entries"]
    )


def _links(case: Case) -> Iterator[Placed]:
    """To an item of another convention, or of its own where the floor did not merge them: else that is what the floor did."""
    merged = any(row.action.effect is Effect.MERGES for row in case.rows["floor"])
    for row in case.rows["links"]:
        target = case.names.get(row.target_id)
        inside = target is not None and target.convention.id == case.facts.item.convention_id
        if target is not None and not (inside and merged):
            yield _place(
                row,
                Moment(
                    "taken_on" if inside else "carried",
                    _shown_on(row),
                    case.day(row.recorded_at),
                    row.event,
                    _numbers(case, [row.clause_id]),
                    item=target.ref,
                ),
            )
