"""The words in which an item is told: its texts and its steps, as plain data.

What each step does is in office_acts.py and staff_acts.py, and when, in storyteller.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from tracker.rules.codes import (
    Basis,
    Claimed,
    Decision,
    Floor,
    Kind,
    Level,
    MoneySaid,
    Purpose,
    Result,
    Stage,
    WithheldFor,
)
from tracker.rules.item_code import code_of

from .calendar import When
from .people import BUDGET


@dataclass(frozen=True)
class StoryLink:
    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class StoryFile:
    """A file, made when the demonstration is loaded: a PDF of these lines, or a PNG with these
    bars.

    Open to all unless it stays inside.
    """

    name: str  # ends with .pdf or .png
    title: str
    lines: tuple[str, ...] = ()
    bars: tuple[tuple[str, int], ...] = ()
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class StoryCost:
    """Money spent. `on`: another day than that of the entry."""

    amount: str
    category: str
    payee: str | None = None
    on: When | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that happens to an item. `on`: the day it is of, before weekends are left out."""

    on: When


@dataclass(frozen=True, kw_only=True)
class FloorStep(Step):
    """What the floor did. `to`: the unit of a referral, or whom in the list's own words."""

    action: Floor
    votes: tuple[int, int, int] | None = None  # for, against, abstained
    sitting: str | None = None
    note: str | None = None
    clause: int | None = None
    to: str | None = None
    purpose: Purpose = Purpose.DECISION
    decides_by: When | None = None
    position: int = 1
    day_known: bool = True


@dataclass(frozen=True, kw_only=True)
class TextStep(Step):
    """The text at a later stage."""

    stage: Stage
    text: str
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class EstimateStep(Step):
    sentence: str
    amount: str | None = None
    basis: Basis = Basis.ADDITIONAL
    stage: Stage = Stage.AS_SUBMITTED
    conditional: bool = False
    assumption: str | None = None
    budget: str | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionStep(Step):
    """By the unit to which it was referred."""

    decision: Decision
    unit: str
    reason: str
    recorded_after: int = 2  # days


@dataclass(frozen=True, kw_only=True)
class AssignmentStep(Step):
    """Who has the lead from that day on; with `helps`, who contributes."""

    unit: str
    person: str | None = None
    clause: int | None = None
    helps: bool = False


@dataclass(frozen=True, kw_only=True)
class DueDateStep(Step):
    due: When
    clause: int | None = None
    by_whom: str | None = None  # with a reason: an extension
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppropriationStep(Step):
    amount: str
    decided_by: str = BUDGET
    fund: str = "Contingency fund"


@dataclass(frozen=True, kw_only=True)
class ExpenseStep(Step):
    cost: StoryCost


@dataclass(frozen=True, kw_only=True)
class ExplanationStep(Step):
    """Why more, or less, was spent, by the lead's person."""

    words: str


@dataclass(frozen=True, kw_only=True)
class EntryStep(Step):
    """A progress entry.

    It was written down `recorded_after` days after `on`, and published `released_after` days after
    that (None: it waits).

    `author` and `released_by` are the lead's person and its unit's manager unless somebody is
    named. `name` is what other steps call it by.
    """

    words: str
    claims: Mapping[int, Claimed | None] = field(default_factory=dict)  # by clause
    name: str = ""
    because: str | None = None  # the cause of blocked; why it will not be done
    decided_by: str | None = None
    decided_on: When | None = None
    money: MoneySaid | None = None
    costs: Sequence[StoryCost] = ()
    links: Sequence[StoryLink] = ()
    papers: Sequence[StoryFile] = ()
    next_word_by: When | None = None
    internal: bool = False
    corrects: str | None = None
    author: str | None = None
    recorded_after: int = 0
    released_after: int | None = 1
    released_by: str | None = None
    sent_back: str | None = None  # the reason, in place of a release
    withdrawn: bool = False
    imported_from: tuple[str, int] | None = None  # file and row of a list


