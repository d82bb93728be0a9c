"""The three amounts of an item, as they are shown; payees and notes only to those who read the internal part."""
from __future__ import annotations

from decimal import Decimal

from tracker.rules.codes import Claimed, MoneySaid
from tracker.rules.facts import newest
from tracker.rules.money import in_force, variance
from tracker.rules.standing import LEAST_ADVANCED_FIRST

from .case import Case
from .identity import day_of_version
from .shown import AppropriationLine, EstimateLine, ExpenseLine, Explained, Money


def money(case: Case) -> Money:
    said = case.near.settings
    estimates = {row.id: EstimateLine(row.id, row.stage, row.amount, row.basis, row.conditional, row.assumption, row.budget, row.sentence,
                                      day_of_version(row)) for row in case.rows["estimates"]}
    counts = in_force(case.facts.estimates)
    estimate = estimates.get(counts.id) if counts else None
    given = sorted(case.rows["appropriations"], key=lambda row: (row.on, row.id))
    paid = sorted(case.rows["expenses"], key=lambda row: (row.on, row.id))
    appropriated = sum((row.amount for row in given), Decimal(0)) if given else None
    spent = sum((row.amount for row in paid), Decimal(0)) if paid else None
    found = variance(estimate.amount if estimate else None, appropriated, spent, said.variance_percent)
    if found and found.difference < 0 and case.answer.standing.code in LEAST_ADVANCED_FIRST:
        found = None  # of an open item: there is time left to spend the rest
    answer = newest(claim for claim in case.facts.claims if claim.claimed is Claimed.DONE and case.facts.released(entry=claim.entry_id))
    return Money(
        said.currency, estimate, tuple(estimates[key] for key in sorted(estimates, reverse=True)),
        tuple(AppropriationLine(row.fund, row.amount, row.on if row.day_known else None, row.decided_by) for row in given),
        tuple(ExpenseLine(row.on if row.day_known else None, row.category, row.amount, row.payee if case.inside else None,
                          row.note if case.inside else None) for row in paid),
        appropriated, spent, found.difference if found else None,
        ("appropriated" if found.of_appropriated else "estimated") if found else None, found.percent if found else None,
        bool(found and found.beyond_the_limit), said.variance_percent, answer.money if answer else None,
        bool(answer and answer.money is MoneySaid.NOT_KNOWN_YET and not paid), _explained(case))


def _explained(case: Case) -> Explained | None:
    row = case.rows["explanations"][-1] if case.rows["explanations"] else None
    return Explained(row.words, row.on, None if row.by_office else case.author_unit(row.actor)) if row and row.words else None  # no words: erased
