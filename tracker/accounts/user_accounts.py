"""Opening and closing accounts, one-time links, and which person an account is in a body.

Roles and people are given by `acts.people`.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_security import hash_password
from flask_security.proxies import _security
from sqlalchemy.orm import Session

from tracker.mail import outbox
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.outside_requests import OutsideLink
from tracker.record.people import Person, PersonAccount
from tracker.record.surroundings import settings

from . import passwords, sessions
from .passwords import PasswordOwner
from .user import OneTimeLink, RecoveryCode, SetUpLink, User

LINK_LIFETIME = timedelta(days=7)


def normalized_address(email: str) -> str:
    """The address as accounts keep it: two spellings of one address are one account."""
    return email.strip().casefold()


def find_account(session: Session, email: str) -> User | None:
    return session.scalar(sa.select(User).where(User.email == normalized_address(email)))


def create_account(session: Session, email: str, name: str, password: str | None = None) -> User:
    """A new account; without a password it opens by a one-time link.

    To act, a person is joined to it (`acts.people.join_account`).
    """
    user = User(
        email=normalized_address(email),
        name=name,
        password=hash_of(password) if password else None,
        active=True,
        fs_uniquifier=secrets.token_hex(32),
    )
    session.add(user)
    session.flush()
    return user


def hash_of(password: str) -> str:
    return str(hash_password(_security._password_util.normalize(password)))


def set_password(session: Session, user: User, password: str) -> None:
    """Sets a new password; all sessions and links of the account end."""
    user.password = hash_of(password)
    user.fs_uniquifier = secrets.token_hex(32)
    sessions.end_all(session, user.id)
    end_links(session, user)
    session.flush()


def close_account(session: Session, user: User) -> int:
    """Nobody signs in with it any more; its sessions and links end. Gives back how many sessions.

    People, roles and what was done stay on record.
    """
    user.active = False
    user.password = None
    user.fs_uniquifier = secrets.token_hex(32)
    ended = sessions.end_all(session, user.id)
    end_links(session, user)
    session.flush()
    return ended


def password_owner(session: Session, user: User, now: datetime) -> PasswordOwner:
    """What a stranger would try first: the address, the name, the bodies in which the account is
    somebody."""
    bodies = session.execute(
        sa.select(Body.id, Body.slug)
        .join(Person, Person.body_id == Body.id)
        .join(PersonAccount, PersonAccount.person_id == Person.id)
        .where(PersonAccount.user_id == user.id, PersonAccount.retracted_by.is_(None))
        .distinct()
    )
    owner_bodies = [
        passwords.OwnerBody(slug, settings(session, body_id, AsOf(now.date())).name)
        for body_id, slug in bodies
    ]
    return PasswordOwner(user.email, user.name, tuple(owner_bodies))


def make_link(session: Session, user: User, now: datetime) -> str:
    """The token of a new one-time link, to be told once; earlier links of the account end."""
    end_links(session, user)
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.expires_at < now))
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            token_sha256=digest_of_token(token), user_id=user.id, expires_at=now + LINK_LIFETIME
        )
    )
    session.flush()
    return token


def end_links(session: Session, user: User) -> None:
    """Those of the account stop working, and mail that still waits with one does not leave."""
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.user_id == user.id))
    outbox.end_links(session, user.email)


def end_ways_in(session: Session) -> None:
    """Ends every session, link and recovery code of the installation, after a backup was restored:
    they may have been signed out, or used, since it was made."""
    sessions.end_all(session)
    session.execute(sa.delete(OneTimeLink))
    session.execute(sa.delete(RecoveryCode))
    session.execute(sa.delete(SetUpLink))
    session.execute(sa.delete(OutsideLink))


def find_link_user(session: Session, token: str, now: datetime) -> User | None:
    """Whose link it is, while it lives; None for one that is over. This does not use it up."""
    return session.scalar(
        sa.select(User)
        .join(OneTimeLink, OneTimeLink.user_id == User.id)
        .where(
            OneTimeLink.token_sha256 == digest_of_token(token),
            OneTimeLink.expires_at >= now,
            User.active,
        )
    )


def use_link(session: Session, token: str, now: datetime) -> User | None:
    """Takes the link away; of two who use it at once, one gets the account, the other None."""
    user = find_link_user(session, token, now)
    deleted = session.connection().execute(
        sa.delete(OneTimeLink).where(OneTimeLink.token_sha256 == digest_of_token(token))
    )
    return user if deleted.rowcount else None


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_person(session: Session, user_id: int, body_id: int) -> Person | None:
    """The person that this account is in a body; None where it is nobody there."""
    return session.scalar(
        sa.select(Person)
        .join(PersonAccount, PersonAccount.person_id == Person.id)
        .where(PersonAccount.user_id == user_id, Person.body_id == body_id)
        .order_by(Person.id)
        .limit(1)
    )
