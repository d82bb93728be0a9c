"""What one row of a list says, once it is understood; the record is not asked here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.acts.floor import VoteCount
from tracker.acts.import_models import ImportedFloorAction
from tracker.importing.codes import Followed
from tracker.importing.problems import Problem, Severity
from tracker.importing.values.costs import Cost
from tracker.importing.values.meetings import ListedMeeting
from tracker.rules.codes import Decision

Person = tuple[str, str | None]  # a name, and the delegation


@dataclass(frozen=True)
class DatedUpdate:
    """The words of an update, its day where the row says one, and the heading of its column."""

    words: str
    on: date | None
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedRow:
    """What a row says. None and empty mean that it says nothing of it: nothing is erased by that.

    Amounts are in the body's currency.
    """

    row_number: int
    sheet: str
    year: int | None
    convention: ListedMeeting | None  # as the row, its sheet or its title names it
    kind: str
    number: str  # normalised; "" without one
    published: str | None
    title: str | None = None
    text: str | None = None
    truncated: bool | None = None  # as a column says
    seems_cut_off: bool = False
    rationale: str | None = None
    delegations: tuple[str, ...] = ()
    makers: tuple[Person, ...] = ()
    seconders: tuple[Person, ...] = ()
    contacts: tuple[Person, ...] = ()
    floor: tuple[ImportedFloorAction, ...] = ()
    vote: VoteCount | None = None
    recommendation: str | None = None
    sentence: str | None = None  # of the cost, as published
    cost: Cost | None = None
    cost_columns: frozenset[str] = frozenset()  # what columns of their own say of the estimate
    lead: str | None = None
    person: str | None = None
    due: date | None = None
    followed: Followed | None = None
    followed_words: str = ""
    updates: tuple[DatedUpdate, ...] = ()
    updated_on: date | None = None
    claimed_on: date | None = None  # the day of what is claimed, where the row names it
    spent: Decimal | None = None
    appropriated: Decimal | None = None
    fund: str | None = None
    merged_into: str | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    revision: int | None = None  # of the record, where the file is an export
    is_of_a_unit: bool = False  # from the sheet of one unit: what it says waits for release
    cells: tuple[tuple[str, str], ...] = ()  # what has no field, kept as published
    # cells that wait for the office to say the order of day and month
    undecided_cells: tuple[tuple[str, str], ...] = ()
    published_cells: tuple[tuple[str, str], ...] = ()  # the whole row
    problems: tuple[Problem, ...] = ()
    meeting_is_blank: bool = False  # there is a column for it, and it is empty
    # the sheet or the title, where the row's year or meeting is from there
    named_by: str | None = None
    # of an item without a number, in the code of an export: "unnumbered-1"
    unnumbered: str | None = None
    kind_is_assumed: bool = False  # neither the row nor the list says it
    # headings of cells in which delegations and persons cannot be told apart
    unclear_people: tuple[str, ...] = ()

    @property
    def is_rejected(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)
