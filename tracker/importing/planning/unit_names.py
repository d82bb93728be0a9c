"""Names of units in a list that are nearly those of others.

The office is asked about them before a unit is made of a slip or of an abbreviation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tracker.acts.import_models import ItemChanges
from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity
from tracker.importing.tables.columns import Column
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

from .models import RowPlan
from .nearest_names import nearest


def named_units(changes: ItemChanges) -> list[tuple[Field, str]]:
    """The units of a row, and the field that names each."""
    units = [(Field.REFERRED_TO, action.unit) for action in changes.floor if action.unit]
    if changes.lead:
        units.append((Field.LEAD, changes.lead.unit))
    if changes.decision:
        units.append((Field.REFERRED_TO, changes.decision.unit))
    return units


def with_doubtful_units(
    plans: Sequence[RowPlan], recorded_units: Collection[str], columns: Sequence[Column]
) -> list[RowPlan]:
    """The plans, each with a warning for each new unit that is nearly another.

    The other is on record, or the list names it more often.
    """
    problems = _problems_by_unit(plans, recorded_units)
    if not problems:
        return list(plans)
    headings = {column.field: column.heading for column in columns}
    return [_with_problems(plan, problems, headings) for plan in plans]


def _problems_by_unit(
    plans: Sequence[RowPlan], recorded_units: Collection[str]
) -> dict[str, Problem]:
    known = {name_key(name) for name in recorded_units}
    counted = Counter(
        name
        for plan in plans
        for _field, name in named_units(plan.writes)
        if name_key(name) not in known
    )
    by_frequency = [name for name, _count in counted.most_common()]
    problems = {}
    for place, name in enumerate(by_frequency):
        if on_record := nearest(name, recorded_units):
            problems[name] = _problem(name, on_record, _("a unit on record"))
        elif in_list := nearest(name, by_frequency[:place]):
            problems[name] = _problem(name, in_list, _("which the list names as well"))
    return problems


def _with_problems(
    plan: RowPlan, problems: Mapping[str, Problem], headings: Mapping[Field, str]
) -> RowPlan:
    doubtful = [
        replace(problems[name], row=plan.number, column=headings.get(field))
        for field, name in dict.fromkeys(named_units(plan.writes))
        if name in problems
    ]
    return replace(plan, problems=(*plan.problems, *doubtful))


def _problem(name: str, other: str, which: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_(
            "%(name)r is nearly %(there)r, %(what)s: as it stands it is a unit of its own.",
            name=name,
            there=other,
            what=which,
        ),
        to_do=remedies.write_the_units_name(name, other),
    )
