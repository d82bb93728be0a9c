"""The forms of sign-in, of setting a password, and of second factors."""

from __future__ import annotations

from typing import Any

from flask_security.proxies import _security
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from tracker.translation import lazy_gettext as _l

from .passwords import SHORTEST, PasswordOwner, Weakness, find_weakness

WEAKNESSES = {
    Weakness.TOO_SHORT: _l("The password is too short: 12 characters at least"),
    Weakness.HAS_ADDRESS: _l(
        "The password contains your e-mail address or a part of it, "
        "which others try first. Leave that out"
    ),
    Weakness.HAS_NAME: _l(
        "The password contains your name or a part of it, which others try first. Leave that out"
    ),
    Weakness.HAS_BODY: _l(
        "The password contains the name of your organisation, "
        "which others try first. Leave that out"
    ),
    Weakness.EASILY_GUESSED: _l(
        "The password is too easy to guess: "
        "programs try such words, names, dates and patterns first. "
        "Add a word or two that nobody expects beside them"
    ),
}


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address"))],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password"))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class NameForm(FlaskForm):  # type: ignore[misc]
    """`seen`: the name that the page showed."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Write your name")), Length(max=200)],
        description=_l(
            "All pages that name you show it, for what you did before, too. Texts that others "
            "wrote stay as they are."
        ),
        render_kw={"autocomplete": "name"},
    )
    seen = HiddenField()


class ForgottenForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address")), Length(max=255)],
        render_kw={"autocomplete": "username"},
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """Shown once: a password manager keeps it, and nobody types it twice."""

    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Choose a password"))],
        description=_l(
            "12 characters at least; "
            "a few words that belong together only for you are easy to keep."
        ),
        render_kw={"autocomplete": "new-password", "minlength": str(SHORTEST)},
    )

    def __init__(self, owner: PasswordOwner, **options: Any) -> None:
        super().__init__(**options)
        self.owner = owner

    def validate_password(self, field: PasswordField) -> None:
        password = _security._password_util.normalize(field.data or "")
        weakness = find_weakness(password, self.owner)
        if weakness is not None:
            raise ValidationError(WEAKNESSES[weakness])


class ChangePasswordForm(PasswordForm):
    current = PasswordField(
        _l("The password that you have"),
        [InputRequired(_l("Enter the password that you have"))],
        render_kw={"autocomplete": "current-password"},
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password"))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField(
        _l("Code from your app"),
        [InputRequired(_l("Enter the code that the app shows"))],
        description=_l("6 digits; the app shows another code every 30 seconds."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class PasskeyForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _l("Name of the passkey"),
        [DataRequired(_l("Write a name, so that you know it again")), Length(max=100)],
        description=_l("By which you know it again: “my phone”, “the blue key”."),
        render_kw={"autocomplete": "off"},
    )
    credential = HiddenField()


class RecoveryCodeForm(FlaskForm):  # type: ignore[misc]
    recovery_code = StringField(
        _l("Recovery code"),
        [InputRequired(_l("Enter one of your recovery codes"))],
        description=_l("12 letters and digits. Each works once."),
        render_kw={"autocomplete": "off"},
    )
