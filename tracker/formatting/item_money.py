"""Sentences about the money of one item.

Its estimate, what was spent against what, a difference and its explanation.
"""

from __future__ import annotations

from tracker.reading.money_models import EstimateLine, ExplanationDetails, MoneyDetails
from tracker.rules.codes import MoneySaid
from tracker.translation import gettext as _

from . import labels
from .amounts import money, number, percent
from .dates import day
from .phrases import sentence


def estimate_note(estimate: EstimateLine) -> str:
    """Basis, condition and assumption of an estimate."""
    texts = [_("Basis: %(basis)s", basis=labels.basis(estimate.basis))]
    if estimate.amount is None:
        texts.append(_("No amount could be understood from it"))
    if estimate.conditional:
        texts.append(_("It holds under a condition"))
    if estimate.assumption:
        texts.append(_("It assumes: %(assumption)s", assumption=estimate.assumption))
    return " ".join(map(sentence, texts))


def explained_by(explanation: ExplanationDetails) -> str:
    """Explained by Communications on 3 March 2025."""
    on = day(explanation.on)
    if explanation.unit:
        return _("Explained by %(unit)s on %(day)s.", unit=explanation.unit, day=on)
    return _("Explained on %(day)s, recorded by the office.", day=on)


def variance(amounts: MoneyDetails) -> list[str]:
    """Over- or underspending in sentences, and whether an explanation is asked.

    Empty where there is nothing to compare.
    """
    texts = []
    if amounts.difference is not None and amounts.against:
        texts.append(_difference(amounts))
        if amounts.difference:
            texts.append(_explanation_asked(amounts))
    if amounts.not_accounted_for:
        texts.append(not_accounted_for())
    elif amounts.money_said is MoneySaid.NOTHING_BEYOND_THE_BUDGET and not amounts.spent:
        texts.append(_("Nothing was spent beyond the usual budget."))
    return texts


def _difference(amounts: MoneyDetails) -> str:
    """$2,130.00 (4.3%) less than was appropriated."""
    against_appropriated = amounts.against == "appropriated"
    if not amounts.difference:
        if against_appropriated:
            return _("Exactly what was appropriated.")
        return _("Exactly what was estimated.")
    amount = money(abs(amounts.difference), amounts.currency)
    share = f" ({percent(abs(amounts.percent))})" if amounts.percent is not None else ""
    more = amounts.difference > 0
    if more and against_appropriated:
        return _("%(amount)s%(share)s more than was appropriated.", amount=amount, share=share)
    if against_appropriated:
        return _("%(amount)s%(share)s less than was appropriated.", amount=amount, share=share)
    if more:
        return _("%(amount)s%(share)s more than was estimated.", amount=amount, share=share)
    return _("%(amount)s%(share)s less than was estimated.", amount=amount, share=share)


def _explanation_asked(amounts: MoneyDetails) -> str:
    limit = f"{number(amounts.limit_percent)}%"
    if not amounts.beyond_limit:
        return _("That is within the limit of %(limit)s, so no explanation is asked.", limit=limit)
    if amounts.explanation:
        return _("That is beyond the limit of %(limit)s; an explanation is on record.", limit=limit)
    return _(
        "That is beyond the limit of %(limit)s, so an explanation is asked of its lead.",
        limit=limit,
    )


def not_accounted_for() -> str:
    return _("The money is not accounted for: it was reported done with the cost not known yet.")


def none_on_record() -> str:
    return _("No estimate, no appropriation and no expense is on record.")


def spent_against(amounts: MoneyDetails) -> str:
    """of $31,000.00 appropriated: beside what was spent."""
    if amounts.appropriated is not None:
        return _("of %(amount)s appropriated", amount=money(amounts.appropriated, amounts.currency))
    if amounts.estimate and amounts.estimate.amount is not None:
        amount = money(amounts.estimate.amount, amounts.currency)
        return _("of %(amount)s estimated", amount=amount)
    return ""


def no_amount_understood() -> str:
    """Of an estimate that is a sentence alone."""
    return _("no amount understood")
