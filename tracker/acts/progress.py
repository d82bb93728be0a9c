"""Logging, correcting, withdrawing, releasing and sending back of progress entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from tracker.record.items import Item
from tracker.record.ledger import Act
from tracker.record.money import Expense, Explanation
from tracker.record.progress import Claim, Entry, Release, SentBack
from tracker.rules import permissions, preconditions
from tracker.rules.facts import Facts
from tracker.rules.permissions import Permission
from tracker.rules.preconditions import NewClaim, Refusal

from .act_context import ActContext
from .evidence import NewEvidence, Opening, open_evidence, write_evidence
from .expenses import NewExpense, write_expenses

LONGEST_SOURCE = 200  # characters of the name of a file


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What an entry says: words (Markdown), of which clauses, with which evidence and money; and on
    which day it was so.
    """

    words: str
    on: date
    sayings: Sequence[NewClaim] = ()
    shown: Sequence[NewEvidence] = ()
    spent: Sequence[NewExpense] = ()
    internal: bool = False
    next_word_by: date | None = None
    corrects: int | None = None
    explains: bool = False  # why more, or less, was spent than was planned
    # an entry that was sent back: this one takes its place
    answers: int | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)  # of an import: the file
    source_row: int | None = field(default=None, kw_only=True)
    # False: the list gives no day, `on` is that of its recording
    day_known: bool = field(default=True, kw_only=True)


def log(context: ActContext, item: Item, report: NewEntry) -> Entry:
    """A submitted entry.

    One that corrects another takes its place when it is released. Expenses of other days are events
    of their own.
    """
    with context.record("progress_logged", item, report.on) as act:
        facts, every = context.facts(item)
        context.require(Permission.GOVERN if context.importing else Permission.LOG, facts)
        preconditions.need_words(report.words)
        preconditions.need_amount(
            [saying.money for saying in report.sayings], has_expenses=bool(report.spent)
        )
        # of no clause in particular: a word on the whole
        sayings = report.sayings or [
            NewClaim(clause_id=each.id, claimed=None) for each in facts.clauses
        ]
        corrects = (
            report.corrects
            if report.answers is None
            else _in_place_of(context, facts, report.answers)
        )
        preconditions.log(
            facts,
            every,
            sayings,
            report.on,
            bool(report.shown),
            report.next_word_by,
            corrects,
            context.seen,
            context.importing,
        )
        if report.answers is None and report.corrects is not None:
            preconditions.correct(
                facts,
                report.corrects,
                context.actor_id,
                permissions.is_permitted(context.actor, Permission.RELEASE, facts),
            )
        explains = report.explains or bool(
            corrects and _of_entry(context, item, Explanation, corrects)
        )
        if explains:
            _no_newer_explanation(context, item)
        by_office = not context.importing and not context.as_staff(facts)
        entry = write_entry(
            act, context, item, report, sayings, corrects_id=corrects, by_office=by_office
        )
        if explains:
            explanation = Explanation(
                item_id=item.id, words=entry.words, by_office=by_office, entry_id=entry.id
            )
            act.add(explanation)
    record_other_expenses(context, item, report, entry.id, "spent")
    return entry


def write_entry(
    act: Act,
    context: ActContext,
    item: Item,
    report: NewEntry,
    sayings: Sequence[NewClaim],
    *,
    corrects_id: int | None = None,
    by_office: bool = False,
) -> Entry:
    """A submitted entry: its words, what it claims of which clauses, its evidence, and what was
    spent on its own day.
    """
    entry = act.add(
        Entry(
            item_id=item.id,
            author_id=context.actor_id,
            words=act.text(report.words),
            internal=report.internal,
            next_word_by=report.next_word_by,
            corrects_id=corrects_id,
            by_office=by_office,
            source=(report.source or "")[:LONGEST_SOURCE] or None,
            source_row=report.source_row,
        )
    )
    act.add_all(
        [
            Claim(
                item_id=item.id,
                entry_id=entry.id,
                clause_id=saying.clause_id,
                claimed=saying.claimed,
                reason=act.maybe(saying.reason),
                money=saying.money,
                decided_by=saying.decided_by,
                decided_on=saying.decided_on,
            )
            for saying in sayings
        ]
    )
    write_evidence(act, item, report.shown, entry_id=entry.id)
    write_expenses(act, item, report.spent, entry.id)
    return entry


