"""The page of the funds of conventions: adding one, changing its name or amount."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import bodies
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import AmountField
from tracker.reading.funds import FundDetails, fund_details
from tracker.record.bodies import NAME, Fund
from tracker.record.conventions import Convention
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import OfficeTarget, find_body, office, whole_number

ADDRESS = "/office/<body>/funds"
FUND = f"{ADDRESS}/<int:fund_id>"


class FundForm(Form):
    name = StringField(
        _l("Name"),
        [
            InputRequired(_l("Write a name.")),
            Length(max=NAME, message=_l("Write at most 200 characters.")),
        ],
        filters=[lambda name: " ".join((name or "").split())],
    )
    amount = AmountField(_l("Amount"), description=_l("Empty: it is not known."))


class NewFundForm(FundForm):
    convention = SelectField(_l("Convention"), [InputRequired(_l("Choose a convention."))])


@office.get(ADDRESS)
@requires(Permission.ADMINISTER, Permission.READ_ALL)
def funds(body: str) -> ResponseReturnValue:
    found = find_body(body)
    return _render_all(found, _new_form(found))


@office.post(ADDRESS)
@requires(Permission.ADMINISTER)
@begins_reading
def add_fund(body: str) -> ResponseReturnValue:
    found = find_body(body)
    form = _new_form(found, from_request=True)
    if not form.validate():
        return _render_all(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    convention_id = int(form.convention.data)
    name = form.name.data or ""
    fund = Fund(convention_id=convention_id, name=name, amount=form.amount.amount)
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            bodies.add_fund(context, session.get_one(Convention, convention_id), fund)
    except Refused as refused:
        form.name.errors = [_why_not(refused.code)]
        return _render_all(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("%(name)s was added.", name=name))
    return redirect(url_for("office.funds", body=body), HTTPStatus.SEE_OTHER)


@office.get(FUND)
@requires(Permission.ADMINISTER, Permission.READ_ALL)
def fund(body: str, fund_id: int) -> ResponseReturnValue:
    found = find_body(body)
    details = _find_fund(found, fund_id)
    return _render(found, details, _form_of(details))


@office.post(FUND)
@requires(Permission.ADMINISTER)
@begins_reading
def revise_fund(body: str, fund_id: int) -> ResponseReturnValue:
    """Makes the change whose effect was shown; else shows it."""
    found, form = find_body(body), FundForm(request.form)
    details = _find_fund(found, fund_id)
    if not form.validate():
        return _render(found, details, form), HTTPStatus.UNPROCESSABLE_ENTITY
    name, amount = form.name.data or "", form.amount.amount
    if (name, amount) == (details.fund.name, details.fund.amount):
        form.name.errors = [_("It is so already: write something else, or leave it.")]
        return _render(found, details, form), HTTPStatus.UNPROCESSABLE_ENTITY
    seen = whole_number(request.form.get("seen")) or 0
    if seen != details.fund.changed_by:
        return _render(found, details, form, changed_meanwhile=True), HTTPStatus.CONFLICT
    if request.form.get("make") != _making(form):
        return _render(found, details, form, shows_effect=True)
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now(), seen)
            bodies.revise_fund(context, session.get_one(Fund, fund_id), name, amount)
    except Refused as refused:
        if refused.code is Refusal.CHANGED_MEANWHILE:
            found = find_body(body)
            details = _find_fund(found, fund_id)
            return _render(found, details, form, changed_meanwhile=True), HTTPStatus.CONFLICT
        form.name.errors = [_why_not(refused.code)]
        return _render(found, details, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The fund was changed."))
    return redirect(url_for("office.fund", body=body, fund_id=fund_id), HTTPStatus.SEE_OTHER)


def _making(form: FundForm) -> str:
    """What the button sends: the change whose effect was shown."""
    return f"{form.name.data} {form.amount.amount or ''}"


def _why_not(code: Refusal) -> str:
    if code is Refusal.NAME_IS_TAKEN:
        return _("Another fund of this convention has this name, or had it. Choose another.")
    return refusal_sentence(code)


def _find_fund(found: OfficeTarget, fund_id: int) -> FundDetails:
    """404 where the body has no such fund."""
    for details in fund_details(db.session(), found.context):
        if details.fund.id == fund_id:
            return details
    abort(404)


def _form_of(details: FundDetails) -> FundForm:
    amount = details.fund.amount
    return FundForm(data={"name": details.fund.name, "amount": "" if amount is None else amount})


def _new_form(found: OfficeTarget, from_request: bool = False) -> NewFundForm:
    form = NewFundForm(request.form if from_request else None)
    newest_first = sorted(
        found.context.conventions.values(), key=lambda one: (-(one.year or 0), one.id)
    )
    conventions = [SelectChoice(str(one.id), one.name) for one in newest_first]
    form.convention.choices = [SelectChoice("", _("Choose one")), *conventions]
    return form


def _render_all(found: OfficeTarget, form: NewFundForm) -> str:
    return render_template(
        "office/funds.html",
        body=found.context.body,
        funds=fund_details(db.session(), found.context),
        form=form,
        may_change=is_permitted(found.actor, Permission.ADMINISTER),
    )


def _render(
    found: OfficeTarget,
    details: FundDetails,
    form: FundForm,
    *,
    shows_effect: bool = False,
    changed_meanwhile: bool = False,
) -> str:
    return render_template(
        "office/fund.html",
        body=found.context.body,
        details=details,
        form=form,
        making=_making(form) if shows_effect else "",
        changed_meanwhile=changed_meanwhile,
        today=found.today,
        may_change=is_permitted(found.actor, Permission.ADMINISTER),
    )
