"""What a list brings of an item, in the names that the list uses; writing it is the work of
`imports`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.rules.codes import (
    Claimed,
    ColumnVisibility,
    Decision,
    Floor,
    FloorPart,
    MoneySaid,
    Purpose,
)

from .expenses import NewExpense
from .floor import VoteCount
from .items import NewVersion
from .money import NewEstimate


@dataclass(frozen=True)
class NewItem:
    kind: str
    number: str  # normalised
    as_published: str | None


@dataclass(frozen=True)
class Directory:
    """The keys of the body's units, delegations and people, by the names that a list gives them.

    A person is named with the unit; None where the body has no such person.
    """

    units: Mapping[str, int] = field(default_factory=dict)
    delegations: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[tuple[str, str], int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportedMover:
    """Somebody on the floor, by name: a person, a delegation, or both."""

    part: FloorPart
    name: str | None
    delegation: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedFloorAction:
    """One floor action of a list. `on` is None where the day is not known.

    `referred_to` is whom a referral names where that is no unit ("the appropriate committee");
    `merged_into` is the item into which it was merged, as published.
    """

    action: Floor
    on: date | None = None
    unit: str | None = None
    referred_to: str | None = None
    purpose: Purpose | None = None
    merged_into: str | None = None


@dataclass(frozen=True)
class ImportedCell:
    """A cell for which the record has no field; `visibility` is that of its column in the file."""

    heading: str
    words: str
    visibility: ColumnVisibility = ColumnVisibility.SHOWN


@dataclass(frozen=True)
class ImportedLead:
    unit: str
    person: str | None


@dataclass(frozen=True)
class ImportedDecision:
    """What the receiving unit decided on a referral."""

    decision: Decision
    unit: str
    on: date


@dataclass(frozen=True)
class ImportedAppropriation:
    """`fund` is "" where the list names none; the amount is in the body's currency."""

    fund: str
    amount: Decimal
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedEntry:
    """An entry that a row brings. It speaks of the whole item, that is of all its open clauses.

    `claimed` is None for a word that claims nothing. `row_words` are the words of the row, where
    they are the evidence of what is claimed.
    """

    words: str
    on: date
    day_known: bool
    claimed: Claimed | None = None
    reason: str | None = None
    money: MoneySaid | None = None
    expense: NewExpense | None = None
    row_words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemChanges:
    """What is new or changed of one item; what is empty is not written.

    `movers` take the place of all that are on record in the same parts. `vote` is of the first of
    the floor actions, and `first_position` its place in the order of the source.
    """

    text: NewVersion | None = None
    movers: tuple[ImportedMover, ...] = ()
    due_on: date | None = None
    estimate: NewEstimate | None = None
    recommendation: str | None = None
    cells: tuple[ImportedCell, ...] = ()
    floor: tuple[ImportedFloorAction, ...] = ()
    first_position: int = 1
    vote: VoteCount | None = None
    # keys of floor actions of earlier lists, which this one no longer says
    floor_never_done: tuple[int, ...] = ()
    lead: ImportedLead | None = None
    decision: ImportedDecision | None = None
    appropriation: ImportedAppropriation | None = None
    entries: tuple[ImportedEntry, ...] = ()

    @property
    def describes(self) -> bool:
        """Whether there is something that is dated as the item itself."""
        return bool(
            self.text
            or self.movers
            or self.due_on
            or self.estimate
            or self.recommendation
            or self.cells
        )

    @property
    def is_empty(self) -> bool:
        return self == ItemChanges(first_position=self.first_position)


@dataclass(frozen=True)
class ImportSource:
    """The file, and the number of the row in it (or in its sheet)."""

    file_name: str
    row: int
