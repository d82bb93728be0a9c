"""The three amounts of an item, as they are shown; payees and notes only to those who read the internal part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tracker.rules.codes import Claimed, MoneySaid
from tracker.rules.facts import newest
from tracker.rules.money import in_force, variance
from tracker.rules.standing import LEAST_ADVANCED_FIRST

from .case import Case
from .identity import day_of_version
from .shown import AppropriationLine, EstimateLine, ExpenseLine, Explained, Money


def money(case: Case) -> Money:
    said = case.near.settings
    estimates = {
        row.id: EstimateLine(
            row.id,
            row.stage,
            row.amount,
            row.basis,
            row.conditional,
            row.assumption,
            row.budget,
            row.sentence,
            day_of_version(row),
        )
        for row in case.rows["estimates"]
    }
    counts = in_force(case.facts.estimates)
    estimate = estimates.get(counts.id) if counts else None
    given = sorted(case.rows["appropriations"], key=lambda row: (row.on, row.id))
    expenses = sorted(case.rows["expenses"], key=lambda row: (row.on, row.id))
    paid = [row for row in expenses if row.released]
    waiting = [row for row in expenses if not row.released] if case.inside else []
    appropriated = sum((row.amount for row in given), Decimal(0)) if given else None
    spent = sum((row.amount for row in paid), Decimal(0)) if paid else None
    found = variance(
        estimate.amount if estimate else None, appropriated, spent, said.variance_percent
    )
    if found and found.difference < 0 and case.answer.standing.code in LEAST_ADVANCED_FIRST:
        found = None  # of an open item: there is time left to spend the rest
    answer = newest(
        claim
        for claim in case.facts.claims
        if claim.claimed is Claimed.DONE and case.facts.released(entry=claim.entry_id)
    )
    return Money(
        said.currency,
        estimate,
        tuple(estimates[key] for key in sorted(estimates, reverse=True)),
        tuple(
            AppropriationLine(
                row.fund, row.amount, row.on if row.day_known else None, row.decided_by
            )
            for row in given
        ),
        tuple(expense_line(case, row) for row in paid),
        appropriated,
        spent,
        found.difference if found else None,
        ("appropriated" if found.of_appropriated else "estimated") if found else None,
        found.percent if found else None,
        bool(found and found.beyond_the_limit),
        said.variance_percent,
        answer.money if answer else None,
        bool(answer and answer.money is MoneySaid.NOT_KNOWN_YET and not paid),
        _explained(case),
        tuple(expense_line(case, row) for row in waiting),
        case.inside and any(not row.released for row in case.rows["explanations"]),
    )


def expense_line(case: Case, row: Any) -> ExpenseLine:
    """The amount keeps its effect when the entry that it belongs to is withheld; what it was for is withheld with that."""
    told = not (row.entry_id and case.hidden("entry", row.entry_id))
    inside = told and case.inside
    return ExpenseLine(
        row.on if row.day_known else None,
        row.category if told else "",
        row.amount,
        row.payee if inside else None,
        row.note if inside else None,
    )


def _explained(case: Case) -> Explained | None:
    """The newest that was released."""
    row = next((row for row in reversed(case.rows["explanations"]) if row.released), None)
    if row and row.entry_id and case.hidden("entry", row.entry_id):
        return None
    return (
        Explained(row.words, row.on, None if row.by_office else case.author_unit(row.actor))
        if row and row.words
        else None
    )  # no words: erased
