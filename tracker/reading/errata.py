"""The errata page of a body: what was corrected after it could be read outside, what was withheld,
and errata of issued reports; of conventions that the reader may read, and of what the reader reads
of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.items import Clause, Item
from tracker.record.keys import Among
from tracker.record.publication_histories import publication_histories
from tracker.rules.errata import PublicationHistory
from tracker.rules.facts import Fact, FloorPersonFact, LinkFact

from .audience import Audience
from .body_context import BodyContext, load_body_context
from .corrected_facts import (
    Corrected,
    OfAnItem,
    Value,
    Withheld,
    corrected_designations,
    corrected_entries,
    corrected_facts,
    withheld_facts,
)
from .errata_models import CorrectedValue, CorrectionLine, ErrataPage, WithholdingLine
from .issued_reports import issued_reports
from .models import ConventionDetails, ItemRef
from .naming import namings, references
from .office_facts import RecordedBy, RecordedFact
from .shown import Shown, shown_conventions

ALWAYS_PUBLIC = PublicationHistory()


def errata(session: Session, body_id: int, today: date, audience: Audience) -> ErrataPage:
    """The number of statements does not depend on the number of corrections."""
    as_of = AsOf(today)
    context = load_body_context(session, body_id, as_of)
    corrected = [
        *corrected_entries(session, context),
        *corrected_designations(session, context),
        *corrected_facts(session, context),
    ]
    withheld = list(withheld_facts(session, context))
    shown = shown_conventions(session, context, as_of, audience)
    reader = _Reader.of(session, context, shown, [*corrected, *withheld])
    return ErrataPage(
        body=context.body,
        since=context.record_began,
        corrections=tuple(
            _correction(reader, change)
            for change in sorted(corrected, key=_event, reverse=True)
            if reader.reads(change)
        ),
        withheld=tuple(
            _withheld_line(reader, line)
            for line in sorted(withheld, key=_event, reverse=True)
            if reader.reads(line)
        ),
        reports=tuple(
            line
            for line in issued_reports(session, body_id, audience)
            if line.corrects is not None and line.files and not line.is_withheld
        ),
    )


def _event(change: OfAnItem) -> int:
    return change.event


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """Which items somebody reads, and as of what."""

    context: BodyContext
    shown: Mapping[int, Shown]  # the conventions
    histories: Mapping[int, PublicationHistory]
    convention_ids: Mapping[int, int]  # by item
    items: Mapping[int, ItemRef]  # that this reader may read
    clause_numbers: Mapping[int, int]  # of items with several

    @classmethod
    def of(
        cls,
        session: Session,
        context: BodyContext,
        shown: Mapping[int, Shown],
        changes: Collection[OfAnItem],
    ) -> _Reader:
        item_ids = {change.item_id for change in changes}
        item_ids.update(
            fact.target_id
            for change in changes
            if isinstance(change, Corrected)
            for fact in (*change.before, *change.after)
            if isinstance(fact, LinkFact)
        )
        convention_ids = _convention_ids(session, item_ids)
        return cls(
            context=context,
            shown=shown,
            histories=publication_histories(session, context.body.id),
            convention_ids=convention_ids,
            items=_references(session, shown, convention_ids),
            clause_numbers=_clause_numbers(session, item_ids),
        )

    def reads(self, change: OfAnItem) -> bool:
        """Whether it was read before, by anybody outside, and this reader is to be told."""
        if change.item_id not in self.items:
            return False
        convention_id = self.convention_ids[change.item_id]
        up_to = self.shown[convention_id].as_of.up_to
        newest = change.first if isinstance(change, Withheld) else change.event
        if up_to is not None and newest > up_to:
            return False  # the edition does not have it
        history = self.histories.get(convention_id, ALWAYS_PUBLIC)
        return history.was_read(change.first, change.event)

    def convention(self, item_id: int) -> ConventionDetails:
        return self.shown[self.convention_ids[item_id]].convention


def _convention_ids(session: Session, item_ids: Collection[int]) -> dict[int, int]:
    rows = session.connection().execute(
        sa.select(Item.id, Item.convention_id).where(Among(Item.id)), {"keys": list(item_ids)}
    )
    return {item_id: convention_id for item_id, convention_id in rows}


def _references(
    session: Session, shown: Mapping[int, Shown], convention_ids: Mapping[int, int]
) -> dict[int, ItemRef]:
    """Of the items in these conventions, each as of what is read of it."""
    item_ids: dict[AsOf, list[int]] = defaultdict(list)
    contexts = {one.as_of: one.body_context for one in shown.values()}
    for item_id, convention_id in convention_ids.items():
        if convention_id in shown:
            item_ids[shown[convention_id].as_of].append(item_id)
    found: dict[int, ItemRef] = {}
    for as_of, keys in item_ids.items():
        names = namings(session, contexts[as_of], keys, as_of)
        found.update(references(session, contexts[as_of], names, as_of))
    return found


def _clause_numbers(session: Session, item_ids: Collection[int]) -> dict[int, int]:
    rows = session.connection().execute(
        sa.select(Clause.item_id, Clause.id, Clause.number).where(
            Among(Clause.item_id), Clause.retracted_by.is_(None)
        ),
        {"keys": list(item_ids)},
    )
    clauses: dict[int, dict[int, int]] = defaultdict(dict)
    for item_id, clause_id, number in rows:
        clauses[item_id][clause_id] = number
    return {
        clause_id: number
        for numbers in clauses.values()
        if len(numbers) > 1
        for clause_id, number in numbers.items()
    }


def _correction(reader: _Reader, change: Corrected) -> CorrectionLine:
    return CorrectionLine(
        event=change.event,
        on=change.on,
        item=reader.items[change.item_id],
        convention=reader.convention(change.item_id),
        before=tuple(_named(reader, value) for value in change.before),
        after=tuple(_named(reader, value) for value in change.after),
    )


def _withheld_line(reader: _Reader, line: Withheld) -> WithholdingLine:
    return WithholdingLine(
        event=line.event,
        on=line.on,
        item=reader.items[line.item_id],
        convention=reader.convention(line.item_id),
        subject=line.subject,
        kind=line.kind,
        lifted_on=line.lifted_on,
    )


def _named(reader: _Reader, value: Value) -> CorrectedValue:
    """Units and delegations by their names; no person, whatever the body's setting."""
    if not isinstance(value, Fact):
        return value
    context = reader.context
    clause_id = getattr(value, "clause_id", None)
    return RecordedFact(
        fact=replace(value, name=None) if isinstance(value, FloorPersonFact) else value,
        by=RecordedBy(None, value.on, imported=value.imported),
        clause=reader.clause_numbers.get(clause_id) if clause_id else None,
        unit=context.units.get(getattr(value, "unit_id", None) or 0),
        delegation=context.delegations.get(getattr(value, "delegation_id", None) or 0),
        other=reader.items.get(value.target_id) if isinstance(value, LinkFact) else None,
    )
