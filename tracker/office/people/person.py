"""The page of one person: roles given and ended, the account closed, opened again, a new link.

What else is done there (`person_name`, `second_factors`) shows this page, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.accounts import access, account_list, body_people, invitations, sessions, user_accounts
from tracker.accounts.access import begins_reading, requires, writing
from tracker.accounts.body_people import BodyPerson
from tracker.accounts.invitations import NewLink
from tracker.accounts.user import User
from tracker.acts import people as acts
from tracker.acts.act_context import ActContext, for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.office.blueprint import OfficeTarget, find_body, office
from tracker.record.people import Person
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused, need
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .forms import EndRoleForm, RenameForm, RoleForm, VersionForm

PERSON = "/office/<body>/people/<int:person_id>"


@office.get(PERSON)
@requires(Permission.ADMINISTER)
def person(body: str, person_id: int) -> ResponseReturnValue:
    found = find_body(body)
    return person_page(found, find_person(found, person_id))


@office.post(f"{PERSON}/role")
@requires(Permission.ADMINISTER)
@begins_reading
def give_role(body: str, person_id: int) -> ResponseReturnValue:
    found = find_body(body)
    somebody = find_person(found, person_id)
    form = RoleForm(found.context.unit_names.offered)
    if not form.validate_on_submit():
        return person_page(found, somebody, role_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with changing(found, person_id, form) as session:
            given = acts.give_role(
                context_of(session, found),
                session.get_one(Person, person_id),
                form.role_code,
                form.unit_id,
                from_on=form.from_on.data,
                until_on=form.until_on.data,
            )
    except Refused as refused:
        return refused_page(found, person_id, refused, role_form=form)
    flash(_("The role is given.") if given else _("The role was held already."))
    return to_person(body, person_id)


@office.post(f"{PERSON}/end-role")
@requires(Permission.ADMINISTER)
@begins_reading
def end_role(body: str, person_id: int) -> ResponseReturnValue:
    found = find_body(body)
    somebody = find_person(found, person_id)
    form = EndRoleForm()
    held = next((role for role in somebody.roles_now if str(role.id) == form.held.data), None)
    if not form.validate_on_submit() or held is None:
        return person_page(found, somebody, end_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with changing(found, person_id, form) as session:
            acts.end_role(
                context_of(session, found),
                session.get_one(Person, person_id),
                held.role,
                held.unit_id,
                last_day=form.until_on.data,
            )
            ended = _end_sessions_without_role(session, somebody)
    except Refused as refused:
        return refused_page(found, person_id, refused, end_form=form)
    note_sessions(somebody, ended)
    flash(
        _("The last day of the role is named.") if form.until_on.data else _("The role has ended.")
    )
    return to_person(body, person_id)


@office.post(f"{PERSON}/close")
@requires(Permission.ADMINISTER)
@begins_reading
def close_account(body: str, person_id: int) -> ResponseReturnValue:
    """Its sessions end at once, its roles today; what was done stays."""
    found = find_body(body)
    somebody = find_person(found, person_id)
    form = VersionForm()
    if somebody.account_id is None or not form.validate_on_submit():
        return person_page(found, somebody), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with changing(found, person_id, form) as session:
            account = session.get_one(User, somebody.account_id)
            need(is_managed_here(session, account), Refusal.ACCOUNT_IS_ELSEWHERE)
            for role in account_list.roles_in_offices(session, account.id, now()):
                acts.end_role(
                    for_body(session, role.body_id, access.actor_in(role.body_id), now()),
                    session.get_one(Person, role.person_id),
                    role.role,
                    role.unit_id,
                )
            ended = user_accounts.close_account(session, account)
    except Refused as refused:
        return refused_page(found, person_id, refused)
    security_log.record(
        SecurityEvent.ACCOUNT_CLOSED, account=somebody.account_id, by_person=found.actor.person_id
    )
    flash(
        _("The account is closed.")
        + " "
        + ngettext("%(num)s session ended.", "%(num)s sessions ended.", ended)
    )
    return to_person(body, person_id)


@office.post(f"{PERSON}/open")
@requires(Permission.ADMINISTER)
@begins_reading
def open_account(body: str, person_id: int) -> ResponseReturnValue:
    """Again: a closed account has no password and no role; both are given anew."""
    return _with_new_link(body, person_id, opens=True)


@office.post(f"{PERSON}/link")
@requires(Permission.ADMINISTER)
@begins_reading
def make_link(body: str, person_id: int) -> ResponseReturnValue:
    return _with_new_link(body, person_id, opens=False)


def _with_new_link(body: str, person_id: int, *, opens: bool) -> ResponseReturnValue:
    found = find_body(body)
    somebody = find_person(found, person_id)
    form = VersionForm()
    if somebody.account_id is None or not form.validate_on_submit():
        return person_page(found, somebody), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with changing(found, person_id, form) as session:
            account = session.get_one(User, somebody.account_id)
            need(is_managed_here(session, account), Refusal.ACCOUNT_IS_ELSEWHERE)
            need(account.active or opens, Refusal.ACCOUNT_IS_CLOSED)
            account.active = True
            link = invitations.make_link(context_of(session, found), account)
    except Refused as refused:
        return refused_page(found, person_id, refused)
    if opens:
        security_log.record(
            SecurityEvent.ACCOUNT_OPENED,
            account=somebody.account_id,
            by_person=found.actor.person_id,
        )
    note_link(found, somebody.account_id)
    return person_page(found, find_person(found, person_id), new_link=link)


def is_managed_here(session: Session, account: User) -> bool:
    """Whether whoever asks administers every body in which this account is somebody."""
    return access.administers_all(account_list.bodies_of_account(session, account.id))


def find_person(found: OfficeTarget, person_id: int) -> BodyPerson:
    """404 where the body has nobody of this key."""
    somebody = body_people.find_person(
        db.session(), found.body_id, person_id, now(), found.target.zone
    )
    if somebody is None:
        abort(404)
    return somebody


def person_page(
    found: OfficeTarget,
    somebody: BodyPerson,
    *,
    role_form: RoleForm | None = None,
    end_form: EndRoleForm | None = None,
    rename_form: RenameForm | None = None,
    new_link: NewLink | None = None,
    problem: str | None = None,
) -> str:
    if rename_form is None:
        rename_form = RenameForm(formdata=None, name=somebody.name)
    if role_form is None:
        role_form = RoleForm(found.context.unit_names.offered, formdata=None)
    if end_form is None:
        end_form = EndRoleForm(formdata=None)
    return render_template(
        "office/person.html",
        body=found.context.body,
        person=somebody,
        role_form=role_form,
        end_form=end_form,
        rename_form=rename_form,
        new_link=new_link,
        problem=problem,
        is_oneself=somebody.id == found.actor.person_id,
        is_second_factor_required=found.context.settings.second_factor,
        today=found.today,
    )


def refused_page(
    found: OfficeTarget,
    person_id: int,
    refused: Refused,
    *,
    role_form: RoleForm | None = None,
    end_form: EndRoleForm | None = None,
    rename_form: RenameForm | None = None,
) -> ResponseReturnValue:
    """The page as it stands now, with what was written in the form."""
    form = role_form or end_form or rename_form
    problem = None
    if form is None or refused.code is Refusal.CHANGED_MEANWHILE:
        problem = refusal_sentence(refused.code)
    else:
        form.say(refused.code)
    page = person_page(
        found,
        find_person(found, person_id),
        role_form=role_form,
        end_form=end_form,
        rename_form=rename_form,
        problem=problem,
    )
    return page, HTTPStatus.CONFLICT


@contextmanager
def changing(found: OfficeTarget, person_id: int, form: VersionForm) -> Iterator[Session]:
    """Writes; refused where another administrator has changed the person since the page was
    shown.
    """
    with writing() as session:
        current = body_people.find_person(
            session, found.body_id, person_id, now(), found.target.zone
        )
        need(
            current is not None and current.version == form.version.data,
            Refusal.CHANGED_MEANWHILE,
        )
        yield session


def _end_sessions_without_role(session: Session, somebody: BodyPerson) -> int:
    if somebody.account_id is None:
        return 0
    if account_list.roles_in_offices(session, somebody.account_id, now()):
        return 0
    return sessions.end_all(session, somebody.account_id)


def context_of(session: Session, found: OfficeTarget) -> ActContext:
    return for_body(session, found.body_id, access.actor_in(found.body_id), now())


def note_link(found: OfficeTarget, account_id: int | None) -> None:
    security_log.record(
        SecurityEvent.LINK_MADE, account=account_id, by_person=found.actor.person_id
    )


def note_sessions(somebody: BodyPerson, ended: int) -> None:
    if ended:
        security_log.record(
            SecurityEvent.SESSIONS_ENDED, account=somebody.account_id, sessions=ended
        )


def to_person(body: str, person_id: int) -> ResponseReturnValue:
    address = url_for("office.person", body=body, person_id=person_id)
    return redirect(address, HTTPStatus.SEE_OTHER)
