"""What a page of history shows: acts, each with who, when, the rows that it wrote, and what it
changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto
from typing import NamedTuple

from tracker.record.event_rows import EventRow, RowName, RowsOfEvent
from tracker.rules import codes

from .body_context import BodyContext
from .models import ConventionDetails, ItemRef


class Changed(StrEnum):
    """What of an item is other after an act than before."""

    STANDING = auto()
    ANSWER = auto()
    CHANGE = auto()
    LEAD = auto()
    DUE = auto()
    ESTIMATED = auto()
    APPROPRIATED = auto()
    SPENT = auto()
    DESIGNATION = auto()


class LeadThen(NamedTuple):
    unit_id: int
    person_id: int | None


class DesignationThen(NamedTuple):
    kind: str
    number: str | None  # as published


DerivedValue = (
    codes.Standing
    | codes.Verdict
    | codes.Change
    | LeadThen
    | DesignationThen
    | date
    | Decimal
    | None
)


@dataclass(frozen=True, kw_only=True)
class DerivedChange:
    """As derived of the record before the act, and after it, on the day of its recording."""

    of: Changed
    clause: int | None  # its number; None: of the item, or of all its clauses alike
    before: DerivedValue
    after: DerivedValue


class RoleThen(NamedTuple):
    role: codes.Role
    unit_id: int | None


@dataclass(frozen=True, kw_only=True)
class HistoryNames:
    """What the rows of some acts name by their keys."""

    context: BodyContext
    items: Mapping[int, ItemRef]
    clauses: Mapping[int, int | None]  # numbers; None: the item has one clause only
    rows: Mapping[RowName, EventRow]  # of the acts, and those that they name
    withheld: frozenset[RowName]  # today


@dataclass(frozen=True, kw_only=True)
class HistoryAct:
    number: int  # in the chain
    event: int
    kind: str  # the code of the act
    recorded_at: datetime  # in the body's zone
    on: date  # its own day
    day_known: bool
    imported: bool
    actor_id: int  # 0: the command line
    roles: tuple[RoleThen, ...]  # that its actor held then
    item: ItemRef | None
    convention: ConventionDetails | None
    subject: RowName
    rows: RowsOfEvent
    before: Mapping[RowName, EventRow]  # by a row that it wrote: what stood in its place
    setting_before: Mapping[str, str | None]  # by the name of a setting that it wrote
    changes: tuple[DerivedChange, ...]
    names: HistoryNames
    hash: str
    previous_hash: str
    is_sealed: bool | None  # whether its content gives its hash; None: it was not read

    @property
    def who(self) -> str | None:
        """None for the command line, and for somebody whose name was erased."""
        return self.names.context.people.get(self.actor_id)


@dataclass(frozen=True, kw_only=True)
class HistoryCounts:
    """Of the acts on an item, a convention or a body."""

    all: int
    people: int
    shown: int  # by the filters
    newer: int  # of these, those before the page
    corrections: int
    withholdings: int
    actors: tuple[int, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    acts: tuple[HistoryAct, ...]  # the newest first
    counts: HistoryCounts
    has_earlier: bool


@dataclass(frozen=True, kw_only=True)
class HistoryEvent:
    """One act, and its neighbours in the chain."""

    act: HistoryAct
    earlier: int | None  # numbers
    later: int | None
