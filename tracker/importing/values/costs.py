"""A cost sentence becomes an estimate: amount, basis, condition, assumption, budget named; where it is not sure the amount stays empty."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
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
from .amounts import Amount, amounts

LONGEST = 5000  # characters of a sentence that are looked at


@dataclass(frozen=True, kw_only=True)
class Cost:
    """`doubt` is a code of why the amount is empty (None: it is not, or nothing was ever said); the words for it are `rows`'."""

    basis: Basis
    amount: Decimal | None = None
    conditional: bool = False
    assumption: str | None = None
    budget: str | None = None
    doubt: str | None = None


@lru_cache(4096)
def read(cell: str, heading: str = "") -> Cost | None:
    """What a cell of the cost column says; None where it is blank: no sentence, no estimate."""
    words = unicodedata.normalize("NFKC", cell[:LONGEST]).replace("’", "'").strip()
    if not words:
        return None
    conditional, assumption = _condition(words)
    said: dict[str, object] = {
        "conditional": conditional,
        "assumption": assumption,
        "budget": _budget(words),
    }
    money = [each for each in amounts(words) if _is_money(each, words)]
    if REFERRAL.search(words):
        return Cost(basis=Basis.UNKNOWN, doubt="referral", **said)  # type: ignore[arg-type]
    if not money:
        return _without(words, said)
    value, doubt, up_to = _one(money, words)
    if value is not None and value != 0 and coverage.is_zero(words):
        value, doubt = None, "contradiction"
    if value == 0:
        return Cost(basis=Basis.NONE, amount=Decimal("0.00"), **said)  # type: ignore[arg-type]
    if value is None:
        return Cost(basis=Basis.UNKNOWN, doubt=doubt, **said)  # type: ignore[arg-type]
    if up_to:
        said |= {"conditional": True, "assumption": assumption or up_to}
    basis = Basis.ADDITIONAL if coverage.lies_beyond(words, heading) else Basis.UNKNOWN
    return Cost(basis=basis, amount=value.quantize(Decimal("0.01")), **said)  # type: ignore[arg-type]


def _without(words: str, said: dict[str, object]) -> Cost:
    """A sentence without an amount: nothing beyond the budget, or not known."""
    if coverage.is_uncovered(words):
        return Cost(basis=Basis.UNKNOWN, doubt="no_amount", **said)  # type: ignore[arg-type]
    if NOT_KNOWN.search(words):
        known = re.fullmatch(r"\W*\w{0,3}\W*\w{0,3}\W*", words) or len(words) < 24
        return Cost(basis=Basis.UNKNOWN, doubt=None if known else "not_known", **said)  # type: ignore[arg-type]
    if re.fullmatch(
        r"\W*(?:none|nil|zero|nothing|free|n/c|no chg|ninguno|aucune?|keine|inga|gratis)\W*",
        words,
        re.I,
    ) or coverage.is_zero(words):
        return Cost(basis=Basis.NONE, amount=Decimal("0.00"), **said)  # type: ignore[arg-type]
    if coverage.is_covered(words) and not CANNOT.search(words):
        return Cost(basis=Basis.NONE, amount=Decimal("0.00"), **said)  # type: ignore[arg-type]
    return Cost(basis=Basis.UNKNOWN, doubt="no_amount", **said)  # type: ignore[arg-type]


def _is_money(each: Amount, words: str) -> bool:
    """A number that says that it is money, or one that stands in a cell with nothing but words for a cost around it."""
    if each.marked:
        return True
    left = PLAIN.sub("", re.sub(r"[\d.,'\s()+~≈<>:;=/–—-]+", " ", words)).strip()
    after = re.match(r"\s*([^\W\d_]{3,})", words[each.end :])
    return not left or (
        each.grouped
        and (
            not after
            or bool(PLAIN.match(after[1]))
            or after[1].casefold() in ("beyond", "above", "and", "over")
        )
    )


def _one(money: list[Amount], words: str) -> tuple[Decimal | None, str | None, str | None]:
    """The one amount that the sentence states; else a code of why there is none."""
    values = {each.value for each in money}
    if len(values) > 1:
        total = [
            each
            for each in money
            if TOTAL_BEFORE.search(words[: each.start]) or TOTAL_AFTER.match(words[each.end :])
        ]
        largest = max(money, key=lambda each: each.value)
        adds_up = len(money) > 2 and sum(each.value for each in money) == 2 * largest.value
        if not adds_up and any(
            RANGE.match(words[one.end : two.start])
            for one, two in pairwise(money)
            if one.value != two.value
        ):
            return None, "range", None
        if len({each.value for each in total}) == 1:
            money = total
        elif adds_up:
            money = [largest]
        else:
            return None, "several", None
    one = money[0]
    before, after = words[: one.start], words[one.end :]
    if one.value < 0 or re.search(r"\bsav(?:es?|ings?)\b", before, re.I):
        return None, "negative", None
    if not one.storable:
        return None, "too_large", None
    if (PER.match(after) or PER_BEFORE.search(before)) and not re.search(r"\btotal\b", words, re.I):
        return None, "rate", None
    if PART_OF.search(before):
        return None, "part", None
    up_to = UP_TO.search(before)
    if NOT_LESS.search(before) or (AT_LEAST.search(before) and not up_to) or AND_MORE.match(after):
        return None, "at_least", None
    return one.value, None, up_to[0].strip(" $€£") if up_to else None


def _condition(words: str) -> tuple[bool, str | None]:
    found = CONDITION.search(words)
    if not found or (
        re.match(r"(?i)based|when|should|om\b|si\b", found[0])
        and not re.search(r"[^\W\d_]{3}", words[found.end() :])
    ):
        return False, None
    rest = words[found.end() :]
    stop = CONDITION_ENDS.search(rest)
    assumption = rest[: stop.start()] if stop else rest
    return True, assumption.strip(" ,.;:") or None


def _budget(words: str) -> str | None:
    named = [found[0].strip() for found in BUDGET.finditer(words)]
    named = [each for each in named if re.search(r"\d{4}|\bfy|plan|fund", each, re.I)]
    return max(named, key=len) if named else None
