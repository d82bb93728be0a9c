"""The page of one's own account, and that of a forgotten password."""

from __future__ import annotations

from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security.proxies import _security
from flask_security.utils import verify_password
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.acts import people
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.mail import outbox
from tracker.record.people import Person
from tracker.record.surroundings import zone_of
from tracker.rules.refusals import Refusal, Refused, need
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from . import access, account_list, attempts, invitations, user_accounts
from .access import begins_reading, open_to_all, requires_any_role, writing
from .forms import ChangePasswordForm, ForgottenForm, NameForm
from .own_sessions import session_lines
from .second_factors import second_factor
from .user import User
from .views import accounts, attempt_of, begin_session, give_cookie, too_many_attempts

FORGOTTEN = "forgotten:"  # before the address, where such requests are counted
CHANGED = "changed:"


@accounts.get("/account")
@requires_any_role
def own_account() -> ResponseReturnValue:
    return _page()


@accounts.post("/account/name")
@requires_any_role
@begins_reading
def change_name() -> ResponseReturnValue:
    form = NameForm()
    if not form.validate_on_submit():
        return _page(name_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as database:
            _rename(database, " ".join((form.name.data or "").split()), form.seen.data or "")
    except Refused as refused:
        form.name.errors = [refusal_sentence(refused.code)]
        form.seen.data = current_user.name
        return _page(name_form=form), HTTPStatus.CONFLICT
    flash(_("The name is saved."))
    return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)


def _rename(database: Session, name: str, seen: str) -> None:
    """The account, and the person that it is in each body."""
    user = _own(database)
    need(user.name == seen, Refusal.CHANGED_MEANWHILE)
    user.name = name
    for body_id, actor in access.actors().items():
        context = for_body(database, body_id, actor, now())
        people.rename(context, database.get_one(Person, actor.person_id), name)


@accounts.post("/account/password")
@requires_any_role
@begins_reading
def change_password() -> ResponseReturnValue:
    """Everywhere else the account is signed out."""
    user_id = current_user.id
    owner = user_accounts.password_owner(db.session(), _own(db.session()), now())
    form = ChangePasswordForm(owner)
    if not form.validate_on_submit():
        return _page(password_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    attempt = attempt_of(current_user.email, CHANGED)
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            return too_many_attempts(seconds)
    current = _security._password_util.normalize(form.current.data or "")
    if not current_user.password or not verify_password(current, current_user.password):
        if attempt is not None:
            attempts.failed(attempt)
        form.current.errors = [_("This is not the password that you have. Type both again.")]
        return _page(password_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    if attempt is not None:
        attempts.succeeded(attempt)
    with writing() as database:
        user = database.get_one(User, user_id)
        user_accounts.set_password(database, user, form.password.data or "")
        token = begin_session(database, user)
    give_cookie(user, token)
    security_log.record(SecurityEvent.PASSWORD_SET, account=user_id)
    flash(_("Your password is changed. Everywhere else you are signed out."))
    return redirect(url_for("accounts.own_account"), HTTPStatus.SEE_OTHER)


def _own(database: Session) -> User:
    return database.get_one(User, current_user.id)


def _zone(database: Session) -> ZoneInfo:
    """Of the body in which the account is somebody; UTC where there are several."""
    body_ids = list(access.actors())
    return zone_of(database, body_ids[0]) if len(body_ids) == 1 else ZoneInfo("UTC")


def _page(
    *, name_form: NameForm | None = None, password_form: ChangePasswordForm | None = None
) -> str:
    database = db.session()
    owner = user_accounts.password_owner(database, _own(database), now())
    zone = _zone(database)
    return render_template(
        "accounts/own_account.html",
        name_form=name_form
        or NameForm(formdata=None, name=current_user.name, seen=current_user.name),
        password_form=password_form or ChangePasswordForm(owner, formdata=None),
        factors=second_factor.of_account(database, current_user.id),
        needed_since=second_factor.needed_since(database, access.actors()),
        roles=account_list.roles_of_account(database, current_user.id, now()),
        sessions=session_lines(database, current_user.id, now(), zone),
        zone=zone,
        today=now().astimezone(zone).date(),
    )


# --- a forgotten password ---


@accounts.get("/account/forgotten")
@open_to_all
def forgotten() -> ResponseReturnValue:
    """Without mail the page says whom to ask."""
    form = ForgottenForm(formdata=None, email=request.args.get("email", ""))
    return _forgotten_page(form)


@accounts.post("/account/forgotten")
@open_to_all
@begins_reading
def mail_link() -> ResponseReturnValue:
    """The answer is the same whether an account has the address or not."""
    form = ForgottenForm()
    if not form.validate_on_submit() or not outbox.is_mail_set_up(db.session()):
        return _forgotten_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    address = form.email.data or ""
    attempt = attempt_of(address, FORGOTTEN)
    if attempt is not None:
        seconds = attempts.begin(attempt)
        if seconds:
            return too_many_attempts(seconds)
        attempts.failed(attempt)  # each request counts
    account_id = None
    with writing() as database:
        user = user_accounts.find_account(database, address)
        if user is not None and user.active:
            account_id = user.id
            invitations.make_reset_link(database, user, now())
    if account_id is not None:
        security_log.record(SecurityEvent.LINK_MADE, account=account_id)
    flash(
        _(
            "If an account has this address, a link is on its way to it. It works once, for seven "
            "days."
        )
    )
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)


def _forgotten_page(form: ForgottenForm) -> str:
    return render_template(
        "accounts/forgotten.html", form=form, is_mail_set_up=outbox.is_mail_set_up(db.session())
    )
