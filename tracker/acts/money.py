"""Estimates, appropriations and expenses, in the body's currency; and why they differ.

What was spent, and why, are entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import format_currency

from tracker.record.as_of import NOW
from tracker.record.items import Item
from tracker.record.ledger import Act
from tracker.record.money import Appropriation, Estimate
from tracker.record.progress import Entry
from tracker.record.surroundings import settings
from tracker.rules.codes import Basis, Stage
from tracker.rules.permissions import Permission

from . import progress
from .act_context import ActContext
from .corrections import recording
from .expenses import NewExpense
from .progress import NewEntry

__all__ = ["NewEstimate", "NewExpense", "appropriate", "estimate", "explain", "spend"]


@dataclass(frozen=True, kw_only=True)
class NewEstimate:
    """The sentence as published, and what was understood of it. basis none means 0.00; an amount
    that is not sure stays None.
    """

    sentence: str
    basis: Basis
    amount: Decimal | None = None
    conditional: bool = False
    assumption: str | None = None
    budget: str | None = None
    stage: Stage = Stage.AS_PUBLISHED


def estimate(
    context: ActContext,
    item: Item,
    new_estimate: NewEstimate,
    on: date | None = None,
    corrects: Estimate | None = None,
) -> Estimate:
    """Records an estimate, dated as the item unless a day is given."""
    context.require(Permission.GOVERN)
    if on is None and corrects is None:
        on = context.day_of(item)
    with recording(context, "estimated", item, on, corrects=corrects) as act:
        context.need_unchanged(item, "estimates")
        return write_estimate(act, item, new_estimate)


def write_estimate(act: Act, item: Item, new_estimate: NewEstimate) -> Estimate:
    amount = Decimal("0.00") if new_estimate.basis is Basis.NONE else new_estimate.amount
    return act.add(
        Estimate(
            item_id=item.id,
            basis=new_estimate.basis,
            stage=new_estimate.stage,
            amount=amount,
            sentence=act.keep_text(new_estimate.sentence),
            conditional=new_estimate.conditional,
            assumption=act.keep_optional_text(new_estimate.assumption),
            budget=new_estimate.budget,
        )
    )


def appropriate(
    context: ActContext,
    item: Item,
    fund: str,
    amount: Decimal,
    on: date,
    decided_by: str | None = None,
    corrects: Appropriation | None = None,
) -> None:
    """Records money given to the item; below zero it cuts what was given before."""
    context.require(Permission.GOVERN)
    with recording(context, "appropriated", item, on, corrects=corrects) as act:
        context.need_unchanged(item, "appropriations")
        write_appropriation(act, item, fund, amount, decided_by)


def write_appropriation(
    act: Act, item: Item, fund: str, amount: Decimal, decided_by: str | None = None
) -> None:
    act.add(Appropriation(item_id=item.id, fund=fund, amount=amount, decided_by=decided_by))


def spend(context: ActContext, item: Item, expense: NewExpense, words: str | None = None) -> Entry:
    """An expense by itself is an entry that says what it was for.

    It waits for release, and counts from then on.
    """
    return progress.log(
        context,
        item,
        NewEntry(words=words or _in_words(context, expense), on=expense.on, expenses=[expense]),
    )


def _in_words(context: ActContext, expense: NewExpense) -> str:
    """Printing, $4,800.00."""
    currency = settings(context.session, context.body_id, NOW).currency
    amount = format_currency(expense.amount, currency, locale="en_US")
    return f"{expense.category or 'Spent'}, {amount}"


def explain(context: ActContext, item: Item, words: str) -> Entry:
    """Why more, or less, was spent than was planned (Markdown).

    An entry, published by its release; the newest counts.
    """
    return progress.log(context, item, NewEntry(words=words, on=context.today, explains=True))
