"""What the floor did, and what a receiving unit decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.record.items import FloorAction, Item, ReferralDecision
from tracker.record.ledger import Act
from tracker.record.progress import Claim, Entry, Evidence, OpenedEvidence, Release
from tracker.record.rosters import roster_names
from tracker.rules import item_preconditions, refusals
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Claimed, Decision, EvidenceKind, Floor, MoneySaid, Purpose
from tracker.rules.item_facts import Facts
from tracker.rules.money import in_force
from tracker.rules.permissions import Permission

from .act_context import ActContext
from .corrections import recording


@dataclass(frozen=True)
class VoteCount:
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    by_voice: bool = False


@dataclass(frozen=True)
class Referral:
    """To whom the floor referred an item, and for what.

    `referred_to`: where the source names no unit, its own words ("the appropriate committee").
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
    position: int | None = 1,
    clause_id: int | None = None,
    referral: Referral | None = None,
    vote: VoteCount | None = None,
    session: str | None = None,
    note: str | None = None,
    corrects: FloorAction | None = None,
) -> FloorAction:
    """Records what the floor did.

    :param on: None: the day is not known, and `assumed_day` counts
    :param position: the order of the source, within a day; None: after what is on record of it
    :param clause_id: None: of the whole item
    """
    context.require(Permission.GOVERN)
    closing = None if action is Floor.RESCINDED else context.clock(item.convention_id).closes_on
    counts_from = on or assumed_day(action, closing, context.today)
    with recording(
        context,
        "floor_action_recorded",
        item,
        counts_from,
        day_known=on is not None,
        corrects=corrects,
    ) as act:
        context.need_unchanged(item, "floor")
        if referral and referral.unit_id is not None:
            context.need_open_unit(referral.unit_id)
        if position is None and corrects and counts_from == context.day_of(corrects):
            position = corrects.position
        elif position is None:
            same_day = [fact for fact in context.facts(item).floor if fact.on == counts_from]
            position = max((fact.position for fact in same_day), default=0) + 1
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
    receiver = referral or Referral(purpose=None)
    votes = vote or VoteCount()
    return act.add(
        FloorAction(
            item_id=item.id,
            clause_id=clause_id,
            action=action,
            position=position,
            unit_id=receiver.unit_id,
            purpose=receiver.purpose,
            decides_by=receiver.decides_by,
            referred_to=receiver.referred_to,
            votes_for=votes.votes_for,
            votes_against=votes.votes_against,
            abstained=votes.abstained,
            by_voice=votes.by_voice,
            session=session,
            note=act.keep_optional_text(note),
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
    corrects: ReferralDecision | None = None,
) -> None:
    """Records what the receiving unit decided.

    Its report, where one was asked for, is a released claim of done on the clauses referred.
    """
    context.require(Permission.GOVERN)
    with recording(context, "referral_decided", item, on, corrects=corrects) as act:
        facts, every = context.facts_with_linked(item)
        refusals.need_unchanged(context.seen, facts.decisions)
        item_preconditions.decide(facts, every, clause_id, on)
        words = act.keep_optional_text(reason)
        write_what_was_decided(
            context, act, facts, every, decision, unit_id, reason=words, clause_id=clause_id
        )


def write_what_was_decided(
    context: ActContext,
    act: Act,
    facts: Facts,
    every: Mapping[int, Facts],
    decision: Decision,
    unit_id: int,
    *,
    reason: str | None,
    clause_id: int | None,
    meeting_id: int | None = None,
) -> None:
    """The decision on an item or one clause of it, and the report, where one was asked for.

    :param reason: the digest of a text
    """
    item_id = facts.item.id
    write_decision(
        act,
        item_id,
        decision,
        unit_id,
        reason=reason,
        clause_id=clause_id,
        meeting_id=meeting_id,
    )
    reported = [
        state.clause.id
        for state in clause_states(facts, every)
        if clause_id in (None, state.clause.id)
        and state.referral
        and state.referral.purpose is Purpose.REPORT
        and not state.done
    ]
    if decision is Decision.REPORTED_BACK and reported:
        words = reason or act.keep_text(decision.value)
        estimate = in_force(facts.estimates)
        asks_for_money = bool(estimate and estimate.amount)
        unit_name = roster_names(context.session, context.body_id).units.shown[unit_id]
        entry = act.add(
            Entry(item_id=item_id, author_id=context.actor_id, words=words, by_office=True)
        )
        _write_report(
            act,
            entry,
            reported,
            title=act.keep_text(unit_name),
            money=MoneySaid.NOT_KNOWN_YET if asks_for_money else None,
        )


def _write_report(
    act: Act, entry: Entry, clause_ids: Sequence[int], *, title: str, money: MoneySaid | None
) -> None:
    """A released claim of done on these clauses, whose evidence is the report, open to members.

    :param title: the digest of a text
    """
    act.add_all(
        [
            Claim(
                item_id=entry.item_id,
                entry_id=entry.id,
                clause_id=clause_id,
                claimed=Claimed.DONE,
                money=money,
            )
            for clause_id in clause_ids
        ]
    )
    report = act.add(
        Evidence(
            item_id=entry.item_id,
            entry_id=entry.id,
            kind=EvidenceKind.ROW,
            title=title,
            words=entry.words,
            internal=False,
        )
    )
    act.add(Release(item_id=entry.item_id, entry_id=entry.id))
    act.add(OpenedEvidence(item_id=entry.item_id, evidence_id=report.id))


def write_decision(
    act: Act,
    item_id: int,
    decision: Decision,
    unit_id: int,
    *,
    reason: str | None = None,
    clause_id: int | None = None,
    meeting_id: int | None = None,
) -> None:
    """`reason`: the digest of a text."""
    act.add(
        ReferralDecision(
            item_id=item_id,
            clause_id=clause_id,
            decision=decision,
            unit_id=unit_id,
            reason=reason,
            meeting_id=meeting_id,
        )
    )
