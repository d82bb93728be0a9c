"""The page of a body's settings: what holds, since when, and a form to change each.

Before a change is made, the form says what it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from zoneinfo import available_timezones

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, FileField, Form, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.accounts import body_people
from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import bodies
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import marks, store
from tracker.formatting import settings_words, withholding_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading.rosters import names_of
from tracker.reading.settings import (
    SettingDetails,
    SilencePreview,
    load_settings,
    preview_silence,
)
from tracker.record.funds import funds_in_force
from tracker.reports.making import withheld
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused, need
from tracker.rules.rosters import Roster
from tracker.rules.settings import DEFAULTS, LANGUAGES, NO, YES, normalized, sound
from tracker.translation import gettext as _

from .blueprint import OfficeTarget, find_body, office, whole_number

ADDRESS = "/office/<body>/settings"
MARK = "mark"  # its value is made of a file
# of settings that are chosen: their values
CHOICES: Mapping[str, tuple[str, ...]] = {
    "pages": ("open", "closed"),
    "leads_release": (YES, NO),
    "show_names": (YES, NO),
    "second_factor": (YES, NO),
    "sign_off": (YES, NO),
    "made_up": (YES, NO),
    "time_zone": tuple(sorted(available_timezones())),
    "language": tuple(LANGUAGES),
}
IN_A_LIST = ("time_zone", "language")


class SettingForm(Form):
    """One setting. `make` has the value whose effect was shown: that one is made."""

    value: Field
    setting = HiddenField()
    seen = HiddenField()


@dataclass(frozen=True, kw_only=True)
class SettingRow:
    """One setting on the page."""

    details: SettingDetails
    form: SettingForm
    is_open: bool = False
    previewed: str | None = None  # the value whose effect is shown
    silence: SilencePreview | None = None
    changed_meanwhile: bool = False


def make_form(details: SettingDetails, *, written: str | None = None) -> SettingForm:
    """With what was written, else with what holds."""
    name = details.name
    label, hint = settings_words.title(name), settings_words.hint(name)
    field: Field
    if name == MARK:
        field = FileField(label, description=hint)
    elif name in CHOICES:
        choices = [SelectChoice(code, settings_words.value(name, code)) for code in CHOICES[name]]
        kind = SelectField if name in IN_A_LIST else RadioField
        field = kind(label, choices=choices, description=hint, validate_choice=False)
    else:
        field = StringField(label, description=hint)
    form_class = type("OneSetting", (SettingForm,), {"value": field})
    value = details.value if written is None else written
    form = form_class(
        prefix=f"{name}-", data={"value": value, "setting": name, "seen": details.seen}
    )
    return form  # type: ignore[no-any-return]


@office.get(ADDRESS)
@requires(Permission.ADMINISTER, Permission.READ_ALL)
def settings(body: str) -> ResponseReturnValue:
    return _render(find_body(body))


@office.post(ADDRESS)
@requires(Permission.ADMINISTER)
@begins_reading
def change_setting(body: str) -> ResponseReturnValue:
    """Makes the change whose effect was shown; else shows it."""
    found = find_body(body)
    written_names = (name for name in DEFAULTS if f"{name}-value" in request.form)
    name = next((name for name in written_names if name != MARK), None)
    if name is None:
        return _render(found), HTTPStatus.UNPROCESSABLE_ENTITY
    details = load_settings(db.session(), found.context)[name]
    written = request.form.get(f"{name}-value", "")
    value = normalized(name, written)
    form = make_form(details, written=written)
    mistake = _mistake(details, value)
    if mistake:
        form.value.errors = [mistake]
        row = SettingRow(details=details, form=form, is_open=True)
        return _render(found, row), HTTPStatus.UNPROCESSABLE_ENTITY
    seen = whole_number(request.form.get(f"{name}-seen"))
    if seen != details.seen:
        row = SettingRow(details=details, form=form, is_open=True, changed_meanwhile=True)
        return _render(found, row), HTTPStatus.CONFLICT
    if request.form.get("make") != value:
        silence = (
            preview_silence(db.session(), found.context, int(value), found.today)
            if name == "silence_days"
            else None
        )
        row = SettingRow(details=details, form=form, is_open=True, previewed=value, silence=silence)
        return _render(found, row)
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now(), seen)
            with withheld.change_of_setting(context, current_settings(), name, value) as reports:
                bodies.set_setting(context, name, value)
    except Refused as refused:
        if refused.code is Refusal.REPORT_PREFIX_IS_TAKEN:
            form.value.errors = [refusal_sentence(refused.code)]
            row = SettingRow(details=details, form=form, is_open=True)
            return _render(find_body(body), row), HTTPStatus.UNPROCESSABLE_ENTITY
        if refused.code is not Refusal.CHANGED_MEANWHILE:
            raise
        found = find_body(body)
        details = load_settings(db.session(), found.context)[name]
        form = make_form(details, written=written)
        row = SettingRow(details=details, form=form, is_open=True, changed_meanwhile=True)
        return _render(found, row), HTTPStatus.CONFLICT
    reports.after_commit(db.session(), current_settings())
    flash(
        _(
            "%(setting)s: %(value)s from today on.",
            setting=settings_words.title(name),
            value=settings_words.value(name, value),
        )
    )
    if reports.reports:
        flash(withholding_words.issued_anew(reports.reports))
    address = url_for("office.settings", body=body, _anchor=f"setting-{name}")
    return redirect(address, HTTPStatus.SEE_OTHER)


@office.post(f"{ADDRESS}/mark")
@requires(Permission.ADMINISTER)
@begins_reading
def change_mark(body: str) -> ResponseReturnValue:
    """Another mark, or none. The bytes lie among the files before the act that names them."""
    found = find_body(body)
    details = load_settings(db.session(), found.context)[MARK]
    form = make_form(details)
    row = SettingRow(details=details, form=form, is_open=True)
    value = ""
    if "remove" not in request.form:
        file = request.files.get(f"{MARK}-value")
        try:
            content, mark = marks.take(file.stream.read() if file else b"")
        except marks.NotAMark as unfit:
            form.value.errors = [settings_words.unfit_mark(unfit.why)]
            return _render(found, row), HTTPStatus.UNPROCESSABLE_ENTITY
        store.keep(current_settings().files, content)
        value = mark.stored
    if value == details.value:
        form.value.errors = [_("It is so already: choose another file, or leave it.")]
        return _render(found, row), HTTPStatus.UNPROCESSABLE_ENTITY
    seen = whole_number(request.form.get(f"{MARK}-seen"))
    try:
        need(seen == details.seen, Refusal.CHANGED_MEANWHILE)
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now(), seen)
            bodies.set_setting(context, MARK, value)
    except Refused as refused:
        if refused.code is not Refusal.CHANGED_MEANWHILE:
            raise
        found = find_body(body)
        details = load_settings(db.session(), found.context)[MARK]
        row = SettingRow(
            details=details, form=make_form(details), is_open=True, changed_meanwhile=True
        )
        return _render(found, row), HTTPStatus.CONFLICT
    flash(_("The mark shows on every page now.") if value else _("The mark is taken away."))
    address = url_for("office.settings", body=body, _anchor=f"setting-{MARK}")
    return redirect(address, HTTPStatus.SEE_OTHER)


def _mistake(details: SettingDetails, value: str) -> str | None:
    """What is wrong with this value, in a sentence."""
    if details.settled:
        return _("Amounts are on record in this currency, so it cannot be changed any more.")
    if not sound(details.name, value):
        return settings_words.mend(details.name)
    if value == details.value:
        return _("It is so already: write another value, or leave it.")
    return None


def _render(found: OfficeTarget, acted_on: SettingRow | None = None) -> str:
    details = load_settings(db.session(), found.context)
    rows = {
        name: acted_on
        if acted_on and acted_on.details.name == name
        else SettingRow(details=setting, form=make_form(setting))
        for name, setting in details.items()
    }
    return render_template(
        "office/settings.html",
        body=found.context.body,
        people=found.context.people,
        rows=rows,
        acted_on=acted_on,
        today=found.today,
        began=found.context.record_began,
        funds=len(funds_in_force(db.session(), found.context.conventions)),
        rosters=[(roster, len(names_of(found.context, roster).offered)) for roster in Roster],
        changes=sum(len(setting.earlier) for setting in details.values()),
        factors=body_people.count_factors(db.session(), found.body_id, now(), found.target.zone),
        may_change=is_permitted(found.actor, Permission.ADMINISTER),
    )
