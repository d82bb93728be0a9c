"""What a preview has shown is written: in one transaction that the caller commits, one event for each item and date and one for the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.acts import act_context, bodies, conventions, imports, people
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.acts.evidence import NewEvidence
from tracker.acts.expenses import NewExpense
from tracker.acts.floor import Referral
from tracker.acts.imports import (
    EVERY_CLAUSE,
    ImportTarget,
    ItemChanges,
    NewAppropriation,
    NewDecision,
    NewFloorAction,
    NewItem,
    NewSourceCell,
)
from tracker.acts.items import Mover
from tracker.acts.progress import NewEntry
from tracker.importing.codes import Field
from tracker.importing.planning.comparing import Plan, Reported
from tracker.importing.planning.conventions import ConventionPlan, Settled
from tracker.importing.planning.models import Preview, PreviewRow, RowOutcome
from tracker.importing.planning.on_record import Names, names
from tracker.importing.planning.preview import person_of
from tracker.importing.problems import Unreadable
from tracker.importing.values.texts import name_key
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.summary import kept_at_the_end
from tracker.rules.codes import Effect, EvidenceKind, Purpose, Visibility
from tracker.rules.permissions import COMMAND_LINE, Actor
from tracker.rules.preconditions import NewClaim, Refused
from tracker.translation import gettext as _

_NOT_SHOWN_AS_EVIDENCE = frozenset(
    (
        Field.SOURCE,
        Field.UPDATE,
        Field.SUBMITTED_BY,
        Field.MAKER,
        Field.SECONDER,
        Field.CONTACT,
        Field.CONTACT_STATE,
        Field.PERSON,
    )
)
"""What a release of the entry would open with the row: words without a field, other updates, and persons."""


def apply(
    session: Session,
    preview: Preview,
    now: datetime,
    actor: Actor = COMMAND_LINE,
    advance: Callable[[int, int], None] = lambda done, of: None,
    release: bool = False,
) -> None:
    """Flushes and does not commit. Rejected rows are left out: whether the others may come in is the caller's decision. `release`: what
    the list says was done is public already, and is released at once."""
    at, body_id = _body(session, preview.settled, now, actor)
    with kept_at_the_end(session), ledger.in_bulk(session):
        there = {plan.slug: _convention(at, plan) for plan in preview.settled.conventions}
        for plan in preview.settled.conventions:
            if plan.opens_from:
                conventions.open_follow_through(at, there[plan.slug], plan.opens_from)
        named = _bring(at, preview, names(session, body_id))
        imports.record_list(at, preview.file_name, preview.sha256, preview.read)
        _rows(
            at,
            preview,
            {slug: ImportTarget.of(at, convention) for slug, convention in there.items()},
            named,
            advance,
            release,
        )


def _body(
    session: Session, settled: Settled, now: datetime, actor: Actor
) -> tuple[ActContext, int]:
    if settled.body_is_new:
        body_id = bodies.found_body(session, settled.body, settled.body_settings, now, actor).id
    else:
        body_id = settled.body_id or 0
        at = act_context.for_body(session, body_id, actor, now)
        for name, value in settled.body_settings.items():
            bodies.set_setting(at, name, value)
    return act_context.for_body(session, body_id, actor, now, importing=True), body_id


def _convention(at: ActContext, plan: ConventionPlan) -> Convention:
    dates = Dates(
        year=plan.year,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        special=plan.special,
        published_items=plan.published_items,
    )
    if plan.id is None:
        return conventions.record(at, plan.slug, plan.name or plan.slug, dates)
    found = at.session.get_one(Convention, plan.id)
    if plan.new_dates:
        conventions.set_dates(at, found, dates)
    return found


def _bring(at: ActContext, preview: Preview, known: Names) -> Names:
    """Units, delegations and people that the list names and the body does not have."""
    units, delegations, persons = dict(known.units), dict(known.delegations), dict(known.people)
    for name in preview.creates.units:
        units[name_key(name)] = (bodies.add_unit(at, name).id, name)
    for name in preview.creates.delegations:
        delegations[name_key(name)] = (bodies.add_delegation(at, name).id, name)
    for name, unit in preview.creates.people:
        unit_id = units[name_key(unit)][0] if unit else None
        persons[name_key(name)] = (
            *persons.get(name_key(name), ()),
            (people.add(at, name, unit_id).id, unit_id),
        )
    return Names(units, delegations, persons)


def _rows(
    at: ActContext,
    preview: Preview,
    there: dict[str, ImportTarget],
    named: Names,
    advance: Callable[[int, int], None],
    release: bool,
) -> None:
    written: dict[tuple[str, str, str], Item] = {}
    wanted = [
        row
        for row in preview.rows
        if row.convention and row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)
    ]
    for count, row in enumerate(wanted):
        if count % 20 == 0:
            advance(count, len(wanted))
        assert row.convention
        item: Item | NewItem | None = written.get(
            (row.convention, row.kind, row.item_number)
        )  # by a row above
        if item is None:
            item = (
                at.session.get_one(Item, row.item_id)
                if row.item_id
                else NewItem(row.kind, row.item_number, _published(row))
            )
        if row.item_id is None or row.plan.writes:
            try:
                # a cell of the export that the office changed is its own word
                by_hand = row.row.revision is not None and all(
                    each.of_money for each in row.plan.reports
                )
                item = imports.record_item(
                    replace(at, importing=not by_hand),
                    there[row.convention],
                    item,
                    _said(row, preview, named),
                    preview.file_name,
                    row.number,
                    release,
                )
            except Refused as refused:
                raise Unreadable(
                    _(
                        "Row %(row)s: the record refuses it (%(why)s). Nothing was written: correct the row, or leave it out.",
                        row=row.number,
                        why=refused.code.replace("_", " "),
                    )
                ) from refused
        assert isinstance(item, Item)
        written[row.convention, row.kind, row.item_number] = item
    for row in wanted:
        if row.target and row.convention:
            item = written[row.convention, row.kind, row.item_number]
            target = written.get(row.target) or at.session.get_one(
                Item, preview.on_record[row.target]
            )
            on = (
                next((each.on for each in row.row.floor if each.merged_into and each.on), None)
                or there[row.convention].closes_on
                or at.today
            )
            imports.link_merged(at, item, target, min(on, at.today))


def _published(row: PreviewRow) -> str | None:
    return row.row.published[:80] if row.row.number and row.row.published else None


def _said(row: PreviewRow, preview: Preview, named: Names) -> ItemChanges:
    """The plan, with the keys of units, delegations and people in place of their names."""
    plan = row.plan
    movers = [
        Mover(part, named.delegations[name_key(delegation)][0] if delegation else None, name)
        for part, name, delegation in plan.movers
    ]
    lead = None
    if plan.lead:
        unit, person = plan.lead
        lead = (named.units[name_key(unit)][0], person_of(named, person, unit) if person else None)
    decided = (
        NewDecision(plan.decision[0], named.units[name_key(plan.decision[1])][0], plan.decision[2])
        if plan.decision
        else None
    )
    reports = [_report(each, row, preview) for each in plan.reports]
    visible = {column.heading[:200]: column.visibility for column in preview.columns}
    cells = [
        NewSourceCell(heading, words, visible.get(heading, Visibility.NOT_TOLD))
        for heading, words in plan.cells
    ]
    return ItemChanges(
        text=plan.text,
        movers=movers,
        due_on=plan.due_on,
        estimated=plan.estimated,
        recommendation=plan.recommendation,
        cells=cells,
        floor=_floor(plan, named),
        never_done=plan.never_done,
        lead=lead,
        decided=decided,
        given=NewAppropriation(*plan.appropriated) if plan.appropriated else None,
        reports=reports,
    )


def _floor(plan: Plan, named: Names) -> list[NewFloorAction]:
    said = []
    for position, each in enumerate(plan.floor, plan.first_position):
        referral = None
        if each.action.effect is Effect.REFERS:
            referral = Referral(
                named.units[name_key(each.unit)][0] if each.unit else None,
                each.purpose or Purpose.DECISION,
                referred_to=None if each.unit else each.referred_to,
            )
        said.append(
            NewFloorAction(
                action=each.action,
                on=each.on,
                position=position,
                referral=referral,
                vote=plan.vote if position == plan.first_position else None,
                note=each.merged_into,
            )
        )
    return said


def _report(said: Reported, row: PreviewRow, preview: Preview) -> NewEntry:
    """An entry from the file, row N; the stored row is the evidence of what it says to be done."""
    shown: tuple[NewEvidence, ...] = ()
    if said.with_row:
        fields = {column.heading: column.field for column in preview.columns}
        cells = "\n".join(
            f"{heading}: {words}"
            for heading, words in row.row.published_cells
            if words.casefold() != "none" and fields.get(heading) not in _NOT_SHOWN_AS_EVIDENCE
        )
        shown = (
            NewEvidence(
                kind=EvidenceKind.ROW, title=f"{preview.file_name}, {row.number}", words=cells
            ),
        )
    with_money: tuple[NewExpense, ...] = ()
    if said.spent:
        amount, spent_on = said.spent
        with_money = (NewExpense(amount=amount, on=spent_on),)
    return NewEntry(
        words=said.words,
        on=said.on,
        sayings=(
            NewClaim(
                clause_id=EVERY_CLAUSE, claimed=said.claimed, reason=said.reason, money=said.money
            ),
        ),
        shown=shown,
        spent=with_money,
        source=preview.file_name,
        source_row=row.number,
        day_known=said.day_known,
    )
