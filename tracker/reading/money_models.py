"""The frozen objects of what is shown of an item's money.

None means "nothing on record" or "not known" throughout; amounts are exact, in the body's currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.rules.codes import (
    Basis,
    MoneySaid,
    Stage,
)

# --- money ---


@dataclass(frozen=True, kw_only=True)
class EstimateLine:
    id: int
    stage: Stage
    amount: Decimal | None
    basis: Basis
    conditional: bool
    assumption: str | None
    budget: str | None
    sentence: str | None  # as published
    on: date | None

    @property
    def quoted(self) -> str | None:
        """The sentence as it is shown.

        A bare "None" is not shown: the basis says the same, in a reader's words.
        """
        if not self.sentence or self.sentence.strip(" .").casefold() == "none":
            return None
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class AppropriationLine:
    id: int
    fund: str
    amount: Decimal
    on: date | None
    decided_by: str | None


@dataclass(frozen=True, kw_only=True)
class ExpenseLine:
    on: date | None
    category: str
    amount: Decimal
    payee: str | None  # internal
    note: str | None  # internal


@dataclass(frozen=True)
class ExplanationDetails:
    """Why more, or less, was spent than was planned."""

    words: str  # Markdown
    on: date
    unit: str | None  # None: recorded by the office


@dataclass(frozen=True, kw_only=True)
class MoneyDetails:
    """Three amounts, never mixed. None: nothing recorded; 0.00: somebody said so."""

    currency: str  # its code: USD
    estimate: EstimateLine | None  # the one that counts: of the newest version
    estimates: tuple[EstimateLine, ...]
    appropriations: tuple[AppropriationLine, ...]
    expenses: tuple[ExpenseLine, ...]
    appropriated: Decimal | None
    spent: Decimal | None

    # Spent less what was appropriated (else estimated); None where one of them is not recorded.
    difference: Decimal | None
    against: str | None  # "appropriated" or "estimated": what the difference is to
    percent: Decimal | None  # of what it is to
    beyond_limit: bool
    limit_percent: Decimal

    money_said: MoneySaid | None  # the newest answer of a released claim of done
    not_accounted_for: bool  # that answer was "not known yet", and nothing was recorded since
    explanation: ExplanationDetails | None = None  # the newest that was released

    # For those who read the internal part: of entries that are not released.
    waiting: tuple[ExpenseLine, ...] = ()
    explanation_waits: bool = False

    @property
    def is_on_record(self) -> bool:
        """Whether there is any amount, or that one is not known; those that wait among them."""
        return bool(self.estimate or self.appropriations or self.expenses or self.waiting)

    @property
    def spent_waiting(self) -> Decimal | None:
        """Beside what was spent, in no total of it."""
        if not self.waiting:
            return None
        return sum((expense.amount for expense in self.waiting), Decimal(0))

    def share(self, amount: Decimal | None) -> Decimal:
        """The length of a bar, in per cent of the longest of the three."""
        estimated = self.estimate.amount if self.estimate else None
        amounts = (estimated, self.appropriated, self.spent)
        longest = max((known for known in amounts if known), default=Decimal(0))
        if longest <= 0:
            return Decimal(0)
        return max(Decimal(0), 100 * (amount or Decimal(0)) / longest)
