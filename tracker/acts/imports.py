"""What a list says, recorded: one event for each item and date, and one event for the list.

The facts are written by the acts' own functions, as a person's are. Understanding the list is the
work of `importing`, which names units, delegations and people as the list does; a `Directory` says
which of the body's they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.record import ledger
from tracker.record.conventions import Convention, ListImport
from tracker.record.items import FloorAction, Item, Recommendation, SourceCell
from tracker.record.progress import Entry, Release
from tracker.rules import entry_preconditions, item_preconditions, refusals
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import (
    Decision,
    Effect,
    EvidenceKind,
    Part,
    Purpose,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from . import floor, items
from .act_context import ActContext
from .assignments import write_assignment
from .evidence import NewEvidence
from .floor import Referral, VoteCount, assumed_day, write_decision, write_floor_action
from .import_models import (
    Directory,
    ImportedCell,
    ImportedEntry,
    ImportedFloorAction,
    ImportedMover,
    ImportSource,
    ItemChanges,
    NewItem,
)
from .items import Mover, NewVersion
from .money import NewEstimate, write_appropriation, write_estimate
from .progress import NewEntry, record_other_expenses, write_entry

Writer = Callable[[ledger.Act, Item], None]
WritersByDay = dict[tuple[date, bool], list[Writer]]
"""What is written on each date; a date that is only assumed (False) has an event of its own."""


@dataclass(frozen=True, kw_only=True)
class ImportTarget:
    """A convention with its own day and its closing, looked up once for all rows."""

    convention: Convention
    own_day: date
    closes_on: date | None
    # kinds and numbers of its items; those that are recorded are added
    designations: set[tuple[str, str]]

    @classmethod
    def of(cls, context: ActContext, convention: Convention) -> ImportTarget:
        return cls(
            convention=convention,
            own_day=context.day_of(convention),
            closes_on=context.clock(convention.id).closes_on,
            designations=items.addresses(context, convention),
        )


def record_list(context: ActContext, file_name: str, sha256: str, rows: int) -> ListImport:
    """That a list was read in."""
    context.require(Permission.GOVERN)
    with context.record("list_imported") as act:
        act.subject = list_import = act.add(
            ListImport(body_id=context.body_id, file_name=file_name[:200], sha256=sha256, rows=rows)
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
    days: WritersByDay = defaultdict(list)
    is_new = isinstance(item, NewItem)
    own_day = (target.own_day, True)
    days[own_day] += _description_writers(changes, directory, source, is_new=is_new)
    _add_floor_writers(days, context, target, changes, directory)
    _add_follow_through_writers(days, context, changes, directory)

    if isinstance(item, NewItem):
        recorded, clause_ids = _record_new(context, target, item, days.pop(own_day))
    else:
        recorded, clause_ids = item, _open_clauses(context, item, changes, source)

    written: list[tuple[Entry, NewEntry]] = []
    for imported in changes.entries:
        new_entry = _new_entry(imported, clause_ids, source)
        days[new_entry.on, new_entry.day_known].append(
            _entry_writer(context, new_entry, release, written)
        )
    for (on, day_known), writers in sorted(days.items(), key=lambda day: day[0]):
        if writers:
            with context.record("item_imported", recorded, on, day_known) as act:
                _write(act, recorded, writers)
    for entry, new_entry in written:
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
        facts, _ = context.facts(item)
        item_preconditions.link(item.id, target.id, context.facts(target)[1])
        ended = [link.id for link in facts.links if link.clause_id is None]
        items.write_link(act, item, target, over=ended)


def _record_new(
    context: ActContext, target: ImportTarget, item: NewItem, writers: Collection[Writer]
) -> tuple[Item, list[int]]:
    """The item with what is dated as itself, in one event; and the key of its one clause."""
    refusals.need((item.kind, item.number) not in target.designations, Refusal.ALREADY_THERE)
    target.designations.add((item.kind, item.number))
    with context.record("item_imported", on=target.own_day) as act:
        recorded, clause = items.write_item(
            act, context, target.convention, item.kind, item.number, item.as_published
        )
        _write(act, recorded, writers)
    return recorded, [clause.id]


def _write(act: ledger.Act, item: Item, writers: Collection[Writer]) -> None:
    for write in writers:
        write(act, item)


def _open_clauses(
    context: ActContext, item: Item, changes: ItemChanges, source: ImportSource
) -> list[int]:
    """Keys of the clauses of an item on record that are not done and confirmed.

    Of those that are, a list that speaks of the whole item says nothing more. Raises Refused where
    the rules do not allow what is added, by what was known before.
    """
    if not (changes.entries or changes.decision):
        return []
    facts, every = context.facts(item)
    closed = {state.clause.id for state in clause_states(facts, every) if state.done}
    in_order = sorted(facts.clauses, key=lambda clause: clause.number)
    still_open = [clause.id for clause in in_order if clause.id not in closed]
    for imported in changes.entries:
        entry = _new_entry(imported, still_open, source)
        entry_preconditions.log(
            facts, every, entry.claims, on=entry.on, has_evidence=bool(entry.evidence)
        )
    if changes.decision and not changes.floor:
        item_preconditions.decide(facts, every, None, changes.decision.on)
    return still_open


def _description_writers(
    changes: ItemChanges, directory: Directory, source: ImportSource, is_new: bool
) -> list[Writer]:
    """Text, movers, first due date, estimate, advice and what has no field: dated as the item."""
    writers: list[Writer] = []
    if text := changes.text:
        writers.append(lambda act, item: _write_version(act, item, text))
    if changes.movers:
        movers = [_mover(mover, directory) for mover in changes.movers]
        write_movers = items.write_movers if is_new else items.replace_movers
        writers.append(lambda act, item: write_movers(act, item, movers))
    if due_on := changes.due_on:
        writers.append(lambda act, item: items.write_due_date(act, item, due_on))
    if estimate := changes.estimate:
        writers.append(lambda act, item: _write_estimate(act, item, estimate))
    if recommendation := changes.recommendation:
        writers.append(lambda act, item: _write_recommendation(act, item, recommendation))
    if cells := changes.cells:
        writers.append(lambda act, item: _write_cells(act, item, cells, source))
    return writers


def _write_version(act: ledger.Act, item: Item, text: NewVersion) -> None:
    items.write_version(act, item, text)


def _write_estimate(act: ledger.Act, item: Item, estimate: NewEstimate) -> None:
    write_estimate(act, item, estimate)


def _write_recommendation(act: ledger.Act, item: Item, words: str) -> None:
    act.add(Recommendation(item_id=item.id, words=act.text(words)))


def _write_cells(
    act: ledger.Act, item: Item, cells: Collection[ImportedCell], source: ImportSource
) -> None:
    act.add_all(
        [
            SourceCell(
                item_id=item.id,
                heading=cell.heading[:200],
                words=act.text(cell.words),
                file_name=source.file_name[:200],
                source_row=source.row,
                visibility=cell.visibility,
            )
            for cell in cells
        ]
    )


def _mover(mover: ImportedMover, directory: Directory) -> Mover:
    delegation_id = directory.delegations[mover.delegation] if mover.delegation else None
    return Mover(mover.part, delegation_id, mover.name)


def _add_floor_writers(
    days: WritersByDay,
    context: ActContext,
    target: ImportTarget,
    changes: ItemChanges,
    directory: Directory,
) -> None:
    """Floor actions on their own days, one without a day on that of the closing."""
    if never_done := changes.floor_never_done:
        days[target.own_day, True].append(lambda act, item: act.retract(FloorAction, *never_done))
    for position, action in enumerate(changes.floor, changes.first_position):
        on = action.on or assumed_day(action.action, target.closes_on, context.today)
        vote = changes.vote if position == changes.first_position else None
        days[on, action.on is not None].append(
            _floor_action_writer(action, position, vote, directory)
        )


def _floor_action_writer(
    action: ImportedFloorAction, position: int, vote: VoteCount | None, directory: Directory
) -> Writer:
    referral = None
    if action.action.effect is Effect.REFERS:
        referral = Referral(
            directory.units[action.unit] if action.unit else None,
            action.purpose or Purpose.DECISION,
            referred_to=None if action.unit else action.referred_to,
        )

    def write(act: ledger.Act, item: Item) -> None:
        write_floor_action(
            act,
            item,
            action.action,
            position=position,
            referral=referral,
            vote=vote,
            note=action.merged_into,
        )

    return write


def _add_follow_through_writers(
    days: WritersByDay, context: ActContext, changes: ItemChanges, directory: Directory
) -> None:
    """The lead as of today, what was appropriated and decided on their own days."""
    if lead := changes.lead:
        unit_id = directory.units[lead.unit]
        person_id = directory.people[lead.person, lead.unit] if lead.person else None
        days[context.today, True].append(
            lambda act, item: _write_lead(act, item, unit_id, person_id)
        )
    if appropriation := changes.appropriation:
        days[appropriation.on, True].append(
            lambda act, item: write_appropriation(
                act, item, appropriation.fund, appropriation.amount
            )
        )
    decision = changes.decision
    if decision and decision.decision is not Decision.REPORTED_BACK:
        decided_by = directory.units[decision.unit]
        days[decision.on, True].append(
            lambda act, item: write_decision(act, item, decision.decision, decided_by)
        )


def _write_lead(act: ledger.Act, item: Item, unit_id: int, person_id: int | None) -> None:
    write_assignment(act, item, Part.LEAD, unit_id, person_id)


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


def _entry_writer(
    context: ActContext, new_entry: NewEntry, release: bool, written: list[tuple[Entry, NewEntry]]
) -> Writer:
    """Writes a submitted entry with what it claims, or a released one, and adds it to `written`."""

    def write(act: ledger.Act, item: Item) -> None:
        refusals.need(new_entry.words.strip(), Refusal.NEEDS_WORDS)
        entry = write_entry(act, context, item, new_entry, new_entry.claims)
        if release:
            # its evidence stays internal until the office opens it
            act.add(Release(item_id=item.id, entry_id=entry.id, heard_on=new_entry.on))
        written.append((entry, new_entry))

    return write
