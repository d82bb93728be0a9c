"""Extending a due date: by whom, and why. The first is set with the item (`items`)."""

from __future__ import annotations

from datetime import date

from tracker.record.items import DueDate, Item
from tracker.rules import item_preconditions, refusals
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext
from .corrections import recording
from .items import write_due_date


def extend(
    context: ActContext,
    item: Item,
    due_on: date,
    by_whom: str,
    reason: str,
    clause_id: int | None = None,
    on: date | None = None,
    corrects: DueDate | None = None,
) -> None:
    """Sets another due date where there is one; the first stays shown.

    A manager does it for the items of the unit.
    """
    refusals.need(by_whom.strip() and reason.strip(), Refusal.NEEDS_A_REASON)
    with recording(context, "due_date_extended", item, on, corrects=corrects) as act:
        facts = context.facts(item)
        context.require(Permission.ASSIGN, facts)
        before = [
            due
            for due in facts.due_dates
            if clause_id is None or due.clause_id in (None, clause_id)
        ]
        refusals.need_unchanged(context.seen, before)
        refusals.need(before, Refusal.NOT_THERE)
        item_preconditions.due_date(facts, due_on)
        write_due_date(act, item, due_on, clause_id=clause_id, by_whom=by_whom, reason=reason)
