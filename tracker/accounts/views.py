"""The pages of sign-in, sign-out and the one-time link. No page of a body is here."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from math import ceil
from urllib.parse import urlsplit

import sqlalchemy as sa
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
from flask.typing import ResponseReturnValue
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

from . import attempts, browsers, sessions, user_accounts
from .access import begins_reading, is_permitted_anywhere, open_to_all, signed_in, writing
from .attempts import Attempt
from .forms import PasswordForm, SignInForm
from .second_factors import second_factor
from .user import User

accounts = Blueprint("accounts", __name__)
LONGEST_ADDRESS = 255  # characters that are told apart: as many as an account keeps
# not "cookies": those of the whole domain would go, of the union's other pages too
PASSWORD_TYPED = "password_typed"  # in the cookie: when, of this session
LONGEST_PATH = 500  # characters of a way back: a cookie holds 4 KB in all
PENDING = "pending"  # in the cookie: who has typed the right password, and not yet a code
CLEARED = '"cache", "storage"'


@accounts.after_request
def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def too_many_attempts(seconds: int, *, of_codes: bool = False) -> Response:
    """The page that says when to try again."""
    minutes = ceil(seconds / 60)
    page = render_template("accounts/wait.html", minutes=minutes, of_codes=of_codes)
    response = make_response(page, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def attempt_of(address: str, what: str = "") -> Attempt | None:
    """What is counted of this request; None where nothing is, as in most tests.

    `what`: other things than sign-ins are counted apart from these.
    """
    if not current_app.config.get("RATELIMIT_ENABLED", True):
        return None
    return Attempt(
        what + user_accounts.normalized_address(address)[:LONGEST_ADDRESS],
        attempts.network_of(request.remote_addr),
    )


def _wait_if_delayed(attempt: Attempt) -> None:
    """Where the account was tried so often. Nothing of the database is held meanwhile."""
    seconds = attempts.delay_of(attempt)
    if seconds:
        security_log.record(SecurityEvent.SIGN_IN_DELAYED)
        db.session.rollback()
        attempts.wait(seconds)
        db.session.connection(execution_options=READING)


def _is_own_path(path: str) -> bool:
    """Whether it is a path of this site: it leads nowhere else, and nobody reads a second line in
    it."""
    if not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable():
        return False
    try:
        parts = urlsplit(path)
    except ValueError:
        return False
    return not parts.netloc and not parts.scheme


def destination(path: str | None) -> str:
    """Where to after signing in: back to where the person came from, else to their work."""
    if path and _is_own_path(path):
        return path
    if is_permitted_anywhere(Permission.LOG, Permission.RELEASE, Permission.CONFIRM):
        return url_for("work.my_work")
    if is_permitted_anywhere(Permission.ADMINISTER):
        return url_for("office.home")
    return "/"


@cache
def _hash_of_nothing() -> str:
    """Checked where there is no account, so that the time of the answer tells nothing."""
    return user_accounts.hash_of("nobody has this password")


def _authenticate(email: str, password: str) -> User | None:
    """The account, if it is open and the password fits."""
    user = user_accounts.find_account(db.session(), email)
    password_hash = user.password if user and user.password else _hash_of_nothing()
    fits = verify_password(_security._password_util.normalize(password), password_hash)
    if user and user.active and user.password and fits:
        return user
    security_log.record(SecurityEvent.SIGN_IN_FAILED, account=user.id if user else None)
    return None


def give_cookie(user: User, token: str, *, with_password: bool = True) -> None:
    """Gives the browser the cookie of a session that was begun."""
    session.clear()
    session.permanent = True
    login_user(user, authn_via=["password" if with_password else "webauthn"])
    session[sessions.TOKEN] = token
    if with_password:
        session[PASSWORD_TYPED] = now().timestamp()


def begin_session(database: Session, user: User) -> str:
    """Ends the session that this browser had; gives back the token of the new one."""
    sessions.end(database, session.get(sessions.TOKEN, ""))
    database.execute(sa.update(User).where(User.id == user.id).values(signed_in_at=now()))
    return sessions.begin(database, user, now(), browsers.read(request.user_agent.string))


@accounts.route("/sign-in", methods=["GET", "POST"])
@open_to_all
@begins_reading
def sign_in() -> ResponseReturnValue:
    form = SignInForm(data={"next": request.args.get("next", "")})
    if signed_in() and request.method == "GET":
        return redirect(destination(form.next.data))
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        has_ended = sessions.TOKEN in session and not signed_in()
        page = render_template("accounts/sign_in.html", form=form, has_ended=has_ended)
        return page, status
    attempt = attempt_of(request.form.get("email", ""))
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            security_log.record(SecurityEvent.SIGN_IN_DELAYED)
            return too_many_attempts(seconds)
        _wait_if_delayed(attempt)
    user = _authenticate(form.email.data or "", form.password.data or "")
    if user is None:
        if attempt is not None:
            attempts.failed(attempt)
        form.password.errors = [
            _("This address and this password do not fit together. Write both again.")
        ]
        page = render_template("accounts/sign_in.html", form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if attempt is not None:
        attempts.succeeded(attempt)
    if second_factor.of_account(db.session(), user.id).any:
        return ask_for_code(user, form.next.data)
    return finish_sign_in(user, form.next.data)


def ask_for_code(user: User, back: str | None) -> ResponseReturnValue:
    """The password was right; the session begins with the second factor."""
    session[PENDING] = {
        "account": user.fs_uniquifier,
        "at": now().timestamp(),
        "next": back if back and len(back) <= LONGEST_PATH and _is_own_path(back) else "",
    }
    return redirect(url_for("accounts.sign_in_code"), HTTPStatus.SEE_OTHER)


def finish_sign_in(
    user: User, back: str | None, *, with_password: bool = True
) -> ResponseReturnValue:
    with writing() as database:
        token = begin_session(database, user)
    give_cookie(user, token, with_password=with_password)
    security_log.record(SecurityEvent.SIGNED_IN, account=user.id)
    return redirect(destination(back), HTTPStatus.SEE_OTHER)


@accounts.post("/sign-out")
@open_to_all
@begins_reading
def sign_out() -> ResponseReturnValue:
    token = session.get(sessions.TOKEN)
    if token:
        with writing() as database:
            sessions.end(database, token)
        if signed_in():
            security_log.record(SecurityEvent.SIGNED_OUT, account=current_user.id)
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    response = redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@accounts.route("/account/password/<token>", methods=["GET", "POST"])
@open_to_all
@begins_reading
def password(token: str) -> ResponseReturnValue:
    """Opening the link shows the form and uses nothing up: programs that look at links before
    people do cannot spoil it."""
    at = now()
    user = user_accounts.find_link_user(db.session(), token, at)
    if user is None:
        return render_template("accounts/link_over.html"), HTTPStatus.GONE
    form = PasswordForm(user_accounts.password_owner(db.session(), user, at))
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render_template("accounts/password.html", form=form, user=user), status
    needs_code = False
    with writing() as database:
        owner = user_accounts.use_link(database, token, at)
        if owner is not None:
            user_accounts.set_password(database, owner, form.password.data or "")
            needs_code = second_factor.of_account(database, owner.id).any
            if not needs_code:
                begun_token = begin_session(database, owner)
    if owner is None:
        return render_template("accounts/link_over.html"), HTTPStatus.GONE
    security_log.record(SecurityEvent.PASSWORD_SET, account=owner.id)
    if needs_code:  # a link takes the place of the password alone
        flash(_("Your password is set."))
        return ask_for_code(owner, back=None)
    give_cookie(owner, begun_token)
    flash(_("Your password is set. You are signed in as %(name)s.", name=current_user.name))
    return redirect(destination(None), HTTPStatus.SEE_OTHER)
