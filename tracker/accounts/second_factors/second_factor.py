"""Second factors of accounts: an app that shows codes (TOTP), passkeys, and the recovery codes that
take their place; and who needs one.

Secrets of apps are encrypted, and recovery codes hashed, by keys that follow from the instance's
secret key.
"""

from __future__ import annotations

import base64
import hmac
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import qrcode
import sqlalchemy as sa
from flask import Flask, current_app
from flask_security import Totp, UserMixin
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from qrcode.image.svg import SvgPathFillImage
from sqlalchemy.orm import InstrumentedAttribute, Session, object_session

from tracker.accounts.user import AuthenticatorApp, Passkey, RecoveryCode, User
from tracker.clock import now
from tracker.record.as_of import NOW, at
from tracker.record.bodies import BodySetting
from tracker.record.ledger_tables import Event
from tracker.rules.codes import Role
from tracker.rules.permissions import Actor
from tracker.rules.settings import YES

KEY = "tracker.totp"
NEEDED_BY = (Role.ADMINISTRATOR, Role.GOVERNANCE)
RECOVERY_CODES = 10
CLOCK_DIFFERENCE = 30  # seconds by which the clock of a phone may differ


class WrongCode(Exception):
    """The code does not fit, or was taken before."""


class SingleUseTotp(Totp):
    """Flask-Security's codes by the time, each taken once."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        app = _session_of(user).get(AuthenticatorApp, user.id)
        return app.last_counter if app is not None else None

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Of two who bring the same code at once, one has it taken."""
        counter = AuthenticatorApp.last_counter
        taken = (
            _session_of(user)
            .connection()
            .execute(
                sa.update(AuthenticatorApp)
                .where(
                    AuthenticatorApp.user_id == user.id,
                    sa.or_(counter.is_(None), counter < tmatch.counter),
                )
                .values(last_counter=tmatch.counter, used_at=now())
            )
        )
        if not taken.rowcount:
            raise UsedTokenError(expire_time=tmatch.expire_time)


def _session_of(user: UserMixin) -> Session:
    session = object_session(user)
    assert session is not None
    return session


@dataclass(frozen=True, kw_only=True)
class SecondFactors:
    """What an account has."""

    app: AuthenticatorApp | None
    passkeys: tuple[Passkey, ...]
    recovery_codes: tuple[RecoveryCode, ...]

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)

    @property
    def count(self) -> int:
        return (self.app is not None) + len(self.passkeys)

    def has(self, passkey_id: int | None) -> bool:
        """This passkey; None: the app."""
        if passkey_id is None:
            return self.app is not None
        return any(passkey.id == passkey_id for passkey in self.passkeys)

    @property
    def codes_left(self) -> int:
        return sum(code.used_at is None for code in self.recovery_codes)


def init_app(app: Flask) -> None:
    secret = _key_of(app, "secrets of apps").hex()
    app.extensions[KEY] = SingleUseTotp({"1": secret}, "Convention tracker")


def _key_of(app: Flask, purpose: str) -> bytes:
    """A key of its own for each purpose, which follows from the instance's secret key."""
    secret_key = str(app.config["SECRET_KEY"])
    return hmac.digest(secret_key.encode(), f"second factor: {purpose}".encode(), "sha256")


def totp() -> SingleUseTotp:
    return cast(SingleUseTotp, current_app.extensions[KEY])


# --- who has one, who needs one ---


