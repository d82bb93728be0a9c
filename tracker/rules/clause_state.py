"""The state of one clause on a day: what the table of standings asks of it.

The floor in force, the duty, the lead, the newest claim, the last word, quiet, due dates. Each
property holds one rule; the standings are in `clause_standing`, and the words that are used
here in docs/glossary.md.
"""

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
    FloorActionFact,
    LinkFact,
    ReferralDecisionFact,
    ReleaseFact,
    ReviewFact,
    floor_newest_first,
    newest,
)
from .item_facts import Facts

OneFactOfClause = TypeVar("OneFactOfClause", bound=FactOfClause)

ACCEPTS = (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART)
TAKEN_BACK = (Result.RETURNED, Result.REOPENED)
LEAVES_A_REFERRAL = (Effect.DIRECTS, Effect.REFERS)


@dataclass(frozen=True)
class ReleasedClaim:
    """What a released entry says of the clause; `claim.claimed` is None where it claims nothing."""

    claim: ClaimFact
    entry: EntryFact
    release: ReleaseFact
    review: ReviewFact | None


@dataclass(frozen=True)
class Word:
    """Something that the public heard of the clause, and the day on which it did."""

    heard_on: date
    fact: Fact


@dataclass(frozen=True)
class ClauseState:
    clause: ClauseFact
    facts: Facts
    # by item: also of the items that carry the duty on, and of those that it came from
    every: Mapping[int, Facts]
    # items that ask whether this one has a duty: in the reading "happened by" a chain of links
    # may lead back to itself
    asked_by: frozenset[int] = frozenset()

    def of_this_clause(self, facts: tuple[OneFactOfClause, ...]) -> list[OneFactOfClause]:
        """Those of this clause or of the whole item."""
        return [fact for fact in facts if fact.clause_id in (None, self.clause.id)]

    # --- the floor ---

    @cached_property
    def _all_floor_actions(self) -> list[FloorActionFact]:
        """Newest first."""
        return floor_newest_first(self.of_this_clause(self.facts.floor))

    def _is_late_rescission(self, action: FloorActionFact) -> bool:
        closes_on = self.facts.clock.closes_on
        return action.action is Floor.RESCINDED and closes_on is not None and action.on > closes_on

    @cached_property
    def rescission(self) -> FloorActionFact | None:
        """A rescission after the closing: it leaves the duty, and ends what is open."""
        for action in self._all_floor_actions[:1]:
            if self._is_late_rescission(action):
                return action
        return None

    @cached_property
    def floor(self) -> list[FloorActionFact]:
        """What the floor did, newest first, without a rescission after the closing."""
        return list(dropwhile(self._is_late_rescission, self._all_floor_actions))

    @cached_property
    def effect(self) -> Effect:
        """That of the newest floor action; what is open when the convention closes is unknown."""
        if not self.floor:
            return Effect.UNKNOWN
        effect = self.floor[0].action.effect
        closes_on = self.facts.clock.closes_on
        has_closed = closes_on is not None and self.facts.today > closes_on
        if effect is Effect.OPEN and has_closed:
            return Effect.UNKNOWN
        return effect

    @cached_property
    def directs(self) -> FloorActionFact | None:
        """What the floor directed; a referral, before or after, does not displace it."""
        for action in self.floor:
            if action.action.effect is not Effect.REFERS:
                return action if action.action.effect is Effect.DIRECTS else None
        return None

    @cached_property
    def referral(self) -> FloorActionFact | None:
        """The referral in force.

        A floor action on a later day displaces it, and on its own day all but one that directs.
        """
        for action in self.floor:
            if action.on < self.floor[0].on:
                return None
            if action.action.effect not in LEAVES_A_REFERRAL:
                return None
            if action.action.effect is Effect.REFERS:
                return action
        return None

    # --- the duty ---

    @cached_property
    def inherited_from(self) -> LinkFact | None:
        """The link by which another item's duty came here.

        It holds whatever this item's kind is, and even if its own floor action is not known.
        """
        if self.effect in (Effect.ENDS, Effect.OPEN):
            return None
        return newest(link for link in self.facts.incoming if self._brings_a_duty(link))

    def _brings_a_duty(self, link: LinkFact) -> bool:
        """Whether the item that the link comes from has a duty to hand on."""
        source = self.every.get(link.item_id)
        if source is None or link.item_id in self.asked_by:
            return False
        asked_by = self.asked_by | {self.facts.item.id}
        handing_on = (
            ClauseState(clause, source, self.every, asked_by)
            for clause in source.clauses
            if link.clause_id in (None, clause.id)
        )
        return any(state.duty_start for state in handing_on)

    @cached_property
    def directs_follow_through(self) -> FloorActionFact | None:
        """What the floor directed, where the kind of item or an inherited duty asks for it."""
        return self.directs if self.facts.follows_through or self.inherited_from else None

    @property
    def to_decide(self) -> bool:
        """The duty is to decide: it was referred, and nothing directs follow-through.

        Accepted, it becomes a duty to carry out.
        """
        return self.referral is not None and self.directs_follow_through is None

    @cached_property
    def duty_start(self) -> Fact | None:
        """The fact with which the duty began; None: there is no duty."""
        if self.clause.declaration:
            return None
        starts = (self.directs_follow_through, self.referral, self.inherited_from)
        return newest(fact for fact in starts if fact)

    # --- what became of a referral ---

    @cached_property
    def _answers(self) -> list[ReferralDecisionFact]:
        """What the receiving unit said since the referral: its decisions, and its reports."""
        if self.referral is None:
            return []
        return [
            decision
            for decision in self.of_this_clause(self.facts.decisions)
            if decision.on >= self.referral.on
        ]

    @cached_property
    def decision(self) -> ReferralDecisionFact | None:
        """The receiving unit's newest decision. Reporting back is a word, and decides nothing."""
        return newest(
            answer for answer in self._answers if answer.decision is not Decision.REPORTED_BACK
        )

    @cached_property
    def reported_back(self) -> ReferralDecisionFact | None:
        """The receiving unit's newest report: the answer to a referral for report, and a word on
        one for decision."""
        return newest(
            answer for answer in self._answers if answer.decision is Decision.REPORTED_BACK
        )

    @cached_property
    def acceptance(self) -> ReferralDecisionFact | None:
        return self.decision if self.decision and self.decision.decision in ACCEPTS else None

    @property
    def decided(self) -> bool:
        """The referral has had its answer: a decision, or the report that was asked for."""
        if self.decision is not None:
            return True
        if self.referral is None or self.referral.purpose is not Purpose.REPORT:
            return False
        return any(
            decision.decision is Decision.REPORTED_BACK
            for decision in self.of_this_clause(self.facts.decisions)
        )

    # --- the lead, and where the duty went ---

    @cached_property
    def lead(self) -> AssignmentFact | ReferralDecisionFact | None:
        """A unit that accepts a referral leads until another is assigned."""
        assigned = newest(
            assignment
            for assignment in self.of_this_clause(self.facts.assignments)
            if assignment.part is Part.LEAD
        )
        leads: list[AssignmentFact | ReferralDecisionFact] = [
            fact for fact in (assigned, self.acceptance) if fact
        ]
        return newest(leads)

    @property
    def waits_elsewhere(self) -> bool:
        """Referred, not decided, and nobody but the receiving unit has the lead."""
        if self.referral is None or self.decision:
            return False
        return self.lead is None or self.lead.unit_id == self.referral.unit_id

    @cached_property
    def link(self) -> LinkFact | None:
        """The newest link to the item that carries the duty on.

        What another convention's floor has ended is handed back; within one convention it stays
        where it went. In the reading "happened by" the other item may not be there yet.
        """
        link = newest(
            link for link in self.of_this_clause(self.facts.links) if link.target_id in self.every
        )
        if link is None or self.stays_in_convention(link):
            return link
        return None if ended_by_the_floor(self.every[link.target_id], self.every) else link

    def stays_in_convention(self, link: LinkFact) -> bool:
        """The link leads to an item of the same convention."""
        return self.every[link.target_id].item.convention_id == self.facts.item.convention_id

    # --- claims ---

    @cached_property
    def released_claims(self) -> list[ReleasedClaim]:
        """All that released entries say of the clause, by date of the act, newest first."""
        entries = {entry.id: entry for entry in self.facts.entries}
        released_claims = []
        for claim in self.facts.claims:
            if claim.clause_id != self.clause.id:
                continue
            release = self.facts.released(entry=claim.entry_id)
            if release:
                review = self.facts.review(claim=claim.id)
                released_claims.append(
                    ReleasedClaim(claim, entries[claim.entry_id], release, review)
                )
        released_claims.sort(
            key=lambda released: (released.entry.on, released.entry.event), reverse=True
        )
        return released_claims

    @cached_property
    def claims(self) -> list[ReleasedClaim]:
        """The claims that stand, newest first: one that was returned or reopened counts as the
        claim before it."""
        return [
            released
            for released in self.released_claims
            if released.claim.claimed
            and not (released.review and released.review.result in TAKEN_BACK)
        ]

    @cached_property
    def claim(self) -> ReleasedClaim | None:
        return self.claims[0] if self.claims else None

    def claims_now(self, *claimed: Claimed) -> ReleasedClaim | None:
        """The newest claim, if it claims one of these."""
        return self.claim if self.claim and self.claim.claim.claimed in claimed else None

    @cached_property
    def blocked_first(self) -> ReleasedClaim | None:
        """Where the newest claim is blocked: the first of the unbroken row of such claims."""
        blocked = list(
            takewhile(lambda released: released.claim.claimed is Claimed.BLOCKED, self.claims)
        )
        return blocked[-1] if blocked else None

    @cached_property
    def done(self) -> ReleasedClaim | None:
        """The newest claim of done, if it is confirmed."""
        for released in self.claims:
            if released.claim.claimed is Claimed.DONE:
                return released if released.review else None
        return None

    @cached_property
    def last_said(self) -> ClaimFact | ReferralDecisionFact | None:
        """The newest of claims and decisions."""
        claim = self.claim.claim if self.claim else None
        both: list[ClaimFact | ReferralDecisionFact] = [
            fact for fact in (claim, self.decision) if fact
        ]
        return newest(both)

    # --- words and quiet ---

    @cached_property
    def words(self) -> list[Word]:
        """What the public heard: released entries, decisions, reviews, released outcomes.

        A review of an outcome is a word on every clause; one of a claim on that claim's clause,
        and on every clause if the claim was corrected since.
        """
        of_other_clauses = {
            claim.id for claim in self.facts.claims if claim.clause_id != self.clause.id
        }
        words = [
            Word(released.release.heard_on, released.release) for released in self.released_claims
        ]
        for decision in self.of_this_clause(self.facts.decisions):
            words.append(Word(decision.heard_on, decision))
        for review in self.facts.reviews:
            if review.claim_id not in of_other_clauses:
                words.append(Word(review.heard_on, review))
        for release in self.facts.releases:
            if release.outcome_id:
                words.append(Word(release.heard_on, release))
        return words

    @cached_property
    def word(self) -> Word | None:
        """The last one."""
        return max(self.words, key=lambda word: (word.heard_on, word.fact.event), default=None)

    @cached_property
    def reported_on(self) -> date | None:
        """The day of the newest word that reports what was done or seen: an entry, whatever it
        claims, or an outcome.

        A correction is heard when the first was, and has its own date.
        """
        if not self.released_claims and not any(
            release.outcome_id for release in self.facts.releases
        ):
            return None
        return max(
            [word.heard_on for word in self.words]
            + [released.entry.on for released in self.released_claims]
        )

    @cached_property
    def quiet_since(self) -> date | None:
        """The day from which silence is measured: the last word, the start of the duty, kept
        from, or the recording of an item entered by hand, whichever is latest."""
        item = self.facts.item
        return _latest(
            self.word.heard_on if self.word else None,
            self.duty_start.on if self.duty_start else None,
            self.facts.clock.kept_from,
            None if item.imported else item.heard_on,
        )

    @cached_property
    def quiet_after(self) -> date | None:
        """The last day that is not quiet: the end of the silence limit, the day by which a
        referral asks for a decision, or by which the newest entry announced its next word,
        whichever is latest."""
        undecided = self.referral if self.referral and not self.decision else None
        newest_entry = self.released_claims[0].entry if self.released_claims else None
        silence = timedelta(days=self.facts.silence_days)
        return _latest(
            self.quiet_since + silence if self.quiet_since else None,
            undecided.decides_by if undecided else None,
            newest_entry.next_word_by if newest_entry else None,
        )

    @property
    def quiet(self) -> bool:
        return self.quiet_after is None or self.facts.today > self.quiet_after

    # --- due dates and the term ---

    @cached_property
    def due(self) -> DueDateFact | None:
        """The one in force; the first stays shown."""
        return newest(self.of_this_clause(self.facts.due_dates))

    @cached_property
    def first_due(self) -> DueDateFact | None:
        due_dates = self.of_this_clause(self.facts.due_dates)
        return min(due_dates, key=lambda due: (due.on, due.event, due.id), default=None)

    @property
    def term_over(self) -> bool:
        ends_on = self.facts.clock.term_ends_on
        return ends_on is not None and self.facts.today > ends_on

    def late(self, done: ReleasedClaim) -> bool:
        """Whether the act was after the due date in force; without one, after the term."""
        limit = self.due.due_on if self.due else self.facts.clock.term_ends_on
        return limit is not None and done.entry.on > limit

    def last_days_unchanged(self) -> list[date]:
        """The days ahead after which the calendar alone may change what is derived."""
        clock = self.facts.clock
        days = [
            clock.closes_on,
            clock.term_ends_on,
            clock.kept_from - timedelta(days=1) if clock.kept_from else None,
            self.due.due_on if self.due else None,
            self.quiet_after,
        ]
        days += [self.facts.speaks_until(entry) for entry in self.facts.waiting_news]
        days += [source.clock.closes_on for source in self._sources_of_duty()]
        return [day for day in days if day and day >= self.facts.today]

    def _sources_of_duty(self) -> list[Facts]:
        """The items whose duty may come here, in turn: it does not, while one between is open."""
        sources: dict[int, Facts] = {}
        links = list(self.facts.incoming)
        while links:
            link = links.pop()
            if link.item_id in self.every and link.item_id not in sources:
                source = self.every[link.item_id]
                sources[link.item_id] = source
                links += source.incoming
        return list(sources.values())


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def clause_states(facts: Facts, every: Mapping[int, Facts]) -> list[ClauseState]:
    """The state of each clause of an item. `every`: facts by item, of those that links join."""
    return [ClauseState(clause, facts, every) for clause in facts.clauses]


def ended_by_the_floor(facts: Facts, every: Mapping[int, Facts]) -> bool:
    """Of all clauses. (A rescission after the closing leaves the duty where it is.)"""
    return all(state.effect is Effect.ENDS for state in clause_states(facts, every))
