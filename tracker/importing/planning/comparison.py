"""One row beside what the record holds: what is new, what changes, what a hand has set and keeps.

Nothing is written here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.acts.import_models import ImportedLead, ItemChanges
from tracker.importing.rows.imported_row import ImportedRow
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

from .description_comparison import movers, new_cells, new_estimate, new_version
from .entry_comparison import new_entries
from .floor_comparison import floor_actions, new_decision
from .models import RowPlan
from .money_comparison import new_appropriation, newly_spent, with_expense
from .on_record import RecordedItem
from .row_comparison import ListContext, RowComparison


def compare(
    plan: RowPlan, row: ImportedRow, recorded: RecordedItem | None, context: ListContext
) -> RowPlan:
    """The plan with what the row would write, and how that is told field by field.

    `row` is the plan's, or what of it may count.
    """
    comparison = RowComparison(row=row, recorded=recorded, context=context)
    # the order of these calls is that in which changes and problems are listed
    floor, floor_never_done = floor_actions(comparison)
    spent = newly_spent(comparison)
    appropriation = new_appropriation(comparison)
    entries = new_entries(comparison, spent)
    changes = ItemChanges(
        text=new_version(comparison),
        movers=movers(comparison),
        due_on=_due_on(comparison),
        estimate=new_estimate(comparison),
        recommendation=_recommendation(comparison),
        cells=new_cells(comparison),
        floor=floor,
        first_position=len(recorded.floor) + 1 if recorded and not floor_never_done else 1,
        vote=row.vote if floor else None,
        floor_never_done=floor_never_done,
        lead=_lead(comparison),
        decision=new_decision(comparison),
        appropriation=appropriation,
        entries=with_expense(comparison, entries, spent),
    )
    return replace(
        plan,
        writes=changes,
        by_hand=row.revision is not None and not entries,
        changes=tuple(comparison.changes),
        kept=tuple(comparison.kept),
        problems=(*plan.problems, *comparison.problems),
    )


def _due_on(comparison: RowComparison) -> date | None:
    due, item = comparison.row.due, comparison.recorded
    recorded = item.due if item else None
    return due if comparison.takes("due", due, recorded, lambda day: day == due) else None


def _recommendation(comparison: RowComparison) -> str | None:
    words, item = comparison.row.recommendation, comparison.recorded
    recorded = item.recommendation if item else None
    return words if comparison.takes_words("recommendation", words, recorded) else None


def _lead(comparison: RowComparison) -> ImportedLead | None:
    """The unit and the person that lead, where the row names another of them."""
    row, item = comparison.row, comparison.recorded
    recorded_lead = item.lead if item else None
    recorded_person = item.person if item else None
    if row.person and not row.lead and recorded_lead is None:
        comparison.warn(
            _("%(person)r is named, and no unit.", person=row.person),
            _("Name the unit in a column lead; a person leads for a unit."),
        )
        return None

    # who accepted a referral leads by that, until the office assigns another
    accepted_by = item.accepted_by if item and recorded_lead is None else None
    if accepted_by and row.lead and not row.person and _same_name(accepted_by.value, row.lead):
        return None
    takes_unit = comparison.takes(
        "lead", row.lead, recorded_lead or accepted_by, lambda name: _same_name(name, row.lead)
    )
    takes_person = comparison.takes(
        "person", row.person, recorded_person, lambda name: _same_name(name, row.person)
    )
    if not takes_unit and not takes_person:
        return None
    if any(kept.field == "lead" for kept in comparison.kept):
        # the unit that a hand has set stays, and so does its person
        comparison.withdraw_change("person")
        return None
    unit = row.lead
    if not takes_unit and recorded_lead is not None:
        unit = recorded_lead.value
    return ImportedLead(unit, row.person) if unit else None


def _same_name(one: str | None, two: str | None) -> bool:
    return name_key(one or "") == name_key(two or "")
