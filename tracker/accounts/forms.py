"""The forms of sign-in and of setting a password."""
from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_security.proxies import _security
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, ValidationError

SHORTEST = 12


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("E-mail address"), [InputRequired(_l("Enter your e-mail address"))], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password"))], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """Shown once: a password manager keeps it, and nobody types it twice."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password"))],
                             description=_l("12 characters at least; a few words that belong together only for you are easy to keep."),
                             render_kw={"autocomplete": "new-password", "minlength": str(SHORTEST)})

    def validate_password(self, field: PasswordField) -> None:
        if len(_security._password_util.normalize(field.data or "")) < SHORTEST:
            raise ValidationError(_l("The password is too short: 12 characters at least"))
