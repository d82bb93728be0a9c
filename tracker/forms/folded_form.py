"""What forms share that stand folded on a page beside what is on record: each records one fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from flask import request
from flask_babel.speaklater import LazyString
from wtforms import Field, HiddenField

from tracker.formatting.refusal_sentences import error_sentence
from tracker.rules.facts import Fact
from tracker.rules.permissions import NotAllowed
from tracker.rules.refusals import Refusal, Refused

from .fields import add_error
from .record_form import RecordForm

Rows = tuple[tuple[str, ...], ...]


class FoldedForm(RecordForm):
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
    SHOWS_WHAT_FOLLOWS: ClassVar = True  # a button shows it before anything is recorded
    NOTES: ClassVar[Mapping[str, LazyString]] = {}  # small lines under answers, by their value
    corrected: Fact | None = None  # the fact on record in place of which it stands
    seen = HiddenField()

    def __init__(self, newest_event: int, *, is_sent: bool = False, **on_record: Any) -> None:
        """`on_record`: what the fields hold before anybody has written in them."""
        super().__init__(
            formdata=request.form if is_sent else None,
            prefix=f"{self.NAME}-",
            data={} if is_sent else on_record,
        )
        self.is_sent = is_sent
        if not is_sent:
            self.seen.data = str(newest_event)

    # --- for the template ---

    @property
    def heading(self) -> LazyString:
        return self.TITLE

    @property
    def is_open(self) -> bool:
        return self.is_sent or self.corrected is not None

    def rows(self, layout: Rows) -> Iterator[list[Field]]:
        """The fields of each row, without those that have nothing to choose."""
        for names in layout:
            fields = [self[name] for name in names if name in self]
            if fields:
                yield fields

    def is_unfolded(self, layout: Rows) -> bool:
        fields = [field for row in self.rows(layout) for field in row]
        return any(field.errors or (self.is_open and _is_filled_in(field)) for field in fields)

    # --- when the act is refused ---

    def take_error(
        self, error: Refused | NotAllowed, newest_event: int
    ) -> tuple[list[str], HTTPStatus]:
        """What the page says at its top, and its status; what a field concerns is said there.

        Sent again, the form is about the record as it is at `newest_event`.
        """
        if isinstance(error, NotAllowed):
            return [error_sentence(error)], HTTPStatus.FORBIDDEN
        if error.code is Refusal.CHANGED_MEANWHILE:
            self.seen.data = str(newest_event)
            return [error_sentence(error)], HTTPStatus.CONFLICT
        is_said = self.show_refusal(error.code)
        return [] if is_said else [error_sentence(error)], HTTPStatus.UNPROCESSABLE_ENTITY

    # --- for the forms ---

    def need(self, field: Field, sentence: LazyString) -> None:
        """Says it at a field in which nothing was written, or nothing that could be read."""
        if not field.data and not field.errors:
            add_error(field, sentence)


def _is_filled_in(field: Field) -> bool:
    return bool(field.data) and field.data != field.default
