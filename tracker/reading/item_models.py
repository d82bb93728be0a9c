"""The frozen objects of what is shown of one item: codes, values and words as recorded.

Sentences are made where they are shown. None means "nothing on record" or "not known" throughout;
money is exact, in the body's currency; dates are in the body's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.rules.codes import (
    Change,
    Claimed,
    Level,
    Standing,
    Verdict,
    WithheldFor,
)

from . import addresses
from .models import (
    BROUGHT_IT,
    BodyDetails,
    Confirmation,
    ConventionDetails,
    DecisionLine,
    DueDetails,
    EvidenceDetails,
    FloorLine,
    ItemRef,
    Lead,
    NamedReason,
    Sponsor,
    VersionDetails,
)
from .money_models import MoneyDetails


@dataclass(frozen=True)
class WillNot:
    """Why it will not be done: the reason in the words of who decided."""

    decided_by: str | None
    decided_on: date | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class ClauseDetails:
    id: int
    number: int
    whole: bool  # the one clause that an item has by default: its words are the item's
    words: str | None
    declaration: bool
    addressee: str | None
    due: DueDetails | None
    lead: Lead | None

    standing: Standing
    unheard: bool  # lapsed without a word ever
    reason: NamedReason
    late: bool
    past_term: bool

    done_on: date | None
    reported_on: date | None  # of the newest claim of done that stands
    confirmation: Confirmation | None
    sent_back: int  # how often a claim was returned
    blocked_by: str | None
    will_not: WillNot | None
    evidence: tuple[EvidenceDetails, ...]


# --- outcomes, the record, the steps ---


@dataclass(frozen=True, kw_only=True)
class OutcomeDetails:
    id: int
    level: Level
    words: str | None  # None where withheld
    on: date
    withheld: WithheldFor | None
    waiting: bool  # not released: shown to staff only
    tie: str | None  # what ties the change to the item
    unit: str | None
    evidence: tuple[EvidenceDetails, ...]
    confirmation: Confirmation | None

    @property
    def key(self) -> str:
        """By which it is withheld."""
        return f"outcome-{self.id}"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One line of the record.

    `what` names it: entry, released claims by `claims`; confirmed, returned, reopened; assigned,
    unassigned; due; appropriated; spent; explained; decided; outcome; carried, taken_on; withheld;
    floor; submitted.
    """

    what: str
    on: date | None  # None: day not known
    recorded_on: date
    event: int
    clauses: tuple[int, ...] = ()  # numbers; empty: the whole item
    words: str | None = None  # Markdown; None where withheld or where there are none
    reason: str | None = None
    unit: str | None = None
    person: str | None = None  # only where names are shown
    evidence: tuple[EvidenceDetails, ...] = ()
    amount: Decimal | None = None
    code: str | None = None  # what else names it: category, fund, "lead"
    gap_days: int | None = None  # the days without a word before it, where they pass the limit

    # Of an entry.
    entry: int | None = None
    key: str | None = None  # by which it is withheld: entry-3; of an outcome and of evidence, too
    claims: tuple[tuple[Claimed | None, tuple[int, ...]], ...] = ()  # of which clauses, by number
    corrects: date | None = None  # the day of the entry that this corrects
    corrected: bool = False  # a later entry counts in its place
    explains: bool = False  # why more, or less, was spent than was planned
    by_office: bool = False  # recorded by the office for others
    source: str | None = None  # the file from which it was imported
    source_row: int | None = None

    # Who may read it.
    internal: bool = False
    waiting: bool = False  # submitted, not released: staff only
    withheld: WithheldFor | None = None
    withheld_on: date | None = None

    # Of what is no entry.
    confirmation: Confirmation | None = None
    floor: FloorLine | None = None
    due: DueDetails | None = None
    decision: DecisionLine | None = None
    level: Level | None = None
    item: ItemRef | None = None  # to which its duty went


@dataclass(frozen=True, kw_only=True)
class ProgressStep:
    """How far it got. One that is reached has a day, if it is known."""

    code: str  # adopted, referred, decided, assigned, reported, confirmed, change
    reached: bool
    on: date | None
    none_found: bool = False  # of change: looked for, none found
    clauses: int = 0  # how many of the clauses that count have reached it
    of: int = 0


