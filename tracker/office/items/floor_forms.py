"""The form of what the floor did."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, NumberRange, Optional

from tracker.acts import floor
from tracker.acts.act_context import ActContext
from tracker.acts.floor import Referral, VoteCount
from tracker.formatting import labels
from tracker.forms.fields import DayField, add_error, text_of
from tracker.forms.record_form import RefusalPlace, RefusalPlaces
from tracker.record.items import FloorAction, Item
from tracker.rules.codes import Effect, Floor, Purpose
from tracker.rules.facts import Fact, FloorActionFact
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, chosen_later, clause_field, key_of, known_day

LARGEST_COUNT = 1_000_000


def count_field(label: str) -> IntegerField:
    return IntegerField(
        label,
        [Optional(), NumberRange(0, LARGEST_COUNT, _l("Write a number from 0 to 1,000,000"))],
        render_kw={"inputmode": "numeric"},
    )


class FloorActionForm(FactForm):
    NAME = "floor-action"
    TITLE = _l("Add a floor action")
    VERB = _l("Record it")
    DONE = _l("The floor action is on record.")
    LAYOUT = (("action", "on"), ("clause",))
    FOLDED = (
        (_l("Referred to whom, and for what"), (("unit", "purpose", "decides_by"), ("words_to",))),
        (
            _l("Vote, sitting and note"),
            (("votes_for", "votes_against", "abstained"), ("by_voice",), ("session", "note")),
        ),
    )
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("on"),
        Refusal.IS_CLOSED: RefusalPlace("unit"),
        Refusal.OTHERS_POINT_AT_IT: RefusalPlace(
            "action", _l("A unit decided on this referral: correct or take back its decision first")
        ),
    }
    TABLE = FloorAction
    KIND = "floor"
    CORRECTION = _l("Correct a floor action")
    action = SelectField(_l("Action"), default="")
    on = DayField(_l("On"), description=_l("Empty: the day is not known."))
    clause = clause_field()
    unit = SelectField(_l("Unit"), default="")
    purpose = SelectField(_l("For"), default=Purpose.DECISION.value)
    decides_by = DayField(_l("To be decided by"))
    words_to = StringField(
        _l("Or in the words of the list, where it names no unit"), [Length(max=200)]
    )
    votes_for = count_field(_l("Votes for"))
    votes_against = count_field(_l("Against"))
    abstained = count_field(_l("Abstained"))
    by_voice = BooleanField(_l("By voice"))
    session = StringField(_l("Sitting"), [Length(max=120)])
    note = StringField(_l("Note, or the item with which it was consolidated"), [Length(max=2000)])

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, FloorActionFact)
        return {
            "action": fact.action,
            "on": known_day(fact),
            "clause": self.scope_of(fact.clause_id),
            "unit": self.unit_of(fact.unit_id),
            "purpose": fact.purpose or Purpose.DECISION,
            "decides_by": fact.decides_by,
            "words_to": fact.referred_to,
            "votes_for": fact.votes_for,
            "votes_against": fact.votes_against,
            "abstained": fact.abstained,
            "by_voice": fact.by_voice,
            "session": fact.session,
            "note": fact.note,
        }

    def offer(self) -> None:
        self.offer_scopes(self.all_scopes)
        self.action.choices = [
            chosen_later(),
            *(SelectChoice(code.value, labels.floor(code)) for code in Floor),
        ]
        self.unit.choices = [SelectChoice("", _("No unit")), *self.offered_units]
        self.purpose.choices = [SelectChoice(code.value, labels.purpose(code)) for code in Purpose]

    @property
    def refers(self) -> bool:
        return self.action.data in list(Floor) and Floor(self.action.data).effect is Effect.REFERS

    def check(self) -> None:
        self.need(self.action, _l("Choose what the floor did"))
        self.ask(need_day_reached, self.on.data, self.item.page.as_of)
        if not self.refers and (self.unit.data or text_of(self.words_to) or self.decides_by.data):
            add_error(self.action, _l("Only what was referred or remitted has a receiver"))

    def record(self, context: ActContext, row: Item) -> None:
        floor.record_floor_action(
            context,
            row,
            Floor(self.action.data),
            self.on.data,
            position=None,
            clause_id=self.clause_id,
            referral=self._referral() if self.refers else None,
            vote=VoteCount(
                votes_for=self.votes_for.data,
                votes_against=self.votes_against.data,
                abstained=self.abstained.data,
                by_voice=bool(self.by_voice.data),
            ),
            session=text_of(self.session) or None,
            note=text_of(self.note) or None,
            corrects=self.wrong(context, FloorAction),
        )

    def _referral(self) -> Referral:
        return Referral(
            unit_id=key_of(self.unit),
            purpose=Purpose(self.purpose.data),
            decides_by=self.decides_by.data,
            referred_to=text_of(self.words_to) or None,
        )
