"""Logging, correcting, withdrawing, releasing and sending back of progress entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.record.items import Item
from tracker.record.ledger import Act
from tracker.record.money import Expense, Explanation
from tracker.record.progress import Claim, Entry, Release, SentBack
from tracker.rules import entry_preconditions, permissions, refusals
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext
from .evidence import (
    AS_THE_AUTHOR_ASKED,
    NewEvidence,
    Opening,
    open_evidence,
    write_evidence,
)
from .expenses import NewExpense, write_expenses

LONGEST_SOURCE = 200  # characters of the name of a file


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What somebody hands in of an act: words, what is claimed of which clauses, evidence,
    money.
    """

    words: str  # Markdown
    on: date  # the day of the act
    claims: Sequence[NewClaim] = ()  # empty: a word on all clauses that claims nothing
    evidence: Sequence[NewEvidence] = ()
    expenses: Sequence[NewExpense] = ()
    internal: bool = False
    next_word_by: date | None = None
    corrects: int | None = None  # an entry that counts as never said once this one is released
    explains: bool = False  # why more, or less, was spent than was planned
    # an entry that was sent back: this one takes its place
    answers: int | None = None
    source: str | None = None  # of an import: the name of the file
    source_row: int | None = None
    # False: the list gives no day, `on` is that of its recording
    day_known: bool = True


def log(context: ActContext, item: Item, new_entry: NewEntry) -> Entry:
    """A submitted entry.

    One that corrects another takes its place when it is released. Expenses of other days are events
    of their own.
    """
    with context.record("progress_logged", item, new_entry.on) as act:
        facts, every = context.facts_with_linked(item)
        context.require(Permission.GOVERN if context.importing else Permission.LOG, facts)
        entry_preconditions.need_words(new_entry.words)
        entry_preconditions.need_amount(
            [claim.money for claim in new_entry.claims], has_expenses=bool(new_entry.expenses)
        )
        claims = new_entry.claims or _word_on_all_clauses(facts)
        corrects_id = new_entry.corrects
        if new_entry.answers is not None:
            corrects_id = _in_place_of(context, facts, new_entry.answers)
        entry_preconditions.log(
            facts,
            every,
            claims,
            on=new_entry.on,
            has_evidence=bool(new_entry.evidence),
            next_word_by=new_entry.next_word_by,
            corrects=corrects_id,
            seen=context.seen,
            imported=context.importing,
        )
        if new_entry.answers is None and new_entry.corrects is not None:
            entry_preconditions.correct(
                facts,
                new_entry.corrects,
                actor=context.actor_id,
                any_of=permissions.is_permitted(context.actor, Permission.RELEASE, facts),
            )
        explains = new_entry.explains
        if corrects_id and _rows_of_entry(context, item, Explanation, corrects_id):
            explains = True
        if explains:
            _no_newer_explanation(context, item)
        by_office = not context.importing and not context.as_staff(facts)
        entry = write_entry(
            act,
            context,
            item,
            new_entry,
            claims,
            corrects_id=corrects_id,
            by_office=by_office,
        )
        if explains:
            explanation = Explanation(
                item_id=item.id, words=entry.words, by_office=by_office, entry_id=entry.id
            )
            act.add(explanation)
    record_other_expenses(context, item, new_entry, entry.id, kind="spent")
    return entry


def _word_on_all_clauses(facts: Facts) -> list[NewClaim]:
    return [NewClaim(clause_id=clause.id, claimed=None) for clause in facts.clauses]


def write_entry(
    act: Act,
    context: ActContext,
    item: Item,
    new_entry: NewEntry,
    claims: Sequence[NewClaim],
    *,
    corrects_id: int | None = None,
    by_office: bool = False,
) -> Entry:
    """Writes an entry with its claims, its evidence, and what was spent on its own day."""
    entry = act.add(
        Entry(
            item_id=item.id,
            author_id=context.actor_id,
            words=act.keep_text(new_entry.words),
            internal=new_entry.internal,
            next_word_by=new_entry.next_word_by,
            corrects_id=corrects_id,
            by_office=by_office,
            source=(new_entry.source or "")[:LONGEST_SOURCE] or None,
            source_row=new_entry.source_row,
        )
    )
    act.add_all(
        [
            Claim(
                item_id=item.id,
                entry_id=entry.id,
                clause_id=claim.clause_id,
                claimed=claim.claimed,
                reason=act.keep_optional_text(claim.reason),
                money=claim.money,
                decided_by=claim.decided_by,
                decided_on=claim.decided_on,
            )
            for claim in claims
        ]
    )
    write_evidence(act, item, new_entry.evidence, entry_id=entry.id)
    write_expenses(act, item, new_entry.expenses, entry_id=entry.id)
    return entry


