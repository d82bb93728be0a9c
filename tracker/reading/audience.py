"""For whom a reading is made: what an audience may not see is not in the object that it gets.

Roles are turned into audiences by the doors.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """Persons are named where `names` holds, or where the body's setting shows names."""

    names: bool = False
    # Items that these units lead or contribute to are shown with internal words, files, payees.
    units: frozenset[int] = frozenset()
    everything: bool = False  # all items are shown with their internal part
    withheld: bool = False  # so is what was withheld

    def inside(self, units: frozenset[int]) -> bool:
        """Whether this audience reads the internal part of an item that `units` work on."""
        return self.everything or bool(self.units & units)


PUBLIC = Audience()
"""Delegates, and the readers of a closed body: released words, public files, units, delegations."""

OFFICE = Audience(names=True, everything=True, withheld=True)
"""Governance and auditor."""


def staff(units: frozenset[int]) -> Audience:
    """People of these units: names everywhere, what is internal of their own items."""
    return Audience(names=True, units=units)
