"""Resetting the second factor of somebody who has lost it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import security_log
from tracker.accounts import sessions
from tracker.accounts.access import begins_reading, requires
from tracker.accounts.second_factors import second_factor
from tracker.accounts.user import User
from tracker.office.blueprint import find_body, office
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused, need
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from .forms import VersionForm
from .person import (
    PERSON,
    changing,
    find_person,
    is_managed_here,
    note_sessions,
    person_page,
    refused_page,
    to_person,
)


@office.post(f"{PERSON}/reset-second-factor")
@requires(Permission.ADMINISTER)
@begins_reading
def reset_second_factor(body: str, person_id: int) -> ResponseReturnValue:
    """All that the account has is taken away, and its sessions end; one's own is replaced on one's
    own page."""
    found = find_body(body)
    somebody = find_person(found, person_id)
    form = VersionForm()
    if somebody.account_id is None or not form.validate_on_submit():
        return person_page(found, somebody), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with changing(found, person_id, form) as session:
            account = session.get_one(User, somebody.account_id)
            need(account.id != current_user.id, Refusal.OWN_SECOND_FACTOR)
            need(is_managed_here(session, account), Refusal.ACCOUNT_IS_ELSEWHERE)
            second_factor.reset(session, account.id)
            ended = sessions.end_all(session, account.id)
    except Refused as refused:
        return refused_page(found, person_id, refused)
    security_log.record(
        SecurityEvent.SECOND_FACTOR_RESET,
        account=somebody.account_id,
        by_person=found.actor.person_id,
    )
    note_sessions(somebody, ended)
    flash(
        _(
            "The second factor is reset: the password alone opens the account, until another is "
            "set up."
        )
    )
    return to_person(body, person_id)
