"""The rows of a list of items, one line each. Shows units and delegations, never persons; the same to everybody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.load import load
from tracker.record.now import Now
from tracker.rules import money
from tracker.rules.codes import (
    Change,
    Claimed,
    Decision,
    Effect,
    Floor,
    Group,
    Kind,
    MoneySaid,
    Part,
    Result,
    Standing,
    Verdict,
)
from tracker.rules.facts import Assignment, Facts, FloorAction, ReferralDecision, newest
from tracker.rules.reasons import Because
from tracker.rules.standing import LEAST_ADVANCED_FIRST, unheard

from .around import Around
from .case import UNITS
from .identity import Identity, identity
from .judged import is_day
from .pieces import BROUGHT_IT
from .shown import ItemRef, Reason, Value


@dataclass(frozen=True)
class Row:
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
    reason: Reason
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
    search: str  # what a search looks through

    @property
    def directs(self) -> bool:
        return any(each.effect is Effect.DIRECTS for each in self.floor)


def rows(session: Session, near: Around, answers: Mapping[int, Now], as_of: AsOf) -> list[Row]:
    """One for each answer. The items to which their duty went are read along, so that they can be named."""
    reasons = {key: _parsed(now.reason) for key, now in answers.items()}
    elsewhere = {now.by_way_of for now in answers.values() if now.by_way_of} | {
        value for _, values in reasons.values() if isinstance(value := values.get("target"), int)
    }
    keys = [*answers, *(elsewhere - answers.keys())]
    around_them = (near.settings, near.clocks, near.added_kinds)
    found = load(session, near.body.id, keys, as_of, around_them, words=True)
    names = {key: identity(facts, near) for key, facts in found.items()}
    return [
        _row(names[key], found[key], now, reasons[key], near, names, as_of)
        for key, now in answers.items()
        if key in names
    ]


def _parsed(reason: str) -> tuple[str, dict[str, Any]]:
    code, values = json.loads(reason)
    return code, {name: is_day(value) or value for name, value in values.items()}


def _row(
    own: Identity,
    facts: Facts,
    now: Now,
    reason: tuple[str, dict[str, Any]],
    near: Around,
    names: Mapping[int, Identity],
    as_of: AsOf,
) -> Row:
    floor = in_force(facts.floor)
    refers = next((each for each in floor if each.action.effect is Effect.REFERS), None)
    brought = [each for each in facts.floor_people if each.part in BROUGHT_IT]
    delegations = tuple(
        dict.fromkeys(
            name for each in brought if (name := near.delegations.get(each.delegation_id or 0))
        )
    )
    text = own.versions[0].words if own.versions else None
    term = own.convention.term_ends_on
    given = facts.appropriations
    paid = [each for each in facts.expenses if facts.was_released(each.entry_id)]
    unit = _lead(facts)
    estimate = money.in_force(facts.estimates)
    return Row(
        id=own.id,
        path=own.path,
        code=own.code,
        kind=own.kind,
        number=own.number,
        normalised=own.normalised,
        year=own.convention.year,
        title=own.title or "",
        title_is_ours=own.title_is_ours,
        delegations=delegations,
        floor=tuple(each.action for each in floor),
        floor_on=floor[0].on if floor and floor[0].day_known else None,
        referred_to=(near.units.get(refers.unit_id or 0) or refers.referred_to) if refers else None,
        lead=near.units.get(unit) if unit else None,
        lead_ended=any(each.part is Part.LEAD and each.ended_on for each in facts.assignments_ever),
        standing=now.standing,
        unheard=unheard(now.standing, now.last_word),
        late=now.late,
        past_term=now.standing in LEAST_ADVANCED_FIRST and term is not None and as_of.on > term,
        verdict=now.verdict,
        reason=_reason(reason, near, names, as_of),
        due=now.due,
        follows_through=_follows_through(own.kind, near),
        change=now.change,
        change_words=_change_words(facts, now.change),
        by_way_of=names[now.by_way_of].ref
        if now.by_way_of is not None and now.by_way_of in names
        else None,
        done_on=now.done_on,
        last_word=now.last_word,
        estimate=estimate.amount if estimate else None,
        appropriated=sum((each.amount for each in given), Decimal(0)) if given else None,
        spent=sum((each.amount for each in paid), Decimal(0)) if paid else None,
        not_accounted_for=_not_accounted(facts, now) and not paid,
        group=now.group,
        search=" ".join(part for part in (own.title, text, *delegations) if part),
    )


def in_force(actions: Iterable[FloorAction]) -> list[FloorAction]:
    """The floor's newest action, and beside what directs what refers, of the same day."""
    ordered = sorted(actions, key=lambda each: (each.on, each.position, each.event), reverse=True)
    beside = (Effect.DIRECTS, Effect.REFERS)
    return (
        ordered[:1]
        + [
            each
            for each in ordered[1:]
            if each.on == ordered[0].on
            and each.action.effect in beside
            and ordered[0].action.effect in beside
            and each.action.effect is not ordered[0].action.effect
        ][:1]
    )


def _lead(facts: Facts) -> int | None:
    """Of the first clause: the newest lead, or the unit that accepted a referral."""
    leads: list[Assignment | ReferralDecision] = [
        each for each in facts.assignments if each.part is Part.LEAD
    ]
    leads += [
        each
        for each in facts.decisions
        if each.decision in (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART)
    ]
    found = newest(leads)
    return found.unit_id if found else None


def _follows_through(kind: str, near: Around) -> bool:
    return Kind(kind).follows_through if kind in list(Kind) else kind in near.added_kinds


def _change_words(facts: Facts, change: Change | None) -> str | None:
    """What the confirmed outcome says; not where it is withheld."""
    withheld = {each.outcome_id for each in facts.withholdings}
    for outcome in facts.outcomes:
        last = facts.review(outcome=outcome.id)
        if (
            change
            and outcome.level.value == change.value
            and last
            and last.result is Result.CONFIRMED
            and outcome.id not in withheld
        ):
            return outcome.words
    return None


def _not_accounted(facts: Facts, now: Now) -> bool:
    last = max(
        (
            claim
            for claim in facts.claims
            if claim.claimed is Claimed.DONE and facts.was_released(claim.entry_id)
        ),
        key=lambda claim: (claim.on, claim.event),
        default=None,
    )
    return bool(last and last.money is MoneySaid.NOT_KNOWN_YET) and now.verdict in (
        Verdict.CARRIED_OUT,
        Verdict.PARTLY_CARRIED_OUT,
        Verdict.REPORTED_DONE,
    )


def _reason(
    parsed: tuple[str, dict[str, Any]], near: Around, names: Mapping[int, Identity], as_of: AsOf
) -> Reason:
    code, values = parsed
    said: dict[str, Value] = {"today": as_of.on, "limit": near.settings.silence_days}
    for name, value in values.items():
        if name in UNITS:
            said[name] = near.units.get(value, "")
        elif name != "target":
            said[name] = value
        elif value in names:
            said[name] = names[value].ref
    return Reason(Because(code), said)
