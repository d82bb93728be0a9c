"""The one-time links by which somebody from outside is asked to confirm, as the office reads them:
who is asked about what, and what became of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.ledger_tables import Event, Text
from tracker.record.outside_requests import (
    OutsideAnswer,
    OutsideLink,
    OutsideRequest,
    OutsideRequestSubject,
)
from tracker.rules import outside_requests as rules
from tracker.rules.codes import OutsideDecision
from tracker.rules.outside_requests import OutsideState

from .item_context import load_item_contexts
from .models import ItemRef


@dataclass(frozen=True, kw_only=True)
class RequestedSubject:
    """One claim or outcome of a request, and what was said of it."""

    item: ItemRef
    is_outcome: bool
    clause: int | None  # its number, where the item has several
    decision: OutsideDecision | None  # None: not answered
    note: str | None


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    id: int
    name: str | None
    role: str | None
    organisation: str | None
    asked_on: date
    asked_by: str | None
    expires_on: date
    state: OutsideState
    answered_on: date | None
    subjects: tuple[RequestedSubject, ...]


def requests_of_body(
    session: Session, body_id: int, people: Mapping[int, str], zone: ZoneInfo, today: date
) -> tuple[RequestLine, ...]:
    """All of them, the newest first. `people`: the names of the body's people.

    The number of statements does not depend on the number of requests.
    """
    name, role, organisation, link = (
        aliased(Text),
        aliased(Text),
        aliased(Text),
        aliased(OutsideLink),
    )
    rows = session.execute(
        sa.select(
            OutsideRequest,
            name.words,
            role.words,
            organisation.words,
            Event.actor_id,
            Event.recorded_at,
            link.token_sha256.is_not(None),
        )
        .join(Event, Event.id == OutsideRequest.recorded_by)
        .outerjoin(name, name.digest == OutsideRequest.name)
        .outerjoin(role, role.digest == OutsideRequest.role)
        .outerjoin(organisation, organisation.digest == OutsideRequest.organisation)
        .outerjoin(link, link.outside_request_id == OutsideRequest.id)
        .where(OutsideRequest.body_id == body_id, OutsideRequest.retracted_by.is_(None))
        .order_by(OutsideRequest.id.desc())
    ).all()
    subjects, answered_at = _subjects(session, body_id, today)
    lines = []
    for request, its_name, its_role, its_organisation, actor_id, asked_at, has_link in rows:
        at = answered_at.get(request.id)
        lines.append(
            RequestLine(
                id=request.id,
                name=its_name,
                role=its_role,
                organisation=its_organisation,
                asked_on=_day(asked_at, zone),
                asked_by=people.get(actor_id),
                expires_on=request.expires_on,
                state=rules.state(
                    is_answered=at is not None,
                    is_revoked=request.ended_by is not None,
                    has_link=has_link,
                    last_day=request.expires_on,
                    today=today,
                ),
                answered_on=_day(at, zone) if at else None,
                subjects=tuple(subjects.get(request.id, ())),
            )
        )
    return tuple(lines)


def open_request(session: Session, body_id: int, request_id: int) -> OutsideRequest | None:
    """One of the body's that was not revoked."""
    request = session.get(OutsideRequest, request_id)
    if request is None or request.body_id != body_id or request.ended_by is not None:
        return None
    return request


def _subjects(
    session: Session, body_id: int, today: date
) -> tuple[Mapping[int, list[RequestedSubject]], Mapping[int, datetime]]:
    """Those of each request, and when it was answered."""
    note, answered = aliased(Text), aliased(Event)
    rows = session.execute(
        sa.select(OutsideRequestSubject, OutsideAnswer.decision, note.words, answered.recorded_at)
        .join(OutsideRequest, OutsideRequest.id == OutsideRequestSubject.outside_request_id)
        .outerjoin(OutsideAnswer, OutsideAnswer.subject_id == OutsideRequestSubject.id)
        .outerjoin(note, note.digest == OutsideAnswer.note)
        .outerjoin(answered, answered.id == OutsideAnswer.recorded_by)
        .where(OutsideRequest.body_id == body_id, OutsideRequestSubject.retracted_by.is_(None))
        .order_by(OutsideRequestSubject.id)
    ).all()
    item_ids = {subject.item_id for subject, *_more in rows}
    _context, items = load_item_contexts(session, body_id, item_ids, today)
    subjects: dict[int, list[RequestedSubject]] = defaultdict(list)
    answered_at: dict[int, datetime] = {}
    for subject, decision, words, at in rows:
        if at is not None:
            answered_at[subject.outside_request_id] = at
        item = items.get(subject.item_id)
        if item is None:  # its import was undone
            continue
        clauses = {claim.id: claim.clause_id for claim in item.facts.claims_ever}
        subjects[subject.outside_request_id].append(
            RequestedSubject(
                item=item.ref,
                is_outcome=subject.outcome_id is not None,
                clause=item.clause_number(clauses.get(subject.claim_id or 0)),
                decision=decision,
                note=words,
            )
        )
    return subjects, answered_at


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
