"""What waits for one person in a body, and all that they lead: the page "My work". For staff only; it costs the same at 1 and at 200 items.

Shown to whom: to the person asked for, who sees what is internal of items that their own units lead or contribute to, the entries that they may
release, and how many claims wait that they may confirm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.drafts import Draft, about
from tracker.record.items import Assignment, Item, ReferralDecision
from tracker.record.progress import Claim, Release, Review, SentBack
from tracker.record.progress import Entry as EntryRow
from tracker.rules import permissions, preconditions
from tracker.rules.codes import Claimed, Decision, Result, Role, Standing
from tracker.rules.facts import EntryFact
from tracker.rules.permissions import Actor, Permission, is_permitted_somewhere
from tracker.rules.standing import LEAST_ADVANCED_FIRST

from . import item_sections
from .confirmation_desk import is_independent, waiting_claims
from .item_context import ItemContext, source_of
from .item_models import BodyDetails, ConventionDetails, DueDetails, ItemRef, Silence
from .staff_contexts import audience_of, load_item_contexts

DUE_SOON, SILENT_SOON = timedelta(days=30), timedelta(days=14)
UNIT_ROLES = (Role.STAFF, Role.MANAGER)


@dataclass(frozen=True)
class Task:
    """One thing to do. `why`: returned (by whoever releases), returned_claim (by the confirmer), reopened, draft, due, silent."""

    why: str
    item: ItemRef
    on: date  # the day of the return or the draft; the day on which it is due; the last day that is not silent
    days: int  # from today; below zero: past
    words: str | None = None  # the reason of the return
    person: str | None = None  # who returned it
    clause: int | None = None  # its number, where the item has several
    clause_words: str | None = None
    counts_as: Standing | None = (
        None  # of a returned claim: what the clause is until it is answered
    )
    silence: Silence | None = None
    entry: int | None = None  # to take up again
    draft_on: date | None = None  # of the draft that is kept of it


@dataclass(frozen=True)
class LedItem:
    item: ItemRef
    convention: ConventionDetails
    standing: Standing
    unheard: bool  # lapsed without a word ever
    late: bool
    past_term: bool
    due: DueDetails | None  # the next of its open clauses
    silence: Silence
    waits: bool  # an entry waits for release


@dataclass(frozen=True)
class WaitingEntry:
    """An entry that waits for release."""

    entry: int
    item: ItemRef
    claims: tuple[tuple[Claimed | None, tuple[int, ...]], ...]
    words: str
    person: str | None
    source: str | None
    unit: str | None
    recorded_on: date
    files: int


@dataclass(frozen=True)
class MyWork:
    body: BodyDetails
    today: date
    person: str | None
    units: tuple[str, ...]
    tasks: tuple[Task, ...]
    to_release: tuple[WaitingEntry, ...]
    to_confirm: int
    not_mine_to_confirm: int  # claims that wait for somebody else, since this person worked on them
    led: tuple[LedItem, ...]
    may_release: bool
    may_confirm: bool
    next_due: date | None
    term_ends_on: date | None  # the next of the conventions whose items are led
    open_then: int  # items that would still be open then

    @property
    def things(self) -> int:
        """How many wait for this person."""
        return len(self.tasks) + len(self.to_release) + self.to_confirm


@dataclass
class _Wanted:
    mine: set[int] = field(default_factory=set)
    returned: set[int] = field(default_factory=set)
    release: set[int] = field(default_factory=set)
    confirm: set[int] = field(default_factory=set)


def my_work(session: Session, body_id: int, actor: Actor, today: date) -> MyWork:
    """Fifteen statements, however many items there are."""
    wanted = _wanted(session, body_id, actor)
    drafts = _drafts(session, actor)
    looked_at = wanted.mine | wanted.returned | wanted.release | wanted.confirm | drafts.keys()
    near, found = load_item_contexts(session, body_id, looked_at, today, audience_of(actor))
    mine = [each for key, each in found.items() if key in wanted.mine and _leads(actor, each)]
    led_items = {each.facts.item.id for each in mine}
    tasks = []
    for key, each in found.items():
        of_item = (
            _tasks(each, actor, today)
            if key in led_items
            else _returned_to(each, actor, today)
            if key in wanted.returned
            else []
        )
        tasks += (
            _with_draft(of_item, each, drafts[key], near.settings.zone, today)
            if key in drafts
            else of_item
        )
    to_release = [
        each for key in wanted.release if key in found for each in releasable(found[key], actor)
    ]
    claims = [
        (each, claim)
        for key in wanted.confirm
        if key in found
        for each in [found[key]]
        for claim in waiting_claims(each)
    ]
    fitting = [claim for each, claim in claims if is_independent(each, claim, actor.person_id)]
    led = tuple(_led(each) for each in mine)
    terms = [each.convention.term_ends_on for each in led if each.silence.runs]
    ends = min((day for day in terms if day and day >= today), default=None)
    units = sorted(
        {
            near.units[grant.unit_id]
            for grant in actor.grants
            if grant.unit_id is not None and grant.unit_id in near.units
        }
    )
    order = ("returned_claim", "reopened", "returned", "draft", "due", "silent")
    return MyWork(
        near.body,
        today,
        near.people.get(actor.person_id),
        tuple(units),
        tuple(sorted(tasks, key=lambda task: (order.index(task.why), task.on))),
        tuple(sorted(to_release, key=lambda each: (each.recorded_on, each.entry))),
        len(fitting),
        len(claims) - len(fitting),
        led,
        is_permitted_somewhere(actor, Permission.RELEASE) or near.settings.leads_release,
        is_permitted_somewhere(actor, Permission.CONFIRM),
        min(
            (each.due.due_on for each in led if each.due and each.due.due_on >= today), default=None
        ),
        ends,
        terms.count(ends) if ends else 0,
    )


# --- which items to look at ---


def _wanted(session: Session, body_id: int, actor: Actor) -> _Wanted:
    units = [grant.unit_id for grant in actor.grants if grant.role in UNIT_ROLES]
    accepts = (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART)
    over = sa.or_(
        sa.select(Release.id)
        .where(Release.entry_id == EntryRow.id, Release.retracted_by.is_(None))
        .exists(),
        sa.select(SentBack.id).where(SentBack.entry_id == EntryRow.id).exists(),
    )
    reviewed = (
        sa.select(Review.id)
        .where(Review.claim_id == Claim.id, Review.retracted_by.is_(None))
        .exists()
    )
    done = sa.and_(
        Claim.claimed == Claimed.DONE,
        Claim.retracted_by.is_(None),
        Release.retracted_by.is_(None),
        sa.not_(reviewed),
    )
    mine: sa.CompoundSelect[Any] = sa.union_all(
        sa.select(sa.literal_column("'mine'"), Assignment.item_id).where(
            Assignment.ended_by.is_(None),
            Assignment.retracted_by.is_(None),
            sa.or_(Assignment.unit_id.in_(units), Assignment.person_id == actor.person_id),
        ),
        sa.select(sa.literal_column("'mine'"), ReferralDecision.item_id).where(
            ReferralDecision.unit_id.in_(units),
            ReferralDecision.decision.in_(accepts),
            ReferralDecision.retracted_by.is_(None),
        ),
        sa.select(sa.literal_column("'returned'"), EntryRow.item_id)
        .join(Item, Item.id == EntryRow.item_id)
        .where(
            Item.body_id == body_id,
            EntryRow.author_id == actor.person_id,
            EntryRow.retracted_by.is_(None),
            sa.select(SentBack.id).where(SentBack.entry_id == EntryRow.id).exists(),
        ),
        sa.select(sa.literal_column("'release'"), EntryRow.item_id)
        .join(Item, Item.id == EntryRow.item_id)
        .where(
            Item.body_id == body_id,
            EntryRow.internal.is_(False),
            EntryRow.retracted_by.is_(None),
            sa.not_(over),
        ),
        sa.select(sa.literal_column("'confirm'"), Claim.item_id)
        .join(Item, Item.id == Claim.item_id)
        .join(Release, Release.entry_id == Claim.entry_id)
        .where(Item.body_id == body_id, done),
    )
    found = _Wanted()
    for what, key in session.connection().execute(mine):
        getattr(found, what).add(key)
    if not is_permitted_somewhere(actor, Permission.RELEASE):
        found.release &= found.mine  # a lead may release their own, where the body lets them
    if not is_permitted_somewhere(actor, Permission.CONFIRM):
        found.confirm = set()
    return found


def _leads(actor: Actor, found: ItemContext) -> bool:
    """As staff or manager of a unit; that the office may log anywhere makes nothing its own."""
    own = Actor(
        actor.person_id, frozenset(grant for grant in actor.grants if grant.role in UNIT_ROLES)
    )
    return permissions.is_permitted(own, Permission.LOG, found.facts)


# --- what is to be done ---


def _tasks(found: ItemContext, actor: Actor, today: date) -> list[Task]:
    """Of one item that is led: all that came back; else, the most pressing of what is due."""
    own = found.names[found.facts.item.id].ref
    back = [*returned_claims(found, own, today), *returned_entries(found, own, actor, today)]
    return back or [*_due(found, own, today)][:1]


def _returned_to(found: ItemContext, actor: Actor, today: date) -> list[Task]:
    """What an author who does not lead the item has to answer: the office, or who led it before, while they may log."""
    own = found.names[found.facts.item.id].ref
    mine = {
        each.id
        for each in found.facts.entries
        if each.author_id == actor.person_id and not each.imported
    }
    back = [each for each in returned_entries(found, own, actor, today) if each.entry in mine]
    return back if permissions.is_permitted(actor, Permission.LOG, found.facts) else []


def _due(found: ItemContext, own: ItemRef, today: date) -> Iterator[Task]:
    """By its due date, or by the silence; nothing while an entry waits for release."""
    silence = item_sections.silence(found)
    if found.facts.waiting:
        return
    open_ = [
        each
        for each in found.answer.standing.clauses
        if each.code in LEAST_ADVANCED_FIRST and each.code is not Standing.REPORTED_DONE
    ]
    due = {
        each.state.due.due_on: each
        for each in reversed(open_)
        if each.state.due and each.state.due.due_on - today <= DUE_SOON
    }
    for on in sorted(due)[:1]:
        yield Task(
            "due",
            own,
            on,
            (on - today).days,
            clause=found.clause_number(due[on].state.clause.id),
            clause_words=due[on].state.clause.words,
            silence=silence,
        )
    quiet = [
        day for each in open_ if (day := each.state.quiet_after) and day - today <= SILENT_SOON
    ]
    if quiet:
        yield Task("silent", own, min(quiet), (min(quiet) - today).days, silence=silence)


def returned_claims(found: ItemContext, own: ItemRef, today: date) -> Iterator[Task]:
    """Claims of done that were returned or reopened, with nothing logged on the clause since."""
    for each in found.answer.standing.clauses:
        mine = {
            claim.id: claim
            for claim in found.facts.claims
            if claim.clause_id == each.state.clause.id
        }
        reviews = [review for review in found.facts.reviews if review.claim_id in mine]
        last = max(reviews, key=lambda review: review.event, default=None)
        if (
            last is None
            or last.result is Result.CONFIRMED
            or any(claim.event > last.event for claim in mine.values())
        ):
            continue
        yield Task(
            "reopened" if last.result is Result.REOPENED else "returned_claim",
            own,
            last.heard_on,
            (last.heard_on - today).days,
            last.reason,
            found.person(last.actor),
            found.clause_number(each.state.clause.id),
            each.state.clause.words,
            each.code,
        )


def returned_entries(found: ItemContext, own: ItemRef, actor: Actor, today: date) -> Iterator[Task]:
    """Entries sent back to their author, or, of an import, to the lead; with no later entry in their place."""
    for back in found.facts.unanswered:
        entry = found.facts.entry(back.entry_id)
        if entry and (entry.imported or entry.author_id == actor.person_id):
            yield Task(
                "returned",
                own,
                back.heard_on,
                (back.heard_on - today).days,
                back.reason,
                found.person(back.actor),
                entry=entry.id,
            )


@dataclass(frozen=True)
class _Draft:
    saved_at: datetime
    answers: int | None  # the entry that it takes up again
    corrects: int | None


def _drafts(session: Session, actor: Actor) -> dict[int, _Draft]:
    """Of this person, by item."""
    found = {}
    for row in session.connection().execute(
        sa.select(Draft.item_id, Draft.saved_at, Draft.fields).where(
            Draft.person_id == actor.person_id
        )
    ):
        corrects, answers = about(row.fields)
        found[row.item_id] = _Draft(row.saved_at, answers, corrects)
    return found


def _with_draft(
    tasks: list[Task], found: ItemContext, draft: _Draft, zone: ZoneInfo, today: date
) -> list[Task]:
    """A draft and what it answers are one thing to do; one of something else is a thing of its own."""
    on = draft.saved_at.astimezone(zone).date()
    for place, task in enumerate(tasks):
        if task.entry == draft.answers and draft.corrects is None:
            return [*tasks[:place], replace(task, draft_on=on), *tasks[place + 1 :]]
    return [*tasks, Task("draft", found.names[found.facts.item.id].ref, on, (on - today).days)]


# --- what waits to be released ---


def releasable(found: ItemContext, actor: Actor) -> list[WaitingEntry]:
    """The waiting entries of an item that this person may release: not their own, unless the body lets them; what will not be done, the office."""
    return [
        _waiting(found, each) for each in found.facts.waiting if may_release(found, each.id, actor)
    ]


def may_release(found: ItemContext, entry_id: int, actor: Actor) -> bool:
    own = preconditions.own_release(found.facts, entry_id, actor.person_id)
    if not permissions.is_permitted(
        actor, Permission.LOG if own else Permission.RELEASE, found.facts
    ):
        return False
    try:
        preconditions.release(
            found.facts,
            {found.facts.item.id: found.facts},
            entry_id,
            actor.person_id,
            actor.governs,
        )
    except preconditions.Refused as no:
        return no.code is preconditions.Refusal.REOPEN_FIRST  # shown, so that it can be sent back
    return True


def _waiting(found: ItemContext, entry: EntryFact) -> WaitingEntry:
    source = source_of(entry)
    return WaitingEntry(
        entry.id,
        found.names[found.facts.item.id].ref,
        claims_of(found, entry.id),
        entry.words or "",
        None if source else found.person(entry.author_id),
        source,
        found.author_unit(entry.author_id),
        found.day(entry.recorded_at),
        len(found.evidence(entry=entry.id)),
    )


def claims_of(
    found: ItemContext, entry_id: int
) -> tuple[tuple[Claimed | None, tuple[int, ...]], ...]:
    """What an entry claims of which clauses, by number; no numbers where there is one clause only."""
    said: dict[Claimed | None, list[int]] = {}
    for claim in found.facts.claims:
        if claim.entry_id == entry_id:
            number = found.clause_number(claim.clause_id)
            said.setdefault(claim.claimed, []).extend([number] if number else [])
    return tuple((code, tuple(sorted(numbers))) for code, numbers in said.items())


# --- all that is led ---


def _led(found: ItemContext) -> LedItem:
    own, standing = found.names[found.facts.item.id], found.answer.standing
    open_ = [
        each for each in standing.clauses if each.code in LEAST_ADVANCED_FIRST and each.state.due
    ]
    first = min(
        open_, key=lambda each: each.state.due.due_on if each.state.due else date.max, default=None
    )
    return LedItem(
        own.ref,
        own.convention,
        standing.code,
        standing.unheard,
        standing.late,
        any(each.past_term for each in standing.clauses),
        item_sections.due(first.state) if first else None,
        item_sections.silence(found),
        bool(found.facts.waiting),
    )
