"""One item for those who work on it: what the form of an entry needs, what may be done with each entry, and what others said meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.rules import permissions
from tracker.rules.codes import Claimed, MoneySaid, Result
from tracker.rules.facts import EntryFact
from tracker.rules.permissions import Actor, Permission
from tracker.rules.preconditions import may_correct

from . import amounts, item, item_sections
from .audience import OFFICE, Audience
from .item_context import ItemContext
from .item_models import (
    BodyDetails,
    ClauseDetails,
    ConventionDetails,
    EvidenceDetails,
    ExpenseLine,
    ItemPage,
    ItemRef,
    MoneyDetails,
    Silence,
)
from .my_work import Task, claims_of, may_release, returned_claims, returned_entries
from .staff_contexts import audience_of, load_item_context


@dataclass(frozen=True)
class ClaimDetails:
    clause_id: int
    claimed: Claimed | None
    reason: str | None
    decided_by: str | None
    decided_on: date | None
    money: MoneySaid | None


@dataclass(frozen=True)
class EntryDetails:
    """An entry in its author's words: to be corrected, to be taken up again, or said by somebody else meanwhile."""

    id: int
    event: int
    on: date
    recorded_at: datetime  # in the body's zone
    person: str | None
    words: str
    internal: bool
    next_word_by: date | None
    claims: tuple[ClaimDetails, ...]
    evidence: tuple[
        tuple[EvidenceDetails, bool], ...
    ]  # each with whether members may open it, or would if the author were heard
    summary: tuple[tuple[Claimed | None, tuple[int, ...]], ...]
    spent: tuple[ExpenseLine, ...]
    explains: bool  # why more, or less, was spent than was planned
    withheld: bool  # from this reader: then without words, reasons and evidence
    corrects: int | None = None  # what members read and this one is to replace


@dataclass(frozen=True)
class LoggableItem:
    """What the form of an entry stands on."""

    item_id: int
    item: ItemRef
    convention: ConventionDetails
    directed: str | None  # the item's own words, where it has no clauses
    clauses: tuple[ClauseDetails, ...]
    confirmed: frozenset[
        int
    ]  # clauses that are done: nothing is claimed of them before they are reopened
    money: MoneyDetails
    silence: Silence
    returned: tuple[Task, ...]
    entries: tuple[EntryDetails, ...]
    correctable: frozenset[int]
    waiting: int
    leads_release: bool
    own_unit: bool  # else the office records it for others
    newest_event: int

    @property
    def body(self) -> BodyDetails:
        return self.convention.body

    @property
    def asks_for_money(self) -> bool:
        return bool(self.money.estimate and self.money.estimate.amount)

    def entry(self, key: int | None) -> EntryDetails | None:
        return next((each for each in self.entries if each.id == key), None)

    def since(self, seen: int, clauses: Collection[int]) -> tuple[EntryDetails, ...]:
        """What others said of these clauses after the reader had loaded the form."""
        return tuple(
            each
            for each in self.entries
            if each.event > seen and {claim.clause_id for claim in each.claims} & set(clauses)
        )


@dataclass(frozen=True)
class StaffItem:
    """The staff's page of an item: what is shown of it, and what this person may do."""

    page: ItemPage
    may_log: bool
    correctable: frozenset[int]
    withdrawable: frozenset[int]
    releasable: frozenset[int]
    reopenable: tuple[
        tuple[int, int | None, date], ...
    ]  # claim, number of its clause, day of the act
    newest_event: int


def loggable_item(
    session: Session, body_id: int, item_id: int, actor: Actor, today: date
) -> LoggableItem | None:
    """For those who may log on it; None where the item is not there."""
    found = load_item_context(session, body_id, item_id, today, audience_of(actor))
    if found is None:
        return None
    permissions.require(actor, Permission.LOG, found.facts)
    own = found.names[item_id]
    tasks = (
        *returned_claims(found, own.ref, today),
        *returned_entries(found, own.ref, actor, today),
    )
    done = frozenset(
        each.state.clause.id for each in found.answer.standing.clauses if each.state.done
    )
    units = Actor(actor.person_id, frozenset(grant for grant in actor.grants if grant.unit_id))
    words = own.versions[0].words if own.versions else None
    return LoggableItem(
        item_id,
        own.ref,
        own.convention,
        words,
        item_sections.clauses(found),
        done,
        amounts.money(found),
        item_sections.silence(found),
        tasks,
        tuple(_entry(found, entry) for entry in found.facts.entries),
        _correctable(found, actor),
        len(found.facts.waiting),
        found.facts.leads_release,
        permissions.is_permitted(units, Permission.LOG, found.facts),
        found.facts.newest_event,
    )