def has_one(user_id: InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
    """Whether this account has a second factor, as a part of a statement."""
    return sa.or_(
        sa.exists().where(AuthenticatorApp.user_id == user_id),
        sa.exists().where(Passkey.user_id == user_id),
    )


def of_account(session: Session, user_id: int) -> SecondFactors:
    """Three statements."""
    passkeys = sa.select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)
    codes = sa.select(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return SecondFactors(
        app=session.get(AuthenticatorApp, user_id, populate_existing=True),
        passkeys=tuple(session.scalars(passkeys)),
        recovery_codes=tuple(session.scalars(codes)),
    )


def needed_since(session: Session, actors: Mapping[int, Actor]) -> date | None:
    """From which day on whoever is these actors, by body, needs a second factor; None where no body
    says so. One statement, or none."""
    bodies = [
        body_id for body_id, actor in actors.items() if any(actor.has(role) for role in NEEDED_BY)
    ]
    if not bodies:
        return None
    rows = session.execute(
        sa.select(BodySetting.body_id, BodySetting.value, Event.effective_on)
        .join(Event, Event.id == BodySetting.recorded_by)
        .where(
            BodySetting.body_id.in_(bodies),
            BodySetting.name == "second_factor",
            at(BodySetting, NOW),
        )
        .order_by(BodySetting.recorded_by)
    )
    newest = {body_id: (value, since) for body_id, value, since in rows}
    return min((since for value, since in newest.values() if value == YES), default=None)


# --- the app that shows codes ---


def new_secret() -> str:
    """Of an app, encrypted."""
    return str(totp().generate_totp_secret())


def readable_secret(secret: str) -> str:
    """To be typed into the app."""
    return str(totp().get_totp_pretty_key(secret))


def qr_code(secret: str, address: str) -> str:
    """The address of a picture that an app reads; it holds all of it."""
    picture = qrcode.make(
        totp().get_totp_uri(address, secret), image_factory=SvgPathFillImage, border=4
    )
    written = io.BytesIO()
    picture.save(written)
    return f"data:image/svg+xml;base64,{base64.b64encode(written.getvalue()).decode()}"


def set_app(session: Session, user: User, secret: str, code: str, moment: datetime) -> None:
    """Sets up the app, or another in its place, once it has shown a code. Raises WrongCode."""
    lock(session, user.id)
    session.execute(sa.delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user.id))
    session.add(AuthenticatorApp(user_id=user.id, secret=secret, since=moment))
    session.flush()
    take_code(session, user, code)


def take_code(session: Session, user: User, code: str) -> None:
    """Of the account's app. Raises WrongCode."""
    app = session.get(AuthenticatorApp, user.id, populate_existing=True)
    digits = "".join(code.split())
    if app is None or not digits.isascii():
        raise WrongCode
    if not totp().verify_totp(digits, app.secret, user, CLOCK_DIFFERENCE):
        raise WrongCode


# --- recovery codes ---


def make_recovery_codes(session: Session, user_id: int, moment: datetime) -> list[str]:
    """New ones, to be shown once; the earlier ones end."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes: list[str] = totp().generate_recovery_codes(RECOVERY_CODES)
    session.add_all(
        RecoveryCode(user_id=user_id, code_hmac=_hmac_of(code), made_at=moment) for code in codes
    )
    session.flush()
    return codes


def take_recovery_code(session: Session, user_id: int, code: str, moment: datetime) -> None:
    """Of two who bring the same code at once, one has it taken. Raises WrongCode."""
    taken = session.connection().execute(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hmac == _hmac_of(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=moment)
    )
    if not taken.rowcount:
        raise WrongCode


def _hmac_of(code: str) -> str:
    """However it was typed: in capitals, without the hyphens."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    key = _key_of(current_app, "recovery codes")
    return hmac.digest(key, plain.encode(), "sha256").hex()


# --- passkeys ---


def handle_of(user_id: int) -> bytes:
    """By which a passkey knows the account, and which tells nothing of it."""
    key = _key_of(current_app, "handles of passkeys")
    return hmac.digest(key, str(user_id).encode(), "sha256")


# --- taking away ---


def lock(session: Session, user_id: int) -> None:
    """What changes the factors of one account is done by one after the other."""
    session.get_one(User, user_id, with_for_update=True, populate_existing=True)


def remove(session: Session, user_id: int, passkey_id: int | None) -> None:
    """Takes away this passkey, or the app; with the last factor the recovery codes end."""
    if passkey_id is None:
        session.execute(sa.delete(AuthenticatorApp).where(AuthenticatorApp.user_id == user_id))
    else:
        which = sa.and_(Passkey.user_id == user_id, Passkey.id == passkey_id)
        session.execute(sa.delete(Passkey).where(which))
    if not of_account(session, user_id).any:
        session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def reset(session: Session, user_id: int) -> None:
    """Takes away all that the account has."""
    for table in (AuthenticatorApp, Passkey, RecoveryCode):
        session.execute(sa.delete(table).where(table.user_id == user_id))
