"""Registering items, the versions of their text, their clauses and due dates, links, and the
correction of a typing mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.record import ledger
from tracker.record.as_of import NOW, AsOf, at
from tracker.record.bodies import AddedKind, AddedKindClosing
from tracker.record.conventions import Convention
from tracker.record.items import (
    Clause,
    Designation,
    DueDate,
    FloorPerson,
    Item,
    Link,
    OfItem,
    Recommendation,
    ReferralDecision,
    Version,
    on_record,
)
from tracker.record.loader import load
from tracker.rules import item_preconditions, refusals
from tracker.rules.codes import Floor, FloorPart, Kind, Stage
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from . import item_addresses
from .act_context import ActContext
from .corrections import recording
from .floor import record_floor_action


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """A version of an item's text."""

    words: str | None = None
    title: str | None = None
    rationale: str | None = None
    stage: Stage = Stage.AS_PUBLISHED
    truncated: bool = False


@dataclass(frozen=True)
class Mover:
    """Somebody on the floor: a delegation, a name, or both."""

    part: FloorPart
    delegation_id: int | None = None
    name: str | None = None


def register(
    context: ActContext,
    convention: Convention,
    kind: str,
    number: str,
    text: NewVersion,
    as_published: str | None = None,
    movers: Sequence[Mover] = (),
    due_on: date | None = None,
    awaiting_debate: bool = False,
) -> Item:
    """Records an item, with one clause: the whole.

    :param number: normalised, as `rules.item_code` does it; "": it has none
    :param awaiting_debate: entered by hand before the convention closes
    """
    context.require(Permission.GOVERN)
    _need_known_kind(context, kind)
    with context.record("item_registered", on=context.day_of(convention)) as act:
        number = number or item_addresses.next_unnumbered(context, convention, kind)
        taken = item_addresses.is_taken(context, convention, kind, number)
        refusals.need(not taken, Refusal.ALREADY_THERE)
        undone = item_addresses.undone_item(context, convention, kind, number)
        item, _whole = write_item(act, context, convention, kind, number, as_published, undone)
        write_version(act, item, text)
        write_movers(act, item, movers)
        if due_on:
            write_due_date(act, item, due_on)
    if awaiting_debate:
        record_floor_action(context, item, Floor.AWAITING_DEBATE, context.today, position=0)
    return item


def _need_known_kind(context: ActContext, kind: str) -> None:
    """A kind is one of docs/glossary.md, or one that the body added, and by hand has not closed."""
    closed = sa.select(AddedKindClosing.added_kind_id).where(at(AddedKindClosing, NOW))
    added = sa.select(AddedKind.id).where(
        AddedKind.body_id == context.body_id,
        AddedKind.code == kind,
        sa.true() if context.importing else AddedKind.id.not_in(closed),
    )
    refusals.need(
        kind in list(Kind) or context.session.connection().scalar(added) is not None,
        Refusal.NO_SUCH_KIND,
    )


def write_item(
    act: ledger.Act,
    context: ActContext,
    convention: Convention,
    kind: str,
    number: str,
    as_published: str | None,
    undone: Item | None = None,
) -> tuple[Item, Clause]:
    """The subject of its act, with one clause, the whole.

    `undone`: the identity that it had before the import which had brought it was undone.
    """
    act.subject = item = undone or act.add(
        Item(
            body_id=context.body_id,
            convention_id=convention.id,
            kind=kind,
            number=number,
            as_published=as_published,
        )
    )
    return item, act.add(Clause(item_id=item.id, number=1))


def write_version(act: ledger.Act, item: Item, text: NewVersion) -> None:
    act.add(
        Version(
            item_id=item.id,
            stage=text.stage,
            title=act.keep_optional_text(text.title),
            words=act.keep_optional_text(text.words),
            rationale=act.keep_optional_text(text.rationale),
            truncated=text.truncated,
        )
    )


def write_movers(act: ledger.Act, item: Item, movers: Sequence[Mover]) -> None:
    act.add_all(
        [
            FloorPerson(
                item_id=item.id,
                part=mover.part,
                delegation_id=mover.delegation_id,
                name=act.keep_optional_text(mover.name),
            )
            for mover in movers
        ]
    )


