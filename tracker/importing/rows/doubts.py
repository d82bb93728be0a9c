"""The words for what was not understood of a cell, and for what to do about it.

The codes of doubts come from `values.dates`, `values.costs` and `cells`.
"""

from __future__ import annotations

from tracker.importing import remedies
from tracker.importing.problems import Remedy
from tracker.translation import gettext as _


def of_a_day(doubt: str, cell: str) -> tuple[str, str | Remedy]:
    what = {
        "order": _(
            "%(cell)r: day and month cannot be told apart, and no value of the column decides it.",
            cell=cell,
        ),
        "no_day": _("%(cell)r is no day.", cell=cell),
        "several": _("%(cell)r is more than one day.", cell=cell),
        "future": _("%(cell)r is after today.", cell=cell),
        "too_early": _("%(cell)r is before the floor's action.", cell=cell),
    }.get(doubt) or _("%(cell)r is no date that we know.", cell=cell)
    if doubt == "order":
        return what, remedies.say_the_order_of_days()
    return what, _(
        "The cell is kept as published; the date stays empty until the file has one day."
    )


def of_a_cost(doubt: str, cell: str) -> tuple[str, Remedy]:
    cell = _shortened(cell)
    what = {
        "range": _("%(cell)r is not one amount.", cell=cell),
        "several": _("%(cell)r has more than one amount.", cell=cell),
        "negative": _("%(cell)r is below zero.", cell=cell),
        "too_large": _(
            "%(cell)r is larger than any amount that is kept, or has fractions of a cent.",
            cell=cell,
        ),
        "rate": _("%(cell)r is an amount for each of something, and no total.", cell=cell),
        "at_least": _("%(cell)r is a lower bound, and no amount.", cell=cell),
        "part": _("%(cell)r is a share of an amount.", cell=cell),
        "contradiction": _("%(cell)r says an amount, and that there is no cost.", cell=cell),
        "referral": _("%(cell)r speaks of a referral.", cell=cell),
        "not_known": _("%(cell)r says that the cost is not known.", cell=cell),
    }.get(doubt) or _("%(cell)r holds no amount that we know.", cell=cell)
    return what, remedies.say_one_amount()


def of_a_currency(cell: str, currency: str) -> tuple[str, Remedy]:
    return (
        _(
            "%(cell)r is in another currency than the body's, %(currency)s.",
            cell=_shortened(cell),
            currency=currency,
        ),
        remedies.say_the_currency(),
    )


def _shortened(cell: str) -> str:
    return cell if len(cell) <= 60 else cell[:57] + "…"


def of_money(cell: str) -> tuple[str, str]:
    return (
        _("%(cell)r is not one amount of money, of zero or more.", cell=cell[:60]),
        _("The cell is kept as published; write one amount."),
    )
