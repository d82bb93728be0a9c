"""Units and delegations that are there: renaming one, closing it, merging it into another, and
opening it again.

All of it holds from its recording: an earlier day keeps what it said.
"""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record.as_of import NOW, at
from tracker.record.bodies import Delegation, Unit
from tracker.record.ledger_tables import CHAIN, Event
from tracker.record.rosters import TABLES, roster_names
from tracker.record.unit_holdings import UnitHoldings, holdings
from tracker.rules import refusals
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal
from tracker.rules.rosters import NamesInForce, Roster, need_free

from .act_context import ActContext


def rename(context: ActContext, roster: Roster, key: int, name: str) -> None:
    """The names before stay known: lists that say them mean the same row."""
    context.require(Permission.ADMINISTER)
    with context.record(f"{roster.table}_renamed", _row(context, roster, key)) as act:
        names = _names_under_lock(context, roster, key)
        refusals.need(names.rows[key].is_open, Refusal.IS_CLOSED)
        refusals.need(name != names.rows[key].name, Refusal.ALREADY_THERE)
        need_free(names, name, other_than=key)
        tables = TABLES[roster]
        act.add(tables.fact(tables.name, key, name=name))


def close(context: ActContext, roster: Roster, key: int, listed: str | None = None) -> None:
    """No form offers it any more. Refused while a unit has anything in hand.

    :param listed: the version of what the unit has, as the form showed it; None: there was no form
    """
    context.require(Permission.ADMINISTER)
    with context.record(f"{roster.table}_closed", _row(context, roster, key)) as act:
        names = _names_under_lock(context, roster, key)
        refusals.need(names.rows[key].is_open, Refusal.IS_CLOSED)
        held = _held(context, roster, names, key)
        refusals.need(listed in (None, held.version), Refusal.CHANGED_MEANWHILE)
        refusals.need(held.is_empty, Refusal.HAS_OPEN_WORK)
        tables = TABLES[roster]
        act.add(tables.fact(tables.closing, key))


def merge(
    context: ActContext, roster: Roster, key: int, into: int, listed: str | None = None
) -> None:
    """All that it had is another's from today on: items, roles, decisions to make.

    :param listed: as for `close`
    """
    context.require(Permission.ADMINISTER)
    with context.record(f"{roster.table}_merged", _row(context, roster, key)) as act:
        names = _names_under_lock(context, roster, key)
        refusals.need(into in names.rows and into != key, Refusal.NOT_THERE)
        refusals.need(names.rows[key].is_open and names.rows[into].is_open, Refusal.IS_CLOSED)
        held = _held(context, roster, names, key)
        refusals.need(listed in (None, held.version), Refusal.CHANGED_MEANWHILE)
        tables = TABLES[roster]
        act.add(tables.fact(tables.merger, key, into_id=into))


def reopen(context: ActContext, roster: Roster, key: int) -> None:
    """Closed or merged until today; from now on it is there again, with what was its own."""
    context.require(Permission.ADMINISTER)
    tables = TABLES[roster]
    with context.record(f"{roster.table}_reopened", _row(context, roster, key)) as act:
        names = _names_under_lock(context, roster, key)
        refusals.need(not names.rows[key].is_open, Refusal.NOT_FROM_THERE)
        for fact in (tables.closing, tables.merger):
            of_row = fact.__table__.c[tables.key] == key
            act.end(fact, *context.session.scalars(sa.select(fact.id).where(of_row, at(fact, NOW))))


def _row(context: ActContext, roster: Roster, key: int) -> Unit | Delegation:
    row = context.session.get(TABLES[roster].row, key)
    if not isinstance(row, Unit | Delegation) or row.body_id != context.body_id:
        raise refusals.Refused(Refusal.NOT_THERE)
    return row


def _names_under_lock(context: ActContext, roster: Roster, key: int) -> NamesInForce:
    """Refused where somebody has changed this row since the form was loaded."""
    if context.seen is not None:
        newer = sa.select(Event.id).where(
            Event.id > context.seen,
            Event.id < (context.body_id + 1) * CHAIN,
            Event.subject_type == roster.table,
            Event.subject_id == key,
        )
        changed = context.session.connection().scalar(newer.limit(1))
        refusals.need(changed is None, Refusal.CHANGED_MEANWHILE)
    return roster_names(context.session, context.body_id).of(roster)


def _held(context: ActContext, roster: Roster, names: NamesInForce, key: int) -> UnitHoldings:
    if roster is not Roster.UNITS:
        return UnitHoldings()
    return holdings(context.session, context.body_id, names.family(key), context.today)
