"""Founding a body; its settings, units, delegations, funds and added kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import ledger, ledger_tables
from tracker.record.as_of import NOW, at
from tracker.record.bodies import (
    AddedKind,
    AddedKindClosing,
    Body,
    BodySetting,
    Delegation,
    Fund,
    FundRevision,
    Unit,
)
from tracker.record.conventions import Convention
from tracker.record.funds import funds_in_force
from tracker.record.issued_reports import IssuedReport
from tracker.record.rosters import roster_names
from tracker.record.surroundings import any_amount_recorded, settings
from tracker.rules import added_kinds, permissions, refusals, slugs
from tracker.rules.permissions import COMMAND_LINE, Actor, Permission
from tracker.rules.refusals import Refusal
from tracker.rules.report_issue import prefix_in_force
from tracker.rules.rosters import name_key, need_free
from tracker.rules.settings import YES, sound

from .act_context import ActContext, for_body


def found_body(
    session: Session,
    slug: str,
    settings: Mapping[str, str],
    now: datetime,
    actor: Actor = COMMAND_LINE,
) -> Body:
    """A new body with its own chain.

    `settings` are stored as given (names of `rules.settings`); name, time_zone and currency among
    them.
    """
    permissions.require(actor, Permission.ADMINISTER)
    is_for_trying = settings.get("made_up") == YES and slugs.is_for_trying(slug)
    refusals.need(
        slug not in slugs.RESERVED_SLUGS and (is_for_trying or not slugs.is_for_trying(slug)),
        Refusal.SLUG_IS_RESERVED,
    )
    refusals.need(
        all(sound(name, value) for name, value in settings.items()), Refusal.NOT_A_SETTING
    )
    same_slug = sa.select(Body.id).where(Body.slug == slug)
    with ledger.record(
        session,
        chain=ledger_tables.INSTALLATION,
        actor_id=actor.person_id,
        kind="body_founded",
        now=now,
        on=now.date(),
    ) as act:
        refusals.need(session.connection().scalar(same_slug) is None, Refusal.ALREADY_THERE)
        act.subject = body = act.add(Body(slug=slug))
        session.add(
            ledger_tables.Head(
                chain=body.id, event_id=body.id * ledger_tables.CHAIN, recorded_at=now
            )
        )
        session.flush()
    with for_body(session, body.id, actor, now).record("body_described") as act:
        for name, value in settings.items():
            act.subject = act.add(BodySetting(body_id=body.id, name=name, value=value))
    return body


def set_setting(context: ActContext, name: str, value: str) -> None:
    """Takes effect on the day of its recording. The currency is settled with the first amount.

    Refused where somebody has set it since the form was loaded.
    """
    context.require(Permission.ADMINISTER)
    refusals.need(sound(name, value), Refusal.NOT_A_SETTING)
    with context.record("setting_changed") as act:
        if context.seen is not None:
            newest = context.session.connection().scalar(
                sa.select(sa.func.max(BodySetting.recorded_by)).where(
                    BodySetting.body_id == context.body_id, BodySetting.name == name
                )
            )
            refusals.need((newest or 0) <= context.seen, Refusal.CHANGED_MEANWHILE)
        if name == "currency":
            refusals.need(
                not any_amount_recorded(context.session, context.body_id), Refusal.MONEY_IS_RECORDED
            )
        if name == "report_prefix" and value:
            _need_own_prefix(context, value)
        act.subject = act.add(BodySetting(body_id=context.body_id, name=name, value=value))


def _need_own_prefix(context: ActContext, prefix: str) -> None:
    """Refuse where another body numbers its reports so, or ever did: each number is one alone."""
    connection = context.session.connection()
    numbered = connection.scalar(
        sa.select(IssuedReport.id).where(
            IssuedReport.body_id != context.body_id,
            IssuedReport.number.startswith(f"{prefix}-", autoescape=True),
        )
    )
    others = sa.select(Body.id, Body.slug).where(Body.id != context.body_id)
    in_force = {
        prefix_in_force(settings(context.session, body_id, NOW).report_prefix, slug)
        for body_id, slug in connection.execute(others).all()
    }
    refusals.need(numbered is None and prefix not in in_force, Refusal.REPORT_PREFIX_IS_TAKEN)


def add_unit(context: ActContext, name: str) -> Unit:
    # a list brings its units along
    context.require(Permission.GOVERN if context.importing else Permission.ADMINISTER)
    with context.record("unit_added") as act:
        need_free(roster_names(context.session, context.body_id).units, name)
        act.subject = unit = act.add(Unit(body_id=context.body_id, name=name))
    return unit


def add_delegation(context: ActContext, name: str) -> Delegation:
    context.require(Permission.GOVERN if context.importing else Permission.ADMINISTER)
    with context.record("delegation_added") as act:
        need_free(roster_names(context.session, context.body_id).delegations, name)
        act.subject = delegation = act.add(Delegation(body_id=context.body_id, name=name))
    return delegation


def add_fund(context: ActContext, convention: Convention, fund: Fund) -> Fund:
    context.require(Permission.ADMINISTER)
    with context.record("fund_added", convention) as act:
        _need_free_fund(context, convention.id, fund.name)
        return act.add(fund)


def revise_fund(context: ActContext, fund: Fund, name: str, amount: Decimal | None) -> None:
    """Another name or amount, from its recording; what named it before keeps its words.

    Refused where somebody has changed it since the form was loaded.
    """
    context.require(Permission.ADMINISTER)
    with context.record("fund_revised", fund) as act:
        now = next(
            one
            for one in funds_in_force(context.session, [fund.convention_id])
            if one.id == fund.id
        )
        refusals.need(
            context.seen is None or now.changed_by <= context.seen, Refusal.CHANGED_MEANWHILE
        )
        refusals.need((now.name, now.amount) != (name, amount), Refusal.ALREADY_THERE)
        _need_free_fund(context, fund.convention_id, name, other_than=fund.id)
        act.add(FundRevision(fund_id=fund.id, name=name, amount=amount))


def _need_free_fund(
    context: ActContext, convention_id: int, name: str, other_than: int | None = None
) -> None:
    """No other fund of the convention is called so, or was."""
    refusals.need(name_key(name), Refusal.NEEDS_A_NAME)
    taken = {
        name_key(known)
        for fund in funds_in_force(context.session, [convention_id])
        if fund.id != other_than
        for known in (fund.name, *fund.earlier)
    }
    refusals.need(name_key(name) not in taken, Refusal.NAME_IS_TAKEN)


def add_kind(context: ActContext, code: str, prefix: str, follows_through: bool) -> AddedKind:
    context.require(Permission.ADMINISTER)
    with context.record("kind_added") as act:
        added = context.session.scalars(
            sa.select(AddedKind).where(AddedKind.body_id == context.body_id)
        ).all()
        added_kinds.need_free(
            code, prefix, [kind.code for kind in added], [kind.prefix for kind in added]
        )
        act.subject = kind = act.add(
            AddedKind(
                body_id=context.body_id, code=code, prefix=prefix, follows_through=follows_through
            )
        )
    return kind


def close_kind(context: ActContext, kind: AddedKind) -> None:
    """No item of it is recorded by hand any more; those that are there stay."""
    context.require(Permission.ADMINISTER)
    with context.record("kind_closed", kind) as act:
        refusals.need(not _closings(context, kind), Refusal.IS_CLOSED)
        act.add(AddedKindClosing(added_kind_id=kind.id))


def reopen_kind(context: ActContext, kind: AddedKind) -> None:
    context.require(Permission.ADMINISTER)
    with context.record("kind_reopened", kind) as act:
        closings = _closings(context, kind)
        refusals.need(closings, Refusal.NOT_FROM_THERE)
        act.end(AddedKindClosing, *closings)


def _closings(context: ActContext, kind: AddedKind) -> list[int]:
    of_kind = AddedKindClosing.added_kind_id == kind.id
    in_force = sa.select(AddedKindClosing.id).where(of_kind, at(AddedKindClosing, NOW))
    return list(context.session.scalars(in_force))
