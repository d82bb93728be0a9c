"""The page on which the office records a convention; the first one, too."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import ClassVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import Length

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import bodies, conventions
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import AmountField, DayField, add_error, text_of
from tracker.forms.record_form import RecordForm, RefusalPlace, RefusalPlaces
from tracker.office.blueprint import OfficeTarget, find_body, office
from tracker.reading.setting_up import newest_first
from tracker.record.bodies import NAME, Fund
from tracker.rules import slugs
from tracker.rules.codes import Visibility
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused, need_day_reached
from tracker.rules.terms import need_days_in_order
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .convention_fields import DateFields, NameFields, published_field

NEW_CONVENTION = "/office/<body>/conventions/new"


class NewConventionForm(NameFields, DateFields, RecordForm):
    """Funds are the administrator's: nobody else is asked for one."""

    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        **DateFields.DATE_PLACES,
        Refusal.SLUG_IS_RESERVED: RefusalPlace("address"),
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("kept_from"),
    }
    address = StringField(
        _l("Last part of its address"),
        [Length(max=slugs.LONGEST)],
        description=_l("It cannot be changed later. Empty: its year, as 2026 or 2026-special."),
        render_kw={"spellcheck": "false", "autocapitalize": "none"},
    )
    published_items = published_field()
    kept_from = DayField(
        _l("Kept from"),
        description=_l(
            "Of a convention whose term is over: from when what was done about its items is "
            "entered here, as a whole. Empty: it is not kept."
        ),
    )
    fund = StringField(_l("Its fund"), [Length(max=NAME)])
    fund_amount = AmountField(_l("Amount of the fund"), render_kw={"inputmode": "decimal"})

    today: date

    def check(self) -> None:
        if self.year.data is None and not self.year.errors:
            add_error(self.year, _l("Write the year"))
        if text_of(self.address) and not slugs.is_slug(text_of(self.address)):
            add_error(self.address, _l("Write small letters, figures and single hyphens"))
        self.ask(need_days_in_order, self.opens_on.data, self.closes_on.data)
        self.ask(need_day_reached, self.kept_from.data, self.today)
        if "fund" in self and self.fund_amount.data and not text_of(self.fund):
            add_error(self.fund, _l("Write the name of the fund, or leave its amount empty"))

    @property
    def slug(self) -> str:
        """As it was written, else as it is proposed."""
        year = str(self.year.data)
        return text_of(self.address) or (f"{year}-special" if self.special.data else year)

    def propose_another(self) -> None:
        """This one is taken: with what tells the two apart."""
        if not text_of(self.address):
            more = slugs.slug_of(self.stated_place or self.stated_name)
            self.address.data = f"{self.slug}-{more}"[: slugs.LONGEST].strip("-")
        add_error(
            self.address,
            _l("A convention of this address is on record. Choose another, or open that one"),
        )


def _form(found: OfficeTarget, *, is_sent: bool) -> NewConventionForm:
    form = NewConventionForm() if is_sent else NewConventionForm(formdata=None)
    form.today = found.today
    if not is_permitted(found.actor, Permission.ADMINISTER):
        del form.fund, form.fund_amount
    return form


@office.get(NEW_CONVENTION)
@requires(Permission.GOVERN)
def new_convention(body: str) -> ResponseReturnValue:
    found = find_body(body)
    return _render(found, _form(found, is_sent=False))


@office.post(NEW_CONVENTION)
@requires(Permission.GOVERN)
@begins_reading
def record_convention(body: str) -> ResponseReturnValue:
    found = find_body(body)
    form = _form(found, is_sent=True)
    if not form.validate():
        return _render(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            _write(session, found, form)
    except Refused as refused:
        if refused.code is Refusal.ALREADY_THERE:
            form.propose_another()
            return _render(found, form), HTTPStatus.CONFLICT
        if not form.show_refusal(refused.code):
            add_error(form.name, refusal_sentence(refused.code))
        return _render(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(
        _(
            "%(convention)s is on record. It is hidden: only the office and staff read it.",
            convention=form.stated_name,
        )
    )
    address = url_for("office.convention", body=body, convention_slug=form.slug)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _write(session: Session, found: OfficeTarget, form: NewConventionForm) -> None:
    context = for_body(session, found.body_id, actor_in(found.body_id), now())
    convention = conventions.record(
        context,
        form.slug,
        form.stated_name,
        form.dates(form.published_items.data),
        form.stated_place,
        visibility=Visibility.HIDDEN,
    )
    if form.kept_from.data and form.kept_from.data != context.clock(convention.id).kept_from:
        conventions.open_follow_through(context, convention, form.kept_from.data)
    if "fund" in form and text_of(form.fund):
        fund = Fund(
            convention_id=convention.id, name=text_of(form.fund), amount=form.fund_amount.amount
        )
        bodies.add_fund(context, convention, fund)


def _render(found: OfficeTarget, form: NewConventionForm) -> str:
    return render_template(
        "office/new_convention.html",
        body=found.context.body,
        form=form,
        conventions=newest_first(found.context),
        today=found.today,
    )
