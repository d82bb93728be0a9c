"""What one person has to do about an item: what came back to them, their drafts, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.drafts import Draft, about
from tracker.rules import permissions
from tracker.rules.clause_standing import OPEN, ClauseStanding
from tracker.rules.codes import Result, Standing
from tracker.rules.permissions import Actor, Permission

from . import item_sections
from .item_context import ItemContext
from .item_models import Silence
from .models import ItemRef

DUE_SOON = timedelta(days=30)
SILENT_SOON = timedelta(days=14)

MOST_PRESSING_FIRST = ("returned_claim", "reopened", "returned", "draft", "due", "silent")


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do.

    `why` is one of MOST_PRESSING_FIRST: returned_claim (by the confirmer), reopened, returned (by
    whoever releases), draft, due, silent.
    """

    why: str
    item: ItemRef
    # The day of the return or the draft; the day on which it is due; the last that is not silent.
    on: date
    days: int  # from today to that day; below zero: it is past
    words: str | None = None  # the reason of the return
    person: str | None = None  # who returned it
    clause: int | None = None  # its number, where the item has several
    clause_words: str | None = None
    counts_as: Standing | None = None  # of a returned claim: the clause, until it is answered
    silence: Silence | None = None
    entry: int | None = None  # to take up again
    draft_on: date | None = None  # of the draft that is kept of it


def tasks_of_lead(item: ItemContext, actor: Actor, today: date) -> list[Task]:
    """Of one item that the actor leads: all that came back; else the most pressing that is due."""
    came_back = [*returned_claims(item, today), *returned_entries(item, actor, today)]
    return came_back or [*_due(item, today)][:1]


def tasks_of_author(item: ItemContext, actor: Actor, today: date) -> list[Task]:
    """What an author who does not lead the item has to answer, while they may log.

    That is the office, or who led it before.
    """
    if not permissions.is_permitted(actor, Permission.LOG, item.facts):
        return []
    own_entries = {
        entry.id
        for entry in item.facts.entries
        if entry.author_id == actor.person_id and not entry.imported
    }
    return [task for task in returned_entries(item, actor, today) if task.entry in own_entries]


def returned_claims(item: ItemContext, today: date) -> Iterator[Task]:
    """Claims of done that were returned or reopened, with nothing logged on the clause since."""
    for standing in item.answer.standing.clauses:
        clause = standing.state.clause
        claims = {claim.id: claim for claim in item.facts.claims if claim.clause_id == clause.id}
        reviews = [review for review in item.facts.reviews if review.claim_id in claims]
        newest = max(reviews, key=lambda review: review.event, default=None)
        if newest is None or newest.result is Result.CONFIRMED:
            continue
        if any(claim.event > newest.event for claim in claims.values()):
            continue
        yield Task(
            why="reopened" if newest.result is Result.REOPENED else "returned_claim",
            item=item.ref,
            on=newest.heard_on,
            days=(newest.heard_on - today).days,
            words=newest.reason,
            person=item.person(newest.actor),
            clause=item.clause_number(clause.id),
            clause_words=clause.words,
            counts_as=standing.code,
        )


def returned_entries(item: ItemContext, actor: Actor, today: date) -> Iterator[Task]:
    """Entries sent back to their author, or, of an import, to the lead.

    With no later entry in their place.
    """
    for sent_back in item.facts.unanswered:
        entry = item.facts.entry(sent_back.entry_id)
        if entry and (entry.imported or entry.author_id == actor.person_id):
            yield Task(
                why="returned",
                item=item.ref,
                on=sent_back.heard_on,
                days=(sent_back.heard_on - today).days,
                words=sent_back.reason,
                person=item.person(sent_back.actor),
                entry=entry.id,
            )


def _due(item: ItemContext, today: date) -> Iterator[Task]:
    """By its due date, then by the silence; nothing while an entry waits for release."""
    if item.facts.waiting:
        return
    silence = item_sections.silence(item)
    open_clauses = [
        standing
        for standing in item.answer.standing.clauses
        if standing.code in OPEN and standing.code is not Standing.REPORTED_DONE
    ]
    first_due = _first_due_soon(open_clauses, today)
    if first_due:
        on, standing = first_due
        yield Task(
            why="due",
            item=item.ref,
            on=on,
            days=(on - today).days,
            clause=item.clause_number(standing.state.clause.id),
            clause_words=standing.state.clause.words,
            silence=silence,
        )
    quiet_days = [
        standing.state.quiet_after for standing in open_clauses if standing.state.quiet_after
    ]
    first_quiet = min(quiet_days, default=None)
    if first_quiet and first_quiet - today <= SILENT_SOON:
        yield Task(
            why="silent",
            item=item.ref,
            on=first_quiet,
            days=(first_quiet - today).days,
            silence=silence,
        )


def _first_due_soon(
    standings: Iterable[ClauseStanding], today: date
) -> tuple[date, ClauseStanding] | None:
    """The first due date that is near or past, with the first clause that has it."""
    due = [
        (standing.state.due.due_on, standing)
        for standing in standings
        if standing.state.due and standing.state.due.due_on - today <= DUE_SOON
    ]
    return min(due, key=lambda pair: pair[0], default=None)


# --- drafts ---


@dataclass(frozen=True)
class KeptDraft:
    saved_at: datetime
    answers: int | None  # the entry that it takes up again
    corrects: int | None  # the entry that it corrects


def drafts(session: Session, actor: Actor) -> dict[int, KeptDraft]:
    """The drafts of this person, by item."""
    rows = session.connection().execute(
        sa.select(Draft.item_id, Draft.saved_at, Draft.fields).where(
            Draft.person_id == actor.person_id
        )
    )
    kept = {}
    for item_id, saved_at, fields in rows:
        corrects, answers = about(fields)
        kept[item_id] = KeptDraft(saved_at=saved_at, answers=answers, corrects=corrects)
    return kept


def with_draft(
    tasks: Sequence[Task], item: ItemContext, draft: KeptDraft, zone: ZoneInfo, today: date
) -> list[Task]:
    """The tasks of an item with its draft.

    A draft and what it answers are one thing to do; a draft of something else is one of its own.
    """
    on = draft.saved_at.astimezone(zone).date()
    for place, task in enumerate(tasks):
        if task.entry == draft.answers and draft.corrects is None:
            return [*tasks[:place], replace(task, draft_on=on), *tasks[place + 1 :]]
    return [*tasks, Task(why="draft", item=item.ref, on=on, days=(on - today).days)]
