"""Sentences of a list of items: its caption, its range, the cell of the floor."""

from __future__ import annotations

from tracker.reading.convention import (
    ConventionPage,
)
from tracker.rules.codes import (
    Effect,
    Floor,
)
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels, phrases
from .amounts import number


def caption(page: ConventionPage) -> str:
    return _(
        "Items of %(convention)s, %(shown)s of %(found)s",
        convention=page.convention.name,
        shown=number(len(page.rows)),
        found=number(page.matching),
    )


def range_of(page: ConventionPage) -> str:
    """1 to 50 of 131 items."""
    if not page.rows:
        return _("No item")
    first = (page.filters.page - 1) * page.filters.size + 1
    return ngettext(
        "%(first)s to %(last)s of %(found)s item",
        "%(first)s to %(last)s of %(found)s items",
        page.matching,
        first=number(first),
        last=number(first + len(page.rows) - 1),
        found=number(page.matching),
    )


def floor_cell(actions: tuple[Floor, ...], referred_to: str | None) -> str:
    """What the floor did, in the cell of a table; what it referred comes last."""
    if not actions:
        return labels.floor(Floor.UNKNOWN)
    ordered = sorted(actions, key=lambda action: action.effect is Effect.REFERS)
    first, *others = [_floor_action(action, referred_to) for action in ordered]
    return "; ".join([first, *map(phrases.lower, others)])


def _floor_action(action: Floor, referred_to: str | None) -> str:
    if action.effect is Effect.REFERS and referred_to:
        return phrases.referral(action, referred_to)
    return labels.floor(action)
