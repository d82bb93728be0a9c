"""How things are said: money, dates and numbers by locale, codes as labels, facts as sentences.

Nothing here reads the record. Which module holds which sentence stands in docs/architecture.md;
what templates find by name, in `template_names`.
"""

from __future__ import annotations

from .amounts import (
    currency_sign,
    listing,
    money,
    number,
    percent,
    size,
    whole_money,
)
from .dates import day, days, short_day, span, weekday

__all__ = [
    "currency_sign",
    "day",
    "days",
    "listing",
    "money",
    "number",
    "percent",
    "short_day",
    "size",
    "span",
    "weekday",
    "whole_money",
]
