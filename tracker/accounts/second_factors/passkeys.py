"""Passkeys: what a browser is asked, and what it answers, checked by py_webauthn.

A device that keeps one asks its owner for a finger, a face or a PIN: a passkey stands for the
password and the second factor together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa
import webauthn
from flask import abort, request, session
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers import parse_authentication_credential_json as parse_answer
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.accounts.user import Passkey, User
from tracker.clock import now
from tracker.current_settings import current_settings

from . import second_factor

CHALLENGE = "passkey_challenge"  # in the cookie: what the browser's answer must contain, and when
ANSWERED_WITHIN = timedelta(minutes=5)
UNUSABLE = (WebAuthnException, ValueError, TypeError, KeyError)  # whatever an answer may be


class PasskeyRefused(Exception):
    """The answer does not fit; `account_id` where it is known whose passkey it was."""

    def __init__(self, account_id: int | None = None) -> None:
        super().__init__()
        self.account_id = account_id


@dataclass(frozen=True)
class Site:
    """For which a passkey is good: the name of its host, and the address that browsers show."""

    host: str
    origin: str


def site() -> Site:
    """Where the installation says that it is found; else what the reader asked.

    A request that names no host is answered by 400.
    """
    parts = urlsplit(current_settings().base_url or request.host_url)
    if not parts.hostname:
        abort(400)
    return Site(parts.hostname, f"{parts.scheme}://{parts.netloc}")


def creation_options(user: User, passkeys: tuple[Passkey, ...]) -> str:
    """What a browser is asked in order to make a passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=site().host,
        rp_name="Convention tracker",
        user_id=second_factor.handle_of(user.id),
        user_name=user.email,
        user_display_name=user.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys
        ],
    )
    _keep(options.challenge)
    return webauthn.options_to_json(options)


def request_options() -> str:
    """What a browser is asked in order to sign in, as JSON; it offers the passkeys that it has."""
    options = webauthn.generate_authentication_options(
        rp_id=site().host, user_verification=UserVerificationRequirement.REQUIRED
    )
    _keep(options.challenge)
    return webauthn.options_to_json(options)


def _keep(challenge: bytes) -> None:
    session[CHALLENGE] = {"value": bytes_to_base64url(challenge), "at": now().timestamp()}


def _challenge() -> bytes:
    """Of this browser; it is answered once. Raises PasskeyRefused."""
    kept = session.pop(CHALLENGE, None)
    if kept is None or now().timestamp() - kept["at"] > ANSWERED_WITHIN.total_seconds():
        raise PasskeyRefused
    return base64url_to_bytes(kept["value"])


def add(database: Session, user_id: int, name: str, answer: str, moment: datetime) -> None:
    """Raises PasskeyRefused."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_challenge(),
            expected_rp_id=site().host,
            expected_origin=site().origin,
            require_user_verification=True,
        )
    except UNUSABLE as wrong:
        raise PasskeyRefused from wrong
    second_factor.lock(database, user_id)
    same = sa.select(Passkey.id).where(Passkey.credential_id == made.credential_id)
    if database.scalar(same) is not None:
        raise PasskeyRefused
    passkey = Passkey(
        user_id=user_id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        since=moment,
    )
    database.add(passkey)
    database.flush()


def take(database: Session, answer: str, moment: datetime) -> User:
    """Whose passkey has answered. Raises PasskeyRefused."""
    challenge = _challenge()
    try:
        parsed = parse_answer(answer)
    except UNUSABLE as wrong:
        raise PasskeyRefused from wrong
    row = database.execute(
        sa.select(Passkey, User)
        .join(User, User.id == Passkey.user_id)
        .where(Passkey.credential_id == parsed.raw_id, User.active)
    ).first()
    if row is None:
        raise PasskeyRefused
    passkey, user = row[0], row[1]
    if parsed.response.user_handle not in (None, second_factor.handle_of(user.id)):
        raise PasskeyRefused(user.id)
    try:
        verified = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site().host,
            expected_origin=site().origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except UNUSABLE as wrong:
        raise PasskeyRefused(user.id) from wrong
    # a device that counts says a higher number each time: a copy of it, or of its answer, does not
    counted = verified.new_sign_count
    is_newer = Passkey.sign_count < counted if counted else sa.true()
    used = database.connection().execute(
        sa.update(Passkey)
        .where(Passkey.id == passkey.id, is_newer)
        .values(sign_count=counted, used_at=moment)
    )
    if not used.rowcount:
        raise PasskeyRefused(user.id)
    return user
