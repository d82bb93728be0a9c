"""All that was known of one item on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from .codes import (
    Kind,
)
from .facts import (
    AppropriationFact,
    AssignmentFact,
    ClaimFact,
    ClauseFact,
    DesignationFact,
    DueDateFact,
    EntryFact,
    EstimateFact,
    EvidenceFact,
    ExpenseFact,
    ExplanationFact,
    Fact,
    FloorActionFact,
    FloorPersonFact,
    ItemFact,
    LinkFact,
    OpenedEvidenceFact,
    OutcomeFact,
    OutsideSubjectFact,
    RecommendationFact,
    ReferralDecisionFact,
    ReleaseFact,
    ReviewFact,
    SentBackFact,
    SourceCellFact,
    VersionFact,
    WithholdingFact,
)
from .terms import Clock

KINDS = frozenset(Kind)


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
    waiting_links: tuple[LinkFact, ...] = ()  # that do not count until more may read the target
    incoming: tuple[LinkFact, ...] = ()  # links of other items to this one
    entries: tuple[EntryFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    outcomes: tuple[OutcomeFact, ...] = ()
    releases: tuple[ReleaseFact, ...] = ()
    sent_back: tuple[SentBackFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    outside_subjects: tuple[OutsideSubjectFact, ...] = ()  # of links that were not revoked
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
    def every_link(self) -> tuple[LinkFact, ...]:
        """With those that wait."""
        return (*self.links, *self.waiting_links)

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

    def asked_outside(
        self, *, claim: int | None = None, outcome: int | None = None
    ) -> frozenset[int]:
        """Who made a link that asks somebody from outside about it."""
        return frozenset(
            subject.actor
            for subject in self.outside_subjects
            if (subject.claim_id, subject.outcome_id) == (claim, outcome)
        )

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
