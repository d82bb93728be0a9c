"""The forms of an item's text: its versions, and the clauses into which it is divided."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import request
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField
from wtforms import TextAreaField as AreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import items
from tracker.acts.act_context import ActContext
from tracker.acts.items import NewVersion
from tracker.formatting import labels
from tracker.forms.fields import DayField, add_error, text_of
from tracker.forms.record_form import LONGEST_TEXT, RefusalPlace, RefusalPlaces
from tracker.reading.office_item import OfficeItem
from tracker.record.items import Item, Recommendation, Version
from tracker.rules.codes import Stage
from tracker.rules.facts import Fact, RecommendationFact, VersionFact
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, chosen_later, known_day

MOST_CLAUSES = 40
FIRST_ROWS = 3  # of a form of clauses that is shown for the first time


class TextVersionForm(FactForm):
    NAME = "version"
    TITLE = _l("Add a version")
    VERB = _l("Record it")
    DONE = _l("The version is on record. Of each kind of version the newest counts.")
    LAYOUT = (("stage", "on"), ("title",), ("words",), ("rationale",), ("truncated",))
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("on"),
    }
    TABLE = Version
    KIND = "versions"
    CORRECTION = _l("Correct a version")
    stage = SelectField(_l("Which one"), default="")
    on = DayField(_l("On"), description=_l("Empty: the day of the convention’s items."))
    title = StringField(_l("Title"), [Length(max=500)])
    words = AreaField(_l("Words"), [Length(max=LONGEST_TEXT)])
    rationale = AreaField(_l("The maker’s rationale"), [Length(max=LONGEST_TEXT)])
    truncated = BooleanField(_l("The source cuts the text off"))

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, VersionFact)
        return {
            "stage": fact.stage,
            "on": known_day(fact),
            "title": fact.title,
            "words": fact.words,
            "rationale": fact.rationale,
            "truncated": fact.truncated,
        }

    def offer(self) -> None:
        stages = [SelectChoice(stage.value, labels.stage(stage)) for stage in Stage]
        self.stage.choices = [chosen_later(), *stages]

    def check(self) -> None:
        self.need(self.stage, _l("Choose which version it is"))
        self.ask(need_day_reached, self.on.data, self.item.page.as_of)
        if not text_of(self.title):
            self.need(self.words, _l("Write its words, or its title"))

    def record(self, context: ActContext, row: Item) -> None:
        version = NewVersion(
            words=text_of(self.words) or None,
            title=text_of(self.title) or None,
            rationale=text_of(self.rationale) or None,
            stage=Stage(self.stage.data),
            truncated=bool(self.truncated.data),
        )
        items.add_version(
            context, row, version, self.on.data, corrects=self.wrong(context, Version)
        )


class RecommendationForm(FactForm):
    NAME = "recommendation"
    TITLE = _l("Add a board’s recommendation")
    VERB = _l("Record it")
    DONE = _l("The recommendation is on record. It is a board’s advice, and no floor action.")
    LAYOUT = (("words",),)
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.NEEDS_WORDS: RefusalPlace("words", _l("Write what the board recommended")),
    }
    TABLE = Recommendation
    KIND = "recommendations"
    CORRECTION = _l("Correct a recommendation")
    words = AreaField(
        _l("What the board recommended"),
        [Length(max=LONGEST_TEXT)],
        description=_l("As published. The newest is shown."),
    )

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, RecommendationFact)
        return {"words": fact.words}

    def check(self) -> None:
        if not text_of(self.words):
            add_error(self.words, _l("Write what the board recommended"))

    def record(self, context: ActContext, row: Item) -> None:
        corrects = self.wrong(context, Recommendation)
        items.recommend(context, row, text_of(self.words), corrects=corrects)


class ClauseRowForm(Form):
    words = AreaField(_l("In the item’s words"), [Length(max=LONGEST_TEXT)])
    addressee = StringField(_l("Addressed to"), [Length(max=200)])
    declaration = BooleanField(_l("A declaration: made by its adoption, nothing to carry out"))


class ClausesForm(FactForm):
    """All clauses at once: they take the place of those before."""

    NAME = "clauses"
    TITLE = _l("Divide it into clauses")
    VERB = _l("Record the clauses")
    DONE = _l("The clauses are on record.")
    LAYOUT = (("parts",),)
    NOT_OFFERED = Refusal.CLAIMS_WERE_MADE
    ENTRY_LAYOUT = (("words",), ("addressee",), ("declaration",))
    MORE = _l("One more clause")
    parts = FieldList(FormField(ClauseRowForm), _l("Clauses"), max_entries=MOST_CLAUSES)

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_govern and not item.facts.entries

    def offer(self) -> None:
        if self.is_sent:
            return
        if self.item.clauses:
            for clause in self.item.facts.clauses:
                self.parts.append_entry(clause)
        while len(self.parts) < FIRST_ROWS:
            self.parts.append_entry()

    def grow(self) -> bool:
        """Another row, where the button for it was pressed."""
        is_asked = "more" in request.form and len(self.parts) < MOST_CLAUSES
        if is_asked:
            self.parts.append_entry()
        return is_asked

    def entry_heading(self, number: int) -> str:
        return _("Clause %(number)s", number=number)

    @property
    def written(self) -> list[ClauseRowForm]:
        return [entry.form for entry in self.parts if text_of(entry.form.words)]

    def check(self) -> None:
        if not self.written:
            first = self.parts[0] if len(self.parts) else self.parts.append_entry()
            add_error(first.form.words, _l("Write the words of a clause"))

    def record(self, context: ActContext, row: Item) -> None:
        clauses = self.written
        items.enter_clauses(
            context,
            row,
            [text_of(clause.words) for clause in clauses],
            [number for number, clause in enumerate(clauses, 1) if clause.declaration.data],
            [text_of(clause.addressee) or None for clause in clauses],
        )
