"""The facts of an item as the rules see them: frozen, plain, loaded for one as-of. What follows from them is next door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from .codes import (
    Basis,
    By,
    Claimed,
    Decision,
    Floor,
    Kind,
    Level,
    MoneySaid,
    Part,
    Purpose,
    Result,
    Stage,
)
from .terms import Clock


@dataclass(frozen=True)
class Fact:
    id: int
    event: int  # the event that recorded it; its order is the order of recording
    actor: int  # who recorded it
    on: date  # its own date
    heard_on: date  # the day of its recording; its own date where it was imported, and in the reading "happened by"
    day_known: bool  # else its own date is assumed
    imported: bool  # else entered by hand


@dataclass(frozen=True)
class Item(Fact):
    convention_id: int
    kind: str  # a code of Kind, or one that the body added


@dataclass(frozen=True)
class Designation(Fact):
    """A corrected kind."""

    kind: str


@dataclass(frozen=True)
class Clause(Fact):
    number: int
    declaration: bool


@dataclass(frozen=True)
class OfClause(Fact):
    clause_id: int | None  # None: of the whole item


@dataclass(frozen=True)
class DueDate(OfClause):
    due_on: date


@dataclass(frozen=True)
class FloorAction(OfClause):
    action: Floor
    position: int  # the order in the source, within a day
    unit_id: int | None  # the receiving unit of a referral; None: "the appropriate committee"
    purpose: Purpose | None
    decides_by: date | None


@dataclass(frozen=True)
class ReferralDecision(OfClause):
    decision: Decision
    unit_id: int


@dataclass(frozen=True)
class Assignment(OfClause):
    part: Part
    unit_id: int
    person_id: int | None


@dataclass(frozen=True)
class Link(OfClause):
    """The duty of `item_id` is carried on by `target_id`."""

    item_id: int
    target_id: int


@dataclass(frozen=True)
class Entry(Fact):
    author_id: int
    internal: bool
    next_word_by: date | None
    corrects_id: int | None


@dataclass(frozen=True)
class Claim(Fact):
    """What an entry says of one clause. `claimed` is None for a word that claims nothing ("no change")."""

    entry_id: int
    clause_id: int
    claimed: Claimed | None
    money: MoneySaid | None


@dataclass(frozen=True)
class Outcome(Fact):
    author_id: int
    level: Level


@dataclass(frozen=True)
class Release(Fact):
    entry_id: int | None
    outcome_id: int | None


@dataclass(frozen=True)
class SentBack(Fact):
    entry_id: int


@dataclass(frozen=True)
class Review(Fact):
    claim_id: int | None
    outcome_id: int | None
    result: Result
    by: By


@dataclass(frozen=True)
class Estimate(Fact):
    basis: Basis
    stage: Stage
    amount: Decimal | None


@dataclass(frozen=True)
class Facts:
    """All that was known of one item on a day."""

    today: date
    clock: Clock
    silence_days: int
    leads_release: bool
    item: Item
    clauses: tuple[Clause, ...] = ()
    due_dates: tuple[DueDate, ...] = ()
    floor: tuple[FloorAction, ...] = ()
    decisions: tuple[ReferralDecision, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    links: tuple[Link, ...] = ()
    incoming: tuple[Link, ...] = ()  # links of other items to this one
    entries: tuple[Entry, ...] = ()
    claims: tuple[Claim, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    releases: tuple[Release, ...] = ()
    sent_back: tuple[SentBack, ...] = ()
    reviews: tuple[Review, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    designations: tuple[Designation, ...] = ()
    added_kinds: frozenset[str] = frozenset()  # of the body: those that need follow-through

    @property
    def kind(self) -> str:
        """As corrected last."""
        return (
            max(self.designations, key=lambda each: each.event).kind
            if self.designations
            else self.item.kind
        )

    @property
    def follows_through(self) -> bool:
        return self.kind in self.added_kinds or (
            self.kind in list(Kind) and Kind(self.kind).follows_through
        )

    def review(self, *, claim: int | None = None, outcome: int | None = None) -> Review | None:
        """The last thing that was done with a claim of done, or with an outcome."""
        mine = (
            each for each in self.reviews if (each.claim_id, each.outcome_id) == (claim, outcome)
        )
        return max(mine, key=lambda each: each.event, default=None)

    @property
    def waiting(self) -> list[Entry]:
        """Submitted, and neither released nor returned; an internal entry waits for nothing."""
        over = {each.entry_id for each in self.releases} | {
            each.entry_id for each in self.sent_back
        }
        return [each for each in self.entries if not each.internal and each.id not in over]

    @property
    def waiting_news(self) -> list[Entry]:
        """Of those that wait, the ones that correct nothing that was released: such a correction brings no news."""
        return [each for each in self.waiting if self.released(entry=each.corrects_id or 0) is None]

    @property
    def unanswered(self) -> list[SentBack]:
        """The returns after which no entry has taken the returned one's place."""
        return [
            back
            for back in self.sent_back
            if (entry := self.entry(back.entry_id)) is not None
            and not any(
                each.event > back.event and each.corrects_id in self._places(entry)
                for each in self.entries
            )
        ]

    def _places(self, entry: Entry) -> tuple[int, ...]:
        return (entry.id,) if entry.corrects_id is None else (entry.id, entry.corrects_id)

    def entry(self, key: int) -> Entry | None:
        return next((each for each in self.entries if each.id == key), None)

    def speaks_until(self, entry: Entry) -> date:
        """The last day on which an entry of that day lies within the silence limit."""
        return entry.on + timedelta(days=self.silence_days)

    def released(self, *, entry: int | None = None, outcome: int | None = None) -> Release | None:
        return next(
            (
                each
                for each in self.releases
                if (each.entry_id, each.outcome_id) == (entry, outcome)
            ),
            None,
        )


F = TypeVar("F", bound=Fact)


def newest(facts: Iterable[F]) -> F | None:
    """By date of the act, then by order of recording."""
    return max(facts, key=lambda fact: (fact.on, fact.event, fact.id), default=None)
