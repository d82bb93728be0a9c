"""Estimates, appropriations and expenses, in the body's currency; and why they differ."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from tracker.record import ledger
from tracker.record.items import Item
from tracker.record.money import Appropriation, Estimate, Expense, Explanation
from tracker.rules import may
from tracker.rules.codes import Basis, Stage
from tracker.rules.may import No
from tracker.rules.permissions import Permission

from .desk import Desk


@dataclass(frozen=True)
class Estimated:
    """The sentence as published, and what was understood of it. basis none means 0.00; an amount that is not sure stays None."""

    sentence: str
    basis: Basis
    amount: Decimal | None = None
    conditional: bool = False
    assumption: str | None = None
    budget: str | None = None
    stage: Stage = Stage.AS_PUBLISHED


@dataclass(frozen=True)
class Spent:
    """An expense, on the day of the spending; below zero it reverses an earlier one. Payee and note are internal."""

    amount: Decimal
    on: date
    category: str = ""
    payee: str | None = None
    note: str | None = None


def estimate(desk: Desk, item: Item, said: Estimated, on: date | None = None) -> Estimate:
    desk.require(Permission.GOVERN)
    with desk.record("estimated", item, on or desk.day_of(item)) as act:
        amount = Decimal("0.00") if said.basis is Basis.NONE else said.amount
        return act.add(Estimate(item_id=item.id, basis=said.basis, stage=said.stage, amount=amount, sentence=act.text(said.sentence),
                                conditional=said.conditional, assumption=act.maybe(said.assumption), budget=said.budget))


def appropriate(desk: Desk, item: Item, fund: str, amount: Decimal, on: date, decided_by: str | None = None) -> None:
    desk.require(Permission.GOVERN)
    with desk.record("appropriated", item, on) as act:
        act.add(Appropriation(item_id=item.id, fund=fund, amount=amount, decided_by=decided_by))


def spend(desk: Desk, item: Item, spent: Spent) -> None:
    desk.require(Permission.LOG, desk.facts(item)[0])
    with desk.record("spent", item, spent.on) as act:
        act.add(expense(act, item, spent))


def explain(desk: Desk, item: Item, words: str) -> None:
    """Why more, or less, was spent than was planned (Markdown); it is published as it is, and the newest counts."""
    with desk.record("explained", item) as act:
        facts = desk.facts(item)[0]
        desk.require(Permission.LOG, facts)
        may.need(words.strip(), No.NEEDS_WORDS)
        newest = desk.session.scalar(sa.select(sa.func.max(Explanation.recorded_by)).where(Explanation.item_id == item.id))
        may.need(desk.seen is None or not newest or newest <= desk.seen, No.CHANGED_MEANWHILE)
        act.add(Explanation(item_id=item.id, words=act.text(words), by_office=not desk.as_staff(facts)))


def expense(act: ledger.Act, item: Item, spent: Spent, entry_id: int | None = None) -> Expense:
    return Expense(item_id=item.id, category=spent.category, amount=spent.amount, payee=act.maybe(spent.payee), note=act.maybe(spent.note),
                   entry_id=entry_id)
