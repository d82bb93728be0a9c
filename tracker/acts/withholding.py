"""Withholding what was published: at once, by the office. It keeps its effect; its display goes."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry, Evidence, Withholding
from tracker.rules import item_preconditions
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import Permission

from .act_context import ActContext


def withhold(
    context: ActContext, item: Item, what: Entry | Outcome | Evidence, kind: WithheldFor
) -> None:
    """In its place stands "withheld on DATE by the governance office: KIND"."""
    context.require(Permission.GOVERN)
    with context.record("withheld", item) as act:
        subject = {Entry: "entry_id", Outcome: "outcome_id", Evidence: "evidence_id"}[type(what)]
        withholding_id = context.session.connection().scalar(
            sa.select(Withholding.id).where(getattr(Withholding, subject) == what.id)
        )
        entry_id, outcome_id = _published_with(what)
        facts = context.facts(item)
        item_preconditions.withhold(
            facts, already=withholding_id is not None, entry=entry_id, outcome=outcome_id
        )
        act.add(Withholding(item_id=item.id, kind=kind, **{subject: what.id}))


def _published_with(what: Entry | Outcome | Evidence) -> tuple[int | None, int | None]:
    """The key of the entry, or of the outcome, whose release published it."""
    if isinstance(what, Evidence):
        return what.entry_id, what.outcome_id
    if isinstance(what, Entry):
        return what.id, None
    return None, what.id
