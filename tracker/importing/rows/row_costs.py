"""The estimate of a row: its sentence, and what is understood of it.

Columns of their own for amount, basis, condition and assumption go before the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.tables.columns import Sure
from tracker.importing.values import costs
from tracker.importing.values.amounts import exact
from tracker.importing.values.costs import Cost
from tracker.importing.vocabulary.status_words import YES
from tracker.rules.codes import Basis
from tracker.translation import gettext as _

from . import doubts
from .cells import Cells


@dataclass(frozen=True, kw_only=True)
class RowCost:
    """No sentence, no estimate. `columns` names what columns of their own say of it."""

    sentence: str | None = None
    cost: Cost | None = None
    columns: frozenset[str] = frozenset()


def row_cost(cells: Cells) -> RowCost:
    sentence, cost = _of_the_sentence(cells)
    if sentence is None or cost is None:
        return RowCost()
    sentence = unicodedata.normalize("NFC", sentence)
    columns = set()
    amount = _own_amount(cells, cost)
    if amount is not None:
        columns.add("amount")
        cost = _with_own_amount(cells, cost, amount)
    basis = cells[Field.ESTIMATE_BASIS].casefold()
    if basis in frozenset(Basis):
        columns.add("basis")
        cost = replace(cost, basis=Basis(basis))
    conditional = cells[Field.ESTIMATE_CONDITIONAL].casefold()
    if conditional:
        columns.add("conditional")
        cost = replace(cost, conditional=conditional in YES)
    assumption = cells.words(Field.ESTIMATE_ASSUMPTION)
    if assumption:
        columns.add("assumption")
        cost = replace(cost, assumption=assumption)
    cost = _checked(cells, sentence, _coherent(cost))
    return RowCost(sentence=sentence, cost=cost, columns=frozenset(columns))


def _of_the_sentence(cells: Cells) -> tuple[str | None, Cost | None]:
    """An amount that stands alone is its own sentence."""
    sentence = cells.words(Field.COST)
    if sentence:
        return sentence, costs.read(sentence, _heading(cells, Field.COST))
    if sentence is None and cells[Field.ESTIMATE_AMOUNT]:
        amount = cells.words(Field.ESTIMATE_AMOUNT)
        return amount, costs.read(amount or "", _heading(cells, Field.ESTIMATE_AMOUNT))
    return None, None


def _heading(cells: Cells, field: Field) -> str:
    column = cells.columns_by_field.get(field)
    return column.heading if column else ""


def _own_amount(cells: Cells, cost: Cost) -> Decimal | None:
    """The amount in a column of its own, zero or more."""
    cell = cells[Field.ESTIMATE_AMOUNT]
    amount = exact(cell) if cell else None
    return amount if amount is not None and amount >= 0 else None


def _with_own_amount(cells: Cells, cost: Cost, amount: Decimal) -> Cost:
    """With the amount of the column, unless nobody can tell what that column is."""
    column = cells.columns_by_field[Field.ESTIMATE_AMOUNT]
    if column.sure is Sure.CHECK and cost.amount not in (None, amount):
        cells.warn(
            column,
            _(
                "%(cell)r beside an estimate of %(other)s: which of them is the estimate cannot be"
                " told.",
                cell=cells.at(column)[:40],
                other=cost.amount,
            ),
            remedies.say_what_the_amount_is(),
        )
        return replace(cost, doubt=None)
    basis = Basis.UNKNOWN if cost.amount is None and amount else cost.basis
    return replace(cost, amount=amount, basis=basis, doubt=None)


def _coherent(cost: Cost) -> Cost:
    """Nothing beyond the budget is 0.00, and an amount above it is no longer nothing."""
    if cost.basis is not Basis.NONE or cost.amount == 0:
        return cost
    if cost.amount:
        return replace(cost, basis=Basis.UNKNOWN)
    return replace(cost, amount=Decimal("0.00"))


def _checked(cells: Cells, sentence: str, cost: Cost) -> Cost:
    """Without an amount in another currency; what was not understood is warned of."""
    if cost.amount and _is_foreign(cells, sentence):
        currency = cells.reading.currency or ""
        cells.warn(Field.COST, *doubts.of_a_currency(sentence, currency), keep=False)
        return replace(cost, amount=None, basis=Basis.UNKNOWN)
    if cost.doubt:
        field = Field.COST if cells[Field.COST] else Field.ESTIMATE_AMOUNT
        cells.warn(field, *doubts.of_a_cost(cost.doubt, sentence), keep=False)
    return cost


def _is_foreign(cells: Cells, sentence: str) -> bool:
    """In another currency than the body's, as a column says, else the sentence."""
    currency = cells[Field.ESTIMATE_CURRENCY].upper()
    if re.fullmatch(r"[A-Z]{3}", currency):
        return cells.reading.currency not in (None, currency)
    return cells.foreign(sentence)
