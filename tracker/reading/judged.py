"""The answers of many items at once: those that are kept for lists as of today, derived anew as of an earlier day. Shows nothing by itself."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.now import Now, derive


@cache
def _kept(one: bool) -> Any:
    where = (
        Item.convention_id == sa.bindparam("convention")
        if one
        else Item.body_id == sa.bindparam("body")
    )
    return (
        sa.select(Now)
        .join(Item, Item.id == Now.item_id)
        .where(where)
        .order_by(Now.item_id)
        .execution_options(populate_existing=True)
    )


def judged(
    session: Session, body_id: int, as_of: AsOf, convention_id: int | None = None
) -> dict[int, Now]:
    """Of a convention, or of the whole body; by item. What midnight has overtaken is derived anew, and nothing is written."""
    given = {"convention": convention_id} if convention_id is not None else {"body": body_id}
    kept = {now.item_id: now for now in session.scalars(_kept(convention_id is not None), given)}
    if as_of.recorded is None and not as_of.happened:
        stale = [key for key, now in kept.items() if now.holds_until and now.holds_until < as_of.on]
    else:
        stale, kept = (
            list(kept),
            {},
        )  # an identity is never undone, so that these are all that there can have been
    return kept | (
        {now.item_id: now for now in derive(session, body_id, stale, as_of)} if stale else {}
    )


@cache
def _conventions_of() -> Any:
    return sa.select(Item.id, Item.convention_id).where(Item.body_id == sa.bindparam("body"))


def convention_of_items(session: Session, body_id: int) -> dict[int, int]:
    """The convention of each item of a body."""
    return {
        key: convention
        for key, convention in session.connection().execute(_conventions_of(), {"body": body_id})
    }


def is_day(value: object) -> date | None:
    """A date as the kept reasons spell it."""
    if (
        isinstance(value, str)
        and len(value) == 10
        and value[4] == value[7] == "-"
        and value.replace("-", "").isdecimal()
    ):
        return date.fromisoformat(value)
    return None
