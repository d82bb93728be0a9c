"""Numbers and amounts of money in running text, in the spellings of several countries.

What a sentence about a cost means is in `costs`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tracker.importing.vocabulary.amount_words import (
    CURRENCIES,
    MONEY,
    SCALE,
    SIGN,
    SPELT,
    UNIT,
    WORDS,
    YEAR,
)

# words beside an amount, however short: "p.a."
RATE = re.compile(r"[^\W\d_]{2,}|\d|[/@*\u00d7]|[^\W\d_]\.?\s?[^\W\d_]|(?<![^\W_])[a-z](?![^\W_])")
LARGEST = Decimal("999999999999.99")  # that the record can hold
CENT = Decimal("0.01")
_SPACES_AND_APOSTROPHES = re.compile(r"['\u2019\u00a0\u202f\s]")
_THOUSANDS_APART = re.compile(r"\d[,.'\u2019\u00a0\u202f ]\d{3}")
_SIGN_OR_UNIT = re.compile(rf"(?i){SIGN}|{UNIT}")
_SAYS_NO_MORE = re.compile(rf"(?i){SIGN}|{UNIT}|approx|ca\b|about|total")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number in a text, in no currency yet."""

    value: Decimal
    start: int
    end: int
    marked: bool  # a sign, a unit or a scale says that it is money
    grouped: bool  # thousands are set apart

    @property
    def storable(self) -> bool:
        """The record holds up to twelve digits before the point, and whole cents."""
        return abs(self.value) <= LARGEST and self.value == self.value.quantize(CENT)


def amounts(words: str) -> list[Amount]:
    """All numbers that may be money, in their order.

    Years, percentages, and numbers inside words or dates are left out.
    """
    in_digits = [_in_digits(words, match) for match in MONEY.finditer(words)]
    in_words = [
        Amount(
            value=Decimal(_spelt(match[1])),
            start=match.start(),
            end=match.end(),
            marked=True,
            grouped=False,
        )
        for match in SPELT.finditer(words)
    ]
    amounts_of_both = [amount for amount in in_digits if amount is not None] + in_words
    return sorted(amounts_of_both, key=lambda amount: amount.start)


def _in_digits(words: str, match: re.Match[str]) -> Amount | None:
    digits, scale = match["digits"], match["scale"]
    marked = bool(match["sign"] or match["unit"] or scale)
    if match["percent"] or (not marked and _is_year(words, match)):
        return None
    if not marked and _goes_on(words[match.end("digits") :]):
        return None
    value = number(digits, scaled=bool(scale))
    if value is None:
        return None
    if scale:
        value = value.scaleb(SCALE[scale.casefold()])
    in_brackets = (match["minus"] or "").strip() == "(" and _speaks(words[: match.start()])
    if (match["minus"] and not in_brackets) or match["minus2"]:
        value = -value
    return Amount(
        value=value,
        start=match.start("digits"),
        end=match.end(),
        marked=marked,
        grouped=bool(_THOUSANDS_APART.search(digits)),
    )


def _goes_on(after: str) -> bool:
    """The digits are part of a day, a range or a word; a range of amounts has more digits."""
    is_part = re.match(r"[-–/:]\d|[^\W\d_]", after)
    is_range_of_amounts = re.match(r"[-–]\d[\d,.]{3,}", after)
    return bool(is_part) and not is_range_of_amounts


def number(digits: str, scaled: bool = False) -> Decimal | None:
    """The value of one number, whichever of comma and point sets the thousands apart.

    `scaled` says that a word such as "million" follows: then "1,500" has a decimal comma.
    """
    digits = _SPACES_AND_APOSTROPHES.sub("", digits)
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        digits = digits.replace(thousands, "").replace(decimal, ".")
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        digits = digits.replace(mark, "" if _sets_thousands_apart(digits, mark, scaled) else ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _sets_thousands_apart(digits: str, mark: str, scaled: bool) -> bool:
    whole, *groups = digits.split(mark)
    if whole == "0" or len(whole) > 3 or not all(len(group) == 3 for group in groups):
        return False
    return len(groups) > 1 or not scaled


def currencies(words: str) -> frozenset[str]:
    """The currencies (ISO 4217) that the sign or the word beside an amount can mean.

    Empty where there is none.
    """
    for pattern, meant in CURRENCIES:
        if match := pattern.search(words):
            return meant or frozenset(code for code in match.groups() if code)
    return frozenset()


def exact(cell: str) -> Decimal | None:
    """The one amount that a cell of a money column holds, and nothing else.

    It is for what was spent or set aside; None where the cell is not so clear.
    """
    amounts_in_cell = amounts(cell)
    if not amounts_in_cell:
        year = re.fullmatch(r"\s*(\d{4})\s*", cell)  # four digits alone look like a year
        return Decimal(year[1]).quantize(CENT) if year else None
    left = cell
    for amount in reversed(amounts_in_cell):
        left = left[: amount.start] + left[amount.end :]
    if len(amounts_in_cell) > 1 or RATE.search(_SAYS_NO_MORE.sub("", left)):
        return None
    amount = amounts_in_cell[0]
    return amount.value.quantize(CENT) if amount.storable else None


def _speaks(before: str) -> bool:
    """Words stand before the amount: then brackets around it set it apart ("1.5 FTE ($150,000)").

    Brackets around an amount alone are an accountant's minus.
    """
    return bool(re.search(r"[^\W\d_]{2}", _SIGN_OR_UNIT.sub("", before)))


def _is_year(words: str, match: re.Match[str]) -> bool:
    """A year, or the second of two: "2018-19"."""
    if YEAR.fullmatch(match["digits"]):
        return True
    first_year = re.search(r"(?:19|20)\d\d\s?[-–/]\s?$", words[: match.start("digits")])
    return bool(first_year) and len(match["digits"]) in (2, 4)


def _spelt(words: str) -> int:
    """ "Two hundred and five thousand" is 205,000."""
    total = below_thousand = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word == "hundred":
            below_thousand = (below_thousand or 1) * 100
        elif word in ("thousand", "million"):
            total += (below_thousand or 1) * (1000 if word == "thousand" else 1_000_000)
            below_thousand = 0
        else:
            below_thousand += WORDS.get(word, 0)
    return total + below_thousand
