"""What the floor did, and what a receiving unit decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.record.bodies import Unit
from tracker.record.items import FloorAction, Item, ReferralDecision
from tracker.record.ledger import Act
from tracker.record.progress import Claim, Entry, Evidence, OpenedEvidence, Release
from tracker.rules import preconditions
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Claimed, Decision, EvidenceKind, Floor, MoneySaid, Purpose
from tracker.rules.money import in_force
from tracker.rules.permissions import Permission

from .act_context import ActContext


@dataclass(frozen=True)
class VoteCount:
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    by_voice: bool = False


@dataclass(frozen=True)
class Referral:
    """To a unit, or, where the list names none, to whom in its own words ("the appropriate
    committee").
    """

    unit_id: int | None = None
    purpose: Purpose | None = Purpose.DECISION
    decides_by: date | None = None
    referred_to: str | None = None


def record_floor_action(
    context: ActContext,
    item: Item,
    action: Floor,
    on: date | None,
    position: int = 1,
    clause_id: int | None = None,
    referral: Referral | None = None,
    vote: VoteCount | None = None,
    session: str | None = None,
    note: str | None = None,
) -> FloorAction:
    """Without a day (`on` is None) it counts as of the closing, known or assumed, and a rescission
    as of its recording; never later than that.
    """
    context.require(Permission.GOVERN)
    closing = None if action is Floor.RESCINDED else context.clock(item.convention_id).closes_on
    counts_from = on or assumed_day(action, closing, context.today)
    with context.record(
        "floor_action_recorded", item, counts_from, day_known=on is not None
    ) as act:
        return write_floor_action(
            act,
            item,
            action,
            position=position,
            clause_id=clause_id,
            referral=referral,
            vote=vote,
            session=session,
            note=note,
        )


def assumed_day(action: Floor, closes_on: date | None, today: date) -> date:
    """The day of an action that has none.

    The convention's closing, of a rescission the day of its recording; never later than that.
    """
    return today if action is Floor.RESCINDED or closes_on is None else min(closes_on, today)


def write_floor_action(
    act: Act,
    item: Item,
    action: Floor,
    *,
    position: int,
    clause_id: int | None = None,
    referral: Referral | None = None,
    vote: VoteCount | None = None,
    session: str | None = None,
    note: str | None = None,
) -> FloorAction:
    to, votes = referral or Referral(purpose=None), vote or VoteCount()
    return act.add(
        FloorAction(
            item_id=item.id,
            clause_id=clause_id,
            action=action,
            position=position,
            unit_id=to.unit_id,
            purpose=to.purpose,
            decides_by=to.decides_by,
            referred_to=to.referred_to,
            votes_for=votes.votes_for,
            votes_against=votes.votes_against,
            abstained=votes.abstained,
            by_voice=votes.by_voice,
            session=session,
            note=act.maybe(note),
        )
    )


def decide(
    context: ActContext,
    item: Item,
    decision: Decision,
    unit_id: int,
    on: date,
    reason: str | None = None,
    clause_id: int | None = None,
) -> None:
    """What the receiving unit decided.

    Its report, where one was asked for, is a released claim of done on the clauses referred.
    """
    context.require(Permission.GOVERN)
    with context.record("referral_decided", item, on) as act:
        facts, every = context.facts(item)
        preconditions.decide(facts, every, clause_id, on)
        words = act.maybe(reason)
        write_decision(act, item, decision, unit_id, reason=words, clause_id=clause_id)
        reported = [
            state
            for state in clause_states(facts, every)
            if clause_id in (None, state.clause.id)
            and state.referral
            and state.referral.purpose is Purpose.REPORT
            and not state.done
        ]
        if decision is Decision.REPORTED_BACK and reported:
            words = words or act.text(decision.value)
            estimate = in_force(facts.estimates)
            asked = MoneySaid.NOT_KNOWN_YET if estimate and estimate.amount else None
            entry = act.add(
                Entry(item_id=item.id, author_id=context.actor_id, words=words, by_office=True)
            )
            act.add(
                *[
                    Claim(
                        item_id=item.id,
                        entry_id=entry.id,
                        clause_id=state.clause.id,
                        claimed=Claimed.DONE,
                        money=asked,
                    )
                    for state in reported
                ]
            )
            title = act.text(context.session.get_one(Unit, unit_id).name)
            report = act.add(
                Evidence(
                    item_id=item.id,
                    entry_id=entry.id,
                    kind=EvidenceKind.ROW,
                    title=title,
                    words=words,
                    internal=False,
                )
            )
            act.add(Release(item_id=item.id, entry_id=entry.id))
            act.add(OpenedEvidence(item_id=item.id, evidence_id=report.id))


def write_decision(
    act: Act,
    item: Item,
    decision: Decision,
    unit_id: int,
    *,
    reason: str | None = None,
    clause_id: int | None = None,
) -> None:
    """`reason`: the digest of a text."""
    act.add(
        ReferralDecision(
            item_id=item.id,
            clause_id=clause_id,
            decision=decision,
            unit_id=unit_id,
            reason=reason,
        )
    )
