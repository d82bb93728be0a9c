"""A cost sentence becomes an estimate: amount, basis, condition, assumption, budget.

Where the amount is not sure it stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from tracker.importing.vocabulary.cost_words import (
    AND_MORE,
    AT_LEAST,
    BUDGET,
    CANNOT,
    CONDITION,
    CONDITION_ENDS,
    NOT_KNOWN,
    NOT_LESS,
    NOTHING,
    PART_OF,
    PER,
    PER_BEFORE,
    PLAIN,
    RANGE,
    REFERRAL,
    TOTAL_AFTER,
    TOTAL_BEFORE,
    UP_TO,
)
from tracker.rules.codes import Basis

from . import coverage
from .amounts import CENT, Amount, amounts

LONGEST = 5000  # characters of a sentence that are looked at


@dataclass(frozen=True, kw_only=True)
class Cost:
    """An estimate, in no currency yet."""

    basis: Basis
    amount: Decimal | None = None
    conditional: bool = False
    assumption: str | None = None
    budget: str | None = None
    # a code of why the amount is not clear; its words are in `rows.doubts`
    doubt: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Stated:
    """The amount that a sentence states, or a code of why it states none."""

    amount: Decimal | None = None
    doubt: str | None = None
    up_to: str | None = None  # the words that make it the most that it can be


_NO_COST = Cost(basis=Basis.NONE, amount=Decimal("0.00"))


@lru_cache(4096)
def read(cell: str, heading: str = "") -> Cost | None:
    """What a cell of the cost column says; None where it is blank: no sentence, no estimate."""
    words = unicodedata.normalize("NFKC", cell[:LONGEST]).replace("’", "'").strip()
    if not words:
        return None
    cost = _estimate(words, heading)
    conditional, assumption = _condition(words)
    return replace(
        cost,
        conditional=conditional or cost.conditional,
        assumption=assumption or cost.assumption,
        budget=_budget(words),
    )


def _estimate(words: str, heading: str) -> Cost:
    """The amount and its basis. Of conditions it knows "up to"."""
    money = [amount for amount in amounts(words) if _is_money(amount, words)]
    if REFERRAL.search(words):
        return Cost(basis=Basis.UNKNOWN, doubt="referral")
    if not money:
        return _without_amount(words)
    stated = _stated(money, words)
    if stated.amount is None:
        return Cost(basis=Basis.UNKNOWN, doubt=stated.doubt)
    if stated.amount == 0:
        return _NO_COST
    if coverage.is_zero(words):
        return Cost(basis=Basis.UNKNOWN, doubt="contradiction")
    return Cost(
        basis=Basis.ADDITIONAL if coverage.lies_beyond(words, heading) else Basis.UNKNOWN,
        amount=stated.amount.quantize(CENT),
        conditional=stated.up_to is not None,
        assumption=stated.up_to,
    )


def _without_amount(words: str) -> Cost:
    """A sentence without an amount: nothing beyond the budget, or not known."""
    if coverage.is_uncovered(words):
        return Cost(basis=Basis.UNKNOWN, doubt="no_amount")
    if NOT_KNOWN.search(words):
        says_only_that = len(words) < 24 or re.fullmatch(r"\W*\w{0,3}\W*\w{0,3}\W*", words)
        return Cost(basis=Basis.UNKNOWN, doubt=None if says_only_that else "not_known")
    if NOTHING.fullmatch(words) or coverage.is_zero(words):
        return _NO_COST
    if coverage.is_covered(words) and not CANNOT.search(words):
        return _NO_COST
    return Cost(basis=Basis.UNKNOWN, doubt="no_amount")


def _is_money(amount: Amount, words: str) -> bool:
    """A number that says that it is money, or one with nothing but words for a cost beside it."""
    if amount.marked:
        return True
    left = PLAIN.sub("", re.sub(r"[\d.,'\s()+~≈<>:;=/–—-]+", " ", words)).strip()
    if not left:
        return True
    if not amount.grouped:
        return False
    word_after = re.match(r"\s*([^\W\d_]{3,})", words[amount.end :])
    if word_after is None or PLAIN.match(word_after[1]):
        return True
    return word_after[1].casefold() in ("beyond", "above", "and", "over")


def _stated(money: Sequence[Amount], words: str) -> _Stated:
    """The one amount that the sentence states; of several a total, where one is said."""
    if len({amount.value for amount in money}) > 1:
        total = _total(money, words)
        if isinstance(total, str):
            return _Stated(doubt=total)
        amount = total
    else:
        amount = money[0]
    before, after = words[: amount.start], words[amount.end :]
    up_to = UP_TO.search(before)
    says_total = re.search(r"\btotal\b", words, re.IGNORECASE)
    doubt = _doubt(
        amount, before, after, is_up_to=up_to is not None, says_total=says_total is not None
    )
    if doubt:
        return _Stated(doubt=doubt)
    return _Stated(amount=amount.value, up_to=up_to[0].strip(" $€£") if up_to else None)


def _total(money: Sequence[Amount], words: str) -> Amount | str:
    """The total among several amounts; else the code of why there is none."""
    largest = max(money, key=lambda amount: amount.value)
    adds_up = len(money) > 2 and sum(amount.value for amount in money) == 2 * largest.value
    if not adds_up and _holds_a_range(money, words):
        return "range"
    totals = [amount for amount in money if _is_called_total(amount, words)]
    if len({amount.value for amount in totals}) == 1:
        return totals[0]
    return largest if adds_up else "several"


def _holds_a_range(money: Sequence[Amount], words: str) -> bool:
    return any(
        first.value != second.value and RANGE.match(words[first.end : second.start])
        for first, second in pairwise(money)
    )


def _is_called_total(amount: Amount, words: str) -> bool:
    before, after = words[: amount.start], words[amount.end :]
    return bool(TOTAL_BEFORE.search(before) or TOTAL_AFTER.match(after))


def _doubt(
    amount: Amount, before: str, after: str, *, is_up_to: bool, says_total: bool
) -> str | None:
    """The code of why an amount is not that of the whole cost; None where it is."""
    if amount.value < 0 or re.search(r"\bsav(?:es?|ings?)\b", before, re.IGNORECASE):
        return "negative"
    if not amount.storable:
        return "too_large"
    is_rate = PER.match(after) or PER_BEFORE.search(before)
    if is_rate and not says_total:
        return "rate"
    if PART_OF.search(before):
        return "part"
    is_least = NOT_LESS.search(before) or (AT_LEAST.search(before) and not is_up_to)
    if is_least or AND_MORE.match(after):
        return "at_least"
    return None


def _condition(words: str) -> tuple[bool, str | None]:
    """Whether the estimate depends on something, and on what."""
    match = CONDITION.search(words)
    if not match:
        return False, None
    left = words[match.end() :]
    needs_words_behind = re.match(r"(?i)based|when|should|om\b|si\b", match[0])
    if needs_words_behind and not re.search(r"[^\W\d_]{3}", left):
        return False, None
    end = CONDITION_ENDS.search(left)
    assumption = left[: end.start()] if end else left
    return True, assumption.strip(" ,.;:") or None


def _budget(words: str) -> str | None:
    """The longest name of a budget with a year, or of a plan or fund."""
    names = [match[0].strip() for match in BUDGET.finditer(words)]
    names = [name for name in names if re.search(r"\d{4}|\bfy|plan|fund", name, re.IGNORECASE)]
    return max(names, key=len, default=None)
