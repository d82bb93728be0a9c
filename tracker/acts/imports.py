"""What a list says, written as facts: one event for each item and date, and one for the list. Understanding the list is `importing`'s work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from tracker.record import ledger
from tracker.record.conventions import Convention, ListImport
from tracker.record.items import (
    Assignment,
    Clause,
    DueDate,
    FloorAction,
    FloorPerson,
    Item,
    Link,
    Recommendation,
    ReferralDecision,
    SourceCell,
    Version,
)
from tracker.record.money import Appropriation, Estimate
from tracker.record.progress import Claim, Entry, Release
from tracker.rules import may
from tracker.rules.codes import Decision, Floor, Part, Visibility
from tracker.rules.look import looks
from tracker.rules.may import No
from tracker.rules.permissions import Permission

from . import evidence, floor
from .desk import Desk
from .expenses import expense
from .floor import Referral, Vote
from .items import Mover, Text
from .money import Estimated
from .progress import Report

Writer = Callable[[ledger.Act, Item], None]


@dataclass(frozen=True)
class NewItem:
    kind: str
    number: str  # normalised
    as_published: str | None


@dataclass(frozen=True)
class FloorSaid:
    """`on` None: day not known. `note` names the item into which it was merged, in the list's words."""

    action: Floor
    on: date | None
    position: int = 1
    referral: Referral | None = None
    vote: Vote | None = None
    note: str | None = None


@dataclass(frozen=True)
class Meeting:
    """A convention with its own day and its closing, looked up once for all rows."""

    convention: Convention
    own_day: date
    closes_on: date | None

    @classmethod
    def of(cls, desk: Desk, convention: Convention) -> Meeting:
        return cls(convention, desk.day_of(convention), desk.clock(convention.id).closes_on)


@dataclass(frozen=True)
class Cell:
    heading: str
    words: str
    visibility: Visibility = Visibility.SHOWN  # of its column in the workbook


@dataclass(frozen=True)
class Decided:
    decision: Decision
    unit_id: int
    on: date


@dataclass(frozen=True)
class Given:
    fund: str
    amount: Decimal
    on: date


@dataclass(frozen=True)
class Said:
    """What is new or changed of one item; what is empty is not written."""

    text: Text | None = None
    movers: Sequence[Mover] = ()  # they take the place of all of the same parts
    due_on: date | None = None
    estimated: Estimated | None = None
    recommendation: str | None = None
    cells: Sequence[Cell] = ()
    floor: Sequence[FloorSaid] = ()
    never_done: Sequence[int] = ()  # floor actions that the list no longer says
    lead: tuple[int, int | None] | None = None  # a unit, and perhaps a person in it
    decided: Decided | None = None
    given: Given | None = None
    reports: Sequence[Report] = ()


def record_list(desk: Desk, file_name: str, sha256: str, rows: int) -> ListImport:
    """That a list was read in."""
    desk.require(Permission.GOVERN)
    with desk.record("list_imported") as act:
        act.subject = listed = act.add(
            ListImport(body_id=desk.body_id, file_name=file_name[:200], sha256=sha256, rows=rows)
        )
    return listed


