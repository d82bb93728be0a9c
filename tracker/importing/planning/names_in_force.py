"""What rows name by a name that pages show no more: they mean what has it now.

A unit or delegation may have been renamed, or merged into another, since the list was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.importing.rows.imported_row import ImportedRow, Person
from tracker.record.rosters import roster_names
from tracker.rules.rosters import name_key


def with_names_in_force(
    session: Session, body_id: int | None, rows: Sequence[ImportedRow]
) -> list[ImportedRow]:
    if body_id is None:
        return list(rows)
    names = roster_names(session, body_id)
    units, delegations = names.units.former, names.delegations.former
    if not units and not delegations:
        return list(rows)
    return [_with_names(row, units, delegations) for row in rows]


def _with_names(
    row: ImportedRow, units: Mapping[str, str], delegations: Mapping[str, str]
) -> ImportedRow:
    def people(named: Sequence[Person]) -> tuple[Person, ...]:
        return tuple(
            (name, _now_called(delegation, delegations) if delegation else None)
            for name, delegation in named
        )

    moved_by = [_now_called(name, delegations) for name in row.delegations]
    return replace(
        row,
        lead=_now_called(row.lead, units) if row.lead else row.lead,
        floor=tuple(
            replace(action, unit=_now_called(action.unit, units)) if action.unit else action
            for action in row.floor
        ),
        delegations=tuple(dict.fromkeys(moved_by)),
        makers=people(row.makers),
        seconders=people(row.seconders),
        contacts=people(row.contacts),
    )


def _now_called(name: str, former: Mapping[str, str]) -> str:
    return former.get(name_key(name), name)
