"""The facts of an item: frozen, plain, one class for each kind.

`item_facts` has all of one item as of a day; what follows from them is in the other modules.

Free text (`words`, `reason`, `note` and their like) is None where it was not asked for, where it
was erased, and where there never was any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from .codes import (
    Basis,
    By,
    Claimed,
    Decision,
    EvidenceKind,
    Floor,
    FloorPart,
    Level,
    MoneySaid,
    Part,
    Purpose,
    Result,
    Stage,
    WithheldFor,
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Fact:
    id: int
    event: int  # the event that recorded it; its order is the order of recording
    actor: int  # who recorded it
    on: date  # its own date
    # the day of its recording; its own date where it was imported, and in the reading "happened by"
    heard_on: date
    day_known: bool  # else its own date is assumed
    imported: bool  # else entered by hand
    recorded_at: datetime = LONG_AGO  # aware, in UTC; the rules count in days and never ask it


@dataclass(frozen=True, kw_only=True)
class ItemFact(Fact):
    convention_id: int
    kind: str  # a code of Kind, or one that the body added
    number: str = ""  # normalised; "unnumbered-1" where the list gives none
    as_published: str | None = None


@dataclass(frozen=True, kw_only=True)
class DesignationFact(Fact):
    """A corrected kind or number."""

    kind: str
    number: str = ""
    as_published: str | None = None


@dataclass(frozen=True, kw_only=True)
class VersionFact(Fact):
    """The text at one stage; of each stage the newest counts."""

    stage: Stage
    title: str | None
    words: str | None
    rationale: str | None
    truncated: bool  # the source cut the text off


@dataclass(frozen=True, kw_only=True)
class FloorPersonFact(Fact):
    """Maker, seconder, contact or sponsor: a delegation, a person's name, or both."""

    part: FloorPart
    delegation_id: int | None
    name: str | None


@dataclass(frozen=True, kw_only=True)
class RecommendationFact(Fact):
    """What a board advised; never a floor action."""

    words: str | None


@dataclass(frozen=True, kw_only=True)
class SourceCellFact(Fact):
    """What a list said and no field holds; of a heading the newest counts."""

    heading: str
    words: str | None
    file_name: str | None
    source_row: int | None


@dataclass(frozen=True, kw_only=True)
class ClauseFact(Fact):
    number: int
    declaration: bool
    addressee: str | None = None
    words: str | None = None  # None also of the default clause, the whole item


@dataclass(frozen=True, kw_only=True)
class FactOfClause(Fact):
    clause_id: int | None  # None: of the whole item


@dataclass(frozen=True, kw_only=True)
class DueDateFact(FactOfClause):
    due_on: date
    by_whom: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class FloorActionFact(FactOfClause):
    action: Floor
    position: int  # the order in the source, within a day
    unit_id: int | None  # the receiving unit of a referral; None: "the appropriate committee"
    purpose: Purpose | None
    decides_by: date | None
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    by_voice: bool = False
    session: str | None = None
    referred_to: str | None = None  # as published, where it names no unit
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralDecisionFact(FactOfClause):
    decision: Decision
    unit_id: int
    reason: str | None = None
    meeting_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AssignmentFact(FactOfClause):
    part: Part
    unit_id: int
    person_id: int | None
    ended_on: date | None = None  # set in `Facts.assignments_ever` alone


@dataclass(frozen=True, kw_only=True)
class LinkFact(FactOfClause):
    """The duty of `item_id` is carried on by `target_id`."""

    item_id: int
    target_id: int
    # fewer may read the target's convention today; set in `Facts.waiting_links` alone
    waits: bool = False
    # fewer may read the item's own convention: the target knows nothing of it
    comes_unseen: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryFact(Fact):
    author_id: int
    internal: bool
    next_word_by: date | None
    corrects_id: int | None
    words: str | None = None
    by_office: bool = False  # recorded by the office for others
    source: str | None = None  # of an imported entry: the list, and its row
    source_row: int | None = None
    retracted: bool = False  # withdrawn or corrected; set in `Facts.entries_ever` alone


@dataclass(frozen=True, kw_only=True)
class ClaimFact(Fact):
    """What an entry says of one clause.

    `claimed` is None for a word that claims nothing ("no change").
    """

    entry_id: int
    clause_id: int
    claimed: Claimed | None
    money: MoneySaid | None
    reason: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    retracted: bool = False  # with its entry; set in `Facts.claims_ever` alone