def record_item(
    desk: Desk,
    of: Meeting,
    item: Item | NewItem,
    said: Said,
    file_name: str,
    row: int,
    release: bool = False,
) -> Item:
    """One row of a list: the item itself where it is new, and what the row adds. One event for each date of an act. `release`: the list
    is public already, so what it brings is released at once."""
    desk.require(Permission.GOVERN)
    own_day = of.own_day
    days: dict[tuple[date, bool], list[Writer]] = defaultdict(list)
    _of_itself(desk, said, days[own_day, True], file_name, row)
    _of_the_floor(desk, of, said, days)
    if said.lead:
        days[desk.today, True].append(_lead(*said.lead))
    if said.given:
        days[said.given.on, True].append(_given(said.given))
    if said.decided and said.decided.decision is not Decision.REPORTED_BACK:
        days[said.decided.on, True].append(_decided(said.decided))
    closed = _allowed(desk, item, said) if isinstance(item, Item) else frozenset()
    own = days.pop((own_day, True))
    if isinstance(item, NewItem):
        with desk.record("item_imported", on=own_day) as act:
            act.subject = there = act.add(
                Item(
                    body_id=desk.body_id,
                    convention_id=of.convention.id,
                    kind=item.kind,
                    number=item.number,
                    as_published=item.as_published,
                )
            )
            act.add(Clause(item_id=there.id, number=1))
            for write in own:
                write(act, there)
    else:
        there = item
        days[own_day, True] = own
    clauses = [key for key in _clauses(desk, there) if key not in closed]
    entries: list[tuple[Entry, Report]] = []
    for report in said.reports:
        days[report.on, report.day_known].append(_reported(desk, report, clauses, release, entries))
    for (on, day_known), writers in sorted(days.items()):
        if writers:
            with desk.record("item_imported", there, on, day_known) as act:
                for write in writers:
                    write(act, there)
    for entry, report in entries:
        for spent in report.spent:
            if spent.on != report.on:
                with desk.record("item_imported", there, spent.on) as act:
                    act.add(expense(act, there, spent, entry.id))
    if (
        said.decided and said.decided.decision is Decision.REPORTED_BACK
    ):  # makes a released claim of done, where a report was asked for
        floor.decide(desk, there, said.decided.decision, said.decided.unit_id, said.decided.on)
    return there


def link_merged(desk: Desk, item: Item, target: Item, on: date) -> None:
    """The floor merged it into another item of the record. Refuses cycles."""
    desk.require(Permission.GOVERN)
    with desk.record("item_linked", item, on) as act:
        facts, _ = desk.facts(item)
        may.link(item.id, target.id, desk.facts(target)[1])
        act.end(Link, *(each.id for each in facts.links if each.clause_id is None))
        act.add(Link(item_id=item.id, target_id=target.id))


def _allowed(desk: Desk, item: Item, said: Said) -> frozenset[int]:
    """The rules for what is added to an item that is there already, by what was known before. Gives the clauses that are done and confirmed:
    a list that speaks of the whole item says nothing more of them."""
    if not (said.reports or said.decided):
        return frozenset()
    facts, every = desk.facts(item)
    closed = frozenset(each.clause.id for each in looks(facts, every) if each.done)
    still_open = [clause.id for clause in facts.clauses if clause.id not in closed]
    for report in said.reports:
        sayings = [
            replace(each, clause_id=key)
            for each in report.sayings
            for key in (still_open if each.clause_id == EVERY_CLAUSE else [each.clause_id])
        ]
        may.log(facts, every, sayings, report.on, bool(report.shown))
    if said.decided and not said.floor:
        may.decide(facts, every, None, said.decided.on)
    return closed


def _clauses(desk: Desk, item: Item) -> list[int]:
    return list(
        desk.session.connection().scalars(
            sa.select(Clause.id)
            .where(Clause.item_id == item.id, Clause.retracted_by.is_(None))
            .order_by(Clause.number)
        )
    )


def _of_itself(desk: Desk, said: Said, writers: list[Writer], file_name: str, row: int) -> None:
    """Text, movers, the first due date, estimate, advice, and what has no field: dated as the item itself."""

    def write(act: ledger.Act, item: Item) -> None:
        if text := said.text:
            act.add(
                Version(
                    item_id=item.id,
                    stage=text.stage,
                    title=act.maybe(text.title),
                    words=act.maybe(text.words),
                    rationale=act.maybe(text.rationale),
                    truncated=text.truncated,
                )
            )
        if said.movers:
            parts = {each.part for each in said.movers}
            before = sa.select(FloorPerson.id).where(
                FloorPerson.item_id == item.id,
                FloorPerson.part.in_(parts),
                FloorPerson.retracted_by.is_(None),
            )
            act.retract(FloorPerson, *desk.session.connection().scalars(before).all())
            act.add(
                *[
                    FloorPerson(
                        item_id=item.id,
                        part=each.part,
                        delegation_id=each.delegation_id,
                        name=act.maybe(each.name),
                    )
                    for each in said.movers
                ]
            )
        if said.due_on:
            act.add(DueDate(item_id=item.id, due_on=said.due_on))
        if estimated := said.estimated:
            act.add(
                Estimate(
                    item_id=item.id,
                    basis=estimated.basis,
                    stage=estimated.stage,
                    amount=estimated.amount,
                    sentence=act.text(estimated.sentence),
                    conditional=estimated.conditional,
                    assumption=act.maybe(estimated.assumption),
                    budget=estimated.budget,
                )
            )
        if said.recommendation:
            act.add(Recommendation(item_id=item.id, words=act.text(said.recommendation)))
        if said.cells:
            act.add(
                *[
                    SourceCell(
                        item_id=item.id,
                        heading=each.heading[:200],
                        words=act.text(each.words),
                        file_name=file_name[:200],
                        source_row=row,
                        visibility=each.visibility,
                    )
                    for each in said.cells
                ]
            )

    if any((said.text, said.movers, said.due_on, said.estimated, said.recommendation, said.cells)):
        writers.append(write)


