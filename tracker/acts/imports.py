"""What a list says, recorded: which facts, in one event for each item and date, and one event for the list.

The facts are written by the acts' own functions, as a person's are. Understanding the list is `importing`'s work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracker.record import ledger
from tracker.record.conventions import Convention, ListImport
from tracker.record.items import FloorAction, Item, Recommendation, SourceCell
from tracker.record.progress import Entry, Release
from tracker.rules import preconditions
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Decision, Floor, Part, Purpose, Visibility
from tracker.rules.permissions import Permission
from tracker.rules.preconditions import NewClaim, Refusal

from . import floor, items
from .act_context import ActContext
from .assignments import write_assignment
from .floor import Referral, VoteCount, assumed_day, write_decision, write_floor_action
from .items import Mover, NewVersion
from .money import NewEstimate, write_appropriation, write_estimate
from .progress import NewEntry, record_other_expenses, write_entry

Writer = Callable[[ledger.Act, Item], None]
Days = dict[tuple[date, bool], list[Writer]]
"""What is written on each date; a date that is only assumed has an event of its own."""


@dataclass(frozen=True)
class NewItem:
    kind: str
    number: str  # normalised
    as_published: str | None


@dataclass(frozen=True, kw_only=True)
class NewFloorAction:
    """`on` None: day not known. `note` names the item into which it was merged, in the list's words."""

    action: Floor
    on: date | None
    position: int = 1
    referral: Referral | None = None
    vote: VoteCount | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedFloorAction:
    """One floor action of a list. `on` is None where the day is not known.

    `referred_to` is whom a referral names where that is no unit ("the appropriate committee");
    `merged_into` is the item into which it was merged, as published.
    """

    action: Floor
    on: date | None = None
    unit: str | None = None
    referred_to: str | None = None
    purpose: Purpose | None = None
    merged_into: str | None = None


@dataclass(frozen=True, kw_only=True)
class ImportTarget:
    """A convention with its own day and its closing, looked up once for all rows."""

    convention: Convention
    own_day: date
    closes_on: date | None
    taken: set[tuple[str, str]]  # kinds and numbers of its items; those that are recorded come in

    @classmethod
    def of(cls, context: ActContext, convention: Convention) -> ImportTarget:
        return cls(
            convention=convention,
            own_day=context.day_of(convention),
            closes_on=context.clock(convention.id).closes_on,
            taken=items.addresses(context, convention),
        )


@dataclass(frozen=True)
class NewSourceCell:
    heading: str
    words: str
    visibility: Visibility = Visibility.SHOWN  # of its column in the workbook


@dataclass(frozen=True)
class NewDecision:
    decision: Decision
    unit_id: int
    on: date


@dataclass(frozen=True)
class NewAppropriation:
    fund: str
    amount: Decimal
    on: date


@dataclass(frozen=True, kw_only=True)
class ItemChanges:
    """What is new or changed of one item; what is empty is not written."""

    text: NewVersion | None = None
    movers: Sequence[Mover] = ()  # they take the place of all of the same parts
    due_on: date | None = None
    estimated: NewEstimate | None = None
    recommendation: str | None = None
    cells: Sequence[NewSourceCell] = ()
    floor: Sequence[NewFloorAction] = ()
    never_done: Sequence[int] = ()  # floor actions that the list no longer says
    lead: tuple[int, int | None] | None = None  # a unit, and perhaps a person in it
    decided: NewDecision | None = None
    given: NewAppropriation | None = None
    reports: Sequence[NewEntry] = ()


EVERY_CLAUSE = 0  # in a Saying: whatever clauses the item has


def record_list(context: ActContext, file_name: str, sha256: str, rows: int) -> ListImport:
    """That a list was read in."""
    context.require(Permission.GOVERN)
    with context.record("list_imported") as act:
        act.subject = listed = act.add(
            ListImport(body_id=context.body_id, file_name=file_name[:200], sha256=sha256, rows=rows)
        )
    return listed


def record_item(
    context: ActContext,
    of: ImportTarget,
    item: Item | NewItem,
    said: ItemChanges,
    file_name: str,
    row: int,
    release: bool = False,
) -> Item:
    """One row of a list: the item itself where it is new, and what the row adds. One event for each date of an act. `release`: the list
    is public already, so what it brings is released at once."""
    context.require(Permission.GOVERN)
    days: Days = defaultdict(list)
    days[of.own_day, True] += _of_itself(said, file_name, row, is_new=isinstance(item, NewItem))
    _of_the_floor(context, of, said, days)
    _of_follow_through(context, said, days)
    if isinstance(item, NewItem):
        there, clause_ids = _new(context, of, item, days.pop((of.own_day, True)))
    else:
        there, clause_ids = item, _open_clauses(context, item, said)
    entries: list[tuple[Entry, NewEntry]] = []
    for report in said.reports:
        days[report.on, report.day_known].append(
            _entry(context, report, clause_ids, release, entries)
        )
    for (on, day_known), writers in sorted(days.items()):
        if writers:
            with context.record("item_imported", there, on, day_known) as act:
                _write(act, there, writers)
    for entry, report in entries:
        record_other_expenses(context, there, report, entry.id, "item_imported")
    if said.decided and said.decided.decision is Decision.REPORTED_BACK:
        # makes a released claim of done, where a report was asked for
        floor.decide(context, there, said.decided.decision, said.decided.unit_id, said.decided.on)
    return there


def link_merged(context: ActContext, item: Item, target: Item, on: date) -> None:
    """The floor merged it into another item of the record. Refuses cycles."""
    context.require(Permission.GOVERN)
    with context.record("item_linked", item, on) as act:
        facts, _ = context.facts(item)
        preconditions.link(item.id, target.id, context.facts(target)[1])
        over = [link.id for link in facts.links if link.clause_id is None]
        items.write_link(act, item, target, over=over)


