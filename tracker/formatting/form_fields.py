"""What the form macros ask of WTForms fields.

Classes, the ids that describe them, errors as sentences. No form lives here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def field_class(field: Field) -> str:
    """The class of the stylesheet for an input."""
    if isinstance(field, TextAreaField):
        return "area"
    if isinstance(field, SelectField) and not isinstance(field, RadioField):
        return "select"
    if isinstance(field, DateField):
        return "input input--date"
    return (
        "choice__file"
        if isinstance(field, FileField)
        else ("" if isinstance(field, BooleanField) else "input")
    )


def described(field: Field, text: str | None, more: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes that tie the hint and the error to the field."""
    ids = [f"{field.id}-e"] if field.errors else []
    ids += [f"{field.id}-h"] if text or field.description else []
    said: dict[str, Any] = dict(more)
    if ids and not isinstance(field, BooleanField):
        said["aria-describedby"] = " ".join(ids)
    if field.errors:
        said["aria-invalid"] = "true"
    return said


def field_errors(field: Field) -> list[str]:
    """Flat, whatever the field keeps: a list of fields nests them."""
    found: list[str] = []
    for each in field.errors:
        found += [str(part) for part in each] if isinstance(each, list | tuple) else [str(each)]
    return found


def form_errors(form: Form) -> list[tuple[str, str]]:
    """Of each field with an error: the id to lead to, and the sentence."""
    found: list[tuple[str, str]] = []
    for field in form:
        if isinstance(field, FormField):
            found += form_errors(field.form)
        elif isinstance(field, FieldList):
            for entry in field.entries:
                found += (
                    form_errors(entry.form)
                    if isinstance(entry, FormField)
                    else [(entry.id, text) for text in field_errors(entry)]
                )
        else:
            found += [(field.id, text) for text in field_errors(field)]
    return found
