"""The one-time link by which somebody from outside, who has no account, answers a request.

What is asked, and what they answer, is recorded by `acts.outside_requests`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import outside_requests as acts
from tracker.acts.act_context import ActContext
from tracker.acts.outside_requests import WhoIsAsked
from tracker.current_settings import current_settings
from tracker.mail import outbox
from tracker.mail.messages import MailTemplate
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import MailState
from tracker.record.outside_requests import OutsideLink, OutsideRequest
from tracker.record.surroundings import zone_of

from .user_accounts import digest_of_token


@dataclass(frozen=True, kw_only=True)
class NewOutsideLink:
    """A link that is shown once."""

    who: WhoIsAsked
    address: str | None  # to which it was to be mailed
    token: str
    until: datetime
    is_mailed: bool


@dataclass(frozen=True, kw_only=True)
class FoundLink:
    """A link that works: which request of which body it answers."""

    token: str
    request_id: int
    body_id: int


def ask(
    context: ActContext,
    who: WhoIsAsked,
    claim_ids: set[int],
    outcome_ids: set[int],
    address: str | None = None,
) -> NewOutsideLink:
    """Records the request and makes its link, mailed where an address is given and mail is set up.

    Raises Refused as `acts.outside_requests.ask` does.
    """
    session = context.session
    request = acts.ask(context, who, claim_ids, outcome_ids)
    token = secrets.token_urlsafe(32)
    session.add(
        OutsideLink(
            token_sha256=digest_of_token(token), outside_request_id=request.id, address=address
        )
    )
    session.flush()
    after = datetime.combine(
        request.expires_on + timedelta(days=1), datetime.min.time(), context.zone
    )
    until = after - timedelta(minutes=1)
    mail = None
    if address:
        mail = outbox.send(
            session,
            MailTemplate.OUTSIDE_REQUEST,
            address,
            {"name": who.name, "link": link_address(token), "until": until},
            session.get_one(Body, context.body_id),
        )
    return NewOutsideLink(
        who=who,
        address=address,
        token=token,
        until=until,
        is_mailed=mail is not None and mail.state is MailState.WAITING,
    )


def revoke(context: ActContext, request: OutsideRequest) -> None:
    """The link works no more; mail that still waits with it does not leave."""
    acts.revoke(context, request)
    link = context.session.scalar(
        sa.select(OutsideLink).where(OutsideLink.outside_request_id == request.id)
    )
    if link is not None:
        if link.address:
            outbox.end_links(context.session, link.address)
        context.session.delete(link)
        context.session.flush()


def find(session: Session, token: str, now: datetime) -> FoundLink | None:
    """None for one that is over: used, revoked, or too old. This does not use it up."""
    row = session.execute(
        sa.select(OutsideRequest.id, OutsideRequest.body_id, OutsideRequest.expires_on)
        .join(OutsideLink, OutsideLink.outside_request_id == OutsideRequest.id)
        .where(
            OutsideLink.token_sha256 == digest_of_token(token),
            OutsideRequest.ended_by.is_(None),
            OutsideRequest.retracted_by.is_(None),
        )
    ).first()
    if row is None:
        return None
    request_id, body_id, expires_on = row
    if expires_on < now.astimezone(zone_of(session, body_id)).date():
        return None
    return FoundLink(token=token, request_id=request_id, body_id=body_id)


def use(session: Session, token: str, now: datetime) -> FoundLink | None:
    """Takes the link away; of two who use it at once, one gets it, the other None."""
    found = find(session, token, now)
    deleted = session.connection().execute(
        sa.delete(OutsideLink).where(OutsideLink.token_sha256 == digest_of_token(token))
    )
    return found if deleted.rowcount else None


def link_address(token: str) -> str:
    """Absolute, for a mail, as `invitations.link_address` is."""
    base = current_settings().base_url or "http://127.0.0.1:5000"
    return f"{base}/outside/{token}"
