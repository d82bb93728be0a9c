"""Sentences of the form of an entry: what it claims, who releases it, who wrote meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.reading.entries import EntryDetails, LoggableItem
from tracker.translation import gettext as _

from .amounts import listing


def claim_notes() -> dict[str, str]:
    """Small lines under the answers of a clause."""
    return {
        "blocked": _("You say by what"),
        "done": _("Needs evidence. It shows as reported done until somebody else has confirmed it"),
        "will_not_be_done": _(
            "You say why, who decided, and when. The governance office releases it"
        ),
        "no_change": _("A word, and no claim: the clause stays as it is"),
    }


def who_releases(item: LoggableItem) -> str:
    if item.leads_release:
        return _("When it is submitted, you may release it yourself.")
    return _("The manager of the unit or the governance office releases it.")


def meanwhile(others: Sequence[EntryDetails]) -> str:
    """Two people at one thing."""
    names = [entry.person or _("Somebody else") for entry in others]
    return _(
        "%(who)s recorded something about this clause while you were writing.",
        who=listing(list(dict.fromkeys(names))),
    )
