"""The forms of the pages of people: inviting, giving and ending roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Form,
    HiddenField,
    IntegerField,
    SearchField,
    SelectField,
    StringField,
)
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from tracker.acts.people import OF_A_UNIT
from tracker.formatting import labels
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.office.choices import unit_choices
from tracker.rules.codes import Role
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

# Which field a refusal belongs to.
FIELDS = {
    Refusal.ENDS_BEFORE_IT_BEGINS: "until_on",
    Refusal.ROLE_AND_UNIT: "unit",
    Refusal.ACCOUNT_IS_CLOSED: "email",
    Refusal.LAST_ADMINISTRATOR: "until_on",
}


class VersionForm(FlaskForm):  # type: ignore[misc]
    """`version`: of the person, as the page showed it."""

    version = HiddenField()


class RoleForm(VersionForm):
    role = SelectField(_l("Role"), [InputRequired(_l("Choose a role"))])
    unit = SelectField(_l("Unit, for a manager or staff"), [Optional()])
    from_on = DateField(_l("From"), [Optional()], description=_l("Empty: today."))
    until_on = DateField(_l("Last day"), [Optional()], description=_l("Empty: no end is named."))

    def __init__(self, units: Mapping[int, str], **options: Any) -> None:
        super().__init__(**options)
        self.role.choices = [SelectChoice("", _("Choose one")), *role_choices()]
        self.unit.choices = [SelectChoice("", _("The whole body")), *unit_choices(units)]

    def validate_unit(self, field: SelectField) -> None:
        needs_unit = self.role.data in list(OF_A_UNIT)
        if self.role.data and needs_unit != bool(field.data):
            raise ValidationError(refusal_sentence(Refusal.ROLE_AND_UNIT))

    @property
    def role_code(self) -> Role:
        return Role(self.role.data)

    @property
    def unit_id(self) -> int | None:
        return int(self.unit.data) if self.unit.data else None

    def say(self, refusal: Refusal) -> None:
        """Puts the sentence of a refusal where it belongs."""
        field = self[FIELDS[refusal]] if FIELDS.get(refusal) in self else self.role
        field.errors = [*field.errors, refusal_sentence(refusal)]


class InviteForm(RoleForm):
    name = StringField(
        _l("Name, as the record shows it"),
        [DataRequired(_l("Write the name")), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Write the e-mail address")), Length(max=255)],
        render_kw={"autocomplete": "off"},
    )

    def validate_email(self, field: EmailField) -> None:
        try:
            # "example.org" and the like are addresses, too
            validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError(
                _("This can be no e-mail address. Write it as name@example.org.")
            ) from None


class RenameForm(VersionForm):
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Write the name")), Length(max=200)],
        description=_l(
            "All pages show it, for what was done before, too. Texts that hold the old name stay "
            "as they are."
        ),
        render_kw={"autocomplete": "off"},
    )

    def say(self, refusal: Refusal) -> None:
        self.name.errors = [*self.name.errors, refusal_sentence(refusal)]


class EndRoleForm(VersionForm):
    held = HiddenField()
    until_on = DateField(
        _l("Last day"),
        [Optional()],
        description=_l("Empty: it ends at once. What was done until then stays under the name."),
    )

    def say(self, refusal: Refusal) -> None:
        self.until_on.errors = [*self.until_on.errors, refusal_sentence(refusal)]


class PeopleFilters(Form):
    """What cannot be read filters nothing."""

    q = SearchField(_l("Name or address"), [Length(max=200)], id="filter-q")
    role = SelectField(_l("Role"), validate_choice=False, id="filter-role")
    unit = SelectField(_l("Unit"), validate_choice=False, id="filter-unit")
    show = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("", _l("Roles held today")),
            SelectChoice("all", _l("Ended roles too")),
            SelectChoice("invited", _l("No account yet")),
            SelectChoice("closed", _l("Closed accounts")),
        ],
        validate_choice=False,
    )
    page = IntegerField(default=1, validators=[Optional(), NumberRange(1, 10_000)])

    def __init__(self, formdata: Any, units: Mapping[int, str]) -> None:
        super().__init__(formdata)
        self.role.choices = [SelectChoice("", _("Any role")), *role_choices()]
        self.unit.choices = [SelectChoice("", _("Any unit")), *unit_choices(units)]


def role_choices() -> list[SelectChoice]:
    return [SelectChoice(role.value, labels.role(role)) for role in Role]
