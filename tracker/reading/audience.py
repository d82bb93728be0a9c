"""For whom a reading is made: what an audience may not see is not in the object that it gets. Roles are turned into audiences by the doors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """`units`: items that these units lead or contribute to are shown with internal words, files and payees. `everything`: all items are.
    `withheld`: so is what was withheld.

    Persons are named where `names` holds, or where the body's setting shows names.
    """

    names: bool = False
    units: frozenset[int] = frozenset()
    everything: bool = False
    withheld: bool = False

    def inside(self, units: frozenset[int]) -> bool:
        """Whether this audience reads the internal part of an item that `units` work on."""
        return self.everything or bool(self.units & units)


PUBLIC = Audience()
"""Delegates, and the readers of a closed body: released words, public files, units and delegations."""
OFFICE = Audience(names=True, everything=True, withheld=True)
"""Governance and auditor."""


def staff(units: frozenset[int]) -> Audience:
    """People of these units: names everywhere, what is internal of their own items."""
    return Audience(names=True, units=units)
