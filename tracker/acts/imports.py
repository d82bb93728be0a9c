"""What a list says, recorded: one event for each item and date, and one event for the list.

The facts are written by the acts' own functions, as a person's are. Understanding the list is the
work of `importing`, which names units, delegations and people as the list does; a `Directory` says
which of the body's they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.record.conventions import Convention, ListImport
from tracker.record.items import Item
from tracker.rules import entry_preconditions, item_preconditions, refusals
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import (
    Decision,
    EvidenceKind,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from . import floor, item_addresses, items
from .act_context import ActContext
from .evidence import NewEvidence
from .import_models import (
    Directory,
    ImportedEntry,
    ImportSource,
    ItemChanges,
    NewItem,
)
from .import_rows import DayOfRow, DayWriter, days_of
from .progress import NewEntry, record_other_expenses


@dataclass(frozen=True, kw_only=True)
class ImportTarget:
    """A convention with its own day and its closing, looked up once for all rows."""

    convention: Convention
    own_day: date
    closes_on: date | None
    # kinds and numbers of its items; those that are recorded are added
    designations: set[tuple[str, str]]
    # by kind and number, those whose import was undone
    undone: Mapping[tuple[str, str], Item]

    @classmethod
    def of(cls, context: ActContext, convention: Convention) -> ImportTarget:
        return cls(
            convention=convention,
            own_day=context.day_of(convention),
            closes_on=context.clock(convention.id).closes_on,
            designations=item_addresses.taken(context, convention),
            undone=item_addresses.undone(context, convention),
        )


def record_list(
    context: ActContext,
    file_name: str,
    sha256: str,
    rows: int,
    *,
    new_rows: int | None = None,
    changed_rows: int | None = None,
    first_event: int | None = None,
) -> ListImport:
    """That a list was read in, with all that its rows brought since `first_event`."""
    context.require(Permission.GOVERN)
    with context.record("list_imported") as act:
        act.subject = list_import = act.add(
            ListImport(
                body_id=context.body_id,
                file_name=file_name[:200],
                sha256=sha256,
                rows=rows,
                new_rows=new_rows,
                changed_rows=changed_rows,
                first_event=first_event,
            )
        )
    return list_import


def record_item(
    context: ActContext,
    target: ImportTarget,
    item: Item | NewItem,
    changes: ItemChanges,
    *,
    directory: Directory,
    source: ImportSource,
    release: bool = False,
) -> Item:
    """One row of a list: the item where it is new, and what the row adds to it.

    There is one event for each date of an act. `release`: the list is public already, so what it
    brings is released at once. Raises Refused where a rule does not allow it.
    """
    context.require(Permission.GOVERN)
    is_new = isinstance(item, NewItem)
    writer = DayWriter(
        context=context,
        changes=changes,
        directory=directory,
        source=source,
        release=release,
        is_new=is_new,
    )
    own_day = (target.own_day, True)
    days = days_of(changes, own_day=target.own_day, closes_on=target.closes_on, today=context.today)
    if isinstance(item, NewItem):
        first_day = days.pop(own_day, DayOfRow())
        recorded, clause_ids = _record_new(context, target, item, writer, first_day)
    else:
        recorded, clause_ids = item, _open_clauses(context, item, changes, source)

    new_entries = [_new_entry(imported, clause_ids, source) for imported in changes.entries]
    for new_entry in new_entries:
        days[new_entry.on, new_entry.day_known].entries.append(new_entry)
    for on, day_known in sorted(days):
        with context.record("item_imported", recorded, on, day_known) as act:
            writer.write(act, recorded, days[on, day_known])
    for entry, new_entry in writer.written_entries:
        record_other_expenses(context, recorded, new_entry, entry.id, "item_imported")

    decision = changes.decision
    if decision and decision.decision is Decision.REPORTED_BACK:
        # makes a released claim of done, where a report was asked for
        unit_id = directory.units[decision.unit]
        floor.decide(context, recorded, decision.decision, unit_id, decision.on)
    return recorded


def link_merged(context: ActContext, item: Item, target: Item, on: date) -> None:
    """The floor merged it into another item of the record. Refuses cycles."""
    context.require(Permission.GOVERN)
    with context.record("item_linked", item, on) as act:
        facts = context.facts(item)
        item_preconditions.link(item.id, target.id, context.facts_with_linked(target)[1])
        ended = [link.id for link in facts.every_link if link.clause_id is None]
        items.write_link(act, item, target, over=ended)


def _record_new(
    context: ActContext,
    target: ImportTarget,
    item: NewItem,
    writer: DayWriter,
    first_day: DayOfRow,
) -> tuple[Item, list[int]]:
    """The item with what is dated as itself, in one event; and the key of its one clause."""
    refusals.need((item.kind, item.number) not in target.designations, Refusal.ALREADY_THERE)
    target.designations.add((item.kind, item.number))
    undone = target.undone.get((item.kind, item.number))
    with context.record("item_imported", on=target.own_day) as act:
        recorded, clause = items.write_item(
            act, context, target.convention, item.kind, item.number, item.as_published, undone
        )
        writer.write(act, recorded, first_day)
    return recorded, [clause.id]


def _open_clauses(
    context: ActContext, item: Item, changes: ItemChanges, source: ImportSource
) -> list[int]:
    """Keys of the clauses of an item on record that are not done and confirmed.

    Of those that are, a list that speaks of the whole item says nothing more. Raises Refused where
    the rules do not allow what is added, by what was known before.
    """
    if not (changes.entries or changes.decision):
        return []
    facts, every = context.facts_with_linked(item)
    closed = {state.clause.id for state in clause_states(facts, every) if state.done}
    in_order = sorted(facts.clauses, key=lambda clause: clause.number)
    still_open = [clause.id for clause in in_order if clause.id not in closed]
    for imported in changes.entries:
        entry = _new_entry(imported, still_open, source)
        entry_preconditions.log(
            facts,
            every,
            entry.claims,
            on=entry.on,
            has_evidence=bool(entry.evidence),
            imported=context.importing,
        )
    if changes.decision and not changes.floor:
        item_preconditions.decide(facts, every, None, changes.decision.on)
    return still_open


def _new_entry(
    imported: ImportedEntry, clause_ids: Sequence[int], source: ImportSource
) -> NewEntry:
    """An entry of the file, with what it claims of each of these clauses."""
    claims = [
        NewClaim(
            clause_id=clause_id,
            claimed=imported.claimed,
            reason=imported.reason,
            money=imported.money,
        )
        for clause_id in clause_ids
    ]
    evidence: tuple[NewEvidence, ...] = ()
    if imported.row_words is not None:
        title = f"{source.file_name}, {source.row}"
        evidence = (NewEvidence(kind=EvidenceKind.ROW, title=title, words=imported.row_words),)
    return NewEntry(
        words=imported.words,
        on=imported.on,
        claims=claims,
        evidence=evidence,
        expenses=(imported.expense,) if imported.expense else (),
        source=source.file_name,
        source_row=source.row,
        day_known=imported.day_known,
    )
