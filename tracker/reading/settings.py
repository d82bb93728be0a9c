"""The settings of a body, each with its value, from when it holds and by whom; and what another
silence limit would say of its items today. For those who administer it, and those who read all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, AsOf, at
from tracker.record.bodies import BodySetting
from tracker.record.items import Item
from tracker.record.ledger_tables import Event
from tracker.record.loader import load
from tracker.record.summary import ItemSummary, on_day
from tracker.record.surroundings import any_amount_recorded, surroundings
from tracker.rules.codes import Verdict
from tracker.rules.item_state import derive
from tracker.rules.settings import DEFAULTS

from .body_context import BodyContext
from .models import ConventionDetails, ItemRef
from .naming import namings, references

FOUNDED = "body_described"  # the kind of event that sets a new body's settings
NAMED_ITEMS = 12  # of each convention, in what a change would do


@dataclass(frozen=True, kw_only=True)
class EarlierValue:
    value: str
    since: date


@dataclass(frozen=True, kw_only=True)
class SettingDetails:
    name: str  # a name of `rules.settings.DEFAULTS`
    value: str
    since: date
    actor_id: int | None  # who set it (0: the command line); None: as the body was set up
    seen: int  # the event that set it; 0: none did
    earlier: tuple[EarlierValue, ...]  # the newest first
    settled: bool = False  # it cannot be changed any more


def load_settings(session: Session, body_context: BodyContext) -> dict[str, SettingDetails]:
    """By name, in the order of `DEFAULTS`. At most four statements."""
    rows = session.execute(
        sa.select(
            BodySetting.name,
            BodySetting.value,
            BodySetting.recorded_by,
            Event.effective_on,
            Event.kind,
            Event.actor_id,
        )
        .join(Event, Event.id == BodySetting.recorded_by)
        .where(BodySetting.body_id == body_context.body.id, at(BodySetting, NOW))
        .order_by(BodySetting.recorded_by.desc(), BodySetting.id.desc())
    )
    rows_by_name = defaultdict(list)
    for row in rows:
        rows_by_name[row.name].append(row)
    details = {}
    for name, default in DEFAULTS.items():
        history = rows_by_name[name]
        if not history:
            details[name] = SettingDetails(
                name=name,
                value=default,
                since=body_context.record_began,
                actor_id=None,
                seen=0,
                earlier=(),
            )
            continue
        newest, *earlier = history
        before = [EarlierValue(value=row.value, since=row.effective_on) for row in earlier]
        was_set_up = any(row.kind == FOUNDED for row in history)
        if default and not was_set_up:
            before.append(EarlierValue(value=default, since=body_context.record_began))
        details[name] = SettingDetails(
            name=name,
            value=newest.value,
            since=newest.effective_on,
            actor_id=None if newest.kind == FOUNDED else newest.actor_id,
            seen=newest.recorded_by,
            earlier=tuple(before),
        )
    if any_amount_recorded(session, body_context.body.id):
        details["currency"] = replace(details["currency"], settled=True)
    return details


@dataclass(frozen=True, kw_only=True)
class ChangedItems:
    """Of one convention: items that would answer otherwise today."""

    convention: ConventionDetails
    items: tuple[ItemRef, ...]  # the first of them
    count: int


@dataclass(frozen=True, kw_only=True)
class SilencePreview:
    """What another silence limit would say today."""

    more: tuple[ChangedItems, ...]  # would be without a word
    fewer: tuple[ChangedItems, ...]  # would be so no more

    @property
    def more_count(self) -> int:
        return sum(changed.count for changed in self.more)

    @property
    def fewer_count(self) -> int:
        return sum(changed.count for changed in self.fewer)


def preview_silence(
    session: Session, body_context: BodyContext, silence_days: int, today: date
) -> SilencePreview:
    """Derives anew every item that is open and measured by silence; nothing is written."""
    body_id = body_context.body.id
    measured = session.execute(
        sa.select(ItemSummary.item_id, ItemSummary.convention_id, ItemSummary.verdict)
        .join(Item, Item.id == ItemSummary.item_id)
        .where(Item.body_id == body_id, on_day(today), ItemSummary.quiet_since.is_not(None))
        .order_by(ItemSummary.convention_id, ItemSummary.sort_key)
    ).all()
    body_settings, clocks, kinds = surroundings(session, body_id, NOW)
    other_settings = replace(body_settings, silence_days=silence_days)
    as_of = AsOf(today)
    facts = load(
        session,
        body_id,
        [row.item_id for row in measured],
        as_of,
        (other_settings, clocks, kinds),
    )
    more: dict[int, list[int]] = defaultdict(list)
    fewer: dict[int, list[int]] = defaultdict(list)
    for item_id, convention_id, verdict in measured:
        before = verdict is Verdict.NO_WORD
        after = derive(item_id, facts).answer.verdict is Verdict.NO_WORD
        if before != after:
            (more if after else fewer)[convention_id].append(item_id)
    return SilencePreview(
        more=_changed(session, body_context, more, today),
        fewer=_changed(session, body_context, fewer, today),
    )


def _changed(
    session: Session, body_context: BodyContext, by_convention: dict[int, list[int]], today: date
) -> tuple[ChangedItems, ...]:
    as_of = AsOf(today)
    named = [item_id for keys in by_convention.values() for item_id in keys[:NAMED_ITEMS]]
    names = namings(session, body_context, named, as_of) if named else {}
    refs = references(session, body_context, names, as_of)
    return tuple(
        ChangedItems(
            convention=body_context.conventions[convention_id],
            items=tuple(refs[item_id] for item_id in keys[:NAMED_ITEMS] if item_id in refs),
            count=len(keys),
        )
        for convention_id, keys in by_convention.items()
    )
