"""The form of who moved an item: makers, seconders, contacts and sponsors."""

from __future__ import annotations

from flask import request
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import items
from tracker.acts.act_context import ActContext
from tracker.acts.items import Mover
from tracker.formatting import item_sentences
from tracker.forms.fields import add_error, text_of
from tracker.office.choices import unit_choices
from tracker.record.items import Item
from tracker.rules.codes import FloorPart
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, key_of

MOST_MOVERS = 60


class MoverRowForm(Form):
    part = SelectField(_l("As"), default=FloorPart.MAKER.value)
    delegation = SelectField(_l("Delegation"), default="")
    name = StringField(
        _l("Name"), [Length(max=200)], description=_l("Shown where the body shows names.")
    )


class MoversForm(FactForm):
    """All of them at once: an emptied row takes one off."""

    NAME = "movers"
    TITLE = _l("Say who moved it")
    VERB = _l("Record them")
    DONE = _l("Who moved it is on record.")
    LAYOUT = (("people",),)
    ENTRY_LAYOUT = (("part", "delegation", "name"),)
    MORE = _l("One more")
    people = FieldList(FormField(MoverRowForm), _l("Who moved it"), max_entries=MOST_MOVERS)

    def offer(self) -> None:
        if not self.is_sent:
            for fact in self.item.facts.floor_people:
                delegation_id = fact.delegation_id
                if delegation_id is not None:
                    delegation_id = self.item.delegation_names.target(delegation_id)
                self.people.append_entry(
                    {"part": fact.part, "delegation": delegation_id or "", "name": fact.name or ""}
                )
            self.people.append_entry()
        self._offer_choices()

    def _offer_choices(self) -> None:
        names = self.item.delegation_names
        own = {
            names.target(fact.delegation_id)
            for fact in self.item.facts.floor_people
            if fact.delegation_id is not None
        }
        offered = {**names.offered, **{key: names.shown[key] for key in own}}
        parts = [SelectChoice(code.value, item_sentences.floor_part(code)) for code in FloorPart]
        delegations = [SelectChoice("", _("No delegation")), *unit_choices(offered)]
        for row in self.rows_of_people:
            row.part.choices, row.delegation.choices = parts, delegations

    @property
    def rows_of_people(self) -> list[MoverRowForm]:
        return [entry.form for entry in self.people]

    def grow(self) -> bool:
        """Another row, where the button for it was pressed."""
        is_asked = "more" in request.form and len(self.people) < MOST_MOVERS
        if is_asked:
            self.people.append_entry()
            self._offer_choices()
        return is_asked

    def check(self) -> None:
        """What says nothing of anybody takes nobody off."""
        if not len(self.people):
            self.people.append_entry()
            self._offer_choices()
            add_error(self.people[0].form.name, _l("Write who moved it"))

    def entry_heading(self, number: int) -> str:
        return _("Number %(number)s", number=number)

    def record(self, context: ActContext, row: Item) -> None:
        movers = [
            Mover(FloorPart(one.part.data), key_of(one.delegation), text_of(one.name) or None)
            for one in self.rows_of_people
            if one.delegation.data or text_of(one.name)
        ]
        items.set_movers(context, row, list(dict.fromkeys(movers)))
