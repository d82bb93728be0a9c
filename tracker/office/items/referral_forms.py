"""The form of what a unit decided about an item that was referred to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel.speaklater import LazyString
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import floor
from tracker.acts.act_context import ActContext
from tracker.formatting import labels
from tracker.forms.fields import DayField, text_of
from tracker.forms.record_form import LONGEST_TEXT, RefusalPlace, RefusalPlaces
from tracker.reading.office_item import OfficeItem
from tracker.record.items import Item, ReferralDecision
from tracker.rules.codes import Decision, Effect
from tracker.rules.facts import Fact, ReferralDecisionFact, floor_newest_first
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, chosen_later, clause_field


class ReferralDecisionForm(FactForm):
    NAME = "decision"
    TITLE = _l("Decision of the receiving unit")
    VERB = _l("Record the decision")
    DONE = _l("The decision is on record.")
    LAYOUT = (("decision",), ("unit", "on"), ("clause",), ("reason",))
    NOT_OFFERED = Refusal.NOT_REFERRED
    NOTES: ClassVar[Mapping[str, LazyString]] = {
        Decision.ACCEPTED.value: _l("The unit has the lead until you assign another"),
        Decision.ACCEPTED_IN_PART.value: _l("The reason says which part"),
        Decision.DECLINED.value: _l("Shown as “considered, and declined”"),
        Decision.REPORTED_BACK.value: _l(
            "Of a referral for report: a claim of done, with the report as evidence"
        ),
    }
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("on"),
        Refusal.NOT_REFERRED: RefusalPlace(
            "on", _l("On that day it had not been referred. Write the day of the decision")
        ),
    }
    TABLE = ReferralDecision
    KIND = "decisions"
    CORRECTION = _l("Correct what a unit decided")
    decision = RadioField(_l("What did it decide?"), default="", validate_choice=False)
    unit = SelectField(_l("Unit"), default="")
    on = DayField(_l("On"))
    clause = clause_field()
    reason = TextAreaField(
        _l("Reason, in the unit’s words"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Published."),
    )

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_govern and any(
            action.action.effect is Effect.REFERS for action in item.facts.floor
        )

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, ReferralDecisionFact)
        return {
            "decision": fact.decision,
            "unit": self.unit_of(fact.unit_id),
            "on": fact.on,
            "clause": self.scope_of(fact.clause_id),
            "reason": fact.reason,
        }

    def offer(self) -> None:
        self.offer_scopes(self.all_scopes)
        self.decision.choices = [
            SelectChoice(code.value, labels.decision(code)) for code in Decision
        ]
        self.unit.choices = [chosen_later(), *self.offered_units]
        if not self.is_open:
            self.unit.data = self._receiver()

    def _receiver(self) -> str:
        """The unit to which the floor referred it last."""
        for action in floor_newest_first(self.item.facts.floor):
            if action.unit_id is not None:
                return str(self.item.unit_names.target(action.unit_id))
        return ""

    def check(self) -> None:
        if self.decision.data not in list(Decision):
            self.decision.data = ""
        self.need(self.decision, _l("Choose what it decided"))
        self.need(self.unit, _l("Choose the unit that decided"))
        self.need(self.on, _l("Write the day of the decision"))
        self.ask(need_day_reached, self.on.data, self.item.page.as_of)

    def record(self, context: ActContext, row: Item) -> None:
        assert self.on.data is not None  # it was validated
        floor.decide(
            context,
            row,
            Decision(self.decision.data),
            int(self.unit.data),
            self.on.data,
            text_of(self.reason) or None,
            self.clause_id,
            corrects=self.wrong(context, ReferralDecision),
        )
