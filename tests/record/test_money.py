"""Money adds up: three amounts, never mixed; exact on both engines; a correction is a reversing
entry; null is nothing recorded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tracker.acts import money, progress
from tracker.acts.money import NewEstimate, NewExpense
from tracker.reading import item as reading
from tracker.reading.audience import OFFICE, PUBLIC
from tracker.record.as_of import AsOf, at
from tracker.record.money import Appropriation, Estimate, Expense
from tracker.record.verification import verify
from tracker.rules.codes import Basis

from .player import SHORT, Player

KINDS = (Estimate, Appropriation, Expense)
CENTS = st.one_of(st.integers(-(10**13), 10**13), st.integers(-500, 500))
Row = tuple[int, int, int]  # which of the three, cents, days later
ROWS = st.lists(st.tuples(st.integers(0, 2), CENTS, st.integers(0, 3)), max_size=12)


def record(player: Player, row: Row) -> Decimal:
    which, cents, days = row
    player.context = replace(player.context, now=player.context.now + timedelta(days=days))
    context, item, amount = player.context, player.items[0], Decimal(cents).scaleb(-2)
    if which == 0:
        money.estimate(
            context,
            item,
            NewEstimate(sentence="a sentence", basis=Basis.ADDITIONAL, amount=amount),
            context.today,
        )
    elif which == 1:
        money.appropriate(context, item, "fund", amount, context.today, "the Board")
    else:
        entry = money.spend(
            context, item, NewExpense(amount=amount, on=context.today, category="print")
        )
        progress.release(replace(context, actor=player.actor(5)), item, entry)
    return amount


@pytest.mark.slow
@SHORT
@given(rows=ROWS)
@example(rows=[(2, 1234, 0), (2, -1234, 1), (2, 1230, 0), (1, 500000, 0), (1, -100000, 0)])
def test_money_adds_up(engine: sa.Engine, rows: list[Row]) -> None:
    """As known on each day, in the database and on the page; a cent is a cent after ten
    reversals.
    """
    with Session(engine) as session:
        player = Player.begin(session)
        known: list[tuple[AsOf, list[list[Decimal]]]] = []
        amounts_so_far: list[list[Decimal]] = [[], [], []]
        for row in rows:
            amounts_so_far[row[0]].append(record(player, row))
            known.append(
                (
                    AsOf.known_on(player.context.today, player.context.zone),
                    [[*amounts] for amounts in amounts_so_far],
                )
            )
        # the last of each day
        days = {as_of.on: (as_of, amounts_of_day) for as_of, amounts_of_day in known}
        for as_of, amounts_of_day in days.values():
            for kind, amounts in zip(KINDS, amounts_of_day, strict=True):
                fact: Any = kind
                in_the_database = list(
                    session.scalars(
                        sa.select(fact.amount)
                        .where(fact.item_id == player.items[0].id, at(fact, as_of))
                        .order_by(fact.id)
                    )
                )
                assert in_the_database == amounts and all(
                    isinstance(amount, Decimal) for amount in in_the_database
                )
            for audience in (PUBLIC, OFFICE):
                page = reading.page(
                    session, player.context.body_id, player.items[0].id, as_of, audience
                )
                assert page
                estimates, appropriated, spent = amounts_of_day
                assert page.money.appropriated == (sum(appropriated) if appropriated else None)
                assert page.money.spent == (sum(spent) if spent else None)
                assert (page.money.estimate.amount if page.money.estimate else None) == (
                    estimates[-1] if estimates else None
                )
        assert list(verify(session, player.context.body_id)) == []
        session.rollback()


def test_nothing_recorded_is_not_zero(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        as_of = AsOf(player.context.today)

        def spent() -> Decimal | None:
            page = reading.page(session, player.context.body_id, player.items[0].id, as_of, PUBLIC)
            assert page
            return page.money.spent

        assert spent() is None
        record(player, (2, 100, 0))
        record(player, (2, -100, 0))
        assert spent() == Decimal("0.00")
        session.rollback()


def test_sums_in_the_database_are_exact(engine: sa.Engine) -> None:
    """Ten times ten cents is a euro, and a third decimal is refused: there is no float on the
    way.
    """
    with Session(engine) as session:
        player = Player.begin(session)
        for _ in range(10):
            record(player, (2, 10, 0))
        assert session.scalar(
            sa.select(sa.func.sum(Expense.amount)).where(Expense.item_id == player.items[0].id)
        ) == Decimal("1.00")
        session.rollback()
