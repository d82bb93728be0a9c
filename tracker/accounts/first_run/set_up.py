"""The page at which an office begins, by a one-time link that the command prints."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from tracker import security_log
from tracker.accounts import attempts
from tracker.accounts.access import begins_reading, open_to_all, writing
from tracker.accounts.views import (
    accounts,
    attempt_of,
    begin_session,
    give_cookie,
    too_many_attempts,
)
from tracker.clock import now
from tracker.extensions import db
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.surroundings import settings
from tracker.rules.refusals import Refused
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from . import first_account, set_up_links
from .set_up_forms import FirstAccountForm, FoundingForm, form_of

COUNTED_AS = "set-up:"
ADDRESS = "/account/set-up/<token>"


@accounts.get(ADDRESS)
@open_to_all
def set_up(token: str) -> ResponseReturnValue:
    """Opening the link uses nothing up, as with the others."""
    link = set_up_links.find(db.session(), token, now())
    if link is None:
        return _over()
    return _page(form_of(link.body, _name(link.body), formdata=None), link.body)


@accounts.post(ADDRESS)
@open_to_all
@begins_reading
def begin_office(token: str) -> ResponseReturnValue:
    """Makes the account, signs it in, and leads to the steps."""
    attempt = attempt_of("", COUNTED_AS)
    seconds = attempts.begin(attempt) if attempt is not None else None
    if seconds:
        return too_many_attempts(seconds)
    at = now()
    link = set_up_links.find(db.session(), token, at)
    if link is None:
        if attempt is not None:
            attempts.failed(attempt)
        return _over()
    form = form_of(link.body, _name(link.body))
    if not form.validate_on_submit():
        return _page(form, link.body, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with writing() as database:
            used = set_up_links.use(database, token, at)
            if used is not None:
                if isinstance(form, FoundingForm):
                    body = first_account.found(database, form.new_body, at)
                else:
                    body = database.get_one(Body, used.body.id if used.body else 0)
                user = first_account.create(
                    database,
                    body,
                    name=(form.name.data or "").strip(),
                    address=form.email.data or "",
                    password=form.password.data or "",
                    now=at,
                )
                slug, body_id, session_token = body.slug, body.id, begin_session(database, user)
    except Refused as refused:
        if not isinstance(form, FoundingForm):
            raise
        form.say(refused.code)
        return _page(form, None, HTTPStatus.UNPROCESSABLE_ENTITY)
    if used is None:
        return _over()
    give_cookie(user, session_token)
    security_log.record(SecurityEvent.OFFICE_SET_UP, account=user.id, body=body_id)
    flash(_("The office is yours, %(name)s. You are signed in.", name=user.name))
    return redirect(url_for("office.setting_up", body=slug), HTTPStatus.SEE_OTHER)


def _name(body: Body | None) -> str:
    if body is None:
        return ""
    return settings(db.session(), body.id, AsOf(now().date())).name or body.slug


def _page(
    form: FirstAccountForm, body: Body | None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    page = render_template(
        "accounts/set_up.html", form=form, founds=body is None, body_name=_name(body)
    )
    return _without_referrer(make_response(page, status))


def _over() -> Response:
    """It says nothing of why: whoever made the link can look."""
    page = render_template("accounts/set_up_over.html")
    return _without_referrer(make_response(page, HTTPStatus.GONE))


def _without_referrer(response: Response) -> Response:
    """No request that the page causes names its address: only the site, which the form needs."""
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
