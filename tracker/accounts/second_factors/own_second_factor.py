"""The pages on which one sets up, replaces and takes away one's own second factors; and what holds
whoever needs one there until it is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar, cast

from flask import (
    Flask,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security.proxies import _security
from flask_security.utils import verify_password
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.accounts import access, attempts, sessions
from tracker.accounts.access import begins_reading, requires_any_role, signed_in, writing
from tracker.accounts.forms import CodeForm, ConfirmForm
from tracker.accounts.own_account import CHANGED
from tracker.accounts.user import AuthenticatorApp, User
from tracker.accounts.views import (
    PASSWORD_TYPED,
    accounts,
    attempt_of,
    begin_session,
    destination,
    too_many_attempts,
)
from tracker.clock import now
from tracker.extensions import db
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from . import second_factor
from .code_sign_in import attempt_of_codes
from .second_factor import SecondFactors, WrongCode

View = TypeVar("View", bound=Callable[..., Any])
FRESH_FOR = timedelta(minutes=15)  # after the password was typed
NEW_SECRET = "new_secret"  # in the cookie, encrypted: of the app that is being set up
# what is reached before the second factor that is needed is set up
REACHED_WITHOUT = frozenset(
    {
        "static",
        "accounts.sign_in",
        "accounts.sign_in_code",
        "accounts.sign_out",
        "accounts.second_factor_needed",
        "accounts.confirm_password",
        "accounts.set_up_app",
        "accounts.add_passkey",
        "accounts.passkey_options",
    }
)


def init_app(app: Flask) -> None:
    @app.before_request
    def _hold() -> ResponseReturnValue | None:
        """Whoever needs a second factor and has none reaches nothing but setting one up."""
        if "_user_id" not in session or request.endpoint in REACHED_WITHOUT:
            return None
        if not signed_in() or g.get("has_second_factor") or needed_since() is None:
            return None
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.second_factor_needed"))
        return make_response(_needed_page(is_sent=True), HTTPStatus.FORBIDDEN)


def needed_since() -> date | None:
    """From which day on whoever is signed in needs a second factor; None where they need none."""
    return second_factor.needed_since(db.session(), access.actors())


def requires_fresh_password(view: View) -> View:
    """Sends whoever has not typed the password in these minutes to do so, and back."""

    @wraps(view)
    def checked(*args: Any, **values: Any) -> Any:
        if now().timestamp() - session.get(PASSWORD_TYPED, 0.0) > FRESH_FOR.total_seconds():
            address = url_for("accounts.confirm_password", next=request.path)
            return redirect(address, HTTPStatus.SEE_OTHER)
        return view(*args, **values)

    return cast(View, checked)


@accounts.route("/account/confirm", methods=["GET", "POST"])
@requires_any_role
@begins_reading
def confirm_password() -> ResponseReturnValue:
    form = ConfirmForm(data={"next": request.args.get("next", "")})
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render_template("accounts/confirm.html", form=form), status
    attempt = attempt_of(current_user.email, CHANGED)
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            return too_many_attempts(seconds)
    typed = _security._password_util.normalize(form.password.data or "")
    if not current_user.password or not verify_password(typed, current_user.password):
        if attempt is not None:
            attempts.failed(attempt)
        form.password.errors = [_("This is not your password. Type it again.")]
        page = render_template("accounts/confirm.html", form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if attempt is not None:
        attempts.succeeded(attempt)
    session[PASSWORD_TYPED] = now().timestamp()
    return redirect(destination(form.next.data), HTTPStatus.SEE_OTHER)


@accounts.get("/account/second-factor")
@requires_any_role
def second_factor_needed() -> ResponseReturnValue:
    """Where whoever needs one is led."""
    if g.get("has_second_factor"):
        return redirect(url_for("accounts.own_account"))
    return _needed_page(is_sent=False)


def _needed_page(*, is_sent: bool) -> str:
    """`is_sent`: a form was sent, which was not taken."""
    return render_template(
        "accounts/second_factor_needed.html", since=needed_since(), is_sent=is_sent
    )


# --- the app that shows codes ---


@accounts.route("/account/second-factor/app", methods=["GET", "POST"])
@requires_any_role
@begins_reading
@requires_fresh_password
def set_up_app() -> ResponseReturnValue:
    """The app, or another in its place."""
    secret = session.setdefault(NEW_SECRET, second_factor.new_secret())
    form = CodeForm()
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _app_page(form, secret), status
    attempt = attempt_of_codes(current_user)
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            return too_many_attempts(seconds, of_codes=True)
    user_id = current_user.id
    try:
        with writing() as database:
            user = database.get_one(User, user_id)
            second_factor.set_app(database, user, secret, form.code.data or "", now())
            codes = after_adding(database, user)
    except WrongCode:
        if attempt is not None:
            attempts.failed(attempt)
        form.code.errors = [_("This code does not fit. Enter the one that shows now.")]
        return _app_page(form, secret), HTTPStatus.UNPROCESSABLE_ENTITY
    if attempt is not None:
        attempts.succeeded(attempt)
    del session[NEW_SECRET]
    return added("app", _("The app is set up."), codes)


def after_adding(database: Session, user: User) -> list[str]:
    """With the first factor other browsers are signed out, which came in without; gives back the
    recovery codes that are made with it."""
    factors = second_factor.of_account(database, user.id)
    if factors.recovery_codes:
        return []
    sessions.end_all(database, user.id)
    session[sessions.TOKEN] = begin_session(database, user)
    return second_factor.make_recovery_codes(database, user.id, now())


def added(what: str, sentence: str, codes: list[str]) -> ResponseReturnValue:
    """The recovery codes, where they are new, else one's own page."""
    security_log.record(SecurityEvent.SECOND_FACTOR_ADDED, account=current_user.id, what=what)
    g.has_second_factor = True
    if not codes:
        flash(sentence)
        return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)
    security_log.record(SecurityEvent.RECOVERY_CODES_MADE, account=current_user.id)
    return render_template("accounts/recovery_codes.html", codes=codes)


