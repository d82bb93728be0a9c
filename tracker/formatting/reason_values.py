"""The values of a reason: days, counts, names of units, numbers of clauses."""

from __future__ import annotations

from datetime import date

from tracker.reading.models import NamedReason

from . import phrases

# --- the values of a reason ---


def date_of(reason: NamedReason, name: str) -> date | None:
    value = reason.values.get(name)
    return value if isinstance(value, date) else None


def count_of(reason: NamedReason, name: str) -> int:
    value = reason.values.get(name)
    return value if isinstance(value, int) else 0


def unit_name(reason: NamedReason) -> str:
    return str(reason.values.get("unit") or phrases.appropriate_committee())


def day_is_known(reason: NamedReason) -> bool:
    """Whether the days that the reason rests on are known, not assumed."""
    return reason.values.get("day") != "not_known"


def known_day(reason: NamedReason) -> date | None:
    """The day of what the reason speaks of, if it is on record."""
    return date_of(reason, "on") if day_is_known(reason) else None


def days_since(reason: NamedReason, name: str) -> int | None:
    since, today = date_of(reason, name), date_of(reason, "today")
    return (today - since).days if since and today else None


def clause_numbers(reason: NamedReason) -> list[int]:
    """The clauses of which the reason speaks; empty where it speaks of the item."""
    if clause := count_of(reason, "clause"):
        return [clause]
    return [int(clause) for clause in str(reason.values.get("clauses") or "").split()]
