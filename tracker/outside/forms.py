"""The form by which somebody from outside answers: one decision on each thing that is asked."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts.outside_requests import NewAnswer
from tracker.forms.fields import add_error, choice_of, text_of
from tracker.forms.record_form import LONGEST_TEXT
from tracker.reading.outside_packet import Asked
from tracker.rules import outside_requests as rules
from tracker.rules.codes import OutsideDecision
from tracker.rules.outside_requests import RESULTS
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l


class DecisionForm(Form):
    """What is said of one claim or outcome; none of the three is preset."""

    subject = IntegerField(render_kw={"type": "hidden"})
    seen = IntegerField(render_kw={"type": "hidden"})
    decision = RadioField(
        _l("Decision"),
        choices=[
            SelectChoice(OutsideDecision.CONFIRMED.value, _l("Confirm.")),
            SelectChoice(OutsideDecision.RETURNED.value, _l("Return.")),
            SelectChoice(OutsideDecision.CANNOT_SAY.value, _l("I cannot say.")),
        ],
        validate_choice=False,
        default="",
    )
    reason = TextAreaField(
        _l("Reason, or note on what you looked at"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Needed when you return. Read by the office’s staff only."),
    )

    @property
    def answer(self) -> OutsideDecision | None:
        code = choice_of(self.decision, tuple(OutsideDecision))
        return OutsideDecision(code) if code else None

    def check(self) -> None:
        if self.answer is None:
            add_error(self.decision, _("Choose one of the three"))
            return
        try:
            rules.need_reason(self.answer, self.reason.data)
        except Refused:
            add_error(self.reason, _("Say what the evidence does not show yet"))


class PacketForm(Form):
    """The decisions on all that one link asks."""

    subjects = FieldList(FormField(DecisionForm))
    took_no_part = BooleanField(_l("I took no part in carrying these out"))

    def check(self) -> bool:
        """Whether each is decided, and whoever decides took no part in it."""
        is_sound = self.validate()
        decided = False
        for form in self.decision_forms:
            form.check()
            decided |= form.answer in RESULTS
        if decided and not self.took_no_part.data:
            add_error(
                self.took_no_part,
                _("Tick this, or say of each that you cannot say: who took part does not confirm"),
            )
        return is_sound and not self.took_no_part.errors and not self.subjects_with_errors

    @property
    def decision_forms(self) -> Sequence[DecisionForm]:
        return [entry.form for entry in self.subjects]

    @property
    def subjects_with_errors(self) -> Sequence[DecisionForm]:
        return [form for form in self.decision_forms if form.errors]

    @property
    def answers(self) -> Sequence[NewAnswer]:
        """Of a form that is checked."""
        return [
            NewAnswer(
                subject_id=form.subject.data or 0,
                decision=form.answer,
                reason=text_of(form.reason) or None,
                seen=form.seen.data,
            )
            for form in self.decision_forms
            if form.answer is not None
        ]

    def answers_all(self, asked: Sequence[Asked]) -> bool:
        """Whether it is about all that still waits, and about nothing else."""
        return {form.subject.data for form in self.decision_forms} == {
            subject.subject for subject in asked
        }


def blank_form(asked: Sequence[Asked]) -> PacketForm:
    rows = [{"subject": subject.subject, "seen": subject.seen} for subject in asked]
    return PacketForm(data={"subjects": rows})


def form_again(asked: Sequence[Asked], sent: MultiDict[str, str]) -> PacketForm:
    """For what still waits, with what was chosen and written of it before, to be sent again."""
    before = {form.subject.data: form for form in PacketForm(sent).decision_forms}
    rows = []
    for subject in asked:
        row: dict[str, object] = {"subject": subject.subject, "seen": subject.seen}
        if subject.subject in before:
            form = before[subject.subject]
            row |= {"decision": form.decision.data, "reason": form.reason.data}
        rows.append(row)
    return PacketForm(data={"subjects": rows, "took_no_part": "took_no_part" in sent})
