"""An as-of in statements that are built once: its days are their parameters."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.extensions import Instant

# People: foreign keys point at their table.
from . import bodies, conventions, items, money, outcomes, people, progress  # noqa: F401
from .as_of import AsOf


class Bounds(NamedTuple):
    """Which bounds an as-of has; a statement is built once for each.

    To build them each time cost more than to run them.
    """

    recorded: bool
    happened: bool
    up_to: bool


def bounds_of(as_of: AsOf) -> Bounds:
    return Bounds(
        recorded=as_of.recorded is not None,
        happened=as_of.happened,
        up_to=as_of.up_to is not None,
    )


def as_of_with_parameters(bounds: Bounds) -> AsOf:
    """An as-of whose days are parameters, with the values of `parameters` when it runs."""
    on: Any = sa.bindparam("on", type_=sa.Date)
    recorded_by: Any = sa.bindparam("recorded", type_=Instant)
    up_to: Any = sa.bindparam("up_to", type_=sa.BigInteger)
    return AsOf(
        on,
        recorded=recorded_by if bounds.recorded else None,
        happened=bounds.happened,
        up_to=up_to if bounds.up_to else None,
    )


def parameters(as_of: AsOf, **others: object) -> dict[str, object]:
    """The values for a statement with `as_of_with_parameters`, and for its other parameters."""
    return {"on": as_of.on, "recorded": as_of.recorded, "up_to": as_of.up_to, **others}
