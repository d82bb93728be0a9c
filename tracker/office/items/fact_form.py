"""What the forms on the office's page of an item share: each adds one fact, by one act, or corrects
one that was typed wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from flask_babel.speaklater import LazyString
from wtforms import Field, Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.acts.act_context import ActContext
from tracker.formatting import office_item_words
from tracker.forms.folded_form import FoldedForm, Rows
from tracker.office.choices import unit_choices
from tracker.reading.office_item import OfficeItem
from tracker.record.items import Item, OfItem
from tracker.rules.facts import Fact
from tracker.rules.item_facts import Facts
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

RowT = TypeVar("RowT", bound=OfItem)


class FactForm(FoldedForm):
    """A form of the page, which adds one fact to the item, or corrects one."""

    NOT_OFFERED: ClassVar = Refusal.NOT_FROM_THERE  # why it is refused where it is not offered
    ENTRY_LAYOUT: ClassVar[Rows] = ()  # of each entry of a list of fields
    TABLE: ClassVar[type[OfItem] | None] = None  # of the facts that it corrects
    KIND: ClassVar[str] = ""  # of these facts: the name of a field of `Facts`
    CORRECTION: ClassVar[LazyString] = _l("Correct it")  # its title where it corrects a fact

    def __init__(
        self, item: OfficeItem, *, is_sent: bool = False, corrected: Fact | None = None
    ) -> None:
        """`corrected`: the fact on record in place of which it stands."""
        self.item = item
        self.corrected = corrected
        on_record = self.values_of(corrected) if corrected else {}
        super().__init__(item.newest_event, is_sent=is_sent, **on_record)
        self.offer()

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        """Whether this person may record it, and there is something to record it of."""
        return item.may_govern

    @classmethod
    def find(cls, item: OfficeItem, fact_id: int) -> Fact | None:
        """The fact on record that it can correct."""
        facts: tuple[Fact, ...] = getattr(item.facts, cls.KIND)
        return next((fact for fact in facts if fact.id == fact_id), None)

    def values_of(self, fact: Fact) -> dict[str, Any]:
        """What the fields hold of a fact that is corrected. For forms to override."""
        return {}

    def offer(self) -> None:
        """Fills in what the fields choose from. For forms to override."""

    def grow(self) -> bool:
        """Whether a button only asked for more room, which the form has then."""
        return False

    def record(self, context: ActContext, row: Item) -> None:
        """Calls the act. For forms to override."""

    # --- for the template ---

    @property
    def heading(self) -> LazyString:
        return self.CORRECTION if self.corrected else self.TITLE

    def entry_rows(self, entry: Form) -> Iterator[list[Field]]:
        for names in self.ENTRY_LAYOUT:
            yield [entry[name] for name in names]

    def entry_heading(self, number: int) -> str:
        """Over the entry of this number. For forms to override."""
        return str(number)

    # --- for the forms ---

    @cached_property
    def facts(self) -> Facts:
        """Those on which the rules are asked: without the one that is corrected."""
        facts = self.item.facts
        if self.corrected is None:
            return facts
        others = tuple(fact for fact in getattr(facts, self.KIND) if fact.id != self.corrected.id)
        changed: dict[str, Any] = {self.KIND: others}
        return dataclasses.replace(facts, **changed)

    def wrong(self, context: ActContext, table: type[RowT]) -> RowT | None:
        """The row that is corrected."""
        return context.session.get_one(table, self.corrected.id) if self.corrected else None

    def offer_scopes(self, scopes: Collection[int | None]) -> None:
        """Clauses to choose from in the field `clause`; None is the whole item.

        Where there is one only, nothing is asked.
        """
        self._only_scope = next(iter(scopes), None)
        if len(scopes) == 1:
            del self["clause"]
            return
        labels = {key: clause_label(number, words) for key, number, words in self.item.clauses}
        whole = [SelectChoice("", _("The whole item"))] if None in scopes else []
        self["clause"].choices = whole + [
            SelectChoice(str(key), label) for key, label in labels.items() if key in scopes
        ]

    def unit_of(self, unit_id: int | None) -> str:
        """As a field of units has it: the one that has what this one had."""
        return "" if unit_id is None else str(self.item.unit_names.target(unit_id))

    @property
    def offered_units(self) -> list[SelectChoice]:
        """Those that are open, and that of the fact that is corrected."""
        units = dict(self.item.unit_names.offered)
        own = getattr(self.corrected, "unit_id", None)
        if own is not None:
            units[self.item.unit_names.target(own)] = self.item.unit_names.shown[own]
        return unit_choices(units)

    def scope_of(self, clause_id: int | None) -> str:
        """As the field `clause` has it."""
        scope = self.item.scope(clause_id)
        return "" if scope is None else str(scope)

    @property
    def all_scopes(self) -> list[int | None]:
        return [None, *(key for key, _number, _words in self.item.clauses)]

    @property
    def clause_id(self) -> int | None:
        """The clause that was chosen; None: the whole item."""
        if "clause" not in self:
            return self._only_scope
        return key_of(self["clause"])


def clause_field() -> SelectField:
    return SelectField(_l("Of"), default="")


def key_of(field: SelectField) -> int | None:
    """The key of what was chosen; None where it is the empty choice."""
    return int(field.data) if field.data else None


def clause_label(number: int, words: str | None) -> str:
    text = office_item_words.shortened(words or "")
    return _("Clause %(number)s: %(words)s", number=number, words=text)


def known_day(fact: Fact) -> date | None:
    return fact.on if fact.day_known else None


def chosen_later() -> SelectChoice:
    """The first choice of a list in which something must be chosen."""
    return SelectChoice("", _("Choose one"))