def _entry(found: ItemContext, entry: EntryFact) -> EntryDetails:
    key = entry.id
    hidden = found.hidden("entry", key)
    claims = tuple(
        ClaimDetails(
            each.clause_id,
            each.claimed,
            None if hidden else each.reason,
            each.decided_by,
            each.decided_on,
            each.money,
        )
        for each in found.facts.claims
        if each.entry_id == key
    )
    wished = {each.id for each in found.facts.evidence if not each.internal} | {
        each.evidence_id for each in found.facts.opened_evidence
    }
    evidence = tuple((each, each.id in wished) for each in found.evidence(entry=key))
    spent = tuple(
        amounts.expense_line(found, each) for each in found.facts.expenses if each.entry_id == key
    )
    explains = any(each.entry_id == key for each in found.facts.explanations)
    corrects = entry.corrects_id
    if corrects is not None and found.facts.released(entry=corrects) is None:
        corrects = None
    return EntryDetails(
        key,
        entry.event,
        entry.on,
        entry.recorded_at.astimezone(found.near.settings.zone),
        found.person(entry.author_id),
        found.words_of(entry) or "",
        entry.internal,
        entry.next_word_by,
        claims,
        evidence,
        claims_of(found, key),
        spent,
        explains,
        hidden,
        corrects,
    )


def _correctable(found: ItemContext, actor: Actor) -> frozenset[int]:
    any_of = permissions.is_permitted(actor, Permission.RELEASE, found.facts)
    return frozenset(
        each.id
        for each in found.facts.entries
        if may_correct(found.facts, each.id, actor.person_id, any_of)
    )


def staff_item(
    session: Session, body_id: int, item_id: int, actor: Actor, today: date
) -> StaffItem | None:
    """For the people of its units, the office, the auditor, and the confirmer of what is on the desk: with names and the internal part.

    A confirmer comes for what was decided, too, to reopen it: then without the internal part.
    """
    found = load_item_context(session, body_id, item_id, today)
    if found is None:
        return None
    inside, reopens = (
        permissions.is_permitted(actor, each, found.facts)
        for each in (Permission.READ_INTERNAL, Permission.REOPEN)
    )
    if not (reopens and found.facts.reviews):
        permissions.require(actor, Permission.READ_INTERNAL, found.facts)
    units = permissions.units_of(found.facts) if inside else frozenset()
    audience = (
        OFFICE
        if permissions.is_permitted(actor, Permission.READ_ALL)
        else Audience(names=True, units=units)
    )
    shown = item.shown(replace(found, audience=audience))
    may_log = permissions.is_permitted(actor, Permission.LOG, found.facts)
    waiting = {each.id for each in found.facts.waiting}
    mine = {each.id for each in found.facts.entries if each.author_id == actor.person_id}
    back = {each.entry_id for each in found.facts.sent_back}
    confirmed = [each for each in found.facts.claims if _is_confirmed(found, each.id)]
    correctable = (
        _correctable(found, actor) - waiting - back
    )  # what waits is withdrawn, what came back is taken up again
    return StaffItem(
        shown,
        may_log,
        correctable if may_log else frozenset(),
        frozenset((waiting | {each.entry_id for each in found.facts.unanswered}) & mine)
        if may_log
        else frozenset(),
        frozenset(key for key in waiting if may_release(found, key, actor)),
        tuple((claim.id, found.clause_number(claim.clause_id), claim.on) for claim in confirmed)
        if reopens
        else (),
        found.facts.newest_event,
    )


def _is_confirmed(found: ItemContext, claim_id: int) -> bool:
    review = found.facts.review(claim=claim_id)
    return review is not None and review.result is Result.CONFIRMED
