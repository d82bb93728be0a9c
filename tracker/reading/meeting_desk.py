"""What waits that a meeting may decide: claims of done, outcomes, and referrals to the unit that
met. For the office: with names and all files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.items import FloorAction, Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Claim
from tracker.rules.clause_state import ClauseState
from tracker.rules.codes import Decision, Effect, Floor, Level, MoneySaid, Purpose, Result
from tracker.rules.facts import ClaimFact, OutcomeFact, ReviewFact, newest
from tracker.rules.meeting_decisions import DecisionKey, DecisionOf, owed_decisions

from .audience import OFFICE
from .confirmation_queue import clause_standing_of, items_with_waiting_claims, waiting_claims
from .item_context import ItemContext, load_item_contexts
from .models import ConventionDetails, EvidenceDetails, ItemRef
from .outcome_queue import items_with_waiting_outcomes, waiting_outcomes

REFERRING = tuple(action for action in Floor if action.effect is Effect.REFERS)


@dataclass(frozen=True, kw_only=True)
class DecidedMeanwhile:
    """What somebody else decided of it: a result, or a decision on a referral."""

    result: Result | None
    decision: Decision | None
    on: date
    person: str | None


@dataclass(frozen=True)
class ReferredClause:
    id: int
    number: int
    words: str | None


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    key: DecisionKey
    item: ItemRef
    convention: ConventionDetails
    days: int  # that it has waited
    meanwhile: DecidedMeanwhile | None  # None: it waits
    clause: int | None = None  # its number, where the item has several
    unit: str | None = None  # that leads the clause
    evidence: tuple[EvidenceDetails, ...] = ()
    money_said: MoneySaid | None = None
    level: Level | None = None  # of an outcome
    words: str | None = None  # of an outcome
    referred_to: str | None = None  # as published, where it names no unit
    decides_by: date | None = None
    purpose: Purpose | None = None
    is_of_unit: bool = False  # the floor referred it to the unit that met
    clauses: tuple[ReferredClause, ...] = ()  # of a referral: those about which it is to decide


@dataclass(frozen=True, kw_only=True)
class MeetingDesk:
    claims: tuple[DeskRow, ...]
    outcomes: tuple[DeskRow, ...]
    referrals: tuple[DeskRow, ...]
    newest_event: int

    @property
    def rows(self) -> tuple[DeskRow, ...]:
        return (*self.claims, *self.outcomes, *self.referrals)


def meeting_desk(
    session: Session,
    body_id: int,
    today: date,
    *,
    unit_id: int | None = None,
    convention_id: int | None = None,
    sent: Collection[DecisionKey] = (),
) -> MeetingDesk:
    """The number of statements does not depend on how much waits.

    :param unit_id: the unit that met; None: none did, and no referral waits for it
    :param convention_id: of this one alone
    :param sent: rows that a form has sent; they are there, whether they wait or not
    """
    item_ids = set(session.connection().scalars(items_with_waiting_claims(body_id)))
    item_ids |= set(session.connection().scalars(items_with_waiting_outcomes(body_id)))
    if unit_id is not None:
        item_ids |= set(session.connection().scalars(_referred_items(body_id)))
    if sent:
        item_ids |= set(session.connection().scalars(_items_of(body_id, sent)))
    context, items = load_item_contexts(session, body_id, item_ids, today, OFFICE)
    units = frozenset[int]() if unit_id is None else context.unit_names.family(unit_id)
    desk = _Desk(convention_id, units, frozenset(sent))
    return MeetingDesk(
        claims=tuple(row for item in items.values() for row in desk.claims(item)),
        outcomes=tuple(row for item in items.values() for row in desk.outcomes(item)),
        referrals=tuple(row for item in items.values() for row in desk.referrals(item)),
        newest_event=context.head,
    )


def _referred_items(body_id: int) -> sa.Select[int]:
    return (
        sa.select(FloorAction.item_id)
        .join(Item, Item.id == FloorAction.item_id)
        .where(Item.body_id == body_id, FloorAction.action.in_(REFERRING), at(FloorAction, NOW))
    )


def _items_of(body_id: int, keys: Collection[DecisionKey]) -> sa.Select[int]:
    """The items of the body that these rows are of."""

    def ids(kind: DecisionOf) -> list[int]:
        return [key.id for key in keys if key.of is kind]

    return sa.select(Item.id).where(
        Item.body_id == body_id,
        sa.or_(
            Item.id.in_(ids(DecisionOf.REFERRAL)),
            Item.id.in_(sa.select(Claim.item_id).where(Claim.id.in_(ids(DecisionOf.CLAIM)))),
            Item.id.in_(sa.select(Outcome.item_id).where(Outcome.id.in_(ids(DecisionOf.OUTCOME)))),
        ),
    )


@dataclass(frozen=True)
class _Desk:
    convention_id: int | None
    units: frozenset[int]  # the unit that met, with those that were merged into it
    sent: frozenset[DecisionKey]

    def shows(self, item: ItemContext, key: DecisionKey, waits: bool) -> bool:
        is_of_it = self.convention_id in (None, item.identity.convention.id)
        return key in self.sent or (waits and is_of_it)

    def claims(self, item: ItemContext) -> Iterator[DeskRow]:
        waiting = {claim.id for claim in waiting_claims(item)}
        for claim in item.facts.claims:
            key = DecisionKey(DecisionOf.CLAIM, claim.id)
            if self.shows(item, key, claim.id in waiting):
                yield _claim_row(item, claim, key, claim.id in waiting)

    def outcomes(self, item: ItemContext) -> Iterator[DeskRow]:
        waiting = {outcome.id for outcome in waiting_outcomes(item)}
        for outcome in item.facts.outcomes:
            key = DecisionKey(DecisionOf.OUTCOME, outcome.id)
            if self.shows(item, key, outcome.id in waiting):
                yield _outcome_row(item, outcome, key, outcome.id in waiting)

    def referrals(self, item: ItemContext) -> Iterator[DeskRow]:
        key = DecisionKey(DecisionOf.REFERRAL, item.id)
        owed = [
            state
            for state in owed_decisions(item.facts, item.linked_facts)
            if self.units
            and state.referral
            and (state.referral.unit_id is None or state.referral.unit_id in self.units)
        ]
        if self.shows(item, key, bool(owed)):
            yield _referral_row(item, owed, key, self.units)


def _claim_row(item: ItemContext, claim: ClaimFact, key: DecisionKey, waits: bool) -> DeskRow:
    lead = clause_standing_of(item, claim).state.lead
    release = item.facts.released(entry=claim.entry_id)
    return DeskRow(
        key=key,
        item=item.ref,
        convention=item.identity.convention,
        days=_days_since(item, release.heard_on if release else claim.on),
        meanwhile=None if waits else _reviewed(item, item.facts.review(claim=claim.id)),
        clause=item.clause_number(claim.clause_id),
        unit=item.unit(lead.unit_id if lead else None),
        evidence=item.evidence(entry=claim.entry_id),
        money_said=claim.money,
    )


def _outcome_row(item: ItemContext, outcome: OutcomeFact, key: DecisionKey, waits: bool) -> DeskRow:
    release = item.facts.released(outcome=outcome.id)
    return DeskRow(
        key=key,
        item=item.ref,
        convention=item.identity.convention,
        days=_days_since(item, release.heard_on if release else outcome.on),
        meanwhile=None if waits else _reviewed(item, item.facts.review(outcome=outcome.id)),
        evidence=item.evidence(outcome=outcome.id),
        level=outcome.level,
        words=outcome.words,
    )


def _referral_row(
    item: ItemContext, owed: Sequence[ClauseState], key: DecisionKey, units: Collection[int]
) -> DeskRow:
    referral = newest(state.referral for state in owed if state.referral)
    decision = newest(item.facts.decisions)
    meanwhile = DecidedMeanwhile(
        result=None,
        decision=decision.decision if decision else None,
        on=decision.on if decision else item.facts.today,
        person=item.person(decision.actor) if decision else None,
    )
    return DeskRow(
        key=key,
        item=item.ref,
        convention=item.identity.convention,
        days=_days_since(item, referral.on) if referral else 0,
        meanwhile=None if owed else meanwhile,
        referred_to=referral.referred_to if referral else None,
        decides_by=referral.decides_by if referral else None,
        purpose=referral.purpose if referral else None,
        is_of_unit=bool(referral and referral.unit_id in units),
        clauses=tuple(
            ReferredClause(state.clause.id, state.clause.number, state.clause.words)
            for state in owed
        ),
    )


def _days_since(item: ItemContext, day: date) -> int:
    return (item.facts.today - day).days


def _reviewed(item: ItemContext, review: ReviewFact | None) -> DecidedMeanwhile:
    """What became of what does not wait any more; a claim that another overtook has no review."""
    return DecidedMeanwhile(
        result=review.result if review else None,
        decision=None,
        on=item.day(review.recorded_at) if review else item.facts.today,
        person=item.person(review.actor) if review else None,
    )
