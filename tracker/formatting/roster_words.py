"""The words of the pages of units and of delegations."""

from __future__ import annotations

from tracker.rules.rosters import NamedRow, Roster, name_key
from tracker.translation import gettext as _
from tracker.translation import ngettext


def title(roster: Roster) -> str:
    return _("Units") if roster is Roster.UNITS else _("Delegations")


def counted(roster: Roster, count: int) -> str:
    if roster is Roster.UNITS:
        return ngettext("%(num)d unit", "%(num)d units", count)
    return ngettext("%(num)d delegation", "%(num)d delegations", count)


def meaning(roster: Roster) -> str:
    """What its rows are for."""
    if roster is Roster.UNITS:
        return _(
            "A department, center, committee or board: whatever leads items, or is asked to decide."
        )
    return _("Whoever moves items on the floor: a state, a council, a caucus, the Board.")


def goes_to(roster: Roster) -> str:
    if roster is Roster.UNITS:
        return _("All that it has goes to")
    return _("What it moved counts for")


def add(roster: Roster) -> str:
    return _("Add a unit") if roster is Roster.UNITS else _("Add a delegation")


def taken(holder: NamedRow, name: str) -> str:
    """Why another row cannot have this name."""
    if name_key(holder.name) == name_key(name):
        return _("%(name)s is there already.", name=holder.name)
    return _(
        "%(holder)s was called so before, and lists that say %(name)s mean it. "
        "Choose another name.",
        holder=holder.name,
        name=name,
    )
