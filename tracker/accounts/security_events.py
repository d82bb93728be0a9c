"""Writes what the ledger records of accounts and roles into the security log as well, after the
commit, whoever recorded it.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.record.ledger import Act, subscribers
from tracker.record.ledger_tables import CHAIN, Event
from tracker.security_log import SecurityEvent

NOTED = {
    "account_joined": SecurityEvent.ACCOUNT_JOINED,
    "role_given": SecurityEvent.ROLE_GIVEN,
    "role_limited": SecurityEvent.ROLE_LIMITED,
    "role_ended": SecurityEvent.ROLE_ENDED,
}
WAITING = "security_events"  # in the session's info, until it commits


def _note(session: Session, event: Event, act: Act) -> None:
    security_event = NOTED.get(event.kind)
    if security_event is None:
        return
    facts = {
        "body": event.id // CHAIN,
        "person": event.subject_id,
        "by_person": event.actor_id,
        **_role_or_account(event),
    }
    session.info.setdefault(WAITING, []).append((security_event, facts))


def _role_or_account(event: Event) -> dict[str, object]:
    """The role and its unit, or the account that was joined; for a role that ended, its key."""
    payload = json.loads(event.payload)
    for row in (*payload.get("role_held", ()), *payload.get("person_account", ())):
        return {name: row[name] for name in ("role", "unit_id", "user_id") if name in row}
    ended = payload.get("ended_by", {}).get("role_held", [])
    return {"role_held": ended[0]} if ended else {}


subscribers.append(_note)


@sa.event.listens_for(Session, "after_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for security_event, facts in session.info.pop(WAITING, ()):
        security_log.record(security_event, **facts)


@sa.event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(WAITING, None)
