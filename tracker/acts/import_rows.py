"""What a row of a list brings of each day, and writing it: one event for each day.

`imports` makes the events; the facts are written by the acts' own functions, as a person's are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tracker.record import ledger
from tracker.record.items import FloorAction, Item, Recommendation, SourceCell
from tracker.record.progress import Entry, Release
from tracker.rules import refusals
from tracker.rules.codes import Decision, Effect, Part, Purpose
from tracker.rules.refusals import Refusal

from . import items
from .act_context import ActContext
from .assignments import write_assignment
from .floor import Referral, assumed_day, write_decision, write_floor_action
from .import_models import (
    Directory,
    ImportedAppropriation,
    ImportedCell,
    ImportedDecision,
    ImportedFloorAction,
    ImportedLead,
    ImportedMover,
    ImportSource,
    ItemChanges,
)
from .items import Mover
from .money import write_appropriation, write_estimate
from .progress import NewEntry, write_entry


@dataclass(kw_only=True)
class DayOfRow:
    """What a row brings of one day, recorded as one event.

    A day that is only assumed has an event of its own, beside the one of the same day as known.
    """

    # text, movers, due date, estimate, advice, cells
    description: bool = False
    # floor actions with their places in the order of the source
    floor_actions: list[tuple[int, ImportedFloorAction]] = field(default_factory=list)
    lead: ImportedLead | None = None
    appropriation: ImportedAppropriation | None = None
    decision: ImportedDecision | None = None
    entries: list[NewEntry] = field(default_factory=list)


DaysOfRow = defaultdict[tuple[date, bool], DayOfRow]
"""By day, and whether it is known."""


def days_of(
    changes: ItemChanges, *, own_day: date, closes_on: date | None, today: date
) -> DaysOfRow:
    """When each part of a row was done, but for its entries.

    Text, movers, first due date, estimate, advice and what has no field are dated as the item; a
    floor action without a day as the closing; the lead as of today. `own_day` is the day of the
    convention's items, `closes_on` that of its closing.
    """
    days: DaysOfRow = defaultdict(DayOfRow)
    if changes.describes or changes.floor_never_done:
        days[own_day, True].description = True
    for position, action in enumerate(changes.floor, changes.first_position):
        on = action.on or assumed_day(action.action, closes_on, today)
        days[on, action.on is not None].floor_actions.append((position, action))
    if changes.lead:
        days[today, True].lead = changes.lead
    if changes.appropriation:
        days[changes.appropriation.on, True].appropriation = changes.appropriation
    decision = changes.decision
    if decision and decision.decision is not Decision.REPORTED_BACK:
        days[decision.on, True].decision = decision
    return days


class DayWriter:
    """Writes what a row brings of one day into an event, by the acts' own functions."""

    def __init__(
        self,
        *,
        context: ActContext,
        changes: ItemChanges,
        directory: Directory,
        source: ImportSource,
        release: bool,
        is_new: bool,
    ) -> None:
        self.context = context
        self.changes = changes
        self.directory = directory
        self.source = source
        self.release = release
        self.is_new = is_new
        self.written_entries: list[tuple[Entry, NewEntry]] = []

    def write(self, act: ledger.Act, item: Item, day: DayOfRow) -> None:
        if day.description:
            self._write_description(act, item)
        for position, action in day.floor_actions:
            self._write_floor_action(act, item, position, action)
        if day.lead:
            self._write_lead(act, item, day.lead)
        if day.appropriation:
            write_appropriation(act, item, day.appropriation.fund, day.appropriation.amount)
        if day.decision:
            unit_id = self.directory.units[day.decision.unit]
            write_decision(act, item.id, day.decision.decision, unit_id)
        for new_entry in day.entries:
            self._write_entry(act, item, new_entry)

    def _write_description(self, act: ledger.Act, item: Item) -> None:
        changes = self.changes
        if changes.text:
            items.write_version(act, item, changes.text)
        if changes.movers:
            movers = [self._mover(mover) for mover in changes.movers]
            if self.is_new:
                items.write_movers(act, item, movers)
            else:
                items.replace_movers(act, item, movers)
        if changes.due_on:
            items.write_due_date(act, item, changes.due_on)
        if changes.estimate:
            write_estimate(act, item, changes.estimate)
        if changes.recommendation:
            words = act.keep_text(changes.recommendation)
            act.add(Recommendation(item_id=item.id, words=words))
        if changes.cells:
            act.add_all([self._source_cell(act, item, cell) for cell in changes.cells])
        if changes.floor_never_done:
            act.retract(FloorAction, *changes.floor_never_done)

    def _mover(self, mover: ImportedMover) -> Mover:
        delegation_id = None
        if mover.delegation:
            delegation_id = self.directory.delegations[mover.delegation]
        return Mover(mover.part, delegation_id, mover.name)

    def _source_cell(self, act: ledger.Act, item: Item, cell: ImportedCell) -> SourceCell:
        return SourceCell(
            item_id=item.id,
            heading=cell.heading[:200],
            words=act.keep_text(cell.words),
            file_name=self.source.file_name[:200],
            source_row=self.source.row,
            visibility=cell.visibility,
        )

    def _write_floor_action(
        self, act: ledger.Act, item: Item, position: int, action: ImportedFloorAction
    ) -> None:
        """The vote of the row is that of the first of its floor actions."""
        write_floor_action(
            act,
            item,
            action.action,
            position=position,
            referral=self._referral(action),
            vote=self.changes.vote if position == self.changes.first_position else None,
            note=action.merged_into,
        )

    def _referral(self, action: ImportedFloorAction) -> Referral | None:
        if action.action.effect is not Effect.REFERS:
            return None
        return Referral(
            self.directory.units[action.unit] if action.unit else None,
            action.purpose or Purpose.DECISION,
            referred_to=None if action.unit else action.referred_to,
        )

    def _write_lead(self, act: ledger.Act, item: Item, lead: ImportedLead) -> None:
        person_id = self.directory.people[lead.person, lead.unit] if lead.person else None
        write_assignment(act, item, Part.LEAD, self.directory.units[lead.unit], person_id)

    def _write_entry(self, act: ledger.Act, item: Item, new_entry: NewEntry) -> None:
        """A submitted entry with what it claims, or a released one."""
        refusals.need(new_entry.words.strip(), Refusal.NEEDS_WORDS)
        entry = write_entry(act, self.context, item, new_entry, new_entry.claims)
        if self.release:
            # its evidence stays internal until the office opens it
            act.add(Release(item_id=item.id, entry_id=entry.id, heard_on=new_entry.on))
        self.written_entries.append((entry, new_entry))
