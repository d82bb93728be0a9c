"""What the form macros ask of WTForms fields.

The kind of a field, the ids that describe it, its errors as sentences. No form lives here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    SelectField,
    TextAreaField,
)
from wtforms.fields import DateField, RadioField


def control(field: Field) -> str:
    """The kind of control that a field has; templates/components/forms.html has the class of
    each.
    """
    if isinstance(field, TextAreaField):
        return "area"
    if isinstance(field, SelectField) and not isinstance(field, RadioField):
        return "select"
    if isinstance(field, DateField):
        return "date"
    if isinstance(field, FileField):
        return "file"
    if isinstance(field, BooleanField):
        return "checkbox"
    return "text"


def described(field: Field, text: str | None, more: Mapping[str, object]) -> dict[str, object]:
    """Attributes that tie the hint and the error to the field, beside those that are given."""
    ids = []
    if field.errors:
        ids.append(f"{field.id}-e")
    if text or field.description:
        ids.append(f"{field.id}-h")
    attributes: dict[str, object] = dict(more)
    if ids and not isinstance(field, BooleanField):
        attributes["aria-describedby"] = " ".join(ids)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def field_errors(field: Field) -> list[str]:
    """Flat, whatever the field keeps: a list of fields nests them."""
    sentences: list[str] = []
    for error in field.errors:
        nested = error if isinstance(error, list | tuple) else [error]
        sentences += [str(sentence) for sentence in nested]
    return sentences


def form_errors(form: Form) -> list[tuple[str, str]]:
    """Of each field with an error: the id to lead to, and the sentence."""
    return _errors_of(form)


def _errors_of(fields: Iterable[Field]) -> list[tuple[str, str]]:
    errors: list[tuple[str, str]] = []
    for field in fields:
        if isinstance(field, FormField):
            errors += _errors_of(field.form)
        elif isinstance(field, FieldList):
            errors += _errors_of(field.entries)
        else:
            errors += [(field.id, sentence) for sentence in field_errors(field)]
    return errors