def replace_movers(act: ledger.Act, item: Item, movers: Sequence[Mover]) -> None:
    """What was said before of the same parts was never so."""
    parts = {mover.part for mover in movers}
    before = sa.select(FloorPerson.id).where(
        FloorPerson.item_id == item.id,
        FloorPerson.part.in_(parts),
        FloorPerson.retracted_by.is_(None),
    )
    act.retract(FloorPerson, *act.session.connection().scalars(before).all())
    write_movers(act, item, movers)


def write_due_date(
    act: ledger.Act,
    item: Item,
    due_on: date,
    *,
    clause_id: int | None = None,
    by_whom: str | None = None,
    reason: str | None = None,
) -> None:
    act.add(
        DueDate(
            item_id=item.id,
            clause_id=clause_id,
            due_on=due_on,
            by_whom=by_whom,
            reason=act.keep_optional_text(reason),
        )
    )


def write_link(
    act: ledger.Act,
    item: Item,
    target: Item,
    *,
    clause_id: int | None = None,
    over: Collection[int] = (),
) -> Link:
    """`over`: the links that it ends."""
    act.end(Link, *over)
    return act.add(Link(item_id=item.id, clause_id=clause_id, target_id=target.id))


def add_version(
    context: ActContext,
    item: Item,
    text: NewVersion,
    on: date | None = None,
    corrects: Version | None = None,
) -> None:
    """The text at a stage; of each stage the newest counts."""
    context.require(Permission.GOVERN)
    if on is None and corrects is None:
        on = context.day_of(item)
    with recording(context, "version_recorded", item, on, corrects=corrects) as act:
        context.need_unchanged(item, "versions")
        write_version(act, item, text)


def set_movers(context: ActContext, item: Item, movers: Sequence[Mover]) -> None:
    """All who moved it; others who stood there before never did."""
    context.require(Permission.GOVERN)
    with context.record("movers_recorded", item, context.day_of(item)) as act:
        context.need_unchanged(item, "floor_people")
        refusals.need(not _is_taken_back_since(context, item), Refusal.CHANGED_MEANWHILE)
        as_of = AsOf(context.today)
        facts = load(context.session, context.body_id, [item.id], as_of, words=True)[item.id]
        before = {
            fact.id: Mover(fact.part, fact.delegation_id, fact.name) for fact in facts.floor_people
        }
        act.retract(FloorPerson, *(key for key, mover in before.items() if mover not in movers))
        write_movers(act, item, [mover for mover in movers if mover not in before.values()])


def _is_taken_back_since(context: ActContext, item: Item) -> bool:
    """Whether somebody took one who moved it off after the form was loaded."""
    if context.seen is None:
        return False
    taken_back = sa.select(FloorPerson.id).where(
        FloorPerson.item_id == item.id, FloorPerson.retracted_by > context.seen
    )
    return context.session.scalar(taken_back.limit(1)) is not None


def recommend(
    context: ActContext, item: Item, words: str, corrects: Recommendation | None = None
) -> None:
    """What a board advised, dated as the item; the newest counts."""
    context.require(Permission.GOVERN)
    refusals.need(words.strip(), Refusal.NEEDS_WORDS)
    on = context.day_of(item) if corrects is None else None
    with recording(context, "recommended", item, on, corrects=corrects) as act:
        context.need_unchanged(item, "recommendations")
        act.add(Recommendation(item_id=item.id, words=act.keep_text(words)))


