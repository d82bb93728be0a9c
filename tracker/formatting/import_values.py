"""What a list says, and what the record holds, as plain values and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from tracker.translation import gettext as _

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def json_value(value: object) -> Json:
    """As JSON has it: dates and amounts as words, tuples as lists, dataclasses by field."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case Enum():
            return json_value(value.value)
        case tuple() | list() | frozenset():
            return [json_value(member) for member in value]
        case None | bool() | int() | float() | str():
            return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: json_value(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"JSON has no {type(value).__name__}")


def in_words(value: object, most: int = 70) -> str:
    """A value on one line, of so many characters at most."""
    plain = json_value(value)
    if plain is None or plain == "":
        return _("nothing on record")
    if isinstance(plain, bool):
        words = _("yes") if plain else _("no")
    elif isinstance(plain, list):
        words = "; ".join(str(member) for member in _flat(plain))
    else:
        words = str(plain)
    return " ".join(words.split())[:most]


def _flat(values: Sequence[Json]) -> list[Json]:
    """The values in lists of lists, without those that say nothing."""
    flat: list[Json] = []
    for value in values:
        if isinstance(value, list):
            flat += _flat(value)
        elif value is not None and value != "":
            flat.append(value)
    return flat
