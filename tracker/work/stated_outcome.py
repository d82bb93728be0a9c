"""Stating an outcome with its evidence: by those who log on the item, and by the office for all."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import ClassVar

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.accounts.access import begins_reading, requires, writing
from tracker.accounts.body_limits import takes_files
from tracker.acts import drafts, outcomes
from tracker.formatting import labels
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import DayField, add_error, text_of
from tracker.forms.record_form import LONGEST_TEXT, RefusalPlace, RefusalPlaces
from tracker.reading.entries import LoggableItem
from tracker.rules.codes import Level
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import ITEM_ADDRESS, work
from .entry_files import (
    KeptFiles,
    evidence_of,
    keep_new_files,
    kept_files,
    refuse_pictures_without_copy,
)
from .entry_page import load_loggable
from .evidence_form import EvidenceForm
from .targets import ItemTarget, find_item, staff_address


class StatedOutcomeForm(EvidenceForm):
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("observed_on"),
        Refusal.NEEDS_WORDS: RefusalPlace("words", _l("Say in a sentence what changed")),
        Refusal.NEEDS_THE_TIE: RefusalPlace("tie"),
    }
    level = SelectField(_l("What it says"), default="")
    observed_on = DayField(_l("Observed on"), description=_l("The day on which it was seen."))
    words = TextAreaField(_l("What changed"), [Length(max=LONGEST_TEXT)])
    tie = TextAreaField(
        _l("What ties it to the item"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Named contracts, a vote, a count before and after."),
    )
    seen = HiddenField()

    def set_item(self, item: LoggableItem) -> None:
        levels = [SelectChoice(level.value, labels.level(level)) for level in Level]
        self.level.choices = [SelectChoice("", _("Choose one")), *levels]
        if not self.links.entries:
            self.links.append_entry()
        if not self.is_submitted():
            self.seen.data = str(item.newest_event)

    def check(self) -> None:
        for field, sentence in (
            (self.level, _l("Choose what it says")),
            (self.observed_on, _l("Write the day on which it was observed")),
        ):
            if not field.data and not field.errors:
                add_error(field, sentence)
        if not text_of(self.words):
            add_error(self.words, _l("Say in a sentence what changed"))
        if self.level.data == Level.CHANGE_FOLLOWED and not text_of(self.tie):
            self.show_refusal(Refusal.NEEDS_THE_TIE)


@work.route(f"{ITEM_ADDRESS}/outcome", methods=["GET", "POST"])
@takes_files
@requires(Permission.LOG)
@begins_reading
def state_outcome(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    """Shows the form, and does what its button says: add a file or a link, or state it."""
    target = find_item(body, convention_slug, spelling)
    item = load_loggable(target)
    form = StatedOutcomeForm()
    if request.method == "GET":
        form.set_item(item)
        return _render(item, form, [])
    keep_new_files(target, form)
    form.set_item(item)
    files = kept_files(target, form)
    if "add" in request.form or "drop" in request.form:
        if "link" in request.form.getlist("add"):
            form.links.append_entry()
        bad = HTTPStatus.UNPROCESSABLE_ENTITY
        return _render(item, form, files, bad if form.files.errors else HTTPStatus.OK)
    return _state(target, item, form, files)


def _state(
    target: ItemTarget, item: LoggableItem, form: StatedOutcomeForm, files: KeptFiles
) -> ResponseReturnValue:
    form.validate()
    form.ask(need_day_reached, form.observed_on.data, target.today)
    refuse_pictures_without_copy(files)
    if form_errors(form) or form.observed_on.data is None:
        return _render(item, form, files, HTTPStatus.UNPROCESSABLE_ENTITY)
    evidence = [*evidence_of(files), *form.new_links(internal=False)]
    try:
        with writing() as session:
            context, row = target.context(session, form.seen.data), target.item(session)
            outcomes.state(
                context,
                row,
                Level(form.level.data),
                text_of(form.words),
                form.observed_on.data,
                text_of(form.tie) or None,
                evidence,
            )
            drafts.taken_up(context, row, [upload.id for upload, _file_form in files])
    except Refused as refused:
        errors = [] if form.show_refusal(refused.code) else [refusal_sentence(refused.code)]
        return _render(item, form, files, HTTPStatus.UNPROCESSABLE_ENTITY, errors)
    flash(_("The outcome is stated. It shows to members once somebody else has released it."))
    return redirect(staff_address(item.item, _anchor="h-outcomes"), HTTPStatus.SEE_OTHER)


def _render(
    item: LoggableItem,
    form: StatedOutcomeForm,
    files: KeptFiles,
    status: HTTPStatus = HTTPStatus.OK,
    page_errors: Sequence[str] = (),
) -> ResponseReturnValue:
    page = render_template(
        "work/stated_outcome.html",
        item=item,
        form=form,
        files=files,
        body=item.body,
        convention=item.convention,
        page_errors=page_errors,
    )
    return page, status
