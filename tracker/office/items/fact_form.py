"""What the forms on the office's page of an item share: each adds one fact, by one act."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.acts.act_context import ActContext
from tracker.formatting import office_item_words
from tracker.forms.folded_form import FoldedForm
from tracker.reading.office_item import OfficeItem
from tracker.record.items import Item
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l


class FactForm(FoldedForm):
    """A form of the page, which adds one fact to the item."""

    NOT_OFFERED: ClassVar = Refusal.NOT_FROM_THERE  # why it is refused where it is not offered

    def __init__(self, item: OfficeItem, *, is_sent: bool = False) -> None:
        super().__init__(item.newest_event, is_sent=is_sent)
        self.item = item
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

    # --- for the forms ---

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
