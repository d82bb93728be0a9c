"""Fact tables: estimated, appropriated, spent; three amounts, never mixed, in the body's currency;
and why they differ.
"""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.rules.codes import Basis, Stage

from .items import OfItem


class Estimate(OfItem):
    """What the list says that an item would cost: its sentence as published, and what was
    understood of it.

    No sentence, no estimate.
    """

    __tablename__ = "estimate"
    __table_args__ = (
        sa.CheckConstraint(
            "basis <> 'none' OR (amount IS NOT NULL AND amount = 0)", name="none_is_zero"
        ),
    )
    basis: Mapped[Basis]
    stage: Mapped[Stage]
    sentence: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    amount: Mapped[Decimal | None] = mapped_column(default=None)
    conditional: Mapped[bool] = mapped_column(default=False)
    assumption: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # the plan or budget that the sentence names
    budget: Mapped[str | None] = mapped_column(sa.String(120), default=None)


class Appropriation(OfItem):
    """Money given to the item; a later one raises it or, below zero, cuts it."""

    __tablename__ = "appropriation"
    fund: Mapped[str] = mapped_column(sa.String(200))
    amount: Mapped[Decimal]
    decided_by: Mapped[str | None] = mapped_column(sa.String(200), default=None)


class Expense(OfItem):
    """Money spent, on its event's date; a correction is a reversing entry, below zero.

    Payee and receipt are internal.

    It belongs to an entry and follows it: it counts once the entry is released, and never where
    that was sent back, withdrawn or corrected. One without an entry is of a version before that
    rule, and counts as released by the office.
    """

    __tablename__ = "expense"
    category: Mapped[str] = mapped_column(sa.String(80))
    amount: Mapped[Decimal]
    payee: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    note: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"), default=None)


class Explanation(OfItem):
    """Why more, or less, was spent than was planned; the newest released one counts.

    It is an entry, and this marks it; one without an entry is of a version before that rule, and is
    published.
    """

    __tablename__ = "explanation"
    words: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    by_office: Mapped[bool] = mapped_column(default=False)  # recorded by the office for the lead
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"), default=None)
