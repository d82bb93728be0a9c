"""Numbers and amounts of money in running text, in the spellings of several countries; what a cost sentence means is in `costs`."""

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

RATE = re.compile(
    r"[^\W\d_]{2,}|\d|[/@*\u00d7]|[^\W\d_]\.?\s?[^\W\d_]|(?<![^\W_])[a-z](?![^\W_])"
)  # words beside an amount, however short: "p.a."
LARGEST = Decimal("999999999999.99")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number in a text. `marked`: a sign, a unit or a scale says that it is money; `grouped`: it has thousands set apart."""

    value: Decimal
    start: int
    end: int
    marked: bool
    grouped: bool

    @property
    def storable(self) -> bool:
        return abs(self.value) <= LARGEST and self.value == self.value.quantize(Decimal("0.01"))


def amounts(words: str) -> list[Amount]:
    """All numbers that may be money, in their order: years, percentages, and numbers inside words or dates are none."""
    found = []
    for match in MONEY.finditer(words):
        digits, marked = match["digits"], bool(match["sign"] or match["unit"] or match["scale"])
        if match["percent"] or (not marked and _is_year(words, match)):
            continue
        after = words[match.end("digits") :]
        if (
            not marked
            and re.match(r"[-–/:]\d|[^\W\d_]", after)
            and not re.match(r"[-–]\d[\d,.]{3,}", after)
        ):
            continue
        value = number(digits, scaled=bool(match["scale"]))
        if value is None:
            continue
        if match["scale"]:
            value = value.scaleb(SCALE[match["scale"].casefold()])
        in_brackets = (match["minus"] or "").strip() == "(" and _speaks(words[: match.start()])
        if (match["minus"] and not in_brackets) or match["minus2"]:
            value = -value
        found.append(
            Amount(
                value=value,
                start=match.start("digits"),
                end=match.end(),
                marked=marked,
                grouped=bool(re.search(r"\d[,.'\u2019\u00a0\u202f ]\d{3}", digits)),
            )
        )
    for spelt in SPELT.finditer(words):
        found.append(
            Amount(
                value=Decimal(_spelt(spelt[1])),
                start=spelt.start(),
                end=spelt.end(),
                marked=True,
                grouped=False,
            )
        )
    return sorted(found, key=lambda each: each.start)


def number(digits: str, scaled: bool = False) -> Decimal | None:
    """The value of one number, whichever of comma and point sets the thousands apart."""
    digits = re.sub(r"['\u2019\u00a0\u202f\s]", "", digits)
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        digits = digits.replace(thousands, "").replace(decimal, ".")
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        whole, *rest = digits.split(mark)
        thousands_apart = (
            all(len(each) == 3 for each in rest)
            and len(whole) <= 3
            and whole != "0"
            and (len(rest) > 1 or not scaled)
        )
        digits = "".join((whole, *rest)) if thousands_apart else digits.replace(mark, ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def currencies(words: str) -> frozenset[str]:
    """The currencies (ISO 4217) that the sign or the word beside an amount can mean; empty where there is none."""
    for pattern, meant in CURRENCIES:
        if found := pattern.search(words):
            return meant or frozenset(filter(None, found.groups()))
    return frozenset()


def exact(cell: str) -> Decimal | None:
    """The one amount that a cell of a money column holds, and nothing else: for what was spent or set aside. None if it is not so clear."""
    found = amounts(cell)
    left = cell
    for each in reversed(found):
        left = left[: each.start] + left[each.end :]
    if (
        len(found) == 1
        and found[0].storable
        and not RATE.search(re.sub(rf"(?i){SIGN}|{UNIT}|approx|ca\b|about|total", "", left))
    ):
        return found[0].value.quantize(Decimal("0.01"))
    if not found and (year := re.fullmatch(r"\s*(\d{4})\s*", cell)):
        return Decimal(year[1]).quantize(Decimal("0.01"))
    return None


def _speaks(before: str) -> bool:
    """Brackets around an amount after words set it apart ("1.5 FTE ($150,000)"); around an amount alone they are an accountant's minus."""
    return bool(re.search(r"[^\W\d_]{2}", re.sub(rf"(?i){SIGN}|{UNIT}", "", before)))


def _is_year(words: str, match: re.Match[str]) -> bool:
    if not YEAR.fullmatch(match["digits"]):
        around = re.search(r"(?:19|20)\d\d\s?[-–/]\s?$", words[: match.start("digits")])
        return bool(around and len(match["digits"]) in (2, 4))
    return True


def _spelt(words: str) -> int:
    total = part = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in ("thousand", "million"):
            total, part = total + (part or 1) * (1000 if word == "thousand" else 1_000_000), 0
        else:
            part += WORDS.get(word, 0)
    return total + part
