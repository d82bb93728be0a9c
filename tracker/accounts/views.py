"""The pages of sign-in, sign-out and the one-time link. No page of a body is here."""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.wrappers import Response
from flask_login import current_user
from flask_security import login_user, logout_user
from flask_security.proxies import _security
from flask_security.utils import verify_password
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.clock import now
from tracker.engine import READING
from tracker.extensions import db
from tracker.rules.permissions import Permission
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from . import attempts, sessions, user_accounts
from .access import begins_reading, is_permitted_anywhere, open_to_all, signed_in, writing
from .forms import PasswordForm, SignInForm
from .user import User

accounts = Blueprint("accounts", __name__)
LONGEST_ADDRESS = 255  # characters that are told apart: as many as an account keeps
TO_MEND = 422
CLEARED = '"cache", "storage"'  # not "cookies": those of the whole domain would go, of the union's other pages too


@accounts.after_request
def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _wait(seconds: int) -> Response:
    minutes = ceil(seconds / 60)
    response = make_response(render_template("accounts/wait.html", minutes=minutes), 429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _try() -> attempts.Attempt | None:
    """What is counted of this request; None where nothing is, in tests."""
    if not current_app.config.get("RATELIMIT_ENABLED", True):
        return None
    return attempts.Attempt(
        user_accounts.normalized_address(request.form.get("email", ""))[:LONGEST_ADDRESS],
        attempts.network_of(request.remote_addr),
    )


def _delayed(attempt: attempts.Attempt) -> None:
    """Where the account was tried so often. Nothing of the database is held meanwhile."""
    if seconds := attempts.delay_of(attempt):
        security_log.record(SecurityEvent.SIGN_IN_DELAYED)
        db.session.rollback()
        attempts.wait(seconds)
        db.session.connection(execution_options=READING)


def _without_a_host(path: str) -> bool:
    try:
        where = urlsplit(path)
    except ValueError:
        return False
    return not where.netloc and not where.scheme


def _back(path: str | None) -> str:
    """Where to after signing in: a path of ours, nothing that leads elsewhere, and nothing that would be read as another line."""
    if (
        path
        and path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and path.isprintable()
        and _without_a_host(path)
    ):
        return path
    return (
        url_for("work.my_work")
        if is_permitted_anywhere(Permission.LOG, Permission.RELEASE, Permission.CONFIRM)
        else "/"
    )


@cache
def _no_hash() -> str:
    """Checked where there is no account, so that the time of the answer tells nothing."""
    return user_accounts.hash_of("nobody has this password")


def _who(email: str, password: str) -> User | None:
    """The account, if it is open and the password fits."""
    user = user_accounts.find_account(db.session(), email)
    fits = verify_password(
        _security._password_util.normalize(password),
        user.password if user and user.password else _no_hash(),
    )
    if user and user.active and user.password and fits:
        return user
    security_log.record(SecurityEvent.SIGN_IN_FAILED, account=user.id if user else None)
    return None


def _enter(user: User, token: str) -> None:
    session.clear()
    session.permanent = True
    login_user(user, authn_via=["password"])
    session[sessions.TOKEN] = token


def _begin(writes: Session, user: User) -> str:
    """The session that this browser had is over; gives back the token of the new one."""
    sessions.end(writes, session.get(sessions.TOKEN, ""))
    return sessions.begin(writes, user, now())


@accounts.route("/sign-in", methods=["GET", "POST"])
@open_to_all
@begins_reading
def sign_in() -> Any:
    form = SignInForm(data={"next": request.args.get("next", "")})
    if signed_in() and request.method == "GET":
        return redirect(_back(form.next.data))
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), TO_MEND if form.errors else 200
    attempt = _try()
    if attempt is not None:
        if seconds := attempts.begin(attempt):
            security_log.record(SecurityEvent.SIGN_IN_DELAYED)
            return _wait(seconds)
        _delayed(attempt)
    user = _who(form.email.data or "", form.password.data or "")
    if user is None:
        if attempt is not None:
            attempts.failed(attempt)
        form.password.errors = [
            _("This address and this password do not fit together. Write both again.")
        ]
        return render_template("accounts/sign_in.html", form=form), TO_MEND
    if attempt is not None:
        attempts.succeeded(attempt)
    with writing() as writes:
        token = _begin(writes, user)
    _enter(user, token)
    security_log.record(SecurityEvent.SIGNED_IN, account=user.id)
    return redirect(_back(form.next.data), 303)


@accounts.post("/sign-out")
@open_to_all
@begins_reading
def sign_out() -> Any:
    if token := session.get(sessions.TOKEN):
        with writing() as writes:
            sessions.end(writes, token)
        if signed_in():
            security_log.record(SecurityEvent.SIGNED_OUT, account=current_user.id)
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    response = redirect(url_for("accounts.sign_in"), 303)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@accounts.route("/account/password/<token>", methods=["GET", "POST"])
@open_to_all
@begins_reading
def password(token: str) -> Any:
    """Opening the link shows the form and uses nothing up: programs that look at links before people do cannot spoil it."""
    at = now()
    user = user_accounts.find_link_user(db.session(), token, at)
    if user is None:
        return render_template("accounts/link_over.html"), 410
    form = PasswordForm(user_accounts.password_owner(db.session(), user, at))
    if not form.validate_on_submit():
        return render_template(
            "accounts/password.html", form=form, user=user
        ), TO_MEND if form.errors else 200
    with writing() as writes:
        owner = user_accounts.use_link(writes, token, at)
        if owner is not None:
            user_accounts.set_password(writes, owner, form.password.data or "")
            begun = _begin(writes, owner)
    if owner is None:
        return render_template("accounts/link_over.html"), 410
    _enter(owner, begun)
    security_log.record(SecurityEvent.PASSWORD_SET, account=owner.id)
    flash(_("Your password is set. You are signed in as %(name)s.", name=current_user.name))
    return redirect(_back(None), 303)
