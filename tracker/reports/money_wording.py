"""What only the report says of money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tracker.formatting import (
    day,
    listing,
    money,
    number,
    percent,
    phrases,
    whole_money,
)
from tracker.reading.convention import ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.reading.money_models import AppropriationLine, ExpenseLine, MoneyDetails
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .models import AmountTotal, FundLine, Report


def estimated(row: ItemListRow, currency: str) -> str:
    return whole_money(row.estimate, currency) if row.estimate is not None else ""


def spent(row: ItemListRow, item: ItemPage | None, currency: str) -> str:
    """What stands under the estimate of an item."""
    if row.spent is not None:
        return _("spent %(amount)s", amount=whole_money(row.spent, currency))
    if item and item.money.not_accounted_for:
        return _("money not accounted for")
    return _("nothing spent on record") if row.estimate and row.due else ""


# --- money ---


def amount_name(total: AmountTotal, report: Report) -> str:
    return {
        "estimated": _("Estimated before the vote"),
        "appropriated": _("Appropriated"),
        "spent": _("Spent to %(day)s", day=day(report.as_of)),
    }[total.code]


def amount_share(total: AmountTotal) -> str:
    return percent(total.share) if total.share is not None else ""


def fund(report: Report) -> str:
    """The fund that pays, or that none is on record."""
    if not report.funds:
        return _("No fund of this convention is on record, so the amounts are set against none.")
    lines = [_fund_line(line, report.currency) for line in report.funds]
    return _("Set against: %(funds)s.", funds=listing(lines))


def _fund_line(line: FundLine, currency: str) -> str:
    if line.amount is None:
        return _("%(fund)s, its amount not known", fund=line.name)
    return _("%(fund)s, %(amount)s", fund=line.name, amount=money(line.amount, currency))


def difference(details: MoneyDetails) -> str:
    """How much more or less was spent than was appropriated (else estimated), with its share."""
    if details.difference is None:
        return ""
    if not details.difference:
        return _("none")
    amount = whole_money(abs(details.difference), details.currency)
    sentence = _("%(amount)s more") if details.difference > 0 else _("%(amount)s less")
    text = sentence % {"amount": amount}
    if details.percent is None:
        return text
    return f"{text}, {percent(abs(details.percent))}"


def whole_cell(amount: Decimal | None, currency: str) -> str:
    """An amount without cents, in a table."""
    return whole_money(amount, currency) if amount is not None else _("not on record")


def amount_cell(amount: Decimal | None, currency: str) -> str:
    """An amount with its cents, in a table."""
    return money(amount, currency) if amount is not None else phrases.nothing_on_record()


def expenses(lines: Sequence[ExpenseLine]) -> str:
    return ngettext("%(count)s expense", "%(count)s expenses", len(lines), count=number(len(lines)))


def appropriation(line: AppropriationLine) -> str:
    return ", ".join(part for part in (line.decided_by, line.fund) if part)
