"""The three amounts of an item, as they are shown.

Payees and notes only to those who read the internal part. Amounts are in the body's currency.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.rules.clause_standing import OPEN
from tracker.rules.facts import AppropriationFact, EstimateFact, ExpenseFact
from tracker.rules.money import Variance, variance

from .identity import day_of_version
from .item_context import ItemContext
from .money_models import (
    AppropriationLine,
    EstimateLine,
    ExpenseLine,
    ExplanationDetails,
    MoneyDetails,
)


def money(item: ItemContext) -> MoneyDetails:
    settings = item.body_context.settings
    amounts = item.state.money
    estimates = {estimate.id: _estimate_line(estimate) for estimate in item.facts.estimates}
    in_force = amounts.estimate
    difference = _difference(item)
    against = None
    if difference:
        against = "appropriated" if difference.of_appropriated else "estimated"
    return MoneyDetails(
        currency=settings.currency,
        estimate=estimates.get(in_force.id) if in_force else None,
        estimates=tuple(estimates[key] for key in sorted(estimates, reverse=True)),
        appropriations=_appropriations(item.facts.appropriations),
        expenses=_expenses(item, released=True),
        appropriated=amounts.appropriated,
        spent=amounts.spent,
        difference=difference.difference if difference else None,
        against=against,
        percent=difference.percent if difference else None,
        beyond_limit=bool(difference and difference.beyond_the_limit),
        limit_percent=settings.variance_percent,
        money_said=amounts.money_said,
        not_accounted_for=amounts.not_accounted_for,
        explanation=_explanation(item),
        waiting=_expenses(item, released=False) if item.inside else (),
        explanation_waits=item.inside and item.state.waiting.explanation,
    )


def _difference(item: ItemContext) -> Variance | None:
    """Of what was spent to what was appropriated, else estimated.

    Not where less was spent on an open item: there is time left to spend the rest.
    """
    amounts = item.state.money
    difference = variance(
        amounts.estimated,
        amounts.appropriated,
        amounts.spent,
        item.body_context.settings.variance_percent,
    )
    is_open = item.answer.standing.code in OPEN
    if difference and difference.difference < 0 and is_open:
        return None
    return difference


def _estimate_line(estimate: EstimateFact) -> EstimateLine:
    return EstimateLine(
        id=estimate.id,
        stage=estimate.stage,
        amount=estimate.amount,
        basis=estimate.basis,
        conditional=estimate.conditional,
        assumption=estimate.assumption,
        budget=estimate.budget,
        sentence=estimate.sentence,
        on=day_of_version(estimate),
    )


def _appropriations(facts: Iterable[AppropriationFact]) -> tuple[AppropriationLine, ...]:
    """In the order of their days."""
    in_order = sorted(facts, key=lambda appropriation: (appropriation.on, appropriation.id))
    return tuple(
        AppropriationLine(
            id=appropriation.id,
            fund=appropriation.fund,
            amount=appropriation.amount,
            on=appropriation.on if appropriation.day_known else None,
            decided_by=appropriation.decided_by,
        )
        for appropriation in in_order
    )


def _expenses(item: ItemContext, *, released: bool) -> tuple[ExpenseLine, ...]:
    """In the order of their days: those that were released with their entry, or those that wait."""
    in_order = sorted(item.facts.expenses, key=lambda expense: (expense.on, expense.id))
    return tuple(
        expense_line(item, expense)
        for expense in in_order
        if item.facts.was_released(expense.entry_id) is released
    )


def expense_line(item: ItemContext, expense: ExpenseFact) -> ExpenseLine:
    """An expense as this audience reads it.

    The amount keeps its effect when the entry that it belongs to is withheld; what it was for is
    withheld with that.
    """
    withheld = bool(expense.entry_id and item.hidden("entry", expense.entry_id))
    inside = item.inside and not withheld
    return ExpenseLine(
        on=expense.on if expense.day_known else None,
        category="" if withheld else expense.category,
        amount=expense.amount,
        payee=expense.payee if inside else None,
        note=expense.note if inside else None,
    )


def _explanation(item: ItemContext) -> ExplanationDetails | None:
    """The newest that was released; not where it is withheld or erased."""
    released = [
        explanation
        for explanation in item.facts.explanations
        if item.facts.was_released(explanation.entry_id)
    ]
    if not released:
        return None
    newest = released[-1]
    if not newest.words or (newest.entry_id and item.hidden("entry", newest.entry_id)):
        return None
    unit = None if newest.by_office else item.author_unit(newest.actor)
    return ExplanationDetails(words=newest.words, on=newest.on, unit=unit)