@dataclass(frozen=True, kw_only=True)
class Silence:
    """The silence clock, counted to the as-of day."""

    last_word: date | None
    since: date | None  # the day from which quiet is measured
    days: int | None  # since the last word, else since that day
    quiet_days: int | None  # since the later of both: what the limit is for
    limit: int  # days
    runs: bool  # an open item; the clock stops when it closes
    next_word_by: date | None  # of the newest entry, where it is ahead
    decides_by: date | None = None  # of an undecided referral, where it is ahead

    @property
    def over(self) -> bool:
        """Beyond the limit, and nothing is announced or asked for by a day that is still ahead."""
        if self.next_word_by or self.decides_by:
            return False
        return self.quiet_days is not None and self.quiet_days > self.limit


@dataclass(frozen=True, kw_only=True)
class SourceCellDetails:
    """A column of the source that has no field, kept as published."""

    column: str
    words: str
    file: str | None
    row: int | None
    internal: bool  # its column is closed: it shows to those who read the internal part

    @property
    def is_link(self) -> bool:
        return self.words.startswith("http") and " " not in self.words


# --- the whole item ---


@dataclass(frozen=True, kw_only=True)
class ItemAnswers:
    """Both answers about an item, and its standing: a list and a page say them alike."""

    standing: Standing
    unheard: bool  # lapsed without a word ever
    late: bool
    past_term: bool
    verdict: Verdict
    reason: NamedReason
    due: bool  # counts in its convention's rates
    change: Change | None  # None: nothing was to be done or decided
    by_way_of: ItemRef | None  # the item that carries its duty on
    done_on: date | None
    lead_ended: bool  # somebody had the lead and has it no more


@dataclass(frozen=True, kw_only=True)
class ItemPage(ItemAnswers):
    """All that is shown of one item, as of a day, to one audience."""

    # Which item it is.
    id: int
    code: str
    kind: str  # a code of rules.codes.Kind, or one that the body added
    number: str | None  # as published
    title: str
    title_is_ours: bool  # made from the text, or from kind and number
    convention: ConventionDetails
    versions: tuple[VersionDetails, ...]  # newest first
    sponsors: tuple[Sponsor, ...]
    source: tuple[SourceCellDetails, ...]

    # The day and the reader for which it was made.
    as_of: date
    today: bool  # the as-of day is the current one
    record_began: date
    newest_event: int  # of this item: what a form carries
    internal: bool  # whether this audience reads the internal part

    # What the floor did.
    floor: tuple[FloorLine, ...]  # newest first
    floor_in_force: tuple[FloorLine, ...]  # the newest, and what stands beside it
    floor_record: tuple[Moment, ...]  # newest first
    decisions: tuple[DecisionLine, ...]
    recommendation: str | None  # a board's advice; never a floor action
    merged_into: str | None  # the other item as the source names it, where it is not in the record
    carried_to: tuple[ItemRef, ...]
    came_from: tuple[ItemRef, ...]

    # What was done about it.
    standing_reason: NamedReason
    of_the_part_accepted: bool
    change_outcome: int | None  # the outcome that says so
    by_way_of_verdict: Verdict | None
    clauses: tuple[ClauseDetails, ...]
    lead: Lead | None
    silence: Silence
    money: MoneyDetails
    outcomes: tuple[OutcomeDetails, ...]
    record: tuple[Moment, ...]  # newest first
    waiting: int  # entries that wait for release
    steps: tuple[ProgressStep, ...]

    @property
    def body(self) -> BodyDetails:
        return self.convention.body

    @property
    def path(self) -> str:
        """The one address of the item."""
        return addresses.item_path(self.convention.path, self.code)

    @property
    def text(self) -> VersionDetails | None:
        """The version that counts."""
        return self.versions[0] if self.versions else None

    @property
    def delegations(self) -> tuple[str, ...]:
        """Of those who brought it; a seconder did not."""
        names = [
            sponsor.delegation
            for sponsor in self.sponsors
            if sponsor.delegation and sponsor.part in BROUGHT_IT
        ]
        return tuple(dict.fromkeys(names))

    @property
    def evidence(self) -> tuple[EvidenceDetails, ...]:
        """What can be opened of what counts: the clauses' and the confirmed outcomes', each once.

        The row of a list stands with its clause.
        """
        every_piece = [details for clause in self.clauses for details in clause.evidence]
        for outcome in self.outcomes:
            if outcome.confirmation:
                every_piece += outcome.evidence
        return tuple({details.path: details for details in every_piece if details.path}.values())
