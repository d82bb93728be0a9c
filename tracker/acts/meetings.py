"""What a meeting of a body decided, recorded by the office as one: claims of done and outcomes
that it confirmed or returned, and referrals. All of it, or nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from tracker.record import ledger
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.kept_summaries import kept_at_the_end
from tracker.record.loader import load
from tracker.record.meetings import Meeting
from tracker.record.outcomes import Outcome
from tracker.record.progress import Claim, Review
from tracker.rules import item_preconditions, refusals, review_preconditions
from tracker.rules.codes import By, Decision, Result
from tracker.rules.facts import ClaimFact, OutcomeFact
from tracker.rules.item_facts import Facts
from tracker.rules.meeting_decisions import (
    MEETING_RESULTS,
    DecisionKey,
    DecisionOf,
    clause_decisions,
    need_minutes,
)
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused

from .act_context import ActContext
from .floor import write_what_was_decided


@dataclass(frozen=True, kw_only=True)
class MinutesFile:
    """The minutes as a file, whose bytes are in files/ already."""

    name: str
    sha256: str
    media_type: str
    size: int  # bytes
    public_sha256: str | None = None  # of a picture: the copy without metadata


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    """Who met and when; where the minutes are: words, a link or a file.

    `unit_id`: the unit that met; None: it is none, and decides no referral.
    """

    name: str
    met_on: date
    unit_id: int | None = None
    words: str | None = None
    url: str | None = None
    file: MinutesFile | None = None
    open: bool = False  # everybody may open the minutes


@dataclass(frozen=True, kw_only=True)
class ClaimDecision:
    """`words`: the reason of a return; of a confirmation, the point in the minutes."""

    claim_id: int
    result: Result
    words: str | None = None

    @property
    def key(self) -> DecisionKey:
        return DecisionKey(DecisionOf.CLAIM, self.claim_id)


@dataclass(frozen=True, kw_only=True)
class OutcomeDecision:
    """As `ClaimDecision`."""

    outcome_id: int
    result: Result
    words: str | None = None

    @property
    def key(self) -> DecisionKey:
        return DecisionKey(DecisionOf.OUTCOME, self.outcome_id)


@dataclass(frozen=True, kw_only=True)
class ReferralAnswer:
    """What the unit that met decided of an item that was referred to it.

    `clause_ids`: the clauses that it concerns; none: all. `accepted`: of what is accepted in part,
    those that are.
    """

    item_id: int
    decision: Decision
    reason: str | None = None
    clause_ids: tuple[int, ...] = ()
    accepted: tuple[int, ...] = ()

    @property
    def key(self) -> DecisionKey:
        return DecisionKey(DecisionOf.REFERRAL, self.item_id)


MeetingDecision = ClaimDecision | OutcomeDecision | ReferralAnswer


class MeetingRefused(Refused):
    """Some of the decisions cannot be recorded, so none is; `codes` says which, and why."""

    def __init__(self, codes: Mapping[DecisionKey, Refusal]) -> None:
        super().__init__(next(iter(codes.values())))
        self.codes = dict(codes)


def decide_by_meeting(
    context: ActContext, new_meeting: NewMeeting, decisions: Sequence[MeetingDecision]
) -> Meeting:
    """One event for the meeting, and one for each item, kind of decision and day.

    A confirmation carries the day of the act that it concerns, a decision on a referral that of the
    meeting.
    """
    context.require(Permission.GOVERN)
    refusals.need_day_reached(new_meeting.met_on, context.today)
    refusals.need(new_meeting.name.strip(), Refusal.NEEDS_A_NAME)
    refusals.need(decisions, Refusal.NOTHING_DECIDED)
    file = new_meeting.file
    need_minutes(new_meeting.words, new_meeting.url, file.sha256 if file else None)
    ledger.lock(context.session, context.body_id)
    if new_meeting.unit_id is not None:
        context.need_open_unit(new_meeting.unit_id)
    checked = _Checked.of(context, new_meeting, decisions)
    with kept_at_the_end(context.session):
        meeting = _write_meeting(context, new_meeting)
        _write_reviews(context, meeting, checked)
        _write_referrals(context, meeting, checked)
    return meeting


# --- what may be decided ---


@dataclass
class _Checked:
    """The decisions, of which each may be recorded, beside the facts of their items."""

    facts: dict[int, Facts]  # by item: also of those that links join with them
    items: dict[int, Item]
    claims: list[tuple[ClaimFact, int, ClaimDecision]] = field(default_factory=list)
    outcomes: list[tuple[OutcomeFact, int, OutcomeDecision]] = field(default_factory=list)
    referrals: list[tuple[ReferralAnswer, dict[int | None, Decision]]] = field(default_factory=list)

    @classmethod
    def of(
        cls, context: ActContext, new_meeting: NewMeeting, decisions: Sequence[MeetingDecision]
    ) -> _Checked:
        item_of = _items_of(context, decisions)
        facts = load(context.session, context.body_id, set(item_of.values()), AsOf(context.today))
        rows = context.session.scalars(sa.select(Item).where(Item.id.in_(item_of.values())))
        checked = cls(facts, {item.id: item for item in rows})
        refused: dict[DecisionKey, Refusal] = {}
        for decision in decisions:
            item_facts = facts.get(item_of.get(decision.key, 0))
            try:
                if item_facts is None:
                    raise Refused(Refusal.NOT_THERE)
                checked._take(context, new_meeting, decision, item_facts)
            except Refused as no:
                refused[decision.key] = no.code
        if refused:
            raise MeetingRefused(refused)
        return checked

    def _take(
        self,
        context: ActContext,
        new_meeting: NewMeeting,
        decision: MeetingDecision,
        facts: Facts,
    ) -> None:
        match decision:
            case ClaimDecision():
                claim = _checked_claim(context, facts, decision)
                self.claims.append((claim, facts.item.id, decision))
            case OutcomeDecision():
                outcome = _checked_outcome(context, facts, decision)
                self.outcomes.append((outcome, facts.item.id, decision))
            case ReferralAnswer():
                refusals.need(new_meeting.unit_id is not None, Refusal.NOT_REFERRED)
                by_clause = self._checked_referral(context, facts, decision, new_meeting.met_on)
                self.referrals.append((decision, by_clause))

    def _checked_referral(
        self, context: ActContext, facts: Facts, decision: ReferralAnswer, met_on: date
    ) -> dict[int | None, Decision]:
        refusals.need_unchanged(context.seen, facts.decisions)
        of_item = [clause.id for clause in facts.clauses]
        referred = decision.clause_ids or tuple(of_item)
        refusals.need(set(referred) <= set(of_item), Refusal.NO_SUCH_CLAUSE)
        by_clause = clause_decisions(
            decision.decision,
            referred,
            decision.accepted,
            decision.reason,
            of_whole_item=set(referred) == set(of_item),
        )
        for clause_id in by_clause:
            item_preconditions.decide(facts, self.facts, clause_id, met_on)
        return by_clause


def _items_of(context: ActContext, decisions: Iterable[MeetingDecision]) -> dict[DecisionKey, int]:
    """The item of each decision; none for what is not on record."""
    keys = [decision.key for decision in decisions]
    item_of = {key: key.id for key in keys if key.of is DecisionOf.REFERRAL}
    for kind, table in ((DecisionOf.CLAIM, Claim), (DecisionOf.OUTCOME, Outcome)):
        wanted = [key.id for key in keys if key.of is kind]
        rows = context.session.execute(
            sa.select(table.id, table.item_id).where(table.id.in_(wanted))
        )
        item_of |= {DecisionKey(kind, key): item_id for key, item_id in rows}
    of_body = sa.select(Item.id).where(
        Item.id.in_(item_of.values()), Item.body_id == context.body_id
    )
    item_ids = set(context.session.scalars(of_body))
    return {key: item_id for key, item_id in item_of.items() if item_id in item_ids}


def _checked_claim(context: ActContext, facts: Facts, decided: ClaimDecision) -> ClaimFact:
    refusals.need(decided.result in MEETING_RESULTS, Refusal.NOT_FROM_THERE)
    review_preconditions.need_reason(decided.result, decided.words)
    reviews = [review for review in facts.reviews if review.claim_id == decided.claim_id]
    refusals.need_unchanged(context.seen, reviews)
    claim = next((claim for claim in facts.claims if claim.id == decided.claim_id), None)
    if claim is None:
        raise Refused(Refusal.NOT_THERE)
    review_preconditions.review(facts, None, claim, decided.result, By.MEETING, context.actor_id)
    return claim


def _checked_outcome(context: ActContext, facts: Facts, decided: OutcomeDecision) -> OutcomeFact:
    refusals.need(decided.result in MEETING_RESULTS, Refusal.NOT_FROM_THERE)
    review_preconditions.need_reason(decided.result, decided.words)
    reviews = [review for review in facts.reviews if review.outcome_id == decided.outcome_id]
    refusals.need_unchanged(context.seen, reviews)
    outcome = next((fact for fact in facts.outcomes if fact.id == decided.outcome_id), None)
    if outcome is None:
        raise Refused(Refusal.NOT_THERE)
    review_preconditions.review_outcome(
        facts, outcome, decided.result, By.MEETING, context.actor_id
    )
    return outcome


# --- what is written ---


def _write_meeting(context: ActContext, new_meeting: NewMeeting) -> Meeting:
    file = new_meeting.file
    with context.record("meeting_recorded", on=new_meeting.met_on) as act:
        act.subject = meeting = act.add(
            Meeting(
                body_id=context.body_id,
                name=new_meeting.name.strip(),
                met_on=new_meeting.met_on,
                unit_id=new_meeting.unit_id,
                open=new_meeting.open,
                words=act.keep_optional_text(new_meeting.words),
                url=act.keep_optional_text(new_meeting.url),
                file_name=act.keep_optional_text(file.name if file else None),
                sha256=file.sha256 if file else None,
                public_sha256=file.public_sha256 if file else None,
                media_type=file.media_type if file else None,
                size=file.size if file else None,
            )
        )
    return meeting


Reviewed = tuple[ClaimFact | OutcomeFact, ClaimDecision | OutcomeDecision]


def _write_reviews(context: ActContext, meeting: Meeting, checked: _Checked) -> None:
    together: dict[tuple[int, str, date], list[Reviewed]] = defaultdict(list)
    for claim, item_id, of_claim in checked.claims:
        together[item_id, "claims", claim.on].append((claim, of_claim))
    for outcome, item_id, of_outcome in checked.outcomes:
        together[item_id, "outcomes", outcome.on].append((outcome, of_outcome))
    for (item_id, reviewed, on), pairs in sorted(together.items(), key=lambda group: group[0]):
        item = checked.items[item_id]
        with context.record(f"{reviewed}_decided_by_meeting", item, on) as act:
            act.add_all([_review(act, meeting, item_id, *pair) for pair in pairs])


def _review(
    act: ledger.Act,
    meeting: Meeting,
    item_id: int,
    fact: ClaimFact | OutcomeFact,
    decided: ClaimDecision | OutcomeDecision,
) -> Review:
    words = act.keep_optional_text(decided.words)
    is_return = decided.result is Result.RETURNED
    return Review(
        item_id=item_id,
        claim_id=fact.id if isinstance(fact, ClaimFact) else None,
        outcome_id=fact.id if isinstance(fact, OutcomeFact) else None,
        result=decided.result,
        by=By.MEETING,
        met_on=meeting.met_on,
        meeting=meeting.name,
        minutes=None if is_return else words,
        reason=words if is_return else None,
        meeting_id=meeting.id,
    )


def _write_referrals(context: ActContext, meeting: Meeting, checked: _Checked) -> None:
    unit_id = meeting.unit_id
    for decided, by_clause in checked.referrals:
        assert unit_id is not None  # it was asked for
        item = checked.items[decided.item_id]
        with context.record("referral_decided", item, meeting.met_on) as act:
            facts = checked.facts[decided.item_id]
            reason = act.keep_optional_text(decided.reason)
            for clause_id, decision in by_clause.items():
                write_what_was_decided(
                    context,
                    act,
                    facts,
                    checked.facts,
                    decision,
                    unit_id,
                    reason=reason,
                    clause_id=clause_id,
                    meeting_id=meeting.id,
                )


def confirmed(claim_ids: Collection[int], words: str | None = None) -> list[ClaimDecision]:
    """Claims that a meeting confirmed, at one point of its minutes."""
    return [
        ClaimDecision(claim_id=claim_id, result=Result.CONFIRMED, words=words)
        for claim_id in claim_ids
    ]