def record_other_expenses(
    context: ActContext, item: Item, report: NewEntry, entry_id: int, kind: str
) -> None:
    """What was spent on other days than the entry's: events of their own, of this kind."""
    for spent in report.spent:
        if spent.on != report.on:
            with context.record(kind, item, spent.on) as act:
                write_expenses(act, item, [spent], entry_id)


def _in_place_of(context: ActContext, facts: Facts, returned: int) -> int:
    """What an answer takes the place of.

    The entry that was sent back, or, where that was a correction, what it was to correct.
    """
    preconditions.answer(
        facts,
        returned,
        context.actor_id,
        permissions.is_permitted(context.actor, Permission.RELEASE, facts),
    )
    entry = facts.entry(returned)
    return entry.corrects_id if entry and entry.corrects_id is not None else returned


def _no_newer_explanation(context: ActContext, item: Item) -> None:
    newest = context.session.scalar(
        sa.select(sa.func.max(Explanation.recorded_by)).where(Explanation.item_id == item.id)
    )
    preconditions.need(
        context.seen is None or not newest or newest <= context.seen, Refusal.CHANGED_MEANWHILE
    )


def release(context: ActContext, item: Item, entry: Entry, opening: Opening = Opening()) -> None:  # noqa: B008 (frozen)
    """Dated as the act that it concerns; heard on the day of its recording, or when that was which
    it corrects; of a list, on its own date.
    """
    with context.record("progress_released", item, context.day_of(entry)) as act:
        facts, every = context.facts(item)
        context.require(
            Permission.LOG
            if preconditions.own_release(facts, entry.id, context.actor_id)
            else Permission.RELEASE,
            facts,
        )
        preconditions.unchanged(
            context.seen, [each for each in facts.releases if each.entry_id == entry.id]
        )
        preconditions.release(facts, every, entry.id, context.actor_id, context.actor.governs)
        corrected = preconditions.corrected_by(facts, entry.id)
        first = next((found for each in corrected if (found := facts.released(entry=each))), None)
        of_a_list = next(
            (each.on for each in facts.entries if each.id == entry.id and each.imported), None
        )
        act.add(
            Release(
                item_id=item.id, entry_id=entry.id, heard_on=first.heard_on if first else of_a_list
            )
        )
        open_evidence(act, context, item, opening, entry_id=entry.id)
        for each in corrected:
            _never_said(act, context, item, facts, each)


def send_back(context: ActContext, item: Item, entry: Entry, reason: str) -> None:
    """To its author, or, of an import, to the item's lead; the reason is for staff."""
    with context.record("progress_sent_back", item, context.day_of(entry)) as act:
        facts, _ = context.facts(item)
        context.require(Permission.RELEASE, facts)
        preconditions.need_reason_to_send_back(reason)
        preconditions.send_back(facts, entry.id)
        act.add(SentBack(item_id=item.id, entry_id=entry.id, reason=act.text(reason)))


def withdraw(context: ActContext, item: Item, entry: Entry) -> None:
    """Its author takes back what nobody has released yet; it was never said."""
    with context.record("progress_withdrawn", item, context.day_of(entry)) as act:
        facts, _ = context.facts(item)
        context.require(Permission.LOG, facts)
        preconditions.withdraw(facts, entry.id, context.actor_id)
        _never_said(act, context, item, facts, entry.id)


def _never_said(act: Act, context: ActContext, item: Item, facts: Facts, entry_id: int) -> None:
    """With all that belongs to it: its claims, its release, what was spent, the explanation that it
    is.
    """
    act.retract(Entry, entry_id)
    act.retract(Claim, *(claim.id for claim in facts.claims if claim.entry_id == entry_id))
    act.retract(
        Release, *(release.id for release in facts.releases if release.entry_id == entry_id)
    )
    for kind in (Expense, Explanation):
        act.retract(kind, *_of_entry(context, item, kind, entry_id))


def _of_entry(
    context: ActContext, item: Item, kind: type[Expense] | type[Explanation], entry_id: int
) -> Sequence[int]:
    mine = sa.select(kind.id).where(
        kind.item_id == item.id, kind.entry_id == entry_id, kind.retracted_by.is_(None)
    )
    return context.session.connection().scalars(mine).all()
