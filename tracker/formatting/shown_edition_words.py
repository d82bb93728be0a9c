"""The words on a page that shows an edition of a convention."""

from __future__ import annotations

from datetime import date

from tracker.rules.publication import days_without_a_newer_one
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .amounts import number


def since(on: date, today: date) -> str:
    """Of the newest edition, whose day is `on`: what became of that which was recorded since."""
    days = days_without_a_newer_one(on, today)
    if days is None:
        return _("What was recorded since comes with the next edition.")
    return ngettext(
        "No newer edition since, for %(days)s day.",
        "No newer edition since, for %(days)s days.",
        days,
        days=number(days),
    )
