"""Where one is signed in: signing out one browser, all others, or everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from http import HTTPStatus

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import sessions
from .access import begins_reading, requires_any_role, writing
from .views import accounts


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """Its moments are in the zone of the page."""

    key: str
    browser: str | None
    system: str | None
    began_at: datetime
    seen_at: datetime
    is_this: bool  # of the browser that asks


def session_lines(
    database: Session, user_id: int, at: datetime, zone: tzinfo = UTC
) -> Sequence[SessionLine]:
    """Those that live: this one, then the others, the one that was used last first."""
    token = session.get(sessions.TOKEN, "")
    lines = [
        SessionLine(
            key=account_session.token_sha256,
            browser=account_session.browser,
            system=account_session.system,
            began_at=account_session.began_at.astimezone(zone),
            seen_at=account_session.seen_at.astimezone(zone),
            is_this=sessions.is_of(account_session, token),
        )
        for account_session in sessions.of_account(database, user_id, at)
    ]
    return sorted(lines, key=lambda line: not line.is_this)


@accounts.post("/account/sign-out-one")
@requires_any_role
@begins_reading
def sign_out_one() -> ResponseReturnValue:
    """Another browser; this one has a form of its own in the navigation."""
    user_id = current_user.id
    with writing() as database:
        ended = sessions.end_one(database, user_id, request.form.get("session", ""))
    return _signed_out(user_id, ended)


@accounts.post("/account/sign-out-elsewhere")
@requires_any_role
@begins_reading
def sign_out_elsewhere() -> ResponseReturnValue:
    user_id = current_user.id
    with writing() as database:
        ended = sessions.end_others(database, user_id, session.get(sessions.TOKEN, ""))
    return _signed_out(user_id, ended)


def _signed_out(user_id: int, ended: int) -> ResponseReturnValue:
    if ended:
        security_log.record(SecurityEvent.SESSIONS_ENDED, account=user_id, sessions=ended)
        flash(ngettext("%(num)s browser is signed out.", "%(num)s browsers are signed out.", ended))
    else:
        flash(_("It is signed out already."))
    return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)


@accounts.post("/account/sign-out-everywhere")
@requires_any_role
@begins_reading
def sign_out_everywhere() -> ResponseReturnValue:
    user_id = current_user.id
    with writing() as database:
        ended = sessions.end_all(database, user_id)
    security_log.record(SecurityEvent.SESSIONS_ENDED, account=user_id, sessions=ended)
    logout_user()
    session.clear()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)
