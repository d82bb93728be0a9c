"""What only the report says of money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tracker import markdown
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
from tracker.reports.models import AmountTotal, FundLine, MoneySource, Report
from tracker.translation import gettext as _
from tracker.translation import ngettext


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


def cell(amount: Decimal | None, currency: str) -> str:
    """An amount with its cents, in a narrow column of a table."""
    return money(amount, currency) if amount is not None else _("not on record")


def known_cell(amount: Decimal | None, currency: str) -> str:
    """The amount of a fund."""
    return money(amount, currency) if amount is not None else phrases.not_known()


# --- money against the fund ---


def against_the_fund(report: Report) -> str:
    """Of $60,000.00 in the fund, $9,000.00 was appropriated; $8,742.10 is on record as spent."""
    if not report.has_money:
        return _("No amount of money is on record.")
    sums = {total.code: total.sum for total in report.amounts}
    appropriated = sums["appropriated"]
    if appropriated is None:
        first = _("Of %(fund)s, nothing is on record as appropriated", fund=_all_funds(report))
    else:
        first = _(
            "Of %(fund)s, %(amount)s was appropriated",
            fund=_all_funds(report),
            amount=money(appropriated, report.currency),
        )
    spent_sum = sums["spent"]
    if spent_sum is None:
        return _("%(first)s; no expense is on record.", first=first)
    return _(
        "%(first)s; %(amount)s is on record as spent.",
        first=first,
        amount=money(spent_sum, report.currency),
    )


def _all_funds(report: Report) -> str:
    if report.fund is None:
        return _("a fund of which no amount is on record")
    amount = money(report.fund, report.currency)
    if len(report.funds) == 1:
        return _("%(amount)s in the fund", amount=amount)
    return _("%(amount)s in the funds", amount=amount)


def sums_are_of(report: Report) -> str:
    if report.convention.kept:
        return _("Sums are over the items whose follow-through is due.")
    return _("Sums are over the items that were adopted.")


def beside_item(item: ItemPage) -> list[str]:
    """Under the title of an item: its difference explained, and what is not accounted for."""
    details = item.money
    texts = []
    if details.beyond_limit and details.explanation:
        words = markdown.plain(details.explanation.words)
        texts.append(_("“%(words)s”", words=words[:400]))
    elif details.beyond_limit:
        texts.append(_("Beyond the limit; no explanation is on record."))
    if details.not_accounted_for:
        texts.append(_("Reported done, and the money not accounted for."))
    return texts


def of_all_sources(report: Report) -> str:
    """Over the line of totals: whether any item is in no sum."""
    if any(group.source is MoneySource.UNCOUNTED for group in report.money_groups):
        return _("All of these together, but for the items that are in no sum")
    return _("All of these together")


def expenses(lines: Sequence[ExpenseLine]) -> str:
    return ngettext("%(count)s expense", "%(count)s expenses", len(lines), count=number(len(lines)))


def appropriation(line: AppropriationLine) -> str:
    return ", ".join(part for part in (line.decided_by, line.fund) if part)
