"""What a preview has shown is written: one event for each item and date, and one for the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.acts import act_context, bodies, conventions, imports, own_words, people
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.acts.import_models import Directory, ImportSource, NewItem
from tracker.acts.imports import ImportTarget
from tracker.importing.planning.body_names import BodyNames, body_names
from tracker.importing.planning.models import (
    BodyPlan,
    ConventionPlan,
    Creations,
    ItemKey,
    Preview,
    RowOutcome,
    RowPlan,
)
from tracker.importing.planning.preview import Advance, no_progress
from tracker.importing.planning.unit_names import named_units
from tracker.importing.problems import Unreadable
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.kept_summaries import kept_at_the_end
from tracker.rules.codes import Visibility
from tracker.rules.permissions import COMMAND_LINE, Actor
from tracker.rules.refusals import Refused
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

ROWS_A_STEP = 20  # rows between two reports of how far it is
LONGEST_NUMBER = 80  # characters of a number as published


def apply(
    session: Session,
    preview: Preview,
    now: datetime,
    actor: Actor = COMMAND_LINE,
    advance: Advance = no_progress,
    release: bool = False,
    visibility: Visibility | None = None,
) -> None:
    """Writes the plan in the caller's transaction; flushes and does not commit.

    Rejected rows are left out: whether the others may come in is the caller's decision.
    `release`: what the list says was done is public already, and is released at once; never what
    the sheet of one unit says. `visibility`: who may read the conventions that it
    brings. Raises Unreadable where the record refuses a row.
    """
    context, body_id = _body(session, preview.body, now, actor)
    with kept_at_the_end(session), ledger.in_bulk(session):
        recorded = {
            plan.slug: _convention(context, plan, visibility) for plan in preview.body.conventions
        }
        for plan in preview.body.conventions:
            if plan.opens_from:
                conventions.open_follow_through(context, recorded[plan.slug], plan.opens_from)
        names = _create_parties(context, preview.creates, body_names(session, body_id))
        own_words.note_use(
            session, [word.word_id for word in preview.own_words], preview.file_name, now
        )
        first_event = ledger.next_event(session, body_id)
        targets = {
            slug: ImportTarget.of(context, convention) for slug, convention in recorded.items()
        }
        plans = [
            plan
            for plan in preview.rows
            if plan.convention and plan.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)
        ]
        writer = _RowWriter(
            context=context,
            preview=preview,
            targets=targets,
            directory=_directory(plans, names),
            release=release,
        )
        for count, row_plan in enumerate(plans):
            if count % ROWS_A_STEP == 0:
                advance(count, len(plans))
            writer.write(row_plan)
        writer.link_merged(plans)
        imports.record_list(
            context,
            preview.file_name,
            preview.sha256,
            preview.read,
            new_rows=preview.count(RowOutcome.NEW),
            changed_rows=preview.count(RowOutcome.CHANGED),
            first_event=first_event,
        )


def _body(session: Session, plan: BodyPlan, now: datetime, actor: Actor) -> tuple[ActContext, int]:
    """The body, made or with its settings changed: who imports into it, and its key."""
    if plan.body_id is None:
        body_id = bodies.found_body(session, plan.slug, plan.settings, now, actor).id
    else:
        body_id = plan.body_id
        context = act_context.for_body(session, body_id, actor, now)
        for name, value in plan.settings.items():
            bodies.set_setting(context, name, value)
    return act_context.for_body(session, body_id, actor, now, importing=True), body_id


def _convention(
    context: ActContext, plan: ConventionPlan, visibility: Visibility | None
) -> Convention:
    dates = Dates(
        year=plan.year,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        special=plan.special,
        published_items=plan.published_items,
    )
    if plan.id is None:
        return conventions.record(
            context, plan.slug, plan.name or plan.slug, dates, visibility=visibility
        )
    convention = context.session.get_one(Convention, plan.id)
    if plan.new_dates:
        conventions.set_dates(context, convention, dates)
    return convention


def _create_parties(context: ActContext, creates: Creations, names: BodyNames) -> BodyNames:
    """The names of the body, with the units, delegations and people that the list brings."""
    units, delegations = dict(names.units), dict(names.delegations)
    persons = dict(names.people)
    for name in creates.units:
        units[name_key(name)] = (bodies.add_unit(context, name).id, name)
    for name in creates.delegations:
        delegations[name_key(name)] = (bodies.add_delegation(context, name).id, name)
    for name, unit in creates.people:
        unit_id = units[name_key(unit)][0] if unit else None
        person_id = people.add(context, name, unit_id).id
        of_that_name = persons.get(name_key(name), ())
        persons[name_key(name)] = (*of_that_name, (person_id, unit_id))
    return BodyNames(units, delegations, persons)


def _directory(plans: Collection[RowPlan], names: BodyNames) -> Directory:
    """The keys of all whom the rows name."""
    units: dict[str, int] = {}
    delegations: dict[str, int] = {}
    persons: dict[tuple[str, str], int | None] = {}
    for plan in plans:
        for _field, unit in named_units(plan.writes):
            units[unit] = names.units[name_key(unit)][0]
        for mover in plan.writes.movers:
            if mover.delegation:
                delegations[mover.delegation] = names.delegations[name_key(mover.delegation)][0]
        lead = plan.writes.lead
        if lead and lead.person:
            persons[lead.person, lead.unit] = names.person_id(lead.person, lead.unit)
    return Directory(units, delegations, persons)


class _RowWriter:
    """Writes the rows of one list, one after the other."""

    def __init__(
        self,
        *,
        context: ActContext,
        preview: Preview,
        targets: Mapping[str, ImportTarget],
        directory: Directory,
        release: bool,
    ) -> None:
        self.context = context
        self.preview = preview
        self.targets = targets
        self.directory = directory
        self.release = release
        self.written: dict[ItemKey, Item] = {}

    def write(self, plan: RowPlan) -> None:
        item = self._item(plan)
        if isinstance(item, NewItem) or not plan.writes.is_empty:
            item = self._record(plan, item)
        self.written[plan.key] = item

    def _item(self, plan: RowPlan) -> Item | NewItem:
        """The item of the row: by a row above, on record, or new."""
        if plan.key in self.written:
            return self.written[plan.key]
        if plan.item_id is not None:
            return self.context.session.get_one(Item, plan.item_id)
        published = None
        if plan.row.number and plan.row.published:
            published = plan.row.published[:LONGEST_NUMBER]
        return NewItem(plan.kind, plan.item_number, published)

    def _record(self, plan: RowPlan, item: Item | NewItem) -> Item:
        try:
            return imports.record_item(
                replace(self.context, importing=not plan.by_hand),
                self.targets[plan.key[0]],
                item,
                plan.writes,
                directory=self.directory,
                source=ImportSource(self.preview.file_name, plan.number),
                release=self.release and not plan.row.is_of_a_unit,
            )
        except Refused as refused:
            raise Unreadable(
                _(
                    "Row %(row)s: the record refuses it (%(why)s). Nothing was written: correct"
                    " the row, or leave it out.",
                    row=plan.number,
                    why=refused.code.replace("_", " "),
                )
            ) from refused

    def link_merged(self, plans: Sequence[RowPlan]) -> None:
        """Links the items that were merged into others, once all items are there."""
        for plan in plans:
            if plan.merges_into is None:
                continue
            target = self.written.get(plan.merges_into)
            if target is None:
                target_id = self.preview.on_record[plan.merges_into]
                target = self.context.session.get_one(Item, target_id)
            imports.link_merged(self.context, self.written[plan.key], target, self._merged_on(plan))

    def _merged_on(self, plan: RowPlan) -> date:
        """The day of the floor's action, else the closing; never later than today."""
        today = self.context.today
        for action in plan.row.floor:
            if action.merged_into and action.on:
                return min(action.on, today)
        closes_on = self.targets[plan.key[0]].closes_on
        return min(closes_on or today, today)
