"""Renaming a person, on their page of the office. One's own name is on the page of the account."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash
from flask.typing import ResponseReturnValue

from tracker.accounts import account_list
from tracker.accounts.access import begins_reading, requires
from tracker.accounts.user import User
from tracker.acts import people as acts
from tracker.office.blueprint import find_body, office
from tracker.record.people import Person
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _

from .forms import RenameForm
from .person import (
    PERSON,
    changing,
    context_of,
    find_person,
    person_page,
    refused_page,
    to_person,
)


@office.post(f"{PERSON}/name")
@requires(Permission.ADMINISTER)
@begins_reading
def rename_person(body: str, person_id: int) -> ResponseReturnValue:
    """The account, too, unless it is somebody in another body."""
    found = find_body(body)
    somebody = find_person(found, person_id)
    form = RenameForm()
    if not form.validate_on_submit():
        return person_page(found, somebody, rename_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    name = " ".join((form.name.data or "").split())
    try:
        with changing(found, person_id, form) as session:
            acts.rename(context_of(session, found), session.get_one(Person, person_id), name)
            account = session.get(User, somebody.account_id) if somebody.account_id else None
            if account and account_list.bodies_of_account(session, account.id) == {found.body_id}:
                account.name = name
    except Refused as refused:
        return refused_page(found, person_id, refused, rename_form=form)
    flash(_("The name is saved."))
    return to_person(body, person_id)
