"""The facts of an item: frozen, plain, loaded for one as-of.

What follows from them is next door.

Free text (`words`, `reason`, `note` and their like) is None where it was not asked for, where it
was erased, and where there never was any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
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
    Kind,
    Level,
    MoneySaid,
    Part,
    Purpose,
    Result,
    Stage,
    WithheldFor,
)
from .terms import Clock

KINDS = frozenset(Kind)
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
    """The display of an entry, an outcome or one piece of evidence stopped."""

    kind: WithheldFor
    entry_id: int | None
    outcome_id: int | None
    evidence_id: int | None


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
    minutes: str | None = None
    reason: str | None = None


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


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that was known of one item on a day.

    `versions` and what follows it are empty unless words were asked for.
    """

    today: date
    clock: Clock
    silence_days: int
    leads_release: bool
    item: ItemFact
    clauses: tuple[ClauseFact, ...] = ()
    due_dates: tuple[DueDateFact, ...] = ()
    floor: tuple[FloorActionFact, ...] = ()
    decisions: tuple[ReferralDecisionFact, ...] = ()
    assignments: tuple[AssignmentFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    incoming: tuple[LinkFact, ...] = ()  # links of other items to this one
    entries: tuple[EntryFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    outcomes: tuple[OutcomeFact, ...] = ()
    releases: tuple[ReleaseFact, ...] = ()
    sent_back: tuple[SentBackFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    estimates: tuple[EstimateFact, ...] = ()
    designations: tuple[DesignationFact, ...] = ()
    added_kinds: frozenset[str] = frozenset()  # of the body: those that need follow-through
    appropriations: tuple[AppropriationFact, ...] = ()
    # but those of an entry that was sent back, withdrawn or corrected
    expenses: tuple[ExpenseFact, ...] = ()
    entries_ever: tuple[EntryFact, ...] = ()  # those that were withdrawn or corrected among them
    claims_ever: tuple[ClaimFact, ...] = ()
    assignments_ever: tuple[AssignmentFact, ...] = ()  # those that have ended among them
    released_ever: frozenset[int] = frozenset()  # entries, be their release taken back since
    versions: tuple[VersionFact, ...] = ()
    floor_people: tuple[FloorPersonFact, ...] = ()
    recommendations: tuple[RecommendationFact, ...] = ()
    source_cells: tuple[SourceCellFact, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    opened_evidence: tuple[OpenedEvidenceFact, ...] = ()
    withholdings: tuple[WithholdingFact, ...] = ()  # judged by today, whatever day is asked for
    # but those of an entry that was sent back, withdrawn or corrected
    explanations: tuple[ExplanationFact, ...] = ()

    def every_fact(self) -> Iterator[Fact]:
        """All that is on record of the item, what is over among it; not the links of other items,
        and no releases.
        """
        yield self.item
        for name in _OF_THE_ITEM:
            yield from getattr(self, name)

    @property
    def newest_event(self) -> int:
        """What a form on this item carries; of facts with words.

        A release changes nothing that was said, so it does not count.
        """
        return max(fact.event for fact in self.every_fact())

    @property
    def designation(self) -> DesignationFact | None:
        """The last correction of kind and number."""
        return max(self.designations, key=lambda designation: designation.event, default=None)

    @property
    def kind(self) -> str:
        """As corrected last."""
        return (self.designation or self.item).kind

    @property
    def follows_through(self) -> bool:
        return self.kind in self.added_kinds or (
            self.kind in KINDS and Kind(self.kind).follows_through
        )

    def review(self, *, claim: int | None = None, outcome: int | None = None) -> ReviewFact | None:
        """The last thing that was done with a claim of done, or with an outcome."""
        reviews = [
            review
            for review in self.reviews
            if (review.claim_id, review.outcome_id) == (claim, outcome)
        ]
        return max(reviews, key=lambda review: review.event, default=None)

    @property
    def waiting(self) -> list[EntryFact]:
        """Submitted, and neither released nor returned; an internal entry waits for nothing."""
        over = {release.entry_id for release in self.releases}
        over |= {back.entry_id for back in self.sent_back}
        return [entry for entry in self.entries if not entry.internal and entry.id not in over]

    @property
    def waiting_news(self) -> list[EntryFact]:
        """Of those that wait, the ones that correct nothing that was released.

        Such a correction brings no news.
        """
        return [
            entry for entry in self.waiting if self.released(entry=entry.corrects_id or 0) is None
        ]

    @property
    def unanswered(self) -> list[SentBackFact]:
        """The returns after which no entry has taken the returned one's place."""
        return [back for back in self.sent_back if not self._is_answered(back)]

    def _is_answered(self, back: SentBackFact) -> bool:
        returned = self.entry(back.entry_id)
        if returned is None:  # withdrawn, or corrected since: nothing is to be answered
            return True
        places = {returned.id, returned.corrects_id} - {None}
        return any(
            entry.event > back.event and entry.corrects_id in places for entry in self.entries
        )

    def entry(self, key: int) -> EntryFact | None:
        return next((entry for entry in self.entries if entry.id == key), None)

    def was_released(self, entry: int | None) -> bool:
        """Whether it was, be its release taken back since; what belongs to no entry (None) needs no
        release.
        """
        return entry is None or entry in self.released_ever

    def speaks_until(self, entry: EntryFact) -> date:
        """The last day on which an entry of that day lies within the silence limit."""
        return entry.on + timedelta(days=self.silence_days)

    def released(
        self, *, entry: int | None = None, outcome: int | None = None
    ) -> ReleaseFact | None:
        return next(
            (
                release
                for release in self.releases
                if (release.entry_id, release.outcome_id) == (entry, outcome)
            ),
            None,
        )


_OF_THE_ITEM = tuple(
    field.name
    for field in fields(Facts)
    if str(field.type).startswith("tuple[") and field.name not in ("incoming", "releases")
)
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