def _of_the_floor(
    desk: Desk, of: Meeting, said: Said, days: dict[tuple[date, bool], list[Writer]]
) -> None:
    if said.never_done:
        days[of.own_day, True].append(lambda act, item: act.retract(FloorAction, *said.never_done))
    if not said.floor:
        return
    for each in said.floor:
        assumed = (
            desk.today
            if each.action is Floor.RESCINDED
            else min(of.closes_on or desk.today, desk.today)
        )
        days[each.on or assumed, each.on is not None].append(_floor(each))


def _floor(said: FloorSaid) -> Writer:
    to, votes = said.referral or Referral(purpose=None), said.vote or Vote()

    def write(act: ledger.Act, item: Item) -> None:
        act.add(
            FloorAction(
                item_id=item.id,
                action=said.action,
                position=said.position,
                unit_id=to.unit_id,
                purpose=to.purpose,
                decides_by=to.decides_by,
                referred_to=to.referred_to,
                votes_for=votes.votes_for,
                votes_against=votes.votes_against,
                abstained=votes.abstained,
                by_voice=votes.by_voice,
                note=act.maybe(said.note),
            )
        )

    return write


def _lead(unit_id: int, person_id: int | None) -> Writer:
    return lambda act, item: _add(
        act, Assignment(item_id=item.id, part=Part.LEAD, unit_id=unit_id, person_id=person_id)
    )


def _given(given: Given) -> Writer:
    return lambda act, item: _add(
        act, Appropriation(item_id=item.id, fund=given.fund, amount=given.amount)
    )


def _decided(decided: Decided) -> Writer:
    return lambda act, item: _add(
        act, ReferralDecision(item_id=item.id, decision=decided.decision, unit_id=decided.unit_id)
    )


def _add(act: ledger.Act, fact: ledger.Fact) -> None:
    act.add(fact)


def _reported(
    desk: Desk,
    report: Report,
    clauses: Sequence[int],
    release: bool,
    entries: list[tuple[Entry, Report]],
) -> Writer:
    """A submitted entry with what it claims, or a released one; a list speaks of the whole item, that is of all its clauses."""

    def write(act: ledger.Act, item: Item) -> None:
        may.need(report.words.strip(), No.NEEDS_WORDS)
        entry = act.add(
            Entry(
                item_id=item.id,
                author_id=desk.actor_id,
                words=act.text(report.words),
                internal=report.internal,
                source=(report.source or "")[:200] or None,
                source_row=report.source_row,
            )
        )
        claims = [
            Claim(
                item_id=item.id,
                entry_id=entry.id,
                clause_id=key or each.clause_id,
                claimed=each.claimed,
                reason=act.maybe(each.reason),
                money=each.money,
            )
            for each in report.sayings
            for key in (clauses if each.clause_id == EVERY_CLAUSE else [None])
        ]
        if claims:
            act.add(*claims)
        evidence.add(act, item, report.shown, entry_id=entry.id)
        if release:  # what members may open of it, the office settles: the row stays inside
            act.add(Release(item_id=item.id, entry_id=entry.id, heard_on=report.on))
        entries.append((entry, report))
        same_day = [each for each in report.spent if each.on == report.on]
        if same_day:
            act.add(*[expense(act, item, each, entry.id) for each in same_day])

    return write


EVERY_CLAUSE = 0  # in a Saying: whatever clauses the item has
