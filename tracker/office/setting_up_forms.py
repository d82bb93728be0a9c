"""The forms of the steps by which an office is set up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Optional,
    ValidationError,
)

from tracker.acts.items import NewVersion
from tracker.formatting import labels
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import text_of
from tracker.reading.body_context import BodyContext
from tracker.reading.setting_up import newest_first
from tracker.record.bodies import NAME
from tracker.rules.codes import Floor
from tracker.rules.refusals import Refusal
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .choices import unit_choices
from .items.item_fields import ItemFields, delegation_field

# Those that speak of another item, or take back what came before: they are recorded elsewhere.
NOT_TYPED_IN = (Floor.CONSOLIDATED, Floor.RESCINDED, Floor.RECONSIDERED)
REFERRING = (Floor.REFERRED, Floor.REMITTED)
MOST_UNITS = 200  # at once


class UnitsForm(FlaskForm):  # type: ignore[misc]
    names = TextAreaField(
        _l("Departments, centers, committees, boards"),
        [DataRequired(_l("Write the name of one unit at least"))],
        description=_l("One name a line. Those that are there already are left as they are."),
        render_kw={"rows": "8", "spellcheck": "false"},
    )

    def validate_names(self, field: TextAreaField) -> None:
        names = self.unit_names
        if len(names) > MOST_UNITS:
            raise ValidationError(_("Write 200 names at most at once."))
        if any(len(name) > NAME for name in names):
            raise ValidationError(_("A name has 200 characters at most."))

    @property
    def unit_names(self) -> list[str]:
        """Each once, in whatever case."""
        names: dict[str, str] = {}
        for line in (self.names.data or "").splitlines():
            names.setdefault(name_key(line), " ".join(line.split()))
        names.pop("", None)
        return list(names.values())


class ItemForm(ItemFields, FlaskForm):  # type: ignore[misc]
    """One item of a list, typed in with what the floor did."""

    convention = SelectField(_l("Convention"), [InputRequired(_l("Choose the convention"))])
    delegation = delegation_field(_l("Moved by"))
    floor_action = SelectField(
        _l("What the floor did"), [InputRequired(_l("Choose what the floor did"))]
    )
    floor_on = DateField(
        _l("On which day"),
        [Optional()],
        description=_l("Empty: not known; the last day of the convention counts."),
    )
    unit = SelectField(
        _l("Unit"),
        description=_l("Which has the lead, or to which it was referred."),
    )

    def __init__(self, body_context: BodyContext, today: date, **options: Any) -> None:
        super().__init__(**options)
        self._today = today
        conventions = newest_first(body_context)
        self.convention.choices = [
            SelectChoice(convention.slug, convention.name) for convention in conventions
        ]
        self.offer_kinds(body_context)
        self.floor_action.choices = [SelectChoice("", _("Choose one")), *_floor_choices()]
        self.unit.choices = [
            SelectChoice("", _("No unit yet")),
            *unit_choices(body_context.unit_names.offered),
        ]

    def validate_floor_on(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(refusal_sentence(Refusal.DATED_AFTER_RECORDING))

    def validate_unit(self, field: SelectField) -> None:
        if self.floor_action.data in list(REFERRING) and not field.data:
            raise ValidationError(_("Choose the unit to which it was referred."))

    @property
    def unit_id(self) -> int | None:
        return int(self.unit.data) if self.unit.data else None

    @property
    def text(self) -> NewVersion:
        return NewVersion(words=text_of(self.words) or None, title=text_of(self.title) or None)

    def say(self, refusal: Refusal) -> None:
        self.number.errors = [*self.number.errors, refusal_sentence(refusal)]


def _floor_choices() -> Sequence[SelectChoice]:
    return [
        SelectChoice(action.value, labels.floor(action))
        for action in Floor
        if action not in NOT_TYPED_IN
    ]


class PagesForm(FlaskForm):  # type: ignore[misc]
    """`seen`: the setting as the page showed it."""

    pages = RadioField(
        _l("Who may read the pages"),
        [InputRequired(_l("Choose one of the two"))],
        choices=[
            SelectChoice("open", _l("Everybody")),
            SelectChoice("closed", _l("Only people with a role")),
        ],
    )
    seen = HiddenField()
