"""Reasons of the rules with names in place of ids, as pages and lists show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from tracker.rules.reasons import ReasonCode

from .body_context import BodyContext
from .models import ItemRef, NamedReason, Value

UNIT_VALUES = ("unit", "referred_unit")
"""The values of a reason that are ids of units."""

ITEM_VALUE = "target"
"""The value of a reason that is the id of another item."""


def named_reason(
    code: ReasonCode,
    values: Iterable[tuple[str, str | int | date]],
    body_context: BodyContext,
    *,
    item_ref: Callable[[int], ItemRef | None],
    today: date,
) -> NamedReason:
    """A unit is its name, another item an ItemRef; an item that is not on record is left out.

    `today` (the as-of day) and `limit` (the body's silence limit, in days) are added, so that days
    can be counted.
    """
    named: dict[str, Value] = {"today": today, "limit": body_context.settings.silence_days}
    for name, value in values:
        if name in UNIT_VALUES and isinstance(value, int):
            named[name] = body_context.units.get(value, "")
        elif name == ITEM_VALUE and isinstance(value, int):
            ref = item_ref(value)
            if ref:
                named[name] = ref
        else:
            named[name] = value
    return NamedReason(code, named)
