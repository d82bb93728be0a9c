"""Fields of an estimate that its forms share."""

from __future__ import annotations

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts.money import NewEstimate
from tracker.formatting import labels
from tracker.forms.fields import AmountField, add_error, text_of
from tracker.forms.record_form import LONGEST_TEXT
from tracker.rules.codes import Basis, Stage
from tracker.translation import lazy_gettext as _l


class EstimateFields:
    sentence = TextAreaField(
        _l("Sentence as published"),
        [Length(max=LONGEST_TEXT)],
        description=_l("No sentence, no estimate."),
    )
    amount = AmountField(_l("Amount"), render_kw={"inputmode": "decimal"})
    basis = SelectField(_l("Basis"), default=Basis.ADDITIONAL.value)

    def offer_bases(self) -> None:
        self.basis.choices = [SelectChoice(code.value, labels.basis(code)) for code in Basis]

    def check_estimate(self) -> None:
        if not text_of(self.sentence):
            add_error(self.sentence, _l("Write the sentence as it was published"))
        is_free = self.basis.data == Basis.NONE
        if self.amount.amount is not None and self.amount.amount < 0:
            add_error(self.amount, _l("An estimate is not below zero"))
        if is_free and self.amount.amount:
            add_error(self.amount, _l("With no cost, leave the amount empty"))
        if self.basis.data == Basis.ADDITIONAL and not self.amount.data and not self.amount.errors:
            add_error(self.amount, _l("Write the amount, or choose “not said”"))

    def stated_estimate(self, stage: Stage) -> NewEstimate:
        return NewEstimate(
            sentence=text_of(self.sentence),
            basis=Basis(self.basis.data),
            amount=self.amount.amount,
            stage=stage,
        )
