"""The forms of what changed: stating an outcome, releasing it, and what a meeting confirmed."""

from __future__ import annotations

from typing import ClassVar

from wtforms import BooleanField, SelectField, StringField, TextAreaField, URLField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import meetings, outcomes
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import AS_THE_AUTHOR_ASKED, NewEvidence, Opening
from tracker.current_settings import current_settings
from tracker.files import pictures, public_copies
from tracker.formatting import labels, office_item_words
from tracker.forms.fields import DayField, add_error, is_web_address, text_of
from tracker.forms.record_form import LONGEST_TEXT, RefusalPlace, RefusalPlaces
from tracker.reading.item_models import OutcomeDetails
from tracker.reading.office_item import OfficeItem
from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.rules.codes import EvidenceKind, Level, Result
from tracker.rules.item_facts import Facts
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, chosen_later

LONGEST_TITLE = 200  # characters


class OutcomeForm(FactForm):
    NAME = "outcome"
    TITLE = _l("Add an outcome")
    VERB = _l("Record it")
    DONE = _l("The outcome is on record. It shows to members once it is released.")
    LAYOUT = (("level", "observed_on"), ("words",), ("tie",), ("url", "link_title"), ("opens",))
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("observed_on"),
        Refusal.NEEDS_WORDS: RefusalPlace("words", _l("Say in a sentence what changed")),
        Refusal.NEEDS_THE_TIE: RefusalPlace("tie"),
    }
    level = SelectField(_l("What it says"), default="")
    observed_on = DayField(_l("Observed on"))
    words = TextAreaField(_l("What changed"), [Length(max=LONGEST_TEXT)])
    tie = TextAreaField(
        _l("What ties it to the item"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Named contracts, a vote, a count before and after."),
    )
    url = URLField(_l("Link to the evidence"), [Length(max=2000)])
    link_title = StringField(_l("What it shows"), [Length(max=LONGEST_TITLE)])
    opens = BooleanField(_l("Members may open it"), default=True)

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_assign

    def offer(self) -> None:
        levels = [SelectChoice(level.value, labels.level(level)) for level in Level]
        self.level.choices = [chosen_later(), *levels]

    def check(self) -> None:
        self.need(self.level, _l("Choose what it says"))
        self.need(self.observed_on, _l("Write the day on which it was observed"))
        self.need(self.words, _l("Say in a sentence what changed"))
        self.ask(need_day_reached, self.observed_on.data, self.item.page.as_of)
        if text_of(self.url) and not is_web_address(text_of(self.url)):
            add_error(self.url, _l("A link begins with https:// or http://"))

    def record(self, context: ActContext, row: Item) -> None:
        assert self.observed_on.data is not None  # it was validated
        outcomes.state(
            context,
            row,
            Level(self.level.data),
            text_of(self.words),
            self.observed_on.data,
            text_of(self.tie) or None,
            self._evidence(),
        )

    def _evidence(self) -> list[NewEvidence]:
        url = text_of(self.url)
        if not url:
            return []
        title = text_of(self.link_title) or url.split("://", 1)[-1].rstrip("/")[:LONGEST_TITLE]
        internal = not self.opens.data
        return [NewEvidence(kind=EvidenceKind.LINK, title=title, url=url, internal=internal)]


class OfAnOutcomeForm(FactForm):
    """Something that is done with one of the item's outcomes."""

    outcome = SelectField(_l("Outcome"), default="")

    @classmethod
    def outcomes(cls, item: OfficeItem) -> list[OutcomeDetails]:
        """Those of which it can be done. For forms to override."""
        return []

    def offer(self) -> None:
        choices = [
            SelectChoice(str(outcome.id), office_item_words.outcome(outcome))
            for outcome in self.outcomes(self.item)
        ]
        self.outcome.choices = [chosen_later(), *choices]

    def row_of(self, context: ActContext) -> Outcome:
        return context.session.get_one(Outcome, int(self.outcome.data))


class ReleaseOutcomeForm(OfAnOutcomeForm):
    NAME = "release-outcome"
    TITLE = _l("Release an outcome")
    VERB = _l("Release it")
    DONE = _l("The outcome is released. It counts as the answer once it is confirmed.")
    LAYOUT = (("outcome",),)
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.NOT_YOUR_OWN: RefusalPlace("outcome"),
        Refusal.ALREADY_RELEASED: RefusalPlace("outcome"),
    }

    opening = AS_THE_AUTHOR_ASKED

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_assign and bool(cls.outcomes(item))

    @classmethod
    def outcomes(cls, item: OfficeItem) -> list[OutcomeDetails]:
        return [outcome for outcome in item.page.outcomes if outcome.waiting]

    def offer(self) -> None:
        super().offer()
        self.outcome.description = _(
            "Of a picture members get a copy without its place and camera; where none can be made, "
            "it stays for staff."
        )

    def check(self) -> None:
        self.need(self.outcome, _l("Choose the outcome"))
        if self.outcome.data and not self.outcome.errors:
            self.opening = _opening(self.item.facts, int(self.outcome.data))

    def record(self, context: ActContext, row: Item) -> None:
        outcomes.release(context, row, self.row_of(context), self.opening)


