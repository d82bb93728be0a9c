"""The import of a list, undone: what its rows brought was never so, on any day, and what they had
replaced counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import sqlalchemy as sa

from tracker.record.conventions import ListImport
from tracker.record.items import Item
from tracker.record.kept_summaries import kept_at_the_end
from tracker.record.ledger_tables import IMPORT_UNDONE
from tracker.record.list_imports import (
    FACTS_RESTORED,
    EventRange,
    ReplacedFact,
    built_on,
    facts_to_retract,
    replaced_facts,
)
from tracker.rules import refusals
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext


def undo_import(context: ActContext, list_import: ListImport) -> None:
    """Retracts, in one event, all that the rows of a list brought.

    Identities of items stay. Refuses where anything was recorded on top of it.
    """
    context.require(Permission.GOVERN)
    with kept_at_the_end(context.session):
        events = EventRange.of(list_import)
        with context.record(IMPORT_UNDONE, list_import) as act:
            refusals.need(_is_standing(context, list_import), Refusal.IMPORT_IS_UNDONE)
            if events is None:
                raise refusals.Refused(Refusal.IMPORT_IS_TOO_OLD)
            refusals.need(not built_on(context.session, events), Refusal.IMPORT_IS_BUILT_ON)
            replaced = replaced_facts(context.session, events)
            for kind, keys, item_ids in facts_to_retract(context.session, events):
                act.retract(kind, *keys)
                act.items.update(item_ids)
            act.retract(ListImport, list_import.id)
        _restore(context, replaced)


def _is_standing(context: ActContext, list_import: ListImport) -> bool:
    """Asked of the database: somebody else may have undone it just now."""
    standing = sa.select(ListImport.id).where(
        ListImport.id == list_import.id, ListImport.retracted_by.is_(None)
    )
    return context.session.connection().scalar(standing) is not None


def _restore(context: ActContext, replaced: Sequence[ReplacedFact]) -> None:
    """Writes anew what the import had replaced: one event for each item and day.

    An end that is on record stays on record, so that the row itself cannot count again.
    """
    for (item_id, on, day_known, imported), facts in groupby(replaced, _item_and_day):
        item = context.session.get_one(Item, item_id)
        day = replace(context, importing=imported)
        with day.record(FACTS_RESTORED, item, on, day_known) as act:
            for fact in facts:
                if fact.was_ended:
                    act.retract(fact.kind, fact.id)
                act.add(fact.kind(**fact.values))


def _item_and_day(fact: ReplacedFact) -> tuple[int, date, bool, bool]:
    return fact.item_id, fact.on, fact.day_known, fact.imported
