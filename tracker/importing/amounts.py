"""Numbers and amounts of money in running text, in the spellings of several countries; what a cost sentence means is in `costs`."""
from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

LARGEST = Decimal("999999999999.99")
_SCALE = {"k": 3, "tsd": 3, "thousand": 3, "mil": 3, "tusen": 3, "mille": 3, "thousands": 3, "tausend": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6, "millones": 6,
          "millón": 6, "millon": 6, "millionen": 6, "miljoner": 6, "miljon": 6, "mkr": 6, "milhões": 6, "milioni": 6, "miljoen": 6, "b": 9, "bn": 9, "billion": 9, "billions": 9,
          "milliarden": 9, "milliards": 9, "mrd": 9, "miljarder": 9, "trillion": 12, "trillions": 12, "tn": 12}
_WORDS = {word: value for value, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}
_WORDS |= {word: 10 * value for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
_SIGN = r"(?:us\$|ca\$|a\$|nz\$|[$€£¥]|usd|eur|gbp|cad|aud|nzd|sek|nok|dkk|chf|mxn|brl|r\$)"
_UNIT = r"(?:us dollars?|dollars?|d[oó]lares|euros?|pounds?|kronor|kroner|kr\.?|pesos|usd|eur|gbp|cad|aud|nzd|sek|nok|dkk|chf|mxn|[$€£])"
_DIGITS = r"\d{1,3}(?:[,.'\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_MONEY = re.compile(
    rf"(?P<minus>[-−–](?=\s?{_SIGN})|\((?=\s?{_SIGN}?\s?[\d.,' ]+\s?\)))?\s?(?P<sign>{_SIGN})?\s?(?P<minus2>(?<![\w)])[-−](?=\d))?(?<![\w.,/-])(?P<digits>{_DIGITS})"
    rf"(?:[\s-]?(?P<scale>{'|'.join(sorted(_SCALE, key=len, reverse=True))})\b\.?)?(?:,?[-–—]{{1,2}}(?=\s|$))?(?:\s?(?:of )?(?P<unit>{_UNIT})(?![\w]))?(?P<percent>\s?(?:%|percent|per cent))?", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPELT = re.compile(rf"\b((?:(?:{'|'.join(_WORDS)}|hundred|thousand|million|and)[\s-]+)+)(?=(?:dollars?|euros?|pounds?)\b)", re.I)


@dataclass(frozen=True)
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
    for match in _MONEY.finditer(words):
        digits, marked = match["digits"], bool(match["sign"] or match["unit"] or match["scale"])
        if match["percent"] or (not marked and _is_year(words, match)):
            continue
        if not marked and re.match(r"[-–/]\d|[^\W\d_]|(?:st|nd|rd|th)\b|[:/]\d", words[match.end("digits"):]) and not re.match(r"[-–]\d[\d,.]{3,}", words[match.end("digits"):]):
            continue
        value = number(digits, scaled=bool(match["scale"]))
        if value is None:
            continue
        if match["scale"]:
            value = value.scaleb(_SCALE[match["scale"].casefold()])
        if match["minus"] or match["minus2"]:
            value = -value
        found.append(Amount(value, match.start("digits"), match.end(), marked, bool(re.search(r"\d[,.'\u2019\u00a0\u202f ]\d{3}", digits))))
    for spelt in _SPELT.finditer(words):
        found.append(Amount(Decimal(_spelt(spelt[1])), spelt.start(), spelt.end(), True, False))
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
        thousands_apart = all(len(each) == 3 for each in rest) and len(whole) <= 3 and whole != "0" and (len(rest) > 1 or not scaled)
        digits = "".join((whole, *rest)) if thousands_apart else digits.replace(mark, ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def exact(cell: str) -> Decimal | None:
    """The one amount that a cell of a money column holds, and nothing else: for what was spent or set aside. None if it is not so clear."""
    found = amounts(cell)
    left = cell
    for each in reversed(found):
        left = left[:each.start] + left[each.end:]
    if len(found) == 1 and found[0].storable and not re.search(r"[^\W\d_]{2,}|\d", re.sub(rf"(?i){_SIGN}|{_UNIT}|approx|ca\b|about|total", "", left)):
        return found[0].value.quantize(Decimal("0.01"))
    if not found and (year := re.fullmatch(r"\s*(\d{4})\s*", cell)):
        return Decimal(year[1]).quantize(Decimal("0.01"))
    return None


def _is_year(words: str, match: re.Match[str]) -> bool:
    if not _YEAR.fullmatch(match["digits"]):
        around = re.search(r"(?:19|20)\d\d\s?[-–/]\s?$", words[:match.start("digits")])
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
            part += _WORDS.get(word, 0)
    return total + part
