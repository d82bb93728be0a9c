"""What an import would do, as one frozen object. Commands and pages show it; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.importing.problems import Problem
from tracker.importing.rows import row_reader
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.rows.mapping_problems import (
    mapping_problems,
    second_columns_of_a_field,
)
from tracker.importing.tables import column_reader, item_tables
from tracker.importing.tables.sources import Source
from tracker.rules.rosters import name_key

from .body_names import BodyNames, body_names
from .conventions import Conventions
from .corrected_cells import with_cells
from .file_problems import file_problems, kind_problems, unclear_statuses
from .list_reading import ListTable, list_reading
from .merging import linked
from .missing_items import missing_items, problems_of
from .models import BodyPlan, Creations, ItemKey, Preview, RowOutcome, RowPlan
from .names_in_force import with_names_in_force
from .on_record import RecordedItem, recorded_items, undone_titles
from .options import ImportOptions
from .own_words import own_words, with_own_words, words_used
from .row_plans import RowPlanner, with_decisions_allowed, with_rows_left_out
from .unit_names import named_units, with_doubtful_units

Advance = Callable[[int, int], None]  # how many rows are done, of how many

ROWS_A_STEP = 50  # rows between two reports of how far it is


def no_progress(_done: int, _total: int) -> None:
    """For who does not want to know how far it is."""


def preview(
    session: Session,
    source: Source,
    mapping: ListMapping,
    options: ImportOptions,
    today: date,
    advance: Advance = no_progress,
) -> Preview:
    """Reads the record, writes nothing.

    Raises Unreadable where the file or the call as a whole cannot be used.
    """
    table = with_cells(item_tables.table(source, mapping.header_row, mapping.sheet), options.cells)
    conventions = Conventions(session, options, today)
    words = own_words(session, conventions.body_id)
    of_the_list, mapping = mapping, with_own_words(mapping, words, table)
    columns = column_reader.understand(
        table.headings,
        (row.cells for row in table.rows),
        mapped=mapping.columns,
        table=mapping.statuses,
        hidden=table.hidden,
    )
    problems = [
        *mapping_problems(of_the_list, table, columns),
        *second_columns_of_a_field(mapping, columns),
        *file_problems(source, columns),
        *table.problems,
    ]
    list_table = ListTable.with_orders(source=source, table=table, columns=columns, mapping=mapping)
    reading, assumed = list_reading(list_table, today, conventions)
    problems += assumed
    rows = row_reader.read_rows(reading, table.rows)
    rows = with_names_in_force(session, conventions.body_id, rows)
    problems += kind_problems(reading, rows, list_table.fields)
    places = conventions.place_all(rows)
    problems += conventions.problems
    recorded = _recorded_by_key(session, conventions, today)

    undone = _undone_by_key(session, conventions)
    planner = RowPlanner(recorded, reading, options.updates_on, options.file_wins, undone)
    for count, (row, (slug, problem)) in enumerate(zip(rows, places, strict=True)):
        if count % ROWS_A_STEP == 0:
            advance(count, len(rows))
        planner.add(row, slug, problem)
    planner.claim_once()
    plans = linked(with_rows_left_out(planner.plans, options.left_out), recorded)
    plans = with_decisions_allowed(session, conventions.body_id, plans, today)
    plans = _with_sheets_named(plans)
    names = body_names(session, conventions.body_id) if conventions.body_id else BodyNames()
    recorded_units = [name for _id, name in names.units.values()]
    plans = with_doubtful_units(plans, recorded_units, columns)
    problems += [problem for plan in plans for problem in plan.problems]
    missing = missing_items(plans, recorded)
    problems += problems_of(missing)
    body, body_problems = conventions.plan(_conventions_with_rows(plans))
    problems += body_problems

    order_not_known = any(column.note == "order_not_known" for column in columns)
    return Preview(
        file_name=source.file_name,
        sha256=source.sha256,
        columns=columns,
        rows=tuple(plans),
        body=body,
        problems=tuple(problems),
        creates=_creations(plans, names, body),
        unclear_statuses=unclear_statuses(columns, rows, mapping.statuses),
        own_words=words_used(of_the_list, words, table, columns),
        order_missing=order_not_known and mapping.date_order is None,
        on_record={key: item.item_id for key, item in recorded.items() if item.item_id},
        missing=tuple(f"{slug}/{code}" for slug, code in missing),
    )


def _recorded_by_key(
    session: Session, conventions: Conventions, today: date
) -> Mapping[ItemKey, RecordedItem]:
    """What is on record, by where it is and where it was before it was corrected."""
    if conventions.body_id is None:
        return {}
    slugs = {
        convention_id: slug for slug, convention_id in conventions.record.convention_ids.items()
    }
    by_convention = recorded_items(session, conventions.body_id, list(slugs), today)
    by_key: dict[ItemKey, RecordedItem] = {}
    by_former_key: dict[ItemKey, RecordedItem] = {}
    for convention_id, items in by_convention.items():
        slug = slugs[convention_id]
        for item in items:
            by_key[slug, item.kind, item.number] = item
            for kind, number in item.former:
                by_former_key.setdefault((slug, kind, number), item)
    return by_former_key | by_key


def _undone_by_key(session: Session, conventions: Conventions) -> Mapping[ItemKey, str]:
    """The titles of items without a number whose import was undone."""
    slugs = {
        convention_id: slug for slug, convention_id in conventions.record.convention_ids.items()
    }
    return {
        (slugs[convention_id], kind, number): title
        for (convention_id, kind, number), title in undone_titles(session, list(slugs)).items()
    }


def _with_sheets_named(plans: Sequence[RowPlan]) -> list[RowPlan]:
    """Where the rows are of several sheets, their problems say of which."""
    if len({plan.sheet for plan in plans}) < 2:
        return list(plans)
    return [replace(plan, problems=_of_sheet(plan.sheet, plan.problems)) for plan in plans]


def _of_sheet(sheet: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(problem, what=f"{sheet}: {problem.what}") for problem in problems)


def _conventions_with_rows(plans: Sequence[RowPlan]) -> set[str]:
    return {
        plan.convention
        for plan in plans
        if plan.convention and plan.outcome not in (RowOutcome.REJECTED, RowOutcome.LEFT_OUT)
    }


def _creations(plans: Sequence[RowPlan], names: BodyNames, body: BodyPlan) -> Creations:
    units: dict[str, str] = {}
    delegations: dict[str, str] = {}
    people: dict[tuple[str, str], tuple[str, str | None]] = {}
    for plan in plans:
        for _field, unit in named_units(plan.writes):
            if names.unit_id(unit) is None:
                units.setdefault(name_key(unit), unit)
        for mover in plan.writes.movers:
            if mover.delegation and names.delegation_id(mover.delegation) is None:
                delegations.setdefault(name_key(mover.delegation), mover.delegation)
        lead = plan.writes.lead
        if lead and lead.person and names.person_id(lead.person, lead.unit) is None:
            key = (name_key(lead.person), name_key(lead.unit))
            people.setdefault(key, (lead.person, lead.unit))
    return Creations(
        body=body.slug if body.is_new else None,
        conventions=tuple(plan.slug for plan in body.conventions if plan.is_new),
        units=tuple(units.values()),
        delegations=tuple(delegations.values()),
        people=tuple(people.values()),
    )