@dataclass(frozen=True, kw_only=True)
class ReviewStep(Step):
    """What the confirmer made of the claims of done of these clauses."""

    result: Result
    clauses: Sequence[int]
    reason: str | None = None
    by: str | None = None
    # it was somebody from outside, by a one-time link: name, role, organisation
    outside: tuple[str, str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeStep(Step):
    """What changed, as observed on that day.

    The three numbers are days after it; None: not yet.
    """

    level: Level
    words: str
    tie: str | None = None
    links: Sequence[StoryLink] = ()
    papers: Sequence[StoryFile] = ()
    recorded_after: int = 1
    released_after: int | None = 2
    confirmed_after: int | None = 5
    author: str | None = None


@dataclass(frozen=True, kw_only=True)
class WithholdingStep(Step):
    """An entry, or one file of it; shown again `lifted_after` days after, with a reason."""

    entry: str
    kind: WithheldFor
    paper: str | None = None
    lifted_after: int | None = None
    lifted_because: str = ""


@dataclass(frozen=True, kw_only=True)
class MergeStep(Step):
    """The duty goes on with another item: of this convention or of a later one."""

    convention: str
    code: str


@dataclass(frozen=True, kw_only=True)
class NumberStep(Step):
    """The number was typed wrong."""

    number: str


@dataclass(frozen=True, kw_only=True)
class FloorCorrectionStep(Step):
    """A floor action was typed wrong: the one before this step is replaced, on its own day."""

    action: Floor


@dataclass(frozen=True, kw_only=True)
class ItemStory:
    """An item: what was moved, by whom, and what became of it."""

    convention: str
    number: str
    title: str
    text: str
    by: str | None  # the delegation that moved it
    steps: Sequence[Step] = ()
    kind: Kind = Kind.NEW_BUSINESS_ITEM
    name: str | None = None  # of the maker; shown only where the union shows names
    seconded: str | None = None
    rationale: str | None = None
    clauses: Sequence[str] = ()
    declarations: Sequence[int] = ()
    clauses_on: When = 1
    stage: Stage = Stage.AS_SUBMITTED
    registered: When = -6
    addressees: Sequence[str | None] = ()  # of the clauses, in their order

    @property
    def code(self) -> str:
        return code_of(self.kind, self.number.lower())


@dataclass(frozen=True, kw_only=True)
class ConfirmingMeeting:
    """A meeting confirms claims of done: of each item (convention, code) these clauses."""

    convention: str
    on: When
    who: str
    minutes: str
    claims: Sequence[tuple[str, str, Sequence[int]]]
    recorded_after: int = 1  # days


# --- short forms: a claim of one kind for the clauses named ---


class EntryOptions(TypedDict, total=False):
    """What else an `EntryStep` takes."""

    name: str
    because: str | None
    decided_by: str | None
    decided_on: When | None
    money: MoneySaid | None
    costs: Sequence[StoryCost]
    links: Sequence[StoryLink]
    papers: Sequence[StoryFile]
    next_word_by: When | None
    internal: bool
    corrects: str | None
    author: str | None
    recorded_after: int
    released_after: int | None
    released_by: str | None
    sent_back: str | None
    withdrawn: bool
    imported_from: tuple[str, int] | None


class FloorOptions(TypedDict, total=False):
    """What else a `FloorStep` takes."""

    note: str | None
    clause: int | None
    purpose: Purpose
    decides_by: When | None
    position: int
    day_known: bool


def _entry(
    claimed: Claimed | None,
    on: When,
    words: str,
    clauses: Sequence[int],
    options: EntryOptions,
) -> EntryStep:
    claims = dict.fromkeys(clauses or [1], claimed)
    return EntryStep(on=on, words=words, claims=claims, **options)


def word(on: When, words: str, *clauses: int, **options: Unpack[EntryOptions]) -> EntryStep:
    """A word that claims nothing."""
    return _entry(None, on, words, clauses, options)


def started(on: When, words: str, *clauses: int, **options: Unpack[EntryOptions]) -> EntryStep:
    return _entry(Claimed.STARTED, on, words, clauses, options)


def progress(on: When, words: str, *clauses: int, **options: Unpack[EntryOptions]) -> EntryStep:
    return _entry(Claimed.PROGRESS, on, words, clauses, options)


def blocked(on: When, words: str, *clauses: int, **options: Unpack[EntryOptions]) -> EntryStep:
    return _entry(Claimed.BLOCKED, on, words, clauses, options)


def done(on: When, words: str, *clauses: int, **options: Unpack[EntryOptions]) -> EntryStep:
    return _entry(Claimed.DONE, on, words, clauses, options)


def will_not(on: When, words: str, *clauses: int, **options: Unpack[EntryOptions]) -> EntryStep:
    """Released by the office always."""
    return _entry(Claimed.WILL_NOT_BE_DONE, on, words, clauses, options)


def confirmed(
    on: When, *clauses: int, note: str | None = None, by: str | None = None
) -> ReviewStep:
    return ReviewStep(on=on, result=Result.CONFIRMED, clauses=clauses or [1], reason=note, by=by)


def confirmed_from_outside(on: When, outside: tuple[str, str, str], *clauses: int) -> ReviewStep:
    return ReviewStep(on=on, result=Result.CONFIRMED, clauses=clauses or [1], outside=outside)


def returned(on: When, reason: str, *clauses: int) -> ReviewStep:
    return ReviewStep(on=on, result=Result.RETURNED, clauses=clauses or [1], reason=reason)


def reopened(on: When, reason: str, *clauses: int) -> ReviewStep:
    return ReviewStep(on=on, result=Result.REOPENED, clauses=clauses or [1], reason=reason)


def adopted(
    on: When,
    votes: tuple[int, int, int] | None = None,
    sitting: str | None = None,
    **options: Unpack[FloorOptions],
) -> FloorStep:
    return FloorStep(on=on, action=Floor.ADOPTED, votes=votes, sitting=sitting, **options)


def referred(
    on: When,
    to: str,
    votes: tuple[int, int, int] | None = None,
    sitting: str | None = None,
    **options: Unpack[FloorOptions],
) -> FloorStep:
    return FloorStep(on=on, action=Floor.REFERRED, to=to, votes=votes, sitting=sitting, **options)
