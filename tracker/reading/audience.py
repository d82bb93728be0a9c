"""For whom a reading is made: what an audience may not see is not in the object that it gets.

Roles are turned into audiences by the doors.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.rules import publication
from tracker.rules.codes import Visibility


@dataclass(frozen=True)
class Audience:
    """Persons are named where `names` holds, or where the body's setting shows names."""

    names: bool = False
    # Items that these units lead or contribute to are shown with internal words, files, payees.
    units: frozenset[int] = frozenset()
    everything: bool = False  # all items are shown with their internal part
    withheld: bool = False  # so is what was withheld
    hidden: bool = False  # conventions that are hidden are shown
    members: bool = False  # so are those for members
    opened: frozenset[int] = frozenset()  # conventions for members whose code was typed

    def inside(self, units: frozenset[int]) -> bool:
        """Whether this audience reads the internal part of an item that `units` work on."""
        return self.everything or bool(self.units & units)

    def reads(self, convention_id: int, visibility: Visibility) -> bool:
        """Whether this audience may read a convention of this visibility."""
        return publication.may_read(
            visibility,
            reads_hidden=self.hidden,
            is_member=self.members or convention_id in self.opened,
        )


PUBLIC = Audience()
"""Delegates: released words, public files, units, delegations, of public conventions."""

OFFICE = Audience(names=True, everything=True, withheld=True, hidden=True, members=True)
"""Governance and auditor."""


def staff(units: frozenset[int]) -> Audience:
    """People of these units: names everywhere, what is internal of their own items."""
    return Audience(names=True, units=units, hidden=True, members=True)
