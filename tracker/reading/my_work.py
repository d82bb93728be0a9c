"""What waits for one person in a body, and all that they lead: the page "My work".

For staff only. A person sees what is internal of items that their own units lead or contribute to,
the entries that they may release, and how many claims wait that they may confirm. It costs the same
at 1 and at 200 items.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import Assignment, Item, ReferralDecision
from tracker.record.progress import Entry, SentBack
from tracker.rules import permissions
from tracker.rules.codes import Decision, Role
from tracker.rules.permissions import Actor, Permission, is_permitted_somewhere

from .body_context import BodyContext
from .confirmation_queue import is_independent, items_with_waiting_claims, waiting_claims
from .item_context import ItemContext, audience_of, load_item_contexts
from .led_items import LedFigure, LedItem, led_item, next_term, rows_of
from .models import BodyDetails
from .outcome_queue import items_with_waiting_outcomes, may_confirm_outcome, waiting_outcomes
from .stated_outcomes import StatedOutcome, items_with_stated_outcomes, releasable_outcomes
from .tasks import (
    MOST_PRESSING_FIRST,
    KeptDraft,
    Task,
    drafts,
    tasks_of_author,
    tasks_of_lead,
    with_draft,
)
from .waiting_entries import WaitingEntry, items_with_waiting_entries, releasable_entries

UNIT_ROLES = (Role.STAFF, Role.MANAGER)


@dataclass(frozen=True, kw_only=True)
class MyWork:
    body: BodyDetails
    today: date
    person: str | None
    units: tuple[str, ...]
    tasks: tuple[Task, ...]
    to_release: tuple[WaitingEntry, ...]
    outcomes_to_release: tuple[StatedOutcome, ...]
    to_confirm: int
    outcomes_to_confirm: int
    not_mine_to_confirm: int  # claims that wait for somebody else: this person worked on them
    led: tuple[LedItem, ...]
    may_release: bool
    may_confirm: bool
    # To be read alone; None: not by this person, or they have a part in it.
    entries_to_read: int | None
    claims_to_read: int | None
    next_due: date | None
    term_ends_on: date | None  # the next of the conventions whose items are led

    @property
    def things(self) -> int:
        """How many wait for this person."""
        to_confirm = self.to_confirm + self.outcomes_to_confirm
        to_release = len(self.to_release) + len(self.outcomes_to_release)
        return len(self.tasks) + to_release + to_confirm

    def rows(self, figure: LedFigure) -> tuple[LedItem, ...]:
        """The items that a figure counts, of all that are led."""
        return rows_of(figure, self.led, self.today)


def my_work(session: Session, body_id: int, actor: Actor, today: date) -> MyWork:
    """Fifteen statements, however many items there are."""
    item_ids = _item_ids(session, body_id, actor)
    own_drafts = drafts(session, actor)
    body_context, items = load_item_contexts(
        session, body_id, item_ids.all | own_drafts.keys(), today, audience_of(actor)
    )
    led_items = [
        item
        for item_id, item in items.items()
        if item_id in item_ids.assigned and _leads(actor, item)
    ]
    led = tuple(led_item(item) for item in led_items)
    tasks = _tasks(
        items,
        actor,
        led={item.id for item in led_items},
        returned=item_ids.returned,
        own_drafts=own_drafts,
        body_context=body_context,
        today=today,
    )
    to_release = [
        entry
        for item_id in item_ids.to_release
        if item_id in items
        for entry in releasable_entries(items[item_id], actor)
    ]
    outcomes_to_release = [
        outcome
        for item_id in sorted(item_ids.stated)
        if item_id in items
        for outcome in releasable_outcomes(items[item_id], actor)
    ]
    mine, others = _claims_to_confirm(items, item_ids.to_confirm, actor)
    may_release = is_permitted_somewhere(actor, Permission.RELEASE)
    may_confirm = is_permitted_somewhere(actor, Permission.CONFIRM)
    reads_all = permissions.is_permitted(actor, Permission.READ_ALL)
    due_dates = [item.due.due_on for item in led if item.due and item.due.due_on >= today]
    leads_release = body_context.settings.leads_release
    return MyWork(
        body=body_context.body,
        today=today,
        person=body_context.people.get(actor.person_id),
        units=_unit_names(actor, body_context),
        tasks=tuple(sorted(tasks, key=lambda task: (MOST_PRESSING_FIRST.index(task.why), task.on))),
        to_release=tuple(sorted(to_release, key=lambda entry: (entry.recorded_on, entry.entry))),
        outcomes_to_release=tuple(
            sorted(outcomes_to_release, key=lambda stated: (stated.recorded_on, stated.outcome))
        ),
        to_confirm=mine if may_confirm else 0,
        outcomes_to_confirm=_outcomes_to_confirm(items, item_ids.to_confirm, actor)
        if may_confirm
        else 0,
        not_mine_to_confirm=others,
        led=led,
        may_release=may_release or leads_release,
        may_confirm=may_confirm,
        entries_to_read=_waiting(items, item_ids.to_release)
        if reads_all and not may_release
        else None,
        claims_to_read=mine + others if reads_all and not may_confirm else None,
        next_due=min(due_dates, default=None),
        term_ends_on=next_term(led, today),
    )


# --- which items to look at ---


@dataclass(kw_only=True)
class _ItemIds:
    """The keys of items, by why they may concern a person."""

    assigned: set[int] = field(default_factory=set)  # to their units, or to themselves
    returned: set[int] = field(default_factory=set)  # with entries of theirs that came back
    to_release: set[int] = field(default_factory=set)
    stated: set[int] = field(default_factory=set)  # with outcomes that wait for release
    to_confirm: set[int] = field(default_factory=set)

    @property
    def all(self) -> set[int]:
        return self.assigned | self.returned | self.to_release | self.stated | self.to_confirm


def _item_ids(session: Session, body_id: int, actor: Actor) -> _ItemIds:
    item_ids = _ItemIds()
    for why, item_id in session.connection().execute(_items_of_concern(body_id, actor)):
        match why:
            case "assigned":
                item_ids.assigned.add(item_id)
            case "returned":
                item_ids.returned.add(item_id)
            case "to release":
                item_ids.to_release.add(item_id)
            case "stated":
                item_ids.stated.add(item_id)
            case "to confirm":
                item_ids.to_confirm.add(item_id)
    may_release = is_permitted_somewhere(actor, Permission.RELEASE)
    if not may_release:
        item_ids.stated = set()
    if permissions.is_permitted(actor, Permission.READ_ALL):
        return item_ids
    if not may_release:
        # A lead may release their own, where the body lets them.
        item_ids.to_release &= item_ids.assigned
    if not is_permitted_somewhere(actor, Permission.CONFIRM):
        item_ids.to_confirm = set()
    return item_ids


def _items_of_concern(body_id: int, actor: Actor) -> sa.CompoundSelect[str, int]:
    """Rows of why, and the key of an item."""
    units = [grant.unit_id for grant in actor.grants if grant.role in UNIT_ROLES]
    assigned = sa.select(sa.literal_column("'assigned'", sa.Text), Assignment.item_id).where(
        Assignment.ended_by.is_(None),
        Assignment.retracted_by.is_(None),
        sa.or_(Assignment.unit_id.in_(units), Assignment.person_id == actor.person_id),
    )
    accepted = sa.select(sa.literal_column("'assigned'", sa.Text), ReferralDecision.item_id).where(
        ReferralDecision.unit_id.in_(units),
        ReferralDecision.decision.in_((Decision.ACCEPTED, Decision.ACCEPTED_IN_PART)),
        ReferralDecision.retracted_by.is_(None),
    )
    returned = (
        sa.select(sa.literal_column("'returned'", sa.Text), Entry.item_id)
        .join(Item, Item.id == Entry.item_id)
        .where(
            Item.body_id == body_id,
            Entry.author_id == actor.person_id,
            Entry.retracted_by.is_(None),
            sa.select(SentBack.id).where(SentBack.entry_id == Entry.id).exists(),
        )
    )
    to_release = items_with_waiting_entries(body_id).subquery()
    to_confirm = items_with_waiting_claims(body_id).subquery()
    outcomes_to_confirm = items_with_waiting_outcomes(body_id).subquery()
    stated = items_with_stated_outcomes(body_id).subquery()
    return sa.union_all(
        assigned,
        accepted,
        returned,
        sa.select(sa.literal_column("'to release'", sa.Text), to_release.c.item_id),
        sa.select(sa.literal_column("'to confirm'", sa.Text), to_confirm.c.item_id),
        sa.select(sa.literal_column("'to confirm'", sa.Text), outcomes_to_confirm.c.item_id),
        sa.select(sa.literal_column("'stated'", sa.Text), stated.c.item_id),
    )


# --- what waits ---


def _tasks(
    items: Mapping[int, ItemContext],
    actor: Actor,
    *,
    led: Collection[int],
    returned: Collection[int],
    own_drafts: Mapping[int, KeptDraft],
    body_context: BodyContext,
    today: date,
) -> list[Task]:
    tasks: list[Task] = []
    for item_id, item in items.items():
        of_item: list[Task] = []
        if item_id in led:
            of_item = tasks_of_lead(item, actor, today)
        elif item_id in returned:
            of_item = tasks_of_author(item, actor, today)
        if item_id in own_drafts:
            zone = body_context.settings.zone
            of_item = with_draft(of_item, item, own_drafts[item_id], zone, today)
        tasks += of_item
    return tasks


def _claims_to_confirm(
    items: Mapping[int, ItemContext], item_ids: Collection[int], actor: Actor
) -> tuple[int, int]:
    """How many claims of these items this person may confirm, and how many somebody else has to."""
    may_confirm = [
        is_independent(items[item_id], claim, actor.person_id)
        for item_id in item_ids
        if item_id in items
        for claim in waiting_claims(items[item_id])
    ]
    return may_confirm.count(True), may_confirm.count(False)


def _waiting(items: Mapping[int, ItemContext], item_ids: Collection[int]) -> int:
    """How many entries of these items wait for release."""
    return sum(len(items[item_id].facts.waiting) for item_id in item_ids if item_id in items)


def _outcomes_to_confirm(
    items: Mapping[int, ItemContext], item_ids: Collection[int], actor: Actor
) -> int:
    """How many outcomes of these items this person may confirm."""
    return sum(
        may_confirm_outcome(items[item_id], outcome, actor.person_id)
        for item_id in item_ids
        if item_id in items
        for outcome in waiting_outcomes(items[item_id])
    )


# --- all that is led ---


def _leads(actor: Actor, item: ItemContext) -> bool:
    """As staff or manager of a unit; that the office may log anywhere makes nothing its own."""
    grants = frozenset(grant for grant in actor.grants if grant.role in UNIT_ROLES)
    return permissions.is_permitted(Actor(actor.person_id, grants), Permission.LOG, item.facts)


def _unit_names(actor: Actor, body_context: BodyContext) -> tuple[str, ...]:
    names = {
        body_context.units[grant.unit_id]
        for grant in actor.grants
        if grant.unit_id is not None and grant.unit_id in body_context.units
    }
    return tuple(sorted(names))
