"""Names of units in a list that are nearly those of others: asked about, before a unit is made of a slip or of an abbreviation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity
from tracker.importing.tables.columns import Column
from tracker.importing.values.texts import name_key
from tracker.translation import gettext as _

from .comparing import Plan
from .models import PreviewRow
from .nearest_names import nearest


def named(plan: Plan) -> list[tuple[Field, str]]:
    """The units of a row, and the field that names each."""
    found = [(Field.REFERRED_TO, floored.unit) for floored in plan.floor if floored.unit]
    if plan.lead:
        found.append((Field.LEAD, plan.lead[0]))
    if plan.decision:
        found.append((Field.REFERRED_TO, plan.decision[1]))
    return found


def asked(
    rows: Sequence[PreviewRow], on_record: Collection[str], columns: Sequence[Column]
) -> list[PreviewRow]:
    """Each row with a warning for each unit that is new, and nearly one on record, or nearly one that the list names more often."""
    known = {name_key(name) for name in on_record}
    counted = Counter(
        name for row in rows for _field, name in named(row.plan) if name_key(name) not in known
    )
    near: dict[str, Problem] = {}
    for place, (name, _count) in enumerate(counted.most_common()):
        before = [other for other, _often in counted.most_common()[:place]]
        if there := nearest(name, on_record):
            near[name] = _problem(name, there, _("a unit on record"))
        elif there := nearest(name, before):
            near[name] = _problem(name, there, _("which the list names as well"))
    if not near:
        return list(rows)
    headings = {column.field: column.heading for column in columns}
    return [
        replace(
            row,
            problems=(
                *row.problems,
                *(
                    replace(near[name], row=row.number, column=headings.get(field))
                    for field, name in dict.fromkeys(named(row.plan))
                    if name in near
                ),
            ),
        )
        for row in rows
    ]


def _problem(name: str, there: str, what: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_(
            "%(name)r is nearly %(there)r, %(what)s: as it stands it is a unit of its own.",
            name=name,
            there=there,
            what=what,
        ),
        to_do=_(
            'If it is the same, say so in the mapping file: under [units], "%(name)s" = "%(there)s".',
            name=name,
            there=there,
        ),
    )
