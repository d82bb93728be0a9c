"""The forms of an item's money: an estimate, and what was appropriated or cut."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from babel.numbers import format_decimal
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import money
from tracker.acts.act_context import ActContext
from tracker.formatting import labels
from tracker.forms.fields import AmountField, DayField, add_error, text_of
from tracker.forms.record_form import RefusalPlace, RefusalPlaces
from tracker.record.items import Item
from tracker.record.money import Appropriation, Estimate
from tracker.rules import item_preconditions
from tracker.rules.codes import Basis, Stage
from tracker.rules.facts import AppropriationFact, EstimateFact, Fact
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import current_locale
from tracker.translation import lazy_gettext as _l

from .estimate_fields import EstimateFields
from .fact_form import FactForm, known_day

RAISE, CUT = "raise", "cut"


class EstimateForm(EstimateFields, FactForm):
    NAME = "estimate"
    TITLE = _l("Add an estimate")
    VERB = _l("Record it")
    DONE = _l("The estimate is on record.")
    LAYOUT = (("sentence",), ("amount", "basis", "stage"))
    FOLDED = ((_l("On what it rests"), (("conditional",), ("assumption", "budget"))),)
    TABLE = Estimate
    KIND = "estimates"
    CORRECTION = _l("Correct an estimate")
    stage = SelectField(_l("Of the version"), default=Stage.AS_PUBLISHED.value)
    conditional = BooleanField(_l("It depends on a condition"))
    assumption = StringField(_l("What it assumes"), [Length(max=2000)])
    budget = StringField(_l("Plan or budget that it names"), [Length(max=120)])

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, EstimateFact)
        return {
            "sentence": fact.sentence,
            "amount": _written(None if fact.basis is Basis.NONE else fact.amount),
            "basis": fact.basis,
            "stage": fact.stage,
            "conditional": fact.conditional,
            "assumption": fact.assumption,
            "budget": fact.budget,
        }

    def offer(self) -> None:
        self.offer_bases()
        self.stage.choices = [SelectChoice(stage.value, labels.stage(stage)) for stage in Stage]

    def check(self) -> None:
        self.check_estimate()

    def record(self, context: ActContext, row: Item) -> None:
        estimate = replace(
            self.stated_estimate(Stage(self.stage.data)),
            conditional=bool(self.conditional.data),
            assumption=text_of(self.assumption) or None,
            budget=text_of(self.budget) or None,
        )
        money.estimate(context, row, estimate, corrects=self.wrong(context, Estimate))


class AppropriationForm(FactForm):
    NAME = "appropriation"
    TITLE = _l("Add an appropriation")
    VERB = _l("Record it")
    DONE = _l("The appropriation is on record.")
    LAYOUT = (("change",), ("amount", "on"), ("fund", "decided_by"))
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("on"),
        Refusal.CUT_BELOW_NOTHING: RefusalPlace("amount"),
    }
    TABLE = Appropriation
    KIND = "appropriations"
    CORRECTION = _l("Correct an appropriation")
    change = RadioField(
        _l("What was decided"),
        choices=[
            SelectChoice(RAISE, _l("Money was set aside, or more of it")),
            SelectChoice(CUT, _l("What was set aside was cut")),
        ],
        default=RAISE,
    )
    amount = AmountField(
        _l("Amount"), description=_l("By how much."), render_kw={"inputmode": "decimal"}
    )
    on = DayField(_l("On"), description=_l("The day of the decision."))
    fund = StringField(_l("Fund"), [Length(max=200)])
    decided_by = StringField(_l("Decided by"), [Length(max=200)])

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, AppropriationFact)
        return {
            "change": CUT if fact.amount < 0 else RAISE,
            "amount": _written(abs(fact.amount)),
            "on": known_day(fact),
            "fund": fact.fund,
            "decided_by": fact.decided_by,
        }

    def check(self) -> None:
        self.need(self.amount, _l("Write the amount"))
        self.need(self.on, _l("Write the day of the decision"))
        self.need(self.fund, _l("Name the fund or the budget"))
        self.ask(need_day_reached, self.on.data, self.item.page.as_of)
        amount = self.amount.amount
        if amount is None:
            return
        if amount <= 0:
            add_error(self.amount, _l("Write an amount above zero, and choose what was decided"))
        elif self.change.data == CUT:
            self.ask(item_preconditions.appropriate, self.facts, -amount)

    def record(self, context: ActContext, row: Item) -> None:
        assert self.amount.amount is not None and self.on.data is not None  # it was validated
        is_cut = self.change.data == CUT
        amount = -self.amount.amount if is_cut else self.amount.amount
        money.appropriate(
            context,
            row,
            text_of(self.fund),
            amount,
            self.on.data,
            text_of(self.decided_by) or None,
            corrects=self.wrong(context, Appropriation),
        )


def _written(amount: Decimal | None) -> str:
    """As people write it."""
    return "" if amount is None else format_decimal(amount, "0.00", locale=current_locale())
