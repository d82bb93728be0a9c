"""One expense, as the entry that it belongs to brings it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.record import ledger
from tracker.record.items import Item
from tracker.record.money import Expense


@dataclass(frozen=True, kw_only=True)
class NewExpense:
    """An expense, on the day of the spending; below zero it reverses an earlier one.

    Payee and note are internal.
    """

    amount: Decimal
    on: date
    category: str = ""
    payee: str | None = None
    note: str | None = None


def write_expenses(
    act: ledger.Act, item: Item, expenses: Collection[NewExpense], *, entry_id: int
) -> None:
    """Writes those of the act's own day."""
    act.add_all(
        [
            Expense(
                item_id=item.id,
                category=expense.category,
                amount=expense.amount,
                payee=act.keep_optional_text(expense.payee),
                note=act.keep_optional_text(expense.note),
                entry_id=entry_id,
            )
            for expense in expenses
            if expense.on == act.on
        ]
    )
