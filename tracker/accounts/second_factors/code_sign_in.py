"""The second page of signing in: the code, after the password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import sqlalchemy as sa
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from tracker import security_log
from tracker.accounts import attempts
from tracker.accounts.access import begins_reading, open_to_all, writing
from tracker.accounts.attempts import Attempt
from tracker.accounts.forms import CodeForm, RecoveryCodeForm
from tracker.accounts.user import User
from tracker.accounts.views import PENDING, accounts, finish_sign_in, too_many_attempts
from tracker.clock import now
from tracker.extensions import db
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import second_factor
from .second_factor import WrongCode

PENDING_FOR = timedelta(minutes=10)  # after the password


@dataclass(frozen=True, kw_only=True)
class PendingSignIn:
    user: User
    next: str


def attempt_of_codes(user: User) -> Attempt | None:
    """Codes are short, and whoever tries them knows the password: they are counted by account, from
    whatever network they come."""
    if not current_app.config.get("RATELIMIT_ENABLED", True):
        return None
    return Attempt(f"code:{user.id}", f"code:{user.id}")


def pending_sign_in() -> PendingSignIn | None:
    """Who has typed the right password in this browser; None where it is too long ago, or another
    password was set since."""
    pending = session.get(PENDING)
    if not pending or now().timestamp() - pending["at"] > PENDING_FOR.total_seconds():
        return None
    which = sa.and_(User.fs_uniquifier == pending["account"], User.active)
    user = db.session.scalar(sa.select(User).where(which))
    return PendingSignIn(user=user, next=pending["next"]) if user is not None else None


@accounts.route("/sign-in/code", methods=["GET", "POST"])
@open_to_all
@begins_reading
def sign_in_code() -> ResponseReturnValue:
    pending = pending_sign_in()
    if pending is None:
        flash(_("Sign in with your password first."))
        return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)
    is_recovery = "recovery_code" in request.form
    code_form = CodeForm(formdata=None if is_recovery else request.form)
    recovery_form = RecoveryCodeForm(formdata=request.form if is_recovery else None)
    form = recovery_form if is_recovery else code_form
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _page(pending, code_form, recovery_form), status
    attempt = attempt_of_codes(pending.user)
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            security_log.record(SecurityEvent.SIGN_IN_DELAYED, account=pending.user.id)
            return too_many_attempts(seconds, of_codes=True)
    user_id = pending.user.id
    try:
        with writing() as database:
            if is_recovery:
                code = recovery_form.recovery_code.data or ""
                second_factor.take_recovery_code(database, user_id, code, now())
            else:
                user = database.get_one(User, user_id)
                second_factor.take_code(database, user, code_form.code.data or "")
    except WrongCode:
        if attempt is not None:
            attempts.failed(attempt)
        security_log.record(SecurityEvent.SECOND_FACTOR_FAILED, account=user_id)
        if is_recovery:
            recovery_form.recovery_code.errors = [
                _("This is none of your recovery codes, or it was used before.")
            ]
        else:
            code_form.code.errors = [
                _("This code does not fit, or it was used before. Enter the one that shows now.")
            ]
        return _page(pending, code_form, recovery_form), HTTPStatus.UNPROCESSABLE_ENTITY
    if attempt is not None:
        attempts.succeeded(attempt)
    if is_recovery:
        security_log.record(SecurityEvent.RECOVERY_CODE_USED, account=user_id)
    answer = finish_sign_in(pending.user, pending.next)
    if is_recovery:
        left = second_factor.of_account(db.session(), user_id).codes_left
        flash(
            ngettext("%(num)s recovery code is left.", "%(num)s recovery codes are left.", left)
            + " "
            + _("Your account has the page on which to make new ones.")
        )
    return answer


def _page(pending: PendingSignIn, code_form: CodeForm, recovery_form: RecoveryCodeForm) -> str:
    return render_template(
        "accounts/code.html",
        code_form=code_form,
        recovery_form=recovery_form,
        factors=second_factor.of_account(db.session(), pending.user.id),
    )
