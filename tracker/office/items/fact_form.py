"""What the forms on the office's page of an item share: each adds one fact, by one act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import ClassVar

from flask import request
from flask_babel.speaklater import LazyString
from wtforms import Field, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.acts.act_context import ActContext
from tracker.formatting import office_item_words
from tracker.forms.fields import add_error
from tracker.forms.record_form import RecordForm
from tracker.reading.office_item import OfficeItem
from tracker.record.items import Item
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

Rows = tuple[tuple[str, ...], ...]


class FactForm(RecordForm):
    """`LAYOUT` names the fields, those of a row together; `FOLDED` those that few facts need, under
    a heading. The names of the fields begin with `NAME`, so that many forms stand on one page.
    """

    NAME: ClassVar[str]  # the end of its address, too
    TITLE: ClassVar[LazyString]
    VERB: ClassVar[LazyString]  # of its button
    DONE: ClassVar[LazyString]  # what is said once it is on record
    LAYOUT: ClassVar[Rows]
    FOLDED: ClassVar[tuple[tuple[LazyString, Rows], ...]] = ()
    MORE: ClassVar[LazyString | None] = None  # a button that asks for more room
    NOT_OFFERED: ClassVar = Refusal.NOT_FROM_THERE  # why it is refused where it is not offered
    NOTES: ClassVar[Mapping[str, LazyString]] = {}  # small lines under answers, by their value
    seen = HiddenField()

    def __init__(self, item: OfficeItem, *, is_sent: bool = False) -> None:
        super().__init__(formdata=request.form if is_sent else None, prefix=f"{self.NAME}-")
        self.item = item
        self.is_sent = is_sent
        if not is_sent:
            self.seen.data = str(item.newest_event)
        self.offer()

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        """Whether this person may record it, and there is something to record it of."""
        return item.may_govern

    def offer(self) -> None:
        """Fills in what the fields choose from. For forms to override."""

    def grow(self) -> bool:
        """Whether a button only asked for more room, which the form has then."""
        return False

    def record(self, context: ActContext, row: Item) -> None:
        """Calls the act. For forms to override."""

    # --- for the template ---

    def rows(self, layout: Rows) -> Iterator[list[Field]]:
        """The fields of each row, without those that have nothing to choose."""
        for names in layout:
            fields = [self[name] for name in names if name in self]
            if fields:
                yield fields

    def is_unfolded(self, layout: Rows) -> bool:
        fields = [field for row in self.rows(layout) for field in row]
        return any(field.errors or (self.is_sent and field.data) for field in fields)

    # --- for the forms ---

    def need(self, field: Field, sentence: LazyString) -> None:
        """Says it at a field in which nothing was written, or nothing that could be read."""
        if not field.data and not field.errors:
            add_error(field, sentence)

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


def chosen_later() -> SelectChoice:
    """The first choice of a list in which something must be chosen."""
    return SelectChoice("", _("Choose one"))