def enter_clauses(
    context: ActContext,
    item: Item,
    words: Sequence[str],
    declarations: Collection[int] = (),
    addressees: Sequence[str | None] = (),
) -> list[int]:
    """Enters the clauses of an item; they replace the ones before, which were never so.

    :param words: of each clause, in the order of their numbers, which begin with 1
    :param declarations: numbers of the clauses that are made by their adoption
    :param addressees: of each clause, in the same order
    :returns: the keys of the clauses, in the same order
    """
    context.require(Permission.GOVERN)
    with context.record("clauses_entered", item, context.day_of(item)) as act:
        facts = context.facts(item)
        refusals.need_unchanged(context.seen, facts.clauses)
        item_preconditions.enter_clauses(facts)
        act.retract(Clause, *(clause.id for clause in facts.clauses))
        addressee_of = dict(enumerate(addressees, 1))
        clause_ids = []
        for number, clause_words in enumerate(words, 1):
            clause = act.add(
                Clause(
                    item_id=item.id,
                    number=number,
                    words=act.keep_text(clause_words),
                    declaration=number in declarations,
                    addressee=addressee_of.get(number),
                )
            )
            clause_ids.append(clause.id)
        return clause_ids


def set_due_date(
    context: ActContext,
    item: Item,
    due_on: date,
    on: date | None = None,
    clause_id: int | None = None,
    by_whom: str | None = None,
    reason: str | None = None,
    corrects: DueDate | None = None,
) -> None:
    """Sets the first due date, or extends it: by whom, and why. The first stays shown."""
    context.require(Permission.GOVERN)
    with recording(context, "due_date_set", item, on, corrects=corrects) as act:
        facts = context.facts(item)
        refusals.need_unchanged(
            context.seen, [due for due in facts.due_dates if due.clause_id == clause_id]
        )
        write_due_date(act, item, due_on, clause_id=clause_id, by_whom=by_whom, reason=reason)


def link(
    context: ActContext,
    item: Item,
    target: Item,
    on: date | None = None,
    clause_id: int | None = None,
    corrects: Link | None = None,
) -> Link:
    """Links the item to the one that carries its duty on; this link ends the one before."""
    context.require(Permission.GOVERN)
    with recording(context, "item_linked", item, on, corrects=corrects) as act:
        facts = context.facts(item)
        refusals.need_unchanged(context.seen, facts.every_link)
        refusals.need(item.body_id == target.body_id, Refusal.NOT_THERE)
        item_preconditions.link(item.id, target.id, context.facts_with_linked(target)[1])
        over = [before.id for before in facts.every_link if clause_id in (None, before.clause_id)]
        return write_link(act, item, target, clause_id=clause_id, over=over)


def correct_designation(
    context: ActContext, item: Item, kind: str, number: str, as_published: str | None
) -> None:
    """A kind or number typed wrong. The old address redirects."""
    context.require(Permission.GOVERN)
    _need_known_kind(context, kind)
    with context.record("designation_corrected", item, context.day_of(item)) as act:
        context.need_unchanged(item, "designations")
        current = sa.func.coalesce
        newest = (
            sa.select(Designation.item_id, sa.func.max(Designation.id).label("id"))
            .where(Designation.convention_id == item.convention_id)
            .group_by(Designation.item_id)
            .subquery()
        )
        put_right = (
            sa.select(Item.id)
            .outerjoin(newest, newest.c.item_id == Item.id)
            .outerjoin(Designation, Designation.id == newest.c.id)
            .where(
                Item.convention_id == item.convention_id,
                on_record(Item),
                current(Designation.kind, Item.kind) == kind,
                current(Designation.number, Item.number) == number,
            )
        )
        refusals.need(context.session.connection().scalar(put_right) is None, Refusal.ALREADY_THERE)
        act.add(
            Designation(
                item_id=item.id,
                convention_id=item.convention_id,
                kind=kind,
                number=number,
                as_published=as_published,
            )
        )


def correct(
    context: ActContext,
    item: Item,
    wrong: OfItem,
    right: OfItem,
    on: date,
    day_known: bool = True,
) -> None:
    """A typing mistake: the old row was never so, the new one counts from its own date."""
    refusals.need(type(right) is type(wrong) and right.item_id == item.id, Refusal.NOT_FROM_THERE)
    with recording(context, "corrected", item, on, day_known, corrects=wrong) as act:
        if isinstance(right, ReferralDecision):
            item_preconditions.decide(*context.facts_with_linked(item), right.clause_id, on)
        act.add(right)