def record_other_expenses(
    context: ActContext, item: Item, new_entry: NewEntry, entry_id: int, kind: str
) -> None:
    """What was spent on other days than the entry's: events of their own, of this kind."""
    for expense in new_entry.expenses:
        if expense.on != new_entry.on:
            with context.record(kind, item, expense.on) as act:
                write_expenses(act, item, [expense], entry_id=entry_id)


def _in_place_of(context: ActContext, facts: Facts, returned_id: int) -> int:
    """What an answer takes the place of.

    The entry that was sent back, or, where that was a correction, what it was to correct.
    """
    entry_preconditions.answer(
        facts,
        returned_id,
        actor=context.actor_id,
        any_of=permissions.is_permitted(context.actor, Permission.RELEASE, facts),
    )
    returned = facts.entry(returned_id)
    if returned and returned.corrects_id is not None:
        return returned.corrects_id
    return returned_id


def _no_newer_explanation(context: ActContext, item: Item) -> None:
    newest = context.session.scalar(
        sa.select(sa.func.max(Explanation.recorded_by)).where(Explanation.item_id == item.id)
    )
    refusals.need(
        context.seen is None or not newest or newest <= context.seen, Refusal.CHANGED_MEANWHILE
    )


def release(
    context: ActContext, item: Item, entry: Entry, opening: Opening = AS_THE_AUTHOR_ASKED
) -> None:
    """Publishes an entry; what it corrects counts as never said from now on.

    Dated as the act that it concerns. Heard on the day of its recording; a correction when the
    first was, an entry of a list on its own date.
    """
    with context.record("progress_released", item, context.day_of(entry)) as act:
        facts, every = context.facts_with_linked(item)
        is_own = entry_preconditions.own_release(facts, entry.id, context.actor_id)
        context.require(Permission.LOG if is_own else Permission.RELEASE, facts)
        refusals.need_unchanged(
            context.seen, [release for release in facts.releases if release.entry_id == entry.id]
        )
        entry_preconditions.release(
            facts,
            every,
            entry.id,
            actor=context.actor_id,
            office=context.actor.governs,
        )
        corrected_ids = entry_preconditions.corrected_by(facts, entry.id)
        heard_on = _heard_on(facts, entry.id, corrected_ids)
        act.add(Release(item_id=item.id, entry_id=entry.id, heard_on=heard_on))
        open_evidence(act, context, item, opening, entry_id=entry.id)
        for corrected_id in corrected_ids:
            _never_said(act, context, item, facts, corrected_id)


def _heard_on(facts: Facts, entry_id: int, corrected_ids: Sequence[int]) -> date | None:
    """The day on which a released entry was heard; None: on that of the release."""
    for corrected_id in corrected_ids:
        first_release = facts.released(entry=corrected_id)
        if first_release:
            return first_release.heard_on
    entry = facts.entry(entry_id)
    return entry.on if entry and entry.imported else None


def send_back(context: ActContext, item: Item, entry: Entry, reason: str) -> None:
    """Returns an entry to its author, or, of an import, to the item's lead; the reason is for
    staff.
    """
    with context.record("progress_sent_back", item, context.day_of(entry)) as act:
        facts = context.facts(item)
        context.require(Permission.RELEASE, facts)
        entry_preconditions.need_reason_to_send_back(reason)
        entry_preconditions.send_back(facts, entry.id)
        act.add(SentBack(item_id=item.id, entry_id=entry.id, reason=act.keep_text(reason)))


def withdraw(context: ActContext, item: Item, entry: Entry) -> None:
    """Its author takes back what nobody has released yet; it was never said."""
    with context.record("progress_withdrawn", item, context.day_of(entry)) as act:
        facts = context.facts(item)
        context.require(Permission.LOG, facts)
        entry_preconditions.withdraw(facts, entry.id, context.actor_id)
        _never_said(act, context, item, facts, entry.id)


def _never_said(act: Act, context: ActContext, item: Item, facts: Facts, entry_id: int) -> None:
    """Takes an entry back with all that belongs to it: its claims, its release, what was spent, and
    the explanation that it is.
    """
    act.retract(Entry, entry_id)
    act.retract(Claim, *(claim.id for claim in facts.claims if claim.entry_id == entry_id))
    act.retract(
        Release, *(release.id for release in facts.releases if release.entry_id == entry_id)
    )
    for table in (Expense, Explanation):
        act.retract(table, *_rows_of_entry(context, item, table, entry_id))


def _rows_of_entry(
    context: ActContext, item: Item, table: type[Expense] | type[Explanation], entry_id: int
) -> Sequence[int]:
    """The keys of the rows of a table that belong to an entry."""
    keys = sa.select(table.id).where(
        table.item_id == item.id, table.entry_id == entry_id, table.retracted_by.is_(None)
    )
    return context.session.connection().scalars(keys).all()