def _app_page(form: CodeForm, secret: str) -> str:
    return render_template(
        "accounts/app.html",
        form=form,
        picture=second_factor.qr_code(secret, current_user.email),
        secret=second_factor.readable_secret(secret),
        replaces=db.session.get(AuthenticatorApp, current_user.id) is not None,
    )


@accounts.route("/account/second-factor/app/remove", methods=["GET", "POST"])
@requires_any_role
@begins_reading
@requires_fresh_password
def remove_app() -> ResponseReturnValue:
    return remove_factor(None)


def remove_factor(passkey_id: int | None) -> ResponseReturnValue:
    """Asks, then takes away a passkey, or the app; the last one stays where one is needed."""
    user_id = current_user.id
    factors = second_factor.of_account(db.session(), user_id)
    if not factors.has(passkey_id):
        return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)
    if request.method == "GET":
        return _removal_page(factors, passkey_id)
    with writing() as database:
        second_factor.lock(database, user_id)
        factors = second_factor.of_account(database, user_id)
        may_remove = factors.count > 1 or needed_since() is None
        if may_remove:
            second_factor.remove(database, user_id, passkey_id)
    if not may_remove:
        return _removal_page(factors, passkey_id), HTTPStatus.CONFLICT
    what = "app" if passkey_id is None else "passkey"
    security_log.record(SecurityEvent.SECOND_FACTOR_REMOVED, account=user_id, what=what)
    flash(_("The second factor is taken away."))
    return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)


def _removal_page(factors: SecondFactors, passkey_id: int | None) -> str:
    names = {passkey.id: passkey.name for passkey in factors.passkeys}
    return render_template(
        "accounts/remove_factor.html",
        name=names.get(passkey_id) if passkey_id is not None else None,
        is_last=factors.count == 1,
        may_remove=factors.count > 1 or needed_since() is None,
    )


# --- recovery codes ---


@accounts.route("/account/second-factor/recovery-codes", methods=["GET", "POST"])
@requires_any_role
@begins_reading
@requires_fresh_password
def new_recovery_codes() -> ResponseReturnValue:
    """The page that answers shows them, and no other."""
    if not g.get("has_second_factor"):
        return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)
    if request.method == "GET":
        factors = second_factor.of_account(db.session(), current_user.id)
        return render_template("accounts/new_recovery_codes.html", factors=factors)
    user_id = current_user.id
    with writing() as database:
        second_factor.lock(database, user_id)
        codes = second_factor.make_recovery_codes(database, user_id, now())
    security_log.record(SecurityEvent.RECOVERY_CODES_MADE, account=user_id)
    return render_template("accounts/recovery_codes.html", codes=codes)