def _new(
    context: ActContext, of: ImportTarget, item: NewItem, writers: Collection[Writer]
) -> tuple[Item, list[int]]:
    """The item with what is dated as itself, in one event; and the key of its one clause."""
    preconditions.need((item.kind, item.number) not in of.taken, Refusal.ALREADY_THERE)
    of.taken.add((item.kind, item.number))
    with context.record("item_imported", on=of.own_day) as act:
        there, clause = items.write_item(
            act, context, of.convention, item.kind, item.number, item.as_published
        )
        _write(act, there, writers)
    return there, [clause.id]


def _write(act: ledger.Act, item: Item, writers: Collection[Writer]) -> None:
    for write in writers:
        write(act, item)


def _open_clauses(context: ActContext, item: Item, said: ItemChanges) -> list[int]:
    """The rules for what is added to an item that is there already, by what was known before. Gives the clauses that are not done and
    confirmed: of those that are, a list that speaks of the whole item says nothing more."""
    if not (said.reports or said.decided):
        return []
    facts, every = context.facts(item)
    closed = {state.clause.id for state in clause_states(facts, every) if state.done}
    in_order = sorted(facts.clauses, key=lambda clause: clause.number)
    still_open = [clause.id for clause in in_order if clause.id not in closed]
    for report in said.reports:
        sayings = _of_clauses(report.sayings, still_open)
        preconditions.log(facts, every, sayings, report.on, bool(report.shown))
    if said.decided and not said.floor:
        preconditions.decide(facts, every, None, said.decided.on)
    return still_open


def _of_clauses(sayings: Collection[NewClaim], clause_ids: Collection[int]) -> list[NewClaim]:
    """A list speaks of the whole item, that is of all its clauses."""
    return [
        replace(saying, clause_id=clause_id)
        for saying in sayings
        for clause_id in (clause_ids if saying.clause_id == EVERY_CLAUSE else [saying.clause_id])
    ]


def _of_itself(said: ItemChanges, file_name: str, row: int, is_new: bool) -> list[Writer]:
    """Text, movers, the first due date, estimate, advice, and what has no field: dated as the item itself."""
    writers: list[Writer] = []
    if text := said.text:
        writers.append(lambda act, item: items.write_version(act, item, text))
    if movers := said.movers:
        write_movers = items.write_movers if is_new else items.replace_movers
        writers.append(lambda act, item: write_movers(act, item, movers))
    if due_on := said.due_on:
        writers.append(lambda act, item: items.write_due_date(act, item, due_on))
    if estimated := said.estimated:
        writers.append(lambda act, item: _estimate(act, item, estimated))
    if advice := said.recommendation:
        writers.append(lambda act, item: _recommendation(act, item, advice))
    if cells := said.cells:
        writers.append(lambda act, item: _cells(act, item, cells, file_name, row))
    return writers


def _estimate(act: ledger.Act, item: Item, estimated: NewEstimate) -> None:
    write_estimate(act, item, estimated)


def _recommendation(act: ledger.Act, item: Item, words: str) -> None:
    act.add(Recommendation(item_id=item.id, words=act.text(words)))


def _cells(
    act: ledger.Act, item: Item, cells: Collection[NewSourceCell], file_name: str, row: int
) -> None:
    act.add_all(
        [
            SourceCell(
                item_id=item.id,
                heading=cell.heading[:200],
                words=act.text(cell.words),
                file_name=file_name[:200],
                source_row=row,
                visibility=cell.visibility,
            )
            for cell in cells
        ]
    )


def _of_the_floor(context: ActContext, of: ImportTarget, said: ItemChanges, days: Days) -> None:
    if said.never_done:
        days[of.own_day, True].append(lambda act, item: act.retract(FloorAction, *said.never_done))
    for action in said.floor:
        on = action.on or assumed_day(action.action, of.closes_on, context.today)
        days[on, action.on is not None].append(_floor_action(action))


def _floor_action(said: NewFloorAction) -> Writer:
    def write(act: ledger.Act, item: Item) -> None:
        write_floor_action(
            act,
            item,
            said.action,
            position=said.position,
            referral=said.referral,
            vote=said.vote,
            note=said.note,
        )

    return write


def _of_follow_through(context: ActContext, said: ItemChanges, days: Days) -> None:
    """The lead as of today, what was appropriated and decided on their own days."""
    if said.lead:
        unit_id, person_id = said.lead
        days[context.today, True].append(
            lambda act, item: write_assignment(act, item, Part.LEAD, unit_id, person_id)
        )
    if given := said.given:
        days[given.on, True].append(
            lambda act, item: write_appropriation(act, item, given.fund, given.amount)
        )
    decided = said.decided
    if decided and decided.decision is not Decision.REPORTED_BACK:
        days[decided.on, True].append(
            lambda act, item: write_decision(act, item, decided.decision, decided.unit_id)
        )


def _entry(
    context: ActContext,
    report: NewEntry,
    clause_ids: Collection[int],
    release: bool,
    entries: list[tuple[Entry, NewEntry]],
) -> Writer:
    """A submitted entry with what it claims, or a released one."""

    def write(act: ledger.Act, item: Item) -> None:
        preconditions.need(report.words.strip(), Refusal.NEEDS_WORDS)
        sayings = _of_clauses(report.sayings, clause_ids)
        entry = write_entry(act, context, item, report, sayings)
        if release:  # what members may open of it, the office settles: the row stays inside
            act.add(Release(item_id=item.id, entry_id=entry.id, heard_on=report.on))
        entries.append((entry, report))

    return write
