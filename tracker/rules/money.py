"""What follows from an item's three amounts (docs/glossary.md, "Money").

Which estimate counts, and what the difference says.

All in one currency.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from .codes import NEAREST_FIRST
from .facts import EstimateFact, newest


def in_force(estimates: Collection[EstimateFact]) -> EstimateFact | None:
    """That of the version adopted; else of the nearest to it that is on record."""
    for stage in NEAREST_FIRST:
        estimate = newest(estimate for estimate in estimates if estimate.stage is stage)
        if estimate:
            return estimate
    return None


@dataclass(frozen=True)
class Variance:
    """Spent against appropriated (or, where nothing was appropriated, estimated).

    Below zero when less was spent.
    """

    of_appropriated: bool  # else of the estimate
    difference: Decimal
    percent: Decimal | None  # None: of nothing
    beyond_the_limit: bool


def variance(
    estimated: Decimal | None,
    appropriated: Decimal | None,
    spent: Decimal | None,
    limit_percent: Decimal,
) -> Variance | None:
    """None where nothing was spent, or there is nothing to compare it with. null is "nothing
    recorded", 0.00 is an amount.
    """
    planned = appropriated if appropriated is not None else estimated
    if spent is None or planned is None:
        return None
    difference = spent - planned
    percent = (100 * difference / planned) if planned else None
    beyond = abs(percent) > limit_percent if percent is not None else difference > 0
    return Variance(appropriated is not None, difference, percent, beyond)
