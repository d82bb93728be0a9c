"""The forms by which something is decided: a release or return, a confirmation, a reopening; and
the one that explains a difference of money."""

from __future__ import annotations

from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.forms.fields import add_error, choice_of
from tracker.forms.record_form import LONGEST_TEXT, RecordForm, RefusalPlace, RefusalPlaces
from tracker.rules import entry_preconditions, review_preconditions
from tracker.rules.codes import Result
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import lazy_gettext as _l

RELEASE, RETURN = "release", "return"


class EntryDecisionForm(Form):
    """What is decided about one entry that waits for release."""

    entry = IntegerField(render_kw={"type": "hidden"})
    seen = IntegerField(render_kw={"type": "hidden"})
    decision = RadioField(_l("Your decision"), choices=[], validate_choice=False, default="")
    reason = TextAreaField(
        _l("Reason for sending it back"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Read by staff only."),
    )
    opens = SelectMultipleField(
        _l("Members may open"), coerce=int, choices=[], validate_choice=False
    )

    @property
    def is_release(self) -> bool:
        return bool(self.decision.data == RELEASE)

    @property
    def is_return(self) -> bool:
        return bool(self.decision.data == RETURN)

    def check_reason(self) -> None:
        """A return needs its reason."""
        if not self.is_return:
            return
        try:
            entry_preconditions.need_reason_to_send_back(self.reason.data)
        except Refused:
            add_error(self.reason, _l("Say why it goes back"))

    @property
    def opened_evidence(self) -> set[int]:
        """The keys of the evidence that members may open."""
        return set(self.opens.data or [])


class ReleasesForm(FlaskForm):  # type: ignore[misc]
    """The decisions on all entries of one page."""

    entries = FieldList(FormField(EntryDecisionForm))


class ReviewForm(RecordForm):
    """The confirmer's decision on a claim of done; neither choice is preset."""

    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.NEEDS_A_REASON: RefusalPlace(
            "reason", _l("Say what the evidence does not show yet")
        ),
    }
    decision = RadioField(
        _l("Decision"),
        choices=[
            SelectChoice(Result.CONFIRMED.value, _l("Confirm")),
            SelectChoice(Result.RETURNED.value, _l("Return")),
        ],
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Reason, or note on what you checked"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Needed when you return; read by staff only."),
    )
    seen = HiddenField()

    @property
    def result(self) -> Result | None:
        code = choice_of(self.decision, (Result.CONFIRMED, Result.RETURNED))
        return Result(code) if code else None

    def check(self) -> None:
        if self.result is None:
            add_error(self.decision, _l("Choose one of the two"))
        else:
            self.ask(review_preconditions.need_reason, self.result, self.reason.data)


class ReopenForm(RecordForm):
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {Refusal.NEEDS_A_REASON: RefusalPlace("reason")}
    reason = TextAreaField(
        _l("Why is it reopened?"),
        [Length(max=LONGEST_TEXT)],
        description=_l("For staff. Members read “reopened for better evidence”."),
    )
    seen = HiddenField()

    def check(self) -> None:
        self.ask(review_preconditions.need_reason, Result.REOPENED, self.reason.data)


class ExplainForm(RecordForm):
    """Why more, or less, was spent than was planned."""

    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.NEEDS_WORDS: RefusalPlace("words", _l("Explain it in a sentence")),
    }
    words = TextAreaField(
        _l("Why does it differ?"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Members read it beside the amounts, once it is released."),
    )
    seen = HiddenField()

    def check(self) -> None:
        self.ask(entry_preconditions.need_words, self.words.data)
