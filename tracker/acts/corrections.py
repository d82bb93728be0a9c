"""Taking back what was typed wrong: for what takes its place, or because it was never so.

The old fact stays on record, with who took it back and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import sqlalchemy as sa

from tracker.record import ledger, ledger_tables, money, outcomes, progress
from tracker.record.items import FloorAction, Item, OfItem, ReferralDecision
from tracker.rules import item_preconditions, refusals
from tracker.rules.codes import Decision
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext

# What was said and answered is no typing mistake: an entry is corrected by an entry, an expense by
# a reversing one, and a release or a review not at all.
NEVER_CORRECTED = (
    progress.Entry,
    progress.Claim,
    progress.Evidence,
    progress.OpenedEvidence,
    progress.Release,
    progress.SentBack,
    progress.Review,
    progress.Withholding,
    outcomes.Outcome,
    money.Expense,
)


@contextmanager
def recording(
    context: ActContext,
    kind: str,
    item: Item,
    on: date | None = None,
    day_known: bool = True,
    *,
    corrects: OfItem | None = None,
) -> Iterator[ledger.Act]:
    """As `context.record`; what is written takes the place of `corrects`, which was never so.

    Without a day of its own it counts from the day of what it corrects.
    """
    if corrects is None:
        with context.record(kind, item, on, day_known) as act:
            yield act
        return
    _need_correctable(context, item, corrects)
    if on is None:
        event = context.session.get_one(ledger_tables.Event, corrects.recorded_by)
        on, day_known = event.effective_on, event.day_known
    with _taking_back(context, "corrected", item, corrects, on, day_known) as act:
        yield act


def take_back(context: ActContext, item: Item, wrong: OfItem) -> None:
    """It was never so, and nothing takes its place: a date entered at the wrong item, say."""
    _need_correctable(context, item, wrong)
    with _taking_back(context, "taken_back", item, wrong, context.today):
        pass


def _need_correctable(context: ActContext, item: Item, wrong: OfItem) -> None:
    context.require(Permission.GOVERN)
    refusals.need(
        wrong.item_id == item.id and not isinstance(wrong, NEVER_CORRECTED),
        Refusal.NOT_FROM_THERE,
    )


@contextmanager
def _taking_back(
    context: ActContext, kind: str, item: Item, wrong: OfItem, on: date, day_known: bool = True
) -> Iterator[ledger.Act]:
    """The rules are asked of what is on record afterwards; what they refuse leaves nothing."""
    with context.session.begin_nested():
        with context.record(kind, item, on, day_known) as act:
            before = context.facts_with_linked(item)
            _retract(context, act, wrong)
            yield act
        _need_rest_whole(context, item, before, wrong)


def _retract(context: ActContext, act: ledger.Act, wrong: OfItem) -> None:
    """Refuses where somebody else took it back or ended it meanwhile, and where others need it."""
    table = type(wrong)
    over = sa.select(sa.func.coalesce(table.retracted_by, table.ended_by)).where(
        table.id == wrong.id
    )
    by_others = context.session.connection().scalar(over)
    refusals.need(by_others is None, Refusal.CHANGED_MEANWHILE)
    rests = _is_pointed_at(context, wrong) or _was_reported_with(context, wrong)
    refusals.need(not rests, Refusal.OTHERS_POINT_AT_IT)
    act.retract(table, wrong.id)


def _is_pointed_at(context: ActContext, row: OfItem) -> bool:
    """Whether a fact that was not retracted names this one."""
    for table in ledger_tables.fact_tables():
        for key in table.foreign_keys:
            if key.column.table is row.__table__:
                pointing = (
                    sa.select(table.c.id)
                    .where(table.c[key.parent.name] == row.id, table.c.retracted_by.is_(None))
                    .limit(1)
                )
                if context.session.connection().scalar(pointing) is not None:
                    return True
    return False


def _was_reported_with(context: ActContext, row: OfItem) -> bool:
    """Whether it is a unit's report on a referral, which was recorded as a claim of done."""
    if not isinstance(row, ReferralDecision) or row.decision is not Decision.REPORTED_BACK:
        return False
    entry = progress.Entry
    report = sa.select(entry.id).where(
        entry.item_id == row.item_id,
        entry.recorded_by == row.recorded_by,
        entry.by_office,
        entry.retracted_by.is_(None),
    )
    return context.session.connection().scalar(report) is not None


def _need_rest_whole(
    context: ActContext, item: Item, before: tuple[Facts, Mapping[int, Facts]], wrong: OfItem
) -> None:
    """What else is on record of the item must hold without the fact that was taken back."""
    after = context.facts_with_linked(item)
    if isinstance(wrong, FloorAction):
        item_preconditions.keep_referrals(*before, *after)
    if isinstance(wrong, money.Appropriation):
        item_preconditions.keep_appropriated(before[0], after[0])
