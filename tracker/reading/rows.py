"""The rows of a list of items: one line each, projected from their states. Shows units and delegations, never persons; the same to everybody."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.summary import ListedItem
from tracker.rules.codes import Change, Effect, Floor, Group, Standing, Verdict
from tracker.rules.reasons import ReasonCode

from .body_context import BodyContext
from .item_models import ItemRef, NamedReason, Value
from .listing import floor_codes
from .naming import Naming, namings, outcome_words, reference, references, referred_to
from .reasons import UNIT_VALUES


@dataclass(frozen=True, kw_only=True)
class KeptReason:
    """As the summary has it: ids stand where names will."""

    code: ReasonCode
    values: Mapping[str, str | int | date]


@lru_cache(4096)
def _kept_reason(text: str) -> KeptReason:
    code, values = json.loads(text)
    dated = {name: _day(value) or value for name, value in values.items()}
    return KeptReason(code=ReasonCode(code), values=dated)


@dataclass(frozen=True, kw_only=True)
class ItemListRow:
    """One item in a list. None: nothing on record."""

    id: int
    path: str
    code: str
    kind: str  # a code of rules.codes.Kind, or one that the body added
    number: str | None
    normalised: str
    year: int | None
    title: str
    title_is_ours: bool
    delegations: tuple[str, ...]
    floor: tuple[Floor, ...]  # what is in force: what directs beside what refers
    floor_on: date | None
    referred_to: str | None
    lead: str | None  # the unit
    lead_ended: bool  # somebody had the lead and has it no more
    standing: Standing
    unheard: bool  # lapsed without a word ever
    late: bool
    past_term: bool
    verdict: Verdict
    reason: NamedReason
    due: bool
    follows_through: bool  # the kind needs it
    change: Change | None
    change_words: str | None  # of the outcome that says so
    by_way_of: ItemRef | None
    done_on: date | None
    last_word: date | None
    estimate: Decimal | None
    appropriated: Decimal | None
    spent: Decimal | None
    not_accounted_for: bool
    group: Group | None  # the cohort's column

    def __hash__(self) -> int:
        """By what tells most apart: a hash of all fields would cost more than to compare the few rows that share one."""
        return hash((self.id, self.verdict, self.last_word))

    @property
    def directs(self) -> bool:
        return any(each.effect is Effect.DIRECTS for each in self.floor)


def rows(
    session: Session, near: BodyContext, listed: Collection[ListedItem], as_of: AsOf
) -> list[ItemListRow]:
    """One for each of these items, in their order. The items to which their duty went are named."""
    reasons = {own.item_id: _kept_reason(own.reason) for own in listed}
    elsewhere = {own.by_way_of for own in listed if own.by_way_of is not None}
    elsewhere |= {
        target
        for reason in reasons.values()
        if isinstance(target := reason.values.get("target"), int)
    }
    own_keys = {own.item_id for own in listed}
    names = namings(session, near, own_keys | elsewhere, as_of)
    others = references(session, near, {key: names[key] for key in elsewhere}, as_of)
    words = outcome_words(
        session, [own.change_outcome_id for own in listed if own.change_outcome_id is not None]
    )
    to_nobody = [
        own.referral_id
        for own in listed
        if own.referral_id is not None and own.referred_unit_id not in near.units
    ]
    referred = referred_to(session, to_nobody)
    return [
        _row(
            own,
            near,
            names[own.item_id],
            change_words=words.get(own.change_outcome_id or 0),
            referred=near.units.get(own.referred_unit_id or 0)
            or referred.get(own.referral_id or 0),
            reason=_reason(reasons[own.item_id], near, others, as_of),
            by_way_of=others.get(own.by_way_of or 0),
        )
        for own in listed
    ]


def _row(
    own: ListedItem,
    near: BodyContext,
    named: Naming,
    *,
    change_words: str | None,
    referred: str | None,
    reason: NamedReason,
    by_way_of: ItemRef | None,
) -> ItemListRow:
    ref = reference(
        own.item_id,
        near,
        own.convention_id,
        own.kind,
        own.number,
        own.as_published,
        named.title or "",
    )
    return ItemListRow(
        id=ref.id,
        path=ref.path,
        code=ref.code,
        kind=ref.kind,
        number=ref.number,
        normalised=own.number,
        year=ref.year,
        title=ref.title,
        title_is_ours=named.title_is_ours,
        delegations=named.delegations,
        floor=floor_codes(own.floor),
        floor_on=own.floor_on,
        referred_to=referred,
        lead=near.units.get(own.lead_unit_id) if own.lead_unit_id is not None else None,
        lead_ended=own.lead_ended,
        standing=own.standing,
        unheard=own.unheard,
        late=own.late,
        past_term=own.past_term,
        verdict=own.verdict,
        reason=reason,
        due=own.due,
        follows_through=own.follows_through,
        change=own.change,
        change_words=change_words,
        by_way_of=by_way_of,
        done_on=own.done_on,
        last_word=own.last_word,
        estimate=own.estimate,
        appropriated=own.appropriated,
        spent=own.spent,
        not_accounted_for=own.not_accounted_for,
        group=own.group,
    )


def _reason(
    kept: KeptReason, near: BodyContext, others: Mapping[int, ItemRef], as_of: AsOf
) -> NamedReason:
    """With names in place of ids; `today` and `limit` are there to count days by."""
    said: dict[str, Value] = {"today": as_of.on, "limit": near.settings.silence_days}
    for name, value in kept.values.items():
        if name in UNIT_VALUES and isinstance(value, int):
            said[name] = near.units.get(value, "")
        elif name != "target":
            said[name] = value
        elif isinstance(value, int) and value in others:
            said[name] = others[value]
    return NamedReason(kept.code, said)


def _day(value: str | int) -> date | None:
    """A date as the summary spells it."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return None
