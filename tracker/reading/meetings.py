"""Meetings that decided, as the office reads them: all of a body, and one with what it decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.items import Item, ReferralDecision
from tracker.record.ledger_tables import Event
from tracker.record.meetings import Meeting
from tracker.record.progress import Review
from tracker.rules.codes import Decision, Level, Result

from .audience import OFFICE
from .body_context import BodyContext
from .item_context import ItemContext, load_item_contexts
from .minutes import minutes_of
from .models import ConventionDetails, ItemRef, MinutesDetails


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting in the list of all; `counts` has its decisions by their codes."""

    id: int
    name: str
    met_on: date
    counts: Counter[str]


@dataclass(frozen=True, kw_only=True)
class DecidedLine:
    """One thing that a meeting decided."""

    item: ItemRef
    convention: ConventionDetails
    clause: int | None  # its number, where the item has several
    result: Result | None  # of a claim or an outcome
    decision: Decision | None  # on a referral
    level: Level | None  # of an outcome
    words: str | None  # the reason; of a confirmation, the point in the minutes
    reopened_on: date | None  # a confirmation that was reopened since


@dataclass(frozen=True, kw_only=True)
class MeetingPage:
    id: int
    name: str
    met_on: date
    recorded_on: date
    recorded_by: str | None
    minutes: MinutesDetails
    claims: tuple[DecidedLine, ...]
    outcomes: tuple[DecidedLine, ...]
    referrals: tuple[DecidedLine, ...]


def meetings(session: Session, body_id: int) -> tuple[MeetingLine, ...]:
    """The newest first. Three statements."""
    counts: dict[int, Counter[str]] = {}
    for table, code in ((Review, Review.result), (ReferralDecision, ReferralDecision.decision)):
        rows = session.execute(
            sa.select(Meeting.id, code, sa.func.count())
            .join(Meeting, Meeting.id == table.meeting_id)
            .where(Meeting.body_id == body_id, at(table, NOW))
            .group_by(Meeting.id, code)
        )
        for meeting_id, result, count in rows:
            counts.setdefault(meeting_id, Counter())[result.value] += count
    rows_of_meetings = session.execute(
        sa.select(Meeting.id, Meeting.name, Meeting.met_on)
        .where(Meeting.body_id == body_id, at(Meeting, NOW))
        .order_by(Meeting.met_on.desc(), Meeting.id.desc())
    )
    return tuple(
        MeetingLine(id=key, name=name, met_on=met_on, counts=counts.get(key, Counter()))
        for key, name, met_on in rows_of_meetings
    )


def meeting_page(
    session: Session, context: BodyContext, meeting_id: int, today: date
) -> MeetingPage | None:
    """None: there is no such meeting. The number of statements does not depend on what it decided.

    :param context: with names of people
    """
    row = session.execute(
        sa.select(Meeting, Event.recorded_at, Event.actor_id)
        .join(Event, Event.id == Meeting.recorded_by)
        .where(Meeting.id == meeting_id, Meeting.body_id == context.body.id, at(Meeting, NOW))
    ).first()
    if row is None:
        return None
    meeting, recorded_at, actor_id = row
    wanted = sa.union(
        *(
            sa.select(table.item_id).where(table.meeting_id == meeting_id)
            for table in (Review, ReferralDecision)
        )
    )
    item_ids = set(session.scalars(sa.select(Item.id).where(Item.id.in_(wanted))))
    _context, items = load_item_contexts(session, context.body.id, item_ids, today, OFFICE)
    lines = [line for item in items.values() for line in _decided(item, meeting_id)]
    return MeetingPage(
        id=meeting_id,
        name=meeting.name,
        met_on=meeting.met_on,
        recorded_on=recorded_at.astimezone(context.settings.zone).date(),
        recorded_by=context.people.get(actor_id),
        minutes=minutes_of(session, [meeting_id])[meeting_id],
        claims=tuple(line for line in lines if line.result and not line.level),
        outcomes=tuple(line for line in lines if line.level),
        referrals=tuple(line for line in lines if line.decision),
    )


def _decided(item: ItemContext, meeting_id: int) -> list[DecidedLine]:
    """In the order in which it was recorded."""
    clause_of = {claim.id: claim.clause_id for claim in item.facts.claims}
    level_of = {outcome.id: outcome.level for outcome in item.facts.outcomes}
    lines = []
    for review in item.facts.reviews:
        if review.meeting_id != meeting_id:
            continue
        last = item.facts.review(claim=review.claim_id, outcome=review.outcome_id)
        is_over = last is not None and last.id != review.id
        lines.append(
            DecidedLine(
                item=item.ref,
                convention=item.identity.convention,
                clause=item.clause_number(clause_of.get(review.claim_id or 0)),
                result=review.result,
                decision=None,
                level=level_of.get(review.outcome_id or 0),
                words=review.reason or review.minutes,
                reopened_on=item.day(last.recorded_at) if last and is_over else None,
            )
        )
    lines += [
        DecidedLine(
            item=item.ref,
            convention=item.identity.convention,
            clause=item.clause_number(decision.clause_id),
            result=None,
            decision=decision.decision,
            level=None,
            words=decision.reason,
            reopened_on=None,
        )
        for decision in item.facts.decisions
        if decision.meeting_id == meeting_id
    ]
    return lines
