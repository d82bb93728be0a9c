"""Sentences about the money of one item: its estimate, what was spent against what, a difference and its explanation."""

from __future__ import annotations

from tracker.reading.item_models import (
    EstimateLine,
    ExplanationDetails,
    MoneyDetails,
)
from tracker.rules.codes import (
    MoneySaid,
)
from tracker.translation import gettext as _

from . import labels
from .amounts import money, number, percent
from .dates import day
from .phrases import sentence


def estimate_note(found: EstimateLine) -> str:
    """Basis, condition and assumption of an estimate."""
    said = [_("Basis: %(basis)s", basis=labels.basis(found.basis))]
    if found.amount is None:
        said.append(_("No amount could be understood from it"))
    if found.conditional:
        said.append(_("It holds under a condition"))
    if found.assumption:
        said.append(_("It assumes: %(assumption)s", assumption=found.assumption))
    return " ".join(sentence(part) for part in said)


def explained_by(found: ExplanationDetails) -> str:
    """Explained by Communications on 3 March 2025."""
    return (
        _("Explained by %(unit)s on %(day)s.", unit=found.unit, day=day(found.on))
        if found.unit
        else (_("Explained on %(day)s, recorded by the office.", day=day(found.on)))
    )


def variance(found: MoneyDetails) -> list[str]:
    """Over- or underspending in sentences, and whether an explanation is asked; empty where there is nothing to compare."""
    said, limit = [], f"{number(found.limit_percent)}%"
    if found.difference is not None and found.against:
        amount = money(abs(found.difference), found.currency)
        if found.difference == 0:
            said.append(
                _("Exactly what was appropriated.")
                if found.against == "appropriated"
                else _("Exactly what was estimated.")
            )
        else:
            share = f" ({percent(abs(found.percent))})" if found.percent is not None else ""
            said.append(
                {
                    (True, "appropriated"): _(
                        "%(amount)s%(share)s more than was appropriated.",
                        amount=amount,
                        share=share,
                    ),
                    (False, "appropriated"): _(
                        "%(amount)s%(share)s less than was appropriated.",
                        amount=amount,
                        share=share,
                    ),
                    (True, "estimated"): _(
                        "%(amount)s%(share)s more than was estimated.", amount=amount, share=share
                    ),
                    (False, "estimated"): _(
                        "%(amount)s%(share)s less than was estimated.", amount=amount, share=share
                    ),
                }[found.difference > 0, found.against]
            )
        if found.beyond_limit and found.explanation:
            said.append(
                _(
                    "That is beyond the limit of %(limit)s; an explanation is on record.",
                    limit=limit,
                )
            )
        elif found.beyond_limit:
            said.append(
                _(
                    "That is beyond the limit of %(limit)s, so an explanation is asked of its lead.",
                    limit=limit,
                )
            )
        elif not found.beyond_limit and found.difference:
            said.append(
                _("That is within the limit of %(limit)s, so no explanation is asked.", limit=limit)
            )
    if found.not_accounted_for:
        said.append(
            _("The money is not accounted for: it was reported done with the cost not known yet.")
        )
    elif found.said is MoneySaid.NOTHING_BEYOND_THE_BUDGET and not found.spent:
        said.append(_("Nothing was spent beyond the usual budget."))
    return said


def spent_against(found: MoneyDetails) -> str:
    """of $31,000.00 appropriated: beside what was spent."""
    if found.appropriated is not None:
        return _("of %(amount)s appropriated", amount=money(found.appropriated, found.currency))
    if found.estimate and found.estimate.amount is not None:
        return _("of %(amount)s estimated", amount=money(found.estimate.amount, found.currency))
    return ""
