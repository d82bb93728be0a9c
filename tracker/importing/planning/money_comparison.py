"""What was appropriated and spent: what the totals of a row add to those of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.acts.expenses import NewExpense
from tracker.acts.import_models import ImportedAppropriation, ImportedEntry
from tracker.rules.codes import MoneySaid
from tracker.translation import gettext as _

from .models import KeptByHand
from .on_record import NOTHING, RecordedTotal
from .row_comparison import RowComparison


def newly_spent(comparison: RowComparison) -> Decimal | None:
    """In the body's currency; None where the row adds nothing."""
    item = comparison.recorded
    return _difference(comparison, "spent", comparison.row.spent, item.spent if item else NOTHING)


def new_appropriation(comparison: RowComparison) -> ImportedAppropriation | None:
    row, item = comparison.row, comparison.recorded
    recorded = item.appropriated if item else NOTHING
    amount = _difference(comparison, "appropriated", row.appropriated, recorded)
    if amount is None:
        return None
    return ImportedAppropriation(row.fund or "", amount, _money_day(comparison))


def _difference(
    comparison: RowComparison, name: str, total: Decimal | None, recorded: RecordedTotal
) -> Decimal | None:
    """What a total of the file adds to the record's.

    A total that has not changed since the last import, or since the export that the file is, takes
    nothing back; nor does an export that is older than what came since.
    """
    if total is None or total == recorded.now:
        return None
    revision = comparison.row.revision
    before = recorded.at_import if revision is None else recorded.at(revision)
    is_unchanged = total == before
    is_outdated = revision is not None and before != recorded.now
    if recorded.now is not None and (is_unchanged or is_outdated):
        comparison.kept.append(KeptByHand(field=name, yours=recorded.now, in_file=total))
        return None
    comparison.add_change(name, recorded.now, total)
    return total - (recorded.now or Decimal(0))


def _money_day(comparison: RowComparison) -> date:
    """The day of the row's money: that of its update, else the call's, else today."""
    today, updates_on = comparison.context.today, comparison.context.updates_on
    if comparison.row.updated_on:
        return comparison.row.updated_on
    if updates_on and updates_on <= today:
        return updates_on
    return today


def with_expense(
    comparison: RowComparison, entries: Sequence[ImportedEntry], spent: Decimal | None
) -> tuple[ImportedEntry, ...]:
    """The entries with what was spent, since an expense belongs to an entry.

    It belongs to the claim that answers with it, else to the row's newest entry, else to one of
    its own.
    """
    if spent is None:
        return tuple(entries)
    on = _money_day(comparison)
    expense = NewExpense(amount=spent, on=on)
    if not entries:
        day_known = bool(comparison.row.updated_on or comparison.context.updates_on)
        words = _("Spent, by the list: %(amount)s", amount=f"{spent:,.2f}")
        return (ImportedEntry(words=words, on=on, day_known=day_known, expense=expense),)
    answers = [place for place, entry in enumerate(entries) if entry.money is MoneySaid.AMOUNT]
    place = answers[-1] if answers else len(entries) - 1
    return (
        *entries[:place],
        replace(entries[place], expense=expense),
        *entries[place + 1 :],
    )
