"""How roles are said: with their unit, and the days on which they hold."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tracker.rules.codes import Role
from tracker.translation import gettext as _

from . import labels
from .dates import day


class HasRole(Protocol):
    @property
    def role(self) -> Role: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


def name(held: HasRole) -> str:
    """Manager, Center for Research."""
    role = labels.role(held.role)
    return f"{role}, {held.unit}" if held.unit else role


def days(held: HasRole, today: date) -> str:
    """Since 7 May 2025, until 31 December 2026."""
    if held.since > today:
        text = _("from %(day)s", day=day(held.since))
    else:
        text = _("since %(day)s", day=day(held.since))
    if held.until:
        text = _("%(since)s, until %(day)s", since=text, day=day(held.until))
    return text
