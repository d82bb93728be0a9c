"""Tables outside the ledger: accounts, their sessions and second factors, the one-time links that
set a password, and the one by which an office begins.

Roles are facts (`record.people`).
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_security import UserMixin
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base, Instant, Key, db


class User(db.Model, UserMixin):  # type: ignore[name-defined, misc]
    """An account: an address, a password once it is set, and whether it is open.

    What its person did stays on record when it closes.
    """

    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(255), unique=True)  # lower case
    name: Mapped[str] = mapped_column(sa.String(200))
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool]
    # what a session names; a new one ends all sessions
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    signed_in_at: Mapped[datetime | None] = mapped_column(Instant)  # the last time


class AccountSession(Base):
    """One sign-in, until it is signed out or its time has passed.

    Only the hash of its token is kept.
    """

    __tablename__ = "account_session"
    token_sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        Key, sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)  # when it was last used, to the minute
    # names, as people know them: Firefox, Windows; None where they are not known
    browser: Mapped[str | None] = mapped_column(sa.String(60), default=None)
    system: Mapped[str | None] = mapped_column(sa.String(60), default=None)


class OneTimeLink(Base):
    """Lets its bearer set the password of one account, once, until it expires.

    Only the hash of its token is kept.
    """

    __tablename__ = "one_time_link"
    token_sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        Key, sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(Instant)


class AuthenticatorApp(Base):
    """The app of an account that shows codes by the time (TOTP); an account has one at most."""

    __tablename__ = "authenticator_app"
    user_id: Mapped[int] = mapped_column(
        Key, sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[str] = mapped_column(sa.Text)  # encrypted
    since: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    # of the newest code that was taken, its time step: no code is taken twice
    last_counter: Mapped[int | None] = mapped_column(default=None)


class Passkey(Base):
    """A key that a device of the account's owner keeps (WebAuthn): here is its public half."""

    __tablename__ = "passkey"
    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    user_id: Mapped[int] = mapped_column(
        Key, sa.ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(100))
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int]
    since: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class RecoveryCode(Base):
    """Takes the place of a second factor that is not at hand, once.

    Only its keyed hash is kept.
    """

    __tablename__ = "recovery_code"
    user_id: Mapped[int] = mapped_column(
        Key, sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    code_hmac: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class SetUpLink(Base):
    """Lets its bearer make the first account, once, until it expires. There is one at most.

    Only the hash of its token is kept.
    """

    __tablename__ = "set_up_link"
    token_sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    # for which body; None: one that the bearer founds
    body_id: Mapped[int | None] = mapped_column(Key, sa.ForeignKey("body.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant)
