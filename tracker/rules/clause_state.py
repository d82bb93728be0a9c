"""What the table of standings asks of one clause: the floor in force, the lead, the newest claim, the last word, quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import dropwhile, takewhile
from typing import TypeVar

from .codes import Claimed, Decision, Effect, Floor, Part, Purpose, Result
from .facts import (
    AssignmentFact,
    ClaimFact,
    ClauseFact,
    DueDateFact,
    EntryFact,
    Fact,
    FactOfClause,
    Facts,
    FloorActionFact,
    LinkFact,
    ReferralDecisionFact,
    ReleaseFact,
    ReviewFact,
    floor_newest_first,
    newest,
)

O = TypeVar("O", bound=FactOfClause)  # noqa: E741
ACCEPTS = (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART)
TAKEN_BACK = (Result.RETURNED, Result.REOPENED)


@dataclass(frozen=True)
class ReleasedClaim:
    """A released claim with its entry."""

    claim: ClaimFact
    entry: EntryFact
    release: ReleaseFact
    review: ReviewFact | None


@dataclass(frozen=True)
class Word:
    heard_on: date
    fact: Fact


@dataclass(frozen=True)
class ClauseState:
    clause: ClauseFact
    facts: Facts
    every: Mapping[int, Facts]  # also the items that carry the duty on, and those that it came from
    asked_by: frozenset[int] = (
        frozenset()
    )  # items that ask whether this one has a duty: a chain may lead back to itself in "happened by"

    def mine(self, facts: tuple[O, ...]) -> list[O]:
        """Of this clause or of the whole item."""
        return [fact for fact in facts if fact.clause_id in (None, self.clause.id)]

    # --- the floor ---

    @cached_property
    def _floor(self) -> list[FloorActionFact]:
        """Newest first."""
        return floor_newest_first(self.mine(self.facts.floor))

    def _late_rescission(self, action: FloorActionFact) -> bool:
        closes_on = self.facts.clock.closes_on
        return action.action is Floor.RESCINDED and closes_on is not None and action.on > closes_on

    @cached_property
    def rescission(self) -> FloorActionFact | None:
        """After the closing it leaves the duty, and ends what is open."""
        return next((action for action in self._floor[:1] if self._late_rescission(action)), None)

    @cached_property
    def floor(self) -> list[FloorActionFact]:
        """Newest first, without a rescission after the closing."""
        return list(dropwhile(self._late_rescission, self._floor))

    @cached_property
    def effect(self) -> Effect:
        found = self.floor[0].action.effect if self.floor else Effect.UNKNOWN
        closes_on = self.facts.clock.closes_on
        closed = closes_on is not None and self.facts.today > closes_on
        return Effect.UNKNOWN if found is Effect.OPEN and closed else found

    @cached_property
    def directs(self) -> FloorActionFact | None:
        """What the floor directed; a referral, before or after, does not displace it."""
        action = next(
            (action for action in self.floor if action.action.effect is not Effect.REFERS), None
        )
        return action if action and action.action.effect is Effect.DIRECTS else None

    @cached_property
    def referral(self) -> FloorActionFact | None:
        """The referral in force: no floor action on a later day, and on its own day only what directs after it."""
        for action in self.floor:
            if action.on < self.floor[0].on or action.action.effect not in (
                Effect.DIRECTS,
                Effect.REFERS,
            ):
                return None
            if action.action.effect is Effect.REFERS:
                return action
        return None

    @property
    def duty_is_to_decide(self) -> bool:
        return self.referral is not None and self.directs_follow_through is None

    @cached_property
    def bequest(self) -> LinkFact | None:
        """Another item's duty came here: it holds whatever this item's kind, and even if its own floor action is not known."""
        return (
            newest(filter(self._bequeathed, self.facts.incoming))
            if self.effect not in (Effect.ENDS, Effect.OPEN)
            else None
        )

    def _bequeathed(self, link: LinkFact) -> bool:
        """The item that the link comes from has a duty to hand on."""
        source = self.every.get(link.item_id)
        if source is None or link.item_id in self.asked_by:
            return False
        asked_by = self.asked_by | {self.facts.item.id}
        mine = (
            ClauseState(clause, source, self.every, asked_by)
            for clause in source.clauses
            if link.clause_id in (None, clause.id)
        )
        return any(state.duty_start for state in mine)

    @cached_property
    def directs_follow_through(self) -> FloorActionFact | None:
        return self.directs if self.facts.follows_through or self.bequest else None

    @property
    def to_decide(self) -> bool:
        """The duty: referred, and nothing directs follow-through. (Accepted, it becomes one to carry out.)"""
        return self.referral is not None and not self.directs_follow_through

    @cached_property
    def duty_start(self) -> Fact | None:
        """What started the duty; None if there is none."""
        return (
            None
            if self.clause.declaration
            else newest(
                fact for fact in (self.directs_follow_through, self.referral, self.bequest) if fact
            )
        )

    # --- the referral's decision, the lead, where the duty went ---

    @cached_property
    def decisions(self) -> list[ReferralDecisionFact]:
        """What the receiving unit decided; reporting back is a word (and, if a report was asked for, a claim) and decides nothing."""
        return [
            each
            for each in self.mine(self.facts.decisions)
            if self.referral
            and each.on >= self.referral.on
            and each.decision is not Decision.REPORTED_BACK
        ]

    @cached_property
    def decision(self) -> ReferralDecisionFact | None:
        return newest(self.decisions)

    @cached_property
    def acceptance(self) -> ReferralDecisionFact | None:
        return self.decision if self.decision and self.decision.decision in ACCEPTS else None

    @property
    def decided(self) -> bool:
        """The referral has had its answer: a decision, or the report that was asked for."""
        reported = any(
            each.decision is Decision.REPORTED_BACK for each in self.mine(self.facts.decisions)
        )
        return self.decision is not None or (
            self.referral is not None and self.referral.purpose is Purpose.REPORT and reported
        )

    @cached_property
    def reported_back(self) -> ReferralDecisionFact | None:
        """The newest report of the receiving unit: the answer to a referral for report, a word on one for decision."""
        return newest(
            each
            for each in self.mine(self.facts.decisions)
            if self.referral
            and each.on >= self.referral.on
            and each.decision is Decision.REPORTED_BACK
        )

    @cached_property
    def lead(self) -> AssignmentFact | ReferralDecisionFact | None:
        """A unit that accepts a referral leads until another is assigned."""
        assigned = newest(
            each for each in self.mine(self.facts.assignments) if each.part is Part.LEAD
        )
        both: list[AssignmentFact | ReferralDecisionFact] = [
            each for each in (assigned, self.acceptance) if each
        ]
        return newest(both)

    @property
    def waits_elsewhere(self) -> bool:
        """Referred, not decided, and nobody but the receiving unit has the lead."""
        return bool(
            self.referral
            and not self.decision
            and (self.lead is None or self.lead.unit_id == self.referral.unit_id)
        )

    @cached_property
    def link(self) -> LinkFact | None:
        """The newest link. What another convention's floor has ended is handed back; within one convention it stays where it went."""
        link = newest(
            each for each in self.mine(self.facts.links) if each.target_id in self.every
        )  # "happened by": it may not be there yet
        if link is None or self.stays_in(link):
            return link
        return None if ended_by_the_floor(self.every[link.target_id], self.every) else link

    def stays_in(self, link: LinkFact) -> bool:
        """The link leads to an item of the same convention."""
        return self.every[link.target_id].item.convention_id == self.facts.item.convention_id

    # --- claims ---

    @cached_property
    def concerned(self) -> list[ReleasedClaim]:
        """Released claims, and words that claim nothing, by date of the act, newest first."""
        entries = {entry.id: entry for entry in self.facts.entries}
        found = [
            ReleasedClaim(
                claim, entries[claim.entry_id], release, self.facts.review(claim=claim.id)
            )
            for claim in self.facts.claims
            if claim.clause_id == self.clause.id
            and (release := self.facts.released(entry=claim.entry_id))
        ]
        return sorted(found, key=lambda each: (each.entry.on, each.entry.event), reverse=True)

    @cached_property
    def claims(self) -> list[ReleasedClaim]:
        """Those that stand: what was returned or reopened counts as the claim before it."""
        return [
            each
            for each in self.concerned
            if each.claim.claimed and not (each.review and each.review.result in TAKEN_BACK)
        ]

    @cached_property
    def claim(self) -> ReleasedClaim | None:
        return self.claims[0] if self.claims else None

    def claims_now(self, *claimed: Claimed) -> ReleasedClaim | None:
        return self.claim if self.claim and self.claim.claim.claimed in claimed else None

    @cached_property
    def blocked_first(self) -> ReleasedClaim | None:
        """Where the newest claim is blocked: the first of the unbroken row of such claims."""
        blocked = [*takewhile(lambda each: each.claim.claimed is Claimed.BLOCKED, self.claims)]
        return blocked[-1] if blocked else None

    @cached_property
    def done(self) -> ReleasedClaim | None:
        """The newest claim of done, if it is confirmed."""
        claim = next((each for each in self.claims if each.claim.claimed is Claimed.DONE), None)
        return claim if claim and claim.review else None

    @cached_property
    def last_said(self) -> ClaimFact | ReferralDecisionFact | None:
        """The newest of claims and decisions."""
        both: list[ClaimFact | ReferralDecisionFact] = [
            each for each in (self.claim and self.claim.claim, self.decision) if each
        ]
        return newest(both)

    # --- words and quiet ---

    @cached_property
    def words(self) -> list[Word]:
        """Each with the day on which it was heard."""
        found = [Word(each.release.heard_on, each.release) for each in self.concerned]
        elsewhere = {claim.id for claim in self.facts.claims if claim.clause_id != self.clause.id}
        other: list[Fact] = [*self.mine(self.facts.decisions)]
        other += [
            each for each in self.facts.reviews if each.claim_id not in elsewhere
        ]  # of an outcome; of a claim, be it corrected since
        other += [each for each in self.facts.releases if each.outcome_id]
        return found + [Word(fact.heard_on, fact) for fact in other]

    @cached_property
    def word(self) -> Word | None:
        return max(self.words, key=lambda word: (word.heard_on, word.fact.event), default=None)

    @cached_property
    def reported_on(self) -> date | None:
        """The day of the newest word that reports what was done or seen: an entry, whatever it claims, or an outcome. A correction is heard
        when the first was, and has its own date."""
        if not self.concerned and not any(each.outcome_id for each in self.facts.releases):
            return None
        return max(
            [word.heard_on for word in self.words] + [each.entry.on for each in self.concerned]
        )

    @cached_property
    def quiet_since(self) -> date | None:
        item = self.facts.item
        days = [
            self.word and self.word.heard_on,
            self.duty_start and self.duty_start.on,
            self.facts.clock.kept_from,
            None if item.imported else item.heard_on,
        ]
        return max((day for day in days if day), default=None)

    @cached_property
    def quiet_after(self) -> date | None:
        """The last day that is not quiet."""
        days = [self.quiet_since and self.quiet_since + timedelta(days=self.facts.silence_days)]
        days += [self.referral.decides_by if self.referral and not self.decision else None]
        days += [self.concerned[0].entry.next_word_by if self.concerned else None]
        return max((day for day in days if day), default=None)

    @property
    def quiet(self) -> bool:
        return self.quiet_after is None or self.facts.today > self.quiet_after

    # --- due dates and the term ---

    @cached_property
    def due(self) -> DueDateFact | None:
        """The one in force; the first stays shown."""
        return newest(self.mine(self.facts.due_dates))

    @cached_property
    def first_due(self) -> DueDateFact | None:
        mine = self.mine(self.facts.due_dates)
        return min(mine, key=lambda due: (due.on, due.event, due.id), default=None)

    @property
    def term_over(self) -> bool:
        ends = self.facts.clock.term_ends_on
        return ends is not None and self.facts.today > ends

    def late(self, done: ReleasedClaim) -> bool:
        """After the due date in force; without one, after the term."""
        limit = self.due.due_on if self.due else self.facts.clock.term_ends_on
        return limit is not None and done.entry.on > limit

    def turns(self) -> list[date]:
        """The last days before the calendar alone may change what is derived."""
        days = (
            self.facts.clock.closes_on,
            self.facts.clock.term_ends_on,
            self.facts.clock.kept_from and self.facts.clock.kept_from - timedelta(days=1),
            self.due and self.due.due_on,
            self.quiet_after,
            *map(self.facts.speaks_until, self.facts.waiting_news),
            *(each.clock.closes_on for each in self._bequeathing()),
        )
        return [day for day in days if day and day >= self.facts.today]

    def _bequeathing(self) -> list[Facts]:
        """The items whose duty may come here, in turn: it does not, while one between them is open."""
        found, ahead = dict[int, Facts](), [*self.facts.incoming]
        while ahead:
            link = ahead.pop()
            if link.item_id not in found and link.item_id in self.every:
                found[link.item_id] = self.every[link.item_id]
                ahead += found[link.item_id].incoming
        return [*found.values()]


def clause_states(facts: Facts, every: Mapping[int, Facts]) -> list[ClauseState]:
    return [ClauseState(clause, facts, every) for clause in facts.clauses]


def ended_by_the_floor(facts: Facts, every: Mapping[int, Facts]) -> bool:
    """Of all clauses. (A rescission after the closing leaves the duty where it is.)"""
    return all(state.effect is Effect.ENDS for state in clause_states(facts, every))
