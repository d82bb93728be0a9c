"""Signing in with a passkey, adding one and taking it away. A browser needs JavaScript for it; all
else works without."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_login import current_user

from tracker import security_log
from tracker.accounts import attempts
from tracker.accounts.access import begins_reading, open_to_all, requires_any_role, writing
from tracker.accounts.forms import PasskeyForm, SignInForm
from tracker.accounts.user import User
from tracker.accounts.views import accounts, attempt_of, finish_sign_in, too_many_attempts
from tracker.clock import now
from tracker.extensions import db
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from . import passkeys, second_factor
from .code_sign_in import pending_sign_in
from .own_second_factor import added, after_adding, remove_factor, requires_fresh_password
from .passkeys import PasskeyRefused


def _json(options: str) -> Response:
    return current_app.response_class(options, mimetype="application/json")


@accounts.get("/sign-in/passkey")
@open_to_all
def sign_in_options() -> ResponseReturnValue:
    """For the script of the page of signing in."""
    return _json(passkeys.request_options())


@accounts.post("/sign-in/passkey")
@open_to_all
@begins_reading
def sign_in_passkey() -> ResponseReturnValue:
    """In place of the password and the code; also in the second step, in place of the code."""
    attempt = attempt_of("", "passkey:")
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            return too_many_attempts(seconds)
    pending = pending_sign_in()
    try:
        with writing() as database:
            user = passkeys.take(database, request.form.get("credential", ""), now())
    except PasskeyRefused as refused:
        if attempt is not None:
            attempts.failed(attempt)
        security_log.record(SecurityEvent.SIGN_IN_FAILED, account=refused.account_id)
        problem = _("This passkey was not taken. Try again, or sign in with your password.")
        form = SignInForm(formdata=None, next=request.form.get("next", ""))
        page = render_template("accounts/sign_in.html", form=form, problem=problem)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if attempt is not None:
        attempts.succeeded(attempt)
    back = pending.next if pending is not None else request.form.get("next")
    return finish_sign_in(user, back, with_password=False)


@accounts.get("/account/second-factor/passkey/options")
@requires_any_role
@requires_fresh_password
def passkey_options() -> ResponseReturnValue:
    """For the script of the page that adds one."""
    user = db.session.get_one(User, current_user.id)
    factors = second_factor.of_account(db.session(), user.id)
    return _json(passkeys.creation_options(user, factors.passkeys))


@accounts.route("/account/second-factor/passkey", methods=["GET", "POST"])
@requires_any_role
@begins_reading
@requires_fresh_password
def add_passkey() -> ResponseReturnValue:
    form = PasskeyForm()
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render_template("accounts/passkey.html", form=form), status
    user_id = current_user.id
    name = (form.name.data or "").strip()
    try:
        with writing() as database:
            user = database.get_one(User, user_id)
            passkeys.add(database, user_id, name, form.credential.data or "", now())
            codes = after_adding(database, user)
    except PasskeyRefused:
        form.name.errors = [_("The browser gave no passkey that can be used. Try again.")]
        page = render_template("accounts/passkey.html", form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return added("passkey", _("The passkey is added."), codes)


@accounts.route("/account/second-factor/passkeys/<int:passkey_id>/remove", methods=["GET", "POST"])
@requires_any_role
@begins_reading
@requires_fresh_password
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    return remove_factor(passkey_id)
