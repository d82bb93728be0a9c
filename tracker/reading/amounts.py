"""The three amounts of an item, as they are shown; payees and notes only to those who read the internal part."""

from __future__ import annotations

from tracker.rules.facts import ExpenseFact
from tracker.rules.money import variance
from tracker.rules.standing import LEAST_ADVANCED_FIRST

from .identity import day_of_version
from .item_context import ItemContext
from .item_models import (
    AppropriationLine,
    EstimateLine,
    ExpenseLine,
    ExplanationDetails,
    MoneyDetails,
)


def money(case: ItemContext) -> MoneyDetails:
    said, amounts = case.near.settings, case.state.money
    estimates = {
        each.id: EstimateLine(
            each.id,
            each.stage,
            each.amount,
            each.basis,
            each.conditional,
            each.assumption,
            each.budget,
            each.sentence,
            day_of_version(each),
        )
        for each in case.facts.estimates
    }
    counts = amounts.estimate
    estimate = estimates.get(counts.id) if counts else None
    given = sorted(case.facts.appropriations, key=lambda each: (each.on, each.id))
    expenses = sorted(case.facts.expenses, key=lambda each: (each.on, each.id))
    paid = [each for each in expenses if case.facts.was_released(each.entry_id)]
    waiting = [
        each for each in expenses if case.inside and not case.facts.was_released(each.entry_id)
    ]
    found = variance(amounts.estimated, amounts.appropriated, amounts.spent, said.variance_percent)
    if found and found.difference < 0 and case.answer.standing.code in LEAST_ADVANCED_FIRST:
        found = None  # of an open item: there is time left to spend the rest
    return MoneyDetails(
        said.currency,
        estimate,
        tuple(estimates[key] for key in sorted(estimates, reverse=True)),
        tuple(
            AppropriationLine(
                each.fund, each.amount, each.on if each.day_known else None, each.decided_by
            )
            for each in given
        ),
        tuple(expense_line(case, each) for each in paid),
        amounts.appropriated,
        amounts.spent,
        found.difference if found else None,
        ("appropriated" if found.of_appropriated else "estimated") if found else None,
        found.percent if found else None,
        bool(found and found.beyond_the_limit),
        said.variance_percent,
        amounts.said,
        amounts.not_accounted_for,
        _explained(case),
        tuple(expense_line(case, each) for each in waiting),
        case.inside and case.state.waiting.explanation,
    )


def expense_line(case: ItemContext, expense: ExpenseFact) -> ExpenseLine:
    """The amount keeps its effect when the entry that it belongs to is withheld; what it was for is withheld with that."""
    told = not (expense.entry_id and case.hidden("entry", expense.entry_id))
    inside = told and case.inside
    return ExpenseLine(
        expense.on if expense.day_known else None,
        expense.category if told else "",
        expense.amount,
        expense.payee if inside else None,
        expense.note if inside else None,
    )


def _explained(case: ItemContext) -> ExplanationDetails | None:
    """The newest that was released; not where it is withheld or erased."""
    released = [each for each in case.facts.explanations if case.facts.was_released(each.entry_id)]
    if not released:
        return None
    newest = released[-1]
    if not newest.words or (newest.entry_id and case.hidden("entry", newest.entry_id)):
        return None
    unit = None if newest.by_office else case.author_unit(newest.actor)
    return ExplanationDetails(newest.words, newest.on, unit)
