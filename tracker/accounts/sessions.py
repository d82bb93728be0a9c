"""The sessions of accounts, kept on the server: begun at sign-in, looked up with each request,
ended by signing out, by time, or by whoever runs the installation. A cookie alone opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
import structlog
from flask import Flask, Response, g, session
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.engine import UNLESS_BUSY
from tracker.extensions import db

from .browsers import BrowserNames
from .second_factors import second_factor
from .user import AccountSession, User

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=1)  # how exactly it is known when a session was last used
TOKEN = "token"  # its name in the cookie
UNKNOWN_BROWSER = BrowserNames()

log = structlog.get_logger("tracker.accounts")


def begin(
    database: Session, user: User, at: datetime, names: BrowserNames = UNKNOWN_BROWSER
) -> str:
    """A new session of this account; gives back the token that its cookie carries. Those whose time
    has passed are forgotten."""
    prune(database, at)
    token = secrets.token_urlsafe(32)
    database.add(
        AccountSession(
            token_sha256=_digest(token),
            user_id=user.id,
            began_at=at,
            seen_at=at,
            browser=names.browser,
            system=names.system,
        )
    )
    database.flush()
    return token


def lives(database: Session, token: str, at: datetime) -> bool:
    """Whether the session of this token would be taken."""
    mine = AccountSession.token_sha256 == _digest(token)
    return database.scalar(sa.select(AccountSession.user_id).where(mine, _lives(at))) is not None


def living(database: Session, at: datetime) -> dict[int, tuple[int, datetime]]:
    """Of each account that has some: how many sessions live, and when the newest was last used."""
    query = sa.select(AccountSession.user_id, AccountSession.seen_at).where(_lives(at))
    uses: dict[int, list[datetime]] = defaultdict(list)
    for user_id, seen_at in database.execute(query):
        uses[user_id].append(seen_at)
    return {user_id: (len(seen), max(seen)) for user_id, seen in uses.items()}


def of_account(database: Session, user_id: int, at: datetime) -> list[AccountSession]:
    """Those that live, the one that was used last first."""
    which = sa.and_(AccountSession.user_id == user_id, _lives(at))
    query = sa.select(AccountSession).where(which).order_by(AccountSession.seen_at.desc())
    return list(database.scalars(query))


def is_of(account_session: AccountSession, token: str) -> bool:
    """Whether it is the session of this token."""
    return account_session.token_sha256 == _digest(token)


def end(database: Session, token: str) -> None:
    """Whoever has a copy of the cookie is signed out with it."""
    database.execute(sa.delete(AccountSession).where(AccountSession.token_sha256 == _digest(token)))


def end_one(database: Session, user_id: int, token_sha256: str) -> int:
    """One of this account, by its key; gives back how many that were."""
    return _end(
        database, AccountSession.user_id == user_id, AccountSession.token_sha256 == token_sha256
    )


def end_others(database: Session, user_id: int, token: str) -> int:
    """All of this account but that of the token; gives back how many."""
    return _end(
        database, AccountSession.user_id == user_id, AccountSession.token_sha256 != _digest(token)
    )


def end_all(database: Session, user_id: int | None = None) -> int:
    """All sessions of one account, or of every account; gives back how many still lived."""
    return _end(database, AccountSession.user_id == user_id if user_id is not None else sa.true())


def _end(database: Session, *which: sa.ColumnElement[bool]) -> int:
    query = sa.delete(AccountSession).where(*which).returning(AccountSession.user_id)
    return len(database.scalars(query).all())


def prune(database: Session, at: datetime) -> None:
    """Forgets the sessions whose time has passed."""
    database.execute(sa.delete(AccountSession).where(sa.not_(_lives(at))))


def _lives(at: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(AccountSession.seen_at > at - IDLE, AccountSession.began_at > at - LONGEST)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def account_of_cookie(uniquifier: str) -> User | None:
    """For Flask-Login: the account of this request's cookie, if its session lives.

    One statement.
    """
    row = db.session.execute(
        sa.select(User, AccountSession.seen_at, second_factor.has_one(User.id))
        .join(AccountSession, AccountSession.user_id == User.id)
        .where(
            AccountSession.token_sha256 == _digest(session.get(TOKEN, "")),
            _lives(now()),
            User.fs_uniquifier == uniquifier,
            User.active,
        )
    ).first()
    if row is None:
        return None
    g.session_seen_at = row.seen_at
    g.has_second_factor = row[2]
    return cast(User, row.User)


def _note(response: Response) -> Response:
    """Keeps when the session was used, in a transaction of its own that waits for no writer: where
    one writes at this moment, the next request will do."""
    seen_at, at = g.get("session_seen_at"), now()
    if seen_at is None or TOKEN not in session or at - seen_at < NOTED_EVERY:
        return response
    db.session.rollback()  # the page is made; its reading ends, and gives its connection back
    try:
        with db.engine.connect().execution_options(**UNLESS_BUSY) as connection, connection.begin():
            connection.execute(
                sa.update(AccountSession)
                .where(AccountSession.token_sha256 == _digest(session[TOKEN]))
                .values(seen_at=at)
            )
    except BlockingIOError:
        pass
    except SQLAlchemyError as error:
        log.warning("the use of a session could not be noted", exc_info=error)
    return response


def init_app(app: Flask) -> None:
    """Sessions are the one way in: no token in a header or an address, no cookie that remembers."""
    app.login_manager.user_loader(account_of_cookie)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    app.after_request(_note)
