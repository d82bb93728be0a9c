"""What acts on money write beyond their rules: expenses of a claim, estimates, the currency."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tracker.acts import (
    bodies,
    money,
    progress,
)
from tracker.acts.money import NewEstimate, NewExpense
from tracker.acts.progress import NewEntry
from tracker.record.money import Estimate, Expense
from tracker.rules.codes import (
    Basis,
    Claimed,
    MoneySaid,
    Role,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.refusals import Refusal

from .staffed_body import PAGE, StaffedBody, refused


def test_money_comes_with_the_claim(office: StaffedBody) -> None:
    """Each expense is dated by its own day; an event for each date."""
    context = office.context(Role.GOVERNANCE, days=3)
    saying = NewClaim(
        clause_id=office.clause(), claimed=Claimed.DONE, reason=None, money=MoneySaid.AMOUNT
    )
    refused(
        Refusal.NEEDS_THE_AMOUNT,
        progress.log,
        context,
        office.item,
        NewEntry(words="done", on=context.today, claims=[saying], evidence=[PAGE]),
    )
    spent = [
        NewExpense(amount=Decimal("10.00"), on=context.today),
        NewExpense(
            amount=Decimal("2.50"),
            on=context.today - timedelta(days=2),
            category="post",
            payee="A. Payee",
            note="stamps",
        ),
    ]
    entry = progress.log(
        context,
        office.item,
        NewEntry(words="done", on=context.today, claims=[saying], evidence=[PAGE], expenses=spent),
    )
    expenses = list(
        office.session.scalars(
            sa.select(Expense).where(Expense.entry_id == entry.id).order_by(Expense.id)
        )
    )
    assert [(expense.amount, office.event(expense).effective_on) for expense in expenses] == [
        (Decimal("10.00"), context.today),
        (Decimal("2.50"), context.today - timedelta(days=2)),
    ]
    refused(
        Refusal.DATED_AFTER_RECORDING,
        money.spend,
        context,
        office.item,
        NewExpense(amount=Decimal(1), on=context.today + timedelta(days=1)),
    )


def test_a_cent_has_no_parts(office: StaffedBody) -> None:
    with pytest.raises((ValueError, sa.exc.StatementError), match="fractions of a cent"):
        money.spend(
            office.context(Role.GOVERNANCE),
            office.item,
            NewExpense(amount=Decimal("0.001"), on=office.all.today),
        )


def test_no_cost_is_an_amount(office: StaffedBody) -> None:
    estimate = money.estimate(
        office.context(Role.GOVERNANCE),
        office.item,
        NewEstimate(sentence="No additional cost.", basis=Basis.NONE),
    )
    assert office.session.get_one(Estimate, estimate.id, populate_existing=True).amount == Decimal(
        "0.00"
    )


def test_the_currency_is_settled_with_the_first_amount(office: StaffedBody) -> None:
    bodies.set_setting(office.context(Role.ADMINISTRATOR), "currency", "EUR")
    money.spend(
        office.context(Role.GOVERNANCE),
        office.item,
        NewExpense(amount=Decimal("1.00"), on=office.all.today),
    )
    refused(
        Refusal.MONEY_IS_RECORDED,
        bodies.set_setting,
        office.context(Role.ADMINISTRATOR),
        "currency",
        "USD",
    )
    refused(
        Refusal.NOT_A_SETTING,
        bodies.set_setting,
        office.context(Role.ADMINISTRATOR),
        "time_zone",
        "Boston",
    )
