"""The rows of a list of items: one line each, projected from their states.

They show units and delegations, never persons, and are the same to everybody.
"""

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
from tracker.rules.codes import Effect, Floor, Group
from tracker.rules.reasons import ReasonCode

from .body_context import BodyContext
from .item_models import ItemAnswers
from .models import ItemRef, NamedReason
from .naming import Naming, namings, outcome_words, reference, references, referred_to
from .reasons import ITEM_VALUE, named_reason
from .tallies import floor_codes


@dataclass(frozen=True, kw_only=True)
class ItemListRow(ItemAnswers):
    """One item in a list. None: nothing on record."""

    id: int
    path: str
    code: str
    kind: str  # a code of rules.codes.Kind, or one that the body added
    number: str | None
    normalised: str
    year: int | None  # of its convention
    title: str
    title_is_ours: bool
    delegations: tuple[str, ...]
    floor: tuple[Floor, ...]  # what is in force: what directs beside what refers
    floor_on: date | None
    referred_to: str | None
    lead: str | None  # the unit
    follows_through: bool  # the kind needs it
    change_words: str | None  # of the outcome that says so
    last_word: date | None
    estimate: Decimal | None
    appropriated: Decimal | None
    spent: Decimal | None
    not_accounted_for: bool
    group: Group | None  # the cohort's column

    def __hash__(self) -> int:
        """By what tells most apart.

        A hash of all fields would cost more than to compare the few rows that share one.
        """
        return hash((self.id, self.verdict, self.last_word))

    @property
    def directs(self) -> bool:
        return any(action.effect is Effect.DIRECTS for action in self.floor)


def rows(
    session: Session, body_context: BodyContext, listed: Collection[ListedItem], as_of: AsOf
) -> list[ItemListRow]:
    """One for each of these items, in their order. The items to which their duty went are named."""
    reasons = {item.item_id: _summary_reason(item.reason) for item in listed}
    other_ids = {item.by_way_of for item in listed if item.by_way_of is not None}
    for reason in reasons.values():
        target = reason.values.get(ITEM_VALUE)
        if isinstance(target, int):
            other_ids.add(target)
    own_ids = {item.item_id for item in listed}
    names = namings(session, body_context, own_ids | other_ids, as_of)
    other_items = references(
        session, body_context, {item_id: names[item_id] for item_id in other_ids}, as_of
    )
    words_of_changes = outcome_words(
        session, [item.change_outcome_id for item in listed if item.change_outcome_id is not None]
    )
    receivers = _receivers(session, body_context, listed)
    return [
        _row(
            item,
            body_context,
            names[item.item_id],
            change_words=words_of_changes.get(item.change_outcome_id or 0),
            referred_to=receivers.get(item.item_id),
            reason=named_reason(
                reasons[item.item_id].code,
                reasons[item.item_id].values.items(),
                body_context,
                item_ref=other_items.get,
                today=as_of.on,
            ),
            by_way_of=other_items.get(item.by_way_of or 0),
        )
        for item in listed
    ]


def _receivers(
    session: Session, body_context: BodyContext, listed: Collection[ListedItem]
) -> dict[int, str | None]:
    """To whom each item was referred: the unit's name, else the words of the source."""
    units = body_context.units
    without_unit = [
        item.referral_id
        for item in listed
        if item.referral_id is not None and item.referred_unit_id not in units
    ]
    words = referred_to(session, without_unit)
    return {
        item.item_id: units.get(item.referred_unit_id or 0) or words.get(item.referral_id or 0)
        for item in listed
    }


def _row(
    item: ListedItem,
    body_context: BodyContext,
    naming: Naming,
    *,
    change_words: str | None,
    referred_to: str | None,
    reason: NamedReason,
    by_way_of: ItemRef | None,
) -> ItemListRow:
    ref = reference(
        item.item_id,
        body_context.conventions[item.convention_id],
        kind=item.kind,
        prefix=body_context.prefixes.get(item.kind, item.kind),
        number=item.number,
        as_published=item.as_published,
        title=naming.title or "",
    )
    lead_id = item.lead_unit_id
    return ItemListRow(
        id=ref.id,
        path=ref.path,
        code=ref.code,
        kind=ref.kind,
        number=ref.number,
        normalised=item.number,
        year=ref.year,
        title=ref.title,
        title_is_ours=naming.title_is_ours,
        delegations=naming.delegations,
        floor=floor_codes(item.floor),
        floor_on=item.floor_on,
        referred_to=referred_to,
        lead=body_context.units.get(lead_id) if lead_id is not None else None,
        lead_ended=item.lead_ended,
        standing=item.standing,
        unheard=item.unheard,
        late=item.late,
        past_term=item.past_term,
        verdict=item.verdict,
        reason=reason,
        due=item.due,
        follows_through=item.follows_through,
        change=item.change,
        change_words=change_words,
        by_way_of=by_way_of,
        done_on=item.done_on,
        last_word=item.last_word,
        estimate=item.estimate,
        appropriated=item.appropriated,
        spent=item.spent,
        not_accounted_for=item.not_accounted_for,
        group=item.group,
    )


# --- the reason as the summary of an item keeps it ---


@dataclass(frozen=True)
class SummaryReason:
    """A code and its values, with ids where names will stand."""

    code: ReasonCode
    values: Mapping[str, str | int | date]


@lru_cache(4096)
def _summary_reason(text: str) -> SummaryReason:
    code, values = json.loads(text)
    return SummaryReason(
        code=ReasonCode(code),
        values={name: _day(value) or value for name, value in values.items()},
    )


def _day(value: str | int) -> date | None:
    """A date as the summary spells it: 2025-03-31."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return None
