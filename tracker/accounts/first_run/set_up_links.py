"""The one-time link by which an office begins: who bears it makes the first account, and founds the
body where there is none yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.accounts.user import SetUpLink, User
from tracker.accounts.user_accounts import digest_of_token
from tracker.record.bodies import Body
from tracker.rules import slugs

SET_UP_LIFETIME = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class LivingLink:
    token: str
    body: Body | None  # None: it founds one


def is_set_up(session: Session) -> bool:
    """Whether there is an account: then somebody has set the office up, and no link does."""
    return session.scalar(sa.select(User.id).limit(1)) is not None


def bodies(session: Session) -> Sequence[Body]:
    """Those that a first account can be for."""
    found = session.scalars(sa.select(Body).order_by(Body.slug))
    return [body for body in found if not slugs.is_for_trying(body.slug)]


def make(session: Session, now: datetime, body: Body | None = None) -> str:
    """The token of a new link, to be shown once; the one before stops working."""
    session.execute(sa.delete(SetUpLink))
    token = secrets.token_urlsafe(32)
    session.add(
        SetUpLink(
            token_sha256=digest_of_token(token),
            body_id=body.id if body else None,
            expires_at=now + SET_UP_LIFETIME,
        )
    )
    session.flush()
    return token


def address(token: str, base_url: str) -> str:
    return urljoin(base_url, f"/account/set-up/{token}")


def find(session: Session, token: str, now: datetime) -> LivingLink | None:
    """None for one that is over: used, replaced, too old, or no longer needed. This does not use it
    up.
    """
    if is_set_up(session):
        return None
    link = session.scalar(
        sa.select(SetUpLink).where(
            SetUpLink.token_sha256 == digest_of_token(token), SetUpLink.expires_at >= now
        )
    )
    if link is None or (link.body_id is None and bodies(session)):
        return None
    return LivingLink(token=token, body=session.get(Body, link.body_id) if link.body_id else None)


def use(session: Session, token: str, now: datetime) -> LivingLink | None:
    """Takes the link away; of two who use it at once, one gets it, the other None."""
    link = find(session, token, now)
    deleted = session.connection().execute(
        sa.delete(SetUpLink).where(SetUpLink.token_sha256 == digest_of_token(token))
    )
    return link if deleted.rowcount else None
