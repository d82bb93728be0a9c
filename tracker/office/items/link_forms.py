"""The forms of which item it is, and which other item carries its duty on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import request
from flask_babel.speaklater import LazyString
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import items
from tracker.acts.act_context import ActContext
from tracker.extensions import db
from tracker.formatting import labels, phrases
from tracker.forms.fields import DayField, add_error, text_of
from tracker.forms.record_form import RefusalPlace, RefusalPlaces
from tracker.reading.audience import OFFICE
from tracker.reading.find import find
from tracker.reading.find_models import Hit
from tracker.record.as_of import AsOf
from tracker.record.items import Item, Link
from tracker.rules import item_code
from tracker.rules.facts import Fact, LinkFact
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, clause_field, known_day

ONWARD, BACK = "onward", "back"
MOST_FOUND = 8  # items to choose from


class ItemLinkForm(FactForm):
    """The other item is looked for by number or words, then chosen among those found."""

    NAME = "link"
    TITLE = _l("Link it to another item")
    VERB = _l("Link them")
    DONE = _l("The items are linked.")
    LAYOUT = (("direction",), ("clause",), ("other", "on"), ("target",))
    NOTES: ClassVar[Mapping[str, LazyString]] = {
        ONWARD: _l("This one was merged, superseded, or carried over to a later convention"),
        BACK: _l("This one came from it, or supersedes it"),
    }
    MORE = _l("Find it")
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.LEADS_BACK_TO_ITSELF: RefusalPlace("other"),
        Refusal.NOT_THERE: RefusalPlace("other"),
    }
    TABLE = Link
    KIND = "links"
    CORRECTION = _l("Correct a link")
    direction = RadioField(
        _l("How"),
        choices=[
            SelectChoice(ONWARD, _l("The other item carries the duty of this one on")),
            SelectChoice(BACK, _l("This item carries the duty of the other one on")),
        ],
        default=ONWARD,
    )
    clause = clause_field()
    other = StringField(
        _l("The other item"),
        [Length(max=200)],
        description=_l("Its number with its year, as 2024 nbi 4, or words of it."),
    )
    on = DayField(_l("On"), description=_l("Empty: today."))
    target = RadioField(_l("Which one?"), default="", validate_choice=False)

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, LinkFact)
        return {
            "clause": self.scope_of(fact.clause_id),
            "on": known_day(fact),
            "target": str(fact.target_id),
        }

    def offer(self) -> None:
        self.offer_scopes(self.all_scopes)
        found = {}
        if isinstance(self.corrected, LinkFact):
            del self.direction  # it was recorded of this item, and stays so
            other = self.item.recorded[self.KIND, self.corrected.id].other
            if other is not None:
                found[str(other.id)] = f"{phrases.ref_name(other)}: {other.title}"
        if self.is_sent and text_of(self.other):
            found = {str(hit.row.id): _hit_label(hit) for hit in self._found()}
        self._keys_found = list(found)
        if not found:
            del self.target
            return
        self.target.choices = [SelectChoice(key, label) for key, label in found.items()]
        if len(found) == 1:
            [self.target.data] = found

    def _found(self) -> list[Hit]:
        typed = text_of(self.other)
        if not typed:
            return []
        page = self.item.page
        results = find(db.session(), page.body.id, typed, as_of=AsOf(page.as_of), audience=OFFICE)
        others = [hit for hit in results.hits if hit.row.id != page.id]
        return others[:MOST_FOUND]

    def grow(self) -> bool:
        """The items that were found are to choose from."""
        if "more" not in request.form:
            return False
        if self.target is None:
            self._say_nothing_found()
        return True

    def _say_nothing_found(self) -> None:
        if text_of(self.other):
            add_error(self.other, _l("No other item was found. Try its number, or other words"))
        else:
            add_error(self.other, _l("Write the number of the other item, or words of it"))

    def check(self) -> None:
        self.ask(need_day_reached, self.on.data, self.item.page.as_of, at=self.on)
        if self.target is None:
            self._say_nothing_found()
        elif self.target.data not in self._keys_found:
            add_error(self.target, _l("Choose which one it is"))

    def record(self, context: ActContext, row: Item) -> None:
        other = context.session.get_one(Item, int(self.target.data))
        if self.direction is None or self.direction.data == ONWARD:
            corrects = self.wrong(context, Link)
            items.link(context, row, other, self.on.data, self.clause_id, corrects=corrects)
        else:
            items.link(context, other, row, self.on.data)


def _hit_label(hit: Hit) -> str:
    name = phrases.item_name(hit.row.kind, hit.row.number)
    return _(
        "%(item)s, %(convention)s: %(title)s",
        item=name,
        convention=hit.convention.name,
        title=hit.row.title,
    )


class DesignationForm(FactForm):
    NAME = "designation"
    TITLE = _l("Correct its kind or number")
    VERB = _l("Correct it")
    DONE = _l("It is corrected. The address before leads here.")
    LAYOUT = (("kind", "number"),)
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.ALREADY_THERE: RefusalPlace(
            "number", _l("Another item of this convention has this kind and number")
        ),
        Refusal.NO_SUCH_KIND: RefusalPlace("kind"),
    }
    kind = SelectField(_l("Kind"), default="")
    number = StringField(_l("Number"), [Length(max=80)], description=_l("As published: 4, 6A, B."))

    def offer(self) -> None:
        self.kind.choices = [SelectChoice(code, labels.kind(code)) for code in self.item.kinds]
        if not self.is_sent:
            self.kind.data = self.item.page.kind
            self.number.data = self.item.page.number or ""

    @property
    def normalised(self) -> str:
        return item_code.normalised(text_of(self.number))

    def check(self) -> None:
        if not self.normalised or len(self.normalised) > item_code.LONGEST:
            add_error(self.number, _l("Write the number as published, like 4 or 6A"))
        unchanged = (self.item.page.kind, self.item.page.number or "")
        if (self.kind.data, text_of(self.number)) == unchanged:
            add_error(self.number, _l("It is so already: write another, or leave it"))

    def record(self, context: ActContext, row: Item) -> None:
        published = text_of(self.number)
        items.correct_designation(context, row, self.kind.data, self.normalised, published)