@dataclass(frozen=True, kw_only=True)
class EvidenceFact(Fact):
    """A link, a stored file or the row of a list, of an entry or of an outcome; its own date is
    that of what it shows.
    """

    kind: EvidenceKind
    entry_id: int | None
    outcome_id: int | None
    title: str | None
    url: str | None
    words: str | None  # of a row: its cells, one a line
    sha256: str | None  # of a file
    media_type: str | None
    size: int | None  # bytes
    internal: bool  # as its author asks; settled at release


@dataclass(frozen=True, kw_only=True)
class OpenedEvidenceFact(Fact):
    """A release let members open it."""

    evidence_id: int


@dataclass(frozen=True, kw_only=True)
class WithholdingFact(Fact):
    """The display of an entry, an outcome, one piece of evidence or a name stopped."""

    kind: WithheldFor
    entry_id: int | None
    outcome_id: int | None
    evidence_id: int | None
    floor_person_id: int | None = None
    name: str | None = None  # of that person; None: another subject, or erased


@dataclass(frozen=True, kw_only=True)
class OutcomeFact(Fact):
    author_id: int
    level: Level
    words: str | None = None
    tie: str | None = None  # what ties the change to the item


@dataclass(frozen=True, kw_only=True)
class ReleaseFact(Fact):
    entry_id: int | None
    outcome_id: int | None
    retracted: bool = False  # with its entry; never in `Facts`, see `Facts.released_ever`


@dataclass(frozen=True, kw_only=True)
class SentBackFact(Fact):
    entry_id: int
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewFact(Fact):
    claim_id: int | None
    outcome_id: int | None
    result: Result
    by: By
    met_on: date | None = None
    meeting: str | None = None
    minutes: str | None = None  # where it stands in them, or where they are
    reason: str | None = None
    outside_role: str | None = None  # from outside: as whom pages name who decided
    outside_organisation: str | None = None
    meeting_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class OutsideSubjectFact(Fact):
    """Somebody from outside is asked about a claim, or an outcome; the actor made the link."""

    outside_request_id: int
    claim_id: int | None
    outcome_id: int | None


@dataclass(frozen=True, kw_only=True)
class EstimateFact(Fact):
    basis: Basis
    stage: Stage
    amount: Decimal | None
    sentence: str | None = None
    conditional: bool = False
    assumption: str | None = None
    budget: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppropriationFact(Fact):
    """Money given to the item; a later one raises it or, below zero, cuts it."""

    fund: str
    amount: Decimal
    decided_by: str | None


@dataclass(frozen=True, kw_only=True)
class ExpenseFact(Fact):
    """Money spent.

    `entry_id` is None in records of a version before expenses belonged to entries: these count as
    released.
    """

    entry_id: int | None
    category: str
    amount: Decimal
    payee: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExplanationFact(Fact):
    """Why more, or less, was spent than was planned. `entry_id`: as of an expense."""

    entry_id: int | None
    words: str | None
    by_office: bool


F = TypeVar("F", bound=Fact)


def newest(facts: Iterable[F]) -> F | None:
    """By date of the act, then by order of recording."""
    return max(facts, key=lambda fact: (fact.on, fact.event, fact.id), default=None)


def floor_newest_first(actions: Iterable[FloorActionFact]) -> list[FloorActionFact]:
    """By date, then by the order in the source: the newest rules."""
    return sorted(
        actions, key=lambda action: (action.on, action.position, action.event), reverse=True
    )


def standing_entries(
    entries: Iterable[EntryFact], sent_back: Iterable[SentBackFact]
) -> frozenset[int]:
    """Keys of the entries that were neither withdrawn nor corrected nor sent back."""
    returned = {back.entry_id for back in sent_back}
    return frozenset(
        entry.id for entry in entries if not entry.retracted and entry.id not in returned
    )


OfAnEntry = TypeVar("OfAnEntry", ExpenseFact, ExplanationFact)


def of_standing_entries(
    facts: Iterable[OfAnEntry], standing: frozenset[int]
) -> tuple[OfAnEntry, ...]:
    """Expenses and explanations follow their entry: one that does not stand takes them along.

    :param standing: keys of the entries that stand, as `standing_entries` gives them
    """
    return tuple(fact for fact in facts if fact.entry_id is None or fact.entry_id in standing)
