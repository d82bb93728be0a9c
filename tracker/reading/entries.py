"""One item for those who work on it.

What the form of an entry needs, what may be done with each entry, and what others said meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.rules import permissions
from tracker.rules.codes import Claimed, MoneySaid, Result
from tracker.rules.entry_preconditions import may_correct
from tracker.rules.facts import ClaimFact, EntryFact
from tracker.rules.permissions import Actor, Permission

from . import amounts, item_sections
from .audience import OFFICE, Audience
from .item import item_page
from .item_context import ItemContext, audience_of, load_item_context
from .item_models import ClauseDetails, ItemPage, Silence
from .models import BodyDetails, ConventionDetails, EvidenceDetails, ItemRef
from .money_models import ExpenseLine, MoneyDetails
from .tasks import Task, returned_claims, returned_entries
from .waiting_entries import ClaimsByCode, claims_by_code, may_release


@dataclass(frozen=True, kw_only=True)
class ClaimDetails:
    clause_id: int
    claimed: Claimed | None
    reason: str | None
    decided_by: str | None
    decided_on: date | None
    money: MoneySaid | None


@dataclass(frozen=True, kw_only=True)
class EntryDetails:
    """An entry in its author's words.

    To be corrected, to be taken up again, or said by somebody else meanwhile.
    """

    id: int
    event: int
    on: date
    recorded_at: datetime  # in the body's zone
    person: str | None
    words: str
    internal: bool
    next_word_by: date | None
    claims: tuple[ClaimDetails, ...]
    # Each with whether members may open it, or would if the author were heard.
    evidence: tuple[tuple[EvidenceDetails, bool], ...]
    summary: ClaimsByCode
    spent: tuple[ExpenseLine, ...]
    explains: bool  # why more, or less, was spent than was planned
    withheld: bool  # from this reader: then without words, reasons and evidence
    corrects: int | None = None  # what members read and this one is to replace


@dataclass(frozen=True, kw_only=True)
class LoggableItem:
    """What the form of an entry stands on."""

    item_id: int
    item: ItemRef
    convention: ConventionDetails
    directed: str | None  # the item's own words, where it has no clauses
    clauses: tuple[ClauseDetails, ...]
    # Clauses that are done: nothing is claimed of them before they are reopened.
    confirmed: frozenset[int]
    money: MoneyDetails
    silence: Silence
    returned: tuple[Task, ...]
    entries: tuple[EntryDetails, ...]
    correctable: frozenset[int]  # entries
    waiting: int  # entries that wait for release
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
        return next((entry for entry in self.entries if entry.id == key), None)

    def since(self, seen: int, clauses: Collection[int]) -> tuple[EntryDetails, ...]:
        """What others said of these clauses after the event that the reader had seen."""
        return tuple(
            entry
            for entry in self.entries
            if entry.event > seen and any(claim.clause_id in clauses for claim in entry.claims)
        )


@dataclass(frozen=True, kw_only=True)
class StaffItem:
    """The staff's page of an item: what is shown of it, and what this person may do.

    `correctable`, `withdrawable` and `releasable` are keys of entries.
    """

    page: ItemPage
    may_log: bool
    may_open_office_item: bool  # the office's page of it
    correctable: frozenset[int]
    withdrawable: frozenset[int]
    releasable: frozenset[int]
    # The key of a claim, the number of its clause, the day of the act.
    reopenable: tuple[tuple[int, int | None, date], ...]
    newest_event: int


def loggable_item(
    session: Session, body_id: int, item_id: int, actor: Actor, today: date
) -> LoggableItem | None:
    """For those who may log on it; None where the item is not there.

    Raises what `permissions.require` raises for anybody else.
    """
    item = load_item_context(session, body_id, item_id, today, audience_of(actor))
    if item is None:
        return None
    permissions.require(actor, Permission.LOG, item.facts)
    in_units = Actor(actor.person_id, frozenset(grant for grant in actor.grants if grant.unit_id))
    versions = item.identity.versions
    return LoggableItem(
        item_id=item_id,
        item=item.ref,
        convention=item.identity.convention,
        directed=versions[0].words if versions else None,
        clauses=item_sections.clauses(item),
        confirmed=frozenset(
            standing.state.clause.id
            for standing in item.answer.standing.clauses
            if standing.state.done
        ),
        money=amounts.money(item),
        silence=item_sections.silence(item),
        returned=(*returned_claims(item, today), *returned_entries(item, actor, today)),
        entries=tuple(_entry_details(item, entry) for entry in item.facts.entries),
        correctable=_correctable(item, actor),
        waiting=len(item.facts.waiting),
        leads_release=item.facts.leads_release,
        own_unit=permissions.is_permitted(in_units, Permission.LOG, item.facts),
        newest_event=item.facts.newest_event,
    )


def _entry_details(item: ItemContext, entry: EntryFact) -> EntryDetails:
    facts = item.facts
    hidden = item.hidden("entry", entry.id)
    for_members = {evidence.id for evidence in facts.evidence if not evidence.internal}
    for_members |= {opened.evidence_id for opened in facts.opened_evidence}
    corrects = entry.corrects_id
    if corrects is not None and facts.released(entry=corrects) is None:
        corrects = None
    return EntryDetails(
        id=entry.id,
        event=entry.event,
        on=entry.on,
        recorded_at=entry.recorded_at.astimezone(item.body_context.settings.zone),
        person=item.person(entry.author_id),
        words=item.words_of(entry) or "",
        internal=entry.internal,
        next_word_by=entry.next_word_by,
        claims=tuple(
            _claim_details(claim, hidden) for claim in facts.claims if claim.entry_id == entry.id
        ),
        evidence=tuple(
            (details, details.id in for_members) for details in item.evidence(entry=entry.id)
        ),
        summary=claims_by_code(item, entry.id),
        spent=tuple(
            amounts.expense_line(item, expense)
            for expense in facts.expenses
            if expense.entry_id == entry.id
        ),
        explains=any(explanation.entry_id == entry.id for explanation in facts.explanations),
        withheld=hidden,
        corrects=corrects,
    )


def _claim_details(claim: ClaimFact, hidden: bool) -> ClaimDetails:
    return ClaimDetails(
        clause_id=claim.clause_id,
        claimed=claim.claimed,
        reason=None if hidden else claim.reason,
        decided_by=claim.decided_by,
        decided_on=claim.decided_on,
        money=claim.money,
    )


def _correctable(item: ItemContext, actor: Actor) -> frozenset[int]:
    """The entries that this person may correct."""
    may_correct_any = permissions.is_permitted(actor, Permission.RELEASE, item.facts)
    return frozenset(
        entry.id
        for entry in item.facts.entries
        if may_correct(item.facts, entry.id, actor.person_id, may_correct_any)
    )


def staff_item(
    session: Session, body_id: int, item_id: int, actor: Actor, today: date
) -> StaffItem | None:
    """The item with names and the internal part; None where it is not there.

    For the people of its units, the office, the auditor, and the confirmer of a claim that waits.
    A confirmer comes for what was decided, too, to reopen it: then without the internal part.
    Raises what `permissions.require` raises for anybody else.
    """
    item = load_item_context(session, body_id, item_id, today)
    if item is None:
        return None
    may_reopen = permissions.is_permitted(actor, Permission.REOPEN, item.facts)
    if not (may_reopen and item.facts.reviews):
        permissions.require(actor, Permission.READ_INTERNAL, item.facts)
    may_log = permissions.is_permitted(actor, Permission.LOG, item.facts)
    waiting = {entry.id for entry in item.facts.waiting}
    return StaffItem(
        page=item_page(replace(item, audience=_staff_audience(item, actor))),
        may_log=may_log,
        may_open_office_item=any(
            permissions.is_permitted(actor, permission, item.facts)
            for permission in (Permission.READ_ALL, Permission.ASSIGN)
        ),
        correctable=_correctable_as_released(item, actor) if may_log else frozenset(),
        withdrawable=_withdrawable(item, actor) if may_log else frozenset(),
        releasable=frozenset(
            entry_id for entry_id in waiting if may_release(item, entry_id, actor)
        ),
        reopenable=_confirmed_claims(item) if may_reopen else (),
        newest_event=item.facts.newest_event,
    )


def _staff_audience(item: ItemContext, actor: Actor) -> Audience:
    if permissions.is_permitted(actor, Permission.READ_ALL):
        return OFFICE
    if permissions.is_permitted(actor, Permission.READ_INTERNAL, item.facts):
        return Audience(names=True, units=permissions.units_of(item.facts))
    return Audience(names=True)


def _correctable_as_released(item: ItemContext, actor: Actor) -> frozenset[int]:
    """What waits is withdrawn instead, and what came back is taken up again."""
    waiting = {entry.id for entry in item.facts.waiting}
    came_back = {sent_back.entry_id for sent_back in item.facts.sent_back}
    return _correctable(item, actor) - waiting - came_back


def _withdrawable(item: ItemContext, actor: Actor) -> frozenset[int]:
    """The actor's own entries that wait, or came back and are not answered yet."""
    own_entries = {entry.id for entry in item.facts.entries if entry.author_id == actor.person_id}
    waiting = {entry.id for entry in item.facts.waiting}
    unanswered = {sent_back.entry_id for sent_back in item.facts.unanswered}
    return frozenset((waiting | unanswered) & own_entries)


def _confirmed_claims(item: ItemContext) -> tuple[tuple[int, int | None, date], ...]:
    """The key of each, the number of its clause, the day of the act."""
    confirmed = []
    for claim in item.facts.claims:
        review = item.facts.review(claim=claim.id)
        if review is not None and review.result is Result.CONFIRMED:
            confirmed.append((claim.id, item.clause_number(claim.clause_id), claim.on))
    return tuple(confirmed)
