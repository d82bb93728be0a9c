"""What every form of an act shares: it asks the rules, and says what they refuse at its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field

from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.rules.refusals import Refusal, Refused

from .fields import add_error

LONGEST_TEXT = 20_000  # characters


@dataclass(frozen=True)
class RefusalPlace:
    """Where a form says a refusal, and in which words where the usual ones are too general."""

    field: str
    sentence: LazyString | None = None


RefusalPlaces = Mapping[Refusal, RefusalPlace]


class RecordForm(FlaskForm):  # type: ignore[misc]
    """A form of one act. It has no rules of its own on what the record allows."""

    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {}

    def check(self) -> None:
        """Asks the rules, once each field is valid by itself. For forms to override."""

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        super().validate(extra_validators)
        self.check()
        return not form_errors(self)

    def ask(
        self, rule: Callable[..., None], *arguments: Any, at: Field | None = None, **named: Any
    ) -> None:
        """Asks a rule, and says what it refuses at the field `at`, or where the table has it.

        Raises `Refused` for a refusal that has no place.
        """
        try:
            rule(*arguments, **named)
        except Refused as refused:
            if at is not None:
                add_error(at, refusal_sentence(refused.code))
            elif not self.show_refusal(refused.code):
                raise

    def show_refusal(self, code: Refusal) -> bool:
        """Says a refusal at the field that it concerns; False: it concerns none of this form."""
        place = self.REFUSAL_PLACES.get(code)
        if place is None:
            return False
        add_error(self[place.field], place.sentence or refusal_sentence(code))
        return True