def _opening(facts: Facts, outcome_id: int) -> Opening:
    """What its author lets members open; of pictures a copy."""
    stays_inside: set[int] = set()
    copies: dict[str, str] = {}
    for evidence in facts.evidence:
        if evidence.outcome_id != outcome_id:
            continue
        if evidence.internal:
            stays_inside.add(evidence.id)
        elif evidence.sha256 and pictures.needs_copy(evidence.media_type or ""):
            try:
                copies[evidence.sha256] = public_copies.keep_copy(
                    current_settings().files, evidence.sha256, evidence.media_type or ""
                )
            except (ValueError, FileNotFoundError):
                stays_inside.add(evidence.id)
    return Opening(stays_inside, copies)


class ConfirmedOutcomeForm(OfAnOutcomeForm):
    """A meeting's confirmation, which the office records."""

    NAME = "confirmed-outcome"
    TITLE = _l("Record that a meeting confirmed an outcome")
    VERB = _l("Record the confirmation")
    DONE = _l("The confirmation is on record.")
    LAYOUT = (("outcome",), ("meeting", "met_on"), ("minutes",))
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("met_on"),
        Refusal.NOT_FROM_THERE: RefusalPlace("outcome"),
        Refusal.NOT_RELEASED: RefusalPlace("outcome"),
    }
    meeting = StringField(
        _l("Which body met"), [Length(max=200)], description=_l("As “the audit committee”.")
    )
    met_on = DayField(_l("On"))
    minutes = StringField(_l("Minutes: an address, or where they are"), [Length(max=2000)])

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_govern and bool(cls.outcomes(item))

    @classmethod
    def outcomes(cls, item: OfficeItem) -> list[OutcomeDetails]:
        return [
            outcome
            for outcome in item.page.outcomes
            if not outcome.waiting and outcome.confirmation is None
        ]

    def check(self) -> None:
        self.need(self.outcome, _l("Choose the outcome"))
        self.need(self.meeting, _l("Write which body met"))
        self.need(self.met_on, _l("Write the day of the meeting"))
        self.need(self.minutes, _l("Say where its minutes are"))
        self.ask(need_day_reached, self.met_on.data, self.item.page.as_of)

    def record(self, context: ActContext, row: Item) -> None:
        assert self.met_on.data is not None  # it was validated
        minutes = text_of(self.minutes)
        is_link = is_web_address(minutes)
        meetings.decide_by_meeting(
            context,
            meetings.NewMeeting(
                name=text_of(self.meeting),
                met_on=self.met_on.data,
                words=None if is_link else minutes,
                url=minutes if is_link else None,
            ),
            [meetings.OutcomeDecision(outcome_id=int(self.outcome.data), result=Result.CONFIRMED)],
        )
