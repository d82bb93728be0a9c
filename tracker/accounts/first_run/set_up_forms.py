"""The form by which an office begins: the first account, and the body where there is none."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email
from flask_security.proxies import _security
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from tracker.accounts.forms import WEAKNESSES
from tracker.accounts.passwords import SHORTEST, OwnerBody, PasswordOwner, find_weakness
from tracker.formatting import settings_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.record.bodies import Body
from tracker.rules import slugs
from tracker.rules.refusals import Refusal
from tracker.rules.settings import DEFAULTS, LONGEST_VALUE, normalized, sound
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .first_account import NewBody


class FirstAccountForm(FlaskForm):  # type: ignore[misc]
    """Of a body that is there."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Write your name")), Length(max=200)],
        description=_l("As lists and the record show it to staff."),
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address")), Length(max=255)],
        description=_l("You sign in with it."),
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Choose a password"))],
        description=_l(
            "12 characters at least; "
            "a few words that belong together only for you are easy to keep."
        ),
        render_kw={"autocomplete": "new-password", "minlength": str(SHORTEST)},
    )

    def __init__(self, owner_body: OwnerBody | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.owner_body = owner_body

    def validate_email(self, field: EmailField) -> None:
        try:
            # "example.org" and the like are addresses, too
            validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError(
                _("This can be no e-mail address. Write it as name@example.org.")
            ) from None

    def validate_password(self, field: PasswordField) -> None:
        password = _security._password_util.normalize(field.data or "")
        body = self.owner_body
        owner = PasswordOwner(
            self.email.data or "", self.name.data or "", () if body is None else (body,)
        )
        weakness = find_weakness(password, owner)
        if weakness is not None:
            raise ValidationError(WEAKNESSES[weakness])


class FoundingForm(FirstAccountForm):
    """With the body: its settings are checked as everywhere."""

    body_name = StringField(
        _l("Name of the organisation"),
        [DataRequired(_l("Write the name of the organisation")), Length(max=LONGEST_VALUE)],
        description=_l("Whose convention it is. On every page, and on the cover of reports."),
        render_kw={"autocomplete": "organization"},
    )
    slug = StringField(
        _l("Short name in addresses"),
        [Length(max=slugs.LONGEST)],
        description=_l(
            "Small letters, digits and hyphens: “our-union” makes /our-union/. Empty: made of the "
            "name. It stays as it is."
        ),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    time_zone = SelectField(
        _l("Time zone"),
        [InputRequired(_l("Choose the time zone"))],
        description=_l("Due dates and days without a word end at midnight there."),
    )
    currency = StringField(
        _l("Currency"),
        default=DEFAULTS["currency"],
        description=_l("Three letters, for example USD. It is settled with the first amount."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.time_zone.choices = [SelectChoice("", _("Choose one")), *time_zone_choices()]

    def validate_password(self, field: PasswordField) -> None:
        self.owner_body = OwnerBody(self.body_slug, self.body_name.data or "")
        super().validate_password(field)

    def validate_slug(self, field: StringField) -> None:
        if self.body_name.data and not slugs.is_slug(self.body_slug):
            raise ValidationError(
                _("Write small letters, digits and single hyphens, for example our-union.")
            )

    def validate_currency(self, field: StringField) -> None:
        if not sound("currency", normalized("currency", field.data or "")):
            raise ValidationError(settings_words.mend("currency"))

    @property
    def body_slug(self) -> str:
        return (self.slug.data or "").strip().casefold() or slugs.slug_of(self.body_name.data or "")

    @property
    def new_body(self) -> NewBody:
        return NewBody(
            name=(self.body_name.data or "").strip(),
            slug=self.body_slug,
            time_zone=self.time_zone.data,
            currency=normalized("currency", self.currency.data or ""),
        )

    def say(self, refusal: Refusal) -> None:
        """Puts the sentence of a refusal under the short name, to which all of them belong."""
        self.slug.errors = [*self.slug.errors, refusal_sentence(refusal)]


def time_zone_choices() -> list[SelectChoice]:
    """By places, and UTC."""
    places = [zone for zone in available_timezones() if "/" in zone and "Etc/" not in zone]
    return [
        SelectChoice(zone, settings_words.value("time_zone", zone))
        for zone in ("UTC", *sorted(places))
    ]


def form_of(body: Body | None, body_name: str, **options: Any) -> FirstAccountForm:
    """`body`: the one that the account is for; None: it is founded."""
    if body is None:
        return FoundingForm(**options)
    return FirstAccountForm(OwnerBody(body.slug, body_name), **options)
