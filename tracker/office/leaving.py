"""The page on which all that a person leads is handed on when they leave."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import handing_on
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import office_item_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading.handing_on import Leaving, leaving, people_with_parts, receivers
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l
from tracker.translation import ngettext

from .blueprint import OfficeTarget, find_body, office, whole_number

ADDRESS = "/office/<body>/leaving"
PERSON_ADDRESS = f"{ADDRESS}/<int:person_id>"


class HandOnForm(Form):
    receiver = SelectField(_l("To whom"), [InputRequired(_l("Choose a unit, or a person in it."))])
    on = DateField(
        _l("From"),
        [InputRequired(_l("Write the day from which it is theirs."))],
        description=_l("Today or an earlier day: no act is dated after its recording."),
    )


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def leaving_people(body: str) -> ResponseReturnValue:
    """Whose items can be handed on."""
    found = find_body(body)
    return render_template(
        "office/leaving.html",
        body=found.context.body,
        people=people_with_parts(db.session(), found.context),
    )


@office.get(PERSON_ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def leaving_person(body: str, person_id: int) -> ResponseReturnValue:
    """What a person has in hand; for governance with the form that hands it on."""
    found = find_body(body)
    held = _held(found, person_id)
    return _render(found, held, _form(found, person_id, None))


@office.post(PERSON_ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def hand_on(body: str, person_id: int) -> ResponseReturnValue:
    """All of it in one act, or nothing."""
    found = find_body(body)
    held = _held(found, person_id)
    form = _form(found, person_id, found.today)
    if not form.validate():
        return _render(found, held, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.on.data is not None and form.on.data > found.today:
        form.on.errors = [refusal_sentence(Refusal.DATED_AFTER_RECORDING)]
        return _render(found, held, form), HTTPStatus.UNPROCESSABLE_ENTITY
    unit_id, receiver_id = map(int, form.receiver.data.split("-"))
    listed = [whole_number(text) or 0 for text in request.form.get("listed", "").split()]
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            count = handing_on.hand_on(
                context, person_id, unit_id, receiver_id or None, listed, on=form.on.data
            )
    except Refused as refused:
        return _come_back(body, person_id, form, refused.code)
    flash(
        ngettext(
            "%(num)d item of %(name)s was handed on.",
            "%(num)d items of %(name)s were handed on.",
            count,
            name=held.name,
        )
    )
    address = url_for("office.leaving_person", body=body, person_id=person_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _come_back(body: str, person_id: int, form: HandOnForm, code: Refusal) -> ResponseReturnValue:
    """The form, with what it says of the refusal; what it lists is what holds now."""
    found = find_body(body)
    held = _held(found, person_id)
    if code is Refusal.CHANGED_MEANWHILE:
        return _render(found, held, form, changed_meanwhile=True), HTTPStatus.CONFLICT
    field = form.on if code is Refusal.BEFORE_THEY_HAD_IT else form.receiver
    if code is Refusal.NOT_THERE:
        sentence = _("They have nothing in hand any more.")
    else:
        sentence = refusal_sentence(code)
    field.errors = [sentence]
    return _render(found, held, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _held(found: OfficeTarget, person: int) -> Leaving:
    """404 where there is no such person in the body."""
    if person not in found.context.people:
        abort(404)
    return leaving(db.session(), found.context, person, found.today)


def _form(found: OfficeTarget, person: int, sent_on: date | None) -> HandOnForm:
    """`sent_on`: the day on which it was sent; None: it is shown for the first time."""
    form = HandOnForm(request.form if sent_on else None, data={"on": found.today})
    choices = [
        SelectChoice(receiver.code, office_item_words.receiver(receiver))
        for receiver in receivers(db.session(), found.context)
        if receiver.person_id != person
    ]
    form.receiver.choices = [SelectChoice("", _("Choose one")), *choices]
    return form


def _render(
    found: OfficeTarget, held: Leaving, form: HandOnForm, changed_meanwhile: bool = False
) -> str:
    return render_template(
        "office/leaving_person.html",
        body=found.context.body,
        held=held,
        form=form,
        today=found.today,
        changed_meanwhile=changed_meanwhile,
        may_hand_on=is_permitted(found.actor, Permission.GOVERN),
    )
