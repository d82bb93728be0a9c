"""The page on which the office asks somebody from outside to confirm, by a one-time link, and sees
what became of the links that it made.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from email_validator import EmailNotValidError, validate_email
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.validators import Length

from tracker.accounts import outside_links
from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.accounts.outside_links import NewOutsideLink
from tracker.acts.act_context import ActContext, for_body
from tracker.acts.outside_requests import WhoIsAsked
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import add_error, text_of
from tracker.forms.record_form import RecordForm
from tracker.mail.outbox import is_mail_set_up
from tracker.reading import confirmation_queue, outcome_queue, outside_requests
from tracker.reading.confirmation_queue import QueuedClaim
from tracker.reading.outcome_queue import QueuedOutcome
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import OfficeTarget, find_body, office, whole_number

ADDRESS = "/office/<body>/outside"
LONGEST_NAME = 200  # characters


class AskOutsideForm(RecordForm):
    """Who is asked about which claims and outcomes."""

    name = StringField(
        _l("Whom do you ask?"),
        [Length(max=LONGEST_NAME)],
        description=_l("The name is read by the office and its auditor only."),
    )
    role = StringField(
        _l("As what"),
        [Length(max=LONGEST_NAME)],
        description=_l("Published, as it reads after “by”: an industrial hygienist"),
    )
    organisation = StringField(
        _l("Of which organisation"),
        [Length(max=LONGEST_NAME)],
        description=_l("Published: Lakeshore State University"),
    )
    address = EmailField(
        _l("E-mail, if the link is to be mailed"),
        description=_l("Empty: you hand it over yourself."),
    )
    claims = SelectMultipleField(_l("Claims"), coerce=int, choices=[], validate_choice=False)
    outcomes = SelectMultipleField(_l("Outcomes"), coerce=int, choices=[], validate_choice=False)

    def check(self) -> None:
        for field in (self.name, self.role, self.organisation):
            if not text_of(field):
                add_error(field, _("Write it, in a few words"))
        if text_of(self.address):
            try:
                validate_email(
                    text_of(self.address), check_deliverability=False, test_environment=True
                )
            except EmailNotValidError:
                add_error(self.address, _("Write an e-mail address, as name@example.org"))

    @property
    def who(self) -> WhoIsAsked:
        return WhoIsAsked(
            name=text_of(self.name),
            role=text_of(self.role),
            organisation=text_of(self.organisation),
        )


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def outside(body: str) -> ResponseReturnValue:
    """`?item=KEY` has what waits of an item ticked already."""
    found = find_body(body)
    form = AskOutsideForm(formdata=None)
    claims, outcomes = _waiting(found)
    item_id = whole_number(request.args.get("item"))
    form.claims.data = [queued.claim for queued in claims if queued.item.id == item_id]
    form.outcomes.data = [queued.outcome for queued in outcomes if queued.item.id == item_id]
    return _page(found, form)


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def ask_outside(body: str) -> ResponseReturnValue:
    """The link is shown on the page that answers, and on no other."""
    found = find_body(body)
    form = AskOutsideForm()
    if not form.validate():
        return _page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            new_link = outside_links.ask(
                _context(session, found),
                form.who,
                set(form.claims.data or ()),
                set(form.outcomes.data or ()),
                text_of(form.address) or None,
            )
    except Refused as refused:
        gone = (Refusal.WAITS_NO_MORE, Refusal.NOT_THERE)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if refused.code in gone:
            status = HTTPStatus.CONFLICT
        errors = [refusal_sentence(refused.code)]
        return _page(find_body(body), form, page_errors=errors), status
    return _page(find_body(body), AskOutsideForm(formdata=None), new_link)


@office.post(f"{ADDRESS}/<int:request_id>/revoke")
@requires(Permission.GOVERN)
@begins_reading
def revoke_outside(body: str, request_id: int) -> ResponseReturnValue:
    found = find_body(body)
    try:
        with writing() as session:
            asked = outside_requests.open_request(session, found.body_id, request_id)
            if asked is None:
                abort(404)
            outside_links.revoke(_context(session, found), asked)
    except Refused:
        flash(_("It was answered, or taken back, meanwhile."))
    else:
        flash(_("The link is taken back, and works no more."))
    return redirect(url_for("office.outside", body=body), HTTPStatus.SEE_OTHER)


def _context(session: Session, found: OfficeTarget) -> ActContext:
    return for_body(session, found.body_id, actor_in(found.body_id), now())


def _waiting(found: OfficeTarget) -> tuple[Sequence[QueuedClaim], Sequence[QueuedOutcome]]:
    """All that waits for a confirmation, whoever it waits for."""
    arguments = (db.session(), found.body_id, found.actor, found.today)
    claims = confirmation_queue.claim_queue(*arguments)
    outcomes = outcome_queue.outcome_queue(*arguments)
    return (*claims.mine, *claims.others), (*outcomes.mine, *outcomes.others)


def _page(
    found: OfficeTarget,
    form: AskOutsideForm,
    new_link: NewOutsideLink | None = None,
    page_errors: Sequence[str] = (),
) -> str:
    claims, outcomes = _waiting(found)
    lines = outside_requests.requests_of_body(
        db.session(), found.body_id, found.context.people, found.target.zone, found.today
    )
    return render_template(
        "office/outside.html",
        body=found.context.body,
        form=form,
        claims=claims,
        outcomes=outcomes,
        lines=lines,
        new_link=new_link,
        page_errors=page_errors,
        may_ask=is_permitted(found.actor, Permission.GOVERN),
        mails=is_mail_set_up(db.session()),
    )
