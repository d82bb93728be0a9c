"""Names of units and delegations in force as of a day, closings and mergers: one SELECT for all
readers, whatever they read them for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.rules.rosters import NamesInForce, Roster, in_force

from .as_of import NOW, AsOf, at
from .as_of_parameters import Bounds, as_of_with_parameters, bounds_of, parameters
from .bodies import (
    Delegation,
    DelegationClosing,
    DelegationMerger,
    DelegationName,
    Unit,
    UnitClosing,
    UnitMerger,
    UnitName,
)
from .items import Assignment, FloorAction, FloorPerson, ReferralDecision
from .ledger_tables import FactTable

F = TypeVar("F", bound=FactTable)


@dataclass(frozen=True, kw_only=True)
class RosterTables:
    """The fact tables of one roster."""

    row: type[Unit] | type[Delegation]
    name: type[UnitName] | type[DelegationName]
    closing: type[UnitClosing] | type[DelegationClosing]
    merger: type[UnitMerger] | type[DelegationMerger]
    # where items name a row of it
    naming: tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...]

    @property
    def key(self) -> str:
        """The column by which facts of a row name it."""
        return f"{self.row.__tablename__}_id"

    def fact(self, kind: type[F], key: int, **values: object) -> F:
        """A fact of a row of this roster."""
        columns: dict[str, Any] = {self.key: key, **values}
        return kind(**columns)


TABLES: Mapping[Roster, RosterTables] = {
    Roster.UNITS: RosterTables(
        row=Unit,
        name=UnitName,
        closing=UnitClosing,
        merger=UnitMerger,
        naming=(Assignment.unit_id, FloorAction.unit_id, ReferralDecision.unit_id),
    ),
    Roster.DELEGATIONS: RosterTables(
        row=Delegation,
        name=DelegationName,
        closing=DelegationClosing,
        merger=DelegationMerger,
        naming=(FloorPerson.delegation_id,),
    ),
}
BODY = sa.bindparam("body", type_=sa.BigInteger)


@dataclass(frozen=True, kw_only=True)
class RosterNames:
    units: NamesInForce
    delegations: NamesInForce

    def of(self, roster: Roster) -> NamesInForce:
        return self.units if roster is Roster.UNITS else self.delegations


def roster_names(session: Session, body_id: int, as_of: AsOf = NOW) -> RosterNames:
    """Of one body, as of a day. One statement."""
    values = parameters(as_of, body=body_id)
    return _read(session.connection(), bounds_of(as_of), values, of_all=False)


def names_of_all_bodies(connection: sa.Connection) -> RosterNames:
    """Of all bodies of the installation, now: to name rows by their keys, and for nothing else."""
    return _read(connection, bounds_of(NOW), parameters(NOW), of_all=True)


def unit_mergers(session: Session) -> dict[int, int]:
    """In all bodies, now: by each unit that was merged, the one into which."""
    rows = session.connection().execute(
        sa.select(UnitMerger.unit_id, UnitMerger.into_id).where(at(UnitMerger, NOW))
    )
    return {unit_id: into_id for unit_id, into_id in rows}


def items_naming(roster: Roster, keys: Collection[int]) -> sa.CompoundSelect[int]:
    """The keys of items that name one of these rows, or ever did."""
    return sa.union(
        *(
            sa.select(column.class_.item_id).where(column.in_(keys))
            for column in TABLES[roster].naming
        )
    )


def _read(
    connection: sa.Connection, bounds: Bounds, values: Mapping[str, object], *, of_all: bool
) -> RosterNames:
    names: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    closed: dict[str, list[int]] = defaultdict(list)
    mergers: dict[str, dict[int, int]] = defaultdict(dict)
    rows = connection.execute(_rows(bounds, of_all), values)
    for roster, key, recorded_by, name, into_id in rows:
        if name is not None:
            names[roster].append((recorded_by, key, name))
        elif into_id is not None:
            mergers[roster][key] = into_id
        else:
            closed[roster].append(key)
    units, delegations = (
        in_force(
            sorted(names[roster]),
            closed[roster],
            mergers[roster],
        )
        for roster in Roster
    )
    return RosterNames(units=units, delegations=delegations)


@cache
def _rows(bounds: Bounds, of_all: bool) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Of each roster: the key of a row, the event that says it, a name or the row merged into.

    Neither of the two: it is closed.
    """
    as_of = as_of_with_parameters(bounds)
    no_name, no_key = sa.cast(sa.null(), sa.Text()), sa.cast(sa.null(), sa.BigInteger())
    selects = []
    for roster, tables in TABLES.items():
        which = sa.literal_column(f"'{roster.value}'", sa.Text)
        row, columns = tables.row, tables.name.__table__.c
        of_body = sa.true() if of_all else row.body_id == BODY
        selects.append(
            sa.select(which, row.id, row.recorded_by, sa.cast(row.name, sa.Text), no_key).where(
                of_body, at(row, as_of)
            )
        )
        for fact, name, into in (
            (tables.name, sa.cast(columns.name, sa.Text), no_key),
            (tables.closing, no_name, no_key),
            (tables.merger, no_name, tables.merger.__table__.c.into_id),
        ):
            key = fact.__table__.c[tables.key]
            selects.append(
                sa.select(which, key, fact.recorded_by, name, into)
                .join(row, row.id == key)
                .where(of_body, at(fact, as_of))
            )
    return sa.union_all(*selects)
